"""What a parsed statement is: plain records whose every name, host, privilege and password has its offsets.

All `start` and `end` are character offsets into the text that was parsed, end exclusive. A password or hash is
known by place, form and shape only: its text is nowhere in these records.
"""

from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Literal
from grantlint.reader.sql.syntax.records.grants import (
    Deny,
    Grant,
    GrantProxy,
    GrantRole,
    Revoke,
    RevokeAll,
    RevokeProxy,
    RevokeRole,
)
from grantlint.reader.sql.syntax.records.parts import (
    Account,
    Cell,
    Condition,
    Name,
    Option,
    Place,
    RoleChoice,
    Secret,
    Subject,
)


class CreateUser(NamedTuple):
    """CREATE USER."""

    start: int
    end: int
    subjects: tuple[Subject, ...]
    options: tuple[Option, ...] = ()
    default_roles: tuple[Account, ...] = ()
    if_not_exists: bool = False
    or_replace: bool = False


class AlterUser(NamedTuple):
    """ALTER USER; `default_roles` where it sets them."""

    start: int
    end: int
    subjects: tuple[Subject, ...]
    options: tuple[Option, ...] = ()
    default_roles: RoleChoice | None = None
    if_exists: bool = False


class DropUser(NamedTuple):
    """DROP USER."""

    start: int
    end: int
    accounts: tuple[Account, ...]
    if_exists: bool = False


class RenameUser(NamedTuple):
    """RENAME USER, each pair from and to."""

    start: int
    end: int
    pairs: tuple[tuple[Account, Account], ...]


class CreateRole(NamedTuple):
    """CREATE ROLE; `admin` is MariaDB's WITH ADMIN."""

    start: int
    end: int
    roles: tuple[Account, ...]
    admin: Account | None = None
    if_not_exists: bool = False
    or_replace: bool = False


class DropRole(NamedTuple):
    """DROP ROLE."""

    start: int
    end: int
    roles: tuple[Account, ...]
    if_exists: bool = False


class SetRole(NamedTuple):
    """SET ROLE."""

    start: int
    end: int
    choice: RoleChoice


class SetDefaultRole(NamedTuple):
    """SET DEFAULT ROLE ... TO (MySQL) or FOR (MariaDB; no account: the current one)."""

    start: int
    end: int
    choice: RoleChoice
    accounts: tuple[Account, ...]


class SetPassword(NamedTuple):
    """SET PASSWORD; no account: the current one. Form "hash" where the product takes the text for a hash."""

    start: int
    end: int
    account: Account | None
    secret: Secret
    replace: Secret | None = None
    retain: bool = False


class TableWrite(NamedTuple):
    """INSERT, REPLACE, UPDATE or DELETE on a grant table, or its DROP.

    `rows` are the values that INSERT and REPLACE write, `changes` those of UPDATE, by lower-case column. A value that
    is no literal is None. `texts` are the places of all other string literals: some may be passwords. `names_columns`:
    an INSERT without a list of columns writes what the table has, which no server refuses by name. `may_be_there`: an
    INSERT that does not fail where there is such a row.
    """

    start: int
    end: int
    verb: Literal["INSERT", "REPLACE", "UPDATE", "DELETE", "DROP"]
    table: str  # lower case: user, db, global_priv, ...
    rows: tuple[dict[str, Cell], ...] = ()
    changes: dict[str, Cell] | None = None
    where: tuple[Condition, ...] = ()
    texts: tuple[Place, ...] = ()
    names_columns: bool = True
    may_be_there: bool = False


class Flush(NamedTuple):
    """FLUSH PRIVILEGES, alone or among others."""

    start: int
    end: int


class Use(NamedTuple):
    """USE database."""

    start: int
    end: int
    database: Name


class ModeChange(NamedTuple):
    """A change of sql_mode: comma-separated names to set, add or take out."""

    how: Literal["=", "+", "-"]
    names: str


class Assigned(NamedTuple):
    """A variable of the server, in lower case, and its new value."""

    name: str
    value: Name


class SetVariables(NamedTuple):
    """SET of variables, with the account statements in its list. `sql_mode`: what literals tell it does to that."""

    start: int
    end: int
    items: tuple["SetPassword | SetRole | SetDefaultRole", ...] = ()
    sql_mode: ModeChange | None = None
    assigned: tuple[Assigned, ...] = ()


class Compound(NamedTuple):
    """MariaDB's BEGIN NOT ATOMIC ... END and SET STATEMENT ... FOR: the account statements inside."""

    start: int
    end: int
    items: tuple["Statement", ...]


class Other(NamedTuple):
    """A statement that changes no account. `verb` is its first word, empty for a text of comments."""

    start: int
    end: int
    verb: str


REJECTED = "a template stands where its words should"


class Opaque(NamedTuple):
    """A possible account statement with words known only at run time. A template has such words."""

    start: int
    end: int
    verb: str
    expression: Name
    why: str = REJECTED


Statement = (
    CreateUser
    | AlterUser
    | DropUser
    | RenameUser
    | CreateRole
    | DropRole
    | SetRole
    | SetDefaultRole
    | SetPassword
    | Grant
    | GrantRole
    | GrantProxy
    | Revoke
    | RevokeAll
    | RevokeRole
    | RevokeProxy
    | Deny
    | TableWrite
    | Flush
    | Use
    | SetVariables
    | Compound
    | Other
    | Opaque
)


class SyntaxFault(NamedTuple):
    """A server's rejection of a text: offset, error number, and a sentence.

    `start` and `end` are those of the rejected statement. `of_accounts`: it was meant for accounts, as far as it tells.
    """

    offset: int
    errno: int
    message: str
    start: int = 0
    end: int = 0
    of_accounts: bool = True
