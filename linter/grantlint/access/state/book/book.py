"""The accounts, grants and roles of a server after the steps so far."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable

from grantlint.access.product.target import Target
from grantlint.access.state.book.entries import Entry, Held, Made, MadeRole, Member
from grantlint.access.state.book.names import Key, Names, is_known
from grantlint.access.state.book.paths import always
from grantlint.access.state.book.rows import Rows
from grantlint.access.state.book.spellings import Spellings
from grantlint.model import Account
from grantlint.model.location import Implied
from grantlint.model.step import Path
from grantlint.model.step.acts import AccountName


class Book:
    """Everything by the key of its account. Entries are never changed, only replaced.

    `revoked` is what was taken away on databases and not given back: with partial_revokes it limits global grants.
    `denied` is what MariaDB's DENY keeps from accounts and roles.
    `defaults` is each account's default role on MariaDB, where it needs not be one that the account itself has.
    `chosen` are pairs of account and role that a row of a grant table makes a default, whether it is granted or not.
    `whole` are accounts that were made by a step, so that whatever they have is known.
    `by_grant` are accounts that GRANT alone has made, `named` those that refused grants name, `twice` declarations of
    accounts that were there already. `joined` are the roles that some account has or had, each with those accounts.
    `gone` are accounts that are surely not there; `rows` says of which the table and the server know different things.
    """

    __slots__ = (
        "_alike", "_open", "_users", "accounts", "admins", "agreed", "by_grant", "chosen", "defaults", "denied", "gone",
        "grants", "joined", "members", "named", "names", "removals", "revoked", "roles", "rows", "spellings", "twice",
        "whole",
    )  # fmt: skip

    def __init__(self, target: Target) -> None:
        self.names = Names(target)
        self.accounts: dict[Key, list[Made]] = {}
        self.roles: dict[Key, MadeRole] = {}
        self.grants: dict[Key, list[Held]] = {}
        self.members: dict[Key, list[Member]] = {}
        self.admins: dict[Key, Key] = {}
        self.revoked: dict[Key, list[Held]] = {}
        self.denied: dict[Key, list[Held]] = {}
        self.defaults: dict[Key, AccountName] = {}
        self.chosen: set[tuple[Key, Key]] = set()
        self.named: dict[Key, AccountName] = {}
        self.joined: defaultdict[Key, dict[Key, None]] = defaultdict(dict)
        self.whole: set[Key] = set()
        self.by_grant: set[Key] = set()
        self.gone: set[Key] = set()
        self.rows = Rows()
        self.spellings = Spellings()
        self.twice: dict[Key, list[Account]] = {}
        self.removals = 0
        self._users: dict[Hashable, dict[Key, None]] = {}
        self._open: dict[Key, None] = {}
        self.agreed: dict[Key, tuple[list[Made], int, Path]] = {}  # see acts.users
        self._alike: Counter[tuple[str | None, str | None]] = Counter()  # of `_open`, None for what nobody knows

    def key(self, name: AccountName) -> Key:
        """Return the key of an account."""
        return self.names.account(name.user, name.host)

    def role_key(self, name: AccountName) -> Key:
        """Return the key of a role.

        MariaDB's roles have no host.
        """
        return self.key(name) if self.names.target.product != "mariadb" else (self.names.user(name.user), "")

    def grantee_key(self, name: AccountName) -> Key:
        """Return the key of a grantee in GRANT or REVOKE.

        On MariaDB a name without a host is that of a role, if there is one.
        """
        if self.names.target.product == "mariadb" and isinstance(name.host, Implied) and name.host.value == "%":
            role = self.role_key(name)
            if role in self.roles or self.names.is_public(role[0]):
                return role
        return self.key(name)

    def add(self, key: Key, made: Made) -> None:
        """Add an account beside what is there."""
        self.accounts.setdefault(key, []).append(made)
        self.note_new(key)
        if is_known(key):
            self._users.setdefault(key[0], {})[key] = None
        else:
            self._note_open(key)

    def note_new(self, key: Key) -> None:
        """Note a new account or role.

        All of it is known if it was surely absent. What roles the tables have left of it, the server gives it when it
        reads them (facts: I26).
        """
        if key in self.gone:
            self.gone.discard(key)
            self.whole.add(key)
            if self.members.get(key):
                self.rows.asleep[key] = frozenset([member.key for member in self.members[key]])

    def note_twice(self, key: Key, account: Account) -> None:
        """Note a declaration of an account that is there."""
        if key in self.accounts:
            self.twice.setdefault(key, []).append(account)

    def add_by_grant(self, name: AccountName, under: Path) -> None:
        """Add an account that GRANT makes, without a password."""
        key = self.key(name)
        self.by_grant.add(key)
        self.add(key, Made(Account(name.user, name.host, name.span), under))

    def entries(self, key: Key) -> list[Entry]:
        """Return all that an account or role is and has."""
        role = self.roles.get(key)
        return [
            *self.accounts.get(key, ()),
            *([role] if role else ()),
            *self.grants.get(key, ()),
            *self.members.get(key, ()),
        ]

    def namesakes(self, key: Key) -> Iterable[Key]:
        """Return the accounts of the same user that are there."""
        return self._users.get(key[0], ())

    def may_be(self, key: Key) -> bool:
        """Return whether an account with an unresolved name may be this one.

        The key's own user and host are known.
        """
        user, host = _known(key)
        return bool(self._open) and any(self._alike[one] for one in ((user, None), (None, host), (None, None)))

    def _note_open(self, key: Key) -> None:
        if key not in self._open:
            self._open[key] = None
            self._alike[_known(key)] += 1

    def take_out(self, key: Key) -> list[Made]:
        """Take an account out, and return what has made it.

        What it holds stays.
        """
        self.by_grant.discard(key)
        if key in self._open:
            del self._open[key]
            self._alike[_known(key)] -= 1
        self._users.get(key[0], {}).pop(key, None)
        return self.accounts.pop(key, [])

    def remove(self, key: Key, *, surely: bool) -> None:
        """Remove an account or role with all it has, and its members.

        `surely`: whatever a template says.
        """
        self.take_out(key)
        self.roles.pop(key, None)
        self.grants.pop(key, None)
        self.members.pop(key, None)
        self.admins.pop(key, None)
        self.revoked.pop(key, None)
        self.denied.pop(key, None)
        self.defaults.pop(key, None)
        self.twice.pop(key, None)
        self.rows.leave(key)
        if self.chosen:
            self.chosen = {pair for pair in self.chosen if key not in pair}
        self.whole.discard(key)
        for name in self.joined.pop(key, ()):
            others = self.members.get(name, [])
            others[:] = [member for member in others if member.key != key]
        if surely and is_known(key):
            self.gone.add(key)

    def remove_some(self, key: Key, under: Path) -> None:
        """Remove what an account has that is made only with a step.

        What another branch makes stays.
        """
        made = [one for one in self.accounts.get(key, ()) if not always(under, one.under)]
        if made:
            self.accounts[key] = made
        else:
            self.take_out(key)
        self.grants[key] = [one for one in self.grants.get(key, ()) if not always(under, one.under)]
        self.members[key] = [one for one in self.members.get(key, ()) if not always(under, one.under)]
        if key in self.roles and always(under, self.roles[key].under):
            del self.roles[key]

    def read_tables(self) -> None:
        """Know no longer what is deleted: FLUSH PRIVILEGES, or a restart."""
        self.gone |= {key for key in self.rows.deleted if key not in self.accounts and is_known(key)}
        self.rows.read()

    def is_awake(self, member: Member, key: Key) -> bool:
        """Return whether the server knows that an account has a role."""
        return member.key not in self.rows.asleep.get(key, ())

    def put_out(self) -> None:
        """Leave out the roles that the server does not know of."""
        for key in self.rows.asleep:
            self.members[key] = [member for member in self.members.get(key, ()) if self.is_awake(member, key)]

    def move(self, old: Key, new: Key, name: AccountName, *, surely: bool) -> None:
        """Give an account another name, with all that it has."""
        for made in self.take_out(old):
            self.add(new, made._replace(account=made.account._replace(user=name.user, host=name.host)))
        if surely and is_known(old):
            self.gone.add(old)
        self.twice.pop(old, None)
        for held in (self.grants, self.revoked, self.denied):
            if old in held:
                held[new] = [one._replace(name=name) for one in held.pop(old)]
        self.spellings.note_all(new, [one.grant for one in self.grants.get(new, ())])
        self._move_roles(old, new, name)
        if old in self.defaults:
            self.defaults[new] = self.defaults.pop(old)
        self.rows.move(old, new)
        if new in self.rows.deleted:  # the server knows it by its new name
            self.gone.discard(new)
        if self.names.target.product == "mysql":
            self.rows.asleep.pop(new, None)
        if old in self.whole:
            self.whole.discard(old)
            self.whole.add(new)

    def _move_roles(self, old: Key, new: Key, name: AccountName) -> None:
        """Rename a role, and who has roles, beside what the tables have left of the other name."""
        if old in self.roles:
            self.roles[new] = self.roles.pop(old)._replace(name=name)
            self.note_new(new)
        if old in self.members:
            moved = [one._replace(name=name) for one in self.members.pop(old)]
            self.members[new] = [*self.members.get(new, ()), *moved]
            for member in self.members[new]:
                self.joined[member.key][new] = None


def _known(key: Key) -> tuple[str | None, str | None]:
    user, host = key
    return user if isinstance(user, str) else None, host if isinstance(host, str) else None
