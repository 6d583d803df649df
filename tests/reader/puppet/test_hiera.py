from collections.abc import Callable

import pytest

from grantlint.model import Declarations, Secrecy
from grantlint.model.location import Located, Source, Span
from grantlint.reader.files.formats import format_named
from grantlint.reader.formats.puppet.document import read

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

DATA = """\
---
mysql::server::root_password: 'geheim'
mysql::server::override_options:
  mysqld:
    bind-address: 0.0.0.0
    skip-name-resolve: ~
mysql::server::users:
  'jira@%':
    ensure: present
    password_hash: '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29'
    max_user_connections: 7
  '@localhost':
    ensure: absent
mysql::server::grants:
  'jira@%/my_db.*':
    ensure: present
    options: [GRANT]
    privileges: [select, INSERT]
    table: my_db.*
    user: 'jira@%'
mysql::db:
  wiki:
    user: wiki
    password: "%{lookup('wiki')}"
    grant: ALL
"""


def written(span: Span) -> str:
    return span.source.text[span.start : span.end]


def test_the_keys_of_the_class_and_of_databases_are_read(accounts: Shown, reading: Reading) -> None:
    assert accounts(DATA, "common.yaml") == [
        "wiki@(localhost): ALL ON wiki.*",
        "jira@%: SELECT,INSERT ON my_db.* +GRANT",
        "(root)@(localhost)",
    ]
    (found,) = reading(DATA, "common.yaml")
    assert found.removals == 1
    assert found.server is not None
    assert [*found.server.settings] == ["bind_address"]


def test_places_stand_in_the_titles() -> None:
    (found,) = read(Source("common.yaml", DATA))
    jira = found.accounts[1]
    assert (written(jira.user.span), written(jira.host.span), written(jira.span)) == ("jira", "%", "'jira@%'")
    to = found.grants[1]
    assert written(to.grant.target.span) == "my_db.*"
    assert [written(each.span) for each in to.grant.privileges] == ["select", "INSERT"]


def test_secrets_are_hidden_and_told_apart() -> None:
    source = Source("common.yaml", DATA)
    (found,) = read(source)
    forms = [account.authentication and account.authentication.credential for account in found.accounts]
    assert [form and form.secrecy for form in forms] == [Secrecy.REFERENCE, Secrecy.HASH, Secrecy.PLAIN]
    hidden = " ".join(source.text[start:end] for start, end in source.secrets)
    assert "geheim" in hidden
    assert "*94BD" in hidden


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mysql::server::users:\n  'app@%{facts.net}.%': {ensure: present}\n", ["app@?"]),
        ("mysql::server::users:\n  \"%{lookup('u')}@10.%\": {ensure: present}\n", ["?@10.%"]),
        ("mysql::server::users: \"%{alias('others')}\"\n", []),
        ("mysql::server::root_password: ENC[PKCS7,abc]\n", ["(root)@(localhost)"]),
        ("mysql::server::root_password: UNSET\n", []),
        ("mysql::server::root_password: x\nmysql::server::create_root_user: false\n", []),
        ("mysql::server::users: ~\n", []),
        ("mysql::server::users: [a]\n", []),
        ("mysql::server::users:\n  a@%: &x {ensure: present}\n  b@%: *x\n", ["a@%", "b@%"]),
    ],
)
def test_other_shapes(text: str, shown: list[str], accounts: Shown) -> None:
    assert accounts(text, "a.yaml") == shown


def test_broken_yaml_is_a_fault_and_shows_no_secret(reading: Reading) -> None:
    (found,) = reading("mysql::server::root_password: geheim\nmysql::server::users:\n  a@%: {\n", "a.yaml")
    (fault,) = found.faults
    source = fault.span.source
    assert fault.rule == "syntax-error"
    assert any("geheim" in source.text[start:end] for start, end in source.secrets)


def test_one_title_twice_is_one_account_and_told(reading: Reading) -> None:
    found = reading("mysql::server::users:\n  a@%: {ensure: present}\n  a@%: {ensure: present}\n", "a.yaml")
    assert [isinstance(account.user, Located) for part in found for account in part.accounts] == [True]
    assert [fault.rule for part in found for fault in part.faults] == ["duplicate-key"]


@pytest.mark.parametrize(
    ("key", "entry", "made"),
    [
        ("mysql::server::db", "wiki: {user: w, password: p}", ["w@(localhost): (ALL) ON wiki.*"]),
        ("profile::mysql::databases", "wiki: {user: w, password: p, host: '%'}", ["w@%: (ALL) ON wiki.*"]),
        ("site::mariadb", "wiki: {user: w, password: p, grant: [SELECT]}", ["w@(localhost): SELECT ON wiki.*"]),
        ("role_mysql::users", "w@%: {password_hash: '*A'}", ["w@%"]),
        (
            "profile::mariadb::rights",
            "w@%/*.*: {user: w@%, table: '*.*', privileges: [SELECT]}",
            ["+ w@%: SELECT ON *.*"],
        ),
        ("profile::postgresql::databases", "wiki: {user: w, password: p}", []),
        ("profile::mysql::backup", "wiki: {user: w, password: p, bucket: b}", []),
        ("profile::mysql::hosts", "wiki: {password: p}", []),
        ("profile::mysql::users", "w: {password_hash: '*A'}", []),
        ("profile::mysql::replica", "{user: w, password: p}", []),
    ],
)
def test_a_hash_that_a_manifest_makes_resources_of_is_known_by_its_entries(
    key: str, entry: str, made: list[str], accounts: Shown
) -> None:
    text = f"---\n{key}:\n  {entry}\n"
    assert accounts(text, "common.yaml") == made
    puppet = format_named("puppet")
    assert puppet is not None
    assert puppet.claims("common.yaml", text) or not made


def test_of_a_key_that_is_written_twice_the_last_counts(accounts: Shown, reading: Reading) -> None:
    user = "    user: {}\n    password: 'x'\n    host: {}\n"
    both = f"  wiki:\n{user.format('old', '10.0.0.1')}  wiki:\n{user.format('new', '10.0.0.2')}"
    text = f"mysql::server::db:\n{both}"
    assert accounts(text, "data/db.yaml") == ["new@10.0.0.2: (ALL) ON wiki.*"]
    (found,) = [part for part in reading(text, "data/db.yaml") if part.faults]
    assert [(fault.rule, written(fault.span)) for fault in found.faults] == [("duplicate-key", "wiki")]
    assert accounts(f"other::things:\n{both}", "data/db.yaml") == []
