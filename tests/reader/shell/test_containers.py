"""Containers that a script starts: what their images make of the variables on the command line."""

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Located, Source
from grantlint.reader.formats.shell.document import read
from told import account_told

ROOT = "-e MYSQL_ROOT_PASSWORD=geheim -e MYSQL_ROOT_HOST=localhost"
ON_ALL = "(ALL) ON (*.*) +GRANT"


def started(command: str) -> Declarations:
    (found,) = read(Source("setup.sh", f"#!/bin/sh\nPW=known\n{command}\n"))
    return found


@pytest.mark.parametrize(
    ("command", "made"),
    [
        (f"docker run -d {ROOT} mysql:8.4", ["(root)@(localhost)"]),
        (f"sudo /usr/bin/docker container run -itd --rm {ROOT} mysql:8.4 --skip-name-resolve", ["(root)@(localhost)"]),
        (f"if x; then podman create {ROOT} docker.io/library/mysql; fi", ["(root)@(localhost)"]),
        (
            f"docker run {ROOT} -e MYSQL_USER=app -eMYSQL_PASSWORD=x --env 'MYSQL_DATABASE=a_b' mysql",
            ["(root)@(localhost)", "app@(%)"],
        ),
        ("docker run --env=MARIADB_ROOT_PASSWORD=x -dp 3306:3306 mariadb:11.8", ["(root)@(%)", "(root)@(localhost)"]),
        (
            f"docker run \\\r\n  {ROOT} \\\r\n  -e MYSQL_USER=$PW -e MYSQL_PASSWORD mysql",
            ["(root)@(localhost)", "known@(%)"],
        ),
        (f"docker run {ROOT} -e MYSQL_USER=$1 -e MYSQL_PASSWORD=x mysql", ["(root)@(localhost)", "?@(%)"]),
        ("docker run -e MYSQL_ROOT_PASSWORD=x -e MYSQL_USER=app -e MYSQL_PASSWORD=$X my/mysql", ["(root)@?"]),
        (f"docker run {ROOT} $IMAGE", ["(root)@?"]),
        (f"docker run -e A={{{{ a }}}} -e B=b-{{{{ b }}}}:1,{{{{ c }}}}:2 {ROOT} mysql:8", ["(root)@(localhost)"]),
        (f"docker run {ROOT} mysql:{{{{ tag }}}}", ["(root)@(localhost)"]),
        (f"id=$(sudo docker run -d {ROOT} -e A='1)' -e B=$(id -u) mysql:8) && echo $id", ["(root)@(localhost)"]),
        (f'id="$(podman container create {ROOT} mysql:8)"', ["(root)@(localhost)"]),
        (f"id=$(docker run {ROOT} mysql:8", ["(root)@(localhost)"]),
    ],
)
def test_the_image_makes_accounts_of_the_variables(command: str, made: list[str]) -> None:
    found = started(command)
    assert [account_told(account).partition(":")[0] for account in found.accounts] == made


def test_what_is_known_of_the_server_is_on_the_command_line() -> None:
    found = started(
        "docker run --name db -p 127.0.0.1:3306:3306 -p 0.0.0.0:33060:33060 "
        f"-v data:/var/lib/mysql --mount type=bind,src=./a,dst=/etc/mysql/conf.d {ROOT} mysql:8.4.3 --bind-address=::1"
    )
    assert found.unit == "container:setup.sh:db"
    assert found.server is not None
    assert found.server.container is not None
    text = found.server.span.source.text
    told = (found.server.container.published, found.server.kept, *(one.span for one in found.not_checked))
    assert [text[span.start : span.end] for span in told if span is not None] == [
        "0.0.0.0:33060:33060",
        "data:/var/lib/mysql",
        "type=bind,src=./a,dst=/etc/mysql/conf.d",
    ]
    assert isinstance(found.server.product, Located)
    assert found.server.product.value == "mysql-8.4.3"
    assert set(found.server.settings) == {"bind_address"}


def test_a_command_without_an_image_is_no_container() -> None:
    assert started(f"docker run {ROOT} ''").accounts == []


@pytest.mark.parametrize("value", ["geheim", "'geheim'", '"geheim"', "$PASSWORD_OF_ROOT"])
def test_a_password_is_hidden(value: str) -> None:
    source = Source(
        "setup.sh", f"#!/bin/sh\nPASSWORD_OF_ROOT=geheim\ndocker run -e MYSQL_ROOT_PASSWORD={value} mysql\n"
    )
    read(source)
    at = source.text.index("geheim")
    assert any(start <= at and at + 6 <= end for start, end in source.secrets)


def test_a_script_goes_on_inside_of_the_one_container_that_it_starts() -> None:
    begin = f"docker run {ROOT} mysql\n"
    inside = "docker exec db mysql -e 'CREATE USER a@localhost'\n"
    made, script = read(Source("setup.sh", f"#!/bin/sh\n{begin}{inside}"))
    assert made.unit == script.unit
    for other in (f"{begin}{begin}{inside}", f"{begin}mysql -h elsewhere -e 'CREATE USER a@localhost'\n"):
        *made_of, script = read(Source("setup.sh", f"#!/bin/sh\n{other}"))
        assert script.unit not in {one.unit for one in made_of}
