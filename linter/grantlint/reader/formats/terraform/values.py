"""What an expression comes to, as far as it can be known without running Terraform; each part keeps its place."""

from collections.abc import Mapping, Sequence

from grantlint.model.location import Source, Span, Unresolved
from grantlint.platform.record import NamedTuple

STRING, NUMBER, BOOL, NULL = "string", "number", "bool", "null"


class Scalar(NamedTuple):
    """A string, number, bool or null as text."""

    text: str
    kind: str
    source: Source
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the value stands, quotes included."""
        return Span(self.source, self.start, self.end)


class Items(NamedTuple):
    """A list or set."""

    values: Sequence["Value"]
    source: Source
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the list stands."""
        return Span(self.source, self.start, self.end)


class Members(NamedTuple):
    """A map or object; `keys` has the place of each key."""

    values: Mapping[str, "Value"]
    keys: Mapping[str, Scalar]
    source: Source
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the map stands."""
        return Span(self.source, self.start, self.end)


Value = Scalar | Items | Members | Unresolved


def step(value: Value, key: Value, place: Span, same: str) -> Value:
    """Return the value under a key or index of a value."""
    if isinstance(key, Scalar):
        if isinstance(value, Members) and key.text in value.values:
            return value.values[key.text]
        if isinstance(value, Items) and key.text.isascii() and key.text.isdigit() and len(key.text) < 10:  # noqa: PLR2004 - an index of a list
            index = int(key.text)
            if index < len(value.values):
                return value.values[index]
    reason = value.reason if isinstance(value, Unresolved) else "not written where it is looked for"
    return Unresolved(reason, *place, same)


def identity(value: Value) -> str:
    """Return a text that is equal for surely equal values. '' where that cannot be said."""
    if isinstance(value, Scalar):
        return f"={value.text}"
    return value.same if isinstance(value, Unresolved) else ""


def entries_of(value: Value) -> list[tuple[Scalar, Value]]:
    """Return the keys and values of a map. Or the indexes and items of a list."""
    if isinstance(value, Members):
        return [(value.keys[name], inner) for name, inner in value.values.items()]
    if isinstance(value, Items):
        return [(Scalar(str(at), NUMBER, *inner.span), inner) for at, inner in enumerate(value.values)]
    return []
