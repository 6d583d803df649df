"""Clients, told apart as the sides of host values need it.

Three are points of their own, for there name and address hang together: the local socket and, where the server looks
names up, 127.0.0.1 and ::1, which are localhost (facts: E1).
"""

from grantlint.access.host.address import dotted, ipv4_number
from grantlint.access.host.client import Client
from grantlint.platform.record import NamedTuple

LOOPBACK4 = 0x7F000001
LOOPBACK6 = "::1"


class Spot(NamedTuple):
    """A client, told apart as the sides need it.

    point: 1 the socket, 2 127.0.0.1 named localhost, 4 ::1 named localhost, 0 any other client. number: an
    IPv4 address as an integer, None for IPv6. text: the address as text.
    """

    point: int
    number: int | None
    text: str | None
    name: str | None

    def client(self) -> Client:
        """Return the client as the rest of the project writes it."""
        return Client(self.text, self.name)


POOL = tuple(map(ipv4_number, ("192.0.2.7", "198.51.100.11", "203.0.113.23", "192.0.2.130")))
"""Addresses for clients of whom only the name matters (RFC 5737)."""
SOCKET = Spot(1, None, None, "localhost")
POINTS = (
    SOCKET,
    Spot(2, LOOPBACK4, "127.0.0.1", "localhost"),
    Spot(4, None, LOOPBACK6, "localhost"),
)


def spot_of(client: Client, *, names: bool) -> Spot:
    """Return the spot of a client as the server sees it.

    `names`: the server looks names up.
    """
    ip, name = client
    if ip is None:
        return SOCKET
    if names and ip in {"127.0.0.1", LOOPBACK6}:
        return POINTS[1 if ip != LOOPBACK6 else 2]
    number = ipv4_number(ip) if ":" not in ip else None
    return Spot(0, number, ip, name.lower() if name and names else None)


def at_address(number: int, name: str | None = None) -> Spot:
    """Return the client at an IPv4 address that is no point."""
    return Spot(0, number, dotted(number), name)


def at_six(text: str, name: str | None = None) -> Spot:
    """Return the client at an IPv6 address that is no point."""
    return Spot(0, None, text, name)
