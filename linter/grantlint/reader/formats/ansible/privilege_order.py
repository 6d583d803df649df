"""Tasks about one account, one after the other, where a later one takes away what an earlier one grants.

Source: community.mysql, plugins/modules/mysql_user.py: an account is made if it is not there, changed where it is, and
what `priv` does not name is revoked unless append_privs is set.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from grantlint.model import Account, Grant
from grantlint.model.account import Identity
from grantlint.platform.record import NamedTuple

if TYPE_CHECKING:  # twenty records that only such tasks need
    from grantlint.model.step import Act, Step


class _Task(NamedTuple):
    account: Account
    appends: bool
    keeps: bool
    takes: Sequence[Grant]


class Tasks:
    """The tasks of one server by account. `replaced` are the accounts of which the order matters."""

    __slots__ = ("_by_name", "replaced")

    def __init__(self) -> None:
        self._by_name: dict[Identity, list[_Task]] = {}
        self.replaced: set[Identity] = set()

    def add(
        self, name: Identity, account: Account, *, appends: bool, keeps: bool = False, takes: Sequence[Grant] = ()
    ) -> None:
        """Note a task about an account, and what it revokes. `keeps`: the password of one that is there."""
        self._by_name.setdefault(name, []).append(_Task(account, appends, keeps, takes))
        if takes:
            self.replaced.add(name)

    def forget(self, name: Identity) -> None:
        """Note that an account is removed. What comes after makes it anew."""
        self._by_name.pop(name, None)
        self.replaced.discard(name)

    def tells(self, account: Account) -> bool:
        """Return whether the order of tasks matters for an account."""
        return account.identity in self.replaced

    def steps(self) -> "Iterator[Step]":
        """Yield the module's steps for accounts whose order of tasks matters."""
        from grantlint.model.step import Step  # noqa: PLC0415 - as above

        for name in self._by_name:
            if name in self.replaced:
                for number, task in enumerate(self._by_name[name]):
                    for act in _acts(task, is_there=number > 0):
                        yield Step(act, task.account.span)


def _acts(task: _Task, *, is_there: bool) -> "Iterator[Act]":
    from grantlint.model import step as m  # noqa: PLC0415 - as above

    account = task.account
    name = m.AccountName(account.user, account.host, account.span)
    bare = account._replace(grants=())
    silent = bare._replace(authentication=None) if task.keeps else bare
    yield m.CreateUser((silent if is_there else bare,), if_not_exists=True)
    yield m.AlterUser((silent,))
    for grant in task.takes:
        yield m.Revoke(grant, (name,))
    if account.grants and not task.appends:
        yield m.RevokeAll((name,))
    for grant in account.grants:
        yield m.GrantPrivileges(grant, (name,))
