"""Services whose image is built of a known one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grantlint.model import Declarations

Reading = Callable[..., list[Declarations]]

TEXT = """
    services:
      db:
        build: {}
        environment: {{MYSQL_ROOT_PASSWORD: "${{P}}", MYSQL_USER: app, MYSQL_PASSWORD: "${{Q}}"}}
"""


@pytest.mark.parametrize(
    ("build", "files"),
    [
        ("./db", {"db/Dockerfile": "FROM mariadb:11.4\n"}),
        ("{context: ., dockerfile: db.dockerfile}", {"db.dockerfile": "from --platform=x mysql:8.4 as db\nRUN true\n"}),
        ("db", {"db/Dockerfile": "FROM mysql:8.4 AS base\nRUN x <<E\nFROM other\nE\nFROM base AS last\n"}),
        ("db", {"db/Dockerfile": 'FROM alpine AS a\nRUN x\n\nFROM mysql:8.4\nCMD ["mysqld"]\n'}),
        ("{context: db, target: Dev}", {"db/Dockerfile": "FROM mysql:8.4 AS dev\nFROM alpine\nENTRYPOINT x\n"}),
        ("db", {"db/Dockerfile": 'FROM mysql:8.4\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["mysqld"]\n'}),
    ],
)
def test_the_last_stage_of_a_dockerfile_tells_the_image(
    build: str, files: dict[str, str], reading: Reading, tmp_path: Path
) -> None:
    (found,) = reading(TEXT.format(build), at=tmp_path, beside=files)
    assert len(found.accounts) == 3
    assert not found.not_checked


@pytest.mark.parametrize(
    ("build", "dockerfile"),
    [
        ("./db", 'FROM mysql:8.4\nENTRYPOINT ["/own.sh"]\n'),
        ("./db", "FROM mysql:8.4\nENV MYSQL_ROOT_HOST=10.0.0.5\n"),
        ("./db", "ARG V=8.4\nFROM mysql:$V\n"),
        ("./db", 'FROM mysql:8.4 AS base\nENTRYPOINT ["/own.sh"]\nFROM base\n'),
        ("./db", "FROM debian:12\nRUN apt-get install -y mariadb-server\n"),
        ("{context: ./db, target: dev}", "FROM mysql:8.4 AS base\n"),
        ("{context: ./db, target: '${STAGE}'}", "FROM mysql:8.4 AS base\n"),
        ("{context: ./db, target: }", "FROM mysql:8.4\n"),
        ("./db", "FROM mysql:8.4\nCOPY docker-entrypoint.sh /usr/local/bin/\nENTRYPOINT docker-entrypoint.sh\n"),
        ("./elsewhere", "FROM mysql:8.4\n"),
        ("../out", "FROM mysql:8.4\n"),
        ("https://example.com/x.git", "FROM mysql:8.4\n"),
    ],
)
def test_any_other_is_counted(build: str, dockerfile: str, reading: Reading, tmp_path: Path) -> None:
    (found,) = reading(TEXT.format(build), at=tmp_path, beside={"db/Dockerfile": dockerfile})
    assert not found.accounts
    assert [one.why for one in found.not_checked] == ["the image is built here"]


def test_what_it_copies_belongs_to_the_server(reading: Reading, tmp_path: Path) -> None:
    dockerfile = """FROM mariadb:11.4
COPY --chown=mysql init/ /docker-entrypoint-initdb.d/
COPY my.cnf /etc/mysql/conf.d/my.cnf
COPY --from=other /x /docker-entrypoint-initdb.d/x.sql
COPY app /srv/app
"""
    (found,) = reading(TEXT.format("./db"), at=tmp_path, beside={"db/Dockerfile": dockerfile})
    assert found.not_checked != []  # what another stage brings
    (found,) = reading(
        TEXT.format("./db"), at=tmp_path, beside={"db/Dockerfile": dockerfile.replace("--from=other /x", "x.sql")}
    )
    assert found.includes == tuple(str(tmp_path / "db" / name) for name in ("init", "my.cnf", "x.sql"))
