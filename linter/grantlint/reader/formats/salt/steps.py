"""What Salt sends for the states of an SLS file: they run in the order in which they stand (salt/modules/mysql.py)."""

from collections.abc import Iterable, Sequence

from grantlint.model import (
    Account,
    Declarations,
    Fault,
    Grant,
    GrantedPrivilege,
    GrantTo,
    NotChecked,
    Secrecy,
    ServerFacts,
)
from grantlint.model.account import Identity, Sending, identity
from grantlint.model.location import Flag, Located, Source, Span, Text
from grantlint.model.privilege import parse_privilege, split_privileges
from grantlint.model.step import AccountName, Act, AlterUser, CreateUser, DropUser, GrantPrivileges, Revoke, Step
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.salt.targets import target_of

FORMAT = "salt"
OF_PASSWORD = Sending(
    "mysql_native_password",
    (8, 0, 11),
    None,
    "a password of mysql_user.present",
    "write `auth_plugin: caching_sha2_password`, or turn the plugin on.",
)
"""The plugin that Salt's module names for a password of which a state says no more.

Source: salt/modules/mysql.py, _mysql_user_create and its default of auth_plugin (3006).
"""

_AS = "mysql-8.4"  # which reads names as all do
_ADVICE = "Write db.*, *.* or db.table."


class Order(NamedTuple):
    """The privileges, database and options of a Salt grant."""

    privileges: tuple[GrantedPrivilege, ...]
    database: Text
    option: Flag | None = None
    escape: Flag | None = None


def privileges_of(texts: Iterable[Text]) -> tuple[GrantedPrivilege, ...]:
    """Return the privileges of texts with commas."""
    found: list[GrantedPrivilege] = []
    for text in texts:
        if not isinstance(text, Located):
            found.append(text)
            continue
        pieces = split_privileges(text.value)
        start = text.source.text.find(text.value, text.start, text.end)
        for piece in pieces:
            at = start + text.value.index(piece) if start >= 0 and len(pieces) > 1 else -1
            place = Span(text.source, at, at + len(piece)) if at >= 0 else text.span
            found.append(Located(parse_privilege(piece), *place))
    return tuple(found)


class Steps:
    """What Salt sends for a file's states, and its other declarations."""

    def __init__(self, source: Source) -> None:
        self.found = Declarations(FORMAT, source.path)
        self._steps: list[tuple[Identity, Step]] = []
        self._acts: dict[Identity, list[Act]] = {}
        self._settings: dict[str, Text] = {}

    def account(self, account: Account) -> None:
        """Make an account; the password of one that is there changes.

        A password in plain text stays in the file that everybody can read.
        """
        acts = self._acts.get(account.identity, ()) if account.known_name is not None else ()
        made = [act.accounts[0] for act in acts if isinstance(act, CreateUser)]
        self._send(account, CreateUser((account._replace(amends=bool(made)),), if_not_exists=True))
        if made and account.authentication is not None and not any(map(_has_plain_password, made)):
            self._send(account, AlterUser((account,)))

    def absent(self, user: Text, host: Text, span: Span) -> None:
        """Drop an account where it is there."""
        name = AccountName(user, host, span)
        self._send(name, DropUser((name,), if_exists=True))

    def grant(self, user: Text, host: Text, order: Order, span: Span, *, revoked: bool = False) -> None:
        """Grant or revoke. A fault where it is on nothing."""
        target = target_of(order.database, order.escape, self.found.faults)
        if target is not None:
            grant, name = Grant(order.privileges, target, span, order.option), AccountName(user, host, span)
            taken = Revoke(grant, (name,), if_exists=True, ignores_unknown=True)
            self._send(name, taken if revoked else GrantPrivileges(grant, (name,)))
        elif isinstance(order.database, Located):
            message = f"the database '{order.database.value}' has no dot: Salt takes it for a table of no database"
            self.found.faults.append(Fault("schema-error", message, order.database.span, _ADVICE))

    def _send(self, of: Account | AccountName, act: Act) -> None:
        name = identity(of.user, of.host)
        self._steps.append((name, Step(act, of.span)))
        self._acts.setdefault(name, []).append(act)

    def removal(self) -> None:
        """Count an account that is taken away."""
        self.found.removals += 1

    def not_checked(self, what: str, why: str, span: Span) -> None:
        """Count something that no rule can look at."""
        self.found.not_checked.append(NotChecked(what, why, span))

    def setting(self, name: str, value: Text, span: Span) -> None:
        """Note a setting of the server."""
        if self.found.server is None:
            self.found.server = ServerFacts(span, settings=self._settings)
        self._settings[name.lower().replace("-", "_")] = value

    def declared(self) -> Declarations:
        """Return the file's declarations, as the steps leave them.

        Most accounts are made and granted to, and no more: of those each step says by itself what is there.
        """
        in_turn = {name for name, acts in self._acts.items() if _changes(name, acts)}
        for name, step in self._steps:
            if name not in in_turn:
                self._declare(step.act)
        if in_turn:
            from grantlint.access import parse_target  # noqa: PLC0415 - few files have such accounts
            from grantlint.reader.leaf.declare import declare  # noqa: PLC0415 - as above

            declare([step for name, step in self._steps if name in in_turn], parse_target(_AS), self.found)
        return self.found

    def _declare(self, act: Act) -> None:
        match act:
            case CreateUser(accounts=accounts):
                self.found.accounts += accounts
            case GrantPrivileges(grant=grant, to=(to,)):
                self.found.grants.append(GrantTo(to.user, to.host, grant))
            case _:
                self.removal()


def _changes(name: Identity, acts: Sequence[Act]) -> bool:
    """Return whether a later step changes what an earlier one has made of an account, so that replay has to tell."""
    kinds = [type(act) for act in acts]
    taken = DropUser in kinds or Revoke in kinds
    held = CreateUser in kinds or GrantPrivileges in kinds
    return (kinds.count(CreateUser) > 1 or (held and taken)) and all(isinstance(part, str) for part in name)


def _has_plain_password(account: Account) -> bool:
    credential = account.authentication and account.authentication.credential
    return credential is not None and credential.secrecy is Secrecy.PLAIN
