"""Accounts that an image makes of the variables in its Dockerfile."""

from pathlib import Path

import pytest

from grantlint.model.location import Located, Source
from grantlint.reader.files.formats import OTHER

ENV = (
    "FROM mysql:8.4\nENV MYSQL_ROOT_PASSWORD=Tr0ub4dor MYSQL_USER=app MYSQL_PASSWORD=correct-horse MYSQL_DATABASE=a_b\n"
)


def accounts(text: str, path: str = "db/Dockerfile") -> list[str]:
    return sorted(str(account) for part in OTHER.read(Source(path, text)) for account in part.accounts)


def counted(text: str) -> list[str]:
    return [one.why for part in OTHER.read(Source("Dockerfile", text)) for one in part.not_checked]


def test_the_variables_of_a_servers_image_make_its_accounts() -> None:
    (part,) = OTHER.read(Source("db/Dockerfile", ENV))
    assert sorted(map(str, part.accounts)) == ["'app'@'%'", "'root'@'%'", "'root'@'localhost'"]
    assert part.server is not None
    assert isinstance(part.server.product, Located)
    assert part.server.product.value == "mysql-8.4"
    assert not part.not_checked


@pytest.mark.parametrize(
    "text",
    [
        "FROM mariadb:11.8\nENV MARIADB_ROOT_PASSWORD x y\nENV MARIADB_USER app\nENV MARIADB_PASSWORD a\n",
        (
            "FROM --platform=linux/amd64 mysql:$V AS one\nENV MYSQL_ROOT_PASSWORD='a b' \\\n  # why\n\n"
            '  MYSQL_USER="app" \\\n  MYSQL_PASSWORD=$P\nFROM one\n'
        ),
        f"FROM golang AS built\nENV MYSQL_USER=other\n{ENV}",
        "FROM mysql:8.4\r\nENV MYSQL_ROOT_PASSWORD=a MYSQL_USER=app \\\r\n MYSQL_PASSWORD=b\r\n",
        f"{ENV}RUN <<EOF\nFROM scratch\nENV MYSQL_USER=other\nEOF\n",
    ],
)
def test_the_last_stage_counts_with_what_it_builds_on(text: str) -> None:
    assert accounts(text) == ["'app'@'%'", "'root'@'%'", "'root'@'localhost'"]


@pytest.mark.parametrize(
    "text",
    [
        ENV.replace("mysql:8.4", "example.com/shop/db:1"),
        ENV.replace("mysql:8.4", "$BASE"),
        ENV + 'ENTRYPOINT ["/start.sh"]\n',
        ENV + 'COPY entrypoint.sh /entrypoint.sh\nENTRYPOINT ["/entrypoint.sh"]\n',
        ENV + "CMD sleep 9\n",
        "# escape=`\n" + ENV,
        "FROM mysql:8.4\nENV MYSQL_USER=app\n",
    ],
)
def test_what_no_known_entry_point_makes_of_them_is_counted(text: str) -> None:
    assert accounts(text) == []
    assert counted(text)


def test_a_command_of_its_own_leaves_the_settings_open() -> None:
    text = ENV + 'CMD ["mysqld", "--skip-name-resolve=OFF"]\n'
    assert accounts(text) == accounts(ENV)
    assert counted(text) == ["the image starts with options of its own"]


def test_passwords_are_hidden_in_every_stage() -> None:
    source = Source("Dockerfile", "FROM alpine\nENV X_PASSWORD=one DB_PASS=two\n" + ENV)
    OTHER.read(source)
    hidden = {source.text[start:end] for start, end in source.secrets}
    assert hidden >= {"one", "two", "Tr0ub4dor", "correct-horse"}


def test_a_file_of_another_name_is_no_dockerfile(tmp_path: Path) -> None:
    assert accounts(ENV, str(tmp_path / "notes")) == []


def test_a_damaged_one_is_read_in_a_moment() -> None:
    for text in ("RUN <<a\n" * 20_000, "ENV a" + " " * 200_000 + "\\\n" * 20_000, "COPY " + "/" * 200_000):
        assert accounts("FROM mysql\n" + text + ENV.replace("FROM mysql:8.4\n", "")) is not None


@pytest.mark.parametrize(
    "name",
    [
        "MARIADB_MYSQL_LOCALHOST_USER",
        "MARIADB_ROOT_PASSWORD_HASH",
        "MYSQL_ROOT_PASSWORD_FILE",
        "MARIADB_USER_HOST",
        "MARIADB_REPLICATION_USER",
    ],
)
def test_every_variable_of_accounts_is_seen(name: str) -> None:
    assert accounts(f"FROM mariadb:11.8\nENV TZ=UTC \\\n  {name}=1\n") or counted(f"FROM mariadb:11.8\nENV {name}=1\n")
