"""Values that a file itself gives to its variables, put in where a statement of it names them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from grantlint.model.location import Implied, Located
from grantlint.platform.pattern import Pattern

Binding = Mapping[str, Located[str]]
"""The values of variables; one that is Implied counts for want of another."""
_REFERENCE = Pattern(
    r"\$\{(?P<braced>[A-Za-z_]\w*|[1-9])\}|\$(?P<bare>[A-Za-z_]\w*|[1-9])|\{\{-?\s*(?P<template>[A-Za-z_][\w.]*)\s*-?\}\}"
)
_OTHER = Pattern(r"\$[A-Za-z_{(0-9@*#?!-]|`|\{[{%#]|<%|@@")


class Variables:
    """The known variables of a text. None, unless a reader of its language says otherwise."""

    def at(self, offset: int, text: str) -> Sequence[Binding]:
        """Return the possible bindings at an offset. A loop around that text has several, one after the other."""
        del offset, text
        return ({},)

    def is_stopped(self, offset: int) -> bool:
        """Return whether quotes keep a variable at an offset unexpanded."""
        del offset
        return False


class Stopped(Variables):
    """Variables of which quotes keep some unexpanded."""

    def __init__(self, variables: Variables, literals: Iterable[tuple[int, int]]) -> None:
        self._variables = variables
        ordered = sorted(literals)
        self._starts = [start for start, _ in ordered]
        self._ends = [*accumulate([end for _, end in ordered], max)]  # how far one of those up to each reaches

    def at(self, offset: int, text: str) -> Sequence[Binding]:
        """Return the values at an offset."""
        return self._variables.at(offset, text)

    def is_stopped(self, offset: int) -> bool:
        """Return whether quotes keep a variable at an offset unexpanded."""
        before = bisect_right(self._starts, offset)
        return before > 0 and offset <= self._ends[before - 1]


def put_in(text: str, written: str, binding: Binding) -> str | None:
    """Return a text with its variables replaced by their values. None where one is not known.

    `written`: the same as it stands in the file, which names them; other signs may stand for them in the text.
    """
    if not binding:
        return None
    named = names_in(written)
    parts: list[str] = []
    done = 0
    for found in _REFERENCE.finditer(text):
        name = _name(found)
        if name not in named or name not in binding or isinstance(binding[name], Implied):
            return None
        parts += [text[done : found.start()], binding[name].value]
        done = found.end()
    if not parts or _OTHER.search("".join((*parts[::2], text[done:]))) is not None:
        return None
    return "".join((*parts, text[done:]))


def whole(written: str, binding: Binding) -> Located[str] | None:
    """Return the value and place of a text's only variable. None where the text, between quotes, is anything else."""
    found = _REFERENCE.fullmatch(written.strip("\\'\""))
    return binding.get(_name(found)) if found is not None else None


def names_in(text: str) -> set[str]:
    """Return the variables that a text names."""
    return set(map(_name, _REFERENCE.finditer(text)))


def _name(found: re.Match[str]) -> str:
    name = found["braced"] or found["bare"] or found["template"]
    return letter_of(name) if name.isdecimal() else name


def letter_of(sign: str) -> str:
    """Return the letter that stands for a variable without a name. Such is `$1`."""
    return chr(ord("A") + ord(sign) % 26)
