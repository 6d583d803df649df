"""What comes after the row is chosen: whether the account lets this client in. Never another row.

Manual, access control stage 1; acl_authenticate in sql/auth/sql_authentication.cc and sql/sql_acl.cc;
facts: H1.
"""

from enum import Enum

from grantlint.access.host.client import Client
from grantlint.access.product.target import Target
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Literal

ACCESS_DENIED = 1045
NOT_BY_PASSWORD = 1698
UNKNOWN_PLUGIN = 1524
EXPIRED = 1862
LIMIT = 1226


class Standing(NamedTuple):
    """What an account row demands of its clients.

    The defaults demand nothing.
    """

    user: str
    plugin: str | None = None
    """None: the server's default."""
    locked: bool = False
    expired: bool = False
    require: Literal["", "SSL", "X509", "SPECIFIED"] = ""
    """SPECIFIED: REQUIRE SUBJECT, ISSUER or CIPHER."""
    connections_per_hour: int = 0
    """MAX_CONNECTIONS_PER_HOUR; 0: no limit."""
    user_connections: int = 0
    """MAX_USER_CONNECTIONS; 0: no limit."""

    @classmethod
    def role(cls, name: str) -> "Standing":
        """Return the account that MySQL's CREATE ROLE makes.

        It is locked and expired (facts: H3).
        """
        return cls(name, locked=True, expired=True)


class Approach(NamedTuple):
    """How a client comes, with the right password. None: not known, and nothing is concluded from it."""

    tls: bool | None = None
    certificate: bool | None = None
    """Whether it shows a certificate that the account's REQUIRE would take."""
    os_user: str | None = None
    """The operating system's user at the local socket."""
    changes_password: bool = False
    """Whether it can change an expired password, as the mysql command line client can."""
    connections: int = 0
    """How often the account was used within the hour."""
    sessions: int = 0
    """How many sessions of the account are open already."""
    password: bool = True
    """Whether it sends a password, which the server's message tells."""


class ConnectionSettings(NamedTuple):
    """Server variables that have a say; None: the version's default."""

    require_secure_transport: bool = False
    disconnect_on_expired_password: bool | None = None
    plugins: frozenset[str] = frozenset()
    """Further plugins that were installed or turned on."""


class Bar(Enum):
    """Kinds of reasons for which an account refuses a client."""

    PLUGIN = "the server lacks its plugin, or has switched it off"
    NO_LOGIN = "its plugin lets nobody in"
    SOCKET = "it trusts the operating system's user at the local socket"
    ENCRYPTION = "it wants an encrypted connection"
    CERTIFICATE = "it wants a certificate"
    TRANSPORT = "the server wants an encrypted connection"
    LOCKED = "it is locked"
    EXPIRED = "its password is expired"
    SESSIONS = "it has as many sessions as it may have"
    CONNECTIONS = "it was used as often within the hour as it may be"


class Refusal(NamedTuple):
    """A server's error in its own words, and its cause.

    `cause` says it to people.
    """

    bar: Bar
    error: int
    message: str
    cause: str


class Admission(NamedTuple):
    """All reasons to refuse a client, the one it gets first.

    Asked of 9.7.4, 10.11.19 and 11.8.9 (facts: H5); MariaDB from 11.4 asks for secure transport even before it chooses
    a row.
    """

    refusals: tuple[Refusal, ...]
    sandbox: bool
    """Let in with an expired password: every statement but the change of it gets 1820."""

    @property
    def error(self) -> int | None:
        """The error that the client gets; None if it is let in."""
        return self.refusals[0].error if self.refusals else None


def admit(
    target: Target,
    standing: Standing,
    user: str,
    client: Client,
    approach: Approach | None = None,
    settings: ConnectionSettings | None = None,
) -> Admission:
    """Return whether an account lets in a client with the right password.

    >>> from grantlint.access.product.target import parse_target
    >>> locked = Standing("joe", locked=True)
    >>> print(admit(parse_target("mysql-9.7"), locked, "joe", Client.tcp("10.1.0.1")).refusals[0].message)
    Access denied for user 'joe'@'10.1.0.1'. Account is locked.
    >>> admit(parse_target("mariadb-11.8"), locked, "joe", Client.tcp("10.1.0.1")).error
    4151
    """
    approach = approach or Approach()
    settings = settings or ConnectionSettings()
    secure = _transport(target, user, client, approach, settings)
    proof = _plugin(target, standing, user, client, approach, settings)
    tls = _require(standing, user, client, approach)
    lock = _lock(target, standing, client)
    disconnect = settings.disconnect_on_expired_password
    if disconnect is None:
        disconnect = target.traits.disconnect_on_expired_password
    expired = standing.expired and target.traits.expires
    refused_expired = expired and disconnect and not approach.changes_password
    late = [
        Refusal(
            Bar.EXPIRED,
            EXPIRED,
            "Your password has expired. To log in you must change it using a client that supports expired passwords.",
            "the password is expired",
        )
    ] * refused_expired
    order = (proof, tls, lock, secure)
    if target.product == "mariadb":
        first = target.traits.secure_transport_error != ACCESS_DENIED
        order = (secure, proof, tls, lock) if first else (proof, secure, tls, lock)
    found = [refusal for refusal in (*order, *late, _limit(standing, approach)) if refusal is not None]
    return Admission(tuple(found), sandbox=expired and not refused_expired and not found)


def _plugin(
    target: Target, standing: Standing, user: str, client: Client, approach: Approach, settings: ConnectionSettings
) -> Refusal | None:
    traits = target.traits
    plugin = standing.plugin or traits.default_plugin
    if plugin == traits.socket_plugin or plugin in {"auth_socket", "unix_socket"}:
        if plugin in settings.plugins or plugin in traits.plugins - traits.plugins_off:
            return _socket(plugin, standing, user, client, approach)
    elif plugin == "mysql_no_login" and plugin in settings.plugins:
        return Refusal(
            Bar.NO_LOGIN,
            ACCESS_DENIED,
            _denied(user, client, approach),
            "mysql_no_login is for accounts that nobody uses",
        )
    if plugin in settings.plugins or plugin in traits.plugins - traits.plugins_off:
        return None
    how = "off until it is turned on" if plugin in traits.plugins_off else "unknown to this server"
    return Refusal(Bar.PLUGIN, UNKNOWN_PLUGIN, f"Plugin '{plugin}' is not loaded", f"the plugin {plugin} is {how}")


def _socket(plugin: str, standing: Standing, user: str, client: Client, approach: Approach) -> Refusal | None:
    message = f"Access denied for user '{user}'@'{client.shown}'"
    if client.ip is not None:
        return Refusal(Bar.SOCKET, NOT_BY_PASSWORD, message, f"{plugin} trusts the local socket only")
    if approach.os_user is not None and approach.os_user != standing.user:
        return Refusal(
            Bar.SOCKET, NOT_BY_PASSWORD, message, f"{plugin}: {approach.os_user!r} is another operating system user"
        )
    return None


def _require(standing: Standing, user: str, client: Client, approach: Approach) -> Refusal | None:
    if standing.require and approach.tls is False:
        return Refusal(
            Bar.ENCRYPTION, ACCESS_DENIED, _denied(user, client, approach), "REQUIRE: the connection is not encrypted"
        )
    if standing.require in {"X509", "SPECIFIED"} and approach.certificate is False:
        return Refusal(
            Bar.CERTIFICATE,
            ACCESS_DENIED,
            _denied(user, client, approach),
            "REQUIRE: the client shows no certificate that fits",
        )
    return None


def _lock(target: Target, standing: Standing, client: Client) -> Refusal | None:
    error = target.traits.locked_error
    if not standing.locked or not error:
        return None
    if target.product == "mariadb":
        return Refusal(Bar.LOCKED, error, "Access denied, this account is locked", "the account is locked")
    who = standing.user or "(null)"
    return Refusal(
        Bar.LOCKED,
        error,
        f"Access denied for user '{who}'@'{client.shown}'. Account is locked.",
        "the account is locked",
    )


def _transport(
    target: Target, user: str, client: Client, approach: Approach, settings: ConnectionSettings
) -> Refusal | None:
    error = target.traits.secure_transport_error
    if not error or not settings.require_secure_transport or client.ip is None or approach.tls is not False:
        return None
    cause = "require_secure_transport is on and the connection is not encrypted"
    if error == ACCESS_DENIED:
        return Refusal(Bar.TRANSPORT, error, _denied(user, client, approach), cause)
    message = "Connections using insecure transport are prohibited while --require_secure_transport=ON."
    return Refusal(Bar.TRANSPORT, error, message, cause)


def _limit(standing: Standing, approach: Approach) -> Refusal | None:
    """Return the limit that is reached, in the servers' order (check_for_max_user_connections in sql_connect.cc)."""
    for bar, resource, limit, used in (
        (Bar.SESSIONS, "max_user_connections", standing.user_connections, approach.sessions),
        (Bar.CONNECTIONS, "max_connections_per_hour", standing.connections_per_hour, approach.connections),
    ):
        if 0 < limit <= used:
            message = f"User '{standing.user}' has exceeded the '{resource}' resource (current value: {limit})"
            return Refusal(bar, LIMIT, message, f"{resource.upper()} is {limit}")
    return None


def _denied(user: str, client: Client, approach: Approach) -> str:
    using = "YES" if approach.password else "NO"
    return f"Access denied for user '{user}'@'{client.shown}' (using password: {using})"
