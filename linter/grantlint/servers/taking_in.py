"""Which servers take in files that several of them include: as many as can be judged, and what stands for the rest.

N services that mount a folder of N scripts make the square of accounts from a text of N lines.
"""

import os
from collections.abc import Iterable, Mapping

from grantlint.model import Account, Declarations, Fault
from grantlint.model.location import Located, Span, Unresolved
from grantlint.platform.record import NamedTuple

Key = tuple[str, ...]
MOST = 50_000
"""Declarations and steps that are taken in again by further servers: a few seconds of CPython 3.11."""
_RUN = (".sql", ".sh")
_LEFT_OUT = "scripts that more servers take in than they are judged for may make it"
_FEWER = "Lint the services in several runs, or make the accounts in one of them."


class Together(NamedTuple):
    """The parts of each server by its key. `faults` tell what is left out."""

    parts: Mapping[Key, list[Declarations]]
    faults: Mapping[Key, Fault]


def together(numbered: Iterable[tuple[Key, Declarations]], homes: Mapping[str, list[Key]]) -> Together:
    """Return which parts make which server.

    A part that several servers include belongs to each; where that is too much, to the first of them, and the others
    have an account of which nothing is known. What is left out is a fault, once for all servers that include the same.
    """
    parts: dict[Key, list[Declarations]] = {}
    taken = [(own, part, _home(part, homes)) for own, part in numbered]
    most = _most([(part, keys) for _, part, keys in taken if len(keys) > 1])
    faults: dict[Key, Fault] = {}
    told: set[int] = set()
    for own, part, keys in taken:
        allowed = most.get(id(keys), len(keys))
        for key in keys[:allowed] or [own]:
            parts.setdefault(key, []).append(part)
        if allowed < len(keys) and id(keys) not in told:
            told.add(id(keys))
            place = _place(part)
            for key in keys[allowed:]:
                parts.setdefault(key, []).append(_unknown(part, place))
            faults[keys[0]] = _fault(place, len(keys), allowed)
    return Together(parts, faults)


def _home(part: Declarations, homes: Mapping[str, list[Key]]) -> list[Key]:
    """Return the servers that include a part.

    The part names none itself.
    """
    if not homes or part.includes is not None or (part.server and isinstance(part.server.name, Located)):
        return []
    path = os.path.normpath(part.path)
    runs = path.endswith(_RUN) or not path.lower().endswith(_RUN)  # images pass over X.SQL (facts: R7)
    return homes.get(path) or (homes.get(os.path.dirname(path)) if runs else None) or []


def _most(shared: Iterable[tuple[Declarations, list[Key]]]) -> dict[int, int]:
    """Return for how many of the servers of a list the parts that they share are taken in."""
    sizes: dict[int, int] = {}
    many: dict[int, int] = {}
    for part, keys in shared:
        sizes[id(keys)] = sizes.get(id(keys), 0) + len(part.accounts) + len(part.grants) + len(part.steps)
        many[id(keys)] = len(keys)
    left = MOST
    most: dict[int, int] = {}
    for one, size in sizes.items():
        again = min(many[one] - 1, left // size if size else many[one])
        left -= again * size
        most[one] = 1 + again
    return most


def _place(part: Declarations) -> Span:
    spans = [one.span for one in part.steps[:1]] + [one.span for one in part.accounts[:1]]
    return (spans + [one.grant.span for one in part.grants[:1]])[0]  # one of them is there: it takes too much again


def _unknown(part: Declarations, place: Span) -> Declarations:
    """Return what stands for parts that are left out: an account of any name."""
    stand_in = Declarations(part.format, part.path)
    stand_in.accounts.append(Account(Unresolved(_LEFT_OUT, *place), Unresolved(_LEFT_OUT, *place), place))
    return stand_in


def _fault(place: Span, many: int, judged: int) -> Fault:
    said = f"{many:,} servers take in this file, and it is judged for the first {judged:,}"
    return Fault("limit-reached", f"{said}: who gets in at the others is not decided", place, _FEWER)
