"""The parts of statements: names, accounts, passwords, options, privileges, targets, with their offsets."""

from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Literal

Place = tuple[int, int]  # the start and end of words without a value of their own


class Name(NamedTuple):
    """A user, host, role, database, table, column or plugin name, unescaped. A template is `unresolved`."""

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
    """The place and form of a password or hash, never its text. text[start:end] has the quotes."""

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
    """An account with the clauses of a statement about it alone."""

    account: Account
    authentication: tuple[Authentication, ...] = ()
    replace: Secret | None = None
    retain: bool = False
    discard: bool = False
    factors: tuple[Factor, ...] = ()


class Option(NamedTuple):
    """An account option in standard words, and its value as written. REQUIRE, limits, ACCOUNT, PASSWORD, COMMENT."""

    name: str  # REQUIRE SSL, REQUIRE SUBJECT, MAX_USER_CONNECTIONS, ACCOUNT LOCK, PASSWORD EXPIRE INTERVAL, ...
    value: Name | None
    start: int
    end: int


class RoleChoice(NamedTuple):
    """NONE, ALL [EXCEPT roles], DEFAULT, or the roles themselves (mode "")."""

    mode: Literal["", "NONE", "ALL", "DEFAULT"]
    roles: tuple[Account, ...] = ()


class Privilege(NamedTuple):
    """A privilege by its standard name, with its columns. Names such as ALL, GRANT OPTION, ROLE_ADMIN."""

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


class Condition(NamedTuple):
    """A comparison of a column in WHERE, ANDed with its neighbours. `operator` "?" when it is anything else."""

    column: str  # lower case, without the table; "" with operator "?"
    operator: Literal["=", "!=", "IN", "NOT IN", "LIKE", "NOT LIKE", "?"]
    values: tuple[Name, ...] = ()


Cell = Name | Secret | None  # a literal, a password by place and form, or what no literal is
