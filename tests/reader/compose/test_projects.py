"""The files of a project: those that `.env` names, services of other files, and files that a command line may join."""

from collections.abc import Callable
from pathlib import Path

from grantlint.model import Declarations

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

BASE = """
    services:
      db:
        image: mysql:8.4
        environment: {MYSQL_ROOT_PASSWORD: "${PW}", MYSQL_USER: "${WHO}", MYSQL_PASSWORD: "${PW}"}
"""
ABOVE = """
    services:
      db:
        environment: {MYSQL_USER: above, MYSQL_ROOT_HOST: 10.0.0.%}
        volumes: ["./init:/docker-entrypoint-initdb.d"]
"""


def names(shown: list[str]) -> list[str]:
    return sorted({line.split()[0].rstrip(":").translate({40: None, 41: None}) for line in shown})


def test_the_files_that_compose_file_names_are_laid_over_each_other(
    accounts: Shown, reading: Reading, tmp_path: Path
) -> None:
    beside = {
        ".env": "WHO=app\nCOMPOSE_FILE=compose.yml:prod/a.yml\n",
        "prod/a.yml": ABOVE,
        "compose.override.yml": "services: {db: {environment: [MYSQL_USER=unused]}}",
    }
    shown = accounts(BASE, at=tmp_path, beside=beside)
    assert names(shown) == ["above@%", "root@10.0.0.%", "root@localhost"]
    (found,) = reading(BASE, at=tmp_path, beside=beside)
    assert found.includes == (str(tmp_path / "init"),)  # paths begin in the folder of the first file


def test_another_sign_may_part_the_names(accounts: Shown, tmp_path: Path) -> None:
    beside = {".env": "COMPOSE_PATH_SEPARATOR=;\nCOMPOSE_FILE=compose.yml;prod.yml\n", "prod.yml": ABOVE}
    assert "above@%" in names(accounts(BASE, at=tmp_path, beside=beside))


def test_the_variables_of_the_working_folder_come_first(reading: Reading, tmp_path: Path) -> None:
    inner = tmp_path / "deploy"
    inner.mkdir()
    (inner / ".env").write_text("WHO=inner\n", encoding="utf-8")
    beside = {"../.env": "WHO=outer\nCOMPOSE_FILE=deploy/compose.yml\n"}
    (found,) = reading(BASE, at=inner, beside=beside, root=tmp_path)
    assert "outer" in {getattr(account.user, "value", "") for account in found.accounts}


def test_a_service_of_another_file_is_extended(accounts: Shown, tmp_path: Path) -> None:
    text = "services: {db: {extends: {file: parts/common.yml, service: base}, environment: [MYSQL_USER=child]}}"
    common = (
        BASE.replace("db:", "base:")
        + '        env_file: pw.env\n        volumes: ["./i:/docker-entrypoint-initdb.d"]\n'
    )
    shown = accounts(
        text, at=tmp_path, beside={"parts/common.yml": common, "parts/pw.env": "MYSQL_ROOT_HOST=10.0.0.5\n"}
    )
    assert names(shown) == ["child@%", "root@10.0.0.5", "root@localhost"]


def test_the_variables_of_what_is_extended_stay(accounts: Shown) -> None:
    base = "a: {image: mysql, environment: {MYSQL_ROOT_PASSWORD: x}}"
    text = f"services: {{{base}, b: {{extends: a, environment: {{MYSQL_ROOT_HOST: h}}}}}}"
    assert names(accounts(text)) == ["root@%", "root@h", "root@localhost"]


def test_services_that_extend_each_other_end(reading: Reading) -> None:
    text = "services: {a: {image: mysql, extends: b, environment: [MYSQL_ROOT_PASSWORD=x]}, b: {extends: a}}"
    assert len(reading(text)) == 2


def test_a_file_that_a_command_line_may_lay_over_another_is_counted(reading: Reading, tmp_path: Path) -> None:
    above = "services: {db: {environment: [MYSQL_USER=other]}}"
    other = BASE.replace("${WHO}", "app")
    (found,) = reading(above, at=tmp_path, beside={"docker-compose.base.yml": other})
    assert [one.why for one in found.not_checked] == [
        "whether they are laid over docker-compose.base.yml, a command line tells"
    ]
    assert reading(above.replace("db:", "web:"), at=tmp_path, beside={"docker-compose.base.yml": other}) == []
