"""Tasks about one account, one after the other, where a later one takes away what an earlier one grants.

Source: community.mysql, plugins/modules/mysql_user.py: an account is made if it is not there, changed where it is, and
what `priv` does not name is revoked unless append_privs is set.
"""

from typing import TYPE_CHECKING

from grantlint.location import Located
from grantlint.model import Account

if TYPE_CHECKING:  # twenty records that only such tasks need
    from collections.abc import Iterator

    from grantlint.model.step import Act, Step

Name = tuple[str, str]


class Tasks:
    """The tasks of one server by account; `replaced` are the accounts of which the order matters."""

    __slots__ = ("_by_name", "replaced")

    def __init__(self) -> None:
        self._by_name: dict[Name, list[tuple[Account, bool]]] = {}
        self.replaced: set[Name] = set()

    def add(self, name: Name, account: Account, *, appends: bool) -> None:
        """Note what a task says of an account."""
        self._by_name.setdefault(name, []).append((account, appends))

    def forget(self, name: Name) -> None:
        """Note that an account is taken away: what comes after makes it anew."""
        self._by_name.pop(name, None)
        self.replaced.discard(name)

    def tells(self, account: Account) -> bool:
        """Return whether an account is among those of which the order matters."""
        user, host = account.user, account.host
        if not isinstance(user, Located) or not isinstance(host, Located):
            return False
        return (user.value, host.value.lower()) in self.replaced

    def steps(self) -> "Iterator[Step]":
        """Yield what the module sends for the accounts of which the order matters."""
        from grantlint.model.step import Step  # noqa: PLC0415 - as above

        for name in self._by_name:
            if name in self.replaced:
                for account, appends in self._by_name[name]:
                    for act in _acts(account, appends=appends):
                        yield Step(act, account.span)


def _acts(account: Account, *, appends: bool) -> "Iterator[Act]":
    from grantlint.model import step as m  # noqa: PLC0415 - as above

    name = m.AccountName(account.user, account.host, account.span)
    bare = account._replace(grants=())
    yield m.CreateUser((bare,), if_not_exists=True)
    yield m.AlterUser((bare,))
    if account.grants and not appends:
        yield m.RevokeAll((name,))
    for grant in account.grants:
        yield m.GrantPrivileges(grant, (name,))
