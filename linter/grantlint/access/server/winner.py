"""Who asks for what, and a row that the client gets, with all that follows for the session."""

from collections.abc import Iterable, Sequence

from grantlint.access.accounts.rows import Row
from grantlint.access.grants.rights import EVERYWHERE, Asked, Place, Right, asked, denials, rights
from grantlint.access.grants.row import Grantee, GrantRow
from grantlint.access.grants.session import Session
from grantlint.access.host.client import Client
from grantlint.access.product.clients import Release
from grantlint.access.product.privileges.meaning import canonical
from grantlint.access.server.login import Login, login, standing_of
from grantlint.access.server.server import Server
from grantlint.model import Account, Role
from grantlint.platform.record import NamedTuple

NO_DATABASE = 1044
OFFLINE = 3032
READ_ONLY = 1290
_OFFLINE_MESSAGE = "The server is currently in offline mode"
_ALWAYS_LET_IN = ("SUPER", "CONNECTION_ADMIN")
_WRITES = frozenset({
    "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "INDEX", "CREATE VIEW", "CREATE ROUTINE", "ALTER ROUTINE",
    "TRIGGER", "EVENT", "CREATE USER", "CREATE ROLE", "DROP ROLE",
})  # fmt: skip


class Question(NamedTuple):
    """A client, and what its session is to do.

    `user`: the name that it sends. `release`: its program. `table`: of the database; privileges are asked for there.
    """

    user: str
    client: Client
    database: str | None = None
    privileges: tuple[str, ...] = ()
    release: Release | None = None
    table: str | None = None
    column: str | None = None
    routine: str | None = None
    any_of: bool = False

    @property
    def place(self) -> Place:
        """Where the privileges are asked for."""
        return Place(self.database, self.table, self.column, self.routine)


class Winner(NamedTuple):
    """A row that the client gets, or may get in a tie.

    `rights` is empty where privileges were asked for or the account refuses; `denials` are what DENY keeps from them.
    `message`: the server's own text of the first error, '' where there is none. `held_back`: privileges
    asked for that it has, and that are of no use on a server that is read only.
    """

    row: Row
    entry: Account | Role
    login: Login
    error: int | None
    message: str
    roles: tuple[Grantee, ...] = ()
    rights: tuple[Right, ...] = ()
    asked: tuple[Asked, ...] = ()
    lacks_plugin: str = ""  # the client's program does
    any_of: bool = False  # of what was asked for, one will do
    denials: tuple[Right, ...] = ()
    tied: tuple[GrantRow, ...] = ()  # one of these may come first, and gives no right to use the database
    held_back: tuple[str, ...] = ()

    @property
    def admitted(self) -> bool:
        """Whether the client is let in and may do what was asked."""
        return self.error is None and not self.lacking and not self.held_back

    @property
    def lacking(self) -> tuple[str, ...]:
        """The privileges asked for that the session does not have.

        None where one of them will do and is there.
        """
        if self.any_of and any(one.allowed for one in self.asked):
            return ()
        return tuple([one.privilege for one in self.asked if not one.allowed])


def winner_of(server: Server, row: Row, question: Question, client: Client) -> Winner:
    """Return what follows for a client that gets a row."""
    entry = server.declaration_of(row)
    entered = login(server, entry, question.user, client)
    if question.release is not None:
        plugin = (
            standing_of(entry, server.installation.target).plugin or server.installation.target.traits.default_plugin
        )
        if (no := question.release.refusal(plugin)) is not None:
            return Winner(row, entry, entered, *no, lacks_plugin=plugin)
    if entered.admission.refusals:
        first = entered.admission.refusals[0]
        return Winner(row, entry, entered, first.error, first.message)
    session = server.session(row.user, row.host, client)
    if server.installation.is_offline and not _has_one(session, _ALWAYS_LET_IN):
        return Winner(row, entry, entered, OFFLINE, _OFFLINE_MESSAGE)
    database = question.database
    error, message = None, ""
    if database is not None and not session.may_use(database):
        error = NO_DATABASE
        message = f"Access denied for user '{row.user}'@'{row.host}' to database '{database}'"
    listed = () if question.privileges else tuple(rights(session, database))
    wanted = tuple(asked(session, privilege, question.place) for privilege in question.privileges)
    tied = session.shutting_out(database) if database is not None else ()
    kept = () if question.privileges else tuple(denials(session, database))
    roles = session.lookup.roles
    found = Winner(row, entry, entered, error, message, roles, listed, wanted, "", question.any_of, kept, tied)
    return found._replace(held_back=_held_back(server, session, wanted))


def _held_back(server: Server, session: Session, wanted: Sequence[Asked]) -> tuple[str, ...]:
    """Return what is asked for and given, and may not be done while the server is read only."""
    settings, target = server.installation.settings, server.installation.target
    if not settings.is_on("super_read_only"):
        writers = target.traits.writes_while_read_only
        if not settings.is_on("read_only") or _has_one(session, writers):
            return ()
    return tuple([one.privilege for one in wanted if one.allowed and canonical(one.privilege, target) in _WRITES])


def _has_one(session: Session, privileges: Iterable[str]) -> bool:
    return any(asked(session, privilege, EVERYWHERE).allowed for privilege in privileges)
