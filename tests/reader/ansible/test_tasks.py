"""Tasks in each form that Ansible takes, wherever they stand."""

from collections.abc import Callable

import pytest

from grantlint.model import Declarations, Secrecy
from grantlint.model.location import Implied, Located, Source, Unresolved
from grantlint.reader.formats.ansible.document import read

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

APP = ["app@10.%: ALL ON app.* +GRANT"]


@pytest.mark.parametrize(
    "task",
    [
        "- mysql_user: {name: app, host: 10.%, priv: 'app.*:ALL,GRANT'}",
        "- community.mysql.mysql_user: {user: app, host: 10.%, priv: 'app.*:ALL,GRANT'}",
        "- ansible.mysql.mysql_user: {name: app, host: 10.%, priv: 'app.*:ALL,GRANT'}",
        "- name: create\n  mysql_user: name=app host=10.% priv=app.*:ALL,GRANT state=present",
        '- mysql_user: name="app" host=\'10.%\' priv="app.*:ALL,GRANT"',
        "- mysql_user: >\n    name=app\n    host=10.%\n    priv=app.*:ALL,GRANT",
        "- action: mysql_user name=app host=10.% priv=app.*:ALL,GRANT",
        "- action: community.mysql.mysql_user name=app host=10.% priv=app.*:ALL,GRANT",
        "- local_action: mysql_user name=app host=10.% priv=app.*:ALL,GRANT",
        "- action: {module: mysql_user, name: app, host: 10.%, priv: 'app.*:ALL,GRANT'}",
        "- local_action:\n    module: mysql_user\n    name: app\n    host: 10.%\n    priv: app.*:ALL,GRANT",
        "- mysql_user: name=app\n  args:\n    host: 10.%\n    priv: app.*:ALL,GRANT",
        "- mysql_user:\n  args: {name: app, host: 10.%, priv: 'app.*:ALL,GRANT'}",
        "- mysql_user:\n    name: app\n    host: 10.%\n    priv: {'app.*': 'ALL,GRANT'}",
        "- mysql_user:\n    name: app\n    host: 10.%\n    priv: {'app.*': [ALL, GRANT]}",
        "- mysql_user:\n    <<: &login {host: 10.%}\n    name: app\n    priv: 'app.*:ALL,GRANT'",
        "- block:\n  - mysql_user: {name: app, host: 10.%, priv: 'app.*:ALL,GRANT'}",
        "- block: []\n  rescue:\n  - block:\n    - mysql_user: {name: app, host: 10.%, priv: 'app.*:ALL,GRANT'}",
        "- block: []\n  always:\n  - mysql_user: {name: app, host: 10.%, priv: 'app.*:ALL,GRANT'}",
        "- hosts: db\n  tasks:\n  - mysql_user: {name: app, host: 10.%, priv: 'app.*:ALL,GRANT'}",
        "- hosts: db\n  pre_tasks:\n  - mysql_user: {name: app, host: 10.%, priv: 'app.*:ALL,GRANT'}",
        "- hosts: db\n  post_tasks:\n  - mysql_user: {name: app, host: 10.%, priv: 'app.*:ALL,GRANT'}",
        "- hosts: db\n  handlers:\n  - mysql_user: {name: app, host: 10.%, priv: 'app.*:ALL,GRANT'}",
        "---\n- debug:\n---\n- mysql_user: {name: app, host: 10.%, priv: 'app.*:ALL,GRANT'}",
        "{% if x %}\n- mysql_user: {name: app, host: 10.%, priv: 'app.*:ALL,GRANT'}\n{% endif %}",
    ],
)
def test_the_same_account_in_every_form(accounts: Shown, task: str) -> None:
    assert accounts(task) == APP


def test_an_absent_host_is_localhost_and_nobody_wrote_it(reading: Reading) -> None:
    (found,) = reading("- mysql_user:\n    name: app\n")
    (account,) = found.accounts
    assert isinstance(account.host, Implied)
    assert account.host.value == "localhost"
    assert account.span.source.text[account.span.start : account.span.end] == "mysql_user"


def test_null_arguments_are_absent(accounts: Shown) -> None:
    assert accounts("- mysql_user:\n    name: app\n    host:\n    priv: ~\n    password: null") == ["app@(localhost)"]


def test_removals_are_counted_and_declare_nothing(reading: Reading) -> None:
    text = """
        - mysql_user: {name: '', host_all: yes, state: absent}
        - mysql_user: name=old host={{ item }} state=absent
          with_items: [a, b]
        - mysql_user: name='' host={{ item }} state=absent
          with_items: "{{ anonymous_hosts.stdout_lines }}"
        - mysql_role: {name: dev, state: absent}
    """
    (found,) = reading(text)
    assert (found.accounts, found.not_checked, found.removals) == ([], [], 5)


def test_an_account_of_unknown_state_has_no_name_to_judge(accounts: Shown) -> None:
    assert accounts("- mysql_user: {name: app, host: '%', priv: '*.*:ALL', state: '{{ wanted }}'}") == ["?@%"]


def test_host_all_is_no_host(accounts: Shown) -> None:
    assert accounts("- mysql_user: {name: app, host_all: true, priv: '*.*:ALL'}") == ["app@?: ALL ON *.*"]


def test_privileges_taken_away_are_not_granted(accounts: Shown) -> None:
    assert accounts("- mysql_user: {name: app, priv: 'a.*:DROP', subtract_privs: true}") == ["app@(localhost)"]


def test_values_stay_as_written(accounts: Shown) -> None:
    assert accounts("- mysql_user: {name: NO, host: 0123}\n- mysql_user: {name: 1e3, host: 10.10}") == [
        "NO@0123",
        "1e3@10.10",
    ]


@pytest.mark.parametrize(
    ("arguments", "secrecy", "shown"),
    [
        ("password: geheim", Secrecy.PLAIN, "geheim"),
        ("password: 'two words'", Secrecy.PLAIN, "'two words'"),
        ("password: ''", Secrecy.EMPTY, "''"),
        ("password: '*6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4', encrypted: yes", Secrecy.HASH, None),
        ("password: '{{ vault_app }}'", Secrecy.REFERENCE, None),
        ("password: 'x{{ vault_app }}'", Secrecy.REFERENCE, None),
        ("password: !vault abcd", Secrecy.REFERENCE, None),
        ("plugin: caching_sha2_password, plugin_auth_string: geheim", Secrecy.PLAIN, "geheim"),
        ("plugin: mysql_native_password, plugin_hash_string: '*AB'", Secrecy.HASH, "'*AB'"),
        ("password: '{{ pw | default(\"geheim\") }}'", Secrecy.PLAIN, "geheim"),
    ],
)
def test_a_credential_is_a_place_and_a_form(
    reading: Reading, arguments: str, secrecy: Secrecy, shown: str | None
) -> None:
    (found,) = reading(f"- mysql_user: {{name: app, {arguments}}}")
    authentication = found.accounts[0].authentication
    assert authentication
    assert authentication.credential
    assert authentication.credential.secrecy is secrecy
    if shown:
        source, start, end = authentication.credential.span
        assert source.text[start:end] == shown


def test_secrets_are_hidden_in_every_form() -> None:
    text = """
- mysql_user: name=a password=canary1 login_password='canary 2' host=%
- mysql_user: {name: b, login_password: canary3, some_token: canary4, plugin_auth_string: canary5, salt: canary6}
- mysql_user: {name: c, password: "{{ item.secret_thing }}"}
  with_items: [{secret_thing: canary7, login_password: canary8}]
- mysql_user: {name: "{{ item.0 }}", password: "{{ item.1 }}"}
  loop: [[d, canary9]]
- hosts: db
  vars: {root_password: canary10, mysql_users: [{name: e, password: canary11}]}
- mysql_user:
    name: f
    password: >-
      canary12
"""
    source = Source("site.yml", text)
    read(source)
    hidden = list(text)
    for start, end in source.secrets:
        hidden[start:end] = "#" * (end - start)
    assert "canary" not in "".join(hidden)


def test_an_update_password_is_no_secret() -> None:
    source = Source("site.yml", "- mysql_user: {name: a, update_password: on_create}")
    read(source)
    assert source.secrets == []


def test_tls_limits_and_lock(reading: Reading) -> None:
    text = """
        - mysql_user: {name: a, tls_requires: {x509: }, locked: yes, resource_limits: {max_user_connections: 5}}
        - mysql_user: {name: b, tls_requires: {SSL: }, locked: no}
        - mysql_user: {name: c, tls_requires: {ssl: true, subject: /CN=alice, issuer: "{{ ca }}"}}
        - mysql_user: {name: d, tls_requires: }
    """
    (found,) = reading(text)
    a, b, c, d = found.accounts
    assert [text.value for text in (*a.require, *b.require) if isinstance(text, Located)] == ["X509", "SSL"]
    assert isinstance(c.require[0], Located)
    assert c.require[0].value == "SUBJECT '/CN=alice'"
    assert isinstance(c.require[1], Unresolved)
    assert d.require == ()
    assert isinstance(a.locked, Located)
    assert a.locked.value
    assert isinstance(b.locked, Located)
    assert not b.locked.value
    ((name, value),) = a.limits
    assert isinstance(value, Located)
    assert (name.value, value.value) == ("MAX_USER_CONNECTIONS", "5")


def test_roles_and_their_members(reading: Reading) -> None:
    text = "- mysql_role: {name: dev, priv: 'app.*:SELECT', members: ['alice@%', ops, '{{ x }}']}"
    (found,) = reading(text)
    (role,) = found.roles
    assert len(role.grants) == 1
    alice, ops, unknown = role.members
    assert isinstance(alice.user, Located)
    assert isinstance(alice.host, Located)
    assert (alice.user.value, alice.host.value) == ("alice", "%")
    assert isinstance(ops.user, Located)
    assert (ops.user.value, ops.host) == ("ops", None)
    assert isinstance(unknown.user, Unresolved)
    (every,) = found.every_role
    assert every.user is alice.user


@pytest.mark.parametrize(("word", "expired"), [("now", True), ("never", False), ("'{{ x }}'", False)])
def test_a_password_may_be_expired_at_once(word: str, reading: Reading, *, expired: bool) -> None:
    (found,) = reading(
        f"- mysql_user: {{name: app, password_expire: {word}}}\n- mysql_user: {{name: app, priv: 'a.*:ALL'}}"
    )
    (account,) = found.accounts
    assert account.is_expired is expired


def test_variables_of_the_server_are_settings(reading: Reading) -> None:
    (found,) = reading("- mysql_variables: variable=skip-name-resolve value=ON\n- mysql_user: name=a")
    assert found.server
    value = found.server.settings["skip_name_resolve"]
    assert isinstance(value, Located)
    assert value.value == "ON"


def test_an_encrypted_file_is_not_checked(reading: Reading) -> None:
    (found,) = reading("$ANSIBLE_VAULT;1.1;AES256\n6132\n")
    assert [item.why for item in found.not_checked] == ["it is encrypted by ansible-vault"]


def test_what_holds_no_accounts_says_nothing(reading: Reading) -> None:
    assert reading("- debug: {msg: mysql_user}\n- mysql_db: {name: app}\n") == []
    assert reading("# mysql_user: {name: app}\n") == []
    assert reading("") == []


def test_plays_for_different_hosts_are_different_servers(reading: Reading) -> None:
    text = """
        - hosts: one
          tasks:
            - mysql_user: {name: app}
        - hosts: two
          tasks:
            - mysql_user: {name: app}
            - mysql_user: {name: app, login_host: 10.0.0.1}
            - mysql_user: {name: other, login_host: localhost}
        - hosts: one
          tasks:
            - mysql_user: {name: other}
    """
    assert [len(found.accounts) for found in reading(text)] == [2, 2, 1]


def test_a_later_task_adds_to_the_account(accounts: Shown) -> None:
    text = """
        - mysql_user: {name: app, host: '%', priv: 'a.*:ALL'}
        - mysql_user: {name: app, host: '%', password: x}
        - mysql_user: {name: app, host: '%', priv: 'b.*:ALL', append_privs: yes}
        - mysql_user: {name: app, host: '%', priv: 'b.*:ALL/a.*:ALL', locked: yes}
    """
    assert accounts(text) == ["app@%: ALL ON a.*; ALL ON b.*"]


def test_a_later_task_replaces_privileges(accounts: Shown) -> None:
    text = """
        - mysql_user: {name: app, host: '{{ item }}', priv: 'a.*:ALL'}
          loop: ['%', localhost]
        - mysql_user: {name: app, host: '%', priv: 'b.*:ALL'}
    """
    assert accounts(text) == ["app@%: ALL ON b.*", "app@localhost: ALL ON a.*"]


def test_tasks_that_conditions_choose_between_are_kept_apart(reading: Reading) -> None:
    text = """
        - mysql_user: {name: app, priv: '*.*:ALL'}
          when: old
        - mysql_user: {name: app, priv: '*.*:SELECT'}
          when: not old
    """
    assert [len(found.accounts) for found in reading(text)] == [1, 1]


def test_a_plain_password_stays_known_when_a_later_task_sets_another(reading: Reading) -> None:
    (found,) = reading("- mysql_user: {name: a, password: x}\n- mysql_user: {name: a, password: '{{ p }}'}")
    (account,) = found.accounts
    assert account.authentication
    assert account.authentication.credential
    assert account.authentication.credential.secrecy is Secrecy.PLAIN


def test_an_account_that_a_later_task_takes_away_is_gone(accounts: Shown, reading: Reading) -> None:
    text = """
        - mysql_user: {name: a, host: x, priv: 'a.*:ALL'}
        - mysql_user: {name: b, host: X, priv: 'a.*:ALL'}
        - mysql_user: {name: b, host: y, priv: 'a.*:ALL'}
        - mysql_user: {name: c, host: x, priv: 'a.*:ALL'}
        - mysql_user: {name: a, host: X, state: absent}
        - mysql_user: {name: b, host_all: yes, state: absent}
        - mysql_user: {name: a, host: x, priv: 'b.*:ALL'}
        - mysql_user: {name: c, host: x, state: absent}
          when: gone
        - mysql_user: {name: c, host: '{{ h }}', state: absent}
    """
    assert accounts(text) == ["c@x: ALL ON a.*", "a@x: ALL ON b.*"]
    assert reading(text)[0].removals == 4


def test_defaults_of_the_module_stand_in_for_arguments_left_out(accounts: Shown) -> None:
    text = """
        - hosts: db
          module_defaults:
            community.mysql.mysql_user: {host: '%', priv: 'a.*:ALL', login_password: x}
            ansible.builtin.apt: {state: present}
          tasks:
            - mysql_user: {name: app}
            - mysql_user: {name: app, host: x}
            - block:
                - mysql_user: name=other
              module_defaults: {mysql_user: {host: y}}
    """
    assert accounts(text) == ["app@%: ALL ON a.*", "app@x: ALL ON a.*", "other@y"]
