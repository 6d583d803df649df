"""Who connects, as far as the server can tell before a user name is sent."""

from grantlint.access.host.address import canonical_ip, dotted, lacks_zone, numeric_name
from grantlint.access.product.traits import Traits
from grantlint.platform.record import NamedTuple

NOBODYS_ADDRESS = "192.0.2.10"
"""Stands for the address of a client of which only the name is told (RFC 5737: it is nobody's)."""

LOOPBACK = ("127.0.0.1", "::1")
SOME_ZONE = "%eth0"
"""The zone of a link-local client of which nobody says one."""


class Client(NamedTuple):
    """A client's address and its name that look-ups confirm.

    Both directions agree on the name. No address: the local socket.

    >>> print(Client.tcp("144.155.166.177", "thomas.loc.gov"))
    thomas.loc.gov (144.155.166.177)
    >>> print(Client.socket())
    the local socket
    """

    ip: str | None
    name: str | None

    @classmethod
    def socket(cls) -> "Client":
        """Return the client at the socket, a pipe or shared memory."""
        return cls(None, "localhost")

    @classmethod
    def tcp(cls, ip: str, name: str | None = None) -> "Client":
        """Return the client at an address.

        `name` is what DNS or the hosts file says, None if it has no name. A link-local address without a zone gets one:
        no client is without. Raises ValueError if `ip` is no IPv4 or IPv6 address.
        """
        canonical = canonical_ip(ip)
        if canonical is None:
            raise ValueError(f"{ip!r} is no IPv4 or IPv6 address")
        return cls(canonical + SOME_ZONE if lacks_zone(canonical) else canonical, name)

    def __str__(self) -> str:
        if self.ip is None:
            return "the local socket"
        return f"{self.name} ({self.ip})" if self.name else self.ip

    @property
    def shown(self) -> str:
        """What the server's messages call the client: its name, else its address."""
        return self.name or self.ip or "localhost"


def has_digits_dot(name: str) -> bool:
    """Return whether a name begins with digits and a dot.

    The server refuses such a name, which begins as an address does (manual, access control stage 1;
    sql/hostname_cache.cc; facts: C1, C3).
    """
    digits, dot, _ = name.partition(".")
    return bool(dot) and digits.isascii() and digits.isdigit()


def as_named(user: str, traits: Traits) -> str:
    """Return the user name that the server reads from what is sent.

    One pair of single quotes around it is dropped, and a long name is cut (measured on 5.6.24, 9.7.4, 10.11.19 and
    11.8.9; parse_client_handshake_packet).
    """
    if len(user) > 1 and user[0] == user[-1] == "'":
        user = user[1:-1]
    return user[: traits.client_user_length]


def as_seen(client: Client, traits: Traits, *, skip_name_resolve: bool) -> Client:
    """Return a client as the server identifies it.

    127.0.0.1 and ::1 are localhost without a look-up; under skip_name_resolve nobody at TCP has a name; names such as
    1.2.example.com are thrown away, and names such as 12345, which resolve forward to the number that they are, here
    0.0.48.57 (facts: C7).
    """
    ip, name = client
    if ip is not None and ":" in ip:
        ip = canonical_ip(ip) or ip
        client = Client(ip, name)
    if ip is None:
        return client if name == "localhost" else Client(None, "localhost")
    if skip_name_resolve:
        return client if name is None else Client(ip, None)
    if ip in LOOPBACK:
        return client if name == "localhost" else Client(ip, "localhost")
    if not name:
        return client if name is None else Client(ip, None)
    if name[0].isdigit():
        number = numeric_name(name)
        if has_digits_dot(name) or (number is not None and dotted(number) != ip):
            return Client(ip, None)
    limit = traits.client_name_length
    return Client(ip, name[:limit]) if limit and len(name) > limit else client
