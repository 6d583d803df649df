"""SQL in the strings of a manifest."""

# ruff: noqa: E501 - commands stand here as people write them

from collections.abc import Callable

import pytest

from grantlint.model import Declarations
from grantlint.reader.formats.puppet.sign import claims as puppet

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]


@pytest.mark.parametrize(
    "command",
    [
        r'''"mysql -uroot -e \"GRANT SELECT ON *.* TO 'm'@'h'\""''',
        r"""'/usr/bin/mysql -e "GRANT SELECT ON *.* TO \'m\'@\'h\'"'""",
        r'''"echo \"GRANT SELECT ON *.* TO 'm'@'h';\" | mysql -p${password}"''',
    ],
)
def test_the_sql_of_a_command_is_read(accounts: Shown, command: str) -> None:
    text = f"exec {{ 'grant': command => {command}, unless => 'mysql -e \"DROP USER x@y\"' }}"
    assert puppet("db.pp", text)
    assert accounts(text) == ["+ m@h: SELECT ON *.*"]


def test_variables_are_unresolved_and_places_are_those_of_the_file(reading: Reading) -> None:
    text = r"""exec { "x":
        command => "mysql -p${mysql::pw} -e \"CREATE USER '${user['name']}'@'10.%' IDENTIFIED BY 'geheim'; GRANT ALL ON $db.* TO '$x::user'@'%'\"",
    }"""
    (found,) = reading(text)
    (account,) = found.accounts
    source = account.host.source
    assert str(account) == "${user}…@'10.%'"
    assert source.text[account.host.start : account.host.end] == "'10.%'"
    assert str(found.grants[0].host.source.text[found.grants[0].user.start : found.grants[0].user.end]) == "'$x::user'"
    assert any("geheim" in source.text[start:end] for start, end in source.secrets)
    assert not found.not_checked


@pytest.mark.parametrize(
    "text",
    [
        "mysql::sql { 'x': sql => \"GRANT ALL ON ${db}.* TO ${user}@'%'${how};\" }",
        "$cmd = \"GRANT ALL ON ${db}.* TO '${user}'@'%'\"",
        "mysql::sql { 'x': sql => \"CREATE USER '${user}'@'%' IDENTIFIED BY 'geheim'\" }",
    ],
)
def test_sql_of_which_nobody_sees_who_gets_it_is_counted(reading: Reading, text: str) -> None:
    assert puppet("db.pp", text)
    (found,) = reading(text)
    assert [(what, why) for what, why, _ in found.not_checked] == [
        ("statement", "SQL in a string, and who gets it is not told")
    ]
    assert not found.accounts
    (span,) = [span for _, _, span in found.not_checked]
    assert "geheim" not in text or any("geheim" in text[start:end] for start, end in span.source.secrets)


@pytest.mark.parametrize(
    "text",
    [
        "err('Grant DELETE to user@% ON db.*')",
        "notify { \"GRANT ALL ON *.* TO 'a'@'%'\": }",
        'db::grant { "GRANT ${user} - ${grant} - ${db}": command => "GRANT CONNECT ON DATABASE ${db} TO ${user}" }',
        "exec { 'x': command => \"psql -c \\\"CREATE USER ${name} WITH PASSWORD '${password}'\\\"\" }",
        "exec { 'x': command => 'true', onlyif => \"mysql -e \\\"GRANT ALL ON *.* TO 'a'@'%'\\\"\" }",
        "augeas { 'x': changes => [\"set PASSWORD ${pw}\", 'set USER x'], context => '/files/etc/mysql' }",
        "# \"GRANT ALL ON *.* TO 'a'@'%'\"",
    ],
)
def test_prose_titles_questions_and_other_databases_give_nothing(reading: Reading, text: str) -> None:
    assert reading(text) == []


def test_what_one_command_drops_another_still_makes(reading: Reading) -> None:
    text = r"""if $ensure == 'present' { exec { 'a': command => "mysql -e \"CREATE USER '${u}'@'${h}'\"" } }
    else { exec { 'b': command => "mysql -e \"DROP USER '${u}'@'${h}'; FLUSH PRIVILEGES;\"" } }"""
    made, taken = reading(text)
    assert len(made.accounts) == 1
    assert taken.removals == 1


@pytest.mark.parametrize(
    ("variables", "made"),
    [
        ("$u = 'app'", "app"),
        ('$u = "app"  # the shop', "app"),
        ("class a { $u = 'app' }", "app"),
        ("class a ($u = 'app') {}", "?"),
        ("class a (String $u = 'app', $v = 1) {}", "?"),
        ("$u = 'app'\n$u = 'web'", "?"),
        ("# $u = 'app'", "?"),
        ('$u = "app${x}"', "?"),
        ("$u = 'app' + 'b'", "?"),
        ("$u = 'a' ? { default => 'app' }", "?"),
        ("$u = $v", "?"),
        ("if $u == 'app' {}", "?"),
        ("$u =", "?"),
        ("$u = 'app'\nif $u != 'app' { }", "?"),
        ("$u = 'app'\nif $u != 'web' { }", "app"),
        ("$u = ''", "?"),
    ],
)
def test_a_variable_counts_that_the_manifest_gives_one_text(accounts: Shown, variables: str, made: str) -> None:
    assert accounts(f"{variables}\nexec {{ 'x': command => \"mysql -e \\\"CREATE USER '${{u}}'@'h'\\\"\" }}") == [
        f"{made}@h"
    ]


@pytest.mark.parametrize("variable", ["$pw = 'geheim'", "class a ($pw = 'geheim') {}"])
@pytest.mark.parametrize(
    "command", ["mysqladmin -u root password ${pw}", "mysql -e \\\"CREATE USER a@b IDENTIFIED BY '${pw}'\\\""]
)
def test_a_password_stands_where_the_variable_gets_it(reading: Reading, variable: str, command: str) -> None:
    text = f"{variable}\nexec {{ 'x': command => \"{command}\" }}"
    (found,) = reading(text)
    (account,) = found.accounts
    assert account.authentication is not None
    assert account.authentication.credential is not None
    place = account.authentication.credential.span
    assert text[place.start : place.end] == "geheim"
    assert any(text[start:end] == "geheim" for start, end in place.source.secrets)
