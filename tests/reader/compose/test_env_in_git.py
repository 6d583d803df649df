"""A password in an environment file that git keeps is known to whoever has the repository."""

import os
import subprocess
from pathlib import Path

import pytest

from grantlint.model import Secrecy
from grantlint.model.location import Source
from grantlint.reader.formats.compose.document import read

pytestmark = pytest.mark.e2e

COMPOSE = """\
services:
  db:
    image: mysql:8.4
    env_file: db.env
    environment:
      MYSQL_USER: app
      MYSQL_PASSWORD: ${APP_PASSWORD}
"""


def secrecies(folder: Path, compose: str = COMPOSE) -> dict[str, tuple[Secrecy, str]]:
    (part,) = read(Source(str(folder / "compose.yaml"), compose, (os.path.realpath(folder),)))
    found: dict[str, tuple[Secrecy, str]] = {}
    for account in part.accounts:
        assert account.authentication is not None
        credential = account.authentication.credential
        assert credential is not None
        found[str(account)] = (credential.secrecy, Path(credential.span.source.path).name)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "db.env").write_text("MYSQL_ROOT_PASSWORD=Tr0ub4dor\n")
    (tmp_path / ".env").write_text("APP_PASSWORD=correct-horse\n")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    return tmp_path


def test_it_is_a_reference_while_git_does_not_keep_the_file(folder: Path) -> None:
    found = secrecies(folder)
    assert {secrecy for secrecy, _ in found.values()} == {Secrecy.REFERENCE}


def test_it_is_plain_text_at_its_place_there_once_git_does(folder: Path) -> None:
    subprocess.run(["git", "-C", folder, "add", "db.env", ".env"], check=True)
    found = secrecies(folder)
    assert found["'root'@'%'"] == (Secrecy.PLAIN, "db.env")
    assert found["'app'@'%'"] == (Secrecy.PLAIN, ".env")
    listed = COMPOSE.replace("      MYSQL_USER: app", "      - MYSQL_USER=app")
    listed = listed.replace("      MYSQL_PASSWORD: ${", "      - MYSQL_PASSWORD=${")
    assert secrecies(folder, listed)["'app'@'%'"] == (Secrecy.PLAIN, ".env")


@pytest.mark.parametrize("value", ["${OTHER}", "${APP_PASSWORD}-x", "${APP_PASSWORD:+x}"])
def test_what_is_not_all_of_the_password_is_still_a_reference(folder: Path, value: str) -> None:
    subprocess.run(["git", "-C", folder, "add", "db.env", ".env"], check=True)
    found = secrecies(folder, COMPOSE.replace("${APP_PASSWORD}", value))
    assert found["'app'@'%'"][0] is not Secrecy.PLAIN or found["'app'@'%'"][1] != ".env"


def test_a_template_or_an_empty_value_is_none(folder: Path) -> None:
    (folder / ".env").write_text("APP_PASSWORD=\n")
    (folder / "db.env").write_text("MYSQL_ROOT_PASSWORD={{ vault }}\n")
    subprocess.run(["git", "-C", folder, "add", "db.env", ".env"], check=True)
    assert Secrecy.PLAIN not in {secrecy for secrecy, _ in secrecies(folder).values()}
