"""The lines of a file of cases, from JSON; what Python's decoder refuses by limits of its own is told in our words."""

from collections.abc import Iterator, Mapping
from json import JSONDecodeError, loads

from grantlint.platform.errors import UsageError
from grantlint.platform.opening import open_named
from grantlint.platform.typed import cast

MAX_DEPTH = 100
"""Levels of lists and objects in a case; real ones have three."""


def cases_in(path: str) -> Iterator[tuple[Mapping[str, object], str]]:
    """Yield each case of a file with its place.

    Raises UsageError for a file or a line that is none.
    """
    for number, line in enumerate(_lines(path), 1):
        if line.strip():
            where = f"{path}:{number}"
            found = _decoded(line, where)
            if not isinstance(found, dict):
                raise UsageError(f"{where}: a case is a JSON object")
            yield cast("Mapping[str, object]", found), where


def _lines(path: str) -> Iterator[bytes]:
    try:
        if path.endswith(".gz"):
            import gzip  # noqa: PLC0415 - only for what is packed

            with open_named(path) as file, gzip.open(file) as packed:
                yield from packed
        else:
            with open_named(path) as file:
                yield from file
    except EOFError as error:
        raise UsageError(f"{path}: is packed, and cut off") from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error


def _decoded(line: bytes, where: str) -> object:
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
