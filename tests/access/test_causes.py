"""Each usual cause of ERROR 1130 and 1045: where it applies, where not, and that the change it asks for helps."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grantlint.access import AccountTable, Client, parse_target
from grantlint.access.accounts.admission import Bar, Refusal
from grantlint.access.causes import Cause, causes
from grantlint.access.causes.login import barred

SERVERS = ("mysql-5.6.24", "mysql-5.7", "mysql-8.0.22", "mysql-8.4", "mysql-9.7", "mariadb-10.3", "mariadb-11.8")
APP = "app"


def found(
    accounts: list[tuple[str, str]],
    client: Client,
    *,
    server: str = "mysql-8.4",
    skip: bool = False,
    grantees: tuple[tuple[str, str], ...] = (),
) -> dict[str, Cause]:
    table = AccountTable(parse_target(server), accounts, skip_name_resolve=skip)
    return {cause.name: cause for cause in causes(table, table.decide(APP, client), client, grantees)}


NEAR = Client.tcp("10.0.3.7")
WEB1 = Client.tcp("10.0.3.7", "web1.example.com")
DIGITS_DOT = Client.tcp("10.0.3.7", "7.example.com")
A_NUMBER = Client.tcp("10.0.3.7", "12345")


def test_a_client_that_is_let_in_has_no_causes() -> None:
    assert found([(APP, "%")], NEAR) == {}


def test_all_eight_causes_of_the_usual_advice_are_told_of_every_refusal() -> None:
    told = found([(APP, "web1.example.com")], NEAR)
    assert {*told} == {
        "restricted-host",
        "no-any-host",
        "address-changed",
        "name-resolution",
        "skip-name-resolve",
        "firewall",
        "written-otherwise",
        "host-case",
    }


@pytest.mark.parametrize("server", SERVERS)
def test_a_firewall_and_the_case_of_a_host_are_never_the_cause(server: str) -> None:
    told = found([(APP, "WEB2.Example.com")], WEB1, server=server)
    assert not told["firewall"].applies
    assert "2003" in told["firewall"].why
    assert not told["host-case"].applies


def test_what_applies_comes_first_and_the_particular_before_the_general() -> None:
    names = [*found([(APP, "10.0.3.0/24")], NEAR, server="mariadb-11.8")]
    assert names[0] == "written-otherwise"
    assert names.index("restricted-host") < names.index("skip-name-resolve")


@pytest.mark.parametrize(
    ("host", "client", "server", "name", "change"),
    [
        ("10.0.9.9", NEAR, "mysql-8.4", "address-changed", "'app'@'10.0.3.0/24'"),
        ("10.0.9.9", NEAR, "mariadb-11.8", "address-changed", "'app'@'10.0.3.0/255.255.255.0'"),
        ("10.0.9.%", NEAR, "mysql-8.4", "address-changed", "'app'@'10.0.3.7'"),
        ("2001:db8::9", Client.tcp("2001:db8::7"), "mysql-8.4", "address-changed", "'app'@'2001:db8::%'"),
        ("web1.example.com", NEAR, "mysql-8.4", "name-resolution", "the name web1.example.com"),
        ("%.example.com", NEAR, "mysql-8.4", "name-resolution", "such a name"),
        ("web1", WEB1, "mysql-8.4", "name-resolution", "'app'@'web1.example.com'"),
        (
            "web1.example.com",
            Client.tcp("10.0.3.7", "7.example.com"),
            "mysql-8.4",
            "name-resolution",
            "'app'@'10.0.3.7'",
        ),
        ("web1.example.com", Client.tcp("10.0.3.7", "12345"), "mysql-8.4", "name-resolution", "'app'@'10.0.3.7'"),
        ("10.0.3.0/24", NEAR, "mariadb-11.8", "written-otherwise", "'app'@'10.0.3.0/255.255.255.0'"),
        ("10.0.3.1/24", NEAR, "mysql-8.4", "written-otherwise", "'app'@'10.0.3.0/24'"),
        ("10.0.3.0/255.0.255.0", NEAR, "mysql-8.4", "restricted-host", "'app'@'10.0.3.7'"),
        ("10.0.3.*", NEAR, "mysql-8.4", "written-otherwise", "'app'@'10.0.3.%'"),
        ("10.0.3.7:3306", NEAR, "mysql-8.4", "written-otherwise", "'app'@'10.0.3.7'"),
        ("http://web1.example.com/", WEB1, "mysql-8.4", "written-otherwise", "'app'@'web1.example.com'"),
        ("web1.example.com.", WEB1, "mysql-8.4", "written-otherwise", "'app'@'web1.example.com'"),
        ("10.0.03.7", NEAR, "mysql-5.7", "written-otherwise", "'app'@'10.0.3.7'"),
        ("2001:DB8:0::7", Client.tcp("2001:db8::7"), "mysql-8.4", "written-otherwise", "'app'@'2001:db8::7'"),
        ("[2001:db8::7]", Client.tcp("2001:db8::7"), "mysql-8.4", "written-otherwise", "'app'@'2001:db8::7'"),
        ("10.0.3.7/32", NEAR, "mysql-9.7", "written-otherwise", "'app'@'10.0.3.7'"),
        ("127.0.0.1", Client.socket(), "mysql-8.4", "written-otherwise", "'app'@'localhost'"),
        ("127.0.0.1", Client.tcp("::1"), "mysql-8.4", "written-otherwise", "'app'@'::1'"),
        ("localhost", Client.tcp("127.0.0.2"), "mysql-8.4", "written-otherwise", "'app'@'127.0.0.2'"),
    ],
)
def test_a_cause_applies_and_says_what_to_change(
    host: str, client: Client, server: str, name: str, change: str
) -> None:
    cause = found([(APP, host)], client, server=server)[name]
    assert cause.applies
    assert change in cause.change


@pytest.mark.parametrize(
    ("host", "client", "name"),
    [
        ("172.16.0.1", NEAR, "address-changed"),
        ("10.0.9.9", Client.socket(), "address-changed"),
        ("10.0.9.9", NEAR, "name-resolution"),
        ("localhost", NEAR, "name-resolution"),
        ("db1.example.com", WEB1, "name-resolution"),
        ("web1.example.com", Client.socket(), "name-resolution"),
        ("web1.example.com", NEAR, "skip-name-resolve"),
        ("10.0.9.9", NEAR, "written-otherwise"),
        ("172.16.0.0/255.0.255.0", NEAR, "written-otherwise"),
        ("localhost", NEAR, "written-otherwise"),
    ],
)
def test_a_cause_that_does_not_apply_is_denied(host: str, client: Client, name: str) -> None:
    assert not found([(APP, host)], client)[name].applies


def test_skip_name_resolve_is_the_cause_of_accounts_by_name_only() -> None:
    assert found([(APP, "web1.example.com")], WEB1, skip=True)["skip-name-resolve"].applies
    assert found([(APP, "localhost")], Client.tcp("127.0.0.1"), skip=True)["skip-name-resolve"].applies
    assert not found([(APP, "localhost")], NEAR, skip=True)["skip-name-resolve"].applies
    assert not found([(APP, "10.0.9.9")], NEAR, skip=True)["skip-name-resolve"].applies
    assert not found([(APP, "web1.example.com")], Client.socket(), skip=True)["skip-name-resolve"].applies


def test_with_skip_name_resolve_no_look_up_is_blamed() -> None:
    assert not found([(APP, "web1.example.com")], WEB1, skip=True)["name-resolution"].applies


def test_another_users_percent_turns_1130_into_1045_and_is_named() -> None:
    why = found([(APP, "10.0.9.9"), ("monitor", "%")], NEAR)["no-any-host"].why
    assert "'monitor'@'%'" in why


def test_a_user_that_differs_by_case_is_named_where_it_would_get_in() -> None:
    assert found([("App", "10.0.3.%")], NEAR)["user-case"].change.startswith("connect as 'App'")
    assert "user-case" not in found([("App", "10.0.9.%")], NEAR)


def test_a_host_inside_the_users_quotes_is_named() -> None:
    cause = found([("app@10.0.3.7", "%")], NEAR)["user-embeds-host"]
    assert cause.change == "write 'app'@'10.0.3.7'"


def test_a_grant_to_an_account_that_nothing_creates_is_named() -> None:
    grantees = ((APP, "10.0.9.%"), (APP, "10.0.3.%"))
    cause = found([("web", "%")], NEAR, grantees=grantees)["grant-creates-nothing"]
    assert cause.change == "CREATE USER 'app'@'10.0.3.%': GRANT alone gets ERROR 1410"
    old = found([("web", "%")], NEAR, grantees=grantees, server="mysql-5.6")["grant-creates-nothing"]
    assert old.change.endswith("makes it only where sql_mode lacks NO_AUTO_CREATE_USER")
    assert "grant-creates-nothing" not in found([("web", "%")], NEAR, grantees=grantees[:1])


def test_no_more_than_three_accounts_are_named_in_a_sentence() -> None:
    why = found([(APP, f"10.0.9.{n}") for n in range(9)], NEAR)["restricted-host"].why
    assert why.count("'app'@") == 3
    assert "and 6 more do not take" in why


TEXTS = """
10.0.3.7 10.0.3.0/24 10.0.3.9/24 10.0.3.0/255.255.255.0 10.0.3.7/32 10.0.3.* 10.0.9.% 10.0.03.7 10.% 0.0.0.0/0
web1 web1.example.com %.example.com WEB1.example.com. 1.2.example.com http://web1 web1:3306 %.com
localhost 127.0.0.1 ::1 2001:db8::% 2001:DB8::7
"""
HOSTS = st.sampled_from(TEXTS.split())
USERS = st.sampled_from([APP, APP, "App", "", "web", "app@10.0.3.7", "app@%"])
CLIENTS = st.sampled_from(
    [
        *(NEAR, WEB1, DIGITS_DOT, A_NUMBER, Client.socket()),
        *(Client.tcp("127.0.0.1"), Client.tcp("127.0.0.2"), Client.tcp("::1")),
        *(Client.tcp("2001:db8::7"), Client.tcp("2001:db8::7", "web1"), Client.tcp("172.16.0.1", "db1.example.org")),
    ]
)
ACCOUNT = re.compile(r"'app'@'([^']*)'")


@given(st.sampled_from(SERVERS), st.lists(st.tuples(USERS, HOSTS), max_size=5), CLIENTS, st.booleans())
@example("mysql-8.4", [(APP, "10.0.3.9/24"), ("", "10.0.3.7/32")], NEAR, False)  # noqa: FBT003 - as drawn
def test_each_account_that_a_cause_wants_lets_the_client_in(
    server: str,
    accounts: list[tuple[str, str]],
    client: Client,
    skip: bool,  # noqa: FBT001 - drawn
) -> None:
    target = parse_target(server)
    for cause in found(accounts, client, server=server, skip=skip, grantees=((APP, "10.0.3.%"),)).values():
        for host in ACCOUNT.findall(cause.change):
            table = AccountTable(target, [*accounts, (APP, host)], skip_name_resolve=skip)
            assert any(row.user == APP for row in table.decide(APP, client).rows), cause


def test_an_anonymous_account_that_is_written_wrong_stays_anonymous_in_the_advice() -> None:
    cause = found([("", "10.0.3.0/24"), ("web", "10.0.4.%")], NEAR, server="mariadb-11.8")["written-otherwise"]
    assert cause.change == "write ''@'10.0.3.0/255.255.255.0'"


@pytest.mark.parametrize("bar", Bar)
def test_each_bar_has_its_way_in(bar: Bar) -> None:
    row = AccountTable(parse_target("mysql-8.4"), [("app", "%")]).rows[0]
    cause = barred(Refusal(bar, 1045, "no", "it does not"), row, parse_target("mysql-8.4"))
    assert cause.applies
    assert cause.change
