"""Loops of Jinja over what stands there: `{% for host in 'a', 'b' %}`. Each turn makes the states of its body.

Source: Jinja's template designer documentation, For and List of Control Structures; a tuple needs no parentheses.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from operator import itemgetter

from grantlint.model.location import Implied, Located, Source, Span, Text
from grantlint.platform.record import NamedTuple
from grantlint.platform.regex import compiled
from grantlint.reader.formats.salt.jinja import Literal, Members, fallback, literal, names_set, part_of

MAX_TURNS = 200
"""Turns of the loops around one state; with more, its values are not known."""

_PATH = r"(?:\.(?!(?:iter)?items\b)\w++|\[\s*+(?:'[^'\n]*+'|\"[^\"\n]*+\"|\d++)\s*+\])*+"
_TAG = compiled(r"\{%[-+]?\s*+(?:for\s++(?P<names>\w++(?:\s*+,\s*+\w++)?+)\s++in\s++|(?P<for>for\b)|(?P<end>endfor\b))")
_NAMED = compiled(rf"(?P<name>\w++)(?P<path>{_PATH})")
_ITEMS = compiled(r"\.(?:iter)?items\(\)")
_CLOSES = compiled(r"\s*+[-+]?%\}")
_COMMA = compiled(r"\s*+,")
_USE = compiled(rf"\{{\{{[-+]?\s*+(?P<name>\w++)(?P<path>{_PATH})\s*+[-+]?\}}\}}")
_EXPRESSION = compiled(r"['\"]?\{\{[-+]?(?P<inside>[^{}\n]*+)\}\}['\"]?")


class _Loop(NamedTuple):
    start: int
    end: int
    names: tuple[str, ...]
    turns: Sequence[tuple[Literal, ...]]


class Turns:
    """The loops of one file, and the turn that is read."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._set: Mapping[str, Literal] = names_set(source) if "{%" in source.text else {}
        self._loops = sorted(self._all(), key=itemgetter(0)) if "endfor" in source.text else []
        self._bound: Mapping[str, Literal] = self._set

    def at(self, offset: int) -> Iterator[None]:
        """Go through the turns of what stands at an offset. At each, `text` puts in its words."""
        around = [loop for loop in self._loops if loop.start <= offset < loop.end]
        turns = [*islice(product(*(loop.turns for loop in around)), MAX_TURNS + 1)]
        for values in turns if len(turns) <= MAX_TURNS else [()]:
            bound = dict(self._set)
            for loop, turn in zip(around, values, strict=False):
                bound.update(zip(loop.names, turn, strict=False))
            self._bound = bound
            yield
        self._bound = self._set

    def text(self, written: str, value: Text) -> Text:
        """Return a leaf with this turn's words in place of their names."""
        if not self._bound:
            return value
        whole = _USE.fullmatch(written)
        if whole is not None:
            return self._known(whole) or value
        known = {found[0]: self._known(found) for found in _USE.finditer(written)}
        texts = {use: word.value for use, word in known.items() if word is not None}
        if not known or len(texts) < len(known):
            return value
        said = _USE.sub(lambda found: texts[found[0]], written)
        return value if "{{" in said or "{%" in said else Located(said, *value.span)

    def given(self, span: Span) -> Located[str] | None:
        """Return the text that stands for want of another in a leaf."""
        whole = _EXPRESSION.fullmatch(self._source.text, span.start, span.end)
        if whole is None:
            return None
        use = _NAMED.fullmatch(whole["inside"].strip(" \t-+"))
        if use is None:
            return fallback(self._source, *whole.span("inside"))
        found = part_of(self._bound.get(use["name"]), use["path"])
        return found if isinstance(found, Implied) else None

    def _known(self, use: re.Match[str]) -> Located[str] | None:
        found = part_of(self._bound.get(use["name"]), use["path"])
        return found if isinstance(found, Located) and not isinstance(found, Implied) else None

    def _all(self) -> Iterator[_Loop]:
        """Yield the loops over what is known."""
        begun: list[_Loop | None] = []
        for tag in _TAG.finditer(self._source.text):
            if tag["end"]:
                loop = begun.pop() if begun else None
                if loop is not None:
                    yield loop._replace(end=tag.start())
            else:
                begun.append(self._begun(tag) if tag["names"] else None)

    def _begun(self, tag: re.Match[str]) -> _Loop | None:
        names = tuple(re.findall(r"\w+", tag["names"]))
        over, at = self._over(tag.end())
        items = _ITEMS.match(self._source.text, at)
        closes = _CLOSES.match(self._source.text, items.end() if items else at)
        if closes is None:
            return None
        turns: list[tuple[Literal, ...]] = []
        if isinstance(over, Members):
            turns += [(key, over.values[name]) if items else (key,) for name, key in over.keys.items()]
        elif isinstance(over, list) and not items:
            turns += [(item,) for item in over]
        fits = turns and len(turns[0]) == len(names)
        return _Loop(closes.end(), closes.end(), names, turns) if fits else None

    def _over(self, at: int) -> "tuple[Literal | None, int]":
        """Return what a loop goes over, and where that ends."""
        value, end = literal(self._source, at)
        if value is None:
            named = _NAMED.match(self._source.text, at)
            return (None, at) if named is None else (part_of(self._set.get(named["name"]), named["path"]), named.end())
        listed = [value]
        comma = _COMMA.match(self._source.text, end)
        is_tuple = comma is not None
        while comma is not None:
            value, after = literal(self._source, comma.end())
            end = comma.end() if value is None else after
            listed += [] if value is None else [value]
            comma = _COMMA.match(self._source.text, end)
        return (listed if is_tuple else listed[0]), end
