"""The `priv` argument, split as the module splits it (community.mysql, module_utils/user.py, privileges_unpack).

`db.*:SELECT,INSERT/other.tbl:ALL,GRANT`: first at every `/`, then at the last `:`, then at the last `.`. The parts of
a name lose their backquotes and get new ones, except a bare `*`; nothing escapes `_` or `%`, so `my_db.*` reaches the
server as a pattern. GRANT among the privileges is the grant option. Of a target that is named twice the last counts.

A slip of the module: the privileges of an item with columns are put, without the columns, upon the last item before it
that has none (facts: O1).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from grantlint.model import Fault, Grant, GrantTarget, Naming, SomeDatabase
from grantlint.model.location import Located, Span, Unresolved
from grantlint.model.privilege import parse_privilege
from grantlint.model.scope import Level, Scope, ScopeSyntaxError, scope_of
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TypeVar
from grantlint.reader.formats.ansible.values.resolution import TO_FILL
from grantlint.reader.formats.ansible.values.written import OPAQUE, Written
from grantlint.reader.leaf.targets import Targets

T = TypeVar("T")

_COMMA = re.compile(r",\s*(?=[^)]*(?:\(|$))")  # a comma outside of a column list
_TWICE = "a target stands twice in one `priv`; the module grants what stands last alone"
_TWICE_HELP = "Write one item for the target, with all its privileges."
_SPILLED = "the module grants {privileges} of this item on {target} as well, without the columns"
_SPILLED_HELP = "Write the items with columns before all others."
_OPTIONS = frozenset({"GRANT", "GRANT OPTION", "WITH GRANT OPTION"})


class Stretch(NamedTuple):
    """A piece of the argument, and where in it the piece stands."""

    text: str
    start: int
    end: int


class Item(NamedTuple):
    """One grant of a `priv` argument: target, privileges, grant option. Items stand between `/`."""

    whole: Stretch
    target: Stretch
    scope: Scope | str  # what is wrong with it
    privileges: tuple[Stretch, ...]
    option: Stretch | None
    opaque: bool  # a piece of it is known only during a run


class Split(NamedTuple):
    """A `priv` argument's items: those that count, wrong ones, lost ones.

    A wrong item names no privileges. A lost item is replaced by a later one. spilled: each item with columns, and the
    one that its privileges are put upon.
    """

    items: tuple[Item, ...]
    wrong: tuple[Item, ...]
    lost: tuple[Item, ...]
    spilled: tuple[tuple[Item, Item], ...] = ()


class Granted(NamedTuple):
    """The grants of a `priv` argument, and what is wrong in it.

    wrong: places without privileges (no `:`); faults: of targets.
    """

    grants: tuple[Grant, ...]
    wrong: tuple[Span, ...]
    faults: tuple[Fault, ...]


def grants_of(argument: Written) -> Granted:
    """Return the grants of a `priv` argument."""
    items, wrong, lost, spilled = split(argument.value)
    replaced = [argument.place(item.whole.start, item.whole.end) for item in lost]
    faults = [Fault("duplicate-key", _TWICE, place, _TWICE_HELP) for place in replaced]
    faults += [_spill(argument, item, upon) for item, upon in spilled]
    grants = tuple([_grant(argument, item, faults) for item in items])
    places = tuple([argument.place(item.whole.start, item.whole.end) for item in wrong]) if wrong else ()
    return Granted(grants, places, tuple(faults))


def _spill(argument: Written, item: Item, upon: Item) -> Fault:
    names = ", ".join(stretch.text for stretch in _without_columns(item))
    place = argument.place(item.whole.start, item.whole.end)
    argument.span.source.show(place.start, place.end)
    message = _SPILLED.format(privileges=names, target=upon.scope)
    return Fault("columns-spill", message, place, _SPILLED_HELP)


def _grant(argument: Written, item: Item, faults: list[Fault]) -> Grant:
    span = argument.place(item.whole.start, item.whole.end)
    privileges = tuple([_leaf(argument, one, item, parse_privilege(one.text)) for one in item.privileges])
    option: Located[bool] | Unresolved | None = None
    if item.option:
        option = Located(True, *argument.place(item.option.start, item.option.end))  # noqa: FBT003 - the value it locates
    elif item.opaque:  # a template among the privileges may hold GRANT
        option = next((privilege for privilege in privileges if isinstance(privilege, Unresolved)), None)
    return Grant(privileges, _target(argument, item, faults), span, option, Naming.NAMES)


def _target(argument: Written, item: Item, faults: list[Fault]) -> GrantTarget:
    if isinstance(item.scope, Scope):
        target = _leaf(argument, item.target, item, item.scope)
        if isinstance(target, Unresolved) and item.scope.level is Level.DATABASE:
            return SomeDatabase.of(target)
        return target
    place = argument.place(item.target.start, item.target.end)
    if OPAQUE in item.target.text:
        return Unresolved("a Jinja template", *place)
    if argument.composed and item.target.text.startswith("."):
        return Unresolved(TO_FILL.reason, *place)
    return Targets(faults).none(item.scope, place)


def _leaf(argument: Written, stretch: Stretch, item: Item, value: T) -> Located[T] | Unresolved:
    text, start, end = stretch
    if item.opaque and OPAQUE in text:
        return Unresolved("a Jinja template", *argument.place(start, end))
    base = argument.base
    if base >= 0:
        return Located(value, argument.span.source, base + start, base + end)
    return Located(value, *argument.place(start, end))


@lru_cache(maxsize=1 << 14)
def split(text: str) -> Split:
    """Return the items of a `priv` argument."""
    found: dict[object, Item] = {}
    wrong: list[Item] = []
    lost: list[Item] = []
    spilled: list[tuple[Item, Item]] = []
    last: object = None
    at = 0
    for raw in text.split("/"):
        whole = _stripped(raw, at)
        at += len(raw) + 1
        if not whole.text:
            continue
        item = _item(whole)
        if item.privileges or item.option:
            target: object = (item.target.text, at) if item.opaque else item.scope
            if target in found:
                lost.append(found.pop(target))
            found[target] = item
            if not _has_columns(item):
                last = target
            elif last in found:
                spilled.append((item, found[last]))
                found[last] = _with_spilled(found[last], item)
        else:
            wrong.append(item)
    return Split(tuple(found.values()), tuple(wrong), tuple(lost), tuple(spilled))


def _has_columns(item: Item) -> bool:
    return not item.opaque and any("(" in stretch.text for stretch in item.privileges)


def _without_columns(item: Item) -> Iterator[Stretch]:
    for stretch in item.privileges:
        name = stretch.text.partition("(")[0].rstrip()
        yield Stretch(name, stretch.start, stretch.start + len(name))


def _with_spilled(upon: Item, item: Item) -> Item:
    return upon._replace(privileges=(*upon.privileges, *_without_columns(item)), option=upon.option or item.option)


def _item(whole: Stretch) -> Item:
    target, colon, listed = whole.text.rpartition(":")
    if not colon:
        if OPAQUE in whole.text:  # {{ grants }}: target and privileges at once
            return Item(whole, whole, "", (whole,), None, opaque=True)
        return Item(whole, whole, "", (), None, opaque=False)
    at = whole.start + len(target) + 1
    privileges: list[Stretch] = []
    option: Stretch | None = None
    for raw, start in _listed(listed):
        found = _stripped(raw, at + start)
        name, bracket, columns = found.text.partition("(")
        normal = found._replace(text=f"{name.upper()}{bracket}{columns}")
        if normal.text in _OPTIONS:
            option = normal
        elif normal.text:
            privileges.append(normal)
    stretch = _stripped(target, whole.start)
    return Item(whole, stretch, _scope(stretch.text), tuple(privileges), option, OPAQUE in whole.text)


def _listed(text: str) -> list[tuple[str, int]]:
    if "(" not in text:
        found: list[tuple[str, int]] = []
        at = 0
        for piece in text.split(","):
            found.append((piece, at))
            at += len(piece) + 1
        return found
    marks = [(0, 0), *(match.span() for match in _COMMA.finditer(text)), (len(text), len(text))]
    return [(text[left[1] : right[0]], left[1]) for left, right in pairwise(marks)]


def _stripped(text: str, at: int) -> Stretch:
    start = at + len(text) - len(text.lstrip())
    text = text.strip()
    return Stretch(text, start, start + len(text))


def _scope(text: str) -> Scope | str:
    """Return what the module makes of a target, or what is wrong with it."""
    kind = ""
    for word in ("FUNCTION", "PROCEDURE"):
        if text.startswith(f"{word} "):
            kind, text = word, text[len(word) + 1 :]
    database, dot, name = text.rpartition(".")
    if name == "`*`":  # the module leaves it as it is, so that it is the name of a table
        name = "*"
        if dot and database.strip("`") != "*":
            return Scope(Level.TABLE, database.strip("`"), name)
    try:
        return scope_of(database.strip("`") if dot else None, name.strip("`"), kind)
    except ScopeSyntaxError as error:
        return str(error)
