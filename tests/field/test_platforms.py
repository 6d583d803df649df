"""Managed servers: what the platform keeps to itself is granted to nobody, and what it gives is not known."""

from pathlib import Path

import pytest

from grantlint.cli.main import main

ACCOUNT = "CREATE USER app@'10.0.3.%' REQUIRE SSL;\n"
CLOUD = (
    'resource "google_sql_user" "a" {\n  name = "app"\n  instance = var.i\n  host = "10.0.3.7"\n  password = var.p\n}\n'
)


@pytest.mark.parametrize(
    ("server", "grant", "privilege", "status", "said"),
    [
        ("mysql-8.0", "ALL ON *.*", "SUPER", 0, "SUPER: yes"),
        ("rds-mysql-8.0", "ALL ON *.*", "SUPER", 1, "gets ERROR 1045"),
        ("rds-mariadb-10.11", "ALL ON *.*", "SELECT", 1, "ALL on *.* holds SUPER, which Amazon RDS keeps to itself"),
        ("aurora-mysql-3", "SELECT, FILE ON *.*", "FILE", 1, "nothing gives FILE: Amazon Aurora keeps it"),
        ("azure-mysql-8.0", "SUPER ON *.*", "SUPER", 1, "gets ERROR 1045"),
        ("cloudsql-mysql-8.0", "PROCESS ON *.*", "PROCESS", 0, "PROCESS: yes"),
        ("rds-mysql-8.0", "ALL ON `%`.*", "SUPER", 1, "SUPER: no"),
        ("cloudsql-mysql-5.7", "SHUTDOWN ON *.*", "SHUTDOWN", 0, "SHUTDOWN: yes"),
        ("cloudsql-mysql-5.7", "FILE ON *.*", "FILE", 1, "gets ERROR 1045"),
    ],
)
def test_what_a_platform_keeps_nobody_has(
    server: str,
    grant: str,
    privilege: str,
    status: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.sql").write_text(f"{ACCOUNT}GRANT {grant} TO app@'10.0.3.%';\n", encoding="utf-8")
    found = main(["why", "app", "--from", "10.0.3.7", "-p", privilege, "--server", server, "a.sql"])
    assert said in capsys.readouterr().out
    assert found == status


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("-d", "shop"), 5, "what Cloud SQL gives to the users that it makes"),
        (("-p", "PROCESS"), 5, "what Cloud SQL gives to the users that it makes"),
        (("-p", "SUPER", "--server", "cloudsql-mysql-8.0"), 1, "Cloud SQL keeps it"),
        ((), 0, "let in as 'app'@'10.0.3.7'"),
    ],
)
def test_what_a_platform_gives_is_not_known(
    words: tuple[str, ...],
    status: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("main.tf").write_text(CLOUD, encoding="utf-8")
    found = main(["why", "app", "--from", "10.0.3.7", *words, "main.tf"])
    assert said in capsys.readouterr().out
    assert found == status


@pytest.mark.parametrize(
    ("server", "refused"),
    [
        ("mysql-8.4", "1524"),
        ("aurora-mysql-8.4", "without TLS: ERROR 3159"),
        ("aurora-mysql-3", "let in as 'app'@'10.%'\n\n"),
        ("azure-mysql-8.0", "without TLS: ERROR 3159"),
    ],
)
def test_tls_is_wanted_and_old_passwords_work_where_the_platform_has_it_so(
    server: str, refused: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.sql").write_text("CREATE USER app@'10.%' IDENTIFIED WITH mysql_native_password BY 'x';\n", "utf-8")
    main(["why", "app", "--from", "10.0.3.7", "--server", server, str(tmp_path / "a.sql")])
    assert refused in capsys.readouterr().out


def test_tls_is_not_wanted_where_a_file_switches_it_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.sql").write_text("CREATE USER app@'10.%';\n", "utf-8")
    (tmp_path / "my.cnf").write_text("[mysqld]\nrequire_secure_transport = OFF\n", "utf-8")
    main(["why", "app", "--from", "10.0.3.7", "--server", "azure-mysql-8.0", str(tmp_path)])
    assert "3159" not in capsys.readouterr().out
