"""Names with characters that nobody sees: to a server they are letters like others.

Measured: no-break, zero width and wide blanks, the byte order mark and typographic quotes are characters of a name on
every server; `CREATE USER u9` with a zero width space behind it makes another user than u9.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from grantlint.location import Located, Text, Unresolved
from grantlint.model import DeclaredServer, Grant
from grantlint.pattern import Pattern

_INVISIBLE = Pattern(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters but those that are blanks
    "\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


class Disguised(NamedTuple):
    """A leaf that holds invisible characters, and what it is: a user name, a host value, ..."""

    what: str
    leaf: Located[str]


def invisible_in(text: str) -> tuple[str, ...]:
    r"""Return the invisible characters of a text, each once.

    >>> invisible_in("a\u200bp\xadp\u200b"), invisible_in("app one")
    (('\u200b', '\xad'), ())
    """
    if text.isascii() and text.isprintable():
        return ()
    return tuple(dict.fromkeys(_INVISIBLE.compiled.findall(text)))


def without_invisible(text: str) -> str:
    """Return a text without the characters that nobody sees."""
    return _INVISIBLE.compiled.sub("", text)


def marked(text: str) -> str:
    r"""Return a text with each invisible character by its number.

    >>> marked("shop\xa0eu")
    'shop<U+00A0>eu'
    """
    return _INVISIBLE.compiled.sub(_numbered, text)


def _numbered(found: re.Match[str]) -> str:
    return f"<U+{ord(found[0]):04X}>"


def disguised_in(declared: DeclaredServer) -> tuple[Disguised, ...]:
    """Return the names of a server's accounts, roles and grants that hold invisible characters, each place once."""
    names = [*_names(declared)]
    text = "".join([leaf.value for _, leaf in names if not isinstance(leaf, Unresolved)])
    if text.isascii() and text.isprintable():
        return ()
    found: dict[object, Disguised] = {}
    for what, leaf in names:
        if isinstance(leaf, Located) and invisible_in(leaf.value):
            found.setdefault((*leaf.span[1:], id(leaf.source)), Disguised(what, leaf))
    return tuple(found.values())


def _names(declared: DeclaredServer) -> Iterator[tuple[str, Text]]:
    grants: list[Grant] = []
    for account in (*declared.accounts, *declared.grantees):
        yield "user name", account.user
        yield "host value", account.host
        grants += account.grants
    for role in declared.roles:
        yield "role", role.name
        if role.host:
            yield "host value", role.host
        grants += role.grants
    for member in declared.memberships:
        yield "role", member.role
        yield "user name", member.user
    yield from _of_grants({id(grant): grant for grant in grants}.values())


def _of_grants(grants: Iterable[Grant]) -> Iterator[tuple[str, Text]]:
    for grant in grants:
        yield "target", grant.target
        for privilege in grant.privileges:
            yield "privilege", privilege
