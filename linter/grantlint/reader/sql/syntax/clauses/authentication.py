"""IDENTIFIED clauses: what proves an account, and the passwords and hashes in them, of which no text is kept.

Source: rules identification, grant_user, auth_expression of the servers' sql_yacc.yy; storage shapes from the
plugins' own sources (semantics: `*` + 40 hex, $5$, $A$005$, 43 characters of base64, P0:...).
"""

import re

from grantlint.platform.pattern import Pattern
from grantlint.reader.sql.syntax.clauses.account import name, unquoted
from grantlint.reader.sql.syntax.records.parts import Authentication, HashShape, Secret, SecretForm
from grantlint.reader.sql.syntax.tokens.cursor import Cursor
from grantlint.reader.sql.syntax.tokens.templates import template_in
from grantlint.reader.sql.syntax.tokens.token import HEX, HEX_STRING, STRING, TEMPLATE, Token

_SHAPES: tuple[tuple[HashShape, re.Pattern[str]], ...] = (
    ("native", Pattern(r"\*[0-9A-Fa-f]{40}\Z")),
    ("native-like", Pattern(r"\*.{40}\Z", re.DOTALL)),  # stored, but no password has it
    ("old", Pattern(r"[0-9A-Fa-f]{16}\Z")),
    ("sha256", Pattern(r"\$5\$.{20}\$[./0-9A-Za-z]{43}\Z", re.DOTALL)),
    ("caching_sha2", Pattern(r"\$A\$[0-9A-Fa-f]{3}\$.{20}[./0-9A-Za-z]{43}\Z", re.DOTALL)),
    ("caching_sha2", Pattern(r"\$B\$.+\$.{20}[A-Za-z0-9+/=]{88}\Z", re.DOTALL)),
    ("ed25519", Pattern(r"[A-Za-z0-9+/]{43}\Z")),
    ("parsec", Pattern(r"P[0-9]+:[A-Za-z0-9+/]+={0,2}:[A-Za-z0-9+/]{43}=?\Z")),
)
_SHORTEST = 16  # characters, of an old one
_MORE_FACTORS = 2


def hash_shape(text: str) -> HashShape:
    """Return which plugin's stored form a text has; "" for none."""
    if len(text) < _SHORTEST:
        return ""
    for shape, pattern in _SHAPES:
        if pattern.match(text):
            return shape
    return ""


def secret(cursor: Cursor, token: Token, form: SecretForm) -> Secret:
    """Return the place, form and shape of a password or hash."""
    kind, start, end, _ = token
    if kind == TEMPLATE:
        return Secret(form, start, end, empty=False, unresolved=True)
    if kind != STRING:
        return Secret(form, start, end, empty=False, shape=hash_shape(_of_hex(cursor.text[start:end])))
    text = unquoted(cursor, start, end)
    unresolved = cursor.templates and _unresolved(text)
    return Secret(form, start, end, not text, hash_shape(text), unresolved)


def _unresolved(text: str) -> bool:
    """Whether a password is a template: a `$` inside one is an ordinary character."""
    found = template_in(text)
    if not found:
        return False
    return not re.match(r"\$[A-Za-z_]", found) or re.fullmatch(r"\$[A-Za-z_][A-Za-z0-9_]*", text) is not None


def _of_hex(literal: str) -> str:
    digits = literal[2:].strip("'")
    return bytes.fromhex(digits if len(digits) % 2 == 0 else "0" + digits).decode("latin-1")


def password(cursor: Cursor, form: SecretForm = "plain", wanted: str = "a password in quotes") -> Secret:
    """Read a quoted password or hash."""
    return secret(cursor, cursor.expect_string(wanted), form)


def _hash(cursor: Cursor) -> Secret:
    token = cursor.tokens[cursor.index]
    if cursor.grammar.hex_literals and token.kind in (HEX, HEX_STRING):
        cursor.advance()
        return secret(cursor, token, "hash")
    return password(cursor, "hash", "a hash in quotes")


def random_password(cursor: Cursor) -> Secret | None:
    """Read RANDOM PASSWORD if it stands here and the server has it."""
    start = cursor.start
    if cursor.grammar.random_password and cursor.accept("RANDOM"):
        cursor.expect("PASSWORD")
        return Secret("random", start, cursor.last_end, empty=False)
    return None


def by_password(cursor: Cursor) -> Secret:
    """Read what stands after BY: a password or RANDOM PASSWORD."""
    return random_password(cursor) or password(cursor)


def identified(cursor: Cursor) -> tuple[Authentication, ...]:
    """Read one IDENTIFIED clause of CREATE USER, ALTER USER or GRANT. () where none stands here."""
    start, grammar = cursor.start, cursor.grammar
    if not cursor.accept("IDENTIFIED"):
        return ()
    if cursor.accept("BY"):
        if grammar.by_password_hash and cursor.accept("PASSWORD"):
            found = password(cursor, "hash", "a hash in quotes")
        else:
            found = by_password(cursor)
        return (Authentication(None, found, start, cursor.last_end),)
    if grammar.identified_with and cursor.accept("WITH"):
        return _via(cursor, start) if grammar.via else (_with(cursor, start),)
    if grammar.via and cursor.accept("VIA"):
        return _via(cursor, start)
    return cursor.reject("BY or WITH")


def _with(cursor: Cursor, start: int) -> Authentication:
    """Read MySQL's `plugin [BY password | AS hash]`."""
    plugin = name(cursor, "a plugin")
    found = None
    if cursor.grammar.with_by and cursor.accept("BY"):
        found = by_password(cursor)
    elif cursor.accept("AS"):
        found = _hash(cursor)
    return Authentication(plugin, found, start, cursor.last_end)


def _via(cursor: Cursor, start: int) -> tuple[Authentication, ...]:
    """Read MariaDB's `plugin [USING|AS hash] {OR plugin ...}`."""
    found: list[Authentication] = []
    while True:
        plugin = name(cursor, "a plugin")
        proof = None
        if cursor.accept("USING") or cursor.accept("AS"):
            proof = _function(cursor) or password(cursor, "hash", "a hash in quotes")
        found.append(Authentication(plugin, proof, start, cursor.last_end, "or" if found else ""))
        start = cursor.start
        if not (cursor.grammar.or_plugin and cursor.accept("OR")):
            return tuple(found)


def _function(cursor: Cursor) -> Secret | None:
    """Read PASSWORD('...') if it stands here."""
    if cursor.grammar.or_plugin and cursor.accept("PASSWORD"):
        cursor.expect("(")
        found = password(cursor)
        cursor.expect(")")
        return found
    return None


def further_factors(cursor: Cursor, first: tuple[Authentication, ...]) -> tuple[Authentication, ...]:
    """Read the authentication factors after the first one.

    CREATE USER of MySQL 8.0.27 has AND and INITIAL AUTHENTICATION. AND may stand even where there is no first clause.
    """
    found = list(first)
    start = cursor.start
    by_plugin = first and first[0].plugin is not None and first[0].secret is None
    if by_plugin and cursor.accept("INITIAL"):
        cursor.expect("AUTHENTICATION", "IDENTIFIED")
        if cursor.accept("BY"):
            proof = by_password(cursor)
            return (*first, Authentication(None, proof, start, cursor.last_end, "initial"))
        cursor.expect("WITH")
        plugin = name(cursor, "a plugin")
        cursor.expect("AS")
        return (*first, Authentication(plugin, _hash(cursor), start, cursor.last_end, "initial"))
    for _ in range(_MORE_FACTORS):
        if not cursor.accept("AND"):
            break
        start = cursor.start
        more = identified(cursor)
        if not more:
            cursor.reject("IDENTIFIED")
        found.append(more[0]._replace(start=start, joined="and"))
    return tuple(found)
