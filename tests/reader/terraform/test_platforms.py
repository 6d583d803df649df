"""Accounts that a platform makes of its own accord: counted, since no file says what they may do."""

from collections.abc import Callable, Sequence

import pytest

from grantlint.model import Declarations
from grantlint.reader.formats.terraform.sign import claims

Reading = Callable[[str], Sequence[Declarations]]


@pytest.mark.parametrize(
    ("kind", "body", "counted"),
    [
        ("aws_db_instance", 'engine = "mysql"\n  username = "admin"', True),
        ("aws_db_instance", 'engine = "postgres"\n  username = "admin"', False),
        ("aws_db_instance", "engine = var.engine", True),
        ("aws_db_instance", "replicate_source_db = var.other", False),
        ("aws_rds_cluster", 'engine = "aurora-mysql"\n  master_username = "admin"', True),
        ("aws_rds_cluster", 'engine = "aurora-postgresql"', False),
        ("azurerm_mysql_flexible_server", 'administrator_login = "admin"', True),
        ("digitalocean_database_user", 'name = "app"\n  mysql_auth_plugin = "caching_sha2_password"', True),
        ("digitalocean_database_user", 'name = "app"', False),
        ("aws_instance", 'ami = "x"', False),
    ],
)
def test_accounts_of_a_platform_are_counted(kind: str, body: str, reading: Reading, *, counted: bool) -> None:
    text = f'resource "{kind}" "a" {{\n  {body}\n}}\n'
    found = [one.what for part in reading(text) for one in part.not_checked]
    assert found == ["accounts"] * counted
    assert claims("main.tf", text) is (kind != "aws_instance")


def test_statements_in_a_provisioner_make_a_file_one_to_look_into() -> None:
    command = "mysql -e \\\"CREATE USER 'p'@'%' IDENTIFIED BY '${var.p}'\\\""
    text = f'resource "null_resource" "n" {{\n  provisioner "local-exec" {{\n    command = "{command}"\n  }}\n}}\n'
    assert claims("main.tf", text)
    assert not claims("main.tf", text.replace("CREATE USER", "SELECT"))


def test_what_cloud_sql_gives_to_its_users_is_not_known(reading: Reading) -> None:
    body = '\n  name = "a"\n  instance = var.i\n  host = "10.%"\n'
    (found,) = reading(f'resource "google_sql_user" "a" {{{body}}}')
    assert [grant.known_privileges for account in found.accounts for grant in account.grants] == [None]
    (found,) = reading(f'resource "google_sql_user" "a" {{{body}  type = "CLOUD_IAM_USER"\n}}')
    assert not any(account.grants for account in found.accounts)
