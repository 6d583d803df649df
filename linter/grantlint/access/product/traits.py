"""What sets one server version apart from another: the only table of versions in the code.

Every trait has a history: from which version on it has which value, for MySQL and for MariaDB, and where
that is known from. "measured" means that a server of that series was asked; a file name means the server's
source. A version between two steps has the value of the step before it.
"""

from functools import lru_cache
from typing import Generic, Literal, NamedTuple, TypeVar

T = TypeVar("T")
Version = tuple[int, ...]
Product = Literal["mysql", "mariadb"]
SortOrder = Literal["prefix55", "prefix56", "ip823", "magic"]
RolePatterns = Literal["own", "all", "first"]
Steps = tuple[tuple[Version, T, str], ...]


class History(Generic[T]):
    """One trait through the versions of both products: (since version, value, where that is known from)."""

    __slots__ = ("mariadb", "mysql")

    def __init__(self, mysql: Steps[T], mariadb: Steps[T]) -> None:
        self.mysql = mysql
        self.mariadb = mariadb

    def step(self, product: Product, version: Version) -> tuple[Version, T, str]:
        """Return the step that `version` stands on; before the first one, the first."""
        steps = self.mysql if product == "mysql" else self.mariadb
        return next((step for step in reversed(steps) if step[0] <= version), steps[0])

    def at(self, product: Product, version: Version) -> T:
        """Return the value that holds in `version`."""
        return self.step(product, version)[1]


class Traits(NamedTuple):
    """Everything in which two versions may decide differently; the sources stand in `HISTORIES`."""

    product: Product
    sort_order: SortOrder
    """Which of the four ways to sort account rows: see `grantlint.access.accounts.order`."""
    numeric_address: bool
    """A host value that begins with four decimal numbers is read as a number, not as text."""
    cidr: bool
    """`address/bits` is understood."""
    cidr_mask_bits: int
    """64 is a bug: shorter prefixes sort first and 0.0.0.0/0 matches all IPv4; 32 is its repair."""
    split_masks: bool
    """A netmask whose ones are not contiguous works; otherwise its row is dead."""
    empty_host_is_percent: bool
    """The empty host value becomes `%`; otherwise it is a value of its own that sorts after `%`."""
    drops_unresolvable: bool
    """Under skip_name_resolve a row whose host needs a look-up is not loaded; otherwise only warned about."""
    gate_compares_single_address: bool
    """The host gate compares `a.b.c.d/32` as text, so that such a row alone lets nobody in."""
    name_needs_more_after_any: bool
    """Against a name, a final `_%` does not match one single character."""
    name_needs_more_after_percents: bool
    """Against a name, two or more final `%` do not match nothing."""
    address_any_after_percent_is_idle: bool
    """Against an address, a `_` right after `%` consumes nothing."""
    host_length: int
    """Longest host value, in characters; more is error 1470."""
    user_length: int
    """Longest user name, in characters; more is error 1470."""
    client_name_length: int
    """Resolved client names are cut to this many characters; 0: never."""
    client_user_length: int
    """User names that clients send are cut to this many characters."""
    magic_host_length: int
    """Host length that the `magic` order reckons with."""
    magic_cap: int
    """The `magic` order counts `_` and `%` up to this many."""
    trims_blanks: bool
    """Statements trim blanks around user and host; otherwise only the columns lose the trailing ones."""
    loopback_root: bool
    """Whether an installation makes root@127.0.0.1 and root@::1 beside root@localhost."""
    grant_to_nobody: int
    """What GRANT to an account that does not exist answers by default; 0: it makes the account."""
    ascii_host: bool
    """The Host column is ASCII: any other character becomes `?`, an error in strict mode."""
    roles: bool
    """There are roles."""
    roles_match: bool
    """A role is an account: it takes part in the choice of the row and opens the host gate."""
    public_role: bool
    """Grants to PUBLIC count for everyone."""
    role_patterns: RolePatterns
    """Which database patterns count while a role is active; "own": as without one."""
    mandatory_roles_active: bool
    """Mandatory roles are active after login even where they are no default roles."""
    partial_revokes: bool
    """There is partial_revokes: database names in grants are literal then."""
    grant_option_opens: bool
    """GRANT OPTION on a database, and nothing else, is enough to USE it."""
    revoke_all_takes_everything: bool
    """REVOKE ALL ON *.* takes what is held at every level, with GRANT OPTION; otherwise the global level's ALL."""
    equal_networks_sorted: bool
    """Two mysql.db rows for one network are ordered by database and user; otherwise they tie."""
    default_plugin: str
    """Authentication of an account that names none."""
    plugins: frozenset[str]
    """Authentication plugins that are built in or come with the server or its managed offers."""
    plugins_off: frozenset[str]
    """Those of `plugins` that do not work until the administrator turns them on."""
    socket_plugin: str
    """The plugin that trusts the operating system's user and refuses every TCP client with 1698."""
    locked_error: int
    """What a locked account answers after the right password; 0: accounts cannot be locked."""
    expires: bool
    """Passwords can expire."""
    disconnect_on_expired_password: bool
    """Default of the variable: whether an expired password is refused with 1862."""
    secure_transport_error: int
    """What require_secure_transport answers to plaintext TCP; 0: there is no such variable."""
    atomic_statements: bool
    """An account statement of which one account is refused changes none of the others."""
    password_column: bool
    """mysql.user has a column Password."""
    user_table_is_view: bool
    """mysql.user is a view, and takes no write but DELETE."""

    def __hash__(self) -> int:
        """Return the identity's hash: `traits_of` makes one record for a version, and caches are keyed by it."""
        return id(self)

    @property
    def host_reading(self) -> tuple[object, ...]:
        """All that decides what a host value means: equal for versions that read every value alike."""
        return (
            self.product, self.sort_order, self.numeric_address, self.cidr, self.cidr_mask_bits, self.split_masks,
            self.empty_host_is_percent, self.drops_unresolvable, self.gate_compares_single_address,
            self.name_needs_more_after_any, self.name_needs_more_after_percents,
            self.address_any_after_percent_is_idle, self.host_length, self.trims_blanks, self.ascii_host,
        )  # fmt: skip


_S55 = "MySQL 5.5.24 sql/sql_acl.cc"
_S56 = "measured on 5.6.24; MySQL 5.6.41 sql/sql_acl.cc"
_S823 = "measured on 9.7.4; MySQL 8.0.28 and 9.7.2 sql/auth/sql_auth_cache.cc"
_M = "measured on 10.5, 10.11, 11.8; MariaDB 10.11.18 sql/sql_acl.cc"
_NEVER_MARIA = (((5, 5), False, _M),)

SORT_ORDER = History[SortOrder](
    mysql=(
        ((4, 1), "prefix55", _S55),
        ((5, 5, 45), "prefix56", "inferred: with 5.6.26 (bug 20181776); absent in 5.5.24"),
        ((5, 6), "prefix55", "measured on 5.6.24"),
        ((5, 6, 26), "prefix56", "MySQL 5.6.41 sql/sql_acl.cc; first release inferred from bug 20181776"),
        ((8, 0, 23), "ip823", _S823),
    ),
    mariadb=(
        ((5, 5), "prefix55", "seen on MariaDB 10.3.39"),
        ((10, 4), "magic", "measured on 10.5, 10.11, 11.8; sql/sql_acl_getsort.ic (MDEV-14732)"),
    ),
)
NUMERIC_ADDRESS = History[bool](
    mysql=(((4, 1), False, _S56), ((8, 0, 23), True, _S823)),
    mariadb=_NEVER_MARIA,
)
CIDR = History[bool](
    mysql=(((4, 1), False, _S56), ((8, 0, 23), True, f"manual 8.0 account-names; {_S823}")),
    mariadb=_NEVER_MARIA,
)
CIDR_MASK_BITS = History[int](
    mysql=(
        ((4, 1), 32, "no CIDR"),
        ((8, 0, 23), 64, "seen on 8.0.28"),
        ((8, 0, 46), 32, "seen on 8.0.46; first repaired release unknown"),
        ((8, 1), 64, "seen on 8.4.8"),
        ((8, 4, 9), 32, "inferred: 8.4.8 has the fault, the repair reached 9.7 by 9.7.4"),
        ((9, 0), 64, "MySQL 9.7.2 sql/auth/sql_auth_cache.cc"),
        ((9, 7, 3), 32, "measured on 9.7.4; 9.7.3 inferred"),
    ),
    mariadb=(((5, 5), 32, "no CIDR"),),
)
SPLIT_MASKS = History[bool](
    mysql=(((4, 1), True, _S56), ((8, 0, 23), False, _S823)),
    mariadb=(((5, 5), True, _M),),
)
EMPTY_HOST_IS_PERCENT = History[bool](
    mysql=(((4, 1), False, f"{_S56}; measured on 9.7.4"),),
    mariadb=(((5, 5), True, _M),),
)
DROPS_UNRESOLVABLE = History[bool](
    mysql=(((4, 1), True, _S56), ((5, 7), False, "measured on 9.7.4; MySQL 5.7.18 sql/auth/sql_auth_cache.cc")),
    mariadb=(((5, 5), True, _M),),
)
GATE_COMPARES_SINGLE_ADDRESS = History[bool](
    mysql=(
        ((4, 1), False, f"{_S56}; seen on 8.0.28"),
        ((8, 0, 29), True, "measured on 9.7.4; seen on 8.4.8; in the source by 8.0.32, not in 8.0.28"),
    ),
    mariadb=_NEVER_MARIA,
)
NAME_NEEDS_MORE_AFTER_ANY = History[bool](
    mysql=(
        ((4, 1), False, _S56),
        ((8, 0), True, "measured on 9.7.4; seen on 8.0.19; in the sources of 2018, before 8.0.14"),
    ),
    mariadb=_NEVER_MARIA,
)
NAME_NEEDS_MORE_AFTER_PERCENTS = History[bool](
    mysql=(((4, 1), False, _S56), ((8, 0, 28), True, "measured on 9.7.4; seen on 8.0.28, absent in 8.0.21")),
    mariadb=_NEVER_MARIA,
)
ADDRESS_ANY_AFTER_PERCENT_IS_IDLE = History[bool](
    mysql=(((4, 1), False, _S56), ((8, 0), True, "measured on 9.7.4; MySQL 8.0.21 mysys, wild_compare_full")),
    mariadb=_NEVER_MARIA,
)
HOST_LENGTH = History[int](
    mysql=(((4, 1), 60, _S56), ((8, 0, 17), 255, "measured on 9.7.4; release notes 8.0.17 (WL#12571)")),
    mariadb=(((5, 5), 60, "measured on 10.5"), ((10, 6), 255, "measured on 10.11 and 11.8; commit a3099a3b")),
)
USER_LENGTH = History[int](
    mysql=(((4, 1), 16, "measured on 5.6.24"), ((5, 7, 8), 32, "measured on 9.7.4; MySQL 5.7.18 USERNAME_CHAR_LENGTH")),
    mariadb=(((5, 5), 80, "measured on 10.5"), ((10, 6), 128, "measured on 10.11 and 11.8; first release inferred")),
)
CLIENT_NAME_LENGTH = History[int](
    mysql=(((4, 1), 0, "measured on 5.6.24 and 9.7.4"),),
    mariadb=(((5, 5), 60, "measured on 10.5"), ((10, 6), 0, "measured on 10.11 and 11.8")),
)
CLIENT_USER_LENGTH = History[int](
    mysql=(((4, 1), 48, "measured on 5.6.24 and 9.7.4"),),
    mariadb=(((5, 5), 128, "measured on 10.11 and 11.8"),),
)
MAGIC_HOST_LENGTH = History[int](
    mysql=(((4, 1), 60, "not used"),),
    mariadb=(((5, 5), 60, "measured on 10.5"), ((10, 6), 255, "measured on 10.11 and 11.8")),
)
MAGIC_CAP = History[int](
    mysql=(((4, 1), 255, "not used"),),
    mariadb=(
        ((5, 5), 255, "measured on 10.5; sql/sql_acl_getsort.ic: no cap"),
        ((10, 6), 31, "measured on 10.11 and 11.8; sql/sql_acl_getsort.inl"),
    ),
)
TRIMS_BLANKS = History[bool](
    mysql=(((4, 1), True, "measured on 5.6.24 and 9.7.4"),),
    mariadb=(((5, 5), False, "measured on 10.5, 10.11, 11.8"),),
)
LOOPBACK_ROOT = History[bool](
    mysql=(
        ((4, 1), True, "measured on 5.6.24"),
        ((5, 7, 6), False, "measured on 9.7.4; manual 5.7, mysqld --initialize: root@localhost alone"),
    ),
    mariadb=(
        ((5, 5), True, "mysql_install_db before the socket plugin became the default"),
        ((10, 4, 3), False, "measured on 10.5.23, 10.11.19, 11.8.9"),
    ),
)
GRANT_TO_NOBODY = History[int](
    mysql=(
        ((4, 1), 0, "measured on 5.6.24"),
        ((5, 7, 7), 1133, "manual 5.7 sql-mode: NO_AUTO_CREATE_USER is a default from 5.7.7 on"),
        ((8, 0), 1410, "measured on 9.7.4; manual 8.0: GRANT no longer creates accounts"),
    ),
    mariadb=(
        ((5, 5), 0, "MariaDB manual, sql_mode"),
        (
            (10, 1, 7),
            1133,
            "measured on 10.5, 10.11, 11.8; MariaDB manual: NO_AUTO_CREATE_USER is a default from 10.1.7 on",
        ),
    ),
)
ASCII_HOST = History[bool](
    mysql=(((4, 1), False, "measured on 5.6.24"), ((8, 0, 17), True, "measured on 9.7.4; first release from WL#12571")),
    mariadb=(((5, 5), False, "measured on 10.5, 10.11, 11.8"),),
)
ROLES = History[bool](
    mysql=(((4, 1), False, "measured on 5.6.24"), ((8, 0), True, "manual 8.0 roles; measured on 9.7.4")),
    mariadb=(((5, 5), False, "no roles before 10.0.5"), ((10, 0, 5), True, "measured on 10.5, 10.11, 11.8")),
)
ROLES_MATCH = History[bool](
    mysql=(((4, 1), True, "measured on 9.7.4: a role is a locked account"),),
    mariadb=(((5, 5), False, "measured on 10.5, 10.11, 11.8: role rows are never chosen"),),
)
PUBLIC_ROLE = History[bool](
    mysql=(((4, 1), False, "measured on 5.6.24 and 9.7.4"),),
    mariadb=(((5, 5), False, "measured on 10.5: 1959"), ((10, 11), True, "measured on 10.11 and 11.8")),
)

NATIVE, OLD, SHA256 = "mysql_native_password", "mysql_old_password", "sha256_password"
CACHING = "caching_sha2_password"
_MYSQL_SHIPPED = frozenset({
    "auth_socket", "mysql_no_login", "authentication_pam", "authentication_windows",
    "authentication_ldap_simple", "authentication_ldap_sasl", "authentication_kerberos",
    "authentication_oci", "authentication_fido", "authentication_webauthn",
    "authentication_openid_connect", "AWSAuthenticationPlugin", "aad_auth",
})  # fmt: skip
_MARIA_SHIPPED = frozenset({NATIVE, OLD, "unix_socket", "pam", "auth_pam", "named_pipe", "aws_authentication_plugin"})
ROLE_PATTERNS = History[RolePatterns](
    mysql=(
        ((4, 1), "own", "there are no roles"),
        ((8, 0), "all", "MySQL 8.0.21 sql/auth/sql_security_ctx.cc db_acl: all matching, case-blind"),
        ((8, 0, 22), "first", "measured on 9.7.4; first release inferred: after 8.0.21, in 2022's sources"),
    ),
    mariadb=(((5, 5), "own", "measured on 10.5, 10.11, 11.8"),),
)
MANDATORY_ROLES_ACTIVE = History[bool](
    mysql=(((4, 1), False, "manual 8.0 roles"), ((9, 5), True, "manual 9.5: activate_mandatory_roles; seen on 9.7.4")),
    mariadb=(((5, 5), False, "there are none"),),
)
PARTIAL_REVOKES = History[bool](
    mysql=(((4, 1), False, "manual 8.0"), ((8, 0, 16), True, "measured on 9.7.4; release notes 8.0.16")),
    mariadb=(((5, 5), False, "measured on 10.5, 10.11, 11.8: error 1193"),),
)
GRANT_OPTION_OPENS = History[bool](
    mysql=(
        ((4, 1), True, "asked of 5.6.24; sql/sql_db.cc of 5.7 and early 8.0: DB_ACLS"),
        ((8, 0, 16), False, "asked of 9.7.4; sql/sql_db.cc with partial revokes: DB_OP_ACLS"),
    ),
    mariadb=(((5, 5), True, "asked of 10.11.19 and 11.8.9; sql/sql_db.cc: DB_ACLS"),),
)
REVOKE_ALL_TAKES_EVERYTHING = History[bool](
    mysql=(
        ((4, 1), False, "asked of 5.6.24"),
        ((8, 0), True, "asked of 9.7.4; first release not found, dynamic privileges came with 8.0"),
    ),
    mariadb=(((5, 5), False, "asked of 10.11.19 and 11.8.9"),),
)
EQUAL_NETWORKS_SORTED = History[bool](
    mysql=(
        ((4, 1), True, "there are no numeric hosts"),
        ((8, 0, 23), False, "MySQL 8.0.27 and 8.0.28 sql/auth/sql_auth_cache.cc ACL_compare"),
        ((8, 4), True, "MySQL 8.4 and 9.7.2 sql/auth/sql_auth_cache.cc ACL_compare"),
    ),
    mariadb=(((5, 5), True, "there are no numeric hosts"),),
)
DEFAULT_PLUGIN = History[str](
    mysql=(
        ((4, 1), NATIVE, "manual 5.7 native-pluggable-authentication"),
        ((8, 0, 4), CACHING, "manual 8.0 upgrading"),
    ),
    mariadb=(((5, 5), NATIVE, "measured on 10.5, 10.11, 11.8"),),
)
PLUGINS = History[frozenset[str]](
    mysql=(
        ((4, 1), _MYSQL_SHIPPED | {NATIVE, OLD}, "manual 5.5 pluggable authentication"),
        ((5, 6, 6), _MYSQL_SHIPPED | {NATIVE, OLD, SHA256}, "release notes 5.6.6"),
        ((5, 7, 5), _MYSQL_SHIPPED | {NATIVE, SHA256}, "release notes 5.7.5: mysql_old_password removed"),
        ((8, 0, 3), _MYSQL_SHIPPED | {NATIVE, SHA256, CACHING}, "release notes 8.0.3"),
        ((9, 0), _MYSQL_SHIPPED | {SHA256, CACHING}, "measured on 9.7.4: mysql_native_password is 1524"),
    ),
    mariadb=(
        ((5, 5), _MARIA_SHIPPED, "MariaDB manual, authentication plugins"),
        ((10, 1, 11), _MARIA_SHIPPED | {"gssapi"}, "MariaDB manual, gssapi"),
        ((10, 1, 22), _MARIA_SHIPPED | {"gssapi", "ed25519"}, "MariaDB manual, ed25519"),
        ((11, 6), _MARIA_SHIPPED | {"gssapi", "ed25519", "parsec"}, "measured on 11.8; MariaDB manual, parsec"),
        ((12, 1), _MARIA_SHIPPED | {"gssapi", "ed25519", "parsec", CACHING}, "inferred from the 12.1 release notes"),
    ),
)
PLUGINS_OFF = History[frozenset[str]](
    mysql=(
        ((4, 1), frozenset(), "none"),
        ((8, 4), frozenset({NATIVE}), "release notes 8.4.0: off by default"),
        ((9, 0), frozenset(), "removed, so no longer off"),
    ),
    mariadb=(((5, 5), frozenset(), "none"),),
)
SOCKET_PLUGIN = History[str](
    mysql=(((4, 1), "auth_socket", "measured on 9.7.4"),),
    mariadb=(((5, 5), "unix_socket", "measured on 10.5, 10.11, 11.8"),),
)
LOCKED_ERROR = History[int](
    mysql=(((4, 1), 0, "no ACCOUNT LOCK before 5.7.6"), ((5, 7, 6), 3118, "measured on 9.7.4; release notes 5.7.6")),
    mariadb=(((5, 5), 0, "no ACCOUNT LOCK before 10.4.2"), ((10, 4, 2), 4151, "measured on 10.5, 10.11, 11.8")),
)
EXPIRES = History[bool](
    mysql=(((4, 1), False, "release notes 5.6.6"), ((5, 6, 6), True, "measured on 5.6.24 and 9.7.4")),
    mariadb=(((5, 5), False, "MariaDB manual"), ((10, 4, 3), True, "measured on 10.5, 10.11, 11.8")),
)
DISCONNECT_ON_EXPIRED_PASSWORD = History[bool](
    mysql=(((4, 1), True, "measured on 5.6.24 and 9.7.4"),),
    mariadb=(((5, 5), False, "measured on 10.5, 10.11, 11.8: the session may only change the password, 1820"),),
)
SECURE_TRANSPORT_ERROR = History[int](
    mysql=(((4, 1), 0, "measured on 5.6.24"), ((5, 7, 8), 3159, "measured on 9.7.4; release notes 5.7.8")),
    mariadb=(
        ((5, 5), 0, "MariaDB manual, require_secure_transport"),
        ((10, 5, 2), 1045, "measured on 10.11.19; MariaDB manual, require_secure_transport"),
        ((11, 4), 3159, "measured on 11.8.9; MariaDB manual, error 3159; first release inferred (MDEV-30178)"),
    ),
)
ATOMIC_STATEMENTS = History[bool](
    mysql=(
        ((4, 1), False, "measured on 5.6.24"),
        ((8, 0), True, "measured on 9.7.4; manual 8.0, atomic data definition statements"),
    ),
    mariadb=(((5, 5), False, "measured on 10.11 and 11.8"),),
)
PASSWORD_COLUMN = History[bool](
    mysql=(
        ((4, 1), True, "measured on 5.6.24"),
        ((5, 7, 6), False, "measured on 9.7.4; release notes 5.7.6: replaced by authentication_string"),
    ),
    mariadb=(((5, 5), True, "measured on 10.11 and 11.8"),),
)
USER_TABLE_IS_VIEW = History[bool](
    mysql=(((4, 1), False, "measured on 5.6.24 and 9.7.4"),),
    mariadb=(
        ((5, 5), False, "MariaDB manual, mysql.user"),
        ((10, 4), True, "measured on 10.11 and 11.8; MariaDB manual, mysql.global_priv"),
    ),
)


@lru_cache(maxsize=512)
def traits_of(product: Product, version: Version) -> Traits:
    """Return the traits of one version; the same object for the same arguments.

    >>> traits_of("mysql", (9, 7, 4)).sort_order
    'ip823'
    >>> traits_of("mariadb", (10, 11, 19)).cidr
    False
    """
    return Traits(
        product=product,
        sort_order=SORT_ORDER.at(product, version),
        numeric_address=NUMERIC_ADDRESS.at(product, version),
        cidr=CIDR.at(product, version),
        cidr_mask_bits=CIDR_MASK_BITS.at(product, version),
        split_masks=SPLIT_MASKS.at(product, version),
        empty_host_is_percent=EMPTY_HOST_IS_PERCENT.at(product, version),
        drops_unresolvable=DROPS_UNRESOLVABLE.at(product, version),
        gate_compares_single_address=GATE_COMPARES_SINGLE_ADDRESS.at(product, version),
        name_needs_more_after_any=NAME_NEEDS_MORE_AFTER_ANY.at(product, version),
        name_needs_more_after_percents=NAME_NEEDS_MORE_AFTER_PERCENTS.at(product, version),
        address_any_after_percent_is_idle=ADDRESS_ANY_AFTER_PERCENT_IS_IDLE.at(product, version),
        host_length=HOST_LENGTH.at(product, version),
        user_length=USER_LENGTH.at(product, version),
        client_name_length=CLIENT_NAME_LENGTH.at(product, version),
        client_user_length=CLIENT_USER_LENGTH.at(product, version),
        magic_host_length=MAGIC_HOST_LENGTH.at(product, version),
        magic_cap=MAGIC_CAP.at(product, version),
        trims_blanks=TRIMS_BLANKS.at(product, version),
        loopback_root=LOOPBACK_ROOT.at(product, version),
        grant_to_nobody=GRANT_TO_NOBODY.at(product, version),
        ascii_host=ASCII_HOST.at(product, version),
        roles=ROLES.at(product, version),
        roles_match=ROLES_MATCH.at(product, version),
        public_role=PUBLIC_ROLE.at(product, version),
        role_patterns=ROLE_PATTERNS.at(product, version),
        mandatory_roles_active=MANDATORY_ROLES_ACTIVE.at(product, version),
        partial_revokes=PARTIAL_REVOKES.at(product, version),
        grant_option_opens=GRANT_OPTION_OPENS.at(product, version),
        revoke_all_takes_everything=REVOKE_ALL_TAKES_EVERYTHING.at(product, version),
        equal_networks_sorted=EQUAL_NETWORKS_SORTED.at(product, version),
        default_plugin=DEFAULT_PLUGIN.at(product, version),
        plugins=PLUGINS.at(product, version),
        plugins_off=PLUGINS_OFF.at(product, version),
        socket_plugin=SOCKET_PLUGIN.at(product, version),
        locked_error=LOCKED_ERROR.at(product, version),
        expires=EXPIRES.at(product, version),
        disconnect_on_expired_password=DISCONNECT_ON_EXPIRED_PASSWORD.at(product, version),
        secure_transport_error=SECURE_TRANSPORT_ERROR.at(product, version),
        atomic_statements=ATOMIC_STATEMENTS.at(product, version),
        password_column=PASSWORD_COLUMN.at(product, version),
        user_table_is_view=USER_TABLE_IS_VIEW.at(product, version),
    )
