"""Commands of a script without SQL of their own: those that reload the grant tables, and those that feed files."""

import re
from functools import lru_cache

from grantlint.model.location import Source, Span
from grantlint.model.step import Step
from grantlint.model.step.acts import FlushPrivileges, Unclear
from grantlint.platform.pattern import Pattern

_SERVER = r"(?:mysql|mysqld|mariadb|mariadbd|percona)(?:\.service)?"
_RELOAD = Pattern(
    r"^[ \t]*(?![ \t#])[^\n]*?(?:"
    r"\b(?:mysqladmin|mariadb-admin)\b[^\n]{0,1000}\b(?:reload|refresh|flush-privileges)\b"
    rf"|\b(?:service|rc-service|invoke-rc\.d)[ \t]+{_SERVER}[ \t]+(?:re|force-re)?(?:start|load)\b"
    rf"|\bsystemctl[ \t]+(?:restart|start|reload|reload-or-restart)[ \t]+{_SERVER}(?=\s|$)"
    rf"|/init\.d/{_SERVER}[ \t]+(?:re)?start\b)",
    re.MULTILINE,
)


@lru_cache(maxsize=4)
def reloads(source: Source) -> tuple[Step, ...]:
    """Return a flush at each command that reloads or restarts the server. Such a file is searched once."""
    return tuple([Step(FlushPrivileges(), Span(source, *found.span())) for found in _RELOAD.finditer(source.text)])


_FED = Pattern(
    r"^[ \t]*(?![ \t#])[^\n#]*?(?:(?<![\w@-])(?:mysql|mariadb)\b(?![-\w.])[^\n|;<]*<(?![<(&])[ \t]*[^\s;|&<]+"
    r"|\bcat[ \t][^\n|<>]+\|[ \t]*(?:mysql|mariadb)\b(?![-\w.]))",
    re.MULTILINE,
)


@lru_cache(maxsize=4)
def fed(source: Source) -> tuple[Step, ...]:
    """Return an unclear step for each command that feeds files to clients."""
    why = "a client gets a file that is read elsewhere, if at all"
    found = _FED.finditer(source.text) if "<" in source.text or "cat" in source.text else ()
    return tuple([Step(Unclear("statement", why), Span(source, *one.span())) for one in found])
