"""The four orders against measured tables, worked values and a second reading of the rules."""

import ipaddress
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.access import AccountTable, Client, HostValue, host_value, parse_target
from grantlint.access.accounts.order import census, host_key, magic_value, prefix_value

# Measured (B): best first, {} = ties, for the client 144.155.166.177 = thomas.loc.gov.
MYSQL97 = r"""
144.155.166.177 > 144.155.166.177% 144.155.166.17_ 144.155.166.1% > 144.155.166.177/32 > 144.155.166.128/25
> 144.155.166.0/24 > 144.155.160.0/20 > 144.155.0.0/16 > 144.0.0.0/8 > 144.155.166.177/255.255.255.255
> 144.155.166.128/255.255.255.128 > 144.155.166.0/255.255.255.0 > 144.155.160.0/255.255.240.0
> 144.155.0.0/255.255.0.0 > 144.0.0.0/255.0.0.0 > thomas.loc.gov thomas\.loc.gov thomas.loc.go\v
> thomas.loc.gov% > thomas.loc.go_ > 144.155.166.% 144.155.166.%% thomas.loc.g% > thomas.loc.% > 144.155.16_.177
> 144.155.1__.177 > 144.155.% > thomas.% > thomas% > 144.% 144.%.177 > 14% th_mas.loc.gov
> 1% 1_4.155.166.177 t% t_% t%gov t%.gov t_omas.loc.gov
> %.loc.gov %.gov %gov %.177 %.166.177 %% %_ _% _homas.loc.gov __omas.loc.gov _44.155.166.177 > % > ''
"""
MARIADB = r"""
thomas\.loc.gov > thomas.loc.gov > thomas.loc.go\v > 144.155.166.177/255.255.255.255 > 144.155.166.177
> 144.155.166.128/255.255.255.128 > 144.155.166.0/255.255.255.0 > 144.155.160.0/255.255.240.0
> 144.155.0.0/255.255.0.0 > 144.0.0.0/255.0.0.0 > _homas.loc.gov > _44.155.166.177 > t_omas.loc.gov
> 1_4.155.166.177 > th_mas.loc.gov > 144.155.16_.177 > thomas.loc.go_ > 144.155.166.17_ > __omas.loc.gov
> 144.155.1__.177 > 144.155.166.177% > thomas.loc.gov% > 144.155.166.1% > thomas.loc.g% > 144.155.166.%%
> 144.155.166.% > thomas.loc.% > %.loc.gov > %.166.177 > 144.%.177 > 144.155.% > thomas.% > thomas% > t%.gov > %.gov
> %.177 > t%gov > 144.% > %gov > 14% > t_% > t% > 1% > _% > %_ > %% > % ''
"""
MYSQL56 = r"""
thomas.loc.gov 144.155.166.177 144.155.166.0/255.255.255.0 144.0.0.0/255.0.0.0 > 144.155.166.177%
> 144.155.166.% thomas.loc.g% > thomas.% > % %.loc.gov _% _homas.loc.gov %% > ''
"""


def classes(measured: str) -> list[list[str]]:
    return [["" if host == "''" else host for host in tie.split()] for tie in measured.split(">")]


@pytest.mark.parametrize(
    ("server", "measured"),
    [
        ("mysql-9.7.4", MYSQL97),
        ("mysql-5.6.24", MYSQL56),
        ("mariadb-10.5.23", MARIADB),
        ("mariadb-10.11.19", MARIADB),
        ("mariadb-11.8.9", MARIADB),
    ],
)
def test_rows_stand_in_the_measured_order(server: str, measured: str) -> None:
    expected = classes(measured)
    hosts = [host for tie in expected for host in reversed(tie)]
    table = AccountTable(parse_target(server), [("u", host) for host in reversed(hosts)], rows_made_by="insert")
    ranks = {hosts[len(hosts) - 1 - row.index]: row.rank for row in table.rows}
    for tie in expected:
        assert len({ranks[host] for host in tie}) == 1, [(host, ranks[host]) for host in tie]
    for better, worse in pairwise(expected):
        assert ranks[better[0]] < ranks[worse[0]], (better, worse)


@pytest.mark.parametrize(
    ("pattern", "value"),
    [
        ("localhost", 0),
        ("127.0.2._", 4194312),
        (r"_y\_host.example.com", 4194304),
        ("%.example.com", 1021321216),
        ("127.0.2.%", 1038098440),
        ("%.com", 1054875648),
        ("my%", 1063264258),
        ("%", 1071652864),
        ("%%", 1071652864),
    ],
)
def test_mariadbs_measure_gives_the_servers_own_numbers(pattern: str, value: int) -> None:
    assert magic_value(pattern, 255, 31) == value


@pytest.mark.parametrize(
    ("pattern", "counts"),
    [
        ("", (0, 0, 0, 0)),
        ("ab%%c_%", (3, 1, 2, 2)),
        (r"%a\%%", (2, 0, 2, 0)),
        (r"\%%%", (1, 0, 1, 1)),
        ("a\\", (2, 0, 0, 0)),
        ("ü%", (2, 0, 1, 2)),  # the server counts bytes
    ],
)
def test_what_mariadb_counts(pattern: str, counts: tuple[int, int, int, int]) -> None:
    assert census(pattern) == counts


@pytest.mark.parametrize(
    ("pattern", "old", "new"),
    [
        ("", 0, 0),
        ("%", 1, 1),
        ("%.loc.gov", 1, 2),
        ("_x", 1, 2),
        ("a%", 2, 3),
        ("abc%", 4, 5),
        (r"\_\_", 128, 128),
        (r"\b", 128, 128),
        (r"my\_host.%", 10, 11),
        ("x" * 200 + "%", 127, 127),
        ("x" * 126 + "%", 127, 127),
        ("x" * 125 + "%", 126, 127),
        ("abc", 128, 128),
        ("a\\", 128, 128),
    ],
)
def test_the_prefix_measures_look_at_the_first_wildcard_only(pattern: str, old: int, new: int) -> None:
    assert prefix_value(pattern, percent_is_last=False) == old
    assert prefix_value(pattern, percent_is_last=True) == new


@pytest.mark.parametrize(
    ("rows", "mysql", "mariadb"),
    [
        ([("", "%.example.com"), ("u", "%.com")], "u", ""),
        ([("u", r"my\_host.%"), ("", "%.example.com")], "u", ""),
        ([("", "my%"), ("u", r"_y\_host.example.com")], "", "u"),
        ([("", "%%"), ("u", "%")], "", "u"),
        ([("u", ""), ("", "%")], "", "u"),
    ],
)
def test_products_differ_where_the_worked_examples_say_so(
    rows: list[tuple[str, str]], mysql: str, mariadb: str
) -> None:
    first = {
        server: AccountTable(parse_target(server), rows).rows[0].user
        for server in ("mysql-9.7", "mysql-5.7", "mariadb-11.8")
    }
    assert first == {"mysql-9.7": mysql, "mysql-5.7": mysql, "mariadb-11.8": mariadb}


def test_the_faulty_cidr_mask_puts_shorter_prefixes_first() -> None:
    nets = ["10.0.3.0/24", "10.0.0.0/16", "10.0.0.0/8", "10.0.3.7/32"]

    def order(server: str) -> list[str]:
        return [row.host for row in AccountTable(parse_target(server), [("u", net) for net in nets]).rows]

    longest_first = ["10.0.3.7/32", "10.0.3.0/24", "10.0.0.0/16", "10.0.0.0/8"]
    for server in ("mysql-9.7.4", "mysql-8.0.46", "mysql-8.4.13"):
        assert order(server) == longest_first
    for server in ("mysql-8.0.28", "mysql-8.4.8", "mysql-9.7.2"):
        assert order(server) == longest_first[::-1]


def test_mariadb_10_5_reckons_with_hosts_of_60_characters() -> None:
    """Measured (long): `_` 31 times and % against 30 literals and %."""
    rows = [("u", "_" * 31 + "%"), ("u", "x" * 30 + "%")]
    first = {s: AccountTable(parse_target(s), rows).rows[0].index for s in ("mariadb-10.5", "mariadb-10.11")}
    assert first == {"mariadb-10.5": 1, "mariadb-10.11": 0}


# --- a second reading of the rules, by pairs -------------------------------------------------------------

NETWORKS = """10.0.3.7 10.0.3.7% 10.0.3.0/24 10.0.0.0/16 0.0.0.0/1 0.0.0.0 10.0.3.0/255.255.255.0
10.0.0.0/255.255.0.0 10.0.3.0/255.0.255.0 ::1 2001:db8::% localhost 10.0.0.0/33"""
HOSTS = st.one_of(st.text(alphabet="ab.%_\\1", max_size=9), st.sampled_from(NETWORKS.split()))


def first_wildcard(text: str) -> int | None:
    found = re.search(r"^(?:[^\\%_]|\\.|\\$)*?([%_])", text)
    return found.start(1) if found else None


def before_by_prefix(a: str, b: str) -> bool:
    def standing(text: str) -> tuple[int, int]:
        at = first_wildcard(text)
        if at is None:
            return (0, 0) if text else (4, 0)
        return (2, 0) if text == "%" else (1, -min(at, 125))

    return standing(a) < standing(b)


def number_of(text: str) -> tuple[int, int] | None:
    """Class and mask of a row that counts as a number on MySQL from 8.0.23; None if it does not."""
    quad = re.match(r"\d+\.\d+\.\d+\.\d+", text)
    if quad is None or any(int(octet) > 255 for octet in quad[0].split(".")):
        return None
    if not any(int(octet) for octet in quad[0].split(".")):
        return None
    rest = text[quad.end() :]
    if not rest.startswith("/"):
        return (0, 32 if not rest else -1)
    try:
        bits = ipaddress.ip_network(f"0.0.0.0{rest}").prefixlen  # noqa: S104 - a network, nothing is bound
    except ValueError:
        return None
    if "." not in rest:
        return (1, bits)
    return (2, bits) if bits else None


def before97(a: str, b: str) -> bool:
    left, right = number_of(a), number_of(b)
    if left is None or right is None:
        return left is not None or (right is None and before_by_prefix(a, b))
    return (left[0], -left[1]) < (right[0], -right[1])


def before_maria(a: str, b: str) -> bool:
    def standing(text: str) -> tuple[int, int, int, int]:
        bare = re.sub(r"\\.", "x", text or "%")
        many, one = len(re.findall("%+", bare)), bare.count("_")
        literal = len(bare) - bare.count("%") - one
        at = re.search("[%_]", bare)
        prefix = at.start() if at else 0
        free = 255 - literal - one if many else 0
        return (2 * free + 1, many, one, prefix) if free > one else (2 * one, free, many, prefix)

    return standing(a) < standing(b)


@pytest.mark.parametrize(
    ("server", "before"), [("mysql-9.7", before97), ("mysql-5.7", before_by_prefix), ("mariadb-11.8", before_maria)]
)
@given(st.lists(HOSTS, min_size=3, max_size=3))
def test_keys_order_as_the_rules_order_pairs(server: str, before: object, hosts: list[str]) -> None:
    assert callable(before)
    traits = parse_target(server).traits
    keys = [host_key(HostValue(host, traits)) for host in hosts]
    for a, key_a in zip(hosts, keys, strict=True):
        for b, key_b in zip(hosts, keys, strict=True):
            assert (key_a < key_b) == before(a, b), (a, b)


@given(
    st.lists(HOSTS, min_size=3, max_size=3), st.sampled_from(["mysql-5.5.24", "mysql-5.6", "mysql-8.0.28", "mysql-9.7"])
)
def test_order_is_a_strict_weak_order(hosts: list[str], server: str) -> None:
    a, b, c = (host_key(host_value(host, parse_target(server).traits)) for host in hosts)
    assert not (a < b < c and not a < c)
    assert not (a == b == c and a != c)


def test_escaped_characters_are_characters_in_hosts_and_users() -> None:
    r"""MySQL 5.6.24 and 9.7.4 took ''@'\b' for the client named b before any pattern, and '\a'@'%' before ''@'%'."""
    for server in ("mysql-5.6", "mysql-9.7", "mariadb-11.8"):
        rows = [("", "b%"), ("", r"\b"), ("", "%%_")]
        table = AccountTable(parse_target(server), [*rows, ("x", "%")], rows_made_by="insert")
        assert [row.host for row in table.decide("u", Client.tcp("10.0.0.1", "b")).rows] == [r"\b"]
        named = AccountTable(parse_target(server), [("", "%"), (r"\a", "%")])
        assert [str(row) for row in named.decide(r"\a", Client.tcp("10.0.0.1")).rows] == [r"'\a'@'%'"]
