"""What the modules send for a server's tasks, as steps; they look first at what the server has.

Source: ansible.mysql 5.2.0, plugins/module_utils/user.py (user_add, user_mod) and plugins/modules/mysql_role.py; facts:
O3, O4, O5, O6.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import takewhile

from grantlint.model import Account, Grant, Membership
from grantlint.model.account import Identity, identity
from grantlint.model.location import Implied, Located, Span, Text
from grantlint.model.privilege import USAGE, Privilege
from grantlint.model.scope import Level, Scope
from grantlint.model.step import Call, Part, Step
from grantlint.model.step.acts import (
    AccountName,
    Act,
    AlterUser,
    CreateRole,
    CreateUser,
    DropRole,
    DropUser,
    GrantPrivileges,
    GrantRoles,
    Revoke,
    RevokeAll,
    RevokeRoles,
)
from grantlint.reader.formats.ansible.turns import (
    At,
    Deed,
    Dropped,
    DroppedRole,
    Made,
    MadeRole,
    Sent,
    Turn,
    is_refused_everywhere,
)

_ROOT = "root"
_EVERYTHING = Scope(Level.GLOBAL)
_ENDING, _ALONE = "the play", "the task"


def sent(turns: Iterable[Turn]) -> Iterator[Step]:
    """Yield the steps of a server's tasks in turn."""
    book = _Book()
    for at, deed in turns:
        part, call = _run_of(at) if at is not None else (None, None)
        for act, span in book.acts(deed):
            yield Step(act, span, call=call, part=part)
        if isinstance(deed, Sent) and deed.in_calls:  # whether the script fails with one of its clients is not known
            here = part._replace(ends=False) if part is not None else None
            yield from [step._replace(part=here) for step in deed.steps]
        elif isinstance(deed, Sent):
            yield from [step._replace(call=call, part=part) for step in deed.steps]


def _run_of(at: At) -> tuple[Part, Call]:
    part = Part(at.within, at.task, at.after, at.ends)
    return part, Call(_ENDING if at.ends else _ALONE, (at.within[0], at.task, at.item))


class _Book:
    """The accounts and roles that earlier tasks have made, as the modules find them."""

    def __init__(self) -> None:
        self._held: dict[Hashable, set[Hashable]] = {}  # on what each account and role that they have made has grants
        self._named: dict[Identity, AccountName] = {}
        self._gone: set[Identity] = set()
        self._members: dict[Text | str, dict[Identity, AccountName]] = {}
        self._by_sql = False

    def acts(self, deed: Deed) -> Iterator[tuple[Act, Span]]:
        """Yield what a module sends for a task, with its place."""
        match deed:
            case Made():
                acts, span = self._user(deed), deed.account.span
            case Dropped():
                acts, span = self._dropped(deed), deed.span
            case MadeRole():
                acts, span = self._role(deed), deed.role.span
            case DroppedRole():
                acts, span = self._dropped_role(deed), deed.span
            case Sent():
                self._by_sql = True
                return
        for act in acts:
            yield act, span

    def _user(self, made: Made) -> Iterator[Act]:
        account = made.account
        name = AccountName(account.user, account.host, account.span)
        held = self._held.get(account.identity) if account.known_name is not None else None
        self._named[account.identity] = name
        self._gone.discard(account.identity)
        may_be_there = held is not None or self._by_sql
        if held is None:
            yield CreateUser((account._replace(grants=(), locked=None),), if_not_exists=True)
        if may_be_there:
            # the rules compare what undoes something with what is there
            said = account._replace(grants=(), locked=None, require=(), limits=())
            said = said._replace(authentication=None) if made.keeps else said
            if held is not None:
                yield CreateUser((said._replace(amends=not made.undoes),), if_not_exists=True)
            yield AlterUser((said,))
        yield from self._privileges(name, made, account.grants, account.identity)
        if may_be_there or account.locked is not None:
            yield AlterUser((_finished(account, is_there=may_be_there),))

    def _privileges(
        self, name: AccountName, made: Made | MadeRole, grants: Sequence[Grant], of: Hashable
    ) -> Iterator[Act]:
        """Yield what changes the privileges of an account or role, in the order of the module."""
        before = self._held.get(of)
        held = before or set()
        new = [grant for grant in grants if _on(grant) not in held]
        again = [grant for grant in grants if _on(grant) in held]
        replaces = made.replaces and (before is not None or self._by_sql)
        everything = Grant((), Located(_EVERYTHING, *name.span), name.span)
        if replaces and not _is_root(name):
            yield RevokeAll((name,), ignores_unknown=True, on=(*grants, everything), others=True)
            held = held.intersection(map(_on, grants))
        for grant in made.takes if before is not None else ():
            yield Revoke(grant, (name,), if_exists=True, ignores_unknown=True)
        for grant in new:
            yield GrantPrivileges(grant, (name,))
        if replaces:
            yield RevokeAll((name,), ignores_unknown=True, on=(*again, everything))
        for grant in again:
            yield GrantPrivileges(_with_usage(grant), (name,))
        left = held.difference(map(_on, grants)) if replaces else held
        sent = takewhile(lambda grant: not is_refused_everywhere(grant), (*new, *map(_with_usage, again)))
        self._held[of] = {*left, *(_on(grant) for grant in sent if _is_stored(grant)), _EVERYTHING}

    def _dropped(self, dropped: Dropped) -> Iterator[Act]:
        named = [AccountName(dropped.user, host, dropped.span) for host in dropped.hosts]
        if not named:
            named = [name for name in self._named.values() if _key(name.user) == _key(dropped.user)]
        for name in named:
            self._held.pop(identity(name.user, name.host), None)
            self._gone.add(identity(name.user, name.host))
            yield DropUser((name,), if_exists=True)

    def _role(self, made: MadeRole) -> Iterator[Act]:
        role = made.role
        name = _role_name(role.name, role.span)
        key = _key(role.name)
        before = self._members.get(key)
        said = dict(map(_member, role.members))
        absent = [said[member] for member in said if member in self._gone]
        if absent and made.wants:  # asked before anything else, and the task ends
            yield GrantRoles((name,), (absent[0],))
        said = {member: said[member] for member in said if member not in self._gone}
        named, left = ({}, said) if made.detaches else (said, {})
        yield CreateRole((name,), if_not_exists=True)
        for member in named:
            if before is None or member not in before:
                yield GrantRoles((name,), (named[member],))
        if before is not None and named and not made.joins:
            left = {member: before[member] for member in before if member not in named}
        for member in left if before is not None else ():
            yield RevokeRoles((name,), (left[member],), if_exists=True, ignores_unknown=True)
        yield from self._privileges(name, made, role.grants, key)
        held = {**(before or {}), **named}
        self._members[key] = {member: held[member] for member in held if member not in left}

    def _dropped_role(self, dropped: DroppedRole) -> Iterator[Act]:
        self._members.pop(_key(dropped.name), None)
        self._held.pop(_key(dropped.name), None)
        yield DropRole((_role_name(dropped.name, dropped.span),), if_exists=True)


def _finished(account: Account, *, is_there: bool) -> Account:
    """Return what a task says last: one without `tls_requires` takes it from an account that is there."""
    require = account.require or (Located("NONE", *account.span),)
    said = Account(account.user, account.host, account.span, locked=account.locked, amends=True)
    return said._replace(require=require, limits=account.limits) if is_there else said


def _on(grant: Grant) -> Hashable:
    return grant.scope if grant.scope is not None else grant.target


def _is_stored(grant: Grant) -> bool:
    """Return whether a server shows a grant: of USAGE on a database it keeps nothing."""
    known, scope = grant.known_privileges, grant.scope
    is_usage = known is not None and bool(known) and all(name == USAGE for name, _ in known) and grant.option is None
    return not is_usage or scope is None or scope.level is not Level.DATABASE


def _with_usage(grant: Grant) -> Grant:
    """Return a grant of the option alone as the module sends it to who has something on the same target."""
    return grant if grant.privileges else grant._replace(privileges=(Located(Privilege(USAGE), *grant.span),))


def _is_root(name: AccountName) -> bool:
    """Return whether the module leaves an account what it has on other targets."""
    return isinstance(name.user, Located) and name.user.value == _ROOT


def _role_name(name: Text, span: Span) -> AccountName:
    return AccountName(name, Implied("%", *span), span)


def _key(name: Text) -> Text | str:
    return name.value if isinstance(name, Located) else name


def _member(membership: Membership) -> tuple[Identity, AccountName]:
    host = membership.host or Implied("%", *membership.user.span)
    return identity(membership.user, host), AccountName(membership.user, host, membership.user.span)
