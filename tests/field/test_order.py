"""The order in which statements run: what is granted before its account is made is refused, and what ends there."""

from pathlib import Path

import pytest

from grantlint.cli.main import main
from looks import Look

GRANT = "GRANT SELECT ON shop.* TO app@'10.%';\n"
USER = "CREATE USER app@'10.%' IDENTIFIED BY RANDOM PASSWORD;\n"
DELETE = "DELETE FROM mysql.user WHERE User = 'app';\nFLUSH PRIVILEGES;\n"
COMPOSE = """\
services:
  db:
    image: mysql:8.4
    environment: {MYSQL_ROOT_PASSWORD: "${P}", MYSQL_DATABASE: shop}
    volumes: ["./db:/docker-entrypoint-initdb.d"]
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("db").mkdir()


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (f"{GRANT}{USER}", 1),
        (f"{USER}{GRANT}", 0),
        (f"{GRANT}DROP USER app@'10.%';\n{USER}", 0),
        (f"{GRANT}{DELETE}{USER}", 0),
        (f"{GRANT}CREATE USER IF NOT EXISTS app@'10.%' IDENTIFIED BY RANDOM PASSWORD;\n", 0),
        (f"DROP USER app@'10.%';\n{USER}", 0),
    ],
)
def test_an_account_that_is_made_later_is_not_there(
    text: str, refused: int, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.sql").write_text(text, encoding="utf-8")
    main(["check", "--server", "mysql-8.4", "--format", "concise", "a.sql"])
    assert capsys.readouterr().out.count("error[statement-rejected]") == refused


FUNCTIONS = 'grant() {{\n  mysql -e "{0}"\n}}\ncreate() {{\n  mysql -e "{1}"\n}}\ncreate\ngrant\n'
TASKS = '- mysql_query: {{query: "{0}"}}\n  when: there\n- mysql_query: {{query: "{1}"}}\n  when: not there\n'


@pytest.mark.parametrize(
    ("name", "frame", "refused"),
    [
        ("a.sh", f"#!/bin/sh\n{FUNCTIONS}", 0),
        ("a.sh", f"#!/bin/sh\nset -e\n{FUNCTIONS}", 0),
        ("a.sh", "#!/bin/sh\nmysql <<E\n{0};\n{1};\nE\n", 1),
        ("tasks.yml", TASKS, 0),
    ],
)
def test_only_what_runs_as_it_stands_tells_what_is_made_later(
    name: str, frame: str, refused: int, capsys: pytest.CaptureFixture[str]
) -> None:
    text = frame.format(GRANT.strip(";\n"), USER.strip(";\n"))
    Path(name).write_text(text, encoding="utf-8")
    main(["check", "--server", "mysql-8.4", "--format", "concise", name])
    assert capsys.readouterr().out.count("error[statement-rejected]") == refused


@pytest.mark.parametrize(
    ("first", "second", "status", "said"),
    [
        ("01-users.sql", "02-grants.sql", 0, "SELECT ON `shop`.*"),
        ("02-users.sql", "01-grants.sql", 1, "the image's entry point ends at db/01-grants.sql:1"),
        ("9-users.sql", "10-grants.sql", 1, "the image's entry point ends at db/10-grants.sql:1"),
    ],
)
def test_a_mounted_folder_runs_in_the_order_of_its_names_and_ends_at_what_is_refused(
    first: str, second: str, status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("compose.yml").write_text(COMPOSE, encoding="utf-8")
    Path("db", first).write_text(USER, encoding="utf-8")
    Path("db", second).write_text(GRANT, encoding="utf-8")
    found = main(["why", "app", "--from", "10.0.0.5", "-d", "shop", "."])
    assert said in capsys.readouterr().out
    assert found == status


NOBODY = "GRANT SELECT ON shop.* TO nobody@'10.%';\n"


@pytest.mark.parametrize(
    ("before", "files", "status"),
    [
        (NOBODY, {}, 1),
        ("DROP USER nobody@'10.%';\n", {}, 1),
        ("GRANT SELECT ON shop.* TO 'root'@'127.0.0.1';\n", {}, 0),  # which some installations have
        ("SELECT 1;\n", {}, 0),
        (NOBODY, {"db/tables.sql": "CREATE TABLE shop.t (a INT);\n"}, 1),
        (NOBODY, {"db/README.md": "These are run by the image."}, 1),
        (NOBODY, {"db/0.sh": "#!/bin/sh\nexec /own/script\n"}, 0),  # that may make it
        (NOBODY, {"db/0.sql.gz": "packed"}, 0),
        (NOBODY, {"db/0.sql": "CREATE USER nobody@'10.%';\n"}, 0),
        (NOBODY, {"compose.yml": f"{COMPOSE}    configs: [own]\n"}, 0),
        (NOBODY, {"db/0.sql": "SET @a = (SELECT t FROM c); PREPARE s FROM @a; EXECUTE s;\n"}, 0),
        (NOBODY, {"db/0.sql": "CREATE USER '{{ user }}'@'10.%';\n"}, 0),
    ],
)
def test_a_first_start_of_which_all_is_read_has_no_other_accounts(
    before: str, files: dict[str, str], status: int
) -> None:
    """A grant to an account that nothing has made ends the entry point (facts: R7)."""
    texts = {"compose.yml": COMPOSE, "db/a.sql": f"{before}{USER}", **files}
    for name, text in texts.items():
        Path(name).write_text(text, encoding="utf-8")
    assert main(["why", "app", "--from", "10.0.0.5", "."]) == status


@pytest.mark.parametrize(("user", "status"), [("other", 1), ("$OTHER", 0), ("${OTHER:-other}", 0)])
def test_a_variable_that_is_set_elsewhere_may_name_the_account(user: str, status: int) -> None:
    service = COMPOSE.replace("MYSQL_DATABASE: shop", f'MYSQL_USER: "{user}", MYSQL_PASSWORD: "${{P}}"')
    for name, text in {"compose.yml": service, "db/a.sql": f"GRANT SELECT ON d.* TO nobody@'%';\n{USER}"}.items():
        Path(name).write_text(text, encoding="utf-8")
    assert main(["why", "app", "--from", "10.0.0.5", "."]) == status


def test_a_script_that_was_not_looked_at_may_make_the_account() -> None:
    for name, text in {"compose.yml": COMPOSE, "db/a.sql": f"{NOBODY}{USER}", "db/0.sql": "SELECT 1;\n"}.items():
        Path(name).write_text(text, encoding="utf-8")
    assert main(["why", "app", "--from", "10.0.0.5", "."]) == 1
    assert main(["why", "app", "--from", "10.0.0.5", "compose.yml", "db/a.sql"]) == 0


@pytest.mark.parametrize(
    ("statement", "made"), [("CREATE USER third", "third@%"), ("CREATE USER third@10.0.0.9", "third@10.0.0.9")]
)
def test_what_a_server_runs_is_read_though_nothing_in_it_tells_its_dialect(
    statement: str, made: str, look: Look
) -> None:
    files = {"compose.yml": COMPOSE, "db/a.sql": f"{statement};\n", "other/b.sql": f"{statement};\n"}
    assert [one for one in look(files).declared if one.startswith("third")] == [made]  # not that of other/


def test_a_script_ends_where_its_session_lacks_the_role_that_it_sets(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.sql").write_text("CREATE ROLE r;\nSET ROLE r;\nCREATE USER z;\n", "utf-8")
    assert main(["why", "z", "--from", "10.0.0.1", "--server", "mysql-8.4", "a.sql"]) != 0
    assert "3530" in capsys.readouterr().out
    assert main(["why", "z", "--from", "10.0.0.1", "--server", "mariadb-11.8", "a.sql"]) == 0


@pytest.mark.parametrize("server", ["mysql-5.7", "mariadb-10.4", "mariadb-10.11"])
def test_a_privilege_is_read_as_it_is_written(server: str) -> None:
    """GRANT ... IDENTIFIED is no statement of the newest MySQL, and MariaDB has another name for the privilege."""
    Path("a.sql").write_text("GRANT REPLICATION CLIENT ON *.* TO 'app'@'%' IDENTIFIED BY 'x';\n", encoding="utf-8")
    assert main(["why", "app", "--from", "10.0.0.1", "-p", "REPLICATION CLIENT", "--server", server, "a.sql"]) == 0
