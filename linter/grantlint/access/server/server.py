"""A declared server as one product and version holds it: what rules look at."""

from collections.abc import Iterable, Iterator, Sequence

from grantlint.access.accounts.stored import stored_host, stored_user
from grantlint.access.host.client import Client
from grantlint.access.host.value import HostValue, host_value
from grantlint.access.product.installation import Installation
from grantlint.access.server.census import Census
from grantlint.access.server.rows import AccountRows, user_of
from grantlint.model import Account, DeclaredServer, Role
from grantlint.model.location import text_of
from grantlint.platform.typed import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # most of the model: loaded by the first server that needs it, 25 ms of a start in all
    from grantlint.access.accounts.connection import AccountTable
    from grantlint.access.accounts.rows import Row
    from grantlint.access.cover import Cover, Coverage
    from grantlint.access.cover.budget import Allowance
    from grantlint.access.grants.row import GrantRow
    from grantlint.access.grants.session import Session
    from grantlint.access.grants.table import GrantTable
    from grantlint.access.server.doubts.certainty import Certainty
    from grantlint.access.server.granting import Granting
    from grantlint.access.state.outcome import Outcome, Refused

__all__ = ["Server", "user_of"]

LOOKS = 800_000
"""So many rows of grant tables are looked at for one server: about two seconds of CPython 3.11."""


class Sharing(Protocol):
    """The installations of a server, told apart by how they decide.

    See `Kin`.
    """

    @property
    def allowance(self) -> "Allowance":
        """What is left for proofs about all servers of the run."""
        ...

    def of_rows(self, server: "Server") -> "Server":
        """Return the first that decides rows as this one does."""
        ...

    def of_all(self, server: "Server") -> "Server":
        """Return the first that decides all as this one does.

        All is rows, grants and logins.
        """
        ...


class Server:
    """The accounts of a declared server as one installation holds them.

    Accounts whose user or host nobody knows are in no table: what is said of the others holds whatever they
    turn out to be only as far as each rule says.
    """

    __slots__ = (
        "_granting", "_looks", "_own", "_rows", "_stopping", "_unlooked", "accounts", "census", "declared",
        "installation", "kin", "outcomes",
    )  # fmt: skip

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
        self.kin: Sharing | None = None
        """The installations that the server is judged as beside this one; those that decide alike share tables."""
        self._rows: AccountRows | None = None
        self._granting: Granting | None = None
        self._own: dict[tuple[str, str], Account] = {}
        self._looks = LOOKS
        self._unlooked: dict[int, Account] = {}
        self.outcomes = outcomes
        self._stopping = False

    @property
    def rows(self) -> AccountRows:
        """The rows, perhaps those of another installation that decides them alike."""
        if self._rows is None:
            first = self.kin.of_rows(self) if self.kin is not None else self
            self._rows = self._own_rows() if first is self else first.rows
        return self._rows

    def _own_rows(self) -> AccountRows:
        allowance = self.kin.allowance if self.kin is not None else None
        return AccountRows(self.declared, self.installation, self.census, allowance)

    @property
    def refused(self) -> "tuple[Refused, ...]":
        """The steps that the server refuses, and why."""
        if not self.outcomes:
            return ()
        from grantlint.access.state.outcome import Refused  # noqa: PLC0415 - for servers with such steps alone

        return tuple([outcome for outcome in self.outcomes if isinstance(outcome, Refused)])

    @property
    def in_memory(self) -> "Server | None":
        """The server before FLUSH PRIVILEGES or a restart.

        None where writes to its tables do not wait for that.
        """
        if not self.outcomes:
            return None
        from grantlint.access.state.holding import Holdings, waits  # noqa: PLC0415 - as above

        if not waits(self.outcomes):
            return None
        left, outcomes = Holdings(self.declared, flushed=False, stopping=self._stopping).of(self.installation)
        return Server(left, self.installation, outcomes=outcomes)

    @property
    def stopped(self) -> "Server | None":
        """The server where clients end at the first refusal.

        They do so by default. None where it makes no difference.
        """
        if not self.outcomes:
            return None
        from grantlint.access.state.holding import Holdings, ends  # noqa: PLC0415 - as above
        from grantlint.access.state.outcome import NotRun  # noqa: PLC0415 - as above

        if not ends(self.outcomes):
            return None
        left, outcomes = Holdings(self.declared, stopping=True).of(self.installation)
        if not any(isinstance(outcome, NotRun) for outcome in outcomes):
            return None
        made = Server(left, self.installation, outcomes=outcomes)
        made._stopping = True
        return made

    def host(self, text: str) -> HostValue:
        """Return a written host value as this server parses it."""
        return host_value(text, self.installation.target.traits)

    def stored_host(self, text: str) -> str:
        """Return the host value that CREATE USER makes of a text."""
        return stored_host(text, self.installation.target)

    @property
    def table(self) -> "AccountTable":
        """The account rows in the server's order, MySQL's roles included.

        So are the accounts that GRANT makes, on servers where it makes them. An account that is declared twice is one
        row, and its first declaration stands for it.
        """
        return self.rows.table

    def is_made_by_grant(self, entry: Account | Role) -> bool:
        """Return whether only a grant makes a row.

        Its login is not declared then.
        """
        return self.rows.is_made_by_grant(entry)

    @property
    def coverage(self) -> "Coverage":
        """The clients that each account gets.

        Declared clients serve as witnesses first.
        """
        return self.rows.coverage

    @property
    def certainty(self) -> "Certainty":
        """What holds of the table whatever the files leave open.

        They leave open accounts made elsewhere, for instance.
        """
        return self.rows.certainty

    def grants_of(self, user: str) -> "GrantTable":
        """Return the tables with all that may serve a user's sessions.

        The user is as stored; see `Granting`.
        """
        first = self.kin.of_all(self) if self.kin is not None else self
        if first is not self:
            return first.grants_of(user)
        if self._granting is None:
            from grantlint.access.grants.roles import mandatory_roles  # noqa: PLC0415 - see above
            from grantlint.access.grants.settings import GrantSettings  # noqa: PLC0415 - see above
            from grantlint.access.grants.table import GrantTable  # noqa: PLC0415 - see above
            from grantlint.access.server.granting import Granting  # noqa: PLC0415 - see above

            settings = self.installation.settings
            table = GrantTable(
                self.installation.target,
                GrantSettings(
                    skip_name_resolve=settings.skip_name_resolve,
                    partial_revokes=settings.is_on("partial_revokes"),
                    lower_case_table_names=1 if settings.value("lower_case_table_names") in {"1", "2"} else 0,
                    activate_all_roles_on_login=settings.is_on("activate_all_roles_on_login"),
                    mandatory_roles=mandatory_roles(settings.value("mandatory_roles") or "", self.installation.target),
                    activate_mandatory_roles=settings.value("activate_mandatory_roles") not in {"off", "0", "false"},
                ),
            )
            self._granting = Granting(self.declared, self.census.of_user, table)
        return self._granting.of(user)

    def session(self, user: str, host: str, client: Client) -> "Session":
        """Return an account's session from a client.

        User and host are as stored.
        """
        from grantlint.access.grants.session import Session  # noqa: PLC0415 - see above

        return Session(self.grants_of(user), user, host, client)

    def within(self, account: Account, session: "Session", rows: "Iterable[GrantRow]") -> "Iterator[GrantRow]":
        """Yield rows as long as looks are left.

        What is done with each is paid for behind it. An account of which some are left out is one of `unlooked`.
        """
        for row in rows:
            if self._looks <= 0:
                self._unlooked[id(account)] = account
                return
            yield row
            self._looks -= session.lookup.looks + 1
            session.lookup.looks = 0

    @property
    def unlooked(self) -> tuple[Account, ...]:
        """The accounts whose database grants are not all looked at."""
        return tuple(self._unlooked.values())

    @property
    def clients(self) -> tuple[Client, ...]:
        """The clients that the files name."""
        return self.rows.clients

    def cover(self, account: Account) -> "Cover":
        """Return the clients that an account of `accounts` gets."""
        return self.rows.cover(account)

    @property
    def undecided(self) -> tuple[Account | Role, ...]:
        """The judged accounts whose clients are not proven.

        One reason is want of units.
        """
        return self._rows.undecided if self._rows is not None else ()

    @property
    def contested(self) -> "tuple[tuple[Account, Cover], ...]":
        """The accounts that lose some clients they match, with covers.

        Left out are those that lose clients only across (a name here, an address there): true, but not to be seen in
        files, and so common that the list would be most accounts.
        """
        return self.rows.contested

    def is_lost(self, account: Account) -> bool:
        """Return whether it is proven that an account gets no client.

        It is one of `accounts`, and the proof holds whatever the files leave open. Where no file states
        skip_name_resolve, it has to hold for both: `root`@`127.0.0.1` is lost to `root`@`localhost` on MariaDB, and is
        what gets TCP clients once names are not looked up.
        """
        return self.rows.is_lost(account)

    def are_alike(self, account: Account, other: Account) -> bool:
        """Return whether two accounts have the same login, grants and roles."""
        if not account.is_alike(other):
            return False
        if not self.declared.memberships and not self.declared.roles:
            return True
        names = [(self.user_of(one), self.host_of(one)) for one in (account, other)]
        mine, theirs = [{*self.grants_of(name[0]).roles.get(name, ())} for name in names]
        return mine == theirs

    def own(self, account: Account) -> Account | None:
        """Return this server's account of another's user and host, or None."""
        if not self._own:
            for mine in self.accounts:
                self._own.setdefault((self.user_of(mine), self.host_of(mine)), mine)
        return self._own.get((self.user_of(account), self.host_of(account)))

    def client_of(self, account: Account) -> Client | None:
        """Return a client that surely gets an account of `accounts`, or None."""
        return self.cover(account).witness

    def user_of(self, account: Account) -> str:
        """Return the user name of an account of `accounts`, as stored."""
        return stored_user(text_of(account.user), self.installation.target)

    def host_of(self, account: Account) -> str:
        """Return the host value of an account of `accounts`, as stored."""
        return self.stored_host(text_of(account.host))

    def declaration_of(self, row: "Row") -> Account | Role:
        """Return the declaration that a row of the table comes from."""
        return self.rows.declaration_of(row)
