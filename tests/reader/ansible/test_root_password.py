"""root's password in a variable that a role reads: no task of the file has to."""

import pytest

from grantlint.model import Account, Secrecy
from grantlint.model.location import Source
from grantlint.reader.files.formats import format_named

VARIABLES = "mysql_root_password: S3cretRoot\nmysql_databases: [shop]\n"
PLAY = "- hosts: db\n  vars:\n    mysql_root_password: S3cretRoot\n  roles: [geerlingguy.mysql]\n"
ANSIBLE = format_named("ansible")


def accounts(text: str, path: str = "group_vars/db.yml") -> list[Account]:
    assert ANSIBLE is not None
    if not ANSIBLE.claims(path, text):
        return []
    return [account for part in ANSIBLE.read(Source(path, text)) for account in part.accounts]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("group_vars/db.yml", VARIABLES),
        ("host_vars/a/db.yml", VARIABLES.replace("mysql_root_password", "mariadb_root_pass")),
        ("roles/db/defaults/main.yml", "---\n" + VARIABLES),
        ("roles/db/defaults/main.yml", VARIABLES.replace("mysql_root_password", "shop_mariadb_mysqld_root_pwd")),
        ("roles/db/vars/main.yml", VARIABLES.replace("S3cretRoot", "'12345'")),
        ("site.yml", PLAY),
    ],
)
def test_it_is_a_password_of_root_that_stands_in_the_file(path: str, text: str) -> None:
    (root,) = accounts(text, path)
    assert str(root) == "'root'@'localhost'"
    assert root.amends
    assert root.authentication is not None
    assert root.authentication.credential is not None
    assert root.authentication.credential.secrecy is Secrecy.PLAIN


@pytest.mark.parametrize(
    "value", ['"{{ vault_root }}"', "!vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162", "''", "", "~"]
)
def test_what_is_kept_elsewhere_is_none(value: str) -> None:
    assert accounts(f"mysql_root_password: {value}\n") == []


@pytest.mark.parametrize("path", ["pillar/db.yml", "hieradata/common.yaml", "values.yml"])
def test_a_file_that_may_be_another_tools_is_left_to_it(path: str) -> None:
    assert accounts(VARIABLES, path) == []


def test_the_value_is_hidden() -> None:
    assert ANSIBLE is not None
    source = Source("group_vars/db.yml", VARIABLES)
    ANSIBLE.read(source)
    assert any(source.text[start:end] == "S3cretRoot" for start, end in source.secrets)


def test_a_task_that_sets_it_makes_no_second_root() -> None:
    task = '  tasks:\n    - mysql_user: {name: root, host: localhost, password: "{{ mysql_root_password }}"}\n'
    (root,) = accounts(PLAY + task, "site.yml")
    assert not root.amends
