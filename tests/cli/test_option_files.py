"""A my.cnf beside the accounts: findings say where the setting stands."""

from pathlib import Path

from .conftest import Run

SQL = "CREATE USER 'app'@'web1.example.com' IDENTIFIED BY 'x';\n"


def test_a_finding_names_the_place_of_the_setting_that_it_depends_on(here: Path, grantlint: Run) -> None:
    (here / "users.sql").write_text(SQL, encoding="utf-8")
    assert grantlint("--select", "name-under-skip-name-resolve").status == 0
    (here / "my.cnf").write_text("[mysqld]\nskip-name-resolve\n", encoding="utf-8")
    ran = grantlint("--select", "name-under-skip-name-resolve")
    assert ran.status == 1
    assert "error[name-under-skip-name-resolve]: " in ran.out
    assert " --> users.sql:1:19\n" in ran.out
    assert " --> my.cnf:2:1\n" in ran.out
    assert "^ skip_name_resolve" not in ran.out
    assert "- skip_name_resolve is set here\n" in ran.out


def test_a_client_whose_name_counts_for_nothing_is_told_why(here: Path, grantlint: Run) -> None:
    (here / "users.yml").write_text(
        "hosts: [{name: web-1, addresses: [10.0.0.7], dns_names: [web1.example.com]}]\n"
        "users:\n- {user: app, host: web1.example.com, authentication: {secret: vault:app}}\n",
        encoding="utf-8",
    )
    assert grantlint("--select", "declared-host-refused").status == 0
    (here / "my.cnf").write_text("[mysqld]\nskip-name-resolve\n", encoding="utf-8")
    ran = grantlint("--select", "declared-host-refused")
    assert " --> my.cnf:2:1\n" in ran.out
    assert "skip_name_resolve is set here: its name counts for nothing" in " ".join(ran.out.split())


def test_servers_with_the_same_setting_each_name_their_own_place(here: Path, grantlint: Run) -> None:
    for folder in ("a", "b"):
        (here / folder).mkdir()
        (here / folder / "users.sql").write_text(SQL, encoding="utf-8")
        (here / folder / "my.cnf").write_text("[mysqld]\nskip-name-resolve\n", encoding="utf-8")
    ran = grantlint("--select", "name-under-skip-name-resolve")
    assert ran.out.count("--> a/my.cnf:2:1") == ran.out.count("--> b/my.cnf:2:1") == 1


def test_option_files_alone_are_nothing_to_check(here: Path, grantlint: Run) -> None:
    (here / "my.cnf").write_text("[mysqld]\nskip-name-resolve\n", encoding="utf-8")
    assert grantlint().status == 4
    assert "my.cnf  mycnf  1 setting" in grantlint("files").out


def test_an_option_file_that_is_mounted_goes_before_the_image_s_own(here: Path, grantlint: Run) -> None:
    (here / "compose.yml").write_text(
        "services:\n  db:\n    image: mysql\n    volumes: ['./my.cnf:/etc/mysql/conf.d/my.cnf']\n"
        "    environment: {MYSQL_ROOT_PASSWORD_FILE: /run/x, MYSQL_ROOT_HOST: db.example.com}\n",
        encoding="utf-8",
    )
    rule = "name-under-skip-name-resolve"
    (here / "my.cnf").write_text("[mysqld]\nbind-address = ::\n", encoding="utf-8")
    assert "this image sets skip_name_resolve" in grantlint("--output", "json", "--select", rule).out
    (here / "my.cnf").write_text("[mysqld]\nskip-name-resolve = off\n", encoding="utf-8")
    assert grantlint("--select", rule).status == 0
