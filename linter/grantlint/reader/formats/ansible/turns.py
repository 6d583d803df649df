"""What the tasks of one server do, one after the other, and whether it matters in which order they do it."""

from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache

from grantlint.access import DEFAULT_PANEL, parse_target
from grantlint.access.product.privileges.refusal import is_refused
from grantlint.model import Account, Grant, Role
from grantlint.model.account import Identity, identity
from grantlint.model.location import Located, Span, Text
from grantlint.model.privilege import Privilege
from grantlint.model.scope import Level
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING

if TYPE_CHECKING:  # twenty records that only tasks whose order matters need
    from grantlint.model.step import Step

_SHORT_USER, _SHORT_HOST = 16, 60


class At(NamedTuple):
    """Where a task stands in a playbook.

    within: the playbook and the blocks with a rescue around the task, outermost first. task: its number. item: the
    turn of its loop. after: the task up to which the playbook must have come; another than `task` for an `always`.
    ends: whether a failure ends what is innermost of `within`.
    """

    within: tuple[Hashable, ...]
    task: int
    after: int
    ends: bool
    item: int = 0

    def at_next_item(self) -> "At":
        """Return where the task stands in the next turn of its loop."""
        return At(self.within, self.task, self.after, self.ends, self.item + 1)  # a third of what `_replace` costs


class Made(NamedTuple):
    """A call of mysql_user that makes an account or changes it.

    appends, takes: append_privs, and what subtract_privs revokes. keeps: the password of one that is there. undoes:
    whether it surely takes away what an earlier task grants.
    """

    account: Account
    appends: bool = False
    keeps: bool = False
    takes: Sequence[Grant] = ()
    undoes: bool = False

    @property
    def replaces(self) -> bool:
        """Whether it revokes what it does not name."""
        return bool(self.account.grants) and not self.appends


class Dropped(NamedTuple):
    """A call of mysql_user that removes accounts of a user.

    No hosts: it removes all of them.
    """

    user: Text
    hosts: Sequence[Text]
    span: Span


class MadeRole(NamedTuple):
    """A call of mysql_role that makes a role or changes it.

    joins, detaches: whether other members stay, whether those of the role go. wants: whether all members have to be
    there.
    """

    role: Role
    appends: bool = False
    takes: Sequence[Grant] = ()
    joins: bool = False
    detaches: bool = False
    wants: bool = True

    @property
    def replaces(self) -> bool:
        """Whether it revokes what it does not name."""
        return bool(self.role.grants) and not self.appends


class DroppedRole(NamedTuple):
    """A call of mysql_role that removes a role."""

    name: Text
    span: Span


class Sent(NamedTuple):
    """Steps of SQL that a task sends.

    in_calls: they are of clients that a script runs, which end or go on by themselves.
    """

    steps: Sequence["Step"]
    in_calls: bool


Deed = Made | Dropped | MadeRole | DroppedRole | Sent


class Turn(NamedTuple):
    """One thing that a task does. at: None for an item of a list that no task of the tree goes over."""

    at: At | None
    deed: Deed


def matter_in_order(turns: Iterable[Turn]) -> bool:
    """Return whether turns may be refused or take back earlier ones."""
    earlier = _Earlier()
    return any(_matters(deed, earlier) for _, deed in turns)


class _Earlier:
    """What earlier turns made: accounts, those that are to show something over TLS, the names of roles."""

    __slots__ = ("_accounts", "_names", "_shown", "roles")

    def __init__(self) -> None:
        self._accounts: list[Account] = []  # whose names nobody has asked for, as in most files
        self._names: set[Identity] = set()
        self._shown: set[Identity] = set()
        self.roles: set[Text | str] = set()

    def resets(self, account: Account) -> bool:
        """Return whether a task takes back what an account is to show.

        One does that says nothing of it.
        """
        self._accounts.append(account)
        if account.require:
            self._shown.add(account.identity)
            return False
        return bool(self._shown) and account.identity in self._shown

    def has_one_of(self, dropped: Dropped) -> bool:
        """Return whether a task removes what an earlier one made."""
        self._names.update([account.identity for account in self._accounts])
        self._accounts.clear()
        if not dropped.hosts:
            return bool(self._names)
        return any(identity(dropped.user, host) in self._names for host in dropped.hosts)


def _matters(deed: Deed, earlier: _Earlier) -> bool:
    """Return whether a turn may be refused or take back an earlier one, and note what it makes."""
    match deed:
        case Made(account=account):
            return earlier.resets(account) or bool(deed.takes) or deed.undoes or _may_be_refused(account)
        case MadeRole(role=role):
            known = len(earlier.roles)
            earlier.roles.add(role.name.value if isinstance(role.name, Located) else role.name)
            return len(earlier.roles) == known or bool(deed.takes) or deed.detaches or _has_refused(role.grants)
        case Dropped():
            return earlier.has_one_of(deed)
        case DroppedRole() | Sent():
            return True


def _may_be_refused(account: Account) -> bool:
    user, host = account.user, account.host
    if isinstance(user, Located) and len(user.value) > _SHORT_USER:
        return True
    if isinstance(host, Located) and len(host.value) > _SHORT_HOST:
        return True
    return _has_refused(account.grants)


def _has_refused(grants: Iterable[Grant]) -> bool:
    """Return whether some server that is assumed refuses one of the grants."""
    return any(map(_refusing, grants))


def is_refused_everywhere(grant: Grant) -> bool:
    """Return whether all servers that are assumed refuse a grant."""
    is_known = all(isinstance(leaf, Located) for leaf in grant.privileges)
    return is_known and grant.scope is not None and _refusing(grant) == len(DEFAULT_PANEL)


def _refusing(grant: Grant) -> int:
    """Return how many of the assumed servers refuse the known privileges of a grant, or the grant option alone."""
    if not grant.privileges:
        return len(DEFAULT_PANEL)
    if not isinstance(grant.target, Located):
        return 0
    named = tuple([leaf.value for leaf in grant.privileges if isinstance(leaf, Located)])
    return _refusing_at(named, grant.target.value.level)


@lru_cache(maxsize=1024)
def _refusing_at(privileges: tuple[Privilege, ...], level: Level) -> int:
    return sum(is_refused(privileges, parse_target(name), level) for name in DEFAULT_PANEL)
