"""Scripts of a shell in the heredocs of a configuration: what an instance runs at its first start.

Source: Terraform's language reference, Strings and Templates: a heredoc knows no escapes but `$${` and `%%{`.
"""

from collections.abc import Iterator

from grantlint.platform.pattern import Pattern
from grantlint.reader.formats.shell.passage import Passage

_HEREDOC = Pattern(
    r"<<-?(?P<tag>[A-Za-z_]\w{0,60})[ \t\r]*\n(?=\s*#![^\n]*sh\b)"
    r"(?P<body>(?:(?![ \t]*(?P=tag)[ \t\r]*(?:\n|\Z))[^\n]*\n)*)"
)
_CALLS = Pattern(r"\b(?:mysql|mariadb|docker|podman|nerdctl)\b")


def scripts_in(text: str) -> Iterator[Passage]:
    """Yield the scripts that may call a client or start a container."""
    for found in _HEREDOC.finditer(text) if "#!" in text else ():
        start, end = found.span("body")
        if _CALLS.search(text, start, end) is not None:
            yield Passage(text[start:end], range(start, end))
