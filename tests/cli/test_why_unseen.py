"""Rights that nobody can read: a session whose rights are listed may have more, and the list says where from."""

import json
from pathlib import Path

import pytest

from .conftest import Run

ANSIBLE = """\
- hosts: db
  tasks:
    - mysql_user: {name: app, host: '%', password: "{{ pw }}", priv: "{{ app_priv }}"}
    - mysql_user: {name: bob, host: '%', password: "{{ pw }}", priv: 'shop.*:SELECT', append_privs: true}
    - mysql_user: {name: bob, host: '%', priv: "{{ more }}", append_privs: true}
"""
PASTED = """\
mysql> SELECT user, host, plugin FROM mysql.user;
+------+-----------+-----------------------+
| user | host      | plugin                |
+------+-----------+-----------------------+
| app  | %         | caching_sha2_password |
| root | localhost | auth_socket           |
+------+-----------+-----------------------+
mysql> SHOW GRANTS FOR app@'%';
+---------------------------------------+
| GRANT USAGE ON *.* TO `app`@`%`       |
| GRANT SELECT ON `shop`.* TO `app`@`%` |
+---------------------------------------+
"""
NOT_KNOWN = "what it may do is not known, and no grant that can be read serves it"


@pytest.mark.parametrize(
    ("file", "text", "asked", "status", "lines"),
    [
        ("a.yml", ANSIBLE, ["app", "--from", "10.0.0.1"], 0, [NOT_KNOWN, "more, if a grant to 'app'@'%' gives it: "]),
        ("a.yml", ANSIBLE, ["bob", "--from", "10.0.0.1"], 0, ["SELECT ON `shop`.*", "more, if a grant to 'bob'@'%'"]),
        ("a.yml", ANSIBLE, ["app", "--from", "10.0.0.1", "-d", "shop"], 5, ["what it may do in 'shop' is not known"]),
        ("a.txt", PASTED, ["root", "--from", "socket"], 0, [NOT_KNOWN, "SHOW GRANTS FOR 'root'@'localhost'"]),
    ],
)
def test_what_nobody_can_read_is_no_lack_of_rights(
    file: str, text: str, asked: list[str], status: int, lines: list[str], here: Path, grantlint: Run
) -> None:
    (here / file).write_text(text, encoding="utf-8")
    ran = grantlint("why", *asked, "--server", "mysql-5.7" if file == "a.yml" else "mysql-8.4", file)
    assert ran.status == status, ran.out
    assert "may do nothing" not in ran.out
    for line in lines:
        assert line in ran.out


def test_where_all_is_read_nothing_more_is_said(here: Path, grantlint: Run) -> None:
    (here / "a.sql").write_text("CREATE USER app@'%'; CREATE USER bob; GRANT SELECT ON shop.* TO app@'%';")
    assert "more, if" not in grantlint("why", "app", "--from", "10.0.0.1", "a.sql").out
    assert "may do nothing: no grant serves it" in grantlint("why", "bob", "--from", "10.0.0.1", "a.sql").out


def test_json_has_it_with_its_place(here: Path, grantlint: Run) -> None:
    (here / "a.yml").write_text(ANSIBLE, encoding="utf-8")
    ran = grantlint("why", "bob", "--from", "10.0.0.1", "--server", "mysql-5.7", "--format", "json", "a.yml")
    (one,) = json.loads(ran.out)["answers"]
    assert [(unseen["path"], unseen["line"]) for unseen in one["unseen"]] == [("a.yml", 5)]
    assert one["unless"] == []


USER = "CREATE USER u@localhost; "


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("GRANT app_read TO u@localhost;", 5),
        ("CREATE ROLE r; GRANT r TO u@localhost; GRANT app_read TO r;", 5),
        ("GRANT app_read TO u@localhost; GRANT SELECT ON shop.* TO app_read;", 1),
        ("CREATE ROLE app_read; GRANT app_read TO u@localhost;", 1),
        ("CREATE USER v; GRANT app_read TO v;", 1),
        ("GRANT SELECT ON shop.* TO u@localhost; GRANT app_read TO u@localhost;", 0),
    ],
)
def test_a_role_that_no_file_makes_may_give_what_is_asked(text: str, status: int, here: Path, grantlint: Run) -> None:
    (here / "a.sql").write_text(USER + text, encoding="utf-8")
    ran = grantlint("why", "u", "--from", "socket", "-d", "shop", "-p", "select", "--server", "mysql-8.4", "a.sql")
    assert ran.status == status, ran.out
    assert ("unless the role 'app_read' gives it, which no file makes" in ran.out) is (status == 5)
