"""The long statements of a text, cut once for all grammars that cut them alike."""

from grantlint.access.product.grammar import Grammar
from grantlint.reader.sql.syntax.tokens.lexer import Cut, cut
from grantlint.reader.sql.syntax.tokens.templates import has_templates

_LONG = 500
"""Tokens from which on a cut is kept: a statement that a grammar rejects is cut for each of the others."""


class Cuts:
    """The cuts of one text.

    Short ones are made anew, which costs less than to look for them.
    """

    __slots__ = ("_has_comments", "_has_dollars", "_kept", "_text", "templates")

    def __init__(self, text: str) -> None:
        self._text = text
        self.templates = has_templates(text)
        """Whether templates may stand in it."""
        self._has_comments = "!" in text and ("/*!" in text or "/*M!" in text)
        self._has_dollars = "$" in text
        self._kept: dict[tuple[object, ...], Cut] = {}

    def of(
        self, start: int, grammar: Grammar, *, templates: bool = False, delimiter: str = "", stop: int | None = None
    ) -> Cut:
        """Return the tokens from `start` up to the delimiter or `stop`."""
        if stop is not None and not delimiter and not self._may_end(start, stop):
            delimiter = ";"  # by the expression by which scripts are cut: one less to compile
        key = (start, stop, templates, delimiter, *self.way(grammar))
        known = self._kept.get(key) if self._kept else None
        if known is None:
            dollars = self._has_dollars
            known = cut(
                self._text, start, grammar, templates=templates, delimiter=delimiter, stop=stop, dollars=dollars
            )
            if len(known.tokens) >= _LONG:
                self._kept[key] = known
        return known

    def _may_end(self, start: int, stop: int) -> bool:
        """Whether a sign of a delimiter stands in a stretch."""
        return self._text.find(";", start, stop) >= 0 or self._text.find("\\", start, stop) >= 0

    def way(self, grammar: Grammar) -> tuple[object, ...]:
        """Return all of a grammar that decides how it cuts this text."""
        dollars = self._has_dollars and grammar.dollar_quotes
        if not self._has_comments:
            return grammar.ansi_quotes, grammar.backslash_escapes, dollars
        comments = (grammar.mariadb, grammar.version_id, grammar.six_digit_comments)
        return grammar.ansi_quotes, grammar.backslash_escapes, dollars, comments
