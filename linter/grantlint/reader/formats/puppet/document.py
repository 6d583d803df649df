"""One file of Puppet, a manifest or data, from its text to its declarations."""

import re
from collections.abc import Iterator

from grantlint.model import Declarations, Fault, NotChecked
from grantlint.model.location import Source, Span
from grantlint.reader.formats.puppet.catalogue import FORMAT, Catalogues
from grantlint.reader.formats.puppet.hiera import read_data
from grantlint.reader.formats.puppet.language.literals import Literals
from grantlint.reader.formats.puppet.language.manifest import Manifest
from grantlint.reader.formats.puppet.scripts import CLIENT, logins_of, only_takes, scripts_of
from grantlint.reader.formats.puppet.sign import classes_of_others
from grantlint.reader.formats.shell.commands.root_password import passwords_set
from grantlint.reader.formats.shell.document import hide_passwords, read_found
from grantlint.reader.formats.shell.statements import Found
from grantlint.reader.leaf.secrets import hide_likely
from grantlint.reader.leaf.variables import Variables
from grantlint.reader.sql.document import NO_VARIABLES, read_into
from grantlint.reader.sql.sign import has_statement

_OF_OTHERS = "a class of another module makes it"
_TEMPLATE = re.compile(r"<%|\{%|\{\{")
_OF_DATA = (".yml", ".yaml", ".eyaml", ".json")
_HIERA_KEY = re.compile(r"""^(?:---[ \t]+)?["']?(?:::)?mysql::\w+(?:::\w+)?["']?[ \t]*:(?!:)""", re.MULTILINE)


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the declarations of a manifest or of Hiera data. One Declarations for each server.

    () where it holds no accounts, grants or settings. Text that is no Puppet or no YAML is a fault, and what can be
    read around it is read; of a template the faults are not counted.
    """
    catalogues = Catalogues(source)
    path = source.path.lower()
    if path.endswith(".pp") or not (path.endswith(_OF_DATA) or _HIERA_KEY.search(source.text)):
        manifest = Manifest(source)
        scripts = _read_manifest(manifest, catalogues)
        calls = CLIENT.search(source.text) is not None
        known = scripts or calls or _may_set_passwords(source.text)
        variables: Variables = Literals(source, manifest.tokens) if known else NO_VARIABLES
        logins = logins_of(source, manifest.tokens, variables) if calls else ()
    else:
        scripts, variables, logins = [], NO_VARIABLES, ()
        read_data(source, catalogues)
    made = (
        *catalogues.declarations(),
        *_of_scripts(source, scripts, variables),
        *_of_commands(source, variables),
    )
    if made:
        made[0].logins += logins
    return made


def _of_scripts(source: Source, scripts: list[Found], variables: Variables) -> Iterator[Declarations]:
    """Yield what the SQL in a manifest leaves behind: which of its servers gets it, is not told."""
    for taking in (False, True):
        found = Declarations(FORMAT, source.path)
        some = [one for one in scripts if only_takes(one) is taking]
        if some and read_found(source, some, found, variables):
            yield found


def _may_set_passwords(text: str) -> bool:
    return "mysqladmin" in text or "debconf" in text


def _of_commands(source: Source, variables: Variables) -> Iterator[Declarations]:
    """Yield what the `mysqladmin password` and the answers to debconf in a manifest leave behind."""
    set_ = [*passwords_set(source, variables, lambda _: ())] if _may_set_passwords(source.text) else []
    if set_:
        found = Declarations(FORMAT, source.path)
        read_into(found, source, "", beside=set_)
        yield found


def _read_manifest(manifest: Manifest, catalogues: Catalogues) -> list[Found]:
    """Read a manifest, and return the SQL that it hands to clients."""
    source = manifest.source
    for resource in manifest.resources():
        catalogues.add(resource)
    for span in manifest.skipped:
        catalogues.not_checked.append(NotChecked("account", "a resource that is not understood", span))
    for start, end in classes_of_others(source.text):
        catalogues.not_checked.append(NotChecked("account", _OF_OTHERS, Span(source, start, end)))
    scripts: list[Found] = []
    never = [(manifest.tokens[first].start, manifest.tokens[last].end) for first, last in manifest.never.items()]
    for found in scripts_of(source, manifest.tokens) if has_statement(source.text) else ():
        place = found.start if isinstance(found, Span) else found.passage.at[0]
        if any(start <= place < end for start, end in never):
            continue
        if isinstance(found, Span):
            catalogues.not_checked.append(
                NotChecked("statement", "SQL in a string, and who gets it is not told", found)
            )
            hide_likely(source, found.start, found.end)
        else:
            scripts.append(found)
    if scripts:
        hide_passwords(source)
    if manifest.broken is not None:
        _broken(source, manifest.broken, catalogues)
    return scripts


def _broken(source: Source, offset: int, catalogues: Catalogues) -> None:
    hide_likely(source)
    place = Span(source, offset, offset + 1)
    if _TEMPLATE.search(source.text):
        catalogues.not_checked.append(NotChecked("parts of the file", "a template of a manifest", place))
    else:
        message = "a quote or bracket is opened and never closed"
        catalogues.faults.append(Fault("syntax-error", message, place, "Close it; what follows may be misread."))
