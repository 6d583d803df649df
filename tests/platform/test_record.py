"""Our named tuples beside those of `typing`: what one says or refuses, the other does."""

import copy
import inspect
import pickle
import typing
from collections.abc import Callable
from pathlib import Path

import pytest

from grantlint.platform import record


def plane(base: object) -> type:
    """Return a class of two fields, made on a base."""

    class Plane(base):  # type: ignore[misc, valid-type]  # the base is what is tried
        """A plane."""

        x: int
        y: "tuple[int, ...]" = ()

        def moved(self, by: int) -> "Plane":
            return self._replace(x=self.x + by)  # type: ignore[no-any-return]

        @property
        def size(self) -> int:
            return self.x * len(self.y)

        @classmethod
        def origin(cls) -> "Plane":
            return cls(0)

        def __bool__(self) -> bool:
            return self.x > 0

    return Plane


class Kept(record.NamedTuple):
    """One that pickle finds by its name."""

    name: str
    port: int = 3306


def matched(kind: type) -> object:
    """Return what a pattern finds in one."""
    match kind(1, (2,)):
        case (x, y):
            return x, y
    return None


QUESTIONS: dict[str, Callable[[type], object]] = {
    "positions": lambda kind: tuple(kind(1, (2,))),
    "names": lambda kind: tuple(kind(y=(3,), x=2)),
    "defaults": lambda kind: tuple(kind(1)),
    "missing": lambda kind: kind(),
    "too many": lambda kind: kind(1, (), 3),
    "unknown": lambda kind: kind(1, z=2),
    "fields": lambda kind: (kind(4).x, kind(4, (5,)).y, kind._fields, kind._field_defaults),  # type: ignore[attr-defined]
    "set": lambda kind: setattr(kind(1), "x", 2),
    "new attribute": lambda kind: setattr(kind(1), "z", 2),
    "replaced": lambda kind: tuple(kind(1)._replace(y=(1,))),
    "replaced wrongly": lambda kind: kind(1)._replace(z=(1,)),
    "made": lambda kind: tuple(kind._make([1, (2,)])),  # type: ignore[attr-defined]
    "made of too few": lambda kind: kind._make([1]),  # type: ignore[attr-defined]
    "as a dict": lambda kind: kind(1)._asdict(),
    "shown": lambda kind: repr(kind(1, (2,))),
    "equal": lambda kind: (kind(1) == kind(1), kind(1) == (1, ()), kind(1) < kind(2), hash(kind(1)) == hash((1, ()))),
    "own members": lambda kind: (kind(2).moved(3).x, kind(2, (1,)).size, kind.origin(), bool(kind(0))),  # type: ignore[attr-defined]
    "matched": matched,
    "keywords of a pattern": lambda kind: kind.__match_args__,  # type: ignore[attr-defined]
    "copied": lambda kind: (copy.copy(kind(1)) == kind(1), type(copy.deepcopy(kind(1))) is kind),
    "words": lambda kind: (kind.__name__, kind.__doc__, kind.__module__, kind.__qualname__),
    "parameters": lambda kind: [(each.name, each.default) for each in inspect.signature(kind).parameters.values()],
    "annotations": lambda kind: ([*kind.__annotations__], [*kind.__new__.__annotations__]),
}


def answer(question: Callable[[type], object], base: object) -> object:
    """Return what a class answers, or the kind of its error."""
    try:
        return question(plane(base))
    except (TypeError, ValueError, AttributeError) as error:
        return type(error)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_record_answers_as_a_named_tuple_does(question: str) -> None:
    ours = answer(QUESTIONS[question], record.NamedTuple)
    assert ours == answer(QUESTIONS[question], typing.NamedTuple)


def test_a_record_is_pickled_by_its_name() -> None:
    assert pickle.loads(pickle.dumps(Kept("a"))) == Kept("a", 3306)  # noqa: S301 - made the line before


def test_a_default_before_a_field_without_one_is_refused() -> None:
    with pytest.raises(TypeError, match="without a default"):

        class Wrong(record.NamedTuple):
            x: int = 1
            y: int  # type: ignore[misc]  # the mistake that is tried


def test_all_modules_take_the_cheap_ones() -> None:
    linter = Path(record.__file__).parents[1]
    dear = "from typing import "
    found = [
        path.relative_to(linter).as_posix()
        for path in linter.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(dear) and "NamedTuple" in line.removeprefix(dear).split("#")[0].replace(",", " ").split()
    ]
    assert found == [], "take NamedTuple from grantlint.platform.record: see there what the other costs"
