"""A search for a text that matches some patterns, none of others, and lies in a language."""

from bisect import bisect_left
from collections.abc import Sequence

from grantlint.access.cover.sets.boxes import Spend
from grantlint.access.cover.sets.languages import Language, accepts
from grantlint.access.cover.sets.pattern import Pattern, holds, includes, may_meet
from grantlint.access.host.glob import ANY, STAR

_WORD = 2048  # bits that one unit of work handles
_FINDS = 4
_State = tuple[tuple[int, ...], object, str, bool, int]
"""Places in the targets, state of the language, the text, whether a hole begins with it, the covers' places."""


class _Chain:
    """A pattern as a chain of places: place j waits for its j-th token that is no STAR."""

    __slots__ = ("loops", "waits")

    def __init__(self, pattern: Pattern) -> None:
        """Take the pattern apart: loops[j] tells whether a STAR stands before token j, or at the end."""
        self.waits: list[str] = []
        self.loops: list[bool] = [False]
        for token in pattern:
            if token == STAR:
                self.loops[-1] = True
            else:
                self.waits.append(token)
                self.loops.append(False)

    def after(self, place: int, character: str) -> list[int]:
        """Return the places reached from one by one character."""
        found = [place] if self.loops[place] else []
        if place < len(self.waits) and self.waits[place] in {ANY, character}:
            found.append(place + 1)
        return found


class _Covers:
    """All places of all covers in one integer, so that one shift moves every cover."""

    __slots__ = ("final", "loops", "matches", "open_end", "size", "start", "waits_any")

    def __init__(self, covers: Sequence[Pattern], alphabet: Sequence[str]) -> None:
        """Lay the covers' places side by side; a final place has no token, so no shift leaves its cover."""
        self.start = self.final = self.loops = self.waits_any = 0
        self.matches = dict.fromkeys(alphabet, 0)
        at = 0
        for cover in covers:
            chain = _Chain(cover)
            self.start |= 1 << at
            for place, loop in enumerate(chain.loops):
                bit = 1 << at + place
                if loop:
                    self.loops |= bit
                if place == len(chain.waits):
                    self.final |= bit
                elif chain.waits[place] == ANY:
                    self.waits_any |= bit
                elif chain.waits[place] in self.matches:
                    self.matches[chain.waits[place]] |= bit
            at += len(chain.loops)
        self.open_end = self.final & self.loops
        self.size = at

    def step(self, alive: int, character: str) -> int:
        """Return the places alive after one more character."""
        return (alive & (self.matches[character] | self.waits_any)) << 1 | alive & self.loops


def shortest(
    targets: Sequence[Pattern], covers: Sequence[Pattern], holes: Sequence[str], language: Language, spend: Spend
) -> str | None:
    """Return a shortest text of the targets outside covers and holes.

    It is in all targets and the language; None is a proof that there is none. `holes` is a sorted sequence of single
    texts. Few covers matter as a rule: the search begins with none, takes in those that match what it finds, and with
    the fourth find takes in all.
    """
    for target in targets:
        if isinstance(target, str):
            spend(1 + len(covers) // 8)
            good = all(holds(other, target) for other in targets) and accepts(language, target)
            good = good and not _is_hole(holes, target)
            return target if good and not any(holds(cover, target) for cover in covers) else None
    spend(1 + len(covers) // 4)
    if any(includes(cover, target) for cover in covers for target in targets):
        return None
    active: list[Pattern] = []
    for _ in range(_FINDS):
        text = _search(targets, active, holes, language, spend)
        if text is None:
            return None
        spend(1 + len(covers) // 8)
        hits = [cover for cover in covers if holds(cover, text)]
        if not hits:
            return text
        active += hits
    spend(len(covers) // 4)
    rest = [cover for cover in covers if all(may_meet(cover, target) for target in targets)]
    return _search(targets, rest, holes, language, spend)


def _search(  # noqa: C901 - one breadth-first search; cut up, it would pass its whole state around
    targets: Sequence[Pattern], covers: Sequence[Pattern], holes: Sequence[str], language: Language, spend: Spend
) -> str | None:
    """Search breadth first over (places in the targets, state of the language, text near a hole, covers' places).

    Invariant: a state is dropped only if another one was seen no later, with the same targets and language,
    that is followed by no hole or by the same ones, and whose covers' places are a subset: whatever text
    saves the dropped state saves that one, too.
    """
    mentioned = {token for pattern in (*targets, *covers) for token in pattern if token not in {ANY, STAR}}
    if holes:
        mentioned.update(*holes)
        spend(len(holes) // 8)
    alphabet = language.alphabet(mentioned)
    chains = [_Chain(target) for target in targets]
    state = _Covers(covers, alphabet)
    step_cost = 1 + state.size // _WORD
    spend(state.size // 8)
    places = (0,) * len(chains)
    level: list[_State] = [(places, language.start, "", bool(holes), state.start)]
    seen: dict[tuple[tuple[int, ...], object, str | None], list[int]] = {}
    moves: dict[tuple[tuple[int, ...], str], list[tuple[int, ...]]] = {}
    if state.start & state.open_end:
        return None
    while level:
        following: list[_State] = []
        for places, spoken, text, near, alive in level:
            if not alive & state.final and language.final(spoken):
                ended = all(place == len(chain.waits) for place, chain in zip(places, chains, strict=True))
                if ended and not (near and _is_hole(holes, text)):
                    return text
            for character in alphabet:
                now = language.step(spoken, character)
                if now is None:
                    continue
                spend(step_cost)
                goals = moves.get((places, character))
                if goals is None:
                    goals = moves[places, character] = _moves(chains, places, character)
                then = state.step(alive, character)
                if not goals or then & state.open_end:
                    continue
                longer = text + character
                still_near = near and _begins_some(holes, longer)
                for goal in goals:
                    if _dominated(seen, goal, now, longer if still_near else None, then, spend):
                        continue
                    following.append((goal, now, longer, still_near, then))
        level = following
    return None


def _moves(chains: Sequence[_Chain], places: tuple[int, ...], character: str) -> list[tuple[int, ...]]:
    """Return every combination of places the targets may reach by one character."""
    found: list[tuple[int, ...]] = [()]
    for chain, place in zip(chains, places, strict=True):
        steps = chain.after(place, character)
        found = [(*goal, step) for goal in found for step in steps]
    return found


def _is_hole(holes: Sequence[str], text: str) -> bool:
    at = bisect_left(holes, text)
    return at < len(holes) and holes[at] == text


def _begins_some(holes: Sequence[str], text: str) -> bool:
    at = bisect_left(holes, text)
    return at < len(holes) and holes[at].startswith(text)


def _dominated(
    seen: dict[tuple[tuple[int, ...], object, str | None], list[int]],
    places: tuple[int, ...],
    spoken: object,
    near: str | None,
    alive: int,
    spend: Spend,
) -> bool:
    """Tell whether a state at least as good was seen.

    Else remember this one.
    """
    free = seen.setdefault((places, spoken, None), [])
    spend(len(free) // 4)
    if any(not known & ~alive for known in free):
        return True
    if near is None:
        free[:] = [known for known in free if alive & ~known]
        free.append(alive)
        return False
    same = seen.setdefault((places, spoken, near), [])
    if any(not known & ~alive for known in same):
        return True
    same.append(alive)
    return False
