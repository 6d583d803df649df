"""What Salt's module leaves behind when it cannot verify a password, and which state fails by it.

With MySQL it compares hashes of mysql_native_password alone. For another plugin it notes an error and goes on; the next
state that does not find what it wants takes that error for its own (salt/modules/mysql.py, _mysql_user_exists;
salt/states/mysql_grants.py, _get_mysql_error; facts: Q4).
"""

from grantlint.model import Account, Secrecy
from grantlint.model.account import Identity, identity
from grantlint.model.location import Located
from grantlint.model.step import Hindrance
from grantlint.model.step.acts import AccountName, CreateUser, DropUser, GrantPrivileges, Revoke
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.salt.run.failing import NO_PASSWORD, UNVERIFIED
from grantlint.reader.formats.salt.run.plan import Run

_LOOKS = "mysql_database"
_NATIVE = "mysql_native_password"


class _Made(NamedTuple):
    """How an account was made. `is_native`: whether Salt can verify its password."""

    is_native: bool
    kind: str


class Unverified:
    """The error that is left, run by run."""

    def __init__(self) -> None:
        self._is_left = False
        self._made: dict[Identity, _Made] = {}

    def by(self, run: Run) -> Hindrance | None:
        """Return why a run fails by the error. Which one it leaves is noted."""
        fails: Hindrance | None = None
        if run.module == _LOOKS or run.fails:
            self._is_left = False
        for act, _, hindrance in run.acts:
            match act:
                case CreateUser(accounts=(account,)):
                    fails = self._create(account, hindrance, run) or fails
                case DropUser(accounts=(name,)):
                    self._drop(name)
                case GrantPrivileges():
                    fails = self._takes_over() or fails
                case Revoke():
                    self._is_left = False
                case _:
                    pass
        return fails

    def _takes_over(self) -> Hindrance | None:
        fails, self._is_left = self._is_left, False
        return UNVERIFIED if fails else None

    def _create(self, account: Account, hindrance: Hindrance | None, run: Run) -> Hindrance | None:
        if hindrance is NO_PASSWORD:  # it fails before it looks at the server
            return None
        there, now = self._made.get(account.identity), _Made(_is_native(account), _kind(account, run))
        finds = there is not None and (now.kind == there.kind or run.gives_password)
        if not finds and (fails := self._takes_over()) is not None:
            return fails
        if hindrance is not None:
            return None
        there = self._made.setdefault(account.identity, now)
        self._is_left = self._is_left or (run.gives_password and not there.is_native)
        return None

    def _drop(self, name: AccountName) -> None:
        if self._made.pop(identity(name.user, name.host), None) is None:
            self._is_left = False


def _kind(account: Account, run: Run) -> str:
    said = account.authentication
    if said is None or said.credential is None:
        return "socket"
    if said.credential.secrecy is Secrecy.EMPTY:
        return "free"
    return "password" if run.gives_password else "hash"


def _is_native(account: Account) -> bool:
    """Return whether an account has the plugin that Salt can verify; one without a password has the server's own."""
    said = account.authentication
    if said is None or said.plugin is not None:
        return said is None or not isinstance(said.plugin, Located) or said.plugin.value.lower() == _NATIVE
    return said.sending is not None and said.sending.plugin == _NATIVE
