"""Variables of a script that have a literal value in it, and loops over literal words.

Source: POSIX.1-2024, Shell Command Language, 2.5.3 Variables, 2.6.2 Parameter Expansion, 2.9.4.2 The for Loop.
Nothing is run: a variable counts only where one assignment, outside of every condition and function, is all that gives
it a value.
A default that stands for want of another value is a password in the file all the same, and no name.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from grantlint.model.location import Implied, Located, Source, Span
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.shell.functions import LITERAL, Function, bound, functions_in, literal_at
from grantlint.reader.leaf.variables import Binding, Variables, names_in

_ASSIGNED = Pattern(
    rf"^(?:export[ \t]+|readonly[ \t]+)?(?P<name>[A-Za-z_]\w*)=(?P<value>{LITERAL})?"
    r"(?=[ \t]*(?:;[ \t]*)?(?:\#[^\n]*)?\r?$)",
    re.MULTILINE,
)
_DEFAULT = Pattern(  # PW=${PW:-literal}, : "${PW:=literal}"
    r"^[ \t]*(?:(?:export[ \t]+|readonly[ \t]+|local[ \t]+)?(?P<assigned>[A-Za-z_]\w*)=\"?\$\{\w+:?-"
    r"|:[ \t]+\"?\$\{(?P<named>[A-Za-z_]\w*):?=)(?P<value>[^\s'\"$`\\{}]+)\}\"?(?=[ \t\r]*(?:;|$))",
    re.MULTILINE,
)
_GIVEN = Pattern(  # whatever else gives a variable a value
    r"(?<![\w$?&./-])(?P<name>[A-Za-z_]\w*)(?:\[[^\]\n]*\])?\+?=|\$\{(?P<default>[A-Za-z_]\w*):?=|"
    r"\b(?:read|mapfile|readarray|getopts|unset|local|declare|typeset)\b(?P<names>[^\n;|&]*)|"
    r"\bprintf[ \t]+-v[ \t]+(?P<printed>\w+)|\bfor[ \t]+(?P<looped>\w+)\b"
)
_FOREIGN = Pattern(r"^[ \t]*(?:source|\.|eval)[ \t]+\S", re.MULTILINE)
_LOOP = Pattern(
    rf"^[ \t]*for[ \t]+(?P<name>[A-Za-z_]\w*)[ \t]+in(?P<words>(?:[ \t]+{LITERAL})++)[ \t]*"
    r"(?:;[ \t]*|\r?\n[ \t]*)do\b",
    re.MULTILINE,
)
_WORD = Pattern(LITERAL)
_DO = Pattern(r"(?:(?<=^)|(?<=[;\s]))(?P<word>do|done)(?=[\s;|<>&)]|$)", re.MULTILINE)
_MARGIN = Pattern(
    r"^(?P<opens>(?:if|for|while|until|case)\b(?![^\n]*\b(?:fi|done|esac)[ \t\r]*$)"
    r"|(?:function[ \t]+[\w-]+|[\w-]+[ \t]*\(\))(?![^\n]*\}[ \t\r]*$))|^(?:fi|done|esac|\})(?=[\s;)|<>&]|$)",
    re.MULTILINE,
)
_start = attrgetter("start")
_MOST = 64
"""Turns of a loop that are taken one by one; a longer list is not known."""


class _Loop(NamedTuple):
    """A loop over literals: which it is of the script, the values, and where its body stands."""

    number: int
    values: tuple[Located[str], ...]
    start: int
    end: int


class OfScript(Variables):
    """The variables of a script."""

    def __init__(self, source: Source) -> None:
        text = source.text
        self._source = source
        self._values: dict[str, Located[str]] = {}
        self._loops: dict[str, _Loop] = {}  # by the variable, in order
        self._functions: list[Function] = []
        self._foreign = [found.start() for found in _FOREIGN.finditer(text)]
        if "=" in text or "for" in text:
            self._take(text)
        self._functions = sorted(functions_in(source, self.at), key=_start)

    def _take(self, text: str) -> None:
        source = self._source
        given, depth = _counted(text), _Depth(text)
        for found in _ASSIGNED.finditer(text):
            name = found["name"]
            if given.get(name) == 1 and not depth.at(found.start()):
                value = literal_at(source, *found.span("value")) if found["value"] else None
                if value is not None:
                    self._values[name] = value
        for found in _DEFAULT.finditer(text) if ":" in text else ():
            name = found["assigned"] or found["named"]
            if given.get(name) == 1:
                self._values[name] = Implied(found["value"], source, *found.span("value"))
        ends: dict[int, int] | None = None
        for found in _LOOP.finditer(text) if "for" in text else ():
            words = [*_WORD.finditer(text, *found.span("words"))]
            ends = _ends_of_loops(text) if ends is None else ends
            end = ends.get(found.end())
            if given.get(found["name"]) == 1 and len(words) <= _MOST and end is not None:
                values = tuple([literal_at(source, *word.span()) for word in words])
                self._loops[found["name"]] = _Loop(len(self._loops), values, found.end(), end)

    def at(self, offset: int, text: str) -> Sequence[Binding]:
        """Return the possible bindings at an offset of what the text names.

        One for each turn of the loops around it whose variable it names.
        """
        named = names_in(text)
        values = {name: self._values[name] for name in named if name in self._values}
        bindings: list[Binding] = [
            {name: value for name, value in values.items() if self._is_reached(value.start, offset)}
        ]
        loops = sorted([(self._loops[name], name) for name in named if name in self._loops])
        for loop, name in loops:
            if loop.start <= offset < loop.end and len(bindings) * len(loop.values) <= _MOST:
                bindings = [{**one, name: value} for one in bindings for value in loop.values]
        before = bisect_right(self._functions, offset, key=_start)  # none stands in another
        return bound(
            bindings, self._functions[max(0, before - 1) : before], Span(self._source, offset, offset + len(text))
        )

    def _is_reached(self, assigned: int, offset: int) -> bool:
        return assigned < offset and bisect_right(self._foreign, assigned) == bisect_left(self._foreign, offset)


def _counted(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for found in _GIVEN.finditer(text):
        for name in _names(found):
            counts[name] = counts.get(name, 0) + 1
    return counts


def _names(found: re.Match[str]) -> Iterator[str]:
    name = found["name"] or found["default"] or found["printed"] or found["looped"]
    if name:
        yield name
    elif found["names"]:
        # `local x=1` says so once more behind this; twice is as good as any other number but one.
        yield from re.findall(r"[A-Za-z_]\w*", found["names"])
        yield from re.findall(r"([A-Za-z_]\w*)=", found["names"])


class _Depth:
    """How many functions, conditions and loops of the margin an offset of a text stands in."""

    def __init__(self, text: str) -> None:
        self._places: list[int] = []
        self._depths: list[int] = []
        depth = 0
        for found in _MARGIN.finditer(text):
            depth += 1 if found["opens"] else -1
            self._places.append(found.start())
            self._depths.append(depth)

    def at(self, offset: int) -> int:
        before = bisect_right(self._places, offset)
        return self._depths[before - 1] if before else 0


def _ends_of_loops(text: str) -> dict[int, int]:
    """Return where the `done` stands that ends each loop, by where its `do` ends."""
    opened: list[int] = []
    ends: dict[int, int] = {}
    for found in _DO.finditer(text):
        if found["word"] == "do":
            opened.append(found.end())
        elif opened:
            ends[opened.pop()] = found.start()
    return ends
