from collections.abc import Callable

import pytest

from grantlint.model import Account, Declarations, Secrecy
from grantlint.model.location import Implied, Located, Source, Span, Unresolved
from grantlint.reader.formats.puppet.document import read

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]


def written(span: Span) -> str:
    return span.source.text[span.start : span.end]


def only(text: str) -> Account:
    (found,) = read(Source("db.pp", text))
    (account,) = found.accounts
    return account


def secrecy(account: Account) -> Secrecy | None:
    credential = account.authentication and account.authentication.credential
    return credential.secrecy if credential else None


def test_an_account_keeps_the_place_of_each_leaf() -> None:
    account = only(
        """# größe 😀
mysql_user { 'app@DB.example':
  ensure               => present,
  plugin               => 'caching_sha2_password',
  tls_options          => ['x509'],
  max_user_connections => 5,
}
"""
    )
    assert written(account.span) == "mysql_user { 'app@DB.example'"
    assert (str(account), written(account.user.span), written(account.host.span)) == (
        "'app'@'db.example'",
        "app",
        "DB.example",
    )
    assert account.authentication is not None
    assert account.authentication.plugin is not None
    assert written(account.authentication.plugin.span) == "'caching_sha2_password'"
    (require,) = account.require
    assert isinstance(require, Located)
    assert (require.value, written(require.span)) == ("X509", "'x509'")
    (limit,) = account.limits
    assert (limit.name.value, written(limit.value.span)) == ("MAX_USER_CONNECTIONS", "5")


def test_a_grant_keeps_the_place_of_each_leaf() -> None:
    (found,) = read(
        Source(
            "db.pp",
            "mysql_grant { 'app@%/my_db.*':\n  user => 'app@%', table => 'my_db.*',\n"
            "  privileges => ['select', 'INSERT (a, b)'], options => ['GRANT'],\n}\n",
        )
    )
    (to,) = found.grants
    assert (written(to.user.span), written(to.host.span)) == ("app", "%")
    assert [written(each.span) for each in to.grant.privileges] == ["'select'", "'INSERT (a, b)'"]
    assert written(to.grant.target.span) == "'my_db.*'"
    assert to.grant.option is not None
    assert written(to.grant.option.span) == "'GRANT'"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mysql_user { 'a@%': ensure => present }", ["a@%"]),
        ("mysql_user { \"a@%\": ensure => 'present' }", ["a@%"]),
        ("mysql_user { ['a@%', 'b@localhost',]: ensure => present }", ["a@%", "b@localhost"]),
        ("mysql_user { 'a@%': ensure => present; 'b@%': ensure => present; }", ["a@%", "b@%"]),
        ("@@mysql_user { 'a@%': ensure => present }", ["a@%"]),
        ("mysql_user { '@localhost': ensure => present }", ["@localhost"]),
        ("mysql_user { \"'odd-user'@localhost\": ensure => present }", ["odd-user@localhost"]),
        ("mysql_user { 'root@id@localhost': ensure => present }", ["root@id@localhost"]),
        ("mysql_user { 'label': name => 'a@%', ensure => present }", ["a@%"]),
        ('mysql_user { "${user}@localhost": ensure => present }', ["?@localhost"]),
        ('mysql_user { "app@10.${net}.%": ensure => present }', ["app@?"]),
        ('mysql_user { "app_$env@%": ensure => present }', ["?@%"]),
        ('mysql_user { "${a["x}y"]}@%": ensure => present }', ["?@%"]),
        ("mysql_user { $title: ensure => present }", ["?@?"]),
        ("mysql_user { $users: * => $options }", ["?@?"]),
        ("mysql_user { default: plugin => 'x'; 'a@%': ensure => present }", ["a@%"]),
        (
            "if $x { mysql_user { 'a@%': ensure => present } } else { mysql_user { 'b@%': ensure => present } }",
            ["a@%", "b@%"],
        ),
        ('$users.each |$name, $host| { mysql_user { "${name}@%": ensure => present } }', ["?@%"]),
        ("case $x { /a'b/: { mysql_user { 'a@%': ensure => present } } default: { } }", ["a@%"]),
        (
            "$t = @(END)\nmysql_user { 'never@%': }\nit's\n| END\nmysql_user { 'a@%': ensure => present }",
            ["a@%"],
        ),
        (
            "# mysql_user { 'never@%': }\n/* mysql_user { 'never@%': } */ mysql_user { 'a@%': ensure => present }",
            ["a@%"],
        ),
        ("notify { \"mysql_user { 'never@%': }\": ensure => present }", []),
        ("Mysql_user['a@%'] -> Foo['b']", []),
        ("Mysql_user <| title == 'a@%' |>", []),
        (
            "mysql_user { 'a@%': require => Class['mysql::server'], password_hash => $h ? { 'x' => $h } }",
            ["a@%"],
        ),
    ],
)
def test_titles_of_users(text: str, shown: list[str], accounts: Shown) -> None:
    assert accounts(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("'a@%/*.*': user => 'a@%', table => '*.*', privileges => 'ALL'", "+ a@%: ALL ON *.*"),
        (
            "'a@%/*.*': user => 'a@%', table => '*.*', privileges => ['SELECT', 'ALL PRIVILEGES', 'GRANT']",
            "+ a@%: ALL ON *.*",
        ),
        (
            "'a@%/my-db.*': user => 'a@%', table => '`my-db`.*', privileges => ['GRANT', 'SELECT']",
            "+ a@%: SELECT ON `my-db`.*",
        ),
        (
            "'a@10.0.0.0/255.0.0.0/d.t': privileges => 'SELECT, UPDATE (x)'",
            "+ a@10.0.0.0/255.0.0.0: SELECT,UPDATE (x) ON d.t",
        ),
        ("'a@%/b@h': user => 'a@%', table => 'b@h', privileges => ['PROXY']", "+ a@%: PROXY ON PROXY 'b'@'h'"),
        (
            "'a@%/PROCEDURE my-db.p': user => 'a@%', table => 'PROCEDURE my-db.p', privileges => ['EXECUTE']",
            "+ a@%: EXECUTE ON PROCEDURE `my-db`.p",
        ),
        ('"${u}@%/x.*": user => "${u}@%", table => "x.*", privileges => $p, options => $o', "+ ?@%: ? ON x.* ?GRANT"),
        (
            "'a@%/d.*': user => 'a@%', table => 'd.*', privileges => ['SELECT'], options => ['NONE']",
            "+ a@%: SELECT ON d.*",
        ),
    ],
)
def test_grants(text: str, shown: str, accounts: Shown) -> None:
    assert accounts(f"mysql_grant {{ {text} }}") == [shown]


def test_a_grant_joins_the_account_that_is_written_with_the_same_variable(accounts: Shown) -> None:
    text = """
        class a {
          mysql_user { "${user}@${host}": ensure => present }
          mysql_grant { "${user}@${host}/d.*":
            user => "${user}@${host}", table => 'd.*', privileges => ['SELECT'],
          }
        }
        class b {
          mysql_user { "${user}@${host}": ensure => present }
        }
    """
    assert accounts(text) == ["?@?: SELECT ON d.*", "?@?"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("'my_db': user => 'a', password => 'x'", ["a@(localhost): (ALL) ON my_db.*"]),
        (
            "'d': user => 'a', password => $p, host => 'DB.example', grant => ['select', 'UPDATE']",
            ["a@db.example: SELECT,UPDATE ON d.*"],
        ),
        ("'label': dbname => 'd', user => 'a', grant_options => ['GRANT']", ["a@(localhost): (ALL) ON d.* +GRANT"]),
        ("['d', 'e']: user => 'a', password => 'x'", ["a@(localhost): (ALL) ON d.*; (ALL) ON e.*"]),
        ("'d': user => $u, host => $h, grant => $g", ["?@?: ? ON d.*"]),
        ('"d_${env}": user => "a"', ["a@(localhost): (ALL) ON ?"]),
        ("'d': user => 'a', * => $more", ["a@?: ? ON d.*"]),
        ("default: host => '%'; 'd': user => 'a'", ["a@%: (ALL) ON d.*"]),
    ],
)
def test_databases(text: str, shown: list[str], accounts: Shown) -> None:
    assert accounts(f"mysql::db {{ {text} }}") == shown


def test_defaults_of_the_file_count(accounts: Shown) -> None:
    text = "Mysql::Db { host => '10.%', grant => ['SELECT'] }\n::mysql::db { 'd': user => 'a', password => 'x' }"
    assert accounts(text) == ["a@10.%: SELECT ON d.*"]


def test_the_class_declares_users_grants_settings_and_root(reading: Reading, accounts: Shown) -> None:
    text = """
        class { '::mysql::server':
          root_password    => 'geheim',
          override_options => { 'mysqld' => { 'skip-name-resolve' => true, 'bind-address' => $ip }, 'client' => {} },
          users            => {
            'a@%' => { ensure => present, password_hash => '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29' },
          },
          grants           => { 'a@%/d.*' => { user => 'a@%', table => 'd.*', privileges => ['SELECT'] } },
        }
    """
    assert accounts(text) == ["a@%: SELECT ON d.*", "(root)@(localhost)"]
    (found,) = reading(text)
    assert found.server is not None
    assert {name: isinstance(value, Located) and value.value for name, value in found.server.settings.items()} == {
        "skip_name_resolve": "true",
        "bind_address": False,
    }
    assert [secrecy(account) for account in found.accounts] == [Secrecy.HASH, Secrecy.PLAIN]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("create_resources('mysql_user', { 'a@%' => { 'ensure' => 'present' } })", ["a@%"]),
        ("create_resources(mysql::db, { 'd' => { 'user' => 'a' } }, { 'host' => '%' })", ["a@%: (ALL) ON d.*"]),
        ("create_resources('mysql_user', hiera('users', {}))", []),
        ("create_resources('file', $files)", []),
        ("ensure_resource('mysql_user', 'a@%', { 'ensure' => 'present' })", ["a@%"]),
        ("ensure_resource('mysql_user', ['a@%', 'b@%'], $options)", ["a@%", "b@%"]),
    ],
)
def test_functions_that_create_resources(text: str, shown: list[str], accounts: Shown) -> None:
    assert accounts(text) == shown


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("create_resources('mysql_user', hiera('users', {}))", ["accounts"]),
        ("create_resources('mysql_grant', $grants)", ["grants"]),
        ("create_resources('mysql::db', $dbs, { 'host' => '%' })", ["accounts"]),
        ("class { 'mysql::server': users => $users, grants => $grants }", ["accounts", "grants"]),
        ("Mysql_user['a@%'] { password_hash => 'x' }", ["account"]),
        ("mysql_user { ] }", ["account"]),
    ],
)
def test_what_only_a_run_knows_is_counted(text: str, counted: list[str], reading: Reading) -> None:
    (found,) = reading(text)
    assert ([each.what for each in found.not_checked], found.accounts, found.faults) == (counted, [], [])


@pytest.mark.parametrize(
    "text",
    [
        "Mysql_user['a@%'] {\n  password_hash => 'geheim' }",
        "mysql_user { 'a@%' { password_hash => 'geheim' } }",
        "mysql_user { 'a@%': password_hash => 'geheim'",
        "mysql_user { 'a@%': password_hash => ['geheim'] }",
        "mysql::db { 'd': user => 'a', ensure => absent, password => 'geheim' }",
        "class { 'mysql::server': override_options => { 'client' => { 'password' => 'geheim' } } }",
    ],
)
def test_a_secret_is_hidden_where_nothing_else_is_read(text: str) -> None:
    source = Source("db.pp", text)
    read(source)
    assert any("geheim" in text[start:end] for start, end in source.secrets)


def test_what_is_absent_is_a_removal(reading: Reading) -> None:
    text = """
        mysql_user { ['root@127.0.0.1', '@localhost', '@%']: ensure => 'absent', require => Foo['x'] }
        mysql_grant { 'a@%/*.*': ensure => absent, user => 'a@%', table => '*.*' }
        mysql::db { 'd': ensure => absent, user => 'a', password => 'x' }
    """
    (found,) = reading(text)
    assert (found.removals, found.accounts, found.grants, found.faults) == (5, [], [], [])


def test_whether_an_account_comes_or_goes_is_counted_where_a_variable_says_it(reading: Reading) -> None:
    (found,) = reading("mysql_user { 'a@%': ensure => $ensure }")
    assert ([each.what for each in found.not_checked], found.accounts) == (["account"], [])


def test_each_node_is_a_server_of_its_own(reading: Reading) -> None:
    found = reading(
        "node 'a.example', /b/ { mysql_user { 'a@%': ensure => present } }\n"
        "node default { mysql_user { 'a@%': ensure => present } }"
    )
    assert [len(part.accounts) for part in found] == [1, 1]


def test_two_resources_of_one_name_are_never_one_server(reading: Reading) -> None:
    found = reading(
        "if $x { mysql_user { 'a@%': ensure => present } } else { mysql_user { 'a@%': plugin => 'unix_socket' } }"
    )
    assert [len(part.accounts) for part in found] == [1, 1]


def test_databases_of_one_user_are_one_account(accounts: Shown) -> None:
    text = "mysql::db { 'd': user => 'a', password => $p }\nmysql::db { 'e': user => 'a', password => $p }"
    assert accounts(text) == ["a@(localhost): (ALL) ON d.*; (ALL) ON e.*"]


HASH = "*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29"


@pytest.mark.parametrize(
    ("value", "form", "hidden"),
    [
        (f"'{HASH}'", Secrecy.HASH, f"'{HASH}'"),
        ("''", Secrecy.EMPTY, "''"),
        ("mysql_password('geheim')", Secrecy.PLAIN, "'geheim'"),
        ("mysql::password(Sensitive('geheim'))", Secrecy.PLAIN, "'geheim'"),
        ("Sensitive.new('geheim')", Secrecy.PLAIN, "'geheim'"),
        (f"Sensitive('{HASH}')", Secrecy.HASH, f"'{HASH}'"),
        ("mysql_password(lookup('db', String, 'first', 'geheim'))", Secrecy.REFERENCE, "'geheim'"),
        ("mysql_password($pw)", Secrecy.REFERENCE, ""),
        ('mysql_password("geheim${x}")', Secrecy.REFERENCE, '"geheim${x}"'),
        ("$pw", Secrecy.REFERENCE, ""),
        ('"${pw}"', Secrecy.REFERENCE, ""),
    ],
)
def test_credentials_of_a_user(value: str, form: Secrecy, hidden: str) -> None:
    account = only(f"mysql_user {{ 'a@%': password_hash => {value} }}")
    assert secrecy(account) is form
    source = account.span.source
    assert any(hidden in source.text[start:end] for start, end in source.secrets) or not hidden


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("'geheim'", Secrecy.PLAIN),
        (f"'{HASH}'", Secrecy.HASH),
        ("mysql_password('x')", Secrecy.PLAIN),
        ("$p", Secrecy.REFERENCE),
    ],
)
def test_credentials_of_a_database(value: str, form: Secrecy) -> None:
    account = only(f"mysql::db {{ 'd': user => 'a', password => {value} }}")
    assert secrecy(account) is form
    assert isinstance(account.host, Implied)


def test_a_title_without_a_host_is_a_fault(reading: Reading) -> None:
    (found,) = reading("mysql_user { 'app': ensure => present }")
    assert [(fault.rule, fault.message) for fault in found.faults] == [
        ("schema-error", "mysql_user 'app' names no host")
    ]


def test_a_title_that_is_not_user_and_table_is_a_fault(reading: Reading) -> None:
    text = "mysql_grant { 'a@localhost/d': user => 'a@localhost', table => 'd.*', privileges => 'ALL' }"
    (found,) = reading(text)
    (fault,) = found.faults
    assert fault.message == "the title of a mysql_grant must be its user and table, with / between them"
    assert written(fault.span) == "'a@localhost/d'"


@pytest.mark.parametrize(
    ("resource", "why"),
    [
        ("mysql_grant { 'a@%': privileges => ['select_priv'] }", "a title without a table"),
        ("mysql_grant { 'a@%': privileges => ['SELECT'], * => $more }", "attributes that come from a variable"),
        ("mysql_grant { \"a@${host}\": privileges => ['SELECT'] }", "titles that come from a variable"),
    ],
)
def test_a_grant_without_a_table_says_what_is_not_known(reading: Reading, resource: str, why: str) -> None:
    (found,) = reading(resource)
    (given,) = found.grants
    assert isinstance(given.grant.target, Unresolved)
    assert given.grant.target.reason == why


DB = "mysql::db { 'shop': user => $user, password => $password, host => \"${host}\", grant => ['SELECT'] }"


@pytest.mark.parametrize(
    ("head", "known", "form"),
    [
        ("class a { $user = 'app'\n $host = '10.%'\n $password = 'geheim'\n", ("app", "10.%"), Secrecy.PLAIN),
        ("class a($user = 'app', $host = '10.%', $password = 'geheim') {\n", None, Secrecy.PLAIN),
        ("class a($user, $host, $password = '') {\n", None, Secrecy.REFERENCE),
        ("class b { $user = 'app'\n $password = 'geheim'\n }\nclass a {\n", None, Secrecy.REFERENCE),
    ],
)
def test_variables_that_the_class_gives_one_literal(head: str, known: tuple[str, str] | None, form: Secrecy) -> None:
    account = only(head + DB + "\n}\n")
    assert account.known_name == known
    assert secrecy(account) is form


def test_a_title_of_variables_and_a_wrapped_default() -> None:
    account = only(
        "class a($pw = 'geheim') {\n  $user = 'app'\n"
        '  mysql_user { "${user}@localhost": ensure => present, password_hash => mysql::password($pw) }\n}\n'
    )
    assert str(account) == "'app'@'localhost'"
    assert secrecy(account) is Secrecy.PLAIN


def test_types_and_defines_of_other_modules_are_counted() -> None:
    text = """define shop::user($password) {
  database_user { $name: password_hash => mysql_password($password) }
}
database_grant { 'app@localhost/shop': privileges => ['all'] }
mysql::user { 'other': password => $password }
class mysql::user { include mysql }
class shop::b inherits mysql::grant { }
"""
    (found,) = read(Source("db.pp", text))
    assert [one.what for one in found.not_checked] == ["account", "grant", "account"]
    assert not found.faults
