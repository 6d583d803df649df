"""Values as Puppet and Hiera write them, each with its place: strings, lists, hashes, and what only a run knows."""

from collections.abc import Sequence

from grantlint.model.location import Located, Span, Text, Unresolved
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TypeAlias

OPAQUE = "\ufffc"
"""Stands in a string for an interpolation."""


class String:
    """A text with the place of each character. Interpolations are OPAQUE in it.

    `places` are the offsets in the source of each character and of the end.
    """

    __slots__ = ("places", "scope", "span", "value")

    def __init__(self, value: str, span: Span, places: Sequence[int], scope: str = "") -> None:
        self.value = value
        self.span = span
        self.places = places
        self.scope = scope

    @property
    def is_known(self) -> bool:
        """Whether nothing in it is interpolated."""
        return OPAQUE not in self.value

    def place(self, start: int, end: int) -> Span:
        """Return where value[start:end] stands."""
        return Span(self.span.source, self.places[start], self.places[end] if start < end else self.places[start])

    def part(self, start: int, end: int) -> Text:
        """Return value[start:end] at its place."""
        return self._at(self.value[start:end], self.place(start, end))

    @property
    def text(self) -> Text:
        """The whole text, at the place of the value."""
        return self._at(self.value, self.span)

    def _at(self, value: str, span: Span) -> Text:
        if OPAQUE not in value:
            return Located(value, *span)
        written = span.text
        return Unresolved("a variable", *span, same=f"{self.scope}\0{written}" if self.scope else "")


class Unknown(NamedTuple):
    """A value known only at run time, and why. `same` as in Unresolved.

    default: the text that its one variable has where nobody gives another.
    """

    reason: str
    span: Span
    same: str = ""
    default: String | None = None

    @property
    def text(self) -> Text:
        """The value where a text is wanted."""
        return Unresolved(self.reason, *self.span, same=self.same)


class Items(NamedTuple):
    """A list."""

    values: tuple["Value", ...]
    span: Span


class Members(NamedTuple):
    """A hash: its keys and values, in the file's order."""

    pairs: tuple[tuple[String, "Value"], ...]
    span: Span

    def get(self, *names: str) -> "Value | None":
        """Return the value of the first of these keys that is there."""
        return next((value for key, value in self.pairs if key.value in names), None)


Value: TypeAlias = String | Unknown | Items | Members


def text_of(value: Value) -> Text:
    """Return a value as a text. Unresolved for a list or a hash."""
    if isinstance(value, String | Unknown):
        return value.text
    return Unresolved("a list or a hash where a text belongs", *value.span)


def strings(value: Value) -> list[String | Unknown]:
    """Return the strings of a list. Or the one string that stands for a list."""
    if isinstance(value, Items):
        return [inner for each in value.values for inner in strings(each)]
    if isinstance(value, Members):
        return [Unknown("a hash where a list belongs", value.span)]
    return [value]
