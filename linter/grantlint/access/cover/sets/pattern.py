"""Patterns of texts, as the exact engines compute with them.

A pattern is a string, which matches itself, or a tuple of tokens as `grantlint.access.host.glob` makes them: a
single character, ANY or STAR. Both are sequences of tokens. A tuple holds at least one wildcard.
"""

from collections.abc import Callable
from functools import lru_cache

from grantlint.access.host.glob import ANY, STAR, Glob

Pattern = str | tuple[str, ...]


def pattern_of(parts: tuple[str, ...]) -> Pattern:
    """Return tokens as a pattern, a string where none is a wildcard."""
    return parts if ANY in parts or STAR in parts else "".join(parts)


def holds(pattern: Pattern, text: str) -> bool:
    """Tell whether the pattern matches the whole text."""
    return pattern == text if isinstance(pattern, str) else matcher(pattern)(text)


def prefix(pattern: Pattern) -> str:
    """Return the literal text before the first wildcard."""
    if isinstance(pattern, str):
        return pattern
    return "".join(pattern[: next(at for at, token in enumerate(pattern) if token in {ANY, STAR})])


def suffix(pattern: Pattern) -> str:
    """Return the literal text after the last wildcard."""
    return prefix(pattern[::-1])[::-1]


@lru_cache(maxsize=65536)
def matcher(pattern: tuple[str, ...]) -> Callable[[str], bool]:
    """Return a test for whole texts."""
    return Glob(list(pattern)).matches


def includes(wide: Pattern, narrow: Pattern) -> bool:
    """Tell whether `wide` matches every text of `narrow`; sufficient, not necessary.

    `wide` is run over the tokens of `narrow`: its STAR swallows any token, its ANY any token but STAR.
    """
    alive = {0}
    for token in (*narrow, ""):
        for at in sorted(alive):
            while at < len(wide) and wide[at] == STAR:
                at += 1  # noqa: PLW2901 - the loop walks over the stars that may be empty
                alive.add(at)
        if token == "":
            return len(wide) in alive
        alive = {
            at if wide[at] == STAR else at + 1
            for at in alive
            if at < len(wide) and (wide[at] == STAR or wide[at] == token or (wide[at] == ANY and token != STAR))
        }
        if not alive:
            return False
    return False


def may_meet(one: Pattern, other: Pattern) -> bool:
    """Tell whether some text may match both patterns.

    A False is certain, a True is not.
    """
    if isinstance(one, str):
        return holds(other, one)
    if isinstance(other, str):
        return holds(one, other)
    return _compatible(one, other) and _compatible(one[::-1], other[::-1])


def merged(one: tuple[str, ...], other: tuple[str, ...], filling: str) -> str | None:
    """Return a text that both patterns match, None where none is seen.

    It has both heads, all middle parts and both tails, with `filling` for each STAR. None where one of them has no STAR
    or the heads or tails differ.
    """
    if STAR not in one or STAR not in other:
        return None
    mine, theirs = _parts(one), _parts(other)
    head = _overlaid(mine[0], theirs[0])
    tail = _overlaid(mine[-1][::-1], theirs[-1][::-1])
    if head is None or tail is None:
        return None
    return filling.join([head, *map(_plain, mine[1:-1]), *map(_plain, theirs[1:-1]), tail[::-1]])


def _parts(pattern: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return what stands between the STARs."""
    parts: list[tuple[str, ...]] = []
    start = 0
    for at, token in enumerate(pattern):
        if token == STAR:
            parts.append(pattern[start:at])
            start = at + 1
    return [*parts, pattern[start:]]


def _plain(part: tuple[str, ...]) -> str:
    return "".join("1" if token == ANY else token for token in part)


def _overlaid(one: tuple[str, ...], other: tuple[str, ...]) -> str | None:
    """Return a text that two heads both match."""
    short, long = sorted((one, other), key=len)
    found: list[str] = []
    for left, right in zip(short, long, strict=False):
        if left != right and ANY not in {left, right}:
            return None
        found.append(right if left == ANY else left)
    return _plain((*found, *long[len(short) :]))


def _compatible(one: Pattern, other: Pattern) -> bool:
    """Tell whether the tokens before the first STAR of either agree."""
    for left, right in zip(one, other, strict=False):
        if STAR in {left, right}:
            return True
        if left != right and ANY not in {left, right}:
            return False
    rest = one[len(other) :] or other[len(one) :]
    return not rest or rest[0] == STAR
