"""SQL in the commands, queries and files of states."""

# ruff: noqa: E501 - commands stand here as people write them

from collections.abc import Callable

import pytest

from grantlint.model import Declarations
from grantlint.reader.files.formats import format_named
from grantlint.reader.files.words import Sieve
from grantlint.reader.formats.salt.sign import claims as salt

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

MAINT = """
maintenance:
  cmd.run:
  - name: mysql -u root -p{{ admin.password }} -e "GRANT ALL ON *.* TO 'm'@'h' IDENTIFIED BY '{{ pillar["pw"] }}';"
  - unless: mysql -e "DROP USER x@y"
"""


def is_claimed(text: str) -> bool:
    form = format_named("salt")
    assert form is not None
    return bool(Sieve([form.words]).matches(text.encode())) and salt("init.sls", text)


@pytest.mark.parametrize(
    "text",
    [
        MAINT,
        "a:\n  cmd:\n    - run\n    - name: mysql -e \"GRANT ALL ON *.* TO 'm'@'h'\"\n",
        "a:\n  cmd.wait:\n    - names:\n      - mysql -e \"GRANT ALL ON *.* TO 'm'@'h'\"\n      - service mysql reload\n",
        "mysql -e \"GRANT ALL ON *.* TO 'm'@'h'\":\n  cmd.run\n",
        "/usr/bin/mysql -e \"GRANT ALL ON *.* TO 'm'@'h'\":\n  cmd.run\n",
        "mysql -e \"GRANT ALL ON *.* TO 'm'@'h'\":\n  cmd.run: []\n",
        "mysql -e \"GRANT ALL ON *.* TO 'm'@'h'\": cmd.run\n",
        "a:\n  cmd.run:\n    - name: |\n        mysql {{ options }} <<EOF\n        GRANT ALL ON *.* TO 'm'@'h';\n        EOF\n",
        "a:\n  mysql_query.run:\n    - database: x\n    - query: \"GRANT ALL ON *.* TO 'm'@'h'\"\n",
        "a:\n  module.run:\n    - name: mysql.query\n    - database: x\n    - query: \"GRANT ALL ON *.* TO 'm'@'h'\"\n",
        "/srv/a.sh:\n  file.managed:\n    - contents: |\n        mysql -e \"GRANT ALL ON *.* TO 'm'@'h'\"\n",
    ],
)
def test_sql_is_read_where_a_client_gets_it(accounts: Shown, text: str) -> None:
    assert is_claimed(text)
    (line,) = accounts(text)
    assert line.removeprefix("+ ").startswith("m@h")
    assert line.endswith("ALL ON *.*")


@pytest.mark.parametrize(
    "text",
    [
        'a:\n  cmd.run:\n    - name: psql -c "GRANT ALL ON TABLE t TO m"\n',
        'a:\n  cmd.run:\n    - name: mysql -e "SELECT * FROM mysql.user"\n',
        "a:\n  test.nop:\n    - name: mysql -e \"GRANT ALL ON *.* TO 'm'@'h'\"\n",
        "a:\n  cmd.run:\n    - name: 'true'\n    - onlyif: mysql -e \"GRANT ALL ON *.* TO 'm'@'h'\"\n",
    ],
)
def test_what_declares_nothing_gives_nothing(reading: Reading, text: str) -> None:
    assert reading(text) == []


def test_places_and_secrets_are_those_of_the_file(reading: Reading) -> None:
    (found,) = reading("a:\n  cmd.run:\n    - name: mysql -pgeheim -e \"CREATE USER 'm'@'h' IDENTIFIED BY 'topp';\"\n")
    (account,) = found.accounts
    source = account.host.source
    assert source.text[account.host.start : account.host.end] == "'h'"
    assert {source.text[start:end] for start, end in source.secrets} >= {"geheim", "'topp'"}


def test_what_sql_says_of_an_account_that_a_state_makes_is_said_of_the_same(accounts: Shown) -> None:
    text = """
        root:
          mysql_user.present:
            - host: localhost
            - password: x
        again:
          cmd.run:
            - name: mysql -e "ALTER USER 'root'@'localhost' IDENTIFIED BY '{{ x }}'; GRANT ALL ON *.* TO 'root'@'localhost'"
        """
    assert len(accounts(text)) == 1


def test_what_one_branch_of_jinja_drops_the_other_still_makes(accounts: Shown) -> None:
    text = """
        {% if a %}
        one: {cmd.run: [name: mysql -e "CREATE USER 'm'@'h'"]}
        {% else %}
        two: {cmd.run: [name: mysql -e "DROP USER 'm'@'h'"]}
        {% endif %}
        """
    assert len(accounts(text)) == 1


@pytest.mark.parametrize("state", ["mysql_query.run:", "module.run:\n    - name: mysql.query"])
def test_a_query_begins_in_its_database(state: str, reading: Reading) -> None:
    query = "INSERT INTO user (Host, User) VALUES ('h', 'm')"
    text = f"a:\n  {state}\n    - query: {query}\n    - database: "
    assert is_claimed(f"{text}mysql\n")
    (found,) = reading(f"{text}mysql\n")
    assert found.steps
    assert reading(f"{text}shop\n") == []
