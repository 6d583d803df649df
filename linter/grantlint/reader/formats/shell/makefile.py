"""The recipes of a Makefile as a script of the same length: each character of a recipe stands at its place in both.

Source: GNU make manual, 5.1 Recipe Syntax, 5.2 Recipe Echoing, 5.5 Errors in Recipes, 6.1 Basics of Variable
References, 6.2 The Two Flavors of Variables, 6.10 Variables from the Environment. Nothing is run.
"""

import re
from bisect import bisect_right
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from itertools import accumulate

from grantlint.model.location import Implied, Located, Source
from grantlint.platform.pattern import Pattern
from grantlint.reader.images.environment import is_secret
from grantlint.reader.leaf.variables import Binding, Variables

_RECIPE = Pattern(r"^\t[^\n]*(?:(?:(?<=\\)|(?<=\\\r))\n[^\n]*)*", re.MULTILINE)
_PREFIX = Pattern(r"\t[ \t]*[@+-][@+ \t-]*")
_REFERENCE = Pattern(r"\$\$(?P<of_shell>[({]?)|\$\((?P<name>[A-Za-z_][\w.-]*)(?P<changed>:[^()\n]*)?\)")
_ASSIGNED = Pattern(
    r"^(?P<before>[^\t\n#][^\n#:=]*:[ \t]+)?(?P<word>(?:export|override|private)[ \t]+)?(?P<name>[A-Za-z_]\w*)[ \t]*"
    r"(?P<sign>\?=|\+=|!=|:{0,3}=)[ \t]*(?P<value>[^\n#]*)",
    re.MULTILINE,
)
_INCLUDED = Pattern(r"^[ \t]*[-s]?include\b", re.MULTILINE)
_CONDITION = Pattern(r"^[ \t]*(?:(?P<opens>if(?:n?def|n?eq)\b)|endif\b)", re.MULTILINE)
_QUOTED = Pattern(r"""(?P<quote>["'])(?P<inner>[^"'\s]*)(?P=quote)""")
_TEMPLATE = Pattern(r"[$\\`]|\{\{")


@contextmanager
def recipes_of(source: Source) -> Generator[Variables]:
    """Give the variables of a Makefile.

    While entered, the source's text is its recipes.
    """
    written = source.text
    variables = _OfMakefile(source)
    source.text = recipes(written)  # as long, so every place in it is one of the file
    try:
        yield variables
    finally:
        source.text = written


def recipes(text: str) -> str:
    """Return a Makefile's recipes as the shell gets them. All else is blank."""
    parts: list[str] = []
    at = 0
    for found in _RECIPE.finditer(text):
        parts += [_blank(text[at : found.start()]), _of_shell(found[0])]
        at = found.end()
    return "".join((*parts, _blank(text[at:])))


def _blank(text: str) -> str:
    return "\n".join([" " * len(line) for line in text.split("\n")])


def _of_shell(recipe: str) -> str:
    prefix = _PREFIX.match(recipe)
    begins = prefix.end() if prefix is not None else 0
    return " " * begins + _REFERENCE.sub(_expansion, recipe[begins:])


def _expansion(found: re.Match[str]) -> str:
    """Return what a shell takes for the same, in as many characters: its own variables get another name."""
    if found["name"]:
        return f"${{{found['name']}{found['changed'] or ''}}}"
    return {"": "$_", "{": "${_", "(": "$( "}[found["of_shell"]]


class _OfMakefile(Variables):
    """The variables that a Makefile gives one literal value. Whoever calls make may give those with `?=` another."""

    def __init__(self, source: Source) -> None:
        text = source.text
        assigned = [found for found in _ASSIGNED.finditer(text) if not text.startswith("\t", found.start())]
        times: dict[str, int] = {}
        for found in assigned:
            times[found["name"]] = times.get(found["name"], 0) + 1
        self._values: dict[str, Located[str]] = {}
        included = max((found.start() for found in _INCLUDED.finditer(text)), default=-1)
        conditions = [*_CONDITION.finditer(text)]
        places = [found.start() for found in conditions]
        depths = [0, *accumulate(1 if found["opens"] else -1 for found in conditions)]
        for found in assigned:
            start, end = _bounds(found)
            if is_secret(found["name"]):
                source.hide(start, end)
            chosen = depths[bisect_right(places, found.start())]
            if times[found["name"]] > 1 or chosen or found["before"] or found["sign"] in {"+=", "!="}:
                continue
            value = text[start:end]
            if not value or _TEMPLATE.search(value):
                continue
            if found["sign"] == "?=":
                self._values[found["name"]] = Implied(value, source, start, end)
            elif found.start() > included:
                self._values[found["name"]] = Located(value, source, start, end)

    def at(self, offset: int, text: str) -> Sequence[Binding]:
        """Return the values. They are the same at each offset: make reads the whole file first."""
        del offset, text
        return (self._values,)


def _bounds(found: re.Match[str]) -> tuple[int, int]:
    """Return where a value stands, without quotes around it: the shell takes them off again."""
    value = found["value"].rstrip()
    start = found.start("value")
    quoted = _QUOTED.fullmatch(value)
    if quoted is not None:
        return start + 1, start + len(value) - 1
    return start, start + len(value)
