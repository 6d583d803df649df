"""What files declare without an order, as what is there before the first step."""

from collections.abc import Container, Iterable

from grantlint.access.state.book.book import Book
from grantlint.access.state.book.entries import Held, Made, MadeRole, Member
from grantlint.access.state.book.names import is_known
from grantlint.model import Before, Grant
from grantlint.model.location import Implied, Span, Text
from grantlint.model.step import Step
from grantlint.model.step.acts import AccountName, names_of


def load(before: Before, book: Book) -> None:
    """Take in all that is there."""
    for account in before.accounts:
        name = AccountName(account.user, account.host, account.span)
        book.add(book.key(name), Made(account._replace(grants=()) if account.grants else account, ()))
        _hold(name, account.grants, book)
    for role in before.roles:
        name = _name(role.name, role.host, role.span)
        book.roles[book.role_key(name)] = MadeRole(name, ())
        _hold(name, role.grants, book)
    for held, given in (
        (book.grants, before.grants),
        (book.revoked, before.revoked),
        (book.denied, before.denied),
    ):
        for user, host, grant, _ in given:
            name = AccountName(user, host, grant.span)
            key = book.grantee_key(name)
            held.setdefault(key, []).append(Held(name, grant, ()))
            if held is book.grants:
                book.spellings.note(key, grant)
    for member in (*before.memberships, *(one for role in before.roles for one in role.members)):
        name = _name(member.user, member.host, member.user.span)
        role_name = _name(member.role, member.role_host, member.role.span)
        key = book.role_key(role_name)
        entry = Member(key, role_name, name, member.admin, member.default, ())
        book.members.setdefault(book.grantee_key(name), []).append(entry)
        book.joined[key][book.grantee_key(name)] = None


def leave_out(steps: Iterable[Step], stock: Container[object], book: Book) -> None:
    """Note that the accounts and roles which steps name are not there.

    But for those that are, and of users that an installation has made.
    """
    for name in (name for step in steps for name in names_of(step.act)):
        for key in (book.key(name), book.role_key(name)):
            if is_known(key) and key[0] not in stock and key not in book.accounts and not book.names.is_public(key[0]):
                book.gone.add(key)


def _name(user: Text, host: Text | None, span: Span) -> AccountName:
    return AccountName(user, Implied("%", *span) if host is None else host, span)


def _hold(name: AccountName, grants: Iterable[Grant], book: Book) -> None:
    for grant in grants:
        key = book.grantee_key(name)
        book.grants.setdefault(key, []).append(Held(name, grant, ()))
        book.spellings.note(key, grant)
