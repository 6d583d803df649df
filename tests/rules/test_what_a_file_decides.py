"""What the author of a file cannot change there is no finding, and what is said of an account is said once."""

from pathlib import Path

import pytest

from grantlint import lint

USER = "      MARIADB_RANDOM_ROOT_PASSWORD: '1'\n      MARIADB_ROOT_HOST: localhost\n      MARIADB_USER: app\n"


def found(name: str, text: str, *rules: str) -> list[str]:
    """Return the rules that report something, with their lines."""
    return [f"{one.rule}:{one.line}" for one in lint(text=text, filename=name, select=rules).findings]


def service(image: str, variables: str) -> str:
    return f"services:\n  db:\n    image: {image}\n    environment:\n{variables}"


@pytest.mark.parametrize("tag", ["mariadb", "mariadb:11", "mariadb:lts", "mariadb:10.11", "mariadb:12.3-noble"])
def test_a_host_that_a_variable_says_is_a_finding(tag: str) -> None:
    text = service(tag, USER + "      MARIADB_PASSWORD_FILE: /run/app\n")
    (one,) = lint(text=text, filename="compose.yml", select=["any-host"]).findings
    assert "MARIADB_USER_HOST" in one.help


@pytest.mark.parametrize("tag", ["mariadb:10.9", "mariadb:11.4.2", "mariadb:10.3", "mariadb:5.5.64-trusty"])
def test_images_of_before_have_no_such_variable(tag: str) -> None:
    assert found("compose.yml", service(tag, USER + "      MARIADB_PASSWORD_FILE: /run/app\n"), "any-host") == []


@pytest.mark.parametrize("image", ["mysql:8.4", "percona:8.0"])
def test_a_host_that_the_image_gives_is_none(image: str) -> None:
    variables = "      MYSQL_RANDOM_ROOT_PASSWORD: '1'\n      MYSQL_ROOT_HOST: localhost\n      MYSQL_USER: app\n"
    text = service(image, f"{variables}      MYSQL_PASSWORD_FILE: /run/app\n      MYSQL_DATABASE: my_shop\n")
    assert found("compose.yml", text, "any-host", "grant-underscore-unescaped") == []


def test_root_of_an_image_that_has_no_word_for_its_host_is_none() -> None:
    text = service("bitnami/mariadb:11.4", "      MARIADB_ROOT_PASSWORD_FILE: /run/root\n")
    assert found("compose.yml", text, "any-host-all-privileges", "any-host", "root-remote") == []
    stock = service("mariadb:11.4", "      MARIADB_ROOT_PASSWORD_FILE: /run/root\n")
    assert found("compose.yml", stock, "any-host-all-privileges") == ["any-host-all-privileges:5"]


def test_who_a_grant_alone_names_without_a_host_may_be_a_role() -> None:
    text = "GRANT SELECT ON shop.* TO reader;\nSET DEFAULT ROLE reader FOR 'app'@'localhost';\n"
    assert found("grants.sql", text, "any-host") == []
    assert found("grants.sql", "GRANT SELECT ON shop.* TO PUBLIC;\n", "any-host") == []


@pytest.mark.parametrize(
    "text",
    ["GRANT SELECT ON shop.* TO reader@'%';\n", "CREATE USER IF NOT EXISTS reader IDENTIFIED BY '{{ x }}';\n"],
)
def test_a_host_that_is_written_and_a_user_that_is_made_are_findings(text: str) -> None:
    assert found("grants.sql", text, "any-host") == ["any-host:1"]


def test_branches_that_make_one_account_are_one_finding_with_both_places() -> None:
    made = "CREATE USER '{{ user }}'@'%' IDENTIFIED BY '{{ a }}';\n"
    text = f"{{% if a %}}\n{made}{{% else %}}\n{made}{{% endif %}}\n"
    (one,) = lint(text=text, filename="a.sql.j2", select=["any-host"]).findings
    assert (one.line, [place.line for place in one.related]) == (2, [4])


def test_the_same_words_of_two_accounts_are_two_findings() -> None:
    text = "CREATE USER a@'%' IDENTIFIED BY '{{ x }}';\nCREATE USER b@'%' IDENTIFIED BY '{{ y }}';\n"
    assert found("a.sql", text, "any-host") == ["any-host:1", "any-host:2"]


def test_words_that_can_be_mended_are_told_at_each_place() -> None:
    text = "GRANT SELECT ON my_shop.* TO a@'10.0.0.7';\nGRANT INSERT ON my_shop.* TO a@'10.0.0.7';\n"
    assert len(found("a.sql", text, "grant-underscore-unescaped")) == 2


@pytest.mark.parametrize("user", ["root", "mariadb.sys"])
def test_proxy_for_an_administrator_is_what_installations_make(user: str) -> None:
    assert found("a.sql", f"GRANT PROXY ON ''@'%' TO '{user}'@'localhost';\n", "proxy-everybody") == []


def test_proxy_for_everybody_names_what_is_written() -> None:
    text = "GRANT PROXY ON ''@'%' TO 'app'@'10.0.0.7';\n"
    (one,) = lint(text=text, filename="a.sql", select=["proxy-everybody"]).findings
    assert one.message == "PROXY on ''@'%' lets 'app'@'10.0.0.7' become every other account"


PLAY = """\
- hosts: db
  vars: {shop_eu_database: shop_eu}
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.0.7
        priv: "{{ shop_eu_database }}.*:ALL"
"""
SCRIPT = """\
#!/bin/sh
shop_eu=shop_eu
mysql -e "GRANT ALL ON ${shop_eu}.* TO a@10.0.0.7"
"""


@pytest.mark.parametrize(("name", "text"), [("play.yml", PLAY), ("make.sh", SCRIPT)])
def test_no_name_of_a_variable_is_rewritten(name: str, text: str) -> None:
    (one,) = lint(text=text, filename=name, select=["grant-underscore-unescaped"]).findings
    assert "{{" not in one.help
    assert "${" not in one.help


@pytest.mark.parametrize("end", ["", "\n", "  # the shop's\n"])
def test_privileges_and_database_of_two_files_are_no_text_with_blanks(end: str, tmp_path: Path) -> None:
    role = tmp_path / "roles/db"
    files = {
        "tasks/main.yml": "- mysql_user: {name: app, host: 10.0.3.7, priv: '{{ database }}.*:{{ privileges }}'}\n",
        "defaults/main.yml": "privileges: 'SELECT, INSERT'\ndatabase: shop" + end,
        "vars/main.yml": "database: shop" + end,
    }
    for name, text in files.items():
        (role / name).parent.mkdir(parents=True, exist_ok=True)
        (role / name).write_text(text, encoding="utf-8")
    linted = lint(tmp_path, select=["privilege-blanks"])
    assert not linted.crashed
