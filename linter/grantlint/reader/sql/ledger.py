"""What is left of the accounts, grants and roles of a file once its statements have been applied in order."""

from collections.abc import Iterable

from grantlint.access.grammar import Grammar
from grantlint.access.privileges import expand_all
from grantlint.model.privilege import ALL, GRANT_OPTION, USAGE
from grantlint.model.scope import Level
from grantlint.reader.sql.branches import Branches
from grantlint.reader.sql.statements import Account, Authentication, Name, Option, Place, Privilege, Target

Key = tuple[str, str]
CONDITION = "a condition of the template decides whether it has an effect"
TEMPLATE_SIGN = "\0"  # before a template in a key: the same expression is the same name, and no literal is


def part_of_key(name: Name) -> str:
    """Return what two names are equal by: their text, a template by its expression."""
    return TEMPLATE_SIGN + name.text if name.unresolved else name.text


def key_of(account: Account, grammar: Grammar) -> Key:
    """Return what two accounts are equal by: user with, host without regard to case, `%` where none is written."""
    host = "%" if account.host is None else part_of_key(account.host).lower()
    return part_of_key(account.user), "%" if grammar.mariadb and not host else host


class NetAccount:
    """An account that the file makes or changes, with what its last statements say of it.

    `whole`: a CREATE USER says all there is; else the file leaves open what it does not say. `anew`: that statement
    fails where the account exists.
    """

    __slots__ = ("account", "anew", "authentication", "end", "expired", "options", "start", "whole")

    def __init__(self, account: Account, start: int, end: int) -> None:
        self.account = account
        self.start = start
        self.end = end
        self.whole = False
        self.anew = False
        self.authentication: tuple[Authentication, ...] = ()
        self.options: dict[str, Option] = {}
        self.expired: Place | None = None


class NetGrant:
    """Privileges that a file gives and does not take back; `database` is the current one where the target has none."""

    __slots__ = ("account", "database", "end", "option", "privileges", "proxied", "start", "target")

    def __init__(
        self, account: Account, privileges: list[Privilege], target: Target | None, place: Place, *, database: str = ""
    ) -> None:
        self.account = account
        self.privileges = privileges
        self.target = target  # None: PROXY ON `proxied`
        self.proxied: Account | None = None
        self.option: Place | None = None
        self.database = database
        self.start, self.end = place

    @property
    def identity(self) -> tuple[str, ...]:
        """What two targets are equal by."""
        target = self.target
        if target is None:
            return ("PROXY",)
        return identity_of(target, self.database)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it is left."""
        return not self.privileges and self.option is None


class NetMember:
    """That an account or role has a role."""

    __slots__ = ("account", "admin", "default", "end", "role", "start")

    def __init__(self, role: Account, account: Account, admin: Place | None, place: Place) -> None:
        self.role = role
        self.account = account
        self.admin = admin
        self.default: Place | None = None
        self.start, self.end = place


def identity_of(target: Target, database: str) -> tuple[str, ...]:
    """Return what two targets are equal by; a database that is left out is the current one."""
    if target.every == "*.*":
        return ("*.*",)
    within = database if target.database is None else part_of_key(target.database)
    kind = "" if target.kind == "TABLE" else target.kind
    return (kind, within, part_of_key(target.object) if target.object is not None else "*")


def level_of(target: Target) -> Level:
    """Return the level at which a privilege on the target is held."""
    if target.every == "*.*":
        return Level.GLOBAL
    if target.every:
        return Level.DATABASE
    return Level.TABLE if target.kind in {"", "TABLE"} else Level.ROUTINE


def take_away(grant: NetGrant, revoked: tuple[Privilege, ...], grammar: Grammar) -> None:
    """Take privileges out of a grant; of ALL the others of its level stay."""
    for one in revoked:
        if one.name == GRANT_OPTION:
            grant.option = None
        if one.name == ALL:
            grant.privileges = [kept for kept in grant.privileges if kept.name == GRANT_OPTION]
        else:
            grant.privileges = [kept for old in grant.privileges for kept in _less(old, one, grant, grammar)]
    if not grant.privileges and grant.option is not None:
        grant.privileges = [Privilege(USAGE, *grant.option)]


def _less(old: Privilege, revoked: Privilege, grant: NetGrant, grammar: Grammar) -> list[Privilege]:
    if old.name == ALL and grant.target is not None and revoked.name != GRANT_OPTION:
        names = expand_all(grammar, level_of(grant.target))
        return [Privilege(name, old.start, old.end) for name in names if name != revoked.name]
    if old.name != revoked.name:
        return [old]
    gone = {column.text for column in revoked.columns}
    left = tuple(column for column in old.columns if column.text not in gone)
    return [old._replace(columns=left)] if gone and left else [old] if gone and not old.columns else []


class Ledger:
    """The accounts, grants, roles and members that hold after the statements so far.

    `revoked` is what was taken away on databases and not given back: with partial_revokes it limits global grants.
    `secrets` are the places of all passwords and hashes that were read, also of what is gone again; `dropped` names
    what DROP USER takes away, `removals` counts all accounts and roles taken away; `unclear` says what no one could
    follow, and where. `branches` are those of the text, where it is a template.
    """

    __slots__ = (
        "accounts", "branches", "dropped", "grammar", "grants", "members", "removals", "revoked", "roles", "secrets",
        "unclear",
    )  # fmt: skip

    def __init__(self, grammar: Grammar, branches: Branches | None = None) -> None:
        self.grammar = grammar
        self.branches = branches or Branches("")
        self.accounts: dict[Key, list[NetAccount]] = {}
        self.roles: dict[Key, NetAccount] = {}
        self.grants: dict[Key, list[NetGrant]] = {}
        self.members: dict[Key, list[NetMember]] = {}
        self.revoked: dict[Key, list[NetGrant]] = {}
        self.secrets: list[Place] = []
        self.unclear: list[tuple[str, str, int, int]] = []  # what, why, start, end
        self.dropped: list[Account] = []
        self.removals = 0

    def key(self, account: Account) -> Key:
        """Return what an account is known by here."""
        return key_of(account, self.grammar)

    def make(self, account: Account, start: int, end: int, *, replace: bool = False) -> NetAccount:
        """Add an account; one that is there already stays beside it, as the file declares both."""
        key = self.key(account)
        if replace:
            self.forget(key, (start, end))
        made = NetAccount(account, start, end)
        self.accounts.setdefault(key, []).append(made)
        return made

    def changed(self, account: Account, start: int, end: int) -> NetAccount:
        """Return the account that a statement changes; one that the file has not made counts as declared by it."""
        found = self.accounts.get(self.key(account))
        return found[-1] if found else self.make(account, start, end)

    def reached(self, place: Place, starts: Iterable[int]) -> list[bool] | None:
        """Return of what stands in each of these places whether a statement takes it away.

        None, which is noted, where it hangs on a condition of the template whether it does.
        """
        found: list[bool] = []
        for start in starts:
            found.append(self.branches.always(place[0], start))
            if not found[-1] and not self.branches.never(place[0], start):
                self.unclear.append(("statement", CONDITION, *place))
                return None
        return found

    def takes_all(self, place: Place, starts: Iterable[int]) -> bool:
        """Whether a statement takes away all that stands in these places; that nobody knows is noted."""
        reached = self.reached(place, starts)
        return reached is not None and all(reached)

    def forget(self, key: Key, place: Place) -> None:
        """Remove an account or role with all that it has, as a statement at a place does."""
        made = [*self.accounts.get(key, ()), *([self.roles[key]] if key in self.roles else ())]
        given = [*self.grants.get(key, ()), *self.members.get(key, ())]
        reached = self.reached(place, [one.start for one in (*made, *given)])
        if reached is None:
            return
        if not all(reached):
            self._forget_some(key, place[0])
            return
        self.accounts.pop(key, None)
        self.roles.pop(key, None)
        self.grants.pop(key, None)
        self.members.pop(key, None)
        self.revoked.pop(key, None)
        for others in self.members.values():
            others[:] = [member for member in others if self.key(member.role) != key]

    def _forget_some(self, key: Key, at: int) -> None:
        """Remove of an account what is run with a statement, and leave what another branch makes."""

        def left(one: NetAccount | NetGrant | NetMember) -> bool:
            return not self.branches.always(at, one.start)

        self.accounts[key] = [*filter(left, self.accounts.get(key, ()))]
        self.grants[key] = [*filter(left, self.grants.get(key, ()))]
        self.members[key] = [*filter(left, self.members.get(key, ()))]
        if not self.accounts[key]:
            del self.accounts[key]
        if key in self.roles and not left(self.roles[key]):
            del self.roles[key]

    def rename(self, old: Account, new: Account, start: int, end: int) -> None:
        """Give an account another name; one that the file has not made counts as made under the new one."""
        before, after = self.key(old), self.key(new)
        held = (*self.accounts.get(before, ()), *self.grants.get(before, ()))
        if not self.takes_all((start, end), [one.start for one in held]):
            return
        moved = self.accounts.pop(before, None)
        if moved is None and before not in self.grants:
            self.make(new, start, end)
            return
        for one in moved or ():
            one.account = new
        if moved:
            self.accounts.setdefault(after, []).extend(moved)
        for one in (*self.grants.get(before, ()), *self.members.get(before, ()), *self.revoked.get(before, ())):
            one.account = new
        if before in self.revoked:
            self.revoked[after] = self.revoked.pop(before)
        if before in self.grants:
            self.grants[after] = self.grants.pop(before)
        if before in self.members:
            self.members[after] = self.members.pop(before)
