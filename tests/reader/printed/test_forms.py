"""What people paste beside what the recorded clients print: prompts, refusals, other edges, parts of a table."""

import pytest

from grantlint import lint
from grantlint.model import Declarations
from grantlint.model.location import Located, Source
from grantlint.reader.files.formats import format_named
from grantlint.reader.files.recognition import Candidate, Recognition

SESSION = """\
$ mysql -uroot -p
Enter password:
Welcome to the MySQL monitor.  Commands end with ; or \\g.
Server version: 8.0.36-0ubuntu0.22.04.1 (Ubuntu)

mysql> CREATE USER 'app'@'10.0.3.%'
    -> IDENTIFIED BY 'Invented-1';
Query OK, 0 rows affected (0.02 sec)

mysql> GRANT SELECT ON shop.* TO 'app'@'%';
ERROR 1410 (42000): You are not allowed to create a user with GRANT
mysql> grant select on shop.* to 'app'@'10.0.3.%';
Query OK, 0 rows affected (0.01 sec)
"""
MARKDOWN = """\
| User | Host     | plugin                | authentication_string                     | account_locked |
|------|----------|-----------------------|-------------------------------------------|----------------|
| app  | 10.0.3.% | mysql_native_password | *8154759A8AC58D22EEBC9C4A883152B3E16DA5F1 | Y              |
|      | localhost | mysql_native_password |                                           | N              |
"""
SHELL = """\
 MySQL  localhost:3306 ssl  mysql  SQL > SELECT user, host FROM mysql.user WHERE user = 'app';
+------+-----------+
| user | host      |
+------+-----------+
| app  | %         |
| app  | localhost |
+------+-----------+
2 rows in set (0.0007 sec)
"""
BARE = """\
GRANT USAGE ON *.* TO 'app'@'10.0.3.7' IDENTIFIED BY PASSWORD '*8154759A8AC58D22EEBC9C4A883152B3E16DA5F1'
GRANT ALL PRIVILEGES ON `shop`.* TO 'app'@'10.0.3.7'
"""
VARIABLES = """\
+-------------------+-------------------------------+
| Variable_name     | Value                         |
+-------------------+-------------------------------+
| skip_name_resolve | ON                            |
| version           | 10.6.18-MariaDB-0ubuntu0.22.04 |
+-------------------+-------------------------------+
+------+-----------------+
| User | Host            |
+------+-----------------+
| bot  | web.example.com |
+------+-----------------+
"""
TABS = "user\thost\tSelect_priv\tSuper_priv\tGrant_priv\nadmin\t%\tY\tY\tY\napp\tlocalhost\tN\tN\tN\n"
OF_ROLES = """\
*************************** 1. row ***************************
        FROM_HOST: %
        FROM_USER: reader
          TO_HOST: 10.%
          TO_USER: app
WITH_ADMIN_OPTION: N
1 row in set (0.00 sec)
"""
SEVERAL = "user@host\tdb\n" + BARE


def read(text: str, path: str = "<stdin>") -> Declarations:
    judged = Recognition().judge(path, text.encode(), strict=True, asked=True)
    assert isinstance(judged, Candidate), judged
    assert judged.format.name == "printed"
    (part,) = judged.format.read(judged.source)
    return part


def accounts(part: Declarations) -> list[str]:
    return [str(account) for account in part.accounts]


def test_what_was_typed_counts_unless_it_was_refused() -> None:
    part = read(SESSION)
    assert accounts(part) == ["'app'@'10.0.3.%'"]
    assert [str(grant.host) for grant in part.grants] == ["Located('10.0.3.%')"]
    assert part.server is not None
    assert isinstance(part.server.product, Located)
    assert part.server.product.value == "mysql-8.0.36"


def test_a_password_that_was_typed_is_hidden() -> None:
    source = Source("x", SESSION)
    printed = format_named("printed")
    assert printed is not None
    (part,) = printed.read(source)
    proof = part.accounts[0].authentication
    assert proof is not None
    assert proof.credential is not None
    _, start, end = proof.credential.span
    assert source.text[start:end] == "'Invented-1'"
    assert (start, end) in source.secrets


def test_edges_may_be_of_bars() -> None:
    part = read(MARKDOWN)
    assert accounts(part) == ["'app'@'10.0.3.%'", "''@'localhost'"]
    assert [account.is_locked for account in part.accounts] == [True, False]


@pytest.mark.parametrize("text", [MARKDOWN, SHELL, TABS, OF_ROLES])
def test_nobody_writes_what_a_server_shows(text: str) -> None:
    assert "direct-grant-table-write" not in {one.rule for one in lint(text=text, filename="a.txt").findings}


def test_a_query_for_some_rows_is_counted() -> None:
    part = read(SHELL)
    assert accounts(part) == ["'app'@'%'", "'app'@'localhost'"]
    assert [one.why for one in part.not_checked] == ["the query asks for some rows, not for all"]


@pytest.mark.parametrize("path", ["<stdin>", "grants.txt", "grants.sql", "app.out", "paste"])
def test_lines_without_an_end_are_what_show_grants_prints(path: str) -> None:
    part = read(BARE, path)
    assert accounts(part) == ["'app'@'10.0.3.7'"]
    assert part.grants[-1].grant.scope is not None
    assert not part.statements  # nobody asks whether a server would take them


def test_variables_are_settings() -> None:
    part = read(VARIABLES)
    assert part.server is not None
    assert {name: leaf.value for name, leaf in part.server.settings.items() if isinstance(leaf, Located)} == {
        "skip_name_resolve": "ON",
        "version": "10.6.18-MariaDB-0ubuntu0.22.04",
    }
    assert isinstance(part.server.product, Located)
    assert part.server.product.value == "mariadb-10.6.18"


def test_columns_with_y_are_grants() -> None:
    part = read(TABS)
    (grant,) = part.grants
    assert [str(leaf.value) for leaf in grant.grant.privileges if isinstance(leaf, Located)] == ["SELECT", "SUPER"]
    assert grant.grant.option is not None


def test_who_has_which_role_is_read() -> None:
    part = read(OF_ROLES)
    (member,) = part.memberships
    assert isinstance(member.role, Located)
    assert member.role.value == "reader"


def test_sql_with_delimiters_is_sql() -> None:
    text = "GRANT SELECT ON a.* TO 'u'@'%';\nGRANT SELECT ON b.* TO 'u'@'%';\n"
    judged = Recognition().judge("notes", text.encode(), strict=True, asked=True)
    assert isinstance(judged, Candidate)
    assert judged.format.name == "sql"


MADE_AND_SHOWN = """\
MariaDB [(none)]> create role reader;
Query OK, 0 rows affected (0.000 sec)

MariaDB [(none)]> create user app@localhost identified via unix_socket;
Query OK, 0 rows affected (0.000 sec)

MariaDB [(none)]> show grants for reader;
+--------------------------------------+
| Grants for reader                    |
+--------------------------------------+
| GRANT USAGE ON *.* TO `reader`       |
| GRANT SELECT ON `shop`.* TO `reader` |
+--------------------------------------+

MariaDB [(none)]> show grants for app@localhost;
+-----------------------------------------+
| Grants for app@localhost                |
+-----------------------------------------+
| GRANT USAGE ON *.* TO `app`@`localhost` |
+-----------------------------------------+
"""


def test_whom_a_session_makes_and_then_shows_was_not_there_before() -> None:
    def refused(text: str) -> list[bool]:
        found = lint(text=text, filename="a.txt", select=["statement-rejected"]).findings
        return ["1396" in one.message for one in found]

    assert refused(MADE_AND_SHOWN) == []
    twice = MADE_AND_SHOWN.replace("show grants for reader;", "create role reader;", 1)
    assert refused(twice) == [True]
