"""A text as it is written: of one scalar, or put together from several, with the place of each character."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from grantlint.model.location import Source, Span
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.ansible.values.nodes import Value, place, scalar
from grantlint.reader.yaml.nodes import ScalarNode
from grantlint.reader.yaml.offsets import offsets

OPAQUE = "\ufffc"
"""Stands in a text for a piece that only a run could know."""


class Piece(NamedTuple):
    """A piece of a composed text. `first` is where it begins in the node's value, `node` is None for glue."""

    text: str
    value: Value | None
    first: int


_BEFORE = re.compile(r"(?:[&!]\S*[ \t]+)+")


class Written:
    """A text with the place of each character. Put together from one or more scalars."""

    __slots__ = ("_begins", "_pieces", "base", "span", "value")

    def __init__(self, value: str, span: Span, pieces: tuple[Piece, ...], base: int = -1) -> None:
        self.value = value
        self.span = span
        self.base = base  # offset of the first character, where the text stands in the file as it is
        self._pieces = pieces
        self._begins: list[int] = []  # where each piece begins in the text, from the first question on

    @classmethod
    def of(cls, node: ScalarNode, source: Source) -> "Written":
        """Return the text of a scalar as it stands."""
        text = node.value
        start = node.start_mark.index
        if source.text[start : start + 1] in {"&", "!"}:  # an anchor or a tag stands before it
            before = _BEFORE.match(source.text, start)
            start = before.end() if before else start
        start += node.style in {"'", '"'}
        if source.text.startswith(text, start):
            return cls(text, place(source, node), (), start)
        return cls(text, place(source, node), (Piece(text, Value(node, source), 0),))

    @classmethod
    def of_pieces(cls, pieces: tuple[Piece, ...], span: Span) -> "Written":
        """Return the text that the pieces make."""
        return cls("".join([piece.text for piece in pieces]), span, pieces)

    @classmethod
    def opaque(cls, value: Value) -> "Written":
        """Return the placeholder of an unknown value, as a piece of text. Only a run could know it."""
        return cls(OPAQUE, value.span, (Piece(OPAQUE, value, 0),))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces of which the text is made."""
        if self.base < 0:
            return self._pieces
        node = scalar(self.value, self.base, self.base + len(self.value))
        return (Piece(self.value, Value(node, self.span.source), 0),)

    @property
    def composed(self) -> bool:
        """Whether it is put together from more than one piece."""
        return len(self._pieces) > 1

    @classmethod
    def join(cls, texts: Sequence["Written"], glue: str, span: Span) -> "Written":
        """Return the texts with glue between them, as one text."""
        pieces: list[Piece] = []
        for text in texts:
            if pieces:
                pieces.append(Piece(glue, None, 0))
            pieces += text.pieces
        return cls.of_pieces(tuple(pieces), span)

    def place(self, start: int, end: int) -> Span:
        """Return the span of value[start:end] in the file. The whole scalar where that cannot be told."""
        if self.base >= 0:
            return Span(self.span.source, self.base + start, self.base + end)
        spans: list[Span] = []
        for number in range(self._piece_at(start), len(self._pieces)):
            piece, at = self._pieces[number], self._begins[number]
            if at >= end:
                break
            begin, finish = max(start - at, 0), min(end - at, len(piece.text))
            if begin < finish and piece.value is not None:
                spans.append(_place_in(piece, begin, finish))
        if len(spans) == 1:
            return spans[0]
        source, first, last = self.span
        if spans and all(span.source is source and first <= span.start <= span.end <= last for span in spans):
            return Span(source, min(span.start for span in spans), max(span.end for span in spans))
        return self.span

    def _piece_at(self, start: int) -> int:
        """Return the number of the piece that a character of the text stands in."""
        if not self._begins:  # a mapping of privileges asks for each of its keys
            self._begins = list(accumulate((len(piece.text) for piece in self._pieces), initial=0))
        return max(bisect_right(self._begins, start) - 1, 0)


def _place_in(piece: Piece, start: int, end: int) -> Span:
    value = piece.value
    assert value is not None  # noqa: S101 - the caller asked
    if piece.text == OPAQUE or not isinstance(value.node, ScalarNode):
        return value.span
    found = offsets(value.source, value.node)
    if found is None or piece.first + end > len(found):
        return value.span
    return Span(value.source, found[piece.first + start], found[piece.first + end - 1] + 1)
