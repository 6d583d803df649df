"""A declared server as one product and version holds it: what rules look at."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from grantlint.access.census import Census
from grantlint.access.client import Client
from grantlint.access.declared import clients_of
from grantlint.access.host import HostValue, host_value
from grantlint.access.installation import Installation
from grantlint.access.stored import stored_host, stored_user
from grantlint.location import Located, Text
from grantlint.model import Account, DeclaredServer, Role

if TYPE_CHECKING:  # most of the model: loaded by the first server that needs it, 25 ms of a start in all
    from grantlint.access.certainty import Certainty
    from grantlint.access.connection import AccountTable
    from grantlint.access.cover import Cover, Coverage
    from grantlint.access.grants import GrantTable
    from grantlint.access.rows import Row
    from grantlint.access.session import Session
    from grantlint.access.state.outcome import Outcome, Refused


class Server:
    """The accounts of a declared server as one installation holds them.

    Accounts whose user or host nobody knows are in no table: what is said of the others holds whatever they
    turn out to be only as far as each rule says.
    """

    __slots__ = (
        "_certainty",
        "_contested",
        "_coverage",
        "_entries",
        "_grants",
        "_made",
        "_other",
        "_own",
        "_positions",
        "_table",
        "accounts",
        "census",
        "declared",
        "installation",
        "outcomes",
    )

    def __init__(
        self,
        declared: DeclaredServer,
        installation: Installation,
        census: Census | None = None,
        outcomes: "Sequence[Outcome]" = (),
    ) -> None:
        """Take a server as an installation; the census may be shared by all installations of a server.

        `outcomes` are those of its steps that are not simply done, where it has any.
        """
        self.declared = declared
        self.installation = installation
        self.census = census or Census(declared)
        self.accounts = self.census.accounts
        self._entries: tuple[Account | Role, ...] = ()
        self._positions: dict[int, int] = {}
        self._table: AccountTable | None = None
        self._coverage: Coverage | None = None
        self._certainty: Certainty | None = None
        self._contested: tuple[tuple[Account, Cover], ...] | None = None
        self._grants: dict[str, GrantTable] = {}
        self._made: list[Account] | None = None
        self._other: Server | None = None
        self._own: dict[tuple[str, str], Account] = {}
        self.outcomes = outcomes

    @property
    def refused(self) -> "tuple[Refused, ...]":
        """The steps that the server refuses, and why."""
        if not self.outcomes:
            return ()
        from grantlint.access.state.outcome import Refused  # noqa: PLC0415 - for servers with such steps alone

        return tuple([outcome for outcome in self.outcomes if isinstance(outcome, Refused)])

    @property
    def in_memory(self) -> "Server | None":
        """The server before FLUSH PRIVILEGES or a restart; None where writes to its tables do not wait for that."""
        if not self.outcomes:
            return None
        from grantlint.access.state.holding import Holdings, waits  # noqa: PLC0415 - as above

        if not waits(self.outcomes):
            return None
        left, outcomes = Holdings(self.declared, flushed=False).of(self.installation)
        return Server(left, self.installation, outcomes=outcomes)

    def host(self, text: str) -> HostValue:
        """Return a host value, as written, as this server parses it."""
        return host_value(text, self.installation.target.traits)

    def stored_host(self, text: str) -> str:
        """Return the host value that CREATE USER makes of a text."""
        return stored_host(text, self.installation.target)

    @property
    def table(self) -> "AccountTable":
        """The account rows, sorted as the server sorts them; MySQL's roles are among them.

        So are the accounts that GRANT makes, on servers where it makes them. An account that is declared twice is
        one row, and its first declaration stands for it.
        """
        if self._table is None:
            from grantlint.access.connection import AccountTable  # noqa: PLC0415 - see above

            accounts = (*self.accounts, *self._made_by_grants())
            rows = [(user_of(account), _text(account.host)) for account in accounts]
            entries: list[Account | Role] = [*accounts]
            self._positions = {id(account): index for index, account in enumerate(accounts)}
            if self.census.namesakes:
                rows, entries = self._each_once(accounts)
            roles = [role for role in self.declared.roles if isinstance(role.name, Located)]
            self._positions |= {id(role): index for index, role in enumerate(roles, len(rows))}
            self._entries = (*entries, *roles)
            self._table = AccountTable(
                self.installation.target,
                [*rows, *((_text(role.name), _text(role.host) if role.host else "%") for role in roles)],
                skip_name_resolve=self.installation.skip_name_resolve,
                roles=range(len(rows), len(rows) + len(roles)),
            )
        return self._table

    def _each_once(self, accounts: Sequence[Account]) -> tuple[list[tuple[str, str]], list[Account | Role]]:
        """Return the rows and what they were declared by; `_positions` then leads from each account to its row."""
        first: dict[tuple[str, str], int] = {}
        entries: list[Account | Role] = []
        for account in accounts:
            place = first.setdefault((self.user_of(account), self.host_of(account)), len(entries))
            if place == len(entries):
                entries.append(account)
            self._positions[id(account)] = place
        return [*first], entries

    def _made_by_grants(self) -> list[Account]:
        """Return the accounts that only grants name, where GRANT alone makes them (sql_mode: NO_AUTO_CREATE_USER)."""
        if self._made is not None:
            return self._made
        installation = self.installation
        modes = installation.settings.value("sql_mode") or ""
        if installation.target.traits.grant_to_nobody or "no_auto_create_user" in modes:
            self._made = []
            return self._made
        roles = {_text(role.name) for role in self.declared.roles}
        self._made = [
            account
            for account in self.declared.grantees
            if isinstance(account.user, Located) and isinstance(account.host, Located) and user_of(account) not in roles
        ]
        return self._made

    def is_made_by_grant(self, entry: Account | Role) -> bool:
        """Return whether a row of the table is there because a grant names it, so that its login is not declared."""
        return any(entry is account for account in self._made_by_grants())

    @property
    def coverage(self) -> "Coverage":
        """Which clients each account gets; declared clients serve as witnesses first."""
        if self._coverage is None:
            from grantlint.access.cover import Coverage  # noqa: PLC0415 - see above

            self._coverage = Coverage(self.table, prefer=self.clients)
        return self._coverage

    @property
    def certainty(self) -> "Certainty":
        """What holds of the table whatever the files leave open, such as accounts made elsewhere."""
        if self._certainty is None:
            from grantlint.access.certainty import Certainty  # noqa: PLC0415 - for servers with findings alone

            self._certainty = Certainty(self.declared, self.table)
        return self._certainty

    def grants_of(self, user: str) -> "GrantTable":
        """Return the grant tables as far as sessions of a user are concerned, each privilege with its `Grant`.

        A session is served by rows of its user (as stored) at any host, by anonymous rows and by roles, and by
        nothing else.
        """
        table = self._grants.get(user)
        if table is None:
            from grantlint.access.granting import granted  # noqa: PLC0415 - see above
            from grantlint.access.grants import GrantSettings, GrantTable  # noqa: PLC0415 - see above

            settings = self.installation.settings
            table = GrantTable(
                self.installation.target,
                GrantSettings(
                    skip_name_resolve=settings.skip_name_resolve,
                    partial_revokes=settings.is_on("partial_revokes"),
                    lower_case_table_names=1 if settings.value("lower_case_table_names") in {"1", "2"} else 0,
                    activate_all_roles_on_login=settings.is_on("activate_all_roles_on_login"),
                ),
            )
            users = dict.fromkeys((user, "", *self._role_names()))
            accounts = [account for each in users for account in self.census.of_user(each)]
            self._grants[user] = granted(self.declared, accounts, table)
        return table

    def _role_names(self) -> Iterator[str]:
        """Yield the names of what is granted as a role; on MySQL that may be any account."""
        members = [*self.declared.memberships, *(one for role in self.declared.roles for one in role.members)]
        return (_text(member.role) for member in members)

    def session(self, user: str, host: str, client: Client) -> "Session":
        """Return a session of the account `user`@`host` (as stored), reached by a client."""
        from grantlint.access.session import Session  # noqa: PLC0415 - see above

        return Session(self.grants_of(user), user, host, client)

    @property
    def clients(self) -> tuple[Client, ...]:
        """The clients that the files name."""
        return tuple(client for host in self.declared.hosts for client, _ in clients_of(host))

    def cover(self, account: Account) -> "Cover":
        """Return which clients an account of `accounts` gets."""
        coverage = self.coverage
        return coverage.of(self._positions[id(account)])

    @property
    def undecided(self) -> tuple[Account | Role, ...]:
        """The accounts that were judged, and of which it is not proven who gets them, be it for want of work."""
        indexes = self._coverage.undecided if self._coverage is not None else ()
        return tuple(self._entries[index] for index in indexes)

    @property
    def contested(self) -> "tuple[tuple[Account, Cover], ...]":
        """The accounts that do not have all the clients that they match, each with its cover.

        Left out are those that lose clients only across (a name here, an address there): true, but not to be
        seen in files, and so common that the list would be most accounts.
        """
        if self._contested is None:
            covers = [(account, self.cover(account)) for account in self.census.involved]
            self._contested = tuple(
                (account, cover) for account, cover in covers if cover.outcome not in {"own", "cross"}
            )
        return self._contested

    def is_lost(self, account: Account) -> bool:
        """Return whether it is proven that no client gets an account of `accounts`, whatever the files leave open.

        Where no file states skip_name_resolve, it has to hold for both: `root`@`127.0.0.1` is lost to
        `root`@`localhost` on MariaDB, and is what gets TCP clients once names are not looked up.
        """
        if self.cover(account).outcome != "unreachable":
            return False
        settings = self.installation.settings
        if settings.value("skip_name_resolve") is not None:
            return True
        if self._other is None:
            other = Installation(self.installation.target, settings.otherwise("skip_name_resolve"))
            self._other = Server(self.declared, other, self.census)
        return self._other.cover(account).outcome in {"unreachable", "dead", "shut"}

    def own(self, account: Account) -> Account | None:
        """Return the account of `accounts` that has the user and host of another server's, or None."""
        if not self._own:
            for mine in self.accounts:
                self._own.setdefault((self.user_of(mine), self.host_of(mine)), mine)
        return self._own.get((self.user_of(account), self.host_of(account)))

    def client_of(self, account: Account) -> Client | None:
        """Return a client that is logged in as an account of `accounts`, or None where there is none for sure."""
        return self.cover(account).witness

    def user_of(self, account: Account) -> str:
        """Return the user name of an account of `accounts`, as stored."""
        return stored_user(_text(account.user), self.installation.target)

    def host_of(self, account: Account) -> str:
        """Return the host value of an account of `accounts`, as stored."""
        return self.stored_host(_text(account.host))

    def declaration_of(self, row: "Row") -> Account | Role:
        """Return what a row of the table was declared by."""
        return self._entries[row.index]


def user_of(account: Account) -> str:
    """Return the user name of an account of `Server.accounts`."""
    return _text(account.user)


def _text(leaf: Text | None) -> str:
    return leaf.value if isinstance(leaf, Located) else ""
