"""What of a template is never put out, whoever fills it in: the branches of conditions that are literals.

The conditions are those of Jinja, ERB and Go's templates.
"""

import re
from collections.abc import Iterable, Iterator

from grantlint.platform.pattern import Pattern
from grantlint.reader.leaf.truth import holds

_HINT = Pattern(
    r"(?:\{%|<%|\{\{)[-+]?\s*(?:if|unless|elif|elsif|else if)\b[^\n]{0,200}?"
    r"(?:\b(?:[Tt]rue|TRUE|[Ff]alse|FALSE|[Nn]one|nil|null|eq|ne)\b|[=!]=)"
)
_DIRECTIVE = Pattern(
    r"\{%[-+]?\s*(?P<jinja>.{0,400}?)\s*[-+]?%\}|<%-?(?![=#%])\s*(?P<erb>.{0,400}?)\s*-?%>"
    r"|\{\{-?\s*(?P<go>(?:if|else|end|range|with|define|block)\b.{0,400}?)\s*-?\}\}",
    re.DOTALL,
)
_CLOSES = Pattern(r"end(?:if|for|with|block|macro|call|filter|set|raw|unless|while)?\b|\}\Z")
_OTHERWISE = Pattern(r"(?:\}\s*)?(?:elif|elsif|elseif|else[ \t]+if)\b(?P<condition>.*)\Z|(?:\}\s*)?else\b", re.DOTALL)
_ASKS = Pattern(r"(?P<word>if|unless)\b(?P<condition>.*)\Z", re.DOTALL)
_OPENS = Pattern(
    r"(?:for|while|case|range|with|define|block|macro|call|filter|raw)\b|[^#].*(?:\bdo|\{)(?:\s*\|[^|]*\|)?\Z",
    re.DOTALL,
)


class _Open:
    """A condition or loop that is not closed: whether an earlier branch surely runs, and this one never does."""

    __slots__ = ("is_condition", "never", "taken")

    def __init__(self, *, is_condition: bool, holds: bool | None) -> None:
        self.is_condition = is_condition
        self.taken = holds is True
        self.never = holds is False


def without_never(text: str) -> str:
    """Return a template with what is never put out made blank."""
    has_marks = "{" in text or "<%" in text  # most data has none, and that takes a tenth of the time to see
    return blank(text, _never(text)) if has_marks and _HINT.search(text) is not None else text


def blank(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Return a text with places made blank; lines stay."""
    parts: list[str] = []
    at = 0
    for start, end in places:
        parts += [text[at:start], re.sub(r"[^\r\n]", " ", text[start:end])]
        at = end
    return "".join((*parts, text[at:]))


def _never(text: str) -> Iterator[tuple[int, int]]:
    opened: list[_Open] = []
    since: int | None = None
    for found in _DIRECTIVE.finditer(text):
        words = found["jinja"] or found["erb"] or found["go"] or ""
        if since is not None:
            yield since, found.start()
        _take(words, opened)
        since = found.end() if any(one.never for one in opened) else None


def _take(words: str, opened: list[_Open]) -> None:
    """Open, go on with or close what a directive says."""
    otherwise, asks = _OTHERWISE.match(words), _ASKS.match(words)
    if otherwise is not None:
        if opened and opened[-1].is_condition:
            one = opened[-1]
            here = True if otherwise["condition"] is None else holds(otherwise["condition"])
            one.never = one.taken or here is False
            one.taken = one.taken or here is True
    elif _CLOSES.match(words):
        del opened[-1:]
    elif asks is not None:
        here = holds(asks["condition"])
        told = here if here is None or asks["word"] == "if" else not here
        opened.append(_Open(is_condition=True, holds=told))
    elif _OPENS.match(words):
        opened.append(_Open(is_condition=False, holds=None))
