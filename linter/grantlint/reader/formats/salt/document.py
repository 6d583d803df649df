"""One SLS file, of states or of a pillar, from its text to its declarations."""

from grantlint.model import Declarations, Fault
from grantlint.model.location import Source, Span
from grantlint.reader.formats.salt.leaves import Leaves
from grantlint.reader.formats.salt.pillar import read_pillar
from grantlint.reader.formats.salt.scripts import scripts_of
from grantlint.reader.formats.salt.sign import IN_MYSQL
from grantlint.reader.formats.salt.states import read_states
from grantlint.reader.formats.salt.steps import FORMAT, Steps
from grantlint.reader.formats.shell.clients.logins import logins
from grantlint.reader.formats.shell.commands.root_password import passwords_set
from grantlint.reader.formats.shell.commands.unseen import unseen
from grantlint.reader.formats.shell.document import hide_passwords, read_found
from grantlint.reader.formats.shell.statements import Found
from grantlint.reader.leaf.secrets import hide_likely
from grantlint.reader.sql.document import NO_VARIABLES, read_into
from grantlint.reader.sql.sign import has_statement
from grantlint.reader.yaml.blanking import readable_of
from grantlint.reader.yaml.faults import goes_beyond
from grantlint.reader.yaml.mapping import entries
from grantlint.reader.yaml.nodes import MappingNode, documents

_RENDERERS = frozenset({"", "jinja", "yaml", "yamlex", "gpg"})


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the declarations of an SLS file. () where it holds no accounts, grants or settings.

    Jinja is made blank first. Broken YAML is a fault; where it holds templates, it is not checked, nor is what another
    renderer makes (`#!py`).
    """
    steps = Steps(source)
    renderer = _other_renderer(source.text)
    if renderer:
        first_line = Span(source, 0, len(source.text.partition("\n")[0]))
        steps.not_checked("file", f"it is rendered by {renderer}", first_line)
        hide_likely(source)
        return (steps.found,)
    readable = readable_of(source)
    templates = readable is not source
    leaves = Leaves(source)
    scripts: list[Found] = []
    for root in documents(readable):
        if isinstance(root, Fault):
            _broken(root, source, steps, templates=templates)
        elif isinstance(root, MappingNode):
            read_states(root, leaves, steps)
            if has_statement(source.text) or IN_MYSQL.in_a_line_of(source.text):
                scripts += scripts_of(root, source, readable)
            mysql = entries(root).get("mysql")
            if mysql and isinstance(mysql.value, MappingNode):
                read_pillar(mysql.value, leaves, steps)
    of_scripts = _of_scripts(source, scripts)
    if steps.has_acts:
        of_scripts = _put_in(steps, of_scripts)
    found = steps.declared()
    found.not_checked += unseen(source)
    says = found.accounts or found.grants or found.steps or found.faults or found.not_checked or found.server
    return (found, *of_scripts) if says else of_scripts


def _put_in(steps: Steps, of_scripts: tuple[Declarations, ...]) -> tuple[Declarations, ...]:
    """Give the SQL of a file to its states, which change the same accounts. What is left of it is its own."""
    for found in of_scripts:
        if not steps.takes(found.steps):
            found.unit = steps.found.unit = f"salt:{found.path}"
            return of_scripts
        steps.found.faults += found.faults
        steps.found.not_checked += found.not_checked
        steps.found.logins += found.logins
        steps.found.statements += found.statements
    return ()


def _of_scripts(source: Source, scripts: list[Found]) -> tuple[Declarations, ...]:
    """Return what the SQL and the `mysqladmin password` in a file leave behind."""
    found = Declarations(FORMAT, source.path)
    beside = [*passwords_set(source, NO_VARIABLES, lambda _: ())]
    if scripts:
        hide_passwords(source)
        if not read_found(source, scripts, found, beside=beside):
            return ()
    elif beside:
        read_into(found, source, "", beside=beside)
    else:
        return ()
    found.logins += logins(source, NO_VARIABLES)
    return (found,)


def _other_renderer(text: str) -> str:
    """Return the renderer that the first line asks for and that is none of Jinja and YAML."""
    if not text.startswith("#!"):
        return ""
    words = [word.split()[0] if word.split() else "" for word in text[2:].partition("\n")[0].split("|")]
    other = next((word for word in words if word not in _RENDERERS), "")
    return other if not other or other.isidentifier() else "a renderer of another name"


def _broken(fault: Fault, source: Source, steps: Steps, *, templates: bool) -> None:
    hide_likely(source)
    place = fault.span._replace(source=source)
    if templates and not goes_beyond(fault):
        steps.not_checked("parts of the file", "a template that is no YAML by itself", place)
    else:
        steps.found.faults.append(fault._replace(span=place))
