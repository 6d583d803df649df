"""What is no account statement for a MySQL or MariaDB server, and what is one and wrong."""

# ruff: noqa: Q003 - scripts stand here as people write them

from collections.abc import Callable

import pytest

from grantlint.model import Declarations
from grantlint.reader.files.formats import format_named

Reading = Callable[..., list[Declarations]]


@pytest.mark.parametrize(
    "script",
    [
        "echo \"Grant access on the server to the user\" > mysql.txt\n",
        "echo 'Create user accounts first; then grant all of them access' > mysql.txt\n",
        "cat <<EOF > mysql-help.txt\nGrant the user access on all hosts to work with mysql.\nEOF\n",
        "echo \"GRANT ALL ON *.* TO 'root'@'%';  -- run this with mysql yourself\"\n",
        "psql <<EOF\nCREATE USER app WITH PASSWORD 'x';\nGRANT ALL PRIVILEGES ON DATABASE app TO app;\nEOF\n",
        "su postgres -c \"psql -c \\\"GRANT ALL ON DATABASE app TO app\\\"\"\n",
        "cqlsh -e \"GRANT MODIFY ON KEYSPACE app TO app\"\n",
        "clickhouse-client -q \"CREATE USER app IDENTIFIED BY 'x'; GRANT SELECT ON app.* TO app\"\n",
        "grep -q \"GRANT ALL ON *.* TO 'a'@'%'\" dump.sql\n",
        "log \"GRANT ALL ON *.* TO 'a'@'%'\"\n",
        "sudo usermod -aG docker app  # CREATE USER app\n",
        "mysql -e 'SELECT user FROM mysql.user'\n",
        "# mysql -e \"GRANT ALL ON *.* TO 'a'@'%'\"\n",
        "mysql -e \"GRANT\n",
        "mysql <<EOF\n",
        "",
    ],
)  # fmt: skip
def test_other_words_give_nothing(script: str, reading: Reading) -> None:
    assert reading(script) == []


def test_a_statement_that_no_server_takes_is_a_fault_at_its_place(reading: Reading) -> None:
    (found,) = reading("mysql -e \"GRANT ALL ON *.* TO \\\"a\\\"@'%' IDENTIFED BY 'hunter2'\"\n")
    (fault,) = found.faults
    source = fault.span.source
    assert source.text[fault.span.start : fault.span.end] == "IDENTIFED"
    assert "hunter2" in {source.text[start:end].strip("'") for start, end in source.secrets}


def test_a_statement_that_a_variable_completes_is_not_checked(reading: Reading) -> None:
    (found,) = reading("mysql -e \"GRANT ALL ON *.* TO 'a'@'%' $OPTIONS\"\n")
    assert found.faults == []
    assert len(found.not_checked) == 1


def test_prose_in_what_may_be_sql_is_no_fault(reading: Reading) -> None:
    for prose in ("GRANT access to everyone; thanks", "Create user $NAME", "Drop user accounts", "grant all on hold"):
        assert reading(f'TEXT="{prose}"\nmysql < x\n') == []


def test_passwords_on_the_command_line_are_hidden(reading: Reading) -> None:
    script = (
        "DB_PASS=first\nexport MYSQL_PWD='second'\n"
        'mysql -uroot -pthird --password="fourth" -e "CREATE USER a@b IDENTIFIED BY \'fifth\'"\n'
        "mysql -u root -p'sixth' -e \"SET PASSWORD FOR c@d = PASSWORD('seventh')\"\n"
    )
    (found,) = reading(script)
    source = found.accounts[0].span.source
    hidden = "".join(script[start:end] for start, end in source.secrets)
    assert all(word in hidden for word in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh"))
    assert "CREATE USER" not in hidden


@pytest.mark.parametrize(
    ("path", "text", "wanted"),
    [
        ("setup.sh", "mysql -e 'GRANT ALL ON a.* TO b'", True),
        ("setup.sh", "mysql < dump.sql", False),
        ("bin/setup", "#!/usr/bin/env bash\nmysql -e 'drop user a'", True),
        ("bin/setup", "#!/usr/bin/python\nrun('mysql -e \"drop user a\"')", False),
        ("README", "mysql -e 'drop user a'", False),
        ("templates/toolbox.erb", "#!/bin/sh\nmysql -e 'drop user a'", True),
        ("templates/motd.j2", "mysql -e 'drop user a'", False),
    ],
)
def test_scripts_are_claimed_by_name_or_first_line(path: str, text: str, wanted: bool) -> None:  # noqa: FBT001 - a table
    shell = format_named("shell")
    assert shell is not None
    assert shell.claims(path, text) is wanted
