"""The titles of `mysql_user` and `mysql_grant` (puppetlabs-mysql, lib/puppet/type/mysql_user.rb, mysql_grant.rb).

`user@host` is cut at its last `@`; the user may stand in quotes, and the host becomes lower case. `user@host/table`
is cut at its last `/`.
"""

import re
from typing import NamedTuple

from grantlint.location import Located, Text, Unresolved
from grantlint.reader.puppet.values import OPAQUE, String, Unknown

_QUOTES = frozenset("'\"`")
_PLAIN_NAME = re.compile(r"(?!\d+\Z)[0-9A-Za-z_$]+\Z")
_ROUTINE = re.compile(r"(FUNCTION|PROCEDURE) (.*)\.([^.]*)\Z", re.DOTALL)


class Name(NamedTuple):
    """An account's user and host."""

    user: Text
    host: Text


def account_of(title: String | Unknown, start: int = 0, end: int | None = None) -> Name | None:
    """Return the account that title[start:end] names; None where it is all known and names no host."""
    if isinstance(title, Unknown):
        return Name(title.text, title.text)
    last = len(title.value) if end is None else end
    at = title.value.rfind("@", start, last)
    if at < 0:
        return None if title.is_known else Name(_alone(title), _alone(title))
    first, user_end = start, at
    if user_end - first > 1 and title.value[first] in _QUOTES and title.value[first] == title.value[user_end - 1]:
        first, user_end = first + 1, user_end - 1
    host = title.part(at + 1, last)
    if isinstance(host, Located):
        host = Located(host.value.lower(), *host.span)
    return Name(title.part(first, user_end), host)


def _alone(title: String) -> Text:
    return Unresolved("a variable", *title.span)


def table_in(title: String | Unknown | None) -> tuple[int, int] | None:
    """Return where the table of a `user@host/table` title begins and where the account before it ends."""
    if not isinstance(title, String):
        return None
    at = title.value.rfind("/")
    return None if at < 0 else (at + 1, at)


def target_of(text: Text, *, proxy: bool) -> Text:
    """Return what the module writes after ON: names in backquotes, a pattern stays one."""
    if not isinstance(text, Located):
        return text
    value = text.value.replace("`", "")
    if proxy:
        user, _, host = value.rpartition("@")
        return Located(f"PROXY '{user}'@'{host}'", *text.span)
    return Located(written(value), *text.span)


def written(table: str) -> str:
    """Return a table as SQL has it; without backquotes where they change nothing, for people to read."""
    routine = _ROUTINE.match(table)
    if routine:
        return f"{routine[1]} {_quoted(routine[2])}.{routine[3]}"
    database, dot, name = table.rpartition(".")
    return f"{_quoted(database)}.{name}" if dot else table


def _quoted(name: str) -> str:
    return name if name == "*" or OPAQUE in name or _PLAIN_NAME.match(name) else f"`{name}`"
