"""Patterns of host values: `%` any text, `_` one character, a backslash before a literal one.

Servers match names and addresses with two different routines, and newer MySQL releases have oddities in
both. Each oddity equals a plain pattern with other wildcards at one place (brute-forced in the tests), so
that what is left is one plain matcher.
"""

import re
from functools import lru_cache

from grantlint.access.product.traits import Traits

ANY = "<any>"
STAR = "<star>"
_WILDCARDS = {"%": STAR, "_": ANY}
_HOLE, _GAP = "\0", "\1"
_IN_PIECES = {ANY: _HOLE, STAR: _GAP}


def tokens(text: str) -> list[str]:
    r"""Return the literal characters and wildcards of a pattern.

    A wildcard is ANY for `_`, STAR for `%`.

    >>> tokens(r"a\_%")
    ['a', '_', '<star>']
    """
    found: list[str] = []
    escaped = False
    last = len(text) - 1
    for index, character in enumerate(text):
        if escaped:
            escaped = False
            found.append(character)
        elif character == "\\" and index < last:
            escaped = True
        else:
            found.append(_WILDCARDS.get(character, character))
    return found


class Glob:
    """A plain pattern of literal characters, ANY and STAR.

    In a run of wildcards ANY come first.
    """

    __slots__ = ("_least", "_pieces", "tokens")

    def __init__(self, parts: list[str]) -> None:
        canonical: list[str] = []
        star = False
        for part in parts:
            if part == STAR:
                star = True
                continue
            if star and part != ANY:
                canonical.append(STAR)
                star = False
            canonical.append(part)
        if star:
            canonical.append(STAR)
        self.tokens = tuple(canonical)
        joined = "".join([_IN_PIECES.get(part, part) for part in canonical])
        self._pieces = joined.split(_GAP)
        self._least = len(joined) - len(self._pieces) + 1

    def matches(self, text: str) -> bool:
        """Return whether the whole of `text` fits."""
        pieces = self._pieces
        if len(pieces) == 1:
            return len(text) == self._least and _fits(pieces[0], text, 0)
        if len(text) < self._least:
            return False
        end = len(text) - len(pieces[-1])
        if not _fits(pieces[0], text, 0) or not _fits(pieces[-1], text, end):
            return False
        at = len(pieces[0])
        for piece in pieces[1:-1]:
            at = _first_fit(piece, text, at, end)
            if at < 0:
                return False
            at += len(piece)
        return True


def _first_fit(piece: str, text: str, start: int, end: int) -> int:
    """Return where in text[start:end] the piece fits first, -1 if nowhere."""
    if _HOLE not in piece:
        return text.find(piece, start, end)
    found = _holed(piece).search(text, start, end)
    return found.start() if found else -1


@lru_cache(maxsize=1 << 12)
def _holed(piece: str) -> re.Pattern[str]:
    return re.compile(".".join(map(re.escape, piece.split(_HOLE))), re.DOTALL)


def _fits(piece: str, text: str, at: int) -> bool:
    if _HOLE not in piece:
        return text.startswith(piece, at)
    return all(wanted in (_HOLE, text[at + index]) for index, wanted in enumerate(piece))


@lru_cache(maxsize=1 << 14)
def name_glob(text: str, traits: Traits) -> Glob:
    """Return the pattern by which a host value matches names.

    Names are in lower case (wild_case_compare; facts: C2, C4, C5).
    """
    parts = tokens(text.lower())
    core = len(parts)
    while core and parts[core - 1] == STAR:
        core -= 1
    stars = len(parts) - core
    if (
        core
        and stars
        and (
            (traits.name_needs_more_after_any and parts[core - 1] == ANY)
            or (traits.name_needs_more_after_percents and stars > 1)
        )
    ):
        return Glob([*parts[:core], ANY, STAR])
    return Glob(parts)


@lru_cache(maxsize=1 << 14)
def address_glob(text: str, traits: Traits) -> Glob:
    """Return the pattern by which a host value matches addresses.

    It is compared with the address as text (wild_compare; facts: C2, C4, C5).
    """
    parts = tokens(text)
    if not traits.address_any_after_percent_is_idle:
        return Glob(parts)
    kept: list[str] = []
    in_star = False
    skipped = False
    for part in parts:
        if in_star and part in (ANY, STAR):
            skipped = skipped or part == ANY
            continue
        in_star = part == STAR
        skipped = False
        kept.append(part)
    return Glob([*kept[:-1], ANY, STAR] if in_star and skipped else kept)
