"""What of a line is shown: what is known to be no secret, and nothing else.

Known are the places that a reader bound to a name, host, privilege or the like (`Source.show`), and the words of the
formats themselves. Marks between them are shown, too. What a reader hid (`Source.hide`) is never shown. So a line that
no reader understood, as where a quote is missing, shows its keys and keywords, and `…` for the rest.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from sys import maxsize

from grantlint.model.location import Source
from grantlint.report.secrecy.hidden import merged
from grantlint.report.secrecy.vocabulary import PLUGINS, WORDS

SIGN = "…"
"""Stands for whatever is left out; one width for all, so that it does not tell the length."""

Range = tuple[int, int]

_KNOWN, _ELIDED = b"k", b"x"
_MARKS = " \t-:=>,;.@%*'\"`()[]{}|#/\\<&+_~?"
_BY_LETTER = defaultdict(lambda: "x", dict.fromkeys(map(ord, _MARKS), "-"))
_TOKEN = re.compile(
    r"""(?P<word>[A-Za-z_][\w.:-]*\w|[A-Za-z_])|(?P<end>[,;})\n])|(?P<option>(?<=\s)-[A-Za-z](?=[\s"']))"""
)
_SECRET_NAME = re.compile(
    r"p[a-z]?ss?[-_]?w[or]{0,2}d|pass(?:$|phrase|wort|code|wd|[-_])|[-_]pass|pwd|(?:^|[-_])pw|secret|token|credential"
    r"|auth(?:entication)?_string|hash|salt|(?:api|private|access)[-_]?key|^(?:by|as|using)$",
    re.IGNORECASE,
)
_ASSIGNED = re.compile(r"""["'`]?\s*(?::|=>|=(?!=))""")
_NEAR = 8  # characters between the name of a secret and what a reader hid of it
_RUN = re.compile(rb"x[-x]*x|x")


def elided(source: Source, start: int, end: int) -> list[Range]:
    """Return the parts of text[start:end] not to show, in order.

    They are offsets into the text.
    """
    return _elided(source, start, end, len(source.secrets), len(source.shown))


@lru_cache(maxsize=16)
def _elided(source: Source, start: int, end: int, secrets: int, shown: int) -> list[Range]:
    """Work it out once for all findings of a line: a file may be one."""
    text = source.text
    marks = bytearray(text[start:end].translate(_BY_LETTER).encode())
    hidden = [*_overlapping(_merged_secrets(source, secrets), start, end)]
    for first, last in _plain_words(text, start, end, hidden):
        marks[first - start : last - start] = _KNOWN * (last - first)
    for first, last in _overlapping(_merged_shown(source, shown), start, end):
        marks[first - start : last - start] = _KNOWN * (last - first)
    for first, last in hidden:
        marks[first - start : last - start] = _ELIDED * (last - first)
    return [(start + run.start(), start + run.end()) for run in _RUN.finditer(marks)]


def _plain_words(text: str, start: int, end: int, hidden: list[Range]) -> Iterator[Range]:
    """Yield the words of the formats that are safe to show.

    Those that stand where a secret is expected are left out.
    """
    expected = -1  # where the name ends of a secret whose value has not been passed
    for token in _TOKEN.finditer(text, start, end):
        if token["end"]:
            expected = -1
            continue
        if token["option"]:
            yield token.span()
            continue
        word = token["word"].lower()
        if expected >= 0:
            past = _hidden_behind(hidden, expected)
            if past is not None and token.start() >= past:
                expected = -1
        if (expected < 0 or _ASSIGNED.match(text, token.end(), end)) and _is_plain(word):
            yield token.span()
        if _names_secret(word):
            expected = token.end()


def _hidden_behind(hidden: list[Range], expected: int) -> int | None:
    """Return the end of the last hidden stretch near a name.

    The name is one of a secret; None where no stretch reaches behind it.
    """
    at = bisect_right(hidden, (expected + _NEAR, maxsize))
    return hidden[at - 1][1] if at and hidden[at - 1][1] > expected else None


@lru_cache(maxsize=1 << 12)
def _is_plain(word: str) -> bool:
    return word in WORDS or ("." in word and all(part in WORDS for part in word.split(".")))


@lru_cache(maxsize=1 << 12)
def _names_secret(word: str) -> bool:
    return _SECRET_NAME.search(word) is not None and word not in PLUGINS


def _overlapping(ranges: list[Range], start: int, end: int) -> Iterator[Range]:
    first = max(bisect_right(ranges, (start, end)) - 1, 0)
    for index in range(first, len(ranges)):
        at, until = ranges[index]
        if at >= end:
            return
        if until > start:
            yield max(at, start), min(until, end)


@lru_cache(maxsize=4)
def _merged_secrets(source: Source, count: int) -> list[Range]:
    """Return what is hidden, merged and in order: worked out once for all findings of a file."""
    return merged(source.secrets[:count])


@lru_cache(maxsize=4)
def _merged_shown(source: Source, count: int) -> list[Range]:
    return merged(source.shown[:count])
