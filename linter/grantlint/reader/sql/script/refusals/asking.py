"""Which servers take a statement: asked for each statement and server, answered once for all of one shape.

A shape is a statement with its names, strings and numbers left out: ten thousand grants that differ in user and
database are parsed once a server.
"""

import re
from collections.abc import Sequence

from grantlint.access.product.grammar import Grammar, grammar_for
from grantlint.access.product.traits import Product, Version, traits_of
from grantlint.access.product.words import RESERVED, ROLE_RESERVED
from grantlint.model import Refusal
from grantlint.model.location import Source, Span
from grantlint.platform.pattern import Pattern
from grantlint.platform.regex import compiled
from grantlint.platform.typed import cast
from grantlint.reader.sql.script.modes import with_sql_mode
from grantlint.reader.sql.syntax.parser import parse_tokens
from grantlint.reader.sql.syntax.records.statements import SyntaxFault
from grantlint.reader.sql.syntax.tokens.cuts import Cuts
from grantlint.reader.sql.syntax.tokens.templates import TEMPLATE_HINT
from grantlint.reader.sql.syntax.tokens.token import AT, HOST, INTEGER, MARK, WORD, Token

_BARE = Pattern(r"SET\s+PASSWORD\b[^=]*=\s*(?P<quote>['\"])(?P<text>[^'\"]*)(?P=quote)\s*\Z", re.IGNORECASE)
_HASH = Pattern(r"\*[0-9A-Fa-f]{40}|[0-9A-Fa-f]{16}")
_NO_HASH = "Password hash should be a 41-digit hexadecimal number"
_HASH_HELP = "Write PASSWORD('...') around it, or use ALTER USER ... IDENTIFIED BY."
_EVER_RESERVED = frozenset(word for entry in (*RESERVED, *ROLE_RESERVED) for word in entry.words.split())
_SHORT = 9  # digits of a number whose size matters to no grammar
_MOST = 100  # shapes of a source that are looked into for what would mend them
# Comments, and what some grammars take for one or for a quote: `/*!`, `$$`.
_CUT_BY_PRODUCT = re.compile(r"--|#|/\*|\$")
_QUOTED = compiled(r"""(?<!\w)(?:'(?:[^'\\]++|\\.|'')*+'|"(?:[^"\\]++|\\.|"")*+"|`(?:[^`]++|``)*+`)""", re.DOTALL)
# Names as people number them: `app1`, `app2`. No grammar tells one from the other, but for the words in _WITH_DIGITS.
_ABOUT_ACCOUNTS = Pattern(r"(?:GRANT|REVOKE|CREATE|ALTER|DROP|SET\s+DEFAULT)\s", re.IGNORECASE)
_NUMBERED = compiled(r"(?<![\w$])[A-Za-z][A-Za-z_]*+[0-9][A-Za-z0-9_]*+(?![\w$]|\s*+\()")
_WITH_DIGITS = frozenset(word for word in _EVER_RESERVED if not word.isalpha()) | {"X509"}


def _empty(quoted: re.Match[str]) -> str:
    return quoted[0][0] * 2


def _one_name(numbered: re.Match[str]) -> str:
    return numbered[0] if numbered[0].upper() in _WITH_DIGITS else "n0"


def _skeleton(text: str) -> str:
    """Return a statement with its quotes emptied, and numbered names as one."""
    emptied = _QUOTED.sub(_empty, text)
    return emptied if _ABOUT_ACCOUNTS.match(text) is None else _NUMBERED.sub(_one_name, emptied)


class Refusals:
    """Asks the grammar of any server about the statements of one source."""

    __slots__ = ("_answers", "_cuts", "_instead", "_numbers", "_shapes", "_source", "_templates", "_text")

    def __init__(self, source: Source, text: str, cuts: Cuts | None = None) -> None:
        self._cuts = cuts or Cuts(text)
        self._source = source
        self._text = text  # the source's, or what is read in place of it with the same offsets
        self._templates = self._cuts.templates
        self._numbers: dict[tuple[str, ...], int] = {}  # of shapes
        self._shapes: dict[tuple[object, ...], int] = {}  # by text with its quotes emptied, where all cut it alike
        self._answers: dict[tuple[object, ...], bool] = {}
        self._instead: dict[tuple[object, ...], str] = {}

    def ask(
        self, place: tuple[int, int], sql_mode: str, product: str, version: Version, database: str = ""
    ) -> Refusal | None:
        """Return a server's refusal of the statement at a place, or None.

        `database` is the current one.
        """
        grammar = grammar_for(cast("Product", product), version)
        if sql_mode:
            grammar = with_sql_mode(grammar, sql_mode)
        text = self._text[slice(*place)]
        alike: tuple[object, ...] = (place[0], *self._cuts.way(grammar))
        escapes = grammar.backslash_escapes and not (grammar.ansi_quotes and "\\" in text)
        if escapes and not self._templates and _CUT_BY_PRODUCT.search(text) is None:
            alike = (_skeleton(text), grammar.ansi_quotes)
        shape = self._shapes.get(alike)
        if shape is None:
            words = tuple(_shape(self._cut(place, grammar), self._text))
            shape = self._shapes[alike] = self._numbers.setdefault(words, len(self._numbers))
        key = (product, version, sql_mode, shape, database)
        rejects = self._answers.get(key)
        if rejects is None:
            rejects = self._answers[key] = self._fault(self._cut(place, grammar), grammar, database) is not None
        if not rejects:
            return self._unhashed(place, text, grammar)
        tokens = self._cut(place, grammar)
        fault = self._fault(tokens, grammar, database)
        return None if fault is None else self._refusal(fault, tokens, grammar, key, database)

    def _unhashed(self, place: tuple[int, int], text: str, grammar: Grammar) -> Refusal | None:
        """Return the refusal of a password in plain text where the server takes a hash alone."""
        found = _BARE.match(text) if text[:1] in "sS" else None
        if found is None or not traits_of(grammar.product, grammar.version).set_password_takes_hash:
            return None
        said = found["text"]
        if not said or _HASH.fullmatch(said) or (self._templates and TEMPLATE_HINT.search(said)):
            return None
        start, end = (place[0] + at for at in found.span("text"))
        return Refusal(Span(self._source, start - 1, end + 1), 1372, _NO_HASH, _HASH_HELP)

    def _cut(self, place: tuple[int, int], grammar: Grammar) -> list[Token]:
        start, end = place
        return self._cuts.of(start, grammar, templates=self._templates, stop=end).tokens

    def _fault(self, tokens: list[Token], grammar: Grammar, database: str) -> SyntaxFault | None:
        found = parse_tokens(self._text, tokens, grammar, templates=self._templates, database=database)
        return found if isinstance(found, SyntaxFault) else None

    def _refusal(
        self, fault: SyntaxFault, tokens: list[Token], grammar: Grammar, key: tuple[object, ...], database: str
    ) -> Refusal:
        at = next((token for token in tokens if token.start >= fault.offset), tokens[-1])
        remedy = self._instead.get(key)
        if remedy is None:
            remedy = ""
            if len(self._instead) < _MOST:
                from grantlint.reader.sql.script.refusals.lacking import instead_of  # noqa: PLC0415 - for what is rejected alone

                def parses(tokens: Sequence[Token], grammar: Grammar) -> bool:
                    return self._fault([*tokens], grammar, database) is None

                remedy = self._instead[key] = instead_of(tokens, at, grammar, parses)
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
