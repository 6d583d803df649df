"""Where a server listens by its settings: whether a client reaches it at all, before any account is asked for.

Source: the manuals, bind_address, skip_networking and --skip-grant-tables; facts: K1, K2, K3.
"""

from grantlint.access.host.address import canonical_ip
from grantlint.access.host.client import Client
from grantlint.access.product.installation import Installation
from grantlint.platform.record import NamedTuple

NOT_LISTENING = 2003
"""The client's own error where nothing answers."""

_EVERYWHERE = "*"
_ANY_IPV4 = frozenset({"0.0.0.0", "0"})  # noqa: S104 - as settings have it
_ANY_IPV6 = "::"
_LOCAL = frozenset({"localhost", "localhost.localdomain"})


class Unheard(NamedTuple):
    """Why nothing listens where a client comes from.

    `setting`: the one that decides. `change`: what to set instead.
    """

    setting: str
    why: str
    change: str


def unheard(installation: Installation, client: Client) -> Unheard | None:
    """Return why a client reaches no server. None where it does, or nobody can tell."""
    settings = installation.settings
    if client.ip is None:
        return None
    if settings.is_on("skip_networking"):
        return Unheard("skip_networking", "skip_networking leaves the local socket alone", "switch skip_networking off")
    if settings.is_on("skip_grant_tables") and installation.target.traits.no_network_without_grant_tables:
        why = "with skip_grant_tables the server turns skip_networking on"
        return Unheard("skip_grant_tables", why, "take skip_grant_tables out")
    written = settings.value("bind_address")
    if written is None or any(_hears(one, client.ip, installation) for one in written.split(",")):
        return None
    change = f"set bind_address to an address of the server that {client.ip} reaches"
    return Unheard("bind_address", f"bind_address is {written}", change)


def _hears(written: str, ip: str, installation: Installation) -> bool:
    """Return whether a server that listens at an address hears a client. It may where the address is a name."""
    at = written.strip().partition("/")[0]  # what follows is a network namespace
    of_ipv6 = ":" in ip
    if at in _ANY_IPV4:
        return not of_ipv6
    if at == _ANY_IPV6:
        return of_ipv6 or installation.target.traits.ipv6_socket_takes_ipv4
    known = "127.0.0.1" if at in _LOCAL else canonical_ip(at)
    if at == _EVERYWHERE or known is None:
        return True
    return (":" in known) == of_ipv6 and _is_loopback(known) == _is_loopback(ip)


def _is_loopback(ip: str) -> bool:
    return ip == "::1" or ip.startswith("127.")
