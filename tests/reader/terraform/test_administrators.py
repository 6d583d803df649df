"""Administrators of platforms whose password stands in a configuration."""

import pytest

from grantlint.model import Secrecy
from grantlint.model.location import Implied, Located, Source
from grantlint.reader.formats.terraform.document import read

OF_MYSQL = 'engine = "mysql"\n  '


def told(body: str, kind: str = "aws_db_instance") -> list[tuple[str | None, str]]:
    text = f'resource "{kind}" "a" {{\n  {body}\n}}\nvariable "p" {{\n  default = "geheim"\n}}\n'
    found: list[tuple[str | None, str]] = []
    for account in (one for part in read(Source("main.tf", text)) for one in part.accounts):
        assert isinstance(account.host, Implied)
        assert account.host.is_given
        assert account.authentication is not None
        assert account.authentication.credential is not None
        place = account.authentication.credential.span
        assert (place.start, place.end) in place.source.secrets or not text[place.start : place.end].strip('"')
        user = account.user.value if isinstance(account.user, Located) else None
        found.append((user, account.authentication.credential.secrecy.name))
    return found


@pytest.mark.parametrize(
    ("body", "made"),
    [
        (f'{OF_MYSQL}username = "admin"\n  password = "geheim"', [("admin", "PLAIN")]),
        ('engine = "mariadb"\n  username = "admin"\n  password = "geheim"', [("admin", "PLAIN")]),
        (f"{OF_MYSQL}username = var.u\n  password = var.p", [(None, "PLAIN")]),
        (f'{OF_MYSQL}password = "geheim"', [(None, "PLAIN")]),
        (f'{OF_MYSQL}username = "admin"\n  password = ""', [("admin", "EMPTY")]),
        (f'{OF_MYSQL}username = "admin"\n  password = random_password.a.result', []),
        (f'{OF_MYSQL}username = "admin"\n  manage_master_user_password = true', []),
        ('engine = "postgres"\n  username = "admin"\n  password = "geheim"', []),
        ('engine = var.engine\n  username = "admin"\n  password = "geheim"', []),
        ('username = "admin"\n  password = "geheim"', []),
    ],
)
def test_an_account_is_made_where_the_password_is_a_literal(body: str, made: list[tuple[str | None, str]]) -> None:
    assert told(body) == made


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("aws_rds_cluster", 'engine = "aurora-mysql"\n  master_username = "u"\n  master_password = "geheim"'),
        ("azurerm_mysql_server", 'administrator_login = "u"\n  administrator_login_password = "geheim"'),
        ("azurerm_mysql_flexible_server", 'administrator_login = "u"\n  administrator_password = "geheim"'),
        ("alicloud_db_account", 'account_name = "u"\n  account_password = "geheim"'),
        ("yandex_mdb_mysql_user", 'name = "u"\n  password = "geheim"'),
    ],
)
def test_each_platform_has_names_of_its_own(kind: str, body: str) -> None:
    assert told(body, kind) == [("u", Secrecy.PLAIN.name)]


def test_rights_of_an_administrator_are_not_known() -> None:
    (found,) = read(Source("main.tf", f'resource "aws_db_instance" "a" {{\n  {OF_MYSQL}password = "geheim"\n}}\n'))
    (account,) = found.accounts
    assert not isinstance(account.grants[0].target, Located)
    assert not found.not_checked
