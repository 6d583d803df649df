"""Answers from declarations: what an account's own words and its grants add to the choice of the row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.access import Client, Installation, Server, ServerSettings, parse_target
from grantlint.access.server.answer import Answer, answer
from grantlint.access.server.listing import listing
from grantlint.access.server.winner import Question
from grantlint.model import Secrecy
from grantlint.model.location import Source
from grantlint.reader.formats.ansible import document as ansible
from grantlint.reader.formats.mycnf import document as mycnf
from grantlint.reader.formats.policy.document import read
from grantlint.reader.sql import document as sql
from grantlint.servers.grouping import group

HERE = Client.tcp("10.0.3.7")


def server_of(policy: str, target: str = "mysql-8.4") -> Server:
    (declared,) = group(read(Source("policy.yml", policy)))
    return Server(declared, Installation(parse_target(target), ServerSettings.of(declared.facts)))


def answered(policy: str, target: str = "mysql-8.4", **asked: object) -> Answer:
    question = Question("app", HERE)._replace(**asked)  # type: ignore[arg-type]  # fields of the question
    return answer(server_of(policy, target), question)


@pytest.mark.parametrize(
    ("account", "target", "error"),
    [
        ("locked: true", "mysql-8.4", 3118),
        ("locked: true", "mariadb-11.8", 4151),
        ("locked: true", "mysql-5.6", None),
        ("authentication: {plugin: auth_socket}", "mysql-8.4", 1524),
        ("authentication: {plugin: unix_socket}", "mariadb-11.8", 1698),
        ("authentication: {plugin: mysql_native_password, secret: vault:a}", "mysql-8.4", 1524),
        ("authentication: {plugin: mysql_native_password, secret: vault:a}", "mysql-8.0", None),
        ("authentication: {plugin: caching_sha2_password, secret: vault:a}", "mariadb-11.8", 1524),
        ("require: X509", "mysql-8.4", None),
        ("expired: true", "mysql-8.4", 1862),
        ("expired: true", "mysql-5.6", 1862),
        ("expired: false", "mysql-8.4", None),
        ("expired: true", "mysql-5.5", None),
    ],
)
def test_an_account_refuses_by_its_own_declaration(account: str, target: str, error: int | None) -> None:
    said = answered(f"users:\n  - {{user: app, host: '%', {account}}}\n", target)
    assert said.error == error
    assert said.admitted == (error is None)


def test_what_the_account_demands_is_a_condition_and_no_refusal() -> None:
    policy = "server: {settings: {require_secure_transport: true}}\nusers:\n  - {user: app, host: '%'}\n"
    (winner,) = answered(policy).winners
    assert [(one.how, one.refusal.error) for one in winner.login.conditions] == [("without TLS", 3159)]


def test_a_plain_client_gets_the_error_that_comes_before_the_lock() -> None:
    (winner,) = answered("users:\n  - {user: app, host: '%', require: SSL, locked: true}\n", "mysql-9.7").winners
    assert winner.error == 3118
    assert [(one.how, one.refusal.error) for one in winner.login.conditions] == [("without TLS", 1045)]


def test_an_expired_password_lets_in_to_change_it_where_the_server_does_not_disconnect() -> None:
    policy = "users:\n  - {user: app, host: '%', expired: true}\n"
    (winner,) = answered(policy, "mariadb-11.8").winners
    assert winner.error is None
    assert winner.login.admission.sandbox
    stated = "server: {settings: {disconnect_on_expired_password: true}}\n"
    assert answered(stated + policy, "mariadb-11.8").error == 1862


def test_a_limit_is_a_condition_and_no_refusal() -> None:
    policy = (
        "users:\n  - {user: app, host: '%', limits: {max_user_connections: 3, max_connections_per_hour: 9}}\n"
        "  - {user: web, host: '%', limits: {max_user_connections: -1}}\n"
    )
    (winner,) = answered(policy).winners
    assert [(one.how, one.refusal.cause) for one in winner.login.conditions] == [
        ("beside 3 open sessions", "MAX_USER_CONNECTIONS is 3"),
        ("after 9 connections within an hour", "MAX_CONNECTIONS_PER_HOUR is 9"),
    ]
    assert winner.login.conditions[0].refusal.message == (
        "User 'app' has exceeded the 'max_user_connections' resource (current value: 3)"
    )
    assert answered(policy, user="web").winners[0].login.conditions == ()


MEMBERS = """
roles:
  - {role: reader, members: ['app@%'], grants: [{privileges: [SELECT], target: 'shop.*'}]}
users:
  - {user: app, host: '%', default_roles: ALL}
"""


@pytest.mark.parametrize(
    ("policy", "target", "active"),
    [
        (MEMBERS, "mysql-8.4", True),
        (MEMBERS.replace(", default_roles: ALL", ""), "mysql-8.4", False),
        (MEMBERS.replace("ALL", "NONE"), "mysql-8.4", False),
        (MEMBERS, "mariadb-11.8", False),  # it has one default role at most, and no ALL
    ],
)
def test_all_default_roles_are_those_of_the_roles_members_too(policy: str, target: str, *, active: bool) -> None:
    (winner,) = answered(policy, target, database="shop", privileges=("SELECT",)).winners
    assert winner.asked[0].allowed is active


@pytest.mark.parametrize(
    ("argument", "target", "active"),
    [
        ("", "mysql-8.4", True),
        ("", "mariadb-11.8", False),
        (", set_default_role_all: false", "mysql-8.4", False),
        (", set_default_role_all: true", "mariadb-11.8", False),
        (", set_default_role_all: '{{ x }}'", "mysql-8.4", False),
    ],
)
def test_mysql_role_makes_its_members_have_their_roles_at_login(argument: str, target: str, *, active: bool) -> None:
    playbook = (
        "- mysql_user: {name: app, host: '%'}\n"
        f"- mysql_role: {{name: reader, priv: 'shop.*:SELECT', members: ['app@%']{argument}}}\n"
    )
    (declared,) = group(ansible.read(Source("site.yml", playbook)))
    server = Server(declared, Installation(parse_target(target), ServerSettings.of(declared.facts)))
    (winner,) = answer(server, Question("app", HERE, "shop", ("SELECT",))).winners
    assert winner.asked[0].allowed is active


@pytest.mark.parametrize(
    ("revoked", "partial_revokes", "allowed"),
    [
        ("REVOKE INSERT ON hr.* FROM app;", "ON", False),
        ("REVOKE ALL ON hr.* FROM app;", "ON", False),
        ("REVOKE INSERT ON hr.* FROM app;", "OFF", True),
        ("REVOKE INSERT ON crm.* FROM app;", "ON", True),
        ("REVOKE INSERT ON hr.* FROM app; GRANT INSERT ON hr.* TO app;", "ON", True),
        ("REVOKE INSERT ON hr.* FROM app; GRANT SELECT ON hr.* TO app;", "ON", False),
        ("REVOKE INSERT ON hr.* FROM app; GRANT ALL ON *.* TO app;", "ON", True),
        ("REVOKE INSERT ON hr.* FROM app; DROP USER app; CREATE USER app; GRANT ALL ON *.* TO app;", "ON", True),
        ("RENAME USER app TO old; REVOKE INSERT ON hr.* FROM old; RENAME USER old TO app;", "ON", False),
    ],
)
def test_a_revoke_on_a_database_limits_a_global_grant_with_partial_revokes(
    revoked: str, partial_revokes: str, *, allowed: bool
) -> None:
    script = f"CREATE USER app; GRANT ALL ON *.* TO app; {revoked}\n"
    options = f"[mysqld]\npartial_revokes={partial_revokes}\n"
    (declared,) = group((*sql.read(Source("db/init.sql", script)), *mycnf.read(Source("db/my.cnf", options))))
    server = Server(declared, Installation(parse_target("mysql-8.4"), ServerSettings.of(declared.facts)))
    (winner,) = answer(server, Question("app", HERE, "hr", ("INSERT",))).winners
    assert winner.asked[0].allowed is allowed
    (winner,) = answer(server, Question("app", HERE, "shop", ("INSERT",))).winners
    assert winner.asked[0].allowed


@pytest.mark.parametrize("name", ["auth_socket.so", "auth_socket=auth_socket.so", "AUTH_SOCKET"])
def test_a_plugin_that_an_option_loads_is_loaded(name: str) -> None:
    policy = f"server: {{settings: {{plugin_load_add: '{name}'}}}}\nusers:\n"
    policy += "  - {user: app, host: '%', authentication: {plugin: auth_socket}}\n"
    assert answered(policy, "mysql-8.4").error == 1698


def test_a_plugin_that_the_settings_turn_on_is_on() -> None:
    account = "{user: app, host: '%', authentication: {plugin: mysql_native_password, secret: vault:a}}"
    policy = f"server: {{settings: {{mysql_native_password: 'ON'}}}}\nusers:\n  - {account}\n"
    assert answered(policy).error is None


POLICY = """
server: {product: mysql-8.4}
roles:
  - {role: reader, grants: [{privileges: [SELECT], target: 'shop.*'}]}
users:
  - user: app
    host: 10.0.3.7
    roles: [reader]
    default_roles: ALL
    grants: [{privileges: [INSERT], target: 'shop.*'}]
  - {user: app, host: '10.%', grants: [{privileges: [UPDATE], target: 'crm.*'}]}
  - {user: web, host: 10.0.3.7, grants: [{privileges: [DELETE], target: '*.*'}]}
"""


def test_only_grants_that_can_serve_the_session_are_told() -> None:
    (winner,) = answered(POLICY).winners
    assert {right.row.user for right in winner.rights} == {"app", "reader"}


def test_a_privilege_is_given_by_its_grant_row() -> None:
    (winner,) = answered(POLICY, database="shop", privileges=("select", "insert", "delete")).winners
    assert [(one.privilege, one.allowed) for one in winner.asked] == [
        ("SELECT", True),
        ("INSERT", True),
        ("DELETE", False),
    ]
    assert winner.asked[0].rights[0].role == ("reader", "%")
    assert not winner.admitted


def test_a_privilege_without_a_database_may_be_held_anywhere() -> None:
    (winner,) = answered(POLICY, privileges=("insert",)).winners
    assert [str(right.row.scope) for right in winner.asked[0].rights] == ["`shop`.*"]


def test_a_database_in_which_the_session_has_nothing_is_error_1044() -> None:
    said = answered(POLICY, database="hr")
    assert said.error == 1044
    assert said.winners[0].message == "Access denied for user 'app'@'10.0.3.7' to database 'hr'"


def test_an_unknown_privilege_is_told_with_the_nearest() -> None:
    (winner,) = answered(POLICY, privileges=("selekt",)).winners
    assert winner.asked[0].unknown == "mysql-8.4 has no privilege SELEKT; the nearest is SELECT"


def test_the_answer_counts_the_accounts_that_nobody_can_read() -> None:
    policy = "users:\n  - {user: app, host: '{{ host }}'}\n  - {user: app, host: 10.0.3.7}\n"
    assert answered(policy).left_out == 1


def test_rows_of_equal_rank_share_a_number_and_the_next_one_counts_them() -> None:
    policy = "users:\n" + "".join(f"  - {{user: u, host: {h}}}\n" for h in ("10.0.0.1", "10.0.0.2", "'%'"))
    rows = listing(server_of(policy, "mysql-8.4"))
    assert [(one.number, one.shared) for one in rows] == [(1, True), (1, True), (3, False)]


def test_no_credential_is_kept_in_an_answer() -> None:
    policy = "users:\n  - {user: app, host: '%', authentication: {password: hunter2}}\n"
    said = answered(policy)
    entry = said.winners[0].entry
    assert "hunter2" not in repr(said)
    assert Secrecy.PLAIN.value in repr(entry)


USERS = ("app", "", "web", "App", " app")
HOSTS = ("10.0.3.7", "10.0.3.7/32", "10.0.3.%", "10.%", "%", "%.example.com", "web1.example.com", "localhost")
CLIENTS = (HERE, Client.tcp("10.0.3.7", "web1.example.com"), Client.tcp("10.9.9.9"), Client.socket())


@examples(60)
@given(
    st.lists(
        st.tuples(st.sampled_from(["app", "", "web", "App", " app"]), st.sampled_from(HOSTS)), min_size=1, max_size=6
    ),
    st.sampled_from(["mysql-5.6", "mysql-9.7", "mariadb-11.8"]),
    st.sampled_from(CLIENTS),
)
def test_the_answer_is_that_of_the_whole_table(accounts: list[tuple[str, str]], target: str, client: Client) -> None:
    """Other users' accounts are read only where they matter: at the host gate."""
    policy = "users:\n" + "".join(f"  - {{user: '{user}', host: '{host}'}}\n" for user, host in accounts)
    said = answered(policy, target, client=client).explanation.decision
    whole = server_of(policy, target).table.decide("app", client)
    assert (said.error, said.message) == (whole.error, whole.message)
    assert [(row.user, row.host) for row in said.rows] == [(row.user, row.host) for row in whole.rows]
