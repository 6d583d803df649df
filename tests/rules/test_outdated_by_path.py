"""statement-outdated in files whose path says which product they are for."""

import pytest

from grantlint import lint

TEXT = "GRANT SELECT ON shop.* TO 'web'@'10.0.3.7' IDENTIFIED BY '{{ pw }}';\n"


def rules(path: str) -> list[str]:
    return [one.rule for one in lint(text=TEXT, filename=path, select=["statement-outdated"]).findings]


@pytest.mark.parametrize("path", ["templates/mariadb/grants.sql", "roles/db-mariadb/a.sql", "init.mariadb.sql"])
def test_a_file_for_mariadb_is_not_held_against_mysql(path: str) -> None:
    assert rules(path) == []


@pytest.mark.parametrize("path", ["mysql/grants.sql", "grants.sql", "mysql-or-mariadb/a.sql", "notmariadb/a.sql"])
def test_another_file_is(path: str) -> None:
    assert rules(path) == ["statement-outdated"]
