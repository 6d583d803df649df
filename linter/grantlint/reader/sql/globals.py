"""Settings of the server that a script of SQL changes, which decide about accounts and rights."""

import re

from grantlint.model import ServerFacts
from grantlint.model.location import Located, Source, Span, Text

_NAMES = "partial_revokes|activate_all_roles_on_login|activate_mandatory_roles|mandatory_roles|require_secure_transport"
_SET = re.compile(
    rf"""^[ \t]*SET[ \t]+(?:(?:GLOBAL|PERSIST)[ \t]+|@@(?:GLOBAL|PERSIST)\.)(?P<name>{_NAMES})[ \t]*:?=[ \t]*
    (?:'(?P<single>[^'\n]*)'|"(?P<double>[^"\n]*)"|(?P<bare>\w+))""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)


def with_globals(facts: ServerFacts | None, source: Source) -> ServerFacts | None:
    """Return the facts with what the script sets.

    It counts for all of the script: what is set late is set when clients come.
    """
    found: dict[str, Text] = {}
    for one in _SET.finditer(source.text):
        group = next(name for name in ("single", "double", "bare") if one[name] is not None)
        found[one["name"].lower()] = Located(one[group], source, *one.span(group))
    if not found:
        return facts
    place = next(iter(found.values())).span
    own = facts or ServerFacts(Span(source, place.start, place.end))
    return own._replace(settings={**own.settings, **found})
