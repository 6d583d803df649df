"""Names of databases in grants as patterns: what they match, and what two of them have in common.

`_` and `%` are wildcards, a backslash escapes them (facts: I1).
"""

import re
from functools import lru_cache


def underscores(database: str) -> int:
    r"""Return how many `_` in a database pattern are wildcards.

    >>> underscores("a_b_c"), underscores(r"a\_b")
    (2, 0)
    """
    return database.replace("\\\\", "").replace("\\_", "").count("_")


@lru_cache(maxsize=8192)
def literal_of(database: str) -> str | None:
    r"""Return the one database a pattern matches, None if several.

    >>> literal_of(r"foo\_bar"), literal_of("foo_bar")
    ('foo_bar', None)
    """
    plain: list[str] = []
    characters = iter(database)
    for character in characters:
        if character == "\\":
            plain.append(next(characters, "\\"))
        elif character in "_%":
            return None
        else:
            plain.append(character)
    return "".join(plain)


def escaped(database: str) -> str:
    r"""Return the name in a grant that stands for exactly this database.

    >>> escaped("foo_bar")
    'foo\\_bar'
    """
    return database.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%")


@lru_cache(maxsize=8192)
def are_disjoint(first: str, second: str) -> bool:
    r"""Return whether two database patterns surely match no common name.

    False is no proof of the contrary.

    >>> are_disjoint("shop_a", "shop_b"), are_disjoint("shop_", "shop%"), are_disjoint("shop", "shops")
    (True, False, True)
    """
    one, other = _pieces(first), _pieces(second)
    if len(one) != len(other) and "%" not in one and "%" not in other:  # as most
        return True
    return _part(one, other) or _part(one[::-1], other[::-1])


def may_name(pattern: str, database: str) -> bool:
    r"""Return whether the database of a grant may be this one.

    Whatever the case, and whether wildcards count there or not.

    >>> may_name(r"shop\_eu", "SHOP_EU"), may_name("shop%", "shop_eu"), may_name("shop_eu", "crm")
    (True, True, False)
    """
    return not are_disjoint(pattern.lower(), escaped(database).lower())


def _part(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Return whether what stands before the first `%` of two names tells them apart."""
    for one, other in zip(first, second, strict=False):
        if "%" in (one, other):
            return False
        if one != other and "_" not in (one, other):
            return True
    if len(first) == len(second):
        return False
    shorter, longer = sorted((first, second), key=len)
    return any(piece != "%" for piece in longer[len(shorter) :])


@lru_cache(maxsize=8192)
def _pieces(database: str) -> tuple[str, ...]:
    r"""Return the characters of a name in a grant, wildcards as they are, escaped ones behind their backslash."""
    if "\\" not in database:
        return tuple(database)
    found = (match[0] for match in re.finditer(r"\\.|.", database, re.DOTALL))
    return tuple(piece[-1] if len(piece) > 1 and piece[-1] not in "_%" else piece for piece in found)


@lru_cache(maxsize=8192)
def sample_database(first: str, second: str) -> str | None:
    r"""Return a database name that matches both patterns, or None.

    Tries the patterns themselves and what is left of each when its wildcards are filled; so None is no proof.

    >>> sample_database("shop%", r"shop\_eu"), sample_database("shop", "orders")
    ('shop_eu', None)
    """
    if are_disjoint(first, second):
        return None
    for pattern, other in ((first, second), (second, first)):
        matches = _like(other).fullmatch
        for name in _samples(pattern):
            if matches(name):
                return name
    return None


@lru_cache(maxsize=8192)
def _samples(pattern: str) -> tuple[str, ...]:
    """Return some of the names that a pattern matches."""
    return tuple(filter(None, [_filled(pattern, anything) for anything in ("", "x", "_x")]))


def _filled(pattern: str, anything: str) -> str:
    stands_for = {"%": anything, "_": "x"}
    plain: list[str] = []
    characters = iter(pattern)
    for character in characters:
        if character == "\\":
            plain.append(next(characters, "\\"))
        else:
            plain.append(stands_for.get(character, character))
    return "".join(plain)


_WILDCARDS = {"%": ".*", "_": "."}


@lru_cache(maxsize=8192)
def _like(pattern: str) -> re.Pattern[str]:
    pieces = [match[0] for match in re.finditer(r"\\.|.", pattern, re.DOTALL)]
    return re.compile("".join([_WILDCARDS.get(piece) or re.escape(piece[-1]) for piece in pieces]), re.DOTALL)
