"""The texts a client may show, as automata: names, plausible names, IPv6 addresses.

A language is a start state, a step and a test for final states. States are small hashable values, None is
the dead state. `alphabet` reduces the characters to one of each kind that no pattern mentions: characters
that all patterns and the language treat alike are interchangeable.
"""

from collections.abc import Collection
from functools import lru_cache

from grantlint.access.host.client import SOME_ZONE
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Protocol

_DIGITS = "0123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PLAIN_LETTERS = "yzhostgijklmnpqruvw"
"""Letters that mean nothing in a number; any of them does what another does."""
NEVER_IN_NAMES = frozenset(": \t\n\v\f\r")
_GROUPS = 8


class Language(Protocol):
    """A set of texts, read character by character."""

    start: object

    def step(self, state: object, character: str) -> object | None:
        """Return the state after one more character.

        None where no text of the language goes on so.
        """
        ...

    def final(self, state: object) -> bool:
        """Tell whether the language holds the text read so far."""
        ...

    def alphabet(self, mentioned: Collection[str]) -> list[str]:
        """Return the characters worth trying when patterns mention these."""
        ...


def accepts(language: Language, text: str) -> bool:
    """Tell whether the language holds the text."""
    state: object | None = language.start
    for character in text:
        state = language.step(state, character)
        if state is None:
            return False
    return language.final(state)


def _fresh(candidates: str, mentioned: Collection[str]) -> list[str]:
    """Return the first candidate that is not mentioned, if any."""
    return [one for one in candidates if one not in mentioned][:1]


class _Names:
    r"""Every name a look-up may give: any text, in lower case, that does not read as an address.

    The server throws away a name that matches `^[0-9]+\.`, and a resolver takes 12345 or 0x0a000307 for the
    address of that number, so that such a name never leads back to its client (facts: C7). Left out
    are: digits and a dot at the start, digits only, 0x with hexadecimal digits and dots only; and texts with
    a colon or a blank, which are addresses, ports and slips, and which no look-up gives (facts: C6).
    """

    start: object = "empty"

    def step(self, state: object, character: str) -> object | None:
        if character in NEVER_IN_NAMES:
            return None
        if state == "other":
            return state
        if state == "hex":
            return "hex" if character in "0123456789abcdef.x" else "other"
        if character in _DIGITS:
            return "zero" if state == "empty" and character == "0" else "digits"
        if character == "." and state != "empty":
            return None
        return "hex" if character == "x" and state == "zero" else "other"

    def final(self, state: object) -> bool:
        return state == "other"

    def alphabet(self, mentioned: Collection[str]) -> list[str]:
        others = _PLAIN_LETTERS + "-_~" + "".join(map(chr, range(0x100, 0x180)))
        fresh = _fresh(others, mentioned) + _fresh("7" + _DIGITS, mentioned)
        return fresh + sorted({*mentioned, "."})


class _PlausibleNames:
    """Names that a sane DNS holds: labels of letters, digits, hyphens inside and underscores; no number."""

    start: object = "start"

    def step(self, state: object, character: str) -> object | None:
        if character in _DIGITS:
            if state == "start" and character == "0":
                return "zero"
            return "digits" if state in {"start", "zero", "digits"} else "label"
        if character in _LETTERS or character == "_":
            return None if state == "zero" and character == "x" else "label"
        if character == "-":
            return "hyphen" if state in {"zero", "digits", "label", "hyphen"} else None
        return "dot" if character == "." and state == "label" else None

    def final(self, state: object) -> bool:
        return state == "label"

    def alphabet(self, mentioned: Collection[str]) -> list[str]:
        allowed = set(_LETTERS + _DIGITS + "-_")
        fresh = _fresh(_PLAIN_LETTERS, mentioned) + _fresh("7" + _DIGITS, mentioned)
        return fresh + sorted(allowed.intersection(mentioned) | {"."})


_HEXADECIMAL = "0123456789abcdef"
_LINK = "link-local"


def _goes_on(zone: str, character: str) -> bool:
    return SOME_ZONE.startswith(zone + character)


def _begun(link: str, digit: str) -> str:
    """Return how much of the first group of a link-local address has been read after one more digit."""
    if link in {_LINK, "no"}:
        return link
    if link == "fe":
        return "fe8" if digit in "89ab" else "no"
    if link == "fe8":
        return _LINK
    return {("", "f"): "f", ("f", "e"): "fe"}.get((link, digit), "no")


class _Ipv6State(NamedTuple):
    """How far an IPv6 text has been read.

    group: what stands in the current group: "start", "lead" (one leading colon), "colon", "gap" (after ::),
    "0", or the number of its digits. left, right: whole groups before and after ::. run: zero groups just
    before this place; most_left, most_right: the longest zero run on each side. all_f: the first group after
    a leading :: is fs only so far, or was ffff. one: the group at hand is 1, the first after a leading ::. link: what
    is read of fe80 to febf in the first group, "no" where it is another one. zone: what is read of it, with its sign.
    """

    group: str
    gap: bool
    left: int
    right: int
    run: int
    most_left: int
    most_right: int
    all_f: bool
    one: bool = False
    link: str = ""
    zone: str = ""


class _Ipv6:
    """Every text that inet_ntop prints for an IPv6 client, as a server shows it.

    The leftmost longest run of at least two zero groups is `::`, digits are lower case without leading
    zeros. A link-local one goes on with its zone (facts: C9), for which `%eth0` stands. Left out: `::`, and all
    `::a.b.c.d` (but `::1`) and `::ffff:a.b.c.d`, whose clients arrive as IPv4 (facts: C8).
    """

    start: object = _Ipv6State("start", gap=False, left=0, right=0, run=0, most_left=0, most_right=0, all_f=True)

    def step(self, state: object, character: str) -> object | None:
        return _after(self, state, character) if isinstance(state, _Ipv6State) else None

    def after(self, state: _Ipv6State, character: str) -> _Ipv6State | None:
        """Return the state after one more character."""
        if state.zone:
            return state._replace(zone=state.zone + character) if _goes_on(state.zone, character) else None
        if character == "%":
            return state._replace(zone="%") if state.link == _LINK and self._is_whole(state) else None
        if character == ":":
            colon = self._colon(state)
            return colon if colon is None or state.link == _LINK else colon._replace(link="no")
        digit = self._digit(state, character) if character in _HEXADECIMAL else None
        return digit and digit._replace(link=_begun(state.link, character))

    def _digit(self, state: _Ipv6State, character: str) -> _Ipv6State | None:
        if state.group in {"lead", "0", "4"}:
            return None
        first = state.gap and not state.left and not state.right
        if state.group in {"1", "2", "3"}:
            all_f = state.all_f and (not first or character == "f")
            return state._replace(group=str(int(state.group) + 1), all_f=all_f, one=False)
        longer_gap = state.group == "gap" and character == "0"
        if longer_gap or state.left + state.right >= _GROUPS - 2 * state.gap:
            return None
        all_f = character == "f" if first else state.all_f
        one = first and character == "1"
        return state._replace(group="0" if character == "0" else "1", all_f=all_f, one=one)

    def _colon(self, state: _Ipv6State) -> _Ipv6State | None:
        if state.group == "start":
            return state._replace(group="lead")
        if state.group in {"lead", "colon"}:
            if state.gap or state.run:
                return None
            return state._replace(group="gap", gap=True)
        if state.group == "gap":
            return None
        return self._closed(state)._replace(group="colon")

    def _closed(self, state: _Ipv6State) -> _Ipv6State:
        """Return the state with the current group counted."""
        run = state.run + 1 if state.group == "0" else 0
        if state.gap:
            all_f = state.all_f if state.right else state.all_f and state.group == "4"
            most = max(state.most_right, run)
            return state._replace(right=state.right + 1, run=run, most_right=most, all_f=all_f)
        return state._replace(left=state.left + 1, run=run, most_left=max(state.most_left, run))

    def final(self, state: object) -> bool:
        if not isinstance(state, _Ipv6State):
            return False
        return state.zone == SOME_ZONE if state.link == _LINK else self._is_whole(state)

    def _is_whole(self, state: _Ipv6State) -> bool:
        if state.group in {"start", "lead", "colon"}:
            return False
        whole = state if state.group == "gap" else self._closed(state)
        if not whole.gap:
            return whole.left == _GROUPS and whole.most_left <= 1
        gap = _GROUPS - whole.left - whole.right
        of_ipv4 = gap in {6, _GROUPS} or (gap == _GROUPS - 1 and not state.one) or (gap == 5 and whole.all_f)  # noqa: PLR2004 - see above
        if whole.left == 0 and of_ipv4:
            return False
        return gap > max(whole.most_left, 1) and gap >= whole.most_right

    def alphabet(self, mentioned: Collection[str]) -> list[str]:
        fresh = _fresh("23456789abcde", mentioned)  # 1 is like no other digit: of all ::n, ::1 alone is IPv6
        if "f" not in mentioned:
            return fresh + sorted({*mentioned, "0", "1", "f", ":"}.intersection("0123456789abcdef:"))
        return fresh + sorted(
            {*mentioned, "0", "1", "8", "f", ":", *SOME_ZONE}.intersection("0123456789abcdef:" + SOME_ZONE)
        )


@lru_cache(maxsize=1 << 14)
def _after(language: _Ipv6, state: _Ipv6State, character: str) -> _Ipv6State | None:
    """Return the state after one more character, worked out once: searches take the same steps again and again."""
    return language.after(state, character)


NAMES = _Names()
PLAUSIBLE_NAMES = _PlausibleNames()
IPV6 = _Ipv6()
