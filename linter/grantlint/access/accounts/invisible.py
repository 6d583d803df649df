"""Names with characters that nobody sees: to a server they are letters like others.

Measured: no-break, zero width and wide blanks, the byte order mark and typographic quotes are characters of a name on
every server; `CREATE USER u9` with a zero width space behind it makes another user than u9.
"""

import re
from collections.abc import Iterator

from grantlint.model import DeclaredServer, Grant
from grantlint.model.location import Located, Text
from grantlint.model.privilege import Privilege
from grantlint.model.scope import Scope
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple

_INVISIBLE = Pattern(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters but those that are blanks
    "\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


class Disguised(NamedTuple):
    """A name with its place, which may hold invisible characters.

    `what` is a user name, a host value, ...
    """

    what: str
    text: str
    leaf: Located[object]


def invisible_in(text: str) -> tuple[str, ...]:
    r"""Return the invisible characters of a text, each once.

    >>> invisible_in("a\u200bp\xadp\u200b"), invisible_in("app one")
    (('\u200b', '\xad'), ())
    """
    if text.isascii() and text.isprintable():
        return ()
    return tuple(dict.fromkeys(_INVISIBLE.findall(text)))


def without_invisible(text: str) -> str:
    """Return a text without its invisible characters."""
    return _INVISIBLE.sub("", text)


def marked(text: str) -> str:
    r"""Return a text with each invisible character by its number.

    >>> marked("shop\xa0eu")
    'shop<U+00A0>eu'
    """
    return _INVISIBLE.sub(_numbered, text)


def _numbered(found: re.Match[str]) -> str:
    return f"<U+{ord(found[0]):04X}>"


def disguised_in(declared: DeclaredServer) -> tuple[Disguised, ...]:
    """Return a server's names that hold invisible characters.

    They are names of accounts, roles and grants, each place once.
    """
    if _is_plain(declared):
        return ()
    found: dict[object, Disguised] = {}
    for name in _names(declared):
        if invisible_in(name.text):
            found.setdefault((*name.leaf.span[1:], id(name.leaf.source)), name)
    return tuple(found.values())


def _is_plain(declared: DeclaredServer) -> bool:
    """Return whether all names of accounts and grants are printable ASCII.

    They nearly always are, so it is asked first.
    """
    parts: list[str] = []
    scopes: set[Scope] = set()
    privileges: set[Privilege] = set()
    for account in (*declared.accounts, *declared.grantees):
        parts += [leaf.value for leaf in (account.user, account.host) if isinstance(leaf, Located)]
        for grant in account.grants:
            if isinstance(grant.target, Located):
                scopes.add(grant.target.value)
            privileges.update([leaf.value for leaf in grant.privileges if isinstance(leaf, Located)])
    for scope in scopes:
        parts += (scope.database, scope.name, scope.host)
    for privilege in privileges:
        parts += (privilege.name, *privilege.columns)
    text = "".join(parts)
    return text.isascii() and text.isprintable() and not declared.roles and not declared.memberships


def _names(declared: DeclaredServer) -> Iterator[Disguised]:
    grants: list[Grant] = []
    for account in (*declared.accounts, *declared.grantees):
        yield from _name("user name", account.user)
        yield from _name("host value", account.host)
        grants += account.grants
    for role in declared.roles:
        yield from _name("role", role.name)
        if role.host:
            yield from _name("host value", role.host)
        grants += role.grants
    for member in declared.memberships:
        yield from _name("role", member.role)
        yield from _name("user name", member.user)
    for grant in {id(grant): grant for grant in grants}.values():
        yield from _of_grant(grant)


def _name(what: str, leaf: Text) -> Iterator[Disguised]:
    if isinstance(leaf, Located):
        yield Disguised(what, leaf.value, leaf)


def _of_grant(grant: Grant) -> Iterator[Disguised]:
    if isinstance(grant.target, Located):
        yield Disguised("target", str(grant.target.value), grant.target)
    for privilege in grant.privileges:
        if isinstance(privilege, Located):
            yield Disguised("privilege", str(privilege.value), privilege)
