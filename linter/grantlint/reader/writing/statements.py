"""A statement of older servers as newer ones have it: two statements where GRANT made the account, too."""

import re

from grantlint.model.location import Span
from grantlint.model.remedy import Edit
from grantlint.model.step import Step
from grantlint.model.step.acts import GrantPrivileges, GrantRoles
from grantlint.platform.pattern import Pattern

_IDENTIFIED = Pattern(r"\s+IDENTIFIED\s+(?:BY\s+(?!PASSWORD\b)|WITH\s)", re.IGNORECASE)
_OPTION = Pattern(r"\s+WITH\s+(?:GRANT|ADMIN)\s+OPTION\s*\Z", re.IGNORECASE)
_OPTIONS = Pattern(r"\b(?:GRANT|ADMIN)\s+OPTION\b", re.IGNORECASE)
_SCRIPTS = frozenset({"sql", "shell", "yaml", "kubernetes"})
"""Formats in which one statement may be two; a tool that sends one sends no other."""


def made_first(step: Step) -> tuple[Edit, ...]:
    """Return the edits that make of `GRANT ... TO u IDENTIFIED ...` a CREATE USER and a GRANT; () where it is none.

    The password stays where it is: it is in no edit.
    """
    act, span = step.act, step.span
    if not isinstance(act, GrantPrivileges | GrantRoles) or len(act.to) != 1 or len(act.says) != 1:
        return ()
    source, start, end = span
    text, name = source.text, act.to[0].span
    if source.format not in _SCRIPTS or name.source is not source or not start < name.start < name.end < end:
        return ()
    rest = text[name.end : end]
    option = _OPTION.search(rest)
    behind = rest[: option.start()] if option else rest
    if not _IDENTIFIED.match(rest) or _OPTIONS.search(behind):
        return ()
    line = text.rfind("\n", 0, start) + 1
    indent = text[line:start]
    between = f";\n{indent}" if not indent.strip() else "; "
    grant = text[start : name.end] + (option[0].rstrip() if option else "")
    return (
        Edit(Span(source, start, name.start), "CREATE USER IF NOT EXISTS "),
        Edit(Span(source, name.end + len(behind), end), f"{between}{grant}"),
    )
