"""The automata against what the operating system prints, and against plain descriptions of names."""

import re
import socket
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.access.cover.sets.languages import IPV6, NAMES, PLAUSIBLE_NAMES, accepts
from grantlint.access.cover.witness import likely_name
from grantlint.access.host.client import Client, as_seen
from grantlint.access.product.target import parse_target


def printed(text: str) -> bool:
    """Tell whether inet_ntop prints an IPv6 address so, and a client so called does not arrive as IPv4."""
    try:
        packed = socket.inet_pton(socket.AF_INET6, text)
    except OSError:
        return False
    inside = packed[:12] == bytes(12) and packed != bytes(15) + b"\1"
    link_local = packed[0] == 0xFE and packed[1] & 0xC0 == 0x80
    shown = socket.inet_ntop(socket.AF_INET6, packed)
    return shown == text and not inside and not link_local and "." not in text


def test_short_ipv6_texts_are_those_that_the_system_prints() -> None:
    for length in range(1, 7):
        for characters in product("01f:", repeat=length):
            text = "".join(characters)
            assert accepts(IPV6, text) == printed(text), text


groups = st.lists(st.sampled_from(["0", "0", "0", "1", "f", "ffff", "10", "0a"]), min_size=8, max_size=8)


@given(groups, st.integers(0, 8), st.integers(0, 8))
def test_long_ipv6_texts_are_those_that_the_system_prints(parts: list[str], one: int, other: int) -> None:
    first, last = sorted((one, other))
    whole = ":".join(parts)
    shown = socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, whole))
    for text in (whole, shown, ":".join(parts[:first]) + "::" + ":".join(parts[last:])):
        assert accepts(IPV6, text) == printed(text), text


@pytest.mark.parametrize(
    "text",
    [
        "::",
        "::1.2.3.4",
        "::1:2",
        "::ffff:1:2",
        "2001:db8:0:0:0:0:0:5",
        "2001:DB8::5",
        "0::1",
        "::5",
        "fe80::1",
        "febf::%eth0x",
    ],
)
def test_addresses_that_no_ipv6_client_shows_are_left_out(text: str) -> None:
    assert not accepts(IPV6, text)


@pytest.mark.parametrize("text", ["::1", "fec0::5", "2001:db8::5", "fe80::1%eth0", "1:2:3:4:5:6:7:8", "::ffff:0:1:2"])
def test_addresses_of_ipv6_clients_are_in(text: str) -> None:
    assert accepts(IPV6, text)


SERVER = parse_target("mysql-9.7")


@given(st.text("019abxz.-_+", max_size=7))
def test_the_server_keeps_every_name_of_the_language(text: str) -> None:
    client = Client.tcp("192.0.2.7", text)
    if accepts(NAMES, text):
        assert as_seen(client, SERVER.traits, skip_name_resolve=False) == client
    else:
        reads_as_number = text.isdigit() or re.fullmatch(r"0x[0-9a-fx.]*", text)
        assert reads_as_number or as_seen(client, SERVER.traits, skip_name_resolve=False).name is None


@given(st.text("01az.-_x", max_size=7))
def test_a_plausible_name_is_a_name_of_whole_labels(text: str) -> None:
    label = r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?"
    sane = re.fullmatch(rf"{label}(\.{label})*", text) and accepts(NAMES, text) and not text.startswith("0x")
    assert accepts(PLAUSIBLE_NAMES, text) == bool(sane) == likely_name(text)
