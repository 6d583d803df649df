"""Where a reference leads: its path, the scope in which it stands, and the module that knows its names."""

from collections.abc import Mapping

from grantlint.model.location import Span, Unresolved
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Protocol
from grantlint.reader.formats.terraform.values import Scalar, Value, step


class Names(Protocol):
    """Where references of a module lead."""

    @property
    def name(self) -> str:
        """The name of the module."""
        ...

    def look_up(self, path: "Path", scope: "Scope") -> Value | None:
        """Return the value of a reference. None where the module says nothing of it."""
        ...

    def spend(self) -> bool:
        """Count an expression. Returns False where the module asks for more than can be meant."""
        ...

    def leave(self, span: Span, limit: str) -> None:
        """Note a limit that keeps an expression from being read whole."""
        ...


class Path(NamedTuple):
    """A reference: its first name, and each step from there. Names and indexes are alike."""

    root: str
    steps: tuple[Value, ...]
    span: Span
    same: str

    def name(self, at: int) -> str:
        """Return a known step of the path. '' for one that is not there or not known."""
        found = self.steps[at] if at < len(self.steps) else None
        return found.text if isinstance(found, Scalar) else ""

    def rest(self, value: Value, at: int) -> Value:
        """Follow the steps from the given one on."""
        for key in self.steps[at:]:
            value = step(value, key, self.span, self.same)
        return value

    def unresolved(self, reason: str) -> Unresolved:
        """Return the reference as an unresolved value."""
        return Unresolved(reason, *self.span, self.same)


class Scope(NamedTuple):
    """The module around an expression, and the names bound there. Bound are each, count, the names of a `for`.

    `instance` is equal where these are surely equal. `depth` counts how far references were followed.
    """

    names: Names
    bound: Mapping[str, Value]
    instance: str = ""
    depth: int = 0

    def deeper(self) -> "Scope":
        """Return the scope for the target of a reference."""
        return self._replace(depth=self.depth + 1)
