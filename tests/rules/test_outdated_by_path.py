"""statement-outdated in files whose path says which product they are for."""

import pytest

from grantlint import lint

TEXT = "GRANT SELECT ON shop.* TO 'web'@'10.0.3.7' IDENTIFIED BY '{{ pw }}';\n"


def rules(path: str) -> list[str]:
    return [one.rule for one in lint(text=TEXT, filename=path, select=["statement-outdated"]).findings]


@pytest.mark.parametrize("path", ["templates/mariadb/grants.sql", "roles/db-mariadb/a.sql", "init.mariadb.sql"])
def test_a_file_for_mariadb_is_not_held_against_mysql(path: str) -> None:
    assert rules(path) == []


@pytest.mark.parametrize("path", ["secure-installation5.7.yml.sql", "init_5_6.sql", "roles/mysql/mysql57.sql"])
def test_a_file_for_an_old_mysql_is_not_held_against_a_new_one(path: str) -> None:
    assert rules(path) == []


@pytest.mark.parametrize("path", ["v1.5.7.sql", "5.1-users.sql", "step57.sql", "v5.7.12.sql", "5.7/a.sql"])
def test_a_number_of_something_else_is_none_of_a_server(path: str) -> None:
    assert rules(path) == ["statement-outdated"]


@pytest.mark.parametrize("path", ["mysql/grants.sql", "grants.sql", "mysql-or-mariadb/a.sql", "notmariadb/a.sql"])
def test_another_file_is(path: str) -> None:
    assert rules(path) == ["statement-outdated"]
