"""The clients that `--from` means: an address, a name, name=address, a declared host, or the socket."""

from collections.abc import Sequence

from grantlint.access import AccountTable, Client, Target, canonical_ip
from grantlint.access.cover import Coverage
from grantlint.access.host.client import NOBODYS_ADDRESS
from grantlint.access.server.declared import clients_of
from grantlint.model import NamedHost
from grantlint.model.location import Located
from grantlint.model.sql import account
from grantlint.platform.errors import UsageError
from grantlint.platform.record import NamedTuple

_NOT_IN_NAMES = frozenset(" \t\n'\"@%*,;/\\")


class Meant(NamedTuple):
    """A client that an argument means.

    remark: a sentence on how it was read, '' where it says everything itself.
    """

    client: Client
    remark: str = ""


def clients_meant(text: str, hosts: Sequence[NamedHost]) -> list[Meant]:  # noqa: PLR0911 - one for each form
    """Return the clients that an argument of --from means.

    They are in the order of the hosts. Raises UsageError for none.
    """
    if text == "socket":
        return [Meant(Client.socket())]
    name, equals, address = text.partition("=")
    if equals:
        if canonical_ip(name) is not None and canonical_ip(address) is None:
            raise UsageError(f"the name comes before the =, the address behind it: --from {address}={name}")
        return [Meant(_tcp(address, _name(name) if name else None))]
    declared = next((host for host in hosts if host.name.value == text), None)
    if declared:
        return _of_host(declared)
    ip = canonical_ip(text)
    if ip is not None:
        return _at_address(ip, hosts)
    if text.lower() == "localhost":
        remark = "localhost is the socket for most clients, and 127.0.0.1 for those that insist on TCP"
        return [Meant(Client.socket(), remark), Meant(Client.tcp("127.0.0.1"), remark)]
    name = _name(text)
    known = next((host for host in hosts if name.lower() in _names(host)), None)
    if known:
        return _of_host(known, name)
    remark = f"no file says where {name} is: asked for {name}={NOBODYS_ADDRESS}, an address that is nobody's"
    return [Meant(Client.tcp(NOBODYS_ADDRESS, name), remark)]


def client_of_account(user: str, host: str, target: Target) -> Meant:
    """Return a client that an account takes.

    An error names the account instead of its client. Raises UsageError where there is none.
    """
    client = Coverage(AccountTable(target, [(user, host)])).of(0).witness
    if client is None:
        raise UsageError(f"the error names the account {account(user, host)} and not the client: give --from CLIENT")
    return Meant(client, f"the error names the account {account(user, host)}: asked for a client that it takes")


def _at_address(ip: str, hosts: Sequence[NamedHost]) -> list[Meant]:
    """Return the client at an address with the names that a declared host has for it, or without one."""
    for host in hosts:
        named = [client for client, _ in clients_of(host) if client.ip == ip and client.name]
        if named and any(isinstance(leaf, Located) and canonical_ip(leaf.value) == ip for leaf in host.addresses):
            remark = f"the host {host.name.value!r} says that this is the name of {ip}; `={ip}` asks without a name"
            return [Meant(client, remark) for client in named]
    client = Client.tcp(ip)
    zoned = f"a link-local client is known with its zone: asked for {client}" if client.ip != ip else ""
    return [Meant(client, zoned)]


def _of_host(host: NamedHost, only: str | None = None) -> list[Meant]:
    """Return each address of a declared host with each of its names, or with one of them."""
    declared = f"declared as {host.name.value!r}"
    names: Sequence[str | None] = [only] if only else _names(host) or [None]
    found: list[Meant] = []
    for client, address in clients_of(host):
        if only is None or client.name is None or client.name.lower() == only.lower():
            inside = f"the first address of {address.value}, " if "/" in address.value else ""
            found.append(Meant(client, inside + declared))
    if found:
        return found
    remark = f"{declared} without an address that can be read: asked for one that is nobody's"
    return [Meant(Client.tcp(NOBODYS_ADDRESS, name), remark) for name in names]


def _names(host: NamedHost) -> list[str]:
    return [leaf.value.lower() for leaf in host.dns_names if isinstance(leaf, Located)]


def _tcp(address: str, name: str | None) -> Client:
    if canonical_ip(address) is None:
        raise UsageError(f"{address!r} after the = is no IPv4 or IPv6 address")
    return Client.tcp(address, name)


def _name(text: str) -> str:
    """Return a text that can be a client's name, raising UsageError where it is an address with a fault."""
    if not text or not text.strip(":.0123456789") or ":" in text or _NOT_IN_NAMES.intersection(text):
        raise UsageError(
            f"{text!r} is no client: --from takes one address (10.0.3.7), a name (web1.example.com), "
            "name=address, a host that a policy declares, or socket"
        )
    return text
