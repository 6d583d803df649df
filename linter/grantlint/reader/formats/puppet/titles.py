"""The titles of `mysql_user` and `mysql_grant` (puppetlabs-mysql, lib/puppet/type/mysql_user.rb, mysql_grant.rb).

`user@host` is cut at its last `@`; the user may stand in quotes, and the host becomes lower case. `user@host/table`
is cut at its last `/`.
"""

import re

from grantlint.model import Fault
from grantlint.model.location import Located, Source, Text, Unresolved
from grantlint.model.scope import Level, Scope, scope_of
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.puppet.language.resources import Resource
from grantlint.reader.formats.puppet.language.values import String, Unknown
from grantlint.reader.formats.puppet.module_version import release_of

_STRICT = (3, 0, 0)  # the first release that compares
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


def mismatch(resource: Resource) -> Fault | None:
    """Return the fault of a title that is not user and table.

    The module drops apostrophes of the title and backquotes of the table, and puts the host in small letters; since
    3.0.0 it refuses what is not the same then (lib/puppet/type/mysql_grant.rb).
    """
    title, user, table = resource.title, resource.attributes.get("user"), resource.attributes.get("table")
    if not (isinstance(title, String) and isinstance(user, String) and isinstance(table, String)):
        return None
    if not (title.is_known and user.is_known and table.is_known):
        return None
    name, at, host = user.value.rpartition("@")
    wanted = f"{name}{at}{host.lower()}/{table.value.replace('`', '')}"
    if title.value.replace("'", "") == wanted:
        return None
    message = "the title of a mysql_grant must be its user and table, with / between them"
    return Fault("schema-error", message, title.span, _remedy(title.span.source))


def _remedy(source: Source) -> str:
    release = release_of(source)
    if release is None or (release.at_least and release.version < _STRICT):
        return "puppetlabs-mysql refuses it from 3.0.0 on: make them the same."
    if release.version < _STRICT:
        named = f"{release.file} names {release.shown}"
        return f"puppetlabs-mysql refuses it from 3.0.0 on ({named}): make them the same."
    later = " and later" if release.at_least else ""
    return f"puppetlabs-mysql {release.shown}{later}, which {release.file} names, refuses it: make them the same."
