"""Literals of Jinja as they stand in a file: texts, lists and mappings, each text at its place.

Source: Jinja's template designer documentation, Literals and Assignments. A name counts that the file sets once, and
outside of conditions and loops.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import accumulate

from grantlint.model.location import Implied, Located, Source
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.platform.regex import compiled
from grantlint.platform.typed import TypeAlias


class Members(NamedTuple):
    """A mapping: its keys at their places, and the values by key."""

    keys: "dict[str, Located[str]]"
    values: "dict[str, Literal]"


Literal: TypeAlias = "Located[str] | list[Literal] | Members"
"""A text, or what holds texts. A text that stands for want of another is Implied."""

_TOKEN = compiled(
    r"\s*+(?:(?P<text>'[^'\\\n]*+'|\"[^\"\\\n]*+\")|(?P<word>\d++(?:\.\d++)?|\w++)|(?P<sign>[\[\](){},:]))"
)
_SET = Pattern(r"\{%[-+]?\s*set\s+(?P<name>\w+)\s*=\s*")
_TAG = Pattern(r"\{%[-+]?\s*(?P<word>if|for|macro|call|endif|endfor|endmacro|endcall)\b")
_CLOSES = {"[": "]", "(": ")", "{": "}"}
_FALLBACK = compiled(
    r"(?:\[?['\"]?(?:pillar|grains)\.get['\"]?\]?|config\.get)\(\s*+(?:'[^'\n]*+'|\"[^\"\n]*+\")\s*+,\s*+(?:default\s*+=\s*+)?+"
    r"(?P<of_get>'[^'\\\n]++'|\"[^\"\\\n]++\")\s*+(?:,[^)\n]*+)?\)\s*+\Z"
    r"|\|\s*+(?:default|d)\(\s*+(?P<of_filter>'[^'\\\n]++'|\"[^\"\\\n]++\")\s*+(?:,[^)\n]*+)?\)\s*+\Z"
)
_LEVELS = 8


def literal(source: Source, at: int, level: int = 0) -> "tuple[Literal | None, int]":
    """Return the literal at an offset, and where it ends. None for anything else."""
    found = _TOKEN.match(source.text, at)
    if found is None or level > _LEVELS:
        return None, at
    if found["text"] or found["word"]:
        quoted = int(found["text"] is not None)
        start, end = found.span("text" if quoted else "word")
        if not quoted and not found["word"].isdigit():
            return None, at
        return Located(source.text[start + quoted : end - quoted], source, start + quoted, end - quoted), end
    if found["sign"] not in _CLOSES:
        return None, at
    return _within(source, found.end(), _CLOSES[found["sign"]], level)


def _within(source: Source, at: int, closing: str, level: int) -> "tuple[Literal | None, int]":
    """Return a list or mapping whose opening bracket stands before an offset."""
    items: list[Literal] = []
    members = Members({}, {})
    while True:
        found = _TOKEN.match(source.text, at)
        if found is not None and found["sign"] == closing:
            return (members if closing == "}" else items), found.end()
        value, at = literal(source, at, level + 1)
        following = _TOKEN.match(source.text, at)
        if value is None or following is None:
            return None, at
        if closing == "}":
            if not isinstance(value, Located) or following["sign"] != ":":
                return None, at
            key = value
            value, at = literal(source, following.end(), level + 1)
            following = _TOKEN.match(source.text, at)
            if value is None or following is None:
                return None, at
            members.keys[key.value], members.values[key.value] = key, value
        items.append(value)
        if following["sign"] == ",":
            at = following.end()
        elif following["sign"] != closing:
            return None, at


def names_set(source: Source) -> Mapping[str, Literal]:
    """Return what the file sets names to, where it sets them once."""
    text = source.text
    if "set " not in text:
        return {}
    times: dict[str, int] = {}
    found: dict[str, Literal] = {}
    open_tags = _Depths(text)
    for one in _SET.finditer(text):
        name = one["name"]
        times[name] = times.get(name, 0) + 1
        value, end = literal(source, one.end())
        closing = text.find("%}", one.end())
        if closing < 0 or open_tags.at(one.start()):
            times[name] += 1
        elif value is not None and not text[end:closing].strip(" \t\n-+"):
            found[name] = value
        elif (other := fallback(source, one.end(), closing)) is not None:
            found[name] = other
    return {name: value for name, value in found.items() if times[name] == 1}


def fallback(source: Source, start: int, end: int) -> Implied[str] | None:
    """Return the text that an expression has for want of another. None where it has none."""
    expression = source.text[start:end].rstrip(" \t\n-+")
    for one in _FALLBACK.finditer(expression):
        part = "of_get" if one["of_get"] else "of_filter"
        first, last = one.span(part)
        return Implied(expression[first + 1 : last - 1], source, start + first + 1, start + last - 1)
    return None


class _Depths:
    """How many blocks are open at an offset."""

    def __init__(self, text: str) -> None:
        tags = [*_TAG.finditer(text)]
        self._starts = [one.start() for one in tags]
        self._depths = [*accumulate((-1 if one["word"].startswith("end") else 1 for one in tags), initial=0)]

    def at(self, offset: int) -> int:
        """Return the number of blocks around an offset."""
        return self._depths[bisect_left(self._starts, offset)]


def part_of(value: "Literal | None", path: str) -> "Literal | None":
    """Return what `.name` and `['name']` behind a name lead to."""
    for key in _keys(path):
        if isinstance(value, Members):
            value = value.values.get(key)
        elif isinstance(value, list) and key.isdigit() and int(key[:9]) < len(value):
            value = value[int(key[:9])]
        else:
            return None
    return value


def _keys(path: str) -> Iterator[str]:
    return (one[1] or one[2] for one in re.finditer(r"\.(\w+)|\[\s*['\"]?([^'\"\]]*?)['\"]?\s*\]", path))
