"""Commands that enter a container: what they run or are fed is said to the server inside of it."""

import re

from grantlint import Span

_ENTERS = re.compile(
    r"\b(?:docker|podman|nerdctl|kubectl|oc)\b[^\n|;]*?(?:\\\n[^\n|;]*?)*[ \t]exec\b"
    r"|\b(?:docker|podman)-compose\b[^\n|;]*?[ \t]exec\b"
)
_FEEDS = re.compile(r"<<-?[ \t]*[\"']?(\w+)")
_FAR = 4000  # characters


def is_inside(span: Span) -> bool:
    """Return whether a place is in a command that enters a container.

    Or in a text that is fed to one.
    """
    text, start = span.source.text, span.start
    if "exec" not in text:
        return False
    ends = [entered.end() for entered in _ENTERS.finditer(text, max(0, start - _FAR), start)]
    if not ends:
        return False
    first, line_end, more = text[ends[-1] : start].replace("\\\n", " ").partition("\n")
    fed = _FEEDS.search(first)
    if fed is not None:
        return fed[1] not in [line.strip() for line in more.splitlines()]
    return not line_end or (first.count('"') % 2 == 1 and more.count('"') % 2 == 0)
