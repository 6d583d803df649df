"""Statements that a script hands to the server as texts: PREPARE, EXECUTE IMMEDIATE, and the variables for them.

A text that stands there whole is read in its place. One that is put together is nobody's to read before it runs: it
is counted where its pieces begin as account statements do, alone or together, and where nothing shows how it begins.
"""

import re
from itertools import pairwise

from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.sql.syntax.records.parts import Name
from grantlint.reader.sql.syntax.records.statements import Opaque
from grantlint.reader.sql.syntax.tokens.token import HEX, HEX_STRING, HOST, STRING, Token

PREPARES = Pattern(r"\bPREPARE\s+[\w`$]+\s+FROM\b|\bEXECUTE\s+IMMEDIATE\b", re.IGNORECASE)
EXECUTES = Pattern(r"\bEXECUTE\s+([\w$]+)", re.IGNORECASE)
VERBS = frozenset({"PREPARE", "EXECUTE", "SET", "SELECT"})
_ACCOUNTS = Pattern(
    r"\s*(?:GRANT|REVOKE|(?:CREATE|ALTER|DROP|RENAME)\s+(?:OR\s+REPLACE\s+)?(?:USER|ROLE)|SET\s+(?:PASSWORD|DEFAULT\s+ROLE))"
    r"(?:\s|\Z)",
    re.IGNORECASE,
)
_ESCAPES = Pattern(r"\\[^_%]")  # a string keeps the backslash of these two
_GIVEN = Pattern(r"\b(?:PREPARE\s+[\w`$]+\s+FROM|EXECUTE\s+IMMEDIATE)\s+(@[\w$.]+)", re.IGNORECASE)
_SET = Pattern(r"(@[\w$.]+)\s*:?=|\bINTO\s+(@[\w$.]+)", re.IGNORECASE)
_MAKES_ANYTHING = frozenset(  # of its arguments, so that the text that they are shows nothing of it
    {"AES_DECRYPT", "CHAR", "FROM_BASE64", "INSERT", "LOAD_FILE", "REPLACE", "REVERSE", "UNCOMPRESS", "UNHEX"}
)
_OF_PREPARE = 3  # tokens before the text of PREPARE name FROM 'text'
_OF_EXECUTE = 2  # and of EXECUTE IMMEDIATE 'text'
_VALUES = frozenset({STRING, HEX, HEX_STRING, HOST})
_WHY = "the server is given it as a text that is put together as it runs"


class Given(NamedTuple):
    """The user variables of a script, in lower case.

    `texts`: those that it hands to the server as statements. `told`: those that it sets.
    """

    texts: frozenset[str]
    told: frozenset[str]

    @classmethod
    def of(cls, script: str) -> "Given":
        """Return those of a script."""
        if not script:
            return cls(frozenset(), frozenset())
        told = (name for found in _SET.finditer(script) for name in found.groups() if name)
        return cls(frozenset(map(str.lower, _GIVEN.findall(script))), frozenset(map(str.lower, told)))


def prepared(text: str, tokens: list[Token], given: Given) -> Opaque | None:
    """Return a statement that may run an account statement from text. None for any other."""
    if tokens[0].word == "SELECT" and all(token.word != "INTO" for token in tokens):
        return None
    if tokens[0].word == "SET" and tokens[1].kind != HOST:
        return None
    strings = [token for token in tokens if token.kind == STRING]
    telling = next((token for token in strings if begins_as_account_statement(text, token)), None)
    if telling is None and (_begins_together(text, strings) or _tells_nothing(text, tokens, given)):
        telling = next((token for token in tokens[1:-1] if token.kind in _VALUES), tokens[0])
    if telling is None:
        return None
    expression = Name(text[telling.start : telling.end], telling.start, telling.end, unresolved=True)
    return Opaque(tokens[0].start, tokens[-1].start, tokens[0].word, expression, _WHY)


def _begins_together(text: str, strings: list[Token]) -> bool:
    return _ACCOUNTS.match("".join(text[token.start + 1 : token.end - 1] for token in strings)) is not None


def _tells_nothing(text: str, tokens: list[Token], given: Given) -> bool:
    """Whether a text that the server is given may be anything."""
    variables = {text[token.start : token.end].lower() for token in tokens if token.kind == HOST}
    verb = tokens[0].word
    if verb == "PREPARE" or (verb == "EXECUTE" and tokens[1].word == "IMMEDIATE"):
        if len(tokens) == (_OF_PREPARE if verb == "PREPARE" else _OF_EXECUTE) + 2 and variables:
            return variables.isdisjoint(given.told)
    elif verb not in {"SET", "SELECT"} or variables.isdisjoint(given.texts):
        return False
    return _is_made(tokens) or not any(token.kind == STRING for token in tokens)


def _is_made(tokens: list[Token]) -> bool:
    return any(
        one.kind in {HEX, HEX_STRING} or (one.word in _MAKES_ANYTHING and following.word == "(")
        for one, following in pairwise(tokens)
    )


def begins_as_account_statement(text: str, token: Token) -> bool:
    """Return whether a string begins as an account statement does."""
    return _ACCOUNTS.match(text, token.start + 1, token.end - 1) is not None


def literal_of(text: str, tokens: list[Token]) -> Token | None:
    """Return the literal of PREPARE name FROM 'text'. None unless it is one string without escapes."""
    if tokens[0].word != "PREPARE" or len(tokens) != _OF_PREPARE + 2:
        return None
    literal = tokens[_OF_PREPARE]
    inner = text[literal.start + 1 : literal.end - 1]
    if literal.kind != STRING or _ESCAPES.search(inner) or text[literal.start] in inner:
        return None
    return literal
