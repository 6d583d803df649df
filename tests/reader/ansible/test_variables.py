"""Variables: the nearest that is written, or the only one of the tree; never a guess."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grantlint.model import Declarations, Secrecy
from grantlint.model.location import Located, Unresolved

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]


def test_vars_of_the_task_win_over_those_of_the_block_and_the_play(accounts: Shown) -> None:
    text = """
        - hosts: db
          vars: {user: of_play, host: of_play, db: of_play}
          tasks:
            - block:
                - mysql_user: {name: "{{ user }}", host: "{{ host }}", priv: "{{ db }}.*:ALL"}
                  vars: {user: of_task}
              vars: {user: of_block, host: of_block}
    """
    assert accounts(text) == ["of_task@of_block: ALL ON of_play.*"]


def test_variables_lead_to_one_another_but_not_in_a_circle(accounts: Shown) -> None:
    text = """
        - hosts: db
          vars: {a: "{{ b }}", b: "{{ c }}", c: app, x: "{{ y }}", y: "{{ x }}", z: "{{ z }}"}
          tasks:
            - mysql_user: {name: "{{ a }}", host: "{{ x }}"}
            - mysql_user: {name: "{{ z }}"}
    """
    assert accounts(text) == ["app@?", "?@(localhost)"]


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("{{ nowhere | default('app') }}", "app"),
        ('{{ nowhere | d("app") }}', "app"),
        ("{{nowhere|default('app',true)}}", "app"),
        ("{{ nowhere | default(elsewhere) | default('app') }}", "app"),
        ("{{ nowhere | default(known) }}", "bob"),
        ("{{ known | default('app') }}", "bob"),
        ("{{ empty | default('app', true) }}", "app"),
        ("{{ empty | default('app') }}", ""),
        ("{{ nested.name | default('app') }}", "eve"),
        ("{{ nested.other | default('app') }}", "app"),
        ("{{ known | string }}", "bob"),
        ("{{ 'app' }}", "app"),
        ("x_{{ known }}_{{ nowhere | default('y') }}", "x_bob_y"),
        ("{{ nowhere }}", "?"),
        ("{{ nowhere.name | default('app') }}", "?"),
        ("{{ inventory_hostname | default('app') }}", "?"),
        ("{{ ansible_host }}", "?"),
        ("{{ known | upper }}", "?"),
        ("{{ known + 'x' }}", "?"),
        ("{{ 'a' if known else 'b' }}", "?"),
        ("{{ lookup('env', 'USER') }}", "?"),
        ("{{ known.attribute }}", "?"),
        ("{% if x %}a{% endif %}", "?"),
        ("x{{ nowhere }}", "?"),
        ("{{ broken", "?"),
        ("{{ out.stdout | default('app') }}", "?"),
        ("{{ fact | default('app') }}", "?"),
        ("{{ omit }}", None),
    ],
)
def test_only_what_needs_no_jinja_is_read(accounts: Shown, expression: str, name: str | None) -> None:
    text = f"""
- hosts: db
  vars: {{known: bob, empty: '', nested: {{name: eve}}}}
  tasks:
    - command: whoami
      register: out
    - set_fact:
        fact: x
    - mysql_user:
        name: >-
          {expression}
        host: a
"""
    assert accounts(text) == ([f"{name}@a"] if name is not None else [])


def test_omit_means_the_modules_default(accounts: Shown) -> None:
    text = "- mysql_user: {name: app, host: '{{ h | default(omit) }}', priv: '{{ p | default(omit) }}'}"
    assert accounts(text) == ["app@(localhost)"]


def test_privileges_with_templates_are_resolved_piece_by_piece(accounts: Shown) -> None:
    text = """
        - hosts: db
          vars: {db: shop}
          tasks:
            - mysql_user:
                name: app
                priv: "{{ db }}_x.*:ALL/{{ other }}.*:SELECT,GRANT/my_db.*:{{ privileges }}/{{ more }}"
    """
    assert accounts(text) == [
        "app@(localhost): ALL ON shop_x.*; SELECT ON ? +GRANT; ? ON my_db.* ?GRANT; ? ON ? ?GRANT",
    ]


def test_a_template_of_all_privileges_is_one_unresolved_grant(accounts: Shown) -> None:
    assert accounts("- mysql_user: {name: app, priv: '{{ grants }}'}") == ["app@(localhost): ? ON ?"]


ROLE = {
    "roles/app/tasks/main.yml": """
        - mysql_user:
            name: "{{ app_user }}"
            host: "{{ app_host }}"
            password: "{{ app_password }}"
            priv: "{{ app_db }}.*:ALL"
    """,
    "roles/app/defaults/main.yml": """
        app_user: shop
        app_password: canary
        app_host: localhost
    """,
    "roles/app/vars/main.yml": "app_db: shop_db\n",
    "group_vars/all.yml": "app_host: 10.%\n",
    "ansible.cfg": "",
}


def test_role_and_group_variables_are_read_where_they_are_the_only_ones(accounts: Shown, tmp_path: Path) -> None:
    assert accounts("roles/app/tasks/main.yml", tree=ROLE, at=tmp_path) == ["shop@?: ALL ON shop_db.*"]


def test_a_value_of_another_file_keeps_its_place_there_and_secrets_are_hidden(
    reading: Reading,
    tmp_path: Path,
) -> None:
    (found,) = reading("roles/app/tasks/main.yml", tree=ROLE, at=tmp_path)
    (account,) = found.accounts
    defaults = str(tmp_path / "roles/app/defaults/main.yml")
    assert isinstance(account.user, Located)
    assert account.user.source.path == defaults
    assert account.user.source.position(account.user.start) == (2, 11)
    assert account.authentication
    assert account.authentication.credential
    secrecy, span = account.authentication.credential.secrecy, account.authentication.credential.span
    assert (secrecy, span.source.path, span.source.text[span.start : span.end]) == (Secrecy.PLAIN, defaults, "canary")
    assert (span.start, span.end) in span.source.secrets


def test_a_name_of_two_values_says_so(reading: Reading, tmp_path: Path) -> None:
    (found,) = reading("roles/app/tasks/main.yml", tree=ROLE, at=tmp_path)
    host = found.accounts[0].host
    assert isinstance(host, Unresolved)
    assert host.reason == "a variable with several values in this tree"


@pytest.mark.parametrize(
    "path",
    [
        "group_vars/all.yml",
        "group_vars/all/users.yaml",
        "group_vars/db",
        "host_vars/one.yml",
        "inventory/group_vars/all.yml",
        "inventories/prod/host_vars/one.yml",
    ],
)
def test_variables_beside_a_playbook_are_found(accounts: Shown, tmp_path: Path, path: str) -> None:
    tree = {"site.yml": "- hosts: db\n  tasks:\n    - mysql_user: {name: '{{ who }}'}\n", path: "who: app\n"}
    assert accounts("site.yml", tree=tree, at=tmp_path) == ["app@(localhost)"]


def test_files_that_a_play_names_are_read(accounts: Shown, tmp_path: Path) -> None:
    tree = {
        "site.yml": """
            - hosts: db
              vars_files: [vars/users.yml, "{{ env }}.yml", missing.yml]
              tasks:
                - mysql_user: {name: '{{ who }}', host: '{{ where | default("x") }}'}
        """,
        "vars/users.yml": "who: app\n",
    }
    assert accounts("site.yml", tree=tree, at=tmp_path) == ["app@x"]


def test_broken_binary_and_encrypted_files_of_variables_define_nothing(accounts: Shown, tmp_path: Path) -> None:
    tree = {
        "site.yml": "- hosts: db\n  tasks:\n    - mysql_user: {name: '{{ who }}'}\n",
        "group_vars/a.yml": "who: [\n",
        "group_vars/b.yml": "$ANSIBLE_VAULT;1.1;AES256\n61\n",
        "group_vars/c.yml": "- who\n",
        "group_vars/notes.txt": "who: app\n",
    }
    (tmp_path / "group_vars").mkdir()
    (tmp_path / "group_vars/d.yml").write_bytes(b"who: \xff\n")
    (tmp_path / "group_vars/loop").symlink_to(tmp_path)
    assert accounts("site.yml", tree=tree, at=tmp_path) == ["?@(localhost)"]


def test_a_changed_file_of_variables_is_read_again(accounts: Shown, tmp_path: Path) -> None:
    tree = {
        "site.yml": "- hosts: db\n  tasks:\n    - mysql_user: {name: '{{ who }}'}\n",
        "group_vars/all.yml": "who: a\n",
    }
    assert accounts("site.yml", tree=tree, at=tmp_path) == ["a@(localhost)"]
    tree["group_vars/all.yml"] = "who: other\n"
    assert accounts("site.yml", tree=tree, at=tmp_path) == ["other@(localhost)"]


def test_an_empty_default_waits_for_a_value_and_says_nothing_yet(reading: Reading, tmp_path: Path) -> None:
    tree = {
        "tasks/main.yml": """
            - mysql_user: {name: "{{ a }}", host: "{{ b }}", password: "{{ c }}", priv: "{{ d }}"}
        """,
        "defaults/main.yml": "a: ''\nb: ''\nc: ''\nd: ''\n",
        ".git/config": "",
    }
    (found,) = reading("tasks/main.yml", tree=tree, at=tmp_path)
    (account,) = found.accounts
    assert isinstance(account.user, Unresolved)
    assert isinstance(account.host, Unresolved)
    assert isinstance(account.grants[0].target, Unresolved)
    assert account.authentication
    assert account.authentication.credential
    assert account.authentication.credential.secrecy is Secrecy.REFERENCE
    assert found.faults == []


def test_a_text_put_together_from_two_places_stands_where_it_is_put_together(reading: Reading) -> None:
    text = """
        - hosts: db
          vars: {db: shop}
          tasks:
            - mysql_user: {name: app, priv: "{{ db }}.*:ALL"}
    """
    (found,) = reading(text)
    (grant,) = found.accounts[0].grants
    (privilege,) = grant.privileges
    place = [item.source.text[item.start : item.end] for item in (grant.target, privilege)]
    assert place == ['"{{ db }}.*:ALL"', "ALL"]


@pytest.mark.parametrize("null", ["", "~", "null"])
def test_a_variable_that_is_null_is_one_to_be_set_and_no_absent_argument(
    accounts: Shown, reading: Reading, tmp_path: Path, null: str
) -> None:
    tree = {
        "tasks/main.yml": """
            - mysql_user: {name: app, host: "{{ address }}", password: "{{ address }}"}
            - mysql_user: {name: "{{ address }}", host: a}
            - mysql_user: {name: "{{ address }}_app", host: ["{{ address }}", b]}
            - mysql_user: {name: bob, host: "{{ address | default('c', true) }}", priv: "{{ address }}"}
            - mysql_user: {name: eve, host: "{{ address | default(omit, true) }}", state: "{{ address }}"}
            - mysql_user: {name: dan, host: "{{ item.host }}"}
              loop: [{host: }]
        """,
        "defaults/main.yml": f"address: {null}\n",
        ".git/config": "",
    }
    assert accounts("tasks/main.yml", tree=tree, at=tmp_path) == [
        "app@?",
        "?@a",
        "?@?",
        "?@b",
        "bob@c: ? ON ?",
        "?@(localhost)",
        "dan@?",
    ]
    (found,) = reading("tasks/main.yml", tree=tree, at=tmp_path)
    host, login = found.accounts[0].host, found.accounts[0].authentication
    assert isinstance(host, Unresolved)
    assert "empty until somebody sets it" in host.reason
    assert login is not None
    assert login.credential is not None
    assert login.credential.secrecy is Secrecy.REFERENCE


def test_beside_a_password_that_may_be_left_out_nobody_knows_the_plugin(reading: Reading) -> None:
    chosen = "'{{ p if old else omit }}'"
    text = f"- mysql_user: {{name: app, host: x, plugin: caching_sha2_password, password: {chosen}}}"
    (found,) = reading(text)
    authentication = found.accounts[0].authentication
    assert authentication
    assert isinstance(authentication.plugin, Unresolved)
    assert authentication.sending is None
