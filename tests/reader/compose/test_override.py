"""The file that Compose lays over its own, and volumes that keep the data of a server."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Located, Source
from grantlint.reader.formats.compose.document import read

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

BASE = """
    services:
      db:
        image: mysql:8.4
        environment: {MYSQL_RANDOM_ROOT_PASSWORD: 1, MYSQL_USER: app, MYSQL_PASSWORD: "${PW}"}
        volumes: [data:/var/lib/mysql]
"""
OTHER = "services: {db: {image: mariadb:11.8, environment: [MYSQL_USER=other], command: --skip-name-resolve}}"


def users(found: list[Declarations]) -> list[str]:
    return [account.user.value for one in found for account in one.accounts if isinstance(account.user, Located)]


@pytest.mark.parametrize("name", ["compose.override.yaml", "docker-compose.override.yml"])
def test_what_is_laid_over_counts_service_by_service(name: str, reading: Reading, tmp_path: Path) -> None:
    (found,) = reading(BASE, at=tmp_path, beside={name: OTHER})
    assert "other" in users([found])
    assert "app" not in users([found])
    assert found.server is not None
    assert isinstance(found.server.product, Located)
    assert found.server.product.value == "mariadb-11.8"
    assert "skip_name_resolve" in found.server.settings
    (place,) = {account.user.source.path for account in found.accounts if account.user.value == "other"}  # type: ignore[union-attr] - known
    assert place.endswith(name)


def test_a_service_that_is_laid_over_is_none_of_its_own(reading: Reading, tmp_path: Path) -> None:
    reading(BASE, at=tmp_path, beside={"compose.override.yml": OTHER})
    path = tmp_path / "compose.override.yml"
    assert read(Source(str(path), path.read_text(encoding="utf-8"), (str(tmp_path.resolve()),))) == ()


def test_a_file_of_another_name_has_none_laid_over(tmp_path: Path) -> None:
    (tmp_path / "compose.override.yml").write_text(OTHER, encoding="utf-8")
    text = BASE.replace("\n    ", "\n")
    found = list(read(Source(str(tmp_path / "compose.prod.yml"), text, (str(tmp_path.resolve()),))))
    assert "app" in users(found)


def test_one_that_is_no_yaml_leaves_open_what_it_says(reading: Reading, tmp_path: Path) -> None:
    (found,) = reading(BASE, at=tmp_path, beside={"compose.override.yml": "services: {db: ["})
    assert "compose.override.yml is no YAML" in [one.why for one in found.not_checked]


@pytest.mark.parametrize(
    ("volume", "kept"), [("data:/var/lib/mysql", True), ("./db:/var/lib/mysql/:rw", True), ("./conf:/etc/mysql", False)]
)
def test_the_volume_that_keeps_the_data_is_known(volume: str, kept: bool, reading: Reading) -> None:  # noqa: FBT001 - a case
    (found,) = reading(BASE.replace("data:/var/lib/mysql", volume))
    assert found.server is not None
    assert (found.server.kept is not None) is kept
