"""A line of a file of cases, from JSON; what Python's decoder refuses by limits of its own is told in our words."""

from json import JSONDecodeError, loads
from typing import cast

from grantlint.errors import UsageError

MAX_DEPTH = 100
"""Levels of lists and objects in a case; those of both commands have three."""


def decoded(line: bytes, where: str) -> object:
    """Return what a line of JSON says, raising UsageError."""
    try:
        found: object = loads(line)
    except (JSONDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{where}: no JSON: {error}") from None
    except ValueError:  # Python reads no number of thousands of digits
        raise UsageError(f"{where}: no case: a number in it has too many digits") from None
    except RecursionError:
        raise UsageError(f"{where}: no case: {_TOO_DEEP}") from None
    level, inside = 0, [found]
    while inside:
        level += 1
        inside = [each for outer in inside for each in _parts(outer)]
        if level > MAX_DEPTH:
            raise UsageError(f"{where}: no case: {_TOO_DEEP}")
    return found


_TOO_DEEP = f"it nests more than {MAX_DEPTH} levels deep"


def _parts(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*cast("dict[str, object]", value).values()]
    return cast("list[object]", value) if isinstance(value, list) else []
