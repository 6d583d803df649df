"""A declaration, statement or comment taken out of a file, with the lines that it leaves empty."""

import re

from grantlint.model.location import Span
from grantlint.model.remedy import Edit
from grantlint.platform.pattern import Pattern

_END = Pattern(r"[ \t]*;?")
_BLANK = Pattern(r"[ \t]*(?:\r?\n|\Z)")
_STATEMENT = Pattern(r"(?:create|grant|flush|drop)\s", re.IGNORECASE)
_COMMENT = ("#", "--", "//", ";", "/*", "{#", "<%#", "<%-#", "{{")
_LISTS = frozenset({"policy", "ansible"})
"""Formats in which an item of a list is a declaration."""


def removal(item: Span) -> Edit | None:
    """Return the edit that removes an item. None where it does not stand alone at its place."""
    source, start, _ = item
    if source.text.startswith(_COMMENT, start) or _STATEMENT.match(source.text, start):
        return _of_words(item)
    if source.format not in _LISTS:
        return None
    from grantlint.reader.writing.lists import item_removed  # noqa: PLC0415 - it loads a parser, for these files alone

    return item_removed(item)


def _of_words(item: Span) -> Edit:
    """Return the edit that removes words, with the `;` behind them. A line with nothing else goes too."""
    source, start, end = item
    text = source.text
    found = _END.match(text, end)
    end = found.end() if found else end
    line = text.rfind("\n", 0, start) + 1
    rest = _BLANK.match(text, end)
    if rest is not None and not text[line:start].strip():
        return Edit(Span(source, line, rest.end()), "")
    if rest is not None:  # the end of a line: no blanks are left there
        start = line + len(text[line:start].rstrip(" \t"))
    while text[end : end + 1] in {" ", "\t"}:
        end += 1
    return Edit(Span(source, start, end), "")
