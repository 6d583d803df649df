"""What a script does to the grant tables is in force once it makes the server read them again."""

import pytest

from grantlint.model.location import Source
from grantlint.model.step.acts import FlushPrivileges
from grantlint.reader.formats.shell.document import read

WRITE = """mysql mysql -e "UPDATE user SET Host='%' WHERE User='root' AND Host='localhost'"\n"""


def flushes(text: str, path: str = "setup.sh") -> list[int]:
    """Return the positions of the steps that have the server read its tables."""
    (found,) = read(Source(path, text))
    return [number for number, step in enumerate(found.steps) if isinstance(step.act, FlushPrivileges)]


@pytest.mark.parametrize(
    "command",
    [
        "mysqladmin -u root flush-privileges",
        "sudo mysqladmin --defaults-file=/etc/mysql/debian.cnf reload",
        "if ok; then mariadb-admin reload; fi",
        "service mysql restart",
        "systemctl restart mariadb.service",
        "sudo /etc/init.d/mysql restart",
    ],
)
def test_a_command_that_reloads_is_a_flush_at_its_place(command: str) -> None:
    assert flushes(f"{WRITE}{command}\n") == [1]
    assert flushes(f"{command}\n{WRITE}") == [0]


@pytest.mark.parametrize(
    "command", ["# mysqladmin reload", "mysqladmin status", "systemctl status mysql", "systemctl restart nginx"]
)
def test_other_commands_are_none(command: str) -> None:
    assert flushes(f"{WRITE}{command}\n") == []


def test_images_restart_the_server_that_has_run_the_scripts_of_their_folder() -> None:
    assert flushes(WRITE, "docker-entrypoint-initdb.d/10.sh") == [1]
