"""Which YAML files are Ansible files with accounts in them."""

import pytest

from grantlint.reader.files.formats import format_named
from grantlint.reader.files.words import Sieve

CLAIMED = [
    "- mysql_user: {name: app}\n",
    "- name: x\n  community.mysql.mysql_user:\n    name: app\n",
    "- mysql_user: name=app\n",
    "- action: mysql_user name=app\n",
    "- local_action:\n    module: mysql_user\n    name: app\n",
    "- community.mysql.mysql_role:\n    name: dev\n",
    "- mysql_variables: variable=skip_name_resolve value=1\n",
    "- community.mysql.mysql_query:\n    query: GRANT ALL ON *.* TO a\n",
    "mysql_users:\n  - name: app\n",
    "mariadb_users: []\n",
    "  vars:\n    mysql_users_extra:\n    - name: app\n",
    "$ANSIBLE_VAULT;1.1;AES256\n61\n",
]
NOT_CLAIMED = [
    "- mysql_db: {name: app}\n",
    "- name: install mysql_user\n  apt: {name: mysql}\n",
    "# mysql_user: {name: app}\n- debug:\n",
    "proxysql_mysql_users:\n  - name: app\n",
    "postgresql_users: []\n",
    "mysql_user_name: root\n",
    "mysql_user: root\nmysql_password: x\n",
    "db:\n  mysql_user: root\n  mysql_root_password: x\n",
    "apiVersion: v1\nkind: Secret\ndata:\n  mysql_user: cm9vdA==\n  mysql_root_password: cm9vdA==\n",
    "msg: use mysql_user: it is fine\n",
]


@pytest.mark.parametrize("text", CLAIMED)
def test_a_file_with_accounts_is_claimed_and_holds_a_needle(text: str) -> None:
    ansible = format_named("ansible")
    assert ansible
    assert ansible.claims("site.yml", text)
    assert Sieve([ansible.words]).matches(text.encode())


@pytest.mark.parametrize("text", NOT_CLAIMED)
def test_a_file_that_only_speaks_of_them_is_not(text: str) -> None:
    ansible = format_named("ansible")
    assert ansible
    assert not ansible.claims("site.yml", text)


@pytest.mark.parametrize(
    ("path", "text", "claimed"),
    [
        (
            "inventory/test.yml",
            "all:\n  hosts:\n    db:\n      ansible_host: 10.0.0.3\n      mysql_root_password: x\n",
            True,
        ),
        ("inventory/test.yml", "all:\n  hosts:\n    db:\n      mysql_root_password: x\n", False),
        ("group_vars/all.yml", "mysql_root_password: x\n", True),
        ("inventory/test.yml", "all:\n  vars:\n    ansible_user: x\n    mysql_root_password: '{{ x }}'\n", False),
    ],
)
def test_a_root_password_counts_in_variables_and_inventories(path: str, text: str, *, claimed: bool) -> None:
    ansible = format_named("ansible")
    assert ansible
    assert ansible.claims(path, text) is claimed
