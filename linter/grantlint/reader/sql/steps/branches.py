"""Which statements of a template are run together: the branches of its conditions, the bodies of its loops.

All of them are read, as if each were run. What one of them takes away is gone only where it is run with what made it.
"""

import re
from functools import cached_property

from grantlint.model.location import Source
from grantlint.model.step import Branch, Path
from grantlint.platform.pattern import Pattern
from grantlint.reader.leaf.stretches import Stretches
from grantlint.reader.leaf.versions import asks_for_version
from grantlint.reader.sql.syntax.tokens.templates import DIRECTIVE, has_marks

_HINT = Pattern(r"\{%|<%|\{\{-?\s*(?:if|range|with|define|block)\s")
_INNER = Pattern(r"(?:\{[{%]|<%)[-+]?\s*(?P<inner>.*?)\s*[-+]?[%}]\}?>?\Z", re.DOTALL)
_CLOSES = Pattern(r"end(?:if|for|with|block)?\b|\}\s*\Z")
_SWITCHES = Pattern(r"\}?\s*(?:else|elif|elsif|elseif|when)\b")
_OPENS = Pattern(
    r"(?:if|unless|for|while|case|range|with|define|block)\b|[^#].*(?:\bdo|\{)(?:\s*\|[^|]*\|)?\Z", re.DOTALL
)
_DEEPEST = 50


class Branches:
    """The conditional branches of a text, by place. Found when they are first asked for."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def path(self, place: int) -> Path:
        """Return the conditions around a place, outermost first."""
        return self._stretches.around(place)

    @cached_property
    def _stretches(self) -> Stretches:
        stretches = Stretches()
        text = self._source.text
        if not has_marks(text) or _HINT.search(text) is None:
            return stretches
        around: list[Branch] = []
        number = depth = 0
        for found in re.finditer(DIRECTIVE, text):
            inner = _INNER.match(found.group())
            words = inner["inner"] if inner is not None else ""
            if _SWITCHES.match(words):
                if around and depth == len(around):
                    asks = around[-1].by_version or asks_for_version(words)
                    around[-1] = around[-1]._replace(number=around[-1].number + 1, by_version=asks)
            elif _CLOSES.match(words):
                depth = max(0, depth - 1)
                del around[depth:]
            elif _OPENS.match(words):
                depth += 1
                number += 1
                if depth <= _DEEPEST:
                    around.append(Branch(self._source, number, 0, asks_for_version(words)))
            else:
                continue
            # What is deeper is told from all else, and never taken to be run together with it.
            number += depth > _DEEPEST
            deeper = (Branch(self._source, number, 0),) if depth > _DEEPEST else ()
            stretches.begin(found.end(), (*around, *deeper))
        return stretches
