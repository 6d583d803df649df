"""What an SLS file declares: its states run in the order in which they stand, and a later one changes an account."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

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
from grantlint.model.account import Identity
from grantlint.model.location import Flag, Located, Source, Span, Text
from grantlint.model.privilege import parse_privilege, split_privileges
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.salt.targets import target_of

if TYPE_CHECKING:  # as in model/declarations.py
    from grantlint.model.step import Act, Step

FORMAT = "salt"
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


class Told(NamedTuple):
    """A state about an account: made, removed, granted to or revoked from."""

    what: Literal["present", "absent", "granted", "revoked"]
    account: Account


class Ledger:
    """Collects the states of a file in order. `declared` puts them together."""

    def __init__(self, source: Source) -> None:
        self.found = Declarations(FORMAT, source.path)
        self._told: list[Told] = []
        self._settings: dict[str, Text] = {}

    def account(self, account: Account) -> None:
        """Note an account that is made, or changed where it is there."""
        self._told.append(Told("present", account))

    def absent(self, user: Text, host: Text, span: Span) -> None:
        """Note that an account is taken away where it is there."""
        self._told.append(Told("absent", Account(user, host, span)))

    def grant(self, user: Text, host: Text, order: Order, span: Span, *, revoked: bool = False) -> None:
        """Note a grant or its revocation. A fault where it is on nothing."""
        target = target_of(order.database, order.escape, self.found.faults)
        if target is not None:
            grant = Grant(order.privileges, target, span, order.option)
            self._told.append(Told("revoked" if revoked else "granted", Account(user, host, span, grants=(grant,))))
        elif isinstance(order.database, Located):
            message = f"the database '{order.database.value}' has no dot: Salt takes it for a table of no database"
            self.found.faults.append(Fault("schema-error", message, order.database.span, _ADVICE))

    def removal(self) -> None:
        """Count an account or grant that is taken away."""
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
        """Return the file's declarations. Where one state changes what another says, by their steps."""
        in_turn = self._changed()
        for what, account in self._told:
            if account.identity in in_turn:
                continue
            if what == "present":
                self.found.accounts.append(account)
            elif what == "granted":
                self.found.grants.append(GrantTo(account.user, account.host, account.grants[0]))
            else:
                self.found.removals += 1
        if in_turn:
            from grantlint.access import parse_target  # noqa: PLC0415 - few files have such accounts
            from grantlint.reader.leaf.declare import declare  # noqa: PLC0415 - as above

            declare(
                [*_steps(told for told in self._told if told.account.identity in in_turn)],
                parse_target(_AS),
                self.found,
            )
        return self.found

    def _changed(self) -> set[Identity]:
        """Return the accounts of which a later state says something else than an earlier one."""
        known = [told for told in self._told if told.account.known_name is not None]
        made = Counter(told.account.identity for told in known if told.what == "present")
        held = {told.account.identity for told in known if told.what in {"present", "granted"}}
        taken = {told.account.identity for told in known if told.what in {"absent", "revoked"}}
        return {name for name, times in made.items() if times > 1} | (held & taken)


def _steps(told: Iterable[Told]) -> "Iterator[Step]":
    """Yield what Salt sends for each state (salt/modules/mysql.py)."""
    from grantlint.model.step import Step  # noqa: PLC0415 - as above

    plain: set[Identity] = set()
    there: set[Identity] = set()
    for each in told:
        name = each.account.identity
        for act in _acts(each, again=name in there, plain=name in plain):
            yield Step(act, each.account.span)
        if each.what == "present":
            there.add(name)
            credential = each.account.authentication and each.account.authentication.credential
            if credential and credential.secrecy is Secrecy.PLAIN:
                plain.add(name)


def _acts(told: Told, *, again: bool, plain: bool) -> "Iterator[Act]":
    """Yield the acts of one state.

    `again`: a state before it has made the account; `plain`: with a password that everybody can read in the file still.
    """
    from grantlint.model import step as m  # noqa: PLC0415 - as above

    account = told.account
    name = m.AccountName(account.user, account.host, account.span)
    if told.what == "absent":
        yield m.DropUser((name,), if_exists=True)
    elif told.what == "granted":
        yield m.GrantPrivileges(account.grants[0], (name,))
    elif told.what == "revoked":
        yield m.Revoke(account.grants[0], (name,), if_exists=True)
    else:
        yield m.CreateUser((account._replace(amends=again),), if_not_exists=True)
        if again and account.authentication is not None and not plain:
            yield m.AlterUser((account,))
