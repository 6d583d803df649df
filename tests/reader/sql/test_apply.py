"""Statements in the order of a file, and what they leave behind."""

import pytest

from grantlint.access.grammar import Grammar, grammar_for
from grantlint.reader.sql import SyntaxFault, parse_script
from grantlint.reader.sql.apply import apply
from grantlint.reader.sql.ledger import Ledger

MYSQL = grammar_for("mysql", (8, 4, 6))
MARIADB = grammar_for("mariadb", (10, 11, 19))


def after(text: str, grammar: Grammar = MYSQL) -> Ledger:
    found = list(parse_script(text, grammar))
    assert not [one for one in found if isinstance(one, SyntaxFault)]
    return apply([one for one in found if not isinstance(one, SyntaxFault)], grammar)


def accounts(ledger: Ledger) -> list[str]:
    return [f"{user}@{host}" for user, host in ledger.accounts]


def grants(ledger: Ledger) -> list[str]:
    lines: list[str] = []
    for (user, host), nets in ledger.grants.items():
        for net in nets:
            names = ",".join(one.name for one in net.privileges)
            lines.append(f"{names} on {'.'.join(net.identity)} to {user}@{host}{' +option' if net.option else ''}")
    return lines


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("CREATE USER a; CREATE USER b@h; DROP USER a;", ["b@h"]),
        ("CREATE USER a@H; DROP USER a@h;", []),
        ("CREATE USER a; DROP USER A;", ["a@%"]),
        ("CREATE USER a; RENAME USER a TO b@h;", ["b@h"]),
        ("RENAME USER root TO admin@h;", ["admin@h"]),
        ("ALTER USER root@localhost IDENTIFIED BY 'x';", ["root@localhost"]),
        ("SET PASSWORD FOR root@localhost = 'x'; SET PASSWORD = 'y';", ["root@localhost"]),
        ("GRANT SELECT ON *.* TO a;", []),
        ("DROP USER IF EXISTS a, b; DROP USER ''@localhost;", []),
        ("CREATE USER a; DELETE FROM mysql.user WHERE user = 'a';", []),
        ("CREATE USER a; DELETE FROM mysql.user WHERE user = 'a' AND host NOT IN ('%');", ["a@%"]),
        ("CREATE USER a, b@h; DELETE FROM mysql.user WHERE host LIKE 'h%';", ["a@%"]),
        ("INSERT INTO mysql.user (Host, User, Select_priv) VALUES ('h', 'a', 'Y');", ["a@h"]),
        ("UPDATE mysql.user SET host = '%' WHERE user = 'root' AND host = 'localhost';", ["root@%"]),
        ("CREATE USER a@h; UPDATE mysql.user SET host = '%' WHERE user = 'a';", ["a@%"]),
        ("CREATE USER a, b, c; DELETE FROM mysql.user WHERE user = 'a' OR user = 'b';", ["c@%"]),
        ("CREATE USER a, b; DELETE FROM mysql.user WHERE (user = 'a' OR user = 'b') AND host = '%';", []),
        ("CREATE USER a, b; DELETE FROM mysql.user;", []),
        ("DELETE FROM mysql.user; CREATE USER a;", ["a@%"]),
    ],
)
def test_accounts_are_those_that_are_left(text: str, left: list[str]) -> None:
    assert accounts(after(text)) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("GRANT SELECT, INSERT ON d.* TO a; REVOKE INSERT ON d.* FROM a;", ["SELECT on .d.* to a@%"]),
        ("GRANT SELECT ON d.* TO a; REVOKE SELECT ON d.* FROM a;", []),
        ("GRANT SELECT ON d.* TO a; REVOKE SELECT ON e.* FROM a;", ["SELECT on .d.* to a@%"]),
        ("USE d; GRANT SELECT ON t TO a; REVOKE SELECT ON d.t FROM a;", []),
        ("GRANT ALL ON *.* TO a WITH GRANT OPTION; REVOKE GRANT OPTION ON *.* FROM a;", ["ALL on *.* to a@%"]),
        ("GRANT ALL ON *.* TO a WITH GRANT OPTION; REVOKE ALL ON *.* FROM a;", ["USAGE on *.* to a@% +option"]),
        ("GRANT ALL ON *.* TO a; REVOKE ALL PRIVILEGES, GRANT OPTION FROM a;", []),
        ("GRANT SELECT (x, y) ON d.t TO a; REVOKE SELECT (x, y) ON d.t FROM a;", []),
        ("GRANT EXECUTE ON PROCEDURE d.p TO a;", ["EXECUTE on PROCEDURE.d.p to a@%"]),
        ("GRANT SELECT ON d.* TO a; RENAME USER a TO b;", ["SELECT on .d.* to b@%"]),
        ("CREATE USER a; GRANT SELECT ON d.* TO a; DROP USER a; CREATE USER a;", []),
        ("GRANT PROXY ON b TO a; REVOKE PROXY ON b FROM a;", []),
        (
            "INSERT INTO mysql.db (Host, Db, User, Select_priv, Grant_priv) VALUES ('%', 'd', 'a', 'Y', 'Y');",
            ["SELECT on .d.* to a@% +option"],
        ),
        ("GRANT SELECT ON d.* TO a; DELETE FROM mysql.db WHERE db = 'd';", []),
    ],
)
def test_grants_are_those_that_are_left(text: str, left: list[str]) -> None:
    assert grants(after(text)) == left


def test_revoking_one_privilege_of_all_leaves_the_others() -> None:
    (line,) = grants(after("GRANT ALL ON d.* TO a; REVOKE DROP ON d.* FROM a;"))
    names = line.split(" on ")[0].split(",")
    assert "SELECT" in names
    assert "DROP" not in names
    assert "ALL" not in names


def test_roles_and_their_members_follow_the_same_order() -> None:
    ledger = after("CREATE ROLE r, q; GRANT r, q TO a WITH ADMIN OPTION; REVOKE q FROM a; SET DEFAULT ROLE ALL TO a;")
    assert [f"{key[0]}@{key[1]}" for key in ledger.roles] == ["r@%", "q@%"]
    ((member,),) = ledger.members.values()
    assert member.role.user.text == "r"
    assert member.admin is not None
    assert member.default is not None
    ledger = after("CREATE ROLE r; GRANT r TO a; DROP ROLE r;")
    assert not ledger.roles
    assert not any(ledger.members.values())
    ledger = after("CREATE ROLE r WITH ADMIN a; REVOKE ADMIN OPTION FOR r FROM a;", MARIADB)
    ((member,),) = ledger.members.values()
    assert member.admin is None


def test_what_is_said_last_of_an_account_counts() -> None:
    ledger = after(
        "CREATE USER a ACCOUNT LOCK REQUIRE SSL; ALTER USER a ACCOUNT UNLOCK;".replace(
            "ACCOUNT LOCK REQUIRE SSL", "REQUIRE SSL ACCOUNT LOCK"
        )
    )
    ((net,),) = ledger.accounts.values()
    assert sorted(net.options) == ["ACCOUNT UNLOCK", "REQUIRE SSL"]
    ledger = after("CREATE USER a IDENTIFIED BY 'x'; ALTER USER a IDENTIFIED WITH auth_socket;")
    ((net,),) = ledger.accounts.values()
    assert net.authentication[0].secret is None
    assert len(ledger.secrets) == 1


def test_a_template_is_the_same_account_under_the_same_expression_only() -> None:
    text = "CREATE USER {{ a }}@'h'; CREATE USER {{ b }}@'h'; DROP USER {{ a }}@'h'; DROP USER '{{ c }}'@'h';"
    assert [key[0] for key in after(text).accounts] == ["\0{{ b }}"]


def test_what_no_literal_tells_is_counted_and_not_guessed() -> None:
    for text in (
        "GRANT USAGE ON *.* TO x; DELETE FROM mysql.db WHERE user = concat('a', 'b');",
        "UPDATE mysql.user SET host = '%' WHERE user LIKE 'a%';",
        "INSERT INTO mysql.user (host, user) VALUES (@h, 'a');",
        "CREATE USER {{ a }} {{ b }};",
    ):
        ledger = after(text)
        assert not ledger.accounts
        assert len(ledger.unclear) == 1


def test_an_update_of_every_host_of_a_user_is_of_hosts_that_nobody_knows() -> None:
    ledger = after("UPDATE mysql.user SET Password = PASSWORD('x') WHERE User = 'root';")
    ((net,),) = ledger.accounts.values()
    assert net.account.user.text == "root"
    assert net.account.host is not None
    assert net.account.host.unresolved
    assert net.authentication[0].secret is not None
    assert net.authentication[0].secret.form == "plain"


@pytest.mark.parametrize(
    ("text", "expired"),
    [
        ("CREATE USER a PASSWORD EXPIRE;", True),
        ("CREATE USER a IDENTIFIED BY 'x' PASSWORD EXPIRE;", True),
        ("CREATE USER a; ALTER USER a PASSWORD EXPIRE;", True),
        ("ALTER USER a PASSWORD EXPIRE;", True),
        ("CREATE USER a PASSWORD EXPIRE; ALTER USER a PASSWORD EXPIRE NEVER;", True),
        ("CREATE USER a PASSWORD EXPIRE; ALTER USER a ACCOUNT LOCK;", True),
        ("CREATE USER a PASSWORD EXPIRE NEVER;", False),
        ("CREATE USER a PASSWORD EXPIRE INTERVAL 90 DAY;", False),
        ("CREATE USER a PASSWORD EXPIRE; ALTER USER a IDENTIFIED BY 'x';", False),
        ("CREATE USER a PASSWORD EXPIRE; SET PASSWORD FOR a = 'x';", False),
    ],
)
def test_a_password_is_expired_until_there_is_a_new_one(text: str, *, expired: bool) -> None:
    ((net,),) = after(text).accounts.values()
    assert (net.expired is not None) is expired
