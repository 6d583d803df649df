"""The words of which a file holds one if it could hold accounts: what is searched for before anything is decoded.

A search costs about what reading the file did, so there are few words, and those of several formats are put together.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_HEAD = 1_000  # bytes
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Words(NamedTuple):
    """Words in lower case, one of which a file holds: anywhere, at the beginning of a line, or in its first lines."""

    anywhere: tuple[bytes, ...] = ()
    at_margin: tuple[bytes, ...] = ()
    in_head: tuple[bytes, ...] = ()


class Sieve:
    """One search for the words of several formats."""

    __slots__ = ("_in_head", "_margin", "_signs", "_wanted", "_words")

    def __init__(self, wanted: Sequence[Words]) -> None:
        self._wanted = [{*each.anywhere, *each.at_margin, *each.in_head} for each in wanted]
        words = {word for each in wanted for word in each.anywhere}
        # Where one of these is not, none of the words is that hold it.
        self._signs = [word for word in words if not any(other in word for other in words if other != word)]
        self._words = [word for word in words if word not in self._signs]
        self._in_head = {word for each in wanted for word in each.in_head}
        margin = {word for each in wanted for word in each.at_margin}
        # One expression that begins with a fixed character takes less time than two searches.
        self._margin = re.compile(b"\n(%b)" % b"|".join(map(re.escape, margin))) if margin else None

    def matches(self, data: bytes) -> list[int]:
        """Return the places, in the sequence of words given, of those that the bytes of a file hold."""
        lowered = data.lower()
        found = [sign for sign in self._signs if sign in lowered]
        if found:
            found += [word for word in self._words if word in lowered]
        if self._margin:
            found += self._margin.findall(b"\n" + lowered.removeprefix(_BYTE_ORDER_MARK))
        if self._in_head:
            head = lowered[:_HEAD]
            found += [word for word in self._in_head if word in head]
        return [place for place, words in enumerate(self._wanted) if not words.isdisjoint(found)] if found else []
