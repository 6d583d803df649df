"""Classes of the module that make an account."""

from collections.abc import Callable

import pytest

from grantlint.model import Declarations, Secrecy
from grantlint.reader.formats.puppet.sign import claims

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

BACKUP = "backupuser => 'b', backuppassword => 'geheim'"
OF_MONITOR = "mysql_monitor_username => 'm', mysql_monitor_password => 'x'"
OF_BACKUP = "(SELECT),(RELOAD),(LOCK TABLES),(SHOW VIEW),(PROCESS) ON (*.*)"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (f"class {{ 'mysql::server::backup': {BACKUP} }}", [f"b@(localhost): {OF_BACKUP}"]),
        (f"class {{ '::mysql::backup': {BACKUP}, backupdir => '/b' }}", [f"b@(localhost): {OF_BACKUP}"]),
        (f"class {{ 'mysql::backup': {BACKUP}, provider => 'x' }}", ["b@(localhost): ? ON (*.*)"]),
        (f"class {{ 'mysql::backup': {BACKUP}, ensure => absent }}", []),
        ("class { 'mysql::server::backup': backupdir => '/b' }", []),
        (
            f"class {{ 'mysql::server::monitor': {OF_MONITOR}, mysql_monitor_hostname => '10.0.0.3' }}",
            ["m@10.0.0.3: (PROCESS),(SUPER) ON (*.*)"],
        ),
        ("class { 'mysql::server::monitor': mysql_monitor_username => $m }", ["?@?: (PROCESS),(SUPER) ON (*.*)"]),
        ("class { 'mysql::server': config_hash => {'root_password' => 'x'} }", ["(root)@(localhost)"]),
        ("class { 'mysql::server': root_password => 'x', config_hash => {'port' => 1} }", ["(root)@(localhost)"]),
    ],
)  # fmt: skip
def test_a_class_makes_its_account(accounts: Shown, text: str, made: list[str]) -> None:
    assert claims("site.pp", text)
    assert accounts(text) == made


def test_its_password_stands_there(reading: Reading) -> None:
    (found,) = reading(f"class {{ 'mysql::server::backup': {BACKUP} }}")
    authentication = found.accounts[0].authentication
    assert authentication is not None
    assert authentication.credential is not None
    assert authentication.credential.secrecy is Secrecy.PLAIN
    source = found.accounts[0].span.source
    assert any("geheim" in source.text[start:end] for start, end in source.secrets)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("class { '::keystone::db::mysql': password => $p }", 1),
        ("class { ['glance::db::mysql', 'nova::db::mysql_api']: password => $p }", 2),
        ("class { default: password => $p; [\n  '::glance::db::mysql', '::nova::db::mysql'\n]: ; }", 2),
        ("include ::heat::db::mysql", 1),
        ("Class['glance::db::mysql'] -> Class['nova::api']\n# include heat::db::mysql", 0),
        ("class glance::db::mysql($password, $host = $glance::db::mysql_host) {}", 0),
    ],
)
def test_a_class_of_another_module_is_counted(reading: Reading, text: str, counted: int) -> None:
    assert claims("site.pp", text) is (counted > 0)
    why = [one.why for found in reading(text) for one in found.not_checked]
    assert why == ["a class of another module makes it"] * counted
