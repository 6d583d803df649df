"""What a parsed statement is: plain records whose every name, host, privilege and password has its offsets.

All `start` and `end` are character offsets into the text that was parsed, end exclusive. A password or hash is
known by place, form and shape only: its text is nowhere in these records.
"""

from typing import Literal, NamedTuple

Place = tuple[int, int]  # the start and end of words without a value of their own


class Name(NamedTuple):
    """A user, host, role, database, table, column or plugin name, unescaped; a template is `unresolved`."""

    text: str
    start: int
    end: int
    unresolved: bool = False


AccountKind = Literal["account", "current_user", "current_role", "invoker"]


class Account(NamedTuple):
    """`user[@host]` as written. Of the other kinds (CURRENT_USER, CURRENT_ROLE, USER()) `user` is the keyword."""

    user: Name
    host: Name | None  # None: not written
    start: int
    end: int
    kind: AccountKind = "account"
    quoted: bool = False  # whether the user name is: bare NONE and PUBLIC may be keywords


# plain: the password itself; hash: what the server stores; random: RANDOM PASSWORD, nothing written
SecretForm = Literal["plain", "hash", "random"]
# what a hash looks like, as the plugins store it; "" is none of them
HashShape = Literal["", "native", "native-like", "old", "sha256", "caching_sha2", "ed25519", "parsec"]


class Secret(NamedTuple):
    """A password or hash that stands at text[start:end], quotes included; never its text."""

    form: SecretForm
    start: int
    end: int
    empty: bool
    shape: HashShape = ""
    unresolved: bool = False


class Authentication(NamedTuple):
    """One IDENTIFIED clause or plugin: without plugin the server's default one."""

    plugin: Name | None
    secret: Secret | None
    start: int
    end: int
    joined: Literal["", "and", "or", "initial"] = ""  # to the one before: a further factor, an alternative


class Factor(NamedTuple):
    """ALTER USER ... ADD 2 FACTOR and its like; `number` as written."""

    verb: Literal["add", "modify", "drop", "initiate", "finish", "unregister"]
    number: int


class Subject(NamedTuple):
    """An account with what a statement says of it alone."""

    account: Account
    authentication: tuple[Authentication, ...] = ()
    replace: Secret | None = None
    retain: bool = False
    discard: bool = False
    factors: tuple[Factor, ...] = ()


class Option(NamedTuple):
    """REQUIRE, WITH limits, ACCOUNT, PASSWORD, COMMENT: the standard words, and the value as written."""

    name: str  # REQUIRE SSL, REQUIRE SUBJECT, MAX_USER_CONNECTIONS, ACCOUNT LOCK, PASSWORD EXPIRE INTERVAL, ...
    value: Name | None
    start: int
    end: int


class RoleChoice(NamedTuple):
    """NONE, ALL [EXCEPT roles], DEFAULT, or the roles themselves (mode "")."""

    mode: Literal["", "NONE", "ALL", "DEFAULT"]
    roles: tuple[Account, ...] = ()


class Privilege(NamedTuple):
    """A privilege by its standard name (ALL, SELECT, GRANT OPTION, ROLE_ADMIN), with its columns."""

    name: str
    start: int
    end: int
    columns: tuple[Name, ...] = ()
    dynamic: bool = False
    unresolved: bool = False


ObjectType = Literal["", "TABLE", "FUNCTION", "PROCEDURE", "PACKAGE", "PACKAGE BODY", "LIBRARY"]


class Target(NamedTuple):
    """What a privilege is on. `*.*` has neither database nor object, `*` and `t` leave the database out."""

    kind: ObjectType
    database: Name | None
    object: Name | None
    every: Literal["", "*", "db.*", "*.*"]  # which star is written
    start: int
    end: int


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


class Grant(NamedTuple):
    """GRANT privileges ON target TO accounts."""

    start: int
    end: int
    privileges: tuple[Privilege, ...]
    target: Target
    subjects: tuple[Subject, ...]
    options: tuple[Option, ...] = ()
    grant_option: Place | None = None
    grantor: Account | None = None  # AS account
    grantor_roles: RoleChoice | None = None


class GrantRole(NamedTuple):
    """GRANT roles TO accounts."""

    start: int
    end: int
    roles: tuple[Account, ...]
    subjects: tuple[Subject, ...]
    admin_option: Place | None = None


class GrantProxy(NamedTuple):
    """GRANT PROXY ON account TO accounts."""

    start: int
    end: int
    proxied: Account
    subjects: tuple[Subject, ...]
    grant_option: Place | None = None


class Revoke(NamedTuple):
    """REVOKE privileges ON target FROM accounts."""

    start: int
    end: int
    privileges: tuple[Privilege, ...]
    target: Target
    accounts: tuple[Account, ...]
    if_exists: bool = False


class RevokeAll(NamedTuple):
    """REVOKE ALL PRIVILEGES, GRANT OPTION FROM accounts."""

    start: int
    end: int
    accounts: tuple[Account, ...]
    if_exists: bool = False


class RevokeRole(NamedTuple):
    """REVOKE [ADMIN OPTION FOR] roles FROM accounts."""

    start: int
    end: int
    roles: tuple[Account, ...]
    accounts: tuple[Account, ...]
    admin_only: bool = False
    if_exists: bool = False


class RevokeProxy(NamedTuple):
    """REVOKE PROXY ON account FROM accounts."""

    start: int
    end: int
    proxied: Account
    accounts: tuple[Account, ...]
    if_exists: bool = False


class Condition(NamedTuple):
    """`column = value` and its like, ANDed with its neighbours; `operator` "?" when it is anything else."""

    column: str  # lower case, without the table; "" with operator "?"
    operator: Literal["=", "!=", "IN", "NOT IN", "LIKE", "NOT LIKE", "?"]
    values: tuple[Name, ...] = ()


Cell = Name | Secret | None  # a literal, a password by place and form, or what no literal is


class TableWrite(NamedTuple):
    """INSERT, REPLACE, UPDATE or DELETE on a grant table of the mysql schema.

    `rows` are the values that INSERT and REPLACE write, `changes` those of UPDATE, by lower-case column; a value
    that is no literal is None. `texts` are the places of all other string literals: some may be passwords.
    `names_columns`: an INSERT without a list of columns writes what the table has, which no server refuses by name.
    """

    start: int
    end: int
    verb: Literal["INSERT", "REPLACE", "UPDATE", "DELETE"]
    table: str  # lower case: user, db, global_priv, ...
    rows: tuple[dict[str, Cell], ...] = ()
    changes: dict[str, Cell] | None = None
    where: tuple[Condition, ...] = ()
    texts: tuple[Place, ...] = ()
    names_columns: bool = True


class Flush(NamedTuple):
    """FLUSH PRIVILEGES, alone or among others."""

    start: int
    end: int


class Use(NamedTuple):
    """USE database."""

    start: int
    end: int
    database: Name


class SetVariables(NamedTuple):
    """SET of variables, with the account statements that the list holds; `sql_mode` if it sets that to a literal."""

    start: int
    end: int
    items: tuple["SetPassword | SetRole | SetDefaultRole", ...] = ()
    sql_mode: Name | None = None


class Compound(NamedTuple):
    """MariaDB's BEGIN NOT ATOMIC ... END and SET STATEMENT ... FOR: the account statements inside."""

    start: int
    end: int
    items: tuple["Statement", ...]


class Other(NamedTuple):
    """A statement that changes no account; `verb` is its first word, empty for a text of comments."""

    start: int
    end: int
    verb: str


REJECTED = "a template stands where its words should"


class Opaque(NamedTuple):
    """What may be an account statement, but only a run could tell what it says, as of a template in place of words."""

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
    | TableWrite
    | Flush
    | Use
    | SetVariables
    | Compound
    | Other
    | Opaque
)


class SyntaxFault(NamedTuple):
    """Why a server would not take the text: the offset where it stops, its error number, and a sentence.

    `start` and `end` are those of the statement that it rejects.
    """

    offset: int
    errno: int
    message: str
    start: int = 0
    end: int = 0
