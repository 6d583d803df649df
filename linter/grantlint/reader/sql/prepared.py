"""Statements that a script hands to the server as texts: PREPARE, EXECUTE IMMEDIATE, and the variables for them.

A text that stands there whole is read in its place. One that is put together is nobody's to read before it runs: it
is counted where its pieces begin as account statements do.
"""

import re

from grantlint.reader.sql.lexer import HOST, STRING, Token
from grantlint.reader.sql.statements import Name, Opaque

PREPARES = re.compile(r"\bPREPARE\s+[\w`$]+\s+FROM\b|\bEXECUTE\s+IMMEDIATE\b", re.IGNORECASE)
EXECUTES = re.compile(r"\bEXECUTE\s+([\w$]+)", re.IGNORECASE)
VERBS = frozenset({"PREPARE", "EXECUTE", "SET", "SELECT"})
_ACCOUNTS = re.compile(
    r"\s*(?:GRANT|REVOKE|(?:CREATE|ALTER|DROP|RENAME)\s+(?:OR\s+REPLACE\s+)?(?:USER|ROLE)|SET\s+(?:PASSWORD|DEFAULT\s+ROLE))"
    r"(?:\s|\Z)",
    re.IGNORECASE,
)
_ESCAPES = re.compile(r"\\[^_%]")  # a string keeps the backslash of these two
_OF_PREPARE = 3  # tokens before the text of PREPARE name FROM 'text'
_WHY = "the server is given it as a text that is put together as it runs"


def prepared(text: str, tokens: list[Token]) -> Opaque | None:
    """Return a statement that may become an account statement as a text; None for any other."""
    if tokens[0].word == "SELECT" and all(token.word != "INTO" for token in tokens):
        return None
    if tokens[0].word == "SET" and tokens[1].kind != HOST:
        return None
    for token in tokens:
        if token.kind == STRING and begins_as_account_statement(text, token):
            expression = Name(text[token.start : token.end], token.start, token.end, unresolved=True)
            return Opaque(tokens[0].start, tokens[-1].start, tokens[0].word, expression, _WHY)
    return None


def begins_as_account_statement(text: str, token: Token) -> bool:
    """Return whether a string begins as an account statement does."""
    return _ACCOUNTS.match(text, token.start + 1, token.end - 1) is not None


def literal_of(text: str, tokens: list[Token]) -> Token | None:
    """Return the text of PREPARE name FROM 'text' where it is one string that stands there as it is."""
    if tokens[0].word != "PREPARE" or len(tokens) != _OF_PREPARE + 2:
        return None
    literal = tokens[_OF_PREPARE]
    inner = text[literal.start + 1 : literal.end - 1]
    if literal.kind != STRING or _ESCAPES.search(inner) or text[literal.start] in inner:
        return None
    return literal
