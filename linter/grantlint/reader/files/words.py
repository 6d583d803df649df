"""The words to search for: a file without any of them holds no accounts, and is never decoded.

A search costs about what reading the file did, so there are few words, and those of several formats are put together.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from grantlint.platform.record import NamedTuple

_HEAD = 1_000  # bytes
_PARTS = (b"sql", b" user")
"""Parts of several words: where one is not, neither is a word that holds it."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Words(NamedTuple):
    """Words of a format, in lower case.

    A file holds one of them: anywhere, at a line's beginning, or in its first lines.
    """

    anywhere: tuple[bytes, ...] = ()
    at_margin: tuple[bytes, ...] = ()
    in_head: tuple[bytes, ...] = ()


class Sieve:
    """One search for the words of several formats."""

    __slots__ = ("_in_head", "_margin", "_signs", "_wanted", "_with_sign")

    def __init__(self, wanted: Sequence[Words]) -> None:
        self._wanted = [{*each.anywhere, *each.at_margin, *each.in_head} for each in wanted]
        words = {word for each in wanted for word in each.anywhere}
        # Substrings of all other words: a text without them holds none of those.
        signs = [word for word in words if not any(other in word for other in words if other != word)]
        self._with_sign: dict[bytes, list[bytes]] = {}  # the other words by the longest sign in each
        for word in words.difference(signs):
            sign = max((sign for sign in signs if sign in word), key=len)
            self._with_sign.setdefault(sign, []).append(word)
        self._signs = _by_part(signs, lambda word: next((part for part in _PARTS if part in word), word))
        self._in_head = _by_part({word for each in wanted for word in each.in_head}, lambda word: word[:1])
        margin = {word for each in wanted for word in each.at_margin}
        # One expression that begins with a fixed character takes less time than two searches.
        self._margin = re.compile(b"\n(%b)" % b"|".join(map(re.escape, margin))) if margin else None

    def matches(self, data: bytes) -> list[int]:
        """Return the indexes of the lists with a word in these bytes."""
        lowered = data.lower()
        holds = lowered.find  # `in` asks first whether the word is a number
        found = [sign for part, signs in self._signs if holds(part) >= 0 for sign in signs if holds(sign) >= 0]
        found += [word for sign in found for word in self._with_sign.get(sign, ()) if holds(word) >= 0]
        if self._margin:
            found += self._margin.findall(b"\n" + lowered.removeprefix(_BYTE_ORDER_MARK))
        if self._in_head:
            holds = lowered[:_HEAD].find
            found += [word for part, words in self._in_head if holds(part) >= 0 for word in words if holds(word) >= 0]
        return [place for place, words in enumerate(self._wanted) if not words.isdisjoint(found)] if found else []


def _by_part(words: Iterable[bytes], part_of: Callable[[bytes], bytes]) -> list[tuple[bytes, list[bytes]]]:
    """Return words by a part of them. Where the part is missing, so are they."""
    found: dict[bytes, list[bytes]] = {}
    for word in words:
        found.setdefault(part_of(word), []).append(word)
    return [*found.items()]


def has_account_words(text: str) -> bool:
    """Return whether a text holds a word of account statements. Cheap, and often wrong."""
    lower = text.lower()
    return any(word in lower for word in ("grant", "user", "password"))
