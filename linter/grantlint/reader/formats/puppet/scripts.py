"""SQL in the strings of a manifest: in commands for a client it is read, in any other string it is counted.

Puppet fills in its variables before a shell or a server sees a string, so each is a template there.
"""

import re
from collections.abc import Iterator

from grantlint.model import Credential
from grantlint.model.location import Source, Span
from grantlint.reader.formats.puppet.language.lexer import DOUBLE, SINGLE, WORD, Token, string_of
from grantlint.reader.formats.puppet.language.values import OPAQUE, String
from grantlint.reader.formats.shell.clients.logins import logins_in
from grantlint.reader.formats.shell.passage import Passage
from grantlint.reader.formats.shell.statements import ACCOUNT_STATEMENT, Found, sql_in
from grantlint.reader.leaf.variables import Variables
from grantlint.reader.sql.sign import claims

CLIENT = re.compile(r"\b(?:mysql|mariadb)(?:-?(?:admin|dump|check|import|show))?\s[^\n]*(?:-p|password)")
"""A client with what may be a password."""
_ACCOUNTS = re.compile(ACCOUNT_STATEMENT, re.IGNORECASE)
_BEGINS = re.compile(rf"\s*(?:{ACCOUNT_STATEMENT})", re.IGNORECASE)
_GRANT = re.compile(r"\s*GRANT\b(?!.*\bON\b.*\bTO\b)", re.IGNORECASE | re.DOTALL)  # prose, or a title
_PASSWORD = re.compile(r"\s*SET\s+PASSWORD\b(?!\s*(?:FOR\b|:?=))", re.IGNORECASE)  # of another language
_TAKES = re.compile(r"\s*(?:DROP|REVOKE|DELETE)\b", re.IGNORECASE)
_GIVES = re.compile(r"[;\s](?:GRANT|CREATE|ALTER|SET|INSERT|REPLACE|UPDATE)\s", re.IGNORECASE)
_ASKING = frozenset({"unless", "onlyif"})
_SAYING = frozenset(
    {"alert", "crit", "debug", "emerg", "err", "fail", "info", "notice", "notify", "warning", "message"}
)
_UNFIT = re.compile(r"[^\w$]")


def scripts_of(source: Source, tokens: list[Token]) -> Iterator[Found | Span]:
    """Yield the SQL for clients, and the places of other statements. Nobody sees who reads the latter."""
    for index, token in enumerate(tokens):
        if token.kind not in (SINGLE, DOUBLE) or not _ACCOUNTS.search(source.text, token.start, token.end):
            continue
        before = _before(source, tokens, index)
        if before in _ASKING or before in _SAYING:
            continue
        passage = passage_of(string_of(source, token, ""))
        found = [one for one in sql_in(passage, ours=True) if one.certain]
        yield from found
        is_title = index + 1 < len(tokens) and tokens[index + 1].kind == ":"
        if not found and not is_title and _is_statement(source.path, passage.text):
            yield Span(source, token.start, token.end)


def logins_of(source: Source, tokens: list[Token], variables: Variables) -> Iterator[Credential]:
    """Yield the passwords that clients are called with in a manifest."""
    for index, token in enumerate(tokens):
        if token.kind not in (SINGLE, DOUBLE) or not CLIENT.search(source.text, token.start, token.end):
            continue
        if _before(source, tokens, index) not in _SAYING:
            yield from logins_in(source, passage_of(string_of(source, token, "")), variables)


def _before(source: Source, tokens: list[Token], index: int) -> str:
    """Return the word that says what a string is: the attribute's, the function's, or the type's."""
    at = index - 2
    named = at >= 0 and tokens[at].kind == WORD and tokens[at + 1].kind in {"=>", "(", "{"}
    return source.text[tokens[at].start : tokens[at].end].lower() if named else ""


def _is_statement(path: str, text: str) -> bool:
    if _BEGINS.match(text) is None or _GRANT.match(text) or _PASSWORD.match(text):
        return False
    return claims(path, text)


def only_takes(found: Found) -> bool:
    """Whether SQL only revokes or drops. It stands in another branch of a condition than what makes the same."""
    return _TAKES.match(found.passage.text) is not None and _GIVES.search(found.passage.text) is None


def passage_of(string: String) -> Passage:
    """Return a string with its variables written as a shell's. Each takes as many characters as in the file."""
    text: list[str] = []
    at: list[int] = []
    for index, character in enumerate(string.value):
        place, following = string.places[index], string.places[index + 1]
        if character == OPAQUE:
            text += _variable(string.span.source.text[place:following])
            at += range(place, following)
        else:
            text.append(character)
            at.append(place)
    return Passage("".join(text), at)


def _variable(written: str) -> str:
    if written.startswith("${"):
        return f"${{{_UNFIT.sub('_', written[2:-1])}}}"
    return f"${_UNFIT.sub('_', written[1:])}"
