"""The `priv` argument, split as the module splits it (community.mysql, module_utils/user.py, privileges_unpack).

`db.*:SELECT,INSERT/other.tbl:ALL,GRANT`: first at every `/`, then at the last `:`, then at the last `.`. The parts of
a name lose their backquotes and get new ones, except a bare `*`; nothing escapes `_` or `%`, so `my_db.*` reaches the
server as a pattern. GRANT among the privileges is the grant option. Of a target that is named twice the last counts.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from grantlint.location import Located, Span, Text, Unresolved
from grantlint.model import Grant, Naming
from grantlint.reader.ansible.resolution import OPAQUE, Written

_PLAIN_NAME = re.compile(r"(?!\d+\Z)[0-9A-Za-z_$]+\Z")
_COMMA = re.compile(r",\s*(?=[^)]*(?:\(|$))")  # a comma outside of a column list
_OPTIONS = frozenset({"GRANT", "GRANT OPTION", "WITH GRANT OPTION"})


class Stretch(NamedTuple):
    """A piece of the argument, and where in it the piece stands."""

    text: str
    start: int
    end: int


class Item(NamedTuple):
    """What stands between two `/`: a target, its privileges, and the grant option."""

    whole: Stretch
    target: Stretch
    privileges: tuple[Stretch, ...]
    option: Stretch | None
    opaque: bool  # a piece of it is known only during a run


def grants_of(argument: Written) -> tuple[tuple[Grant, ...], tuple[Span, ...]]:
    """Return the grants of a `priv` argument, and the places of what names no privileges (no `:` in it)."""
    items, wrong = split(argument.value)
    grants = tuple([_grant(argument, item) for item in items])
    return grants, tuple([argument.place(item.whole.start, item.whole.end) for item in wrong]) if wrong else ()


def _grant(argument: Written, item: Item) -> Grant:
    span = argument.place(item.whole.start, item.whole.end)
    privileges = tuple([_text(argument, privilege, item) for privilege in item.privileges])
    option: Located[bool] | Unresolved | None = None
    if item.option:
        option = Located(True, *argument.place(item.option.start, item.option.end))  # noqa: FBT003 - the value it locates
    elif item.opaque:  # a template among the privileges may hold GRANT
        option = next((privilege for privilege in privileges if isinstance(privilege, Unresolved)), None)
    if not privileges:
        # GRANT alone changes nothing but the option; the account keeps what it has.
        privileges = (Located("USAGE", *span),)
    return Grant(privileges, _text(argument, item.target, item), span, option, Naming.NAMES)


def _text(argument: Written, stretch: Stretch, item: Item) -> Text:
    text, start, end = stretch
    if item.opaque and OPAQUE in text:
        return Unresolved("a Jinja template", *argument.place(start, end))
    base = argument.base
    if base >= 0:
        return Located(text, argument.span.source, base + start, base + end)
    return Located(text, *argument.place(start, end))


@lru_cache(maxsize=1 << 14)
def split(text: str) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Split a `priv` argument into the items that count and those that name no privileges."""
    found: dict[str, Item] = {}
    wrong: list[Item] = []
    at = 0
    for raw in text.split("/"):
        whole = _stripped(raw, at)
        at += len(raw) + 1
        if not whole.text:
            continue
        item = _item(whole)
        if item.privileges or item.option:
            target = f"{item.target.text}{at}" if item.opaque else item.target.text
            found.pop(target, None)
            found[target] = item
        else:
            wrong.append(item)
    return tuple(found.values()), tuple(wrong)


def _item(whole: Stretch) -> Item:
    target, colon, listed = whole.text.rpartition(":")
    if not colon:
        if OPAQUE in whole.text:  # {{ grants }}: target and privileges at once
            return Item(whole, whole, (whole,), None, opaque=True)
        return Item(whole, whole, (), None, opaque=False)
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
    target_stretch = stretch._replace(text=_target(stretch.text))
    return Item(whole, target_stretch, tuple(privileges), option, OPAQUE in whole.text)


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


def _target(text: str) -> str:
    kind = ""
    for word in ("FUNCTION ", "PROCEDURE "):
        if text.startswith(word):
            kind, text = word, text.removeprefix(word)
    database, dot, name = text.rpartition(".")
    return f"{kind}{_quoted(database)}.{_quoted(name)}" if dot else f"{kind}{_quoted(text)}"


def _quoted(name: str) -> str:
    """Return a name as the statement has it; without backquotes where they change nothing, for people to read."""
    name = name.strip("`")
    return name if name == "*" or OPAQUE in name or _PLAIN_NAME.match(name) else f"`{name}`"
