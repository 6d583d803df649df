"""Scripts of a shell in the heredocs of a configuration."""

# ruff: noqa: E501 - scripts stand here as people write them

from collections.abc import Callable

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Located
from grantlint.reader.formats.terraform.sign import claims

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]
MAKES = "mysql -e \"CREATE USER 'app'@'10.%' IDENTIFIED BY '${var.pw}'\""


def instance(script: str, opens: str = "<<-EOF") -> str:
    return f'resource "aws_instance" "a" {{\n  user_data = {opens}\n{script}\n  EOF\n}}\n'


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (instance(f"    #!/bin/bash\n    {MAKES}"), ["app@10.%"]),
        (instance(f"#!/usr/bin/env sh\n{MAKES}", "base64encode(<<EOF").replace("EOF\n}", "EOF\n)}"), ["app@10.%"]),
        (instance("#!/bin/sh\nmysql -u root <<SQL\nCREATE USER a@b;\nSQL"), ["a@b"]),
        (instance("#!/bin/sh\nmysql -e \"CREATE USER '${var.user}'@'h'\""), ["?@h"]),
        (instance("#!/bin/sh\nid=$(docker run -e MYSQL_ROOT_PASSWORD=x -e MYSQL_ROOT_HOST=localhost mysql:8)"), ["(root)@(localhost): (ALL) ON (*.*) +GRANT"]),
        (instance(f"#!/usr/bin/python\n{MAKES}"), []),
        (instance(MAKES), []),
        (instance("#!/bin/sh\necho mysql"), []),
    ],
)  # fmt: skip
def test_the_commands_of_a_script_are_read(accounts: Shown, text: str, made: list[str]) -> None:
    assert accounts(text) == made


def test_places_are_those_of_the_file(reading: Reading) -> None:
    text = instance(f"    #!/bin/bash\n    {MAKES}")
    (found,) = [part for part in reading(text) if part.accounts]
    host = found.accounts[0].host
    assert isinstance(host, Located)
    assert host.source.text[host.start : host.end].strip("'") == "10.%"


def test_each_script_is_a_server_of_its_own(reading: Reading) -> None:
    script = instance("#!/bin/sh\ndocker run -e MYSQL_ROOT_PASSWORD=x mysql:8")
    units = [part.unit for part in reading(script + script) if part.accounts]
    assert len(set(units)) == len(units) == 2


def test_a_container_alone_makes_a_file_one_of_accounts() -> None:
    assert claims("main.tf", instance("#!/bin/sh\ndocker run -e MYSQL_ROOT_PASSWORD=x mysql:8"))
    assert not claims("main.tf", instance("docker run -e MYSQL_ROOT_PASSWORD=x mysql:8"))
