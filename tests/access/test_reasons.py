"""The sentences: why nobody matches, why this client does not, why a row stands where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.access import AccountTable, Client, host_value, matches_nobody, parse_target, place

NEW, OLD, MARIA = "mysql-9.7", "mysql-5.6.24", "mariadb-11.8"
EVERYWHERE = (OLD, NEW, MARIA)


@pytest.mark.parametrize(
    ("host", "servers", "words"),
    [
        ("10.1.2.3/255.255.255.0", EVERYWHERE, "host bits are set: the network would be 10.1.2.0/255.255.255.0"),
        ("10.1.2.3/24", (NEW,), "host bits are set: the network would be 10.1.2.0/24"),
        ("10.1.2.3/24", (OLD, MARIA), "write 10.1.2.0/255.255.255.0"),
        ("10.1.2.3/32", (OLD, MARIA), "write 10.1.2.3"),
        ("10.1.2.0/24", (OLD, MARIA), "this server does not know CIDR: write 10.1.2.0/255.255.255.0"),
        ("10.0.3.0/255.0.255.0", (NEW,), "not contiguous"),
        ("0.0.0.0/0.0.0.0", EVERYWHERE, "a mask of zero counts as none"),
        ("10.0.0.0/0", EVERYWHERE, "write %"),
        ("10.0.0.0/33", EVERYWHERE, "'33' is no netmask"),
        ("10.0.0.0/255.255.255", EVERYWHERE, "is no netmask"),
        ("10.1.2/24", EVERYWHERE, "only a whole IPv4 address takes a mask"),
        ("10.1.2.%/24", EVERYWHERE, "only a whole IPv4 address takes a mask"),
        ("2001:db8::/32", EVERYWHERE, "IPv6 addresses take no prefix"),
        ("http://example.com", EVERYWHERE, "URL"),
        ("2001:0db8::5", EVERYWHERE, "this one is 2001:db8::5"),
        ("::ffff:10.0.3.7", EVERYWHERE, "this one is 10.0.3.7"),
        ("2001:DB8::5", EVERYWHERE, "this one is 2001:db8::5"),
        ("web 1", EVERYWHERE, "blank"),
        ("*.example.com", EVERYWHERE, "* is no wildcard"),
        ("10.0.0.1,10.0.0.2", EVERYWHERE, "a list"),
        ("10.0.0.1-10.0.0.9", EVERYWHERE, "a range"),
        ("host:3306", EVERYWHERE, "a port"),
        ("web1.example.com.", EVERYWHERE, "trailing dot"),
        ("10.0.3", EVERYWHERE, "no whole IPv4 address"),
        ("10.0.0.256", EVERYWHERE, "no whole IPv4 address"),
        ("1.2.foo.com", EVERYWHERE, "digits and a dot"),
        ("1.2.%.foo", EVERYWHERE, "digits and a dot"),
        ("010.0.3.7", (OLD, MARIA), "this one is 10.0.3.7"),
        ("0x0a000307", EVERYWHERE, "10.0.3.7"),
        ("[::1]", EVERYWHERE, "without brackets"),
        ("fe80::5", EVERYWHERE, "with its zone"),
        ("::ffff:10.0.0.%", EVERYWHERE, "known by its IPv4 address"),
        ("::ffff:%", EVERYWHERE, "known by its IPv4 address"),
        (".example.com", EVERYWHERE, "begins with a dot"),
        ("192.168.0.0:", EVERYWHERE, "':' stands behind the address"),
        ("10.0.0.1;", EVERYWHERE, "';' stands behind the address"),
        ("167772160123", EVERYWHERE, "a number is no name"),
        ("^web[0-9]+$", EVERYWHERE, "'^'"),
        ("web1.example.com:%", EVERYWHERE, "':'"),
    ],
)
def test_a_dead_value_is_told_why(host: str, servers: tuple[str, ...], words: str) -> None:
    for server in servers:
        reason = matches_nobody(host_value(host, parse_target(server).traits))
        assert reason is not None
        assert words in reason, server


@pytest.mark.parametrize(
    ("host", "server"),
    [
        ("10.1.2.0/24", NEW),
        ("10.1.2.3/32", NEW),
        ("10.0.3.0/255.0.255.0", OLD),
        ("10.0.3.0/255.0.255.0", MARIA),
        ("010.0.3.7", NEW),
        ("192.168. 1.0", NEW),
        ("223.240.0.0/ 12", NEW),
        ("%:1", OLD),
        ("%:1", MARIA),
        ("fe80::%", OLD),
        ("0.0.0.0/0", "mysql-8.0.28"),
    ],
)
def test_what_one_server_does_not_take_another_does(host: str, server: str) -> None:
    assert matches_nobody(host_value(host, parse_target(server).traits)) is None


@pytest.mark.parametrize(
    "host",
    [
        *("%", "", "localhost", "web1.example.com", "my_host", "10.0.3.7", "::1", "2001:db8::%", "1%", "10.%", "a-b"),
        *("10.0.0.0/255.0.0.0", "xn--mnchen-3ya.de", "12a.foo.com", "%5", "%.%"),
    ],
)
@pytest.mark.parametrize("server", EVERYWHERE)
def test_a_live_value_is_not_called_dead(server: str, host: str) -> None:
    assert matches_nobody(host_value(host, parse_target(server).traits)) is None


PLAUSIBLE = [
    Client.socket(),
    *(Client.tcp(ip) for ip in ("127.0.0.1", "::1", "0.0.0.1", "1.1.1.1", "10.0.1.10", "2001:db8::1", "1::")),
    *(Client.tcp("10.0.1.1", name) for name in ("a", "a.a", "1a.a", "a-1", "a1.b", "b", "1.a", "11")),
]


@given(
    st.text(alphabet="ab1.0/%_\\:-", min_size=1, max_size=9)
    | st.from_regex(r"1?0?\.0\.1\.[01]?(/[0-9%]{0,2})?", fullmatch=True),
    st.sampled_from(EVERYWHERE),
)
def test_no_client_contradicts_a_reason(host: str, server: str) -> None:
    value = host_value(host, parse_target(server).traits)
    if matches_nobody(value) is not None:
        table = AccountTable(parse_target(server), [("u", host)])
        assert not any(value.matches(table.as_seen(client)) for client in PLAUSIBLE), matches_nobody(value)


def said(server: str, host: str, client: Client, *, skip: bool = False) -> str:
    table = AccountTable(parse_target(server), [("u", host)], skip_name_resolve=skip)
    return table.explain(table.rows[0], "u", client)


WEB1 = Client.tcp("10.0.3.7", "web1.example.com")
BARE = Client.tcp("10.0.3.7")


@pytest.mark.parametrize(
    ("host", "client", "skip", "words"),
    [
        ("%", WEB1, False, "it stands for every client"),
        ("web1.example.com", WEB1, False, "10.0.3.7 is called web1.example.com"),
        ("localhost", Client.socket(), False, "the local socket is called localhost"),
        ("10.0.3.7", WEB1, False, "10.0.3.7 is that address"),
        ("10.0.3.0/255.255.255.0", WEB1, False, "10.0.3.7 lies in 10.0.3.0/255.255.255.0"),
        ("10.0.4.0/255.255.255.0", WEB1, False, "10.0.3.7 lies outside 10.0.4.0/255.255.255.0"),
        ("%.example.com", WEB1, False, "the name web1.example.com fits it"),
        ("10.0.%", WEB1, False, "the address 10.0.3.7 fits it"),
        ("%.example.org", WEB1, False, "web1.example.com (10.0.3.7) does not fit it"),
        ("web2.example.com", WEB1, False, "web1.example.com (10.0.3.7) is someone else"),
        ("10.0.3.8", BARE, False, "10.0.3.7 is someone else"),
        ("10.0.4.%", BARE, False, "10.0.3.7 does not fit it"),
        ("10.0.3.7", Client.socket(), False, "the local socket has no address, only the name localhost"),
        ("10.0.0.0/255.0.0.0", Client.socket(), False, "the local socket has no address, only the name localhost"),
        ("web1.example.com", BARE, False, "10.0.3.7 has no name that look-ups in both directions agree on"),
        ("%.foo.com", Client.tcp("10.0.3.7", "1.2.foo.com"), False, "1.2.foo.com begins with digits and a dot"),
        ("12345", Client.tcp("10.0.3.7", "12345"), False, "no client ever matches it"),
        ("123%x", Client.tcp("10.0.3.7", "12345"), False, "12345 is taken for a number"),
        ("10.0.3", BARE, False, "no client ever matches it: it is no whole IPv4 address"),
    ],
)
@pytest.mark.parametrize("server", EVERYWHERE)
def test_a_row_is_told_why_it_does_or_does_not_match(
    server: str,
    host: str,
    client: Client,
    skip: bool,  # noqa: FBT001 - a column of the table
    words: str,
) -> None:
    assert said(server, host, client, skip=skip).startswith(words)


def test_skip_name_resolve_is_named_as_the_reason() -> None:
    assert said(NEW, "web1.example.com", WEB1, skip=True) == (
        "skip_name_resolve: names are not looked up, 10.0.3.7 has none"
    )
    assert "not localhost then" in said(NEW, "localhost", Client.tcp("127.0.0.1"), skip=True)
    assert said(OLD, "web1.example.com", WEB1, skip=True).startswith("not loaded: skip_name_resolve")


def test_other_users_and_roles_are_told_apart() -> None:
    table = AccountTable(parse_target(MARIA), [("Fred", "%"), ("r", "%")], roles={1})
    why = {row.user: table.explain(row, "fred", BARE) for row in table.rows}
    assert why == {"Fred": "for the user 'Fred', in exactly this spelling", "r": "a role: nobody connects as one"}


@pytest.mark.parametrize(
    ("server", "host", "words"),
    [
        (NEW, "10.0.3.7", "an address: before networks"),
        (NEW, "10.0.3.7%", "begins with a whole address"),
        (NEW, "10.0.3.0/24", "prefix of 24 bits: behind addresses, before netmasks and names; longer prefixes first"),
        ("mysql-8.0.28", "10.0.3.0/24", "prefix of 24 bits: behind addresses, before netmasks and names; shorter"),
        (NEW, "10.0.3.0/255.255.255.0", "netmask of 24 bits"),
        (NEW, "web1", "a name or text without wildcard"),
        (NEW, "10.0.%", "first wildcard at character 6"),
        (NEW, r"a\_b%", "first wildcard at character 5"),
        (NEW, "%", "exactly %"),
        (NEW, "", "empty: behind every other"),
        (OLD, "%", "first wildcard at character 1"),
        (OLD, "10.0.3.0/255.255.255.0", "no wildcard: before every pattern"),
        (OLD, r"\_\_", "no wildcard: before every pattern"),
        (MARIA, "web1", "no wildcard: before every pattern; among equals by the text"),
        (MARIA, "web_", "3 other characters, 1 _: behind values without wildcard"),
        (MARIA, "%.example.com", "12 other characters, 1 %: more characters"),
        (MARIA, "%", "1 %: more characters"),
    ],
)
def test_the_place_of_a_row_is_told_by_the_measure_of_its_server(server: str, host: str, words: str) -> None:
    assert place(host_value(host, parse_target(server).traits)).startswith(words)


def test_an_anonymous_row_says_so() -> None:
    (row,) = AccountTable(parse_target(NEW), [("", "%")]).rows
    assert row.place.endswith("anonymous: behind named rows of its rank")
