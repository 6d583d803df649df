"""The conditions around each place of a text, kept as stretches that begin where another condition holds."""

from bisect import bisect_right

from grantlint.platform.typed import TYPE_CHECKING

if TYPE_CHECKING:  # twenty records that only tasks with SQL need
    from grantlint.model.step import Path


class Stretches:
    """Conditions by place. Each stretch goes on to where the next one begins."""

    __slots__ = ("_paths", "_starts")

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._paths: list[Path] = []

    def begin(self, place: int, path: "Path") -> None:
        """Note the conditions from a place on. Places come in order."""
        self._starts.append(place)
        self._paths.append(path)

    def around(self, place: int) -> "Path":
        """Return the conditions around a place, outermost first."""
        at = bisect_right(self._starts, place)
        return self._paths[at - 1] if at else ()
