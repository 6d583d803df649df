"""One host value as one server reads it, and the clients that it matches."""

import re
from functools import lru_cache

from grantlint.access.host.address import canonical_ipv4, client_number, ipv4_number, leading_quad, prefix_bits
from grantlint.access.host.client import Client
from grantlint.access.host.glob import Glob, address_glob, name_glob
from grantlint.access.product.traits import Traits
from grantlint.platform.typed import Literal

Kind = Literal["any", "literal", "pattern", "netmask", "cidr"]
ALL_ONES = 0xFFFFFFFF
_READ_ALIKE = re.compile(r"(?:[0-9]{1,5}\.){0,3}%\Z").match
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z][A-Za-z0-9-]*)*\Z").match


class HostValue:
    """The host part of an account, parsed as one version parses it.

    `kind` is any (`%`, or '' where the server keeps it), literal (one name or address), pattern, netmask or cidr.
    `mask` is 0 where the value is compared as text; otherwise an IPv4 client matches where `address & mask == network`,
    and in no other way. `network` without `mask`: the value begins with an address, which on MySQL from 8.0.23 decides
    its place in the order.
    """

    __slots__ = ("folded", "kind", "mask", "network", "text", "traits")

    def __init__(self, text: str, traits: Traits) -> None:
        self.text = text
        self.traits = traits
        self.folded = text.lower()
        self.network = self.mask = 0
        self.kind: Kind = "literal"
        if _PLAIN_NAME(text):
            return
        if canonical_ipv4(text):
            if traits.numeric_address:
                self.network = ipv4_number(text)
                self.mask = ALL_ONES
            return
        if text in {"", "%"}:
            self.kind = "any"
            return
        self._parse()

    def _parse(self) -> None:
        text, traits = self.text, self.traits
        if "%" in text or "_" in text or "\\" in text:
            self.kind = "pattern"
        quad = leading_quad(text)
        if quad is None:
            return
        network, end = quad
        rest = text[end:]
        if rest.startswith("/"):
            self._parse_mask(network, rest[1:])
        elif traits.numeric_address:
            self.network = network
            self.mask = ALL_ONES if not rest else 0

    def _parse_mask(self, network: int, written: str) -> None:
        traits = self.traits
        quad = leading_quad(written)
        if quad is not None and quad[1] == len(written):
            mask = quad[0]
            if mask and (traits.split_masks or contiguous(mask)):
                self.kind, self.network, self.mask = "netmask", network, mask
            return
        bits = prefix_bits(written) if traits.cidr else None
        if bits is not None:
            self.kind, self.network = "cidr", network
            self.mask = ALL_ONES << (32 - bits)
            if traits.cidr_mask_bits != 64:  # noqa: PLR2004 - the width that is the bug
                self.mask &= ALL_ONES

    @property
    def mask_length(self) -> int:
        """The prefix length that the mask stands for."""
        return 64 - self.mask.bit_length() if self.mask > ALL_ONES else self.mask.bit_count()

    @property
    def is_address(self) -> bool:
        """Whether the value is exactly one IPv4 address.

        It is in the form that clients have.
        """
        return self.kind == "literal" and canonical_ipv4(self.text)

    @property
    def needs_open_gate(self) -> bool:
        """Whether the host gate opens for its client by other rows only.

        Facts: C6, D4.
        """
        return self.mask == ALL_ONES and self.gate_is_text and not self.is_address

    @property
    def name_glob(self) -> Glob:
        """The pattern by which it matches client names in lower case."""
        return name_glob(self.text, self.traits)

    @property
    def address_glob(self) -> Glob:
        """The pattern by which it matches client addresses.

        It counts where `mask` does not decide.
        """
        return address_glob(self.text, self.traits)

    def matches(self, client: Client) -> bool:
        """Return whether an account with this value matches a client.

        `client` is as the server sees it.
        """
        ip, name = client
        if self.mask and ip is not None:
            number = client_number(ip)
            if number is not None:
                return number & self.mask == self.network
        if self.kind == "any":
            return True
        if self.kind == "literal":
            return ip == self.text or (name is not None and name.lower() == self.folded)
        return (name is not None and self.name_glob.matches(name.lower())) or (
            ip is not None and self.address_glob.matches(ip)
        )

    @property
    def gate_is_text(self) -> bool:
        """Whether the host gate compares the value as text.

        Elsewhere it is matched. Manual says nothing of it; acl_check_host and init_check_host; facts: D4, H2.
        """
        if "%" in self.text or "_" in self.text:
            return False
        return not self.mask or (self.mask == ALL_ONES and self.traits.gate_compares_single_address)

    def opens(self, client: Client) -> bool:
        """Return whether the host gate lets a client in by this value.

        Without such a row the client gets error 1130 before the handshake.
        """
        if not self.text:
            return True
        if not self.gate_is_text:
            return self.matches(client)
        ip, name = client
        return (ip is not None and ip.lower() == self.folded) or (name is not None and name.lower() == self.folded)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"HostValue({self.text!r}, {self.kind})"


@lru_cache(maxsize=1 << 16)
def host_value(text: str, traits: Traits) -> HostValue:
    """Return the parsed host value.

    It is the same object for the same arguments while it is cached.

    >>> from grantlint.access.product.target import parse_target
    >>> value = host_value("10.0.3.0/24", parse_target("mysql-9.7").traits)
    >>> value.kind, value.matches(Client.tcp("10.0.3.7")), value.matches(Client.tcp("10.0.4.7"))
    ('cidr', True, False)
    """
    return HostValue(text, traits)


def is_read_alike(text: str) -> bool:
    """Return whether every product reads a host value alike.

    So are plain names and the commonest patterns, up to three numbers and a last `%`: products differ over their places
    among other rows, not over what they match.
    """
    return _READ_ALIKE(text) is not None or is_plain_name(text)


def is_plain_name(text: str) -> bool:
    """Return whether a host value is a plain name.

    Each of its parts begins with a letter, and none has a wildcard.
    """
    return _PLAIN_NAME(text) is not None


def contiguous(mask: int) -> bool:
    """Return whether a 32-bit mask is ones, then zeros."""
    inverse = mask ^ ALL_ONES
    return inverse & (inverse + 1) == 0


def resolves(text: str) -> bool:
    """Return whether the server needs a name look-up for a value.

    So the server decides in hostname_requires_resolving, sql/hostname_cache.cc; facts F2: a character that is neither
    digit nor dot, and none of `: % _ /`; localhost is spared.
    """
    if text.lower() == "localhost" or any(character in text for character in ":%_/"):
        return False
    return any(not (character == "." or (character.isascii() and character.isdigit())) for character in text)
