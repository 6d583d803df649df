"""Host values against single clients: measured sections C, D, E and F as tables."""

import pytest

from grantlint.access import AccountTable, Client, RowsMadeBy, host_value, parse_target, stored_host, stored_user

OLD, NEW, MARIA = "mysql-5.6.24", "mysql-9.7.4", "mariadb-11.8.9"
ALL = (OLD, NEW, MARIA)
CLASSIC = (OLD, MARIA)


def takes(server: str, host: str, client: Client, *, skip: bool = False, opened: bool = True) -> bool:
    """Whether u@host, inserted, takes the client; `opened`: another row lets every host in."""
    accounts = [("u", host), *([("zed", "%")] if opened else [])]
    table = AccountTable(parse_target(server), accounts, skip_name_resolve=skip, rows_made_by="insert")
    return table.decide("u", client).error is None


def at(ip: str, name: str | None = None) -> Client:
    return Client.tcp(ip, name)


MATCHING = [
    # host value, client, servers on which it matches
    ("Thomas.LOC.gov", at("10.1.0.1", "thomas.loc.gov"), ALL),
    ("thomas.loc.gov", at("10.1.0.1", "THOMAS.loc.gov"), ALL),
    ("2001:DB8::5", at("2001:db8::5"), ()),
    ("2001:db8::5", at("2001:DB8:0::5"), ALL),
    ("2001:db8::%", at("2001:db8::5"), ALL),
    ("2001:0db8::5", at("2001:db8::5"), ()),
    ("2001:db8::/32", at("2001:db8::5"), ()),
    ("::ffff:10.0.3.7", at("::ffff:10.0.3.7"), ()),
    ("::10.0.3.7", at("::10.0.3.7"), ()),
    ("10.0.3.7", at("::10.0.3.7"), ALL),
    ("0.0.0.5", at("::5"), ALL),
    ("fe80::5", at("fe80::5%eth0"), ()),
    ("fe80::5", at("fe80::5"), ()),
    ("fe80::5%eth0", at("FE80::5%eth0"), ALL),
    (r"fe80::5\%eth0", at("fe80::5%eth0"), ALL),
    ("fe80::%", at("fe80::5%eth0"), ALL),
    ("%.%", at("10.0.3.7"), ALL),
    ("%.%", at("::1"), ()),
    ("%:%", at("::1"), ALL),
    ("%5", at("2001:db8::5"), ALL),
    ("1%", at("192.0.2.1", "1foo.com"), ALL),
    ("1.2.%", at("192.0.2.1", "1.2.foo.com"), ()),
    ("12.foo", at("192.0.2.1", "12.foo"), ()),
    ("12345", at("192.0.2.1", "12345"), ()),
    ("0x7f.%", at("192.0.2.1", "0x7f.1"), ()),
    ("12a.foo.com", at("192.0.2.1", "12a.foo.com"), ALL),
    ("web1.example.com.", at("192.0.2.1", "web1.example.com"), ()),
    (r"thomas\.loc.gov", at("192.0.2.1", "thomas.loc.gov"), ALL),
    ("10.0.3", at("10.0.3.7"), ()),
    ("10.0.3.*", at("10.0.3.7"), ()),
    ("010.0.3.7", at("10.0.3.7"), (NEW,)),
    ("+10.0.3.7", at("10.0.3.7"), (NEW,)),
    (" 10.0.3.7", at("10.0.3.7"), (NEW,)),
    ("10.0.3.7.", at("10.0.3.7"), ()),
    ("10.1.2.0/255.255.255.0", at("10.1.2.3"), ALL),
    ("010.001.002.000/255.255.255.0", at("10.1.2.3"), ALL),
    ("10.1.2.3/255.255.255.0", at("10.1.2.3"), ()),
    ("10.8.0.0/255.248.0.0", at("10.15.9.9"), ALL),
    ("10.1.2.3/255.255.255.255", at("10.1.2.3"), ALL),
    ("10.0.3.0/255.0.255.0", at("10.9.3.1"), CLASSIC),
    ("0.0.0.3/0.0.0.255", at("10.9.3.3"), CLASSIC),
    ("10.1.2.0/24", at("10.1.2.3"), (NEW,)),
    ("10.1.2.0/024", at("10.1.2.3"), (NEW,)),
    ("10.1.2.0/+24", at("10.1.2.3"), (NEW,)),
    ("10.1.2.0/ 24", at("10.1.2.3"), (NEW,)),
    ("10.1.2.3/32", at("10.1.2.3"), (NEW,)),
    ("0.0.0.0/1", at("10.1.2.3"), (NEW,)),
    ("0.0.0.0/0", at("10.1.2.3"), ()),
    ("10.0.0.0/0", at("10.1.2.3"), ()),
    ("0.0.0.0/0.0.0.0", at("10.1.2.3"), ()),
    ("10.1.2.0/33", at("10.1.2.3"), ()),
    ("10.1.2.0/2x", at("10.1.2.3"), ()),
    ("10.1.2.0/", at("10.1.2.3"), ()),
    ("10/8", at("10.1.2.3"), ()),
    ("10.1.2.%/24", at("10.1.2.3"), ()),
    ("127.0.0.0/255.0.0.0", at("127.0.0.2"), ALL),
    ("127.0.0.0/255.0.0.0", Client.socket(), ()),
    ("localhost", Client.socket(), ALL),
    ("local%", Client.socket(), ALL),
    ("", Client.socket(), ALL),
    ("127.%", Client.socket(), ()),
    ("localhost", at("127.0.0.1", "loop.example.com"), ALL),
    ("loop.example.com", at("127.0.0.1", "loop.example.com"), ()),
    ("localhost", at("::1"), ALL),
    ("localhost", at("127.0.0.2"), ()),
    ("localhost", at("10.1.0.17", "localhost"), ALL),
]


@pytest.mark.parametrize(("host", "client", "servers"), MATCHING, ids=[f"{h!r} {c}" for h, c, _ in MATCHING])
def test_a_value_matches_where_it_was_measured_to(host: str, client: Client, servers: tuple[str, ...]) -> None:
    assert tuple(server for server in ALL if takes(server, host, client)) == servers


@pytest.mark.parametrize("host", ["localhost", "local%", "%.example.com", "web1.example.com"])
@pytest.mark.parametrize("server", ALL)
def test_under_skip_name_resolve_names_match_nobody_at_tcp(server: str, host: str) -> None:
    for client in (at("127.0.0.1"), at("::1"), at("10.0.3.7", "web1.example.com")):
        assert not takes(server, host, client, skip=True)


def test_under_skip_name_resolve_localhost_is_the_socket_only() -> None:
    for server in ALL:
        assert takes(server, "localhost", Client.socket(), skip=True)
        table = AccountTable(parse_target(server), [("u", "localhost")], skip_name_resolve=True)
        assert table.decide("u", at("127.0.0.1")).error == 1130


def test_only_old_mysql_and_mariadb_drop_rows_that_need_a_look_up() -> None:
    r"""Measured (F, fuzz): `10.\0.3.8` matches an address, and is called a name by the server."""
    escaped = r"10.\0.3.8"
    assert [takes(server, escaped, at("10.0.3.8"), skip=True) for server in ALL] == [False, True, False]


@pytest.mark.parametrize("host", ["10.0.3.7/32", "10.0.3.7/255.255.255.255", "10.0.03.7", r"web1\.example.com"])
def test_some_rows_need_another_one_to_open_the_host_gate(host: str) -> None:
    client = at("10.0.3.7", "web1.example.com")
    assert takes(NEW, host, client)
    alone = AccountTable(parse_target(NEW), [("u", host)]).decide("u", client)
    assert alone.error == 1130
    assert alone.message == "Host 'web1.example.com' is not allowed to connect to this MySQL server"


def test_before_8_0_29_a_single_address_with_mask_opens_the_gate() -> None:
    assert takes("mysql-8.0.28", "10.0.3.7/32", at("10.0.3.7"), opened=False)
    assert takes("mysql-8.0.28", "10.0.03.7", at("10.0.3.7"), opened=False)
    assert takes(MARIA, "10.0.3.7/255.255.255.255", at("10.0.3.7"), opened=False)


def test_the_faulty_cidr_mask_of_zero_bits_takes_every_ipv4_client() -> None:
    for server in ("mysql-8.0.28", "mysql-8.4.8", "mysql-9.7.2"):
        assert takes(server, "0.0.0.0/0", at("10.0.3.7"), opened=False)
        assert not takes(server, "0.0.0.0/0", at("2001:db8::5"))
        assert not takes(server, "10.0.0.0/0", at("10.0.3.7"))


def test_client_names_are_cut_on_mariadb_10_5_only() -> None:
    name = "x" * 60 + ".example.com"
    assert takes("mariadb-10.5", "x" * 60, at("10.0.3.7", name))
    assert takes("mariadb-10.11", name, at("10.0.3.7", name))


def test_roles_are_accounts_on_mysql_and_nothing_on_mariadb() -> None:
    """Measured (H, R1 to R4, R8)."""
    accounts = [("joe", "%"), ("joe", "10.0.3.7")]
    for server, host in (("mysql-9.7", "10.0.3.7"), ("mariadb-11.8", "%")):
        table = AccountTable(parse_target(server), accounts, roles={1})
        assert [row.host for row in table.decide("joe", at("10.0.3.7")).rows] == [host]
    only_role = {s: AccountTable(parse_target(s), [("r", "%")], roles={0}) for s in ("mysql-9.7", "mariadb-11.8")}
    assert {s: table.decide("x", at("10.0.3.7")).error for s, table in only_role.items()} == {
        "mysql-9.7": 1045,
        "mariadb-11.8": 1130,
    }


@pytest.mark.parametrize(
    ("server", "written", "stored"),
    [
        (NEW, " Web1.Example.COM\n", "web1.example.com"),
        (OLD, "\tLocalHost ", "localhost"),
        (MARIA, " Localhost ", " localhost"),
        (OLD, "MÜNCHEN.de", "münchen.de"),
        (NEW, "", ""),
        (MARIA, "", "%"),
        (NEW, "MÜNCHEN.de", "m?nchen.de"),
        (MARIA, "MÜNCHEN.de", "münchen.de"),
    ],
)
def test_create_user_stores_the_host_as_measured(server: str, written: str, stored: str) -> None:
    """Section G."""
    assert stored_host(written, parse_target(server)) == stored


def test_create_user_keeps_the_case_of_users_and_trims_them_on_mysql() -> None:
    assert stored_user(" Fred ", parse_target(NEW)) == "Fred"
    assert stored_user(" Fred ", parse_target(MARIA)) == " Fred"


def test_values_of_one_server_are_parsed_once() -> None:
    traits = parse_target(NEW).traits
    assert host_value("10.0.3.%", traits) is host_value("10.0.3.%", traits)
    assert host_value("10.0.3.0/24", traits) is not host_value("10.0.3.0/24", parse_target(OLD).traits)


def test_until_a_flush_mariadb_keeps_trailing_blanks_and_every_server_all_rows() -> None:
    """Measured (G): `u@'% '` matches nobody at first and everybody after a restart; so with the user ' '."""

    def taken(made_by: RowsMadeBy, server: str, user: str, host: str, client: Client) -> bool:
        accounts = [(user, host), ("zed", "%")]
        table = AccountTable(parse_target(server), accounts, rows_made_by=made_by, skip_name_resolve=True)
        return table.decide("u", client).error is None

    for user, host in (("u", "% "), (" ", "%")):
        assert [taken(made, MARIA, user, host, at("10.0.3.7")) for made in ("create", "create_flush")] == [False, True]
        assert taken("create", NEW, user, host, at("10.0.3.7"))
    escaped = r"10.\0.3.8"  # matches an address, and is called a name by the server
    assert [taken(made, OLD, "u", escaped, at("10.0.3.8")) for made in ("create", "create_flush")] == [True, False]


def test_the_name_that_a_client_sends_is_unquoted_once_and_cut() -> None:
    """Measured on 5.6.24, 9.7.4, 10.11.19 and 11.8.9."""

    def table(server: str, *users: str) -> AccountTable:
        return AccountTable(parse_target(server), [(user, "%") for user in users])

    for server in ALL:
        fred = table(server, "fred")
        assert [fred.decide(user, at("10.0.3.9")).error for user in ("'fred'", "''fred''", "fred'")] == [
            None,
            1045,
            1045,
        ]
        assert fred.decide("''", at("10.0.3.9")).message == "Access denied for user ''@'10.0.3.9' (using password: YES)"
        assert fred.decide("'", at("10.0.3.9")).user == "'"
    assert table(MARIA, "u" * 128).decide("u" * 200, at("10.0.3.9")).error is None
    assert table(NEW, "u" * 32).decide("u" * 200, at("10.0.3.9")).user == "u" * 48
