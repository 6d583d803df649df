"""What a script does to accounts without SQL of its own is counted."""

import pytest

from grantlint.model.location import Source
from grantlint.reader.files.formats import format_named
from grantlint.reader.formats.shell.document import read

CONTAINER = "accounts: a container that the script starts makes them of its variables"


@pytest.mark.parametrize(
    ("command", "counted"),
    [
        ("docker run -d $OPTIONS -e MYSQL_ROOT_PASSWORD=x mysql:8", [CONTAINER]),
        ('docker run -e MYSQL_ROOT_PASSWORD=x "${MORE[@]}" mysql:8', [CONTAINER]),
        ("id=$(docker run -d -e 'MYSQL_ALLOW_EMPTY_PASSWORD=1' our/data)", [CONTAINER]),
        ("ssh db 'docker run -e MYSQL_ROOT_PASSWORD=x mysql'", [CONTAINER]),
        ("docker run -e MYSQL_ROOT_PASSWORD=x", [CONTAINER]),
        ("docker run -e MYSQL_ROOT_PASSWORD=x our/data", [CONTAINER]),
        ("docker run -e MYSQL_USER=<%= user %> mysql", [CONTAINER]),
        ("# docker run -e MYSQL_USER=a mysql", []),
        ("docker run -e DB_USER=a web", []),
        ("docker run -e MYSQL_USER=a web", []),
        ("docker run --rm -e MYSQL_ROOT_PASSWORD=x mysql mysql -h db -u root", []),
        ("docker exec -e MYSQL_USER=a db true", []),
    ],
)
def test_containers_are_counted(command: str, counted: list[str]) -> None:
    source = Source("setup.sh", f"#!/bin/sh\n{command}\n")
    found = [f"{what}: {why}" for part in read(source) for what, why, _ in part.not_checked]
    assert found == counted
    assert all(part.accounts == [] for part in read(source))
    known = format_named("shell")
    assert known is not None
    assert known.claims("setup.sh", source.text) is bool(counted) or "MYSQL_" in command


def test_the_place_is_the_line_on_which_the_command_begins() -> None:
    source = Source("setup.sh", "echo\n  docker run \\\n -e MYSQL_USER=a $MORE mysql\n")
    (part,) = read(source)
    (missed,) = part.not_checked
    assert source.text[missed.span.start : missed.span.end] == "docker run \\"
