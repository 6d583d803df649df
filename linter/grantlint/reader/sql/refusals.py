"""Which servers take a statement: asked for each statement and server, answered once for all of one shape.

A shape is a statement with its names, strings and numbers left out: ten thousand grants that differ in user and
database are parsed once a server.
"""

from typing import cast

from grantlint.access.grammar import Grammar, grammar_for
from grantlint.access.traits import Product, Version
from grantlint.access.words import RESERVED, ROLE_RESERVED
from grantlint.location import Source, Span
from grantlint.model import Refusal
from grantlint.reader.sql.lexer import AT, HOST, INTEGER, MARK, TEMPLATE_HINT, WORD, Token, cut
from grantlint.reader.sql.modes import with_sql_mode
from grantlint.reader.sql.parser import parse_tokens
from grantlint.reader.sql.statements import SyntaxFault

_EVER_RESERVED = frozenset(word for entry in (*RESERVED, *ROLE_RESERVED) for word in entry.words.split())
_SHORT = 9  # digits of a number whose size matters to no grammar
_GRANT_HELP = "From MySQL 8.0 on GRANT makes no account and sets nothing of it: use CREATE USER or ALTER USER."
_PASSWORD_HELP = "From MySQL 8.0 on there is no PASSWORD(): write the password itself, or a hash with ALTER USER."  # noqa: S105 - advice


class Refusals:
    """Asks the grammar of any server about the statements of one source."""

    __slots__ = ("_answers", "_source", "_templates", "_text")

    def __init__(self, source: Source, text: str) -> None:
        self._source = source
        self._text = text  # the source's, or what is read in place of it with the same offsets
        self._templates = TEMPLATE_HINT.search(text) is not None
        self._answers: dict[tuple[object, ...], bool] = {}

    def ask(self, place: tuple[int, int], sql_mode: str, product: str, version: Version) -> Refusal | None:
        """Return why a server under a sql_mode rejects the statement at a place, or None."""
        grammar = grammar_for(cast("Product", product), version)
        if sql_mode:
            grammar = with_sql_mode(grammar, sql_mode)
        start, end = place
        tokens = cut(self._text, start, grammar, templates=self._templates, stop=end).tokens
        key = (product, version, sql_mode, *_shape(tokens, self._text))
        if key not in self._answers:
            self._answers[key] = self._fault(tokens, grammar) is not None
        if not self._answers[key]:
            return None
        fault = self._fault(tokens, grammar)
        return None if fault is None else self._refusal(fault, tokens)

    def _fault(self, tokens: list[Token], grammar: Grammar) -> SyntaxFault | None:
        found = parse_tokens(self._text, tokens, grammar, templates=self._templates)
        return found if isinstance(found, SyntaxFault) else None

    def _refusal(self, fault: SyntaxFault, tokens: list[Token]) -> Refusal:
        at = next((token for token in tokens if token.start >= fault.offset), tokens[-1])
        remedy = ""
        if tokens[0].word == "GRANT" and at.word in {"IDENTIFIED", "REQUIRE", "WITH"}:
            remedy = _GRANT_HELP
        elif tokens[0].word == "SET" and at.word in {"PASSWORD", "OLD_PASSWORD"}:
            remedy = _PASSWORD_HELP
        end = max(at.end, min(at.start + 1, len(self._source.text)))
        return Refusal(Span(self._source, at.start, end), fault.errno, fault.message, remedy)


def _shape(tokens: list[Token], text: str) -> list[str]:
    """Return what of the tokens a grammar looks at."""
    shape: list[str] = []
    for index, (kind, start, end, word) in enumerate(tokens):
        if kind == WORD:
            after = tokens[index + 1]
            is_name = after.word == "." or after.kind in (AT, HOST)
            shape.append("name" if is_name and word not in _EVER_RESERVED else word)
        elif kind == MARK:
            shape.append(word)
        elif kind == INTEGER and end - start > _SHORT:
            shape.append(text[start:end])
        else:
            shape.append(str(kind))
    return shape
