"""Names, accounts and roles in a statement.

Source: rules ident_or_text, user, user_or_role, role of the servers' sql_yacc.yy; the answers of four servers to
1,500 spellings (tests/oracle/grammar.jsonl.gz, kind acct).
"""

import re

from grantlint.access.product.words import PAIRS
from grantlint.reader.sql.syntax.records.parts import Account, Name, RoleChoice
from grantlint.reader.sql.syntax.tokens.cursor import Cursor
from grantlint.reader.sql.syntax.tokens.templates import template_in
from grantlint.reader.sql.syntax.tokens.token import AT, HOST, NAME, QUOTED_NAME, STRING, TEMPLATE, WORD

_PAIR_BEGINS = frozenset(pair.split()[0] for pair, _, _ in PAIRS)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "Z": "\x1a", "%": "\\%", "_": "\\_"}


def unquoted(cursor: Cursor, start: int, end: int) -> str:
    """Return the value of the string or backtick name at text[start:end]."""
    quote = cursor.text[start]
    inner = cursor.text[start + 1 : end - 1]
    if quote != "`" and cursor.grammar.backslash_escapes and "\\" in inner:
        doubled = re.compile(rf"\\(.)|{quote}{quote}", re.DOTALL)
        return doubled.sub(lambda found: _ESCAPES.get(found[1], found[1]) if found[1] else quote, inner)
    return inner.replace(quote + quote, quote)


def name(cursor: Cursor, wanted: str = "a name") -> Name:
    """Read a name, bare or quoted in any way."""
    kind = cursor.kind
    if kind in (STRING, QUOTED_NAME):
        return _quoted(cursor)
    return _bare(cursor, cursor.grammar.reserved, wanted)


def identifier(cursor: Cursor, wanted: str = "a name") -> Name:
    """Read the name of a database, table, column or routine. Bare or in backticks, never a string."""
    if cursor.kind == QUOTED_NAME:
        return _quoted(cursor)
    return _bare(cursor, cursor.grammar.reserved, wanted)


def _quoted(cursor: Cursor) -> Name:
    start, end = cursor.start, cursor.end
    text = unquoted(cursor, start, end)
    cursor.advance()
    return Name(text, start, end, cursor.templates and template_in(text) != "")


def _bare(cursor: Cursor, reserved: frozenset[str], wanted: str) -> Name:
    kind, start, end = cursor.kind, cursor.start, cursor.end
    if kind == WORD:
        if cursor.word in reserved or _paired(cursor):
            cursor.reject(wanted)
    elif kind not in (NAME, TEMPLATE):
        cursor.reject(wanted)
    text = cursor.text[start:end]
    cursor.advance()
    unresolved = cursor.templates and (kind == TEMPLATE or template_in(text) != "")
    return Name(text, start, end, unresolved)


def _paired(cursor: Cursor) -> bool:
    """Whether the word before makes one token with this one, as in WITH ROLLUP."""
    before = cursor.tokens[cursor.index - 1].word if cursor.index else ""
    return before in _PAIR_BEGINS and f"{before} {cursor.word}" in cursor.grammar.pairs


def account(cursor: Cursor, wanted: str = "an account") -> Account:
    """Read `user[@host]` or CURRENT_USER."""
    start = cursor.start
    if cursor.word == "CURRENT_USER":
        return _current(cursor, "current_user")
    quoted = cursor.kind in (STRING, QUOTED_NAME)
    user = name(cursor, wanted)
    host = _host(cursor)
    return Account(user, host, start, cursor.last_end, "account", quoted)


def account_or_role(cursor: Cursor) -> Account:
    """Read an account; MariaDB takes CURRENT_ROLE here as well."""
    if cursor.word == "CURRENT_ROLE" and cursor.grammar.role_admin:
        return _current(cursor, "current_role")
    return account(cursor, "an account or role")


def role(cursor: Cursor, wanted: str = "a role") -> Account:
    """Read a role. In MySQL an account, in MariaDB a name without a host or CURRENT_ROLE."""
    start, grammar = cursor.start, cursor.grammar
    if cursor.word == "CURRENT_ROLE" and grammar.role_admin:
        return _current(cursor, "current_role")
    if cursor.kind == WORD and cursor.word in grammar.role_reserved:
        cursor.reject(wanted)
    quoted = cursor.kind in (STRING, QUOTED_NAME)
    user = name(cursor, wanted)
    host = _host(cursor) if grammar.role_hosts else None
    return Account(user, host, start, cursor.last_end, "account", quoted)


def _host(cursor: Cursor) -> Name | None:
    """Read `@host`: nothing may stand after the @, else the host is the empty name."""
    start = cursor.start
    if cursor.kind == AT:
        cursor.advance()
        if not cursor.at(STRING, QUOTED_NAME):
            cursor.reject("a host")
        return _quoted(cursor)
    if cursor.kind == HOST:
        end = cursor.end
        text = cursor.text[start + 1 : end]
        cursor.advance()
        return Name(text, start + 1, end, cursor.templates and template_in(text) != "")
    return None


def _current(cursor: Cursor, kind: "str") -> Account:
    start, end = cursor.start, cursor.end
    keyword = Name(cursor.word, start, end)
    cursor.advance()
    if cursor.accept("("):
        cursor.expect(")")
    if kind == "current_user":
        return Account(keyword, None, start, cursor.last_end, "current_user")
    return Account(keyword, None, start, cursor.last_end, "current_role")


def role_choice(cursor: Cursor, *, default: bool, every: bool = True) -> RoleChoice:
    """Read NONE, ALL, DEFAULT or a list of roles.

    `every`: ALL may have EXCEPT. `default`: DEFAULT is allowed. The syntax is MySQL's.
    """
    if cursor.accept("NONE"):
        return RoleChoice("NONE")
    if default and cursor.accept("DEFAULT"):
        return RoleChoice("DEFAULT")
    if cursor.accept("ALL"):
        if every and cursor.accept("EXCEPT"):
            return RoleChoice("ALL", cursor.separated(role))
        return RoleChoice("ALL")
    return RoleChoice("", cursor.separated(role))
