"""What a book holds, as declarations: accounts, grants, roles, memberships."""

from collections.abc import Iterator

from grantlint.access.state.book.book import Book
from grantlint.access.state.book.entries import Held, Member
from grantlint.access.state.book.names import Key
from grantlint.model.account import Account
from grantlint.model.grant import Grant, GrantTo
from grantlint.model.location import Implied
from grantlint.model.role import Membership, Role


def accounts(book: Book) -> Iterator[Account]:
    """Yield the accounts, without grants that stand apart from them."""
    return (made.account for several in book.accounts.values() for made in several)


def grants(book: Book) -> Iterator[GrantTo]:
    """Yield the grants that are not to roles."""
    for key, several in book.grants.items():
        if key not in book.roles:
            yield from map(_grant_to, several)


def revoked(book: Book) -> Iterator[GrantTo]:
    """Yield what was taken away on databases and not given back."""
    return (_grant_to(held) for several in book.revoked.values() for held in several)


def denied(book: Book) -> Iterator[GrantTo]:
    """Yield what DENY keeps from accounts and roles.

    A role has the host that is not written.
    """
    return (_grant_to(held) for several in book.denied.values() for held in several)


def roles(book: Book) -> Iterator[Role]:
    """Yield the roles with their grants.

    A host that is not written is None.
    """
    for key, role in book.roles.items():
        host = None if isinstance(role.name.host, Implied) else role.name.host
        held = tuple([held.grant for held in book.grants.get(key, ())])
        yield Role(role.name.user, host, role.name.span, held)


def memberships(book: Book) -> Iterator[Membership]:
    """Yield who has which role."""
    of_roles = book.names.target.product == "mariadb"
    for key, several in book.members.items():
        for member in several:
            yield _membership(member, to_role=of_roles and key in book.roles)


def _membership(member: Member, *, to_role: bool) -> Membership:
    host = None if to_role else member.name.host
    role_host = None if isinstance(member.role.host, Implied) else member.role.host
    return Membership(member.role.user, member.name.user, host, member.admin, member.default, role_host)


def borrowed_roles(book: Book) -> Iterator[Membership]:
    """Yield the default roles that accounts have by a namesake.

    A namesake is another account of the same user.
    """
    for key, role in book.defaults.items():
        chosen = book.role_key(role)
        if key in book.accounts and all(member.key != chosen for member in book.members.get(key, ())):
            account = book.accounts[key][0].account
            yield Membership(role.user, account.user, account.host)


def joined(book: Book) -> tuple[list[Account], list[Account]]:
    """Return the accounts with all their grants, and undeclared grantees.

    The grantees are accounts that only grants name.
    """
    held = {key: [one.grant for one in several] for key, several in book.grants.items() if several}
    made: list[Account] = []
    for key, several in book.accounts.items():
        if key in book.by_grant:
            continue
        first, *others = [entry.account for entry in several]
        more = held.pop(key, ())
        made += [first._replace(grants=(*first.grants, *more)) if more else first, *others]
    grantees = [_grantee(book.grants[key][0], several) for key, several in held.items() if key not in book.roles]
    named = [Account(name.user, name.host, name.span) for key, name in book.named.items() if _is_free(key, book)]
    twice = [account for several in book.twice.values() for account in several]
    return [*made, *twice], [*grantees, *named]


def _is_free(key: Key, book: Book) -> bool:
    return key not in book.accounts and key not in book.roles and not book.grants.get(key)


def _grantee(first: Held, held: list[Grant]) -> Account:
    return Account(first.name.user, first.name.host, held[0].span, grants=tuple(held), named_alone=True)


def _grant_to(held: Held) -> GrantTo:
    return GrantTo(held.name.user, held.name.host, held.grant)
