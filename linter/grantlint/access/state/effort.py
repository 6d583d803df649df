"""The work that the steps of one server may cost, in units of no machine.

A unit is a look at one entry of the book; nearly every step costs none. What is behind the end of the budget is not
decided: each step that would look at many entries is left out, and said to be.
"""

from collections.abc import Iterable

from grantlint.access.state.book.book import Book
from grantlint.access.state.book.names import Key
from grantlint.model.step.acts import (
    Act,
    DropRole,
    DropUser,
    GrantPrivileges,
    GrantRoles,
    Revoke,
    RevokeAll,
    RevokeDeny,
    RevokeRoles,
    SetDefaultRole,
    WriteTable,
)

POOL = 200_000
"""Units of every server: about a second of CPython 3.11."""
PER_STEP = 16
"""Units that each of its steps adds, so that an honest file of any length has enough."""
_CHANGE = 8
TOO_MUCH = "what its statements do to one another takes more work than there is for a server"


class Effort:
    """Units left for the steps of a server."""

    __slots__ = ("_left",)

    def __init__(self, steps: int) -> None:
        self._left = POOL + PER_STEP * steps

    def is_left(self, units: int) -> bool:
        """Return whether there is effort for some work, and pay for it."""
        if units > self._left:
            return False
        self._left -= units
        return True


def units_of(act: Act, book: Book) -> int:  # noqa: PLR0911 - one for each kind of act
    """Return the number of entries that a step looks at.

    They are counted where they may be many.
    """
    match act:
        case WriteTable(verb="UPDATE" | "DELETE", where=where):
            named = any(one.column == "user" and one.operator == "=" for one in where)
            return (len(book.accounts) + len(book.grants)) * (1 if named else _CHANGE)
        case GrantRoles(roles=roles, to=accounts) | RevokeRoles(roles=roles, accounts=accounts):
            return len(roles) * sum(len(book.members.get(book.grantee_key(name), ())) for name in accounts)
        case SetDefaultRole(accounts=accounts):
            return sum(len(book.members.get(book.key(name), ())) for name in accounts)
        case GrantPrivileges(grant=grant, to=accounts):
            otherwise = [key for key in map(book.grantee_key, accounts) if book.spellings.differ(key, grant)]
            return sum(len(book.grants.get(key, ())) for key in otherwise)
        case Revoke(accounts=accounts) | RevokeAll(accounts=accounts):
            return sum(len(book.grants.get(book.grantee_key(name), ())) for name in accounts)
        case RevokeDeny(accounts=accounts):
            return sum(len(book.denied.get(book.grantee_key(name), ())) for name in accounts)
        case DropUser(accounts=names):
            return _holders(map(book.key, names), book)
        case DropRole(roles=names):
            return _holders(map(book.role_key, names), book)
        case _:
            return 0


def _holders(keys: Iterable[Key], book: Book) -> int:
    return sum(len(book.joined.get(key, ())) for key in keys)
