"""A declaration, statement or comment taken out of a file, with the lines that it leaves empty."""

import re

from grantlint.model.location import Span
from grantlint.model.remedy import Edit
from grantlint.platform.pattern import Pattern

_END = Pattern(r"[ \t]*;?")
_BLANK = Pattern(r"[ \t]*(?:\r?\n|\Z)")
_STATEMENT = Pattern(r"(?:create|grant|flush|drop)\s", re.IGNORECASE)
_VALUE = Pattern(r"(?:[\w\"']:|^[ \t]*-)[ \t]+[\"']?\Z", re.MULTILINE)
_REST_OF_VALUE = Pattern(r"[ \t]*;?[\"']?[ \t]*(?:#[^\n]*)?(?:\r?\n|\Z)")
_COMMENT = ("#", "--", "//", ";", "/*", "{#", "<%#", "<%-#", "{{")
_LISTS = frozenset({"policy", "ansible"})
"""Formats in which an item of a list is a declaration."""


def removal(item: Span) -> Edit | None:
    """Return the edit that removes an item. None where it does not stand alone at its place."""
    source, start, _ = item
    if source.text.startswith(_COMMENT, start):
        return _of_words(item)
    if _STATEMENT.match(source.text, start):
        return (
            _of_value(item)
            if _VALUE.search(source.text, source.text.rfind("\n", 0, start) + 1, start)
            else _of_words(item)
        )
    if source.format not in _LISTS:
        return None
    from grantlint.reader.writing.lists import item_removed  # noqa: PLC0415 - it loads a parser, for these files alone

    return item_removed(item)


def _of_value(value: Span) -> Edit | None:
    """Return the edit that removes a statement that is a value of YAML: the item of a list that has others, else None.

    What is left of a key without its value is a task that fails.
    """
    source, start, end = value
    text = source.text
    line = text.rfind("\n", 0, start) + 1
    rest = _REST_OF_VALUE.match(text, end)
    before = text[line:start].rstrip("\"'")
    if rest is None:
        return _of_words(value)
    if before.strip() != "-":
        return None
    above = text[text.rfind("\n", 0, max(line - 1, 0)) + 1 : line]
    if above.startswith(before) or text.startswith(before, rest.end()):
        return Edit(Span(source, line, rest.end()), "")
    return None


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
