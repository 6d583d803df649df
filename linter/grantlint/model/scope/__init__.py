"""What a grant is on: everything, a database, a table, a routine, or another account.

A database name in `GRANT ... ON db.*` is a pattern, which `databases` matches; the names of tables and routines, and
the database before them, are literal (facts: I1).
"""

import re
from enum import StrEnum
from functools import lru_cache

from grantlint.model.sql import account, identifier
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple


class Level(StrEnum):
    """Where a privilege is held. COLUMN is TABLE with a list of columns after the privilege."""

    GLOBAL = "global"
    DATABASE = "database"
    TABLE = "table"
    COLUMN = "column"
    ROUTINE = "routine"
    PROXY = "proxy"


class ScopeSyntaxError(ValueError):
    """A text after ON that no server reads as a target.

    The message says what is wrong with it.
    """


class Scope(NamedTuple):
    """A parsed target. `database` is '' where the session's default database is meant.

    `name` is the table or routine, or for PROXY the user, whose host is `host`; `kind` is the keyword before
    the name of a routine (FUNCTION, PROCEDURE, PACKAGE, PACKAGE BODY, LIBRARY).

    >>> str(Scope(Level.DATABASE, "foo_bar"))
    '`foo_bar`.*'
    """

    level: Level
    database: str = ""
    name: str = ""
    kind: str = ""
    host: str = ""

    def __str__(self) -> str:
        if self.level is Level.GLOBAL:
            return "*.*"
        if self.level is Level.PROXY:
            return f"PROXY {account(self.name, self.host)}"
        database = f"{identifier(self.database)}." if self.database else ""
        if self.level is Level.DATABASE:
            return f"{database}*"
        return f"{self.kind} {database}{identifier(self.name)}".lstrip()


_ROUTINES = ("FUNCTION", "PROCEDURE", "PACKAGE BODY", "PACKAGE", "LIBRARY")


@lru_cache(maxsize=8192)
def parse_scope(text: str) -> Scope:
    r"""Return the target that a text after ON stands for.

    Raises ScopeSyntaxError. Takes what SQL takes there, and names without backticks that SQL would want quoted
    (`my-db.*`, `foo\_bar.*`), as Ansible, Terraform and the operators write them before they quote.

    >>> parse_scope("*.*").level
    <Level.GLOBAL: 'global'>
    >>> parse_scope(r"`foo\_bar`.*")
    Scope(level=<Level.DATABASE: 'database'>, database='foo\\_bar', name='', kind='', host='')
    >>> str(parse_scope("procedure shop.refund"))
    'PROCEDURE `shop`.`refund`'
    """
    words = text.split(None, 1)
    if len(words) == 2:  # noqa: PLR2004 - a keyword and the rest
        rest = words[1].strip()
        keyword = words[0].upper()
        if keyword == "PACKAGE" and rest[:5].upper() == "BODY ":
            keyword, rest = "PACKAGE BODY", rest[5:]
        if keyword == "PROXY":
            return _proxy(rest.removeprefix("ON ").strip())
        if keyword in _ROUTINES and not rest.startswith("."):
            return _object(_parts(rest), keyword, text)
        if keyword == "TABLE" and not rest.startswith("."):
            return _object(_parts(rest), "", text)
    return _object(_parts(text), "", text)


@lru_cache(maxsize=8192)
def scope_of(database: str | None, name: str, kind: str = "") -> Scope:
    r"""Return the scope of `database.name`, given names without quotes.

    `*` is all of them, no database is the session's default one; `kind` as in Scope. Raises ScopeSyntaxError.

    >>> str(scope_of(r"foo\_bar", "*")), str(scope_of("a`b", "c", "FUNCTION")), str(scope_of("*", "*"))
    ('`foo\\_bar`.*', 'FUNCTION `a``b`.`c`', '*.*')
    """
    names = (name,) if database is None else (database, name)
    text = f"{kind} {'.'.join(names)}".lstrip()
    if not all(names):
        raise ScopeSyntaxError(_no_target(text))
    return _object([(each, each == "*") for each in names], kind, text)


def _no_target(text: str) -> str:
    return f"{text.strip()!r} is not a target: write *.*, db.* or db.name"


def _object(parts: list[tuple[str, bool]], kind: str, text: str) -> Scope:
    """Return the scope of one or two names, each with whether it is the bare `*`."""
    (first, first_star), (last, last_star) = parts[0], parts[-1]
    if kind and (first_star or last_star):
        raise ScopeSyntaxError(f"{kind} takes the name of one routine, not {text.strip()!r}")
    if len(parts) == 1:
        if first_star:
            return Scope(Level.DATABASE)
        return Scope(Level.ROUTINE if kind else Level.TABLE, "", first, kind)
    if first_star and not last_star:
        raise ScopeSyntaxError(f"{text.strip()!r} names a table but leaves its database open")
    if first_star:
        return Scope(Level.GLOBAL)
    if last_star:
        return Scope(Level.DATABASE, first)
    return Scope(Level.ROUTINE if kind else Level.TABLE, first, last, kind)


def _parts(text: str) -> list[tuple[str, bool]]:
    """Return the one or two names of `db.name`, unquoted, each with whether it is the bare `*`."""
    parts: list[tuple[str, bool]] = []
    rest = text.strip()
    while True:
        name, bare, rest = _name(rest, text)
        parts.append((name, bare and name == "*"))
        rest = rest.lstrip()
        if not rest:
            return parts
        if rest[0] != "." or len(parts) == 2:  # noqa: PLR2004 - database and name
            raise ScopeSyntaxError(_no_target(text))
        rest = rest[1:].lstrip()


def _name(rest: str, text: str) -> tuple[str, bool, str]:
    """Return the first name, whether it stood without backticks, and what follows it."""
    if rest.startswith("`"):
        end = 1
        while True:
            end = rest.find("`", end)
            if end < 0:
                raise ScopeSyntaxError(f"a backtick is missing in {text.strip()!r}")
            if rest[end + 1 : end + 2] != "`":
                break
            end += 2
        name, bare, rest = rest[1:end].replace("``", "`"), False, rest[end + 1 :]
    else:
        name, dot, rest = rest.partition(".")
        name, bare, rest = name.rstrip(), True, dot + rest
    if not name or (bare and ("`" in name or name[0] in "'\"")):
        raise ScopeSyntaxError(_no_target(text))
    return name, bare, rest


_QUOTED_USER = Pattern(r"\s*('(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`)\s*@(.*)\Z", re.DOTALL)


def _proxy(text: str) -> Scope:
    quoted = _QUOTED_USER.match(text)
    user, at, host = (quoted[1], "@", quoted[2]) if quoted else text.rpartition("@")
    if not at:
        user, host = text, "%"
    return Scope(Level.PROXY, name=_unquoted(user), host=_unquoted(host))


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"`":
        return text[1:-1].replace(text[0] * 2, text[0])
    return text
