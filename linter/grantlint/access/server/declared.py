"""The clients that a declared host stands for."""

from collections.abc import Iterator

from grantlint.access.host.address import dotted
from grantlint.access.host.client import Client
from grantlint.access.host.value import host_value
from grantlint.access.product.traits import traits_of
from grantlint.model import NamedHost
from grantlint.model.location import Located

_NAMELESS: tuple[str | None, ...] = (None,)


def clients_of(host: NamedHost) -> Iterator[tuple[Client, Located[str]]]:
    """Yield the clients of a declared host, each with its written address.

    Each address comes with each name, or without one where none is declared. A network stands for its first
    address; what is no address at all stands for nobody.
    """
    names = [leaf.value for leaf in host.dns_names if isinstance(leaf, Located)] or _NAMELESS
    for address in host.addresses:
        if isinstance(address, Located):
            for name in names:
                client = _client(address.value, name)
                if client:
                    yield client, address


def _client(text: str, name: str | None) -> Client | None:
    if "/" in text:
        network = host_value(text, traits_of("mysql", (9, 7)))  # a version that reads every notation
        text = dotted(network.network | 1) if network.mask else text
    try:
        return Client.tcp(text, name)
    except ValueError:
        return None
