"""Which characters of a line must not be shown: what the reader hid, and what looks like a secret all the same."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

from grantlint.location import Source

MASK = "********"
"""One width for all, so that the mask does not tell the length."""

_WORD = (
    r"(?:p[a-z]?ss?[-_]?w[or]{0,2}d|pass(?:phrase|wort|code)?|pwd|\bpw|secret|token|credentials?|auth(?:entication)?_string|hash"
    r"|api_?key|private_?key)"
)
_QUOTED = r""""(?:[^"\\\n]|\\.)*"?|'(?:[^'\n]|'')*'?"""
_LOOKS_SECRET = re.compile(
    # a key with such a word in it, and what is assigned to it: password: x, login_password=x, "db_pwd": "x"
    rf"""{_WORD}[\w.-]*["']?\s*(?::\s*(?P<value>{_QUOTED}|[^\s#'"][^\n]*)|=>?\s*(?P<word>{_QUOTED}|{{{{.*?}}}}|[^\s#]\S*))"""
    # SQL: IDENTIFIED BY 'x', AS 'x', PASSWORD('x'), PASSWORD 'x'
    rf"""|\b(?:BY|AS|USING|{_WORD})\s*(?:PASSWORD\b\s*)?\(?\s*(?P<sql>{_QUOTED})"""
    # elsewhere: a variable of SQL, a password in an address, the option of a client
    rf"""|@\w+\s*:?=\s*(?P<variable>{_QUOTED})|://[^\s/:@]*:(?P<url>[^\s/@]+)@"""
    rf"""|\bmysql\w*\b[^\n|;&]*?\s-p(?P<option>{_QUOTED}|[^\s'"]+)"""
    # what servers store: *40 hex digits, $A$005$..., 0x24..., crypt's $6$...
    r"""|(?P<hash>\*[0-9A-Fa-f]{16,40}|\$[0-9A-Za-z]{1,2}\$[^\s"',}\]]+|\b0x[0-9A-Fa-f]{32,})""",
    re.IGNORECASE,
)
_NO_SECRET = re.compile(
    r"""["']?(?:\{\{.*\}\}|\$\{?\w+\}?|(?:null|none|true|false|yes|no|always|on_create)?)["']?\s*$|!vault\b""",
    re.IGNORECASE,
)
_BLOCK_END = re.compile(r"\s#")  # of a plain value in YAML
_FLOW_END = re.compile(r"\s#|[,\]}](?!\})")  # and between brackets
_COMMENT = re.compile(r"(?:^|(?<=\s))(?:#|--|//)\s*(?!expect:|grantlint:)(?=\S)")

Range = tuple[int, int]


def masked_ranges(source: Source, start: int, end: int) -> list[Range]:
    """Return the parts of text[start:end] to mask, as offsets into the text, in order and apart from each other."""
    hidden = _hidden(source, len(source.secrets))
    first = max(bisect_right(hidden, (start, len(source.text))) - 1, 0)
    ranges: list[Range] = []
    for at, until in hidden[first:]:
        if at >= end:
            break
        if until > start:
            ranges.append((max(at, start), min(until, end)))
    ranges = _merged([*ranges, *((start + s, start + e) for s, e in _suspects(source.text[start:end]))])
    if ranges:  # a comment beside a secret is likely to speak of it, or to hold the one before
        comment = _COMMENT.search(source.text, ranges[0][1], end)
        if comment:
            ranges = _merged([*ranges, (comment.end(), end)])
    return ranges


@lru_cache(maxsize=4)
def _hidden(source: Source, count: int) -> list[Range]:
    """Return the reader's secrets merged and in order: worked out once for all findings of a file."""
    return _merged(source.secrets[:count])


def _merged(ranges: Iterable[Range]) -> list[Range]:
    merged: list[Range] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        elif first < last:
            merged.append((first, last))
    return merged


def _suspects(line: str) -> Iterator[Range]:
    for match in _LOOKS_SECRET.finditer(line):
        group = match.lastgroup or ""
        value = match[group]
        quote = value[0] if value[0] in "'\"" else ""
        if group == "value" and not quote:
            flow = "{" in line[: match.start()] or "[" in line[: match.start()]
            end = (_FLOW_END if flow else _BLOCK_END).search(value)
            value = value[: end.start()] if end else value
        value = value.rstrip()
        if group == "hash" or not _NO_SECRET.match(value):
            start = match.start(group) + len(quote)
            yield start, match.start(group) + len(value) - (1 if quote and len(value) > 1 and value[-1] == quote else 0)
