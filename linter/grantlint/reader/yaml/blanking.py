"""Templates of YAML (Helm, Jinja) made readable as YAML: every line and every offset stays where it is.

What stands alone on its line controls the template or brings in lines of its own, and becomes a comment. What stands
in a value becomes marks, so that the value is seen to be there and not known. Both branches of a condition are read,
and the body of a loop once.
"""

import re
from bisect import bisect_left
from functools import lru_cache

from grantlint.model.location import Source
from grantlint.reader.leaf.never import without_never
from grantlint.reader.yaml.nodes import Node

MARK = "\ue000"  # a character of the private use area: YAML takes it in a plain scalar, and nobody writes it

_OPENERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_BLANKS = re.compile(r"\s*+")
_OPENER = re.compile(r"\{[{%#]")

_BRINGS_LINES = re.compile(
    r"^[ \t]*\{\{-?+\s*+(?!(?:if|else|end|with|range|define|block)\b|/\*|-?\}\}|\$\w+\s*:?=)[^\n]*\}\}[ \t]*$",
    re.MULTILINE,
)
"""A template alone on its line that is more than a condition, a loop, a comment or a variable: `include`, `toYaml`."""


def has_templates(text: str) -> bool:
    """Whether a text may hold a template."""
    return any(opener in text for opener in _OPENERS)


def readable_of(source: Source) -> Source:
    """Return a source with its templates made blank.

    It is the same one where it has none.
    """
    return Source(source.path, blanked(source.text)) if has_templates(source.text) else source


def blanked(text: str) -> str:
    """Return a text of the same length with its templates made blank.

    >>> blanked("user: {{ name }}").replace(MARK, "*")
    'user: **********'
    """
    text = without_never(text)
    templates = _templates(text)
    alone = _alone(text, templates)
    pieces: list[str] = []
    at = line = before = 0
    for (start, end), character, indent in zip(templates, alone, _indents(text, templates, alone), strict=True):
        line, before = text.rfind("\n", before, start) + 1 or line, start
        pieces.append(text[at:start])
        pieces.append(_filled(text[start:end], character, indent, start - line))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _templates(text: str) -> list[tuple[int, int]]:
    """Return where templates stand, each up to the first sign that closes its kind."""
    found: list[tuple[int, int]] = []
    never_closed: set[str] = set()
    opener = _OPENER.search(text)
    while opener:
        sign = opener.group()
        closed = -1 if sign in never_closed else text.find(_OPENERS[sign], opener.end())
        if closed < 0:
            never_closed.add(sign)
            at = opener.start() + 1
        else:
            at = closed + 2
            found.append((opener.start(), at))
        opener = _OPENER.search(text, at)
    return found


def _alone(text: str, templates: list[tuple[int, int]]) -> list[str]:
    """Return what fills each template: `#` where nothing but templates stands on its lines, else MARK."""
    before = _blank_up_to(text, templates)
    # Seen from behind, what follows on a line is what comes before.
    size = len(text)
    after = _blank_up_to(text[::-1], [(size - end, size - start) for start, end in reversed(templates)])
    return ["#" if left and right else MARK for left, right in zip(before, reversed(after), strict=True)]


def _blank_up_to(text: str, templates: list[tuple[int, int]]) -> list[bool]:
    """Return for each template whether only blanks and whole templates stand before it on its line."""
    found: list[bool] = []
    last, blank = 0, True
    for start, end in templates:
        begins = text.rfind("\n", last, start) + 1
        if begins:
            last, blank = begins, True
        blank = blank and not text[last:start].strip()
        found.append(blank)
        last = end
    return found


def _indents(text: str, templates: list[tuple[int, int]], alone: list[str]) -> list[int]:
    """Return each lone template's indentation, that of the next other line. 0 for a template within a line.

    A comment that is indented like what follows is part of a block scalar there, and ends none.
    """
    found: list[int] = []
    indent, following = 0, -1
    for (start, end), character in zip(reversed(templates), reversed(alone), strict=True):
        blanks = _BLANKS.match(text, end)
        ahead = blanks.end() if blanks else end
        if character == "#" and ahead != following:
            indent = ahead - text.rfind("\n", 0, ahead) - 1 if ahead < len(text) else 0
        found.append(indent if character == "#" else 0)
        following = start if character == "#" else -1
    return found[::-1]


def _filled(template: str, character: str, indent: int, column: int) -> str:
    """Return a template filled with a character. Line breaks stay, and a line that goes on is a comment, too."""
    first, *more = template.split("\n")
    blank = min(max(indent - column, 0), len(first))
    lines = [" " * blank + character * (len(first) - blank)]
    for line in more:
        blank = min(indent, len(line))
        lines.append(" " * blank + "#" * (len(line) - blank))
    return "\n".join(lines)


@lru_cache(maxsize=4)
def brought_lines(source: Source) -> tuple[int, ...]:
    """Return the offsets of templates that may bring in lines. Worked out once for all that is read of a file."""
    text = source.text
    return tuple([found.start() for found in _BRINGS_LINES.finditer(text)]) if "{{" in text else ()


def may_be_filled(source: Source, node: Node, *, empty: bool) -> bool:
    """Return whether a template may add content to a node. Or stands for all of it, where it is `empty`."""
    brought = brought_lines(source)
    first = bisect_left(brought, node.start_mark.index)
    # A block ends where the next one begins: behind the comments that templates have become.
    return bool(brought) and (empty or (first < len(brought) and brought[first] < node.end_mark.index))
