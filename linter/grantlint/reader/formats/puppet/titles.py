"""The titles of `mysql_user` and `mysql_grant` (puppetlabs-mysql, lib/puppet/type/mysql_user.rb, mysql_grant.rb).

`user@host` is cut at its last `@`; the user may stand in quotes, and the host becomes lower case. `user@host/table`
is cut at its last `/`.
"""

import re
from typing import NamedTuple

from grantlint.model.location import Located, Text, Unresolved
from grantlint.model.scope import Level, Scope, scope_of
from grantlint.reader.formats.puppet.language.values import String, Unknown

_QUOTES = frozenset("'\"`")
_ROUTINE = re.compile(r"(FUNCTION|PROCEDURE) (.*)\.([^.]*)\Z", re.DOTALL)


class Name(NamedTuple):
    """An account's user and host."""

    user: Text
    host: Text


def account_of(title: String | Unknown, start: int = 0, end: int | None = None) -> Name | None:
    """Return the account named by title[start:end]. None where it is all known and names no host."""
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
    """Return where a title's table begins, and where its account ends. None where it is no `user@host/table`."""
    if not isinstance(title, String):
        return None
    at = title.value.rfind("/")
    return None if at < 0 else (at + 1, at)


def scope_in(table: str, *, proxy: bool) -> Scope:
    """Return the scope that the module puts after ON.

    Names in backquotes, a pattern stays one. Raises ScopeSyntaxError.
    """
    table = table.replace("`", "")
    if proxy:
        user, _, host = table.rpartition("@")
        return Scope(Level.PROXY, name=user, host=host)
    routine = _ROUTINE.match(table)
    if routine:
        return scope_of(routine[2], routine[3], routine[1])
    database, dot, name = table.rpartition(".")
    return scope_of(database if dot else None, name)
