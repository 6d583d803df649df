"""A policy made of declarations says what they say: the rules find the same in it, and nothing secret is in it."""

import re
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from draws import examples
from grantlint.lint.engine import lint
from grantlint.lint.rule import EachLogin, Rule
from grantlint.model import Account, DeclaredServer, Grant, GrantedPrivilege, GrantTarget
from grantlint.model.location import Located, Source, Text, Unresolved
from grantlint.model.privilege import Privilege
from grantlint.model.scope import Level, Scope
from grantlint.reader.files.formats import FORMATS, format_named
from grantlint.reader.leaf.secrets import host_swallows
from grantlint.report.policy.document import policy
from grantlint.report.policy.scalar import scalar
from grantlint.servers.grouping import group
from grantlint.servers.panel import panels
from grantlint.testing import Example, examples_of
from grantlint_rules import RULES

T = TypeVar("T")
POLICIES = Path(__file__).parents[2] / "policies"
OF_THE_FILE = {
    "client-password", "password-changed", "plain-text-password", "statement-rejected", "password-short",
    "password-common", "password-shared", "password-equals-user", "password-hash-unsalted", "password-is-a-hash",
    "host-omitted", "default-role-not-granted", "database-omitted", "privilege-blanks", "set-password-hash",
    "grant-declared-twice", "role-circle", "password-never-expires", "failed-logins-unlimited",
    "password-on-command-line", "account-without-grants",  # the latter is not said of what a statement only amends
}  # fmt: skip
"""Rules about what stands in a file and is left out of a policy: passwords and statements."""
ASKED = [rule for rule in RULES if rule.name not in OF_THE_FILE]
OF_WHAT_IS_MADE = [rule for rule in ASKED if not isinstance(rule.check, EachLogin)]
"""Without the rules about how a client logs in, which are not asked of what a statement only amends."""
POLICY = next(each for each in FORMATS if each.name == "policy")
HASH = "*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29"

FILES = {
    "a.sql": f"""
CREATE USER 'app'@'10.%' IDENTIFIED BY 'geheim' REQUIRE SUBJECT '/CN=it''s' WITH MAX_USER_CONNECTIONS 5 ACCOUNT LOCK;
CREATE USER 'app'@'%' IDENTIFIED BY 'anders';
CREATE USER 'no'@'123' IDENTIFIED WITH mysql_native_password AS '{HASH}' COMMENT 'a: "b" # c';
CREATE ROLE reader, writer;
GRANT SELECT (a, b), INSERT ON `my_db`.t TO app@'10.%' WITH GRANT OPTION;
GRANT ALL ON `my-db`.* TO reader;
GRANT reader, writer TO app@'10.%';
SET DEFAULT ROLE reader TO app@'10.%';
GRANT EXECUTE ON PROCEDURE shop.p TO 'no'@'123';
GRANT PROXY ON 'boss'@'%' TO 'no'@'123';
GRANT SELECT ON *.* TO 'stranger'@'%';
""",
    "a.pp": """
class { 'mysql::server':
  root_password => 'geheim', override_options => { 'mysqld' => { 'skip-name-resolve' => true, 'port' => $p } },
}
mysql_user { "${user}@%": password_hash => mysql_password('geheim'), tls_options => ['SSL'] }
mysql_grant { "${user}@%/my_db.*": user => "${user}@%", table => 'my_db.*', privileges => $all, options => $o }
mysql::db { 'shop': user => 'shop', password => Sensitive('geheim'), host => 'web_.example' }
""",
    "init.sls": """
app:
  mysql_user.present:
    - host: {{ host }}
    - password: geheim
  mysql_grants.present:
    - grant: select, insert
    - database: my_db.*
    - user: app
    - host: {{ host }}
    - grant_option: True
""",
    "users.yml": """
mysql_users:
  - {name: app, host: "{{ db_host }}", password: geheim, priv: "my_db.*:ALL,GRANT"}
  - {name: "{{ app }}", host: '%', password: "{{ vault_password }}", priv: "*.*:ALL", tls_requires: {SSL: }}
""",
    "policy.yml": f"""
server: {{name: db, product: mysql-8.4, settings: {{skip_name_resolve: ON, port: 3306}}, administrators: [dba, 'no']}}
hosts: [{{name: web, addresses: [10.1.0.0/16, '2001:db8::5'], dns_names: [w.example]}}]
users:
  - {{user: '', host: '%', authentication: {{password: ''}}, locked: yes, expired: true}}
  - {{user: all, host: '%', roles: [r], default_roles: ALL}}
  - {{user: a, hosts: [h, '10.1'], authentication: {{hash: '{HASH}', plugin: x}}, roles: [{{role: r, admin: true}}],
      default_roles: NONE, limits: {{max_user_connections: -1, max_statement_time: 0.5}}}}
  - {{user: b, host: '${{HOST}}', authentication: {{secret: 'env:B'}}, require: {{subject: '/CN=b', cipher: 'c d'}},
      grants: [{{privileges: [SELECT], target: 'a.*', grant_option: '{{{{ g }}}}'}}]}}
roles:
  - {{role: r, host: '%', members: [a@h, {{user: x, host: y, admin: no}}], roles: [q],
      grants: [{{privileges: ALL, target: '*.*'}}]}}
  - {{role: q}}
""",
}


def servers_of(path: str, text: str, name: str = "") -> list[DeclaredServer]:
    known = format_named(name) or next(
        each for each in FORMATS if (path == "example" or path.endswith(each.suffixes)) and each.claims(path, text)
    )
    return [server for server in group(known.read(Source(path, text))) if server.accounts or server.roles]


def found(servers: list[DeclaredServer], asked: list[Rule]) -> set[tuple[str, ...]]:
    """Return what rules say of what a policy can say, without places."""
    said = [server._replace(grantees=(), statements=(), steps=()) for server in servers]
    outcome = lint(panels(said, [])[0], asked)
    assert not outcome.crashes
    return {
        (
            each.rule,
            re.sub(r"[\w./-]+:\d+(?::\d+)?|line \d+", "@", each.message).partition(": in double quotes")[0],
            str(each.witness),
            *each.servers,
        )
        for each in (*outcome.findings, *(counted for counted, _ in outcome.unsaid))  # a policy's author may change it
    }


def check(path: str, text: str) -> str:
    servers = servers_of(path, text)
    converted = policy(servers)
    assert [fault.message for part in POLICY.read(Source("converted.yml", converted)) for fault in part.faults] == []
    again = servers_of("converted.yml", converted, "policy")
    amends = any(account.amends for server in servers for account in server.accounts)
    asked = OF_WHAT_IS_MADE if amends else ASKED
    assert found(again, asked) == found(servers, asked)
    assert without_comments(policy(again)) == without_comments(converted)
    return converted


def without_comments(text: str) -> list[str]:
    return [line for line in text.split("\n") if not line.startswith("# left out")]


@pytest.mark.parametrize("example", examples_of(RULES), ids=str)
def test_the_rules_find_the_same_in_each_of_their_examples(example: Example) -> None:
    check("example", example.text)


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(POLICIES.glob("*/*")) if path.is_file()],
    ids=lambda path: path.name,
)
def test_the_rules_find_the_same_in_the_policies_of_this_project(path: Path) -> None:
    check(str(path), path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_the_rules_find_the_same_in_every_format(name: str) -> None:
    check(name, FILES[name])


@pytest.mark.parametrize("name", FILES)
def test_no_secret_is_in_a_policy(name: str) -> None:
    converted = check(name, FILES[name])
    assert "geheim" not in converted
    assert "anders" not in converted
    assert HASH[:12] not in converted


def test_everything_that_a_policy_can_say_is_said() -> None:
    converted = policy(servers_of("a.sql", FILES["a.sql"]))
    assert converted == (Path(__file__).parent / "goldens" / "policy-of-sql.yml").read_text(encoding="utf-8")


def test_templates_that_are_just_a_name_stay() -> None:
    converted = policy(servers_of("users.yml", FILES["users.yml"]))
    assert "host: '{{ db_host }}'" in converted
    assert "user: '{{ app }}'" in converted


def test_two_servers_of_one_name_stay_two() -> None:
    text = "server: {name: db}\nusers: [{user: a, host: h}]\n"
    server = servers_of("policy.yml", text, "policy")[0]
    again = servers_of("converted.yml", policy([server, server]), "policy")
    assert [len(each.accounts) for each in again] == [1, 1]


@examples(150)
@given(st.text())
def test_a_scalar_is_its_text_to_other_readers_too(text: str) -> None:
    assert YAML(typ="safe", pure=True).load(f"- {scalar(text)}\n") == [text]
    assert YAML(typ="safe", pure=True).load(f"[{scalar(text)}]\n") == [text]


WORDS = st.text(max_size=8)
SOURCE = Source("x", "")
UNKNOWN = st.just(Unresolved("x", SOURCE, 0, 0))


def leaves_of(values: st.SearchStrategy[T]) -> st.SearchStrategy[Located[T] | Unresolved]:
    return UNKNOWN | values.map(lambda value: Located(value, SOURCE, 0, 0))


NAMES = st.text(min_size=1, max_size=8)
LEAVES = leaves_of(WORDS)
NAMED = leaves_of(WORDS.filter(lambda name: not host_swallows(name)))  # one that goes on into more is a fault
PRIVILEGES = leaves_of(st.tuples(WORDS, st.lists(NAMES, max_size=2).map(tuple)).map(lambda pair: Privilege(*pair)))
SCOPES = leaves_of(
    st.just(Scope(Level.GLOBAL))
    | WORDS.map(lambda database: Scope(Level.DATABASE, database))
    | st.tuples(WORDS, NAMES).map(lambda pair: Scope(Level.TABLE, *pair))
    | st.tuples(NAMES, NAMES).map(lambda pair: Scope(Level.ROUTINE, *pair, "PROCEDURE"))
    | st.tuples(WORDS, WORDS).map(lambda pair: Scope(Level.PROXY, name=pair[0], host=pair[1]))
)


@examples(150)
@given(
    st.lists(
        st.tuples(NAMED, NAMED, st.lists(PRIVILEGES, max_size=2), SCOPES, st.none() | LEAVES),
        max_size=4,
    )
)
def test_any_accounts_make_a_policy_that_is_one(
    drawn: list[tuple[Text, Text, list[GrantedPrivilege], GrantTarget, Text | None]],
) -> None:
    accounts = tuple(
        Account(user, host, user.span, None, (), (), None, comment, (Grant(tuple(privileges), target, user.span),))
        for user, host, privileges, target, comment in drawn
    )
    text = policy([DeclaredServer("x", (), accounts)])
    (part,) = POLICY.read(Source("c.yml", text))
    assert part.faults == []
    assert len(part.accounts) == len(accounts)


def test_who_has_which_role_is_read_again_as_it_was() -> None:
    """Roles of roles, roles with a host and accounts as roles, as MySQL has them."""
    text = (
        "CREATE USER a@h, c@h; CREATE ROLE q, r, s@localhost;"
        "GRANT q TO r; GRANT r, a@h, s@localhost TO c@h; GRANT q TO s@localhost;"
    )
    converted = check("roles.sql", text)
    before, after = servers_of("roles.sql", text), servers_of("converted.yml", converted, "policy")
    assert memberships(after) == memberships(before)
    assert len(memberships(after)) == len(text.split("GRANT")) + 1
    assert "left out: that" not in converted


def test_a_role_of_an_account_that_nothing_makes_is_named_as_left_out() -> None:
    converted = policy(
        servers_of("roles.sql", "CREATE USER a@h IDENTIFIED BY 'geheim'; CREATE ROLE q; GRANT q TO n@h;")
    )
    assert "# left out: that 'q' is granted to n@h, which nothing declares\n" in converted


def memberships(servers: list[DeclaredServer]) -> set[object]:
    return {member.identity for server in servers for member in server.members}
