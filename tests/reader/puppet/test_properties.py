"""What the module makes of properties, as the real one does (docs/facts.md, P)."""

from collections.abc import Callable

import pytest

from grantlint.model import Declarations

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

GRANT = "mysql_grant {{ 'a@%/d.*': user => 'a@%', table => 'd.*', {} }}"
DATABASE = "mysql::db {{ 'd': user => 'a', host => '%', password => 'x', {} }}"


def faults(reading: Reading, text: str, path: str = "db.pp") -> list[str]:
    return [fault.message for part in reading(text, path) for fault in part.faults]


@pytest.mark.parametrize("attributes", ["", "require => Class['x']", "provider => 'mysql'", "tls_options => undef"])
def test_a_user_without_any_property_is_not_made(attributes: str, reading: Reading, accounts: Shown) -> None:
    text = f"mysql_user {{ 'a@%': {attributes} }}"
    assert accounts(text) == []
    assert faults(reading, text) == ["this mysql_user makes no account, 'a'@'%' is not looked after"]


@pytest.mark.parametrize(
    "text",
    [
        "mysql_user { 'a@%': max_user_connections => 3 }",
        "mysql_user { 'a@%': tls_options => 'NONE' }",
        "mysql_user { 'a@%': * => $more }",
        "Mysql_user { ensure => present }\nmysql_user { 'a@%': }",
        "mysql_user { 'a@%': <%= @more %> }",
    ],
)
def test_a_user_with_one_is(text: str, reading: Reading, accounts: Shown) -> None:
    assert len(accounts(text)) == 1
    assert not [message for message in faults(reading, text) if "makes no account" in message]


def test_an_empty_hash_of_data_makes_no_account(reading: Reading) -> None:
    text = "mysql::server::users:\n  a@%: {}\n  b@%: {ensure: present}\n"
    (found,) = reading(text, "a.yaml")
    assert list(map(str, found.accounts)) == ["'b'@'%'"]
    assert len(found.faults) == 1


@pytest.mark.parametrize(
    ("given", "granted"),
    [
        ("['FIREWALL_USER', 'SELECT']", "ALL ON d.*"),
        ("['SELECT (CALLER)', 'INSERT']", "ALL ON d.*"),
        ("['SELECT (caller)', 'INSERT']", "SELECT (caller),INSERT ON d.*"),
        ("'FIREWALL_USER'", "FIREWALL_USER ON d.*"),
        ("['all', 'select']", "ALL ON d.*"),
        ("['all privileges', 'select']", "? ON d.*"),
        ("'SELECT, ALL'", "? ON d.*"),
        ("'SELECT, GRANT OPTION'", "SELECT,GRANT OPTION ON d.*"),
        ("['SELECT', 'GRANT OPTION']", "SELECT ON d.*"),
    ],
)
def test_which_privileges_a_list_comes_to(given: str, granted: str, accounts: Shown) -> None:
    assert accounts(GRANT.format(f"privileges => {given}")) == [f"+ a@%: {granted}"]
    assert accounts(DATABASE.format(f"grant => {given}")) == [f"a@%: {granted}"]


@pytest.mark.parametrize(("written", "given"), [(GRANT, "privileges"), (DATABASE, "grant")])
def test_letters_that_make_all_are_told(written: str, given: str, reading: Reading) -> None:
    text = written.format(f"{given} => ['FIREWALL_USER', 'SELECT']")
    assert faults(reading, text) == [
        "the module grants ALL PRIVILEGES for a list with this in it, as it holds the letters ALL"
    ]
    for harmless in ("['ALL', 'SELECT']", "['ALL PRIVILEGES', 'SELECT']", "['FIREWALL_USER']"):
        assert faults(reading, written.format(f"{given} => {harmless}")) == []


@pytest.mark.parametrize(("option", "shown_as"), [("GRANT", "+GRANT"), ("NONE", ""), ("grant", "")])
@pytest.mark.parametrize("listed", ["'{}'", "['{}']"])
def test_the_grant_option_is_spelled_in_one_way(
    option: str, shown_as: str, listed: str, reading: Reading, accounts: Shown
) -> None:
    said = listed.format(option)
    for text in (
        GRANT.format(f"privileges => ['SELECT'], options => {said}"),
        DATABASE.format(f"grant => ['SELECT'], grant_options => {said}"),
    ):
        (shown,) = accounts(text)
        assert shown.partition("d.*")[2].strip() == shown_as
        assert bool(faults(reading, text)) is (option == "grant")


@pytest.mark.parametrize("options", ["['GRANT OPTION']", "['REQUIRE SSL']", "['GRANT', 'MAX_USER_CONNECTIONS 3']"])
def test_other_options_are_nothing_to_the_module(options: str, reading: Reading) -> None:
    (message,) = faults(reading, GRANT.format(f"privileges => ['SELECT'], options => {options}"))
    assert "no option" in message


@pytest.mark.parametrize("options", ["['SSL', 'X509']", "['NONE', 'SSL']", "['SSL', 'CIPHER \\'A\\'']"])
def test_an_account_with_contradicting_tls_options_is_left_bare(options: str, reading: Reading) -> None:
    granted = GRANT.format("privileges => 'SELECT'")
    text = f"mysql_user {{ 'a@%': tls_options => {options} }}\n{granted}\n{granted.replace('a@%', 'b@%')}"
    (found,) = reading(text)
    assert [account.require for account in found.accounts] == [()]
    assert [getattr(made.user, "value", "") for made in found.grants] == ["b"]
    assert faults(reading, text) == [
        "the server refuses these TLS options together: the account is left without, and gets no grants"
    ]
    (found,) = reading(DATABASE.format(f"tls_options => {options}"))
    assert ([account.require for account in found.accounts], found.grants) == ([()], [])


@pytest.mark.parametrize("option", ["ssl", "x509", "TLS"])
def test_a_tls_option_that_the_module_does_not_know(option: str, reading: Reading) -> None:
    assert faults(reading, f"mysql_user {{ 'a@%': tls_options => ['{option}'] }}") == [
        f"the module refuses the TLS option '{option}', and Puppet then applies nothing"
    ]


def test_tls_options_that_go_together(reading: Reading) -> None:
    text = "mysql_user { 'a@%': tls_options => [\"CIPHER 'A'\", \"issuer '/CN=x'\"] }"
    (found,) = reading(text)
    assert ([len(account.require) for account in found.accounts], found.faults) == ([2], [])


HASH = "*2470C0C06DEE42FD1618BBB99005ADCA2EC9D1E0"
UNFIT = "the server refuses a hash of mysql_native_password for caching_sha2_password: the account is not made"


@pytest.mark.parametrize("given", [f"'{HASH}'", f'"{HASH}"', "mysql::password('x')", "mysql_password($password)"])
def test_a_hash_of_another_plugin_makes_no_account(given: str, reading: Reading) -> None:
    text = f"mysql_user {{ 'a@%': plugin => 'caching_sha2_password', password_hash => {given} }}\n"
    (found,) = reading(text + GRANT.format("privileges => 'SELECT'"))
    assert (found.accounts, found.grants, [fault.message for fault in found.faults]) == ([], [], [UNFIT])


@pytest.mark.parametrize(
    ("plugin", "given"),
    [
        ("mysql_native_password", f"'{HASH}'"),
        ("caching_sha2_password", "'$A$005$abc'"),
        ("caching_sha2_password", "$hash"),
        ("caching_sha2_password", "Sensitive(lookup('hash'))"),
    ],
)
def test_a_hash_that_may_be_of_its_plugin_makes_one(plugin: str, given: str, reading: Reading) -> None:
    (found,) = reading(f"mysql_user {{ 'a@%': plugin => '{plugin}', password_hash => {given} }}\n")
    assert (len(found.accounts), found.faults) == (1, [])
