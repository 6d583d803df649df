"""Loops of Jinja over words that stand there: `{% for host in 'a', 'b' %}`. Each turn makes the states of its body.

Source: Jinja's template designer documentation, For and List of Control Structures; a tuple needs no parentheses.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice, product
from operator import itemgetter

from grantlint.model.location import Located, Source, Text
from grantlint.platform.record import NamedTuple
from grantlint.platform.regex import compiled

MAX_TURNS = 200
"""Turns of the loops around one state; with more, its values are not known."""

_WORD = r"'[^'\\\n]*+'|\"[^\"\\\n]*+\""
_LIST = rf"(?:(?:{_WORD})\s*+,\s*+)*+(?:{_WORD})?+"
_TAG = compiled(
    rf"\{{%[-+]?\s*+(?:for\s++(?P<name>\w++)\s++in\s++(?:(?P<open>[\[(])\s*+(?P<listed>{_LIST})\s*+[\])]|(?P<bare>{_LIST}))"
    r"\s*+[-+]?%\}|(?P<for>for\b)|(?P<end>endfor\b))"
)
_ONE = re.compile(_WORD)
_USE = compiled(r"\{\{[-+]?\s*+(?P<name>\w++)\s*+[-+]?\}\}")


class _Loop(NamedTuple):
    start: int
    end: int
    name: str
    words: list[Located[str]]


class Turns:
    """The loops of one file, and the turn that is read."""

    def __init__(self, source: Source) -> None:
        self._loops = sorted(_loops(source), key=itemgetter(0)) if "endfor" in source.text else []
        self._bound: Mapping[str, Located[str]] = {}

    def at(self, offset: int) -> Iterator[None]:
        """Go through the turns of what stands at an offset. At each, `text` puts in its words."""
        around = [loop for loop in self._loops if loop.start <= offset < loop.end]
        turns = [*islice(product(*(loop.words for loop in around)), MAX_TURNS + 1)]
        for words in turns if len(turns) <= MAX_TURNS else [()]:
            self._bound = {loop.name: word for loop, word in zip(around, words, strict=False)}
            yield
        self._bound = {}

    def text(self, written: str, value: Text) -> Text:
        """Return a leaf with this turn's words in place of their names."""
        if not self._bound:
            return value
        whole = _USE.fullmatch(written)
        if whole is not None:
            return self._bound.get(whole["name"], value)
        names = {found["name"] for found in _USE.finditer(written)}
        if not names or not names <= self._bound.keys():
            return value
        said = _USE.sub(lambda found: self._bound[found["name"]].value, written)
        return value if "{{" in said or "{%" in said else Located(said, *value.span)


def _loops(source: Source) -> Iterator[_Loop]:
    """Yield the loops over words."""
    begun: list[_Loop | None] = []
    for tag in _TAG.finditer(source.text):
        if tag["end"]:
            loop = begun.pop() if begun else None
            if loop is not None:
                yield loop._replace(end=tag.start())
        else:
            begun.append(_begun(tag, source))


def _begun(tag: re.Match[str], source: Source) -> _Loop | None:
    part = "listed" if tag["open"] else "bare"
    if not tag[part] or (part == "bare" and "," not in tag[part]):  # of one text the loop takes its letters
        return None
    words = [
        Located(found[0][1:-1], source, tag.start(part) + found.start(), tag.start(part) + found.end())
        for found in _ONE.finditer(tag[part])
    ]
    return _Loop(tag.end(), tag.end(), tag["name"], words)
