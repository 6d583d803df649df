"""A statement or comment taken out of a file, with the line that it leaves empty."""

import re

from grantlint.model.location import Span
from grantlint.model.remedy import Edit

_END = re.compile(r"[ \t]*;?")
_BLANK = re.compile(r"[ \t]*(?:\r?\n|\Z)")


def removal(item: Span) -> Edit | None:
    """Return the edit that takes a statement out, with its `;`, and with its lines where nothing else is on them."""
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
