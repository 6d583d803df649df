"""The account rows of a declared server as one product holds them, and others that hold them alike."""

from collections.abc import Sequence

from grantlint.access.accounts.stored import stored_host, stored_user
from grantlint.access.host.client import Client
from grantlint.access.product.installation import Installation
from grantlint.access.server.census import Census
from grantlint.access.server.declared import clients_of
from grantlint.model import Account, DeclaredServer, Role
from grantlint.model.location import Located, text_of
from grantlint.platform.typed import TYPE_CHECKING

if TYPE_CHECKING:  # most of the model: loaded by the first server that needs it, 25 ms of a start in all
    from grantlint.access.accounts.connection import AccountTable
    from grantlint.access.accounts.rows import Row
    from grantlint.access.cover import Cover, Coverage
    from grantlint.access.cover.budget import Allowance
    from grantlint.access.server.doubts.certainty import Certainty


class AccountRows:
    """The account table and which clients get each row.

    Each is made when somebody asks for it.
    """

    __slots__ = (
        "_allowance", "_certainty", "_contested", "_coverage", "_entries", "_made", "_made_ids", "_other", "_positions",
        "_table", "accounts", "census", "declared", "installation",
    )  # fmt: skip

    def __init__(
        self,
        declared: DeclaredServer,
        installation: Installation,
        census: Census,
        allowance: "Allowance | None" = None,
    ) -> None:
        """Take a server as an installation; `allowance`: what is left for proofs about all servers of a run."""
        self._allowance = allowance
        self.declared = declared
        self.installation = installation
        self.census = census
        self.accounts = census.accounts
        self._entries: tuple[Account | Role, ...] = ()
        self._positions: dict[int, int] = {}
        self._table: AccountTable | None = None
        self._coverage: Coverage | None = None
        self._certainty: Certainty | None = None
        self._contested: tuple[tuple[Account, Cover], ...] | None = None
        self._made: list[Account] | None = None
        self._made_ids: frozenset[int] | None = None
        self._other: AccountRows | None = None

    @property
    def table(self) -> "AccountTable":
        """The account rows in the server's order, MySQL's roles included.

        So are the accounts that GRANT makes, on servers where it makes them. An account that is declared twice is one
        row, and its first declaration stands for it.
        """
        if self._table is None:
            from grantlint.access.accounts.connection import AccountTable  # noqa: PLC0415 - see above

            accounts = (*self.accounts, *self._made_by_grants())
            rows = [(user_of(account), text_of(account.host)) for account in accounts]
            entries: list[Account | Role] = [*accounts]
            self._positions = {id(account): index for index, account in enumerate(accounts)}
            if self.census.namesakes:
                rows, entries = self._each_once(accounts)
            roles = [role for role in self.declared.roles if isinstance(role.name, Located)]
            self._positions |= {id(role): index for index, role in enumerate(roles, len(rows))}
            self._entries = (*entries, *roles)
            self._table = AccountTable(
                self.installation.target,
                [*rows, *((text_of(role.name), text_of(role.host) if role.host else "%") for role in roles)],
                skip_name_resolve=self.installation.skip_name_resolve,
                roles=range(len(rows), len(rows) + len(roles)),
            )
        return self._table

    def _each_once(self, accounts: Sequence[Account]) -> tuple[list[tuple[str, str]], list[Account | Role]]:
        """Return the rows and what they were declared by; `_positions` then leads from each account to its row."""
        first: dict[tuple[str, str], int] = {}
        entries: list[Account | Role] = []
        target = self.installation.target
        for account in accounts:
            key = (stored_user(user_of(account), target), stored_host(text_of(account.host), target))
            place = first.setdefault(key, len(entries))
            if place == len(entries):
                entries.append(account)
            self._positions[id(account)] = place
        return [*first], entries

    def _made_by_grants(self) -> list[Account]:
        """Return the accounts that GRANT alone makes.

        Only grants name them (sql_mode: NO_AUTO_CREATE_USER).
        """
        if self._made is not None:
            return self._made
        installation = self.installation
        modes = installation.settings.value("sql_mode") or ""
        if installation.target.traits.grant_to_nobody or "no_auto_create_user" in modes:
            self._made = []
            return self._made
        roles = {text_of(role.name) for role in self.declared.roles}
        self._made = [
            account
            for account in self.declared.grantees
            if isinstance(account.user, Located) and isinstance(account.host, Located) and user_of(account) not in roles
        ]
        return self._made

    def is_made_by_grant(self, entry: Account | Role) -> bool:
        """Return whether only a grant makes a row.

        Its login is not declared then.
        """
        if self._made_ids is None:
            self._made_ids = frozenset(map(id, self._made_by_grants()))
        return id(entry) in self._made_ids

    @property
    def coverage(self) -> "Coverage":
        """The clients that each account gets.

        Declared clients serve as witnesses first.
        """
        if self._coverage is None:
            from grantlint.access.cover import Coverage  # noqa: PLC0415 - see above

            self._coverage = Coverage(self.table, prefer=self.clients, allowance=self._allowance)
        return self._coverage

    @property
    def certainty(self) -> "Certainty":
        """What holds of the table whatever the files leave open.

        They leave open accounts made elsewhere, for instance.
        """
        if self._certainty is None:
            from grantlint.access.server.doubts.certainty import Certainty  # noqa: PLC0415 - for servers with findings alone

            self._certainty = Certainty(self.declared, self.table)
        return self._certainty

    @property
    def clients(self) -> tuple[Client, ...]:
        """The clients that the files name."""
        return tuple(client for host in self.declared.hosts for client, _ in clients_of(host))

    def cover(self, account: Account) -> "Cover":
        """Return the clients that an account of `accounts` gets."""
        coverage = self.coverage
        return coverage.of(self._positions[id(account)])

    @property
    def undecided(self) -> tuple[Account | Role, ...]:
        """The judged accounts whose clients are not proven.

        One reason is want of units.
        """
        indexes = self._coverage.undecided if self._coverage is not None else ()
        return tuple(self._entries[index] for index in indexes)

    @property
    def contested(self) -> "tuple[tuple[Account, Cover], ...]":
        """The accounts that lose some clients they match, with covers.

        Left out are those that lose clients only across (a name here, an address there): true, but not to be seen in
        files, and so common that the list would be most accounts.
        """
        if self._contested is None:
            covers = [(account, self.cover(account)) for account in self.census.involved]
            self._contested = tuple(
                (account, cover) for account, cover in covers if cover.outcome not in {"own", "cross"}
            )
        return self._contested

    def is_lost(self, account: Account) -> bool:
        """Return whether it is proven that an account gets no client.

        It is one of `accounts`, and the proof holds whatever the files leave open. Where no file states
        skip_name_resolve, it has to hold for both: `root`@`127.0.0.1` is lost to `root`@`localhost` on MariaDB, and is
        what gets TCP clients once names are not looked up.
        """
        if self.cover(account).outcome != "unreachable":
            return False
        settings = self.installation.settings
        if settings.value("skip_name_resolve") is not None:
            return True
        if self._other is None:
            other = Installation(self.installation.target, settings.otherwise("skip_name_resolve"))
            self._other = AccountRows(self.declared, other, self.census, self._allowance)
        return self._other.cover(account).outcome in {"unreachable", "dead", "shut"}

    def declaration_of(self, row: "Row") -> Account | Role:
        """Return the declaration that a row of the table comes from."""
        return self._entries[row.index]


def user_of(account: Account) -> str:
    """Return the user name of an account of `Server.accounts`."""
    return text_of(account.user)
