"""JSON that strict readers take: ASCII, no half of a surrogate pair, no NaN, and nothing that a log would obey."""

import re
from collections.abc import Iterable, Mapping
from json import dumps

from grantlint.platform.typed import cast
from grantlint.report.visible import escape

_SURROGATE = re.compile("[\ud800-\udfff]")


_COMPACT, _SPACED = (",", ":"), (", ", ": ")


def encoded(value: object, *, spaced: bool = False) -> str:
    r"""Return a value as JSON in one line.

    spaced: with blanks after commas and colons. Half of a surrogate pair, and a byte of a file name that is no UTF-8,
    is spelled as text: `\ud800`, `\xff`. A number that JSON does not have (NaN, infinity) is null.

    >>> print(encoded({"path": "caf\udce9.yml"}))
    {"path":"caf\\xe9.yml"}
    """
    separators = _SPACED if spaced else _COMPACT
    try:
        written = dumps(value, separators=separators, allow_nan=False)
    except ValueError:
        written = ""
    if not written or "\\ud" in written:
        written = dumps(_strict(value), separators=separators)
    return written.replace("##", "#\\u0023")  # only texts have this character


def _strict(value: object) -> object:
    if isinstance(value, str):
        return _SURROGATE.sub(lambda match: escape(match[0]), value)
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if isinstance(value, Mapping):
        items = cast("Mapping[object, object]", value).items()
        return {_strict(key): _strict(each) for key, each in items}
    if isinstance(value, list | tuple):
        return [_strict(each) for each in cast("list[object]", value)]
    return value


def listed(objects: Iterable[Mapping[str, object]]) -> str:
    """Return an array with an object a line.

    With indentation `json` takes six times as long.
    """
    lines = ",\n".join(map(encoded, objects))
    return f"[\n{lines}\n]" if lines else "[]"
