"""What an SLS file declares, put together as its states run: a second state about an account changes it."""

from collections.abc import Iterable
from typing import NamedTuple

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
from grantlint.reader.formats.salt.targets import target_of

FORMAT = "salt"
_ADVICE = "Write db.*, *.* or db.table."


class Order(NamedTuple):
    """What is granted, as Salt is told."""

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


class Ledger:
    """The declarations of a file."""

    def __init__(self, source: Source) -> None:
        self.found = Declarations(FORMAT, source.path)
        self._places: dict[Identity, int] = {}
        self._settings: dict[str, Text] = {}

    def account(self, account: Account) -> None:
        """Add an account; of one that is there already, keep the password that everybody can read."""
        accounts = self.found.accounts
        if account.known_name is not None:
            name = account.identity
            before = self._places.get(name)
            if before is not None:
                there = accounts[before]
                credential = there.authentication and there.authentication.credential
                if not credential or credential.secrecy is not Secrecy.PLAIN:
                    accounts[before] = there._replace(authentication=account.authentication or there.authentication)
                return
            self._places[name] = len(accounts)
        accounts.append(account)

    def grant(self, user: Text, host: Text, order: Order, span: Span) -> None:
        """Add a grant, or a fault where it is on nothing."""
        target = target_of(order.database, order.escape, self.found.faults)
        if target is not None:
            grant = Grant(order.privileges, target, span, order.option)
            self.found.grants.append(GrantTo(user, host, grant))
        elif isinstance(order.database, Located):
            message = f"the database '{order.database.value}' has no dot: Salt takes it for a table of no database"
            self.found.faults.append(Fault("schema-error", message, order.database.span, _ADVICE))

    def removal(self) -> None:
        """Count an account or grant that is taken away."""
        self.found.removals += 1

    def not_checked(self, what: str, why: str, span: Span) -> None:
        """Count something that no rule can look at."""
        self.found.not_checked.append(NotChecked(what, why, span))

    def set(self, name: str, value: Text, span: Span) -> None:
        """Note a setting of the server."""
        if self.found.server is None:
            self.found.server = ServerFacts(span, settings=self._settings)
        self._settings[name.lower().replace("-", "_")] = value
