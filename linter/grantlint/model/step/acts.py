"""What is done to a server: CREATE USER, GRANT, a write to a grant table, an act each."""

from grantlint.model.account import Account, Authentication, written
from grantlint.model.grant import Grant
from grantlint.model.location import Flag, Span, Text
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Literal


class AccountName(NamedTuple):
    """An account or role as a statement names it.

    The host is `Implied` where none is written.
    """

    user: Text
    host: Text
    span: Span

    def __str__(self) -> str:
        return f"{written(self.user)}@{written(self.host)}"


class RoleChoice(NamedTuple):
    """NONE, ALL [EXCEPT roles], or the roles themselves (mode "")."""

    mode: Literal["", "NONE", "ALL", "DEFAULT"]
    roles: tuple[AccountName, ...] = ()


class CreateUser(NamedTuple):
    """CREATE USER; `default_roles` are granted as well."""

    accounts: tuple[Account, ...]
    default_roles: tuple[AccountName, ...] = ()
    if_not_exists: bool = False
    or_replace: bool = False


class AlterUser(NamedTuple):
    """ALTER USER or SET PASSWORD, with what changes in each account.

    What is None or () is left as it was.
    """

    accounts: tuple[Account, ...]
    if_exists: bool = False
    keeps_plugin: bool = False  # SET PASSWORD


class DropUser(NamedTuple):
    """DROP USER."""

    accounts: tuple[AccountName, ...]
    if_exists: bool = False


class RenameUser(NamedTuple):
    """RENAME USER, each pair from and to."""

    pairs: tuple[tuple[AccountName, AccountName], ...]


class CreateRole(NamedTuple):
    """CREATE ROLE; `admin` is the account of MariaDB's WITH ADMIN."""

    roles: tuple[AccountName, ...]
    admin: AccountName | None = None
    if_not_exists: bool = False
    or_replace: bool = False


class DropRole(NamedTuple):
    """DROP ROLE."""

    roles: tuple[AccountName, ...]
    if_exists: bool = False


class GrantPrivileges(NamedTuple):
    """GRANT privileges or PROXY.

    `says`: what the statement says of the accounts themselves, such as a password. `unless_held`: a tool sends it to
    those that lack a privilege on the target, whatever else it would change.
    """

    grant: Grant
    to: tuple[AccountName, ...]
    says: tuple[Account, ...] = ()
    unless_held: bool = False


class GrantRoles(NamedTuple):
    """GRANT roles; `says` as of GrantPrivileges."""

    roles: tuple[AccountName, ...]
    to: tuple[AccountName, ...]
    admin: Flag | None = None
    says: tuple[Account, ...] = ()


class Revoke(NamedTuple):
    """REVOKE privileges or PROXY.

    `taken`: what is taken away of the same target. `if_exists`: no error where there is none. `ignores_unknown`: nor
    where there is no account. `if_held`: a tool sends it to those that have all of it.
    """

    taken: Grant
    accounts: tuple[AccountName, ...]
    if_exists: bool = False
    ignores_unknown: bool = False
    if_held: bool = False


class RevokeAll(NamedTuple):
    """REVOKE ALL PRIVILEGES, GRANT OPTION.

    `on`: a tool revokes target by target, and no roles: on those of these grants, with `others` on all but those.
    """

    accounts: tuple[AccountName, ...]
    ignores_unknown: bool = False
    on: tuple[Grant, ...] | None = None
    others: bool = False


class RevokeRoles(NamedTuple):
    """REVOKE roles, or ADMIN OPTION FOR them.

    The conditions are as of Revoke.
    """

    roles: tuple[AccountName, ...]
    accounts: tuple[AccountName, ...]
    admin_only: bool = False
    if_exists: bool = False
    ignores_unknown: bool = False


class Deny(NamedTuple):
    """MariaDB's DENY: privileges that no grant gives an account while it stands."""

    denied: Grant
    to: tuple[AccountName, ...]


class RevokeDeny(NamedTuple):
    """REVOKE DENY; `lifted` is what of it ends on the same target."""

    lifted: Grant
    accounts: tuple[AccountName, ...]


class SetDefaultRole(NamedTuple):
    """SET DEFAULT ROLE."""

    choice: RoleChoice
    accounts: tuple[AccountName, ...]


class SetRole(NamedTuple):
    """SET ROLE with names: the session takes on those that it has."""

    roles: tuple[AccountName, ...]


class TableRow(NamedTuple):
    """What a write puts into a row of a grant table.

    A column that it does not name is None. `role`: what roles_mapping and role_edges give to the account of the row,
    and default_roles make active at login. `denied`: what MariaDB's DENY has left in the row.
    """

    user: Text | None
    host: Text | None
    span: Span
    authentication: Authentication | None = None
    grant: Grant | None = None  # the columns with `Y` and the sets of privileges, on what the row is about
    is_role: bool = False  # MariaDB's
    locked: Flag | None = None
    expired: Flag | None = None
    role: AccountName | None = None
    admin: Flag | None = None
    denied: tuple[Grant, ...] = ()


class Condition(NamedTuple):
    """One condition of a WHERE clause, ANDed with its neighbours.

    `operator` is "?" where it is no `column = value` or its like.
    """

    column: str
    operator: Literal["=", "!=", "IN", "NOT IN", "LIKE", "NOT LIKE", "?"]
    values: tuple[Text, ...] = ()


class WriteTable(NamedTuple):
    """INSERT, REPLACE, UPDATE or DELETE on a grant table, or its DROP.

    It counts after FLUSH PRIVILEGES. `columns`: those that it names, in lower case. `may_be_there`: an INSERT IGNORE or
    ON DUPLICATE KEY UPDATE. `shown`: rows that a client printed, which nobody writes.
    """

    verb: Literal["INSERT", "REPLACE", "UPDATE", "DELETE", "DROP"]
    table: str  # lower case
    rows: tuple[TableRow, ...] = ()
    changes: TableRow | None = None
    where: tuple[Condition, ...] = ()
    columns: frozenset[str] = frozenset()
    may_be_there: bool = False
    shown: bool = False


class FlushPrivileges(NamedTuple):
    """FLUSH PRIVILEGES, or a restart: the server reads its tables again."""


class Broken(NamedTuple):
    """A statement that no server takes, so that its client ends."""


class Unclear(NamedTuple):
    """Something that may change accounts, but whose effect is not known."""

    what: str  # "statement", "account"
    why: str


Act = (
    CreateUser
    | AlterUser
    | DropUser
    | RenameUser
    | CreateRole
    | DropRole
    | GrantPrivileges
    | GrantRoles
    | Revoke
    | RevokeAll
    | RevokeRoles
    | Deny
    | RevokeDeny
    | SetDefaultRole
    | SetRole
    | WriteTable
    | FlushPrivileges
    | Broken
    | Unclear
)


def names_of(act: Act) -> tuple[AccountName, ...]:  # noqa: PLR0911 - one return for each kind of act
    """Return the accounts and roles of an act, without table writes."""
    match act:
        case CreateUser(accounts=accounts) | AlterUser(accounts=accounts):
            return tuple([AccountName(account.user, account.host, account.span) for account in accounts])
        case RenameUser(pairs=pairs):
            return tuple([name for pair in pairs for name in pair])
        case CreateRole(roles=roles) | DropRole(roles=roles):
            return roles
        case GrantPrivileges(to=to) | Deny(to=to):
            return to
        case GrantRoles(roles=roles, to=to):
            return (*to, *roles)
        case DropUser(accounts=names) | Revoke(accounts=names) | RevokeAll(accounts=names):
            return names
        case RevokeRoles(accounts=names) | RevokeDeny(accounts=names) | SetDefaultRole(accounts=names):
            return names
        case SetRole() | WriteTable() | FlushPrivileges() | Broken() | Unclear():
            return ()
