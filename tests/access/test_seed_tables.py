"""The account tables of the old manual's page on connection verification, on every kind of server.

Its claims, row by row, were measured on five servers (section A); the others are read by their traits.
"""

from collections.abc import Mapping, Sequence

import pytest

from grantlint.access import AccountTable, Client, parse_target

SERVERS = (
    "mysql-5.5",
    "mysql-5.6.24",
    "mysql-5.7",
    "mysql-8.0.22",
    "mysql-8.0",
    "mysql-8.4",
    "mysql-9.7",
    "percona-8.0",
    "aurora-mysql-2",
    "aurora-mysql-3",
    "mariadb-10.3",
    "mariadb-10.5",
    "mariadb-10.11",
    "mariadb-11.8",
)
PREFIX = ("mysql-5.5", "mysql-5.6.24", "mysql-5.7", "mysql-8.0.22", "aurora-mysql-2", "mariadb-10.3")
MARIADB = ("mariadb-10.5", "mariadb-10.11", "mariadb-11.8")

THOMAS = Client.tcp("144.155.166.177", "thomas.loc.gov")
OTHER = Client.tcp("144.155.166.5", "other.loc.gov")
NAMELESS = Client.tcp("144.155.166.200")
NEXT_NET = Client.tcp("144.155.167.1")
HOST_X_Y = Client.tcp("10.9.9.9", "host.x.y.com")
X_Y_NET = Client.tcp("10.9.9.8", "x.y.net")
X_Y_COM = Client.tcp("10.9.9.7", "x.y.example.com")
ELSEWHERE = Client.tcp("198.51.100.7", "nowhere.example.org")
DIGITS = Client.tcp("203.0.113.9", "144.155.166.somewhere.com")
SOCKET = Client.socket()
CLIENTS = (THOMAS, OTHER, NAMELESS, NEXT_NET, HOST_X_Y, X_Y_NET, X_Y_COM, ELSEWHERE, DIGITS, SOCKET)

# Host value and user of the first table -> the clients of fred that it takes, and whether it takes nemo, too.
NINE: Sequence[tuple[str, str, Sequence[Client]]] = (
    ("thomas.loc.gov", "fred", (THOMAS,)),
    ("thomas.loc.gov", "", (THOMAS,)),
    ("%", "fred", CLIENTS),
    ("%", "", CLIENTS),
    ("%.loc.gov", "fred", (THOMAS, OTHER)),
    ("x.y.%", "fred", (X_Y_NET, X_Y_COM)),
    ("144.155.166.177", "fred", (THOMAS,)),
    ("144.155.166.%", "fred", (THOMAS, OTHER, NAMELESS)),
    ("144.155.166.0/255.255.255.0", "fred", (THOMAS, OTHER, NAMELESS)),
)
ALL_NINE = [(user, host) for host, user, _ in NINE]
NAMES = {("fred", host) for host in ("thomas.loc.gov", "144.155.166.177", "144.155.166.0/255.255.255.0")}


def winners(table: AccountTable, user: str, client: Client) -> set[tuple[str, str]]:
    return {(row.user, row.host) for row in table.decide(user, client).rows}


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize(("host", "user", "clients"), NINE, ids=[f"{user}@{host}" for host, user, _ in NINE])
def test_each_row_alone_takes_what_the_manual_says(
    server: str, host: str, user: str, clients: Sequence[Client]
) -> None:
    table = AccountTable(parse_target(server), [(user, host)])
    for client in CLIENTS:
        taken = winners(table, "fred", client)
        assert taken == ({(user, host)} if client in clients else set()), str(client)
        stranger = winners(table, "nemo", client)
        assert stranger == ({(user, host)} if client in clients and not user else set()), str(client)
        if client not in clients:
            refused = table.decide("fred", client).error
            assert refused == (1045 if client == SOCKET else 1130), str(client)


@pytest.mark.parametrize("server", SERVERS)
def test_together_the_servers_agree_on_most_clients(server: str) -> None:
    table = AccountTable(parse_target(server), ALL_NINE)
    network = ("fred", "144.155.166.0/255.255.255.0")
    assert winners(table, "fred", OTHER) == {network}
    assert winners(table, "fred", NAMELESS) == {network}
    assert winners(table, "fred", X_Y_NET) == {("fred", "x.y.%")}
    for client in (NEXT_NET, HOST_X_Y, ELSEWHERE, DIGITS, SOCKET):
        assert winners(table, "fred", client) == {("fred", "%")}
    assert winners(table, "nemo", THOMAS) == {("", "thomas.loc.gov")}
    for client in (OTHER, NAMELESS, ELSEWHERE, SOCKET):
        assert winners(table, "nemo", client) == {("", "%")}


@pytest.mark.parametrize("server", SERVERS)
def test_together_they_differ_on_fred_from_thomas(server: str) -> None:
    """One address, one name and one network match: which row is it? Measured: A."""
    taken = winners(AccountTable(parse_target(server), ALL_NINE), "fred", THOMAS)
    if server in PREFIX:
        assert taken == NAMES  # a tie of all values without wildcard
    elif server in MARIADB:
        assert taken == {("fred", "thomas.loc.gov")}
    else:
        assert taken == {("fred", "144.155.166.177")}


@pytest.mark.parametrize("server", SERVERS)
def test_together_under_skip_name_resolve_only_addresses_count(server: str) -> None:
    taken = winners(AccountTable(parse_target(server), ALL_NINE, skip_name_resolve=True), "fred", THOMAS)
    if server in PREFIX:
        assert taken == NAMES - {("fred", "thomas.loc.gov")}
    else:
        assert taken == {("fred", "144.155.166.177")}


FIRST_EXAMPLE = [("root", "%"), ("jeffrey", "%"), ("root", "localhost"), ("", "localhost")]
SECOND_EXAMPLE = [("jeffrey", "%"), ("", "thomas.loc.gov")]
WHITEHOUSE = Client.tcp("198.51.100.20", "whitehouse.gov")


@pytest.mark.parametrize("server", SERVERS)
def test_the_first_example_is_sorted_as_printed(server: str) -> None:
    rows = AccountTable(parse_target(server), FIRST_EXAMPLE).rows
    assert [(row.host, row.user) for row in rows[:2]] == [("localhost", "root"), ("localhost", "")]
    assert {(row.host, row.user) for row in rows[2:]} == {("%", "jeffrey"), ("%", "root")}


EXAMPLES: Mapping[str, tuple[list[tuple[str, str]], dict[tuple[str, Client], tuple[str, str] | int]]] = {
    "first": (
        FIRST_EXAMPLE,
        {
            ("jeffrey", SOCKET): ("", "localhost"),
            ("jeffrey", Client.tcp("127.0.0.1")): ("", "localhost"),
            ("nobody", SOCKET): ("", "localhost"),
            ("root", SOCKET): ("root", "localhost"),
            ("jeffrey", WHITEHOUSE): ("jeffrey", "%"),
            ("root", WHITEHOUSE): ("root", "%"),
            ("nobody", WHITEHOUSE): 1045,
        },
    ),
    "second": (
        SECOND_EXAMPLE,
        {
            ("jeffrey", THOMAS): ("", "thomas.loc.gov"),
            ("jeffrey", WHITEHOUSE): ("jeffrey", "%"),
            ("nobody", THOMAS): ("", "thomas.loc.gov"),
            ("nobody", WHITEHOUSE): 1045,
        },
    ),
}


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_come_out_as_the_manual_tells(server: str, example: str) -> None:
    accounts, expected = EXAMPLES[example]
    table = AccountTable(parse_target(server), accounts)
    for (user, client), outcome in expected.items():
        decision = table.decide(user, client)
        if isinstance(outcome, int):
            assert decision.error == outcome, (user, str(client))
        else:
            assert [(row.user, row.host) for row in decision.rows] == [outcome], (user, str(client))


@pytest.mark.parametrize("server", SERVERS)
def test_what_the_comments_say_of_wildcards_between_dots_is_no_longer_so(server: str) -> None:
    """A comment on the page: `www%.com` does not work. It does, on every server (measured: C)."""
    table = AccountTable(parse_target(server), [("u", "www%.com")])
    for name in ("www1.com", "www.example.com", "WWW12.com"):
        assert table.decide("u", Client.tcp("198.51.100.9", name)).error is None
