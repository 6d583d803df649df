"""What looks like a secret in any text, and what surely is none: for files that do not parse, and for messages."""

import re
from collections.abc import Iterator

from grantlint.model.location import Source
from grantlint.platform.pattern import Pattern

_KEY = r"""(?:pass|p[a-z]?ss?[_-]?w[or]{0,2}d|secret|token|credential|kennwort|geheim|auth(?:entication)?_string
    |(?:api|private|access)[_-]?key|(?<![A-Za-z])(?:pwd|pw|pin|salt|hash))
    [\w.-]{0,40}['"]?[ \t]*(?:[:=]+>?|[,\r]?[ \t]*\n?[ \t]*['"]?value['"]?:)[ \t]*(?P<value>[^\n]*)"""
_ELSEWHERE = r"""IDENTIFIED\s+(?:BY|WITH|VIA|AS)\s+(?P<sql>[^\n]+)
    |(?P<hash>\*[0-9A-F]{40}\b|\$A\$[0-9A-Fa-f]{3}\$[^\s'"]*)
    |://[^\s/:@]*:(?P<url>[^\s/@]+)@"""
_FLAGS = re.IGNORECASE | re.VERBOSE
_NAME = Pattern(r"(?:[a-z_$][a-z0-9_.:-]{0,39}|[A-Z_][A-Z0-9_]{0,39}|[A-Za-z_-]{1,40})\Z")
_VARIABLE = Pattern(
    r"""(?:["']?(?:\{\{-?\s*[\w.]+(?:\[\w+\])?\s*-?\}\}|\$\{?[A-Za-z_]\w*\}?|%\{[\w:.]+\}|(?:var|local|each)\.[\w.]+)["']?)\Z"""
)
_SWALLOWED = Pattern(
    r"(?:pass|pwd|secret|token|credential|auth_?string|hash|identified)\w*\s*(?:[^\w\s@.%/-]|\s)|\s\S*(?:pass|pwd|identified)",
    re.IGNORECASE,
)

_BLANK_INSIDE = Pattern(r"\S\s")
_BEHIND_HOST = Pattern(r"[!-$&-+<-?\[-^`{-~]|(?<!\S)(?:ident|with|by|using|as|require|values?)", re.IGNORECASE)

_PLUGIN = Pattern(r"\w*\Z")


def is_name(key: str) -> bool:
    """Whether a key is a plain word, which may be shown. A slip makes keys of passwords."""
    return _NAME.match(key) is not None


def may_be_plugin(name: str) -> bool:
    """Whether a text may be an authentication plugin's name. Those are words of letters, digits and `_`."""
    return _PLUGIN.match(name) is not None


def is_variable(expression: str) -> bool:
    """Whether an expression is one variable, which may be shown. Filters and defaults hold what they please."""
    return _VARIABLE.match(expression) is not None


def swallows(name: str) -> bool:
    """Whether a name runs on into a password. A quote, comma or line break is missing behind it."""
    return not name.isidentifier() and _SWALLOWED.search(name) is not None


def host_swallows(host: str) -> bool:
    """Whether a host runs on into the rest of a statement. Or into signs that no list of hosts has."""
    blank = _BLANK_INSIDE.search(host)
    return swallows(host) or (blank is not None and _BEHIND_HOST.search(host, blank.end()) is not None)


def likely_secrets(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the bounds of likely secrets in text[start:end]. Rather too much than too little.

    After a key that has a secret's name, all to the end of the line and the lines below that are indented deeper;
    hashes, `IDENTIFIED BY ...` and passwords in URLs wherever they stand.
    """
    end = len(text) if end is None else end
    for found in re.compile(_KEY, _FLAGS).finditer(text, start, end):
        yield found.start("value"), _end_of_value(text, found.start(), found.end(), end)
    for found in re.compile(_ELSEWHERE, _FLAGS).finditer(text, start, end):
        yield found.span(str(found.lastgroup))


def hide_likely(source: Source, start: int = 0, end: int | None = None) -> None:
    """Hide likely secrets in a part of a source."""
    for bounds in likely_secrets(source.text, start, end):
        source.hide(*bounds)


def _end_of_value(text: str, key: int, at: int, end: int) -> int:
    """Return where a value ends that may go on in empty or deeper lines.

    After the sign of a block scalar (`|`, `>`) a line as deep as the key is its value, too, less its indentation.
    """
    line = text[text.rfind("\n", 0, key) + 1 : key]
    indent = len(line) - len(line.lstrip(" \t"))
    if text[key:at].rstrip().endswith(("|", ">", "-", "+")):
        indent -= 1
    while at < end and text[at] == "\n":
        line_end = text.find("\n", at + 1)
        line_end = end if line_end < 0 else min(line_end, end)
        line = text[at + 1 : line_end]
        if line.strip() and len(line) - len(line.lstrip(" \t")) <= indent:
            break
        at = line_end
    return at
