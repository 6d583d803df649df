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
from grantlint.model import Grant
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


def grants_of(argument: Written) -> tuple[tuple[Grant, ...], tuple[Span, ...]]:
    """Return the grants of a `priv` argument, and the places of what names no privileges (no `:` in it)."""
    found: dict[str, Grant] = {}
    wrong: list[Span] = []
    for item in split(argument.value):
        span = argument.place(item.whole.start, item.whole.end)
        if item.privileges or item.option or OPAQUE in item.whole.text:
            found.pop(item.target.text, None)
            key = f"{item.target.text}{item.whole.start}" if OPAQUE in item.target.text else item.target.text
            found[key] = _grant(argument, item, span)
        else:
            wrong.append(span)
    return tuple(found.values()), tuple(wrong)


def _grant(argument: Written, item: Item, span: Span) -> Grant:
    option: Located[bool] | Unresolved | None = None
    if item.option:
        option = Located(True, *argument.place(item.option.start, item.option.end))  # noqa: FBT003 - the value it locates
    privileges = tuple(_text(argument, privilege) for privilege in item.privileges)
    unknown = next((privilege for privilege in privileges if isinstance(privilege, Unresolved)), None)
    if unknown and option is None:
        option = unknown  # the template may hold GRANT
    if not privileges:
        # GRANT alone changes nothing but the option; the account keeps what it has.
        privileges = (Located("USAGE", *span),)
    return Grant(privileges, _text(argument, item.target), span, option)


def _text(argument: Written, stretch: Stretch) -> Text:
    place = argument.place(stretch.start, stretch.end)
    return Unresolved("a Jinja template", *place) if OPAQUE in stretch.text else Located(stretch.text, *place)


@lru_cache(maxsize=1 << 14)
def split(text: str) -> tuple[Item, ...]:
    """Split a `priv` argument; an item without `:` has no privileges."""
    found: list[Item] = []
    at = 0
    for raw in text.split("/"):
        whole = _stripped(raw, at)
        if whole.text:
            found.append(_item(whole))
        at += len(raw) + 1
    return tuple(found)


def _item(whole: Stretch) -> Item:
    target, colon, listed = whole.text.rpartition(":")
    if not colon:
        if OPAQUE in whole.text:  # {{ grants }}: target and privileges at once
            return Item(whole, whole, (whole,), None)
        return Item(whole, whole, (), None)
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
    return Item(whole, stretch._replace(text=_target(stretch.text)), tuple(privileges), option)


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
