"""Statements in the order of a file, and what they leave behind when each is taken at its word."""

import pytest

from grantlint.access import Target, parse_target
from grantlint.access.state.book.names import Key, target_of
from grantlint.access.state.outcome import Undecided
from grantlint.access.state.progress import Rules
from grantlint.access.state.replay import Replayed, replay
from grantlint.model import Secrecy
from grantlint.model.location import Located, Source, Unresolved
from grantlint.model.scope import Scope
from grantlint.model.step import Step
from grantlint.reader.sql.document import read

MYSQL = parse_target("mysql-8.4.6")
MARIADB = parse_target("mariadb-10.11.19")


def steps_of(text: str) -> list[Step]:
    (found,) = read(Source("a.sql", text)) or (None,)
    assert found is not None
    assert not found.faults
    return found.steps


def after(text: str, target: Target = MYSQL) -> Replayed:
    return replay(steps_of(text), Rules(target, strict=False))


def name(key: Key) -> str:
    return "@".join(part if isinstance(part, str) else "?" for part in key)


def accounts(left: Replayed) -> list[str]:
    return [name(key) for key in left.book.accounts]


def grants(left: Replayed) -> list[str]:
    lines: list[str] = []
    for key, several in left.book.grants.items():
        for held in several:
            names = ",".join(str(one.value) for one in held.grant.privileges if isinstance(one, Located))
            target = target_of(held.grant)
            assert isinstance(target, Scope)
            lines.append(f"{names} on {target} to {name(key)}{' +option' if held.grant.option else ''}")
    return lines


def undecided(left: Replayed) -> list[Undecided]:
    return [outcome for outcome in left.outcomes if isinstance(outcome, Undecided)]


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
        ("GRANT SELECT, INSERT ON d.* TO a; REVOKE INSERT ON d.* FROM a;", ["SELECT on `d`.* to a@%"]),
        ("GRANT SELECT ON d.* TO a; REVOKE SELECT ON d.* FROM a;", []),
        ("GRANT SELECT ON d.* TO a; REVOKE SELECT ON e.* FROM a;", ["SELECT on `d`.* to a@%"]),
        ("USE d; GRANT SELECT ON t TO a; REVOKE SELECT ON d.t FROM a;", []),
        ("GRANT ALL ON *.* TO a WITH GRANT OPTION; REVOKE GRANT OPTION ON *.* FROM a;", ["ALL on *.* to a@%"]),
        ("GRANT ALL ON *.* TO a WITH GRANT OPTION; REVOKE ALL ON *.* FROM a;", []),
        ("GRANT ALL ON *.* TO a; REVOKE ALL PRIVILEGES, GRANT OPTION FROM a;", []),
        ("GRANT SELECT (x, y) ON d.t TO a; REVOKE SELECT (x, y) ON d.t FROM a;", []),
        ("GRANT EXECUTE ON PROCEDURE d.p TO a;", ["EXECUTE on PROCEDURE `d`.`p` to a@%"]),
        ("GRANT SELECT ON d.* TO a; RENAME USER a TO b;", ["SELECT on `d`.* to b@%"]),
        ("CREATE USER a; GRANT SELECT ON d.* TO a; DROP USER a; CREATE USER a;", []),
        ("GRANT PROXY ON b TO a; REVOKE PROXY ON b FROM a;", []),
        (
            "INSERT INTO mysql.db (Host, Db, User, Select_priv, Grant_priv) VALUES ('%', 'd', 'a', 'Y', 'Y');",
            ["SELECT on `d`.* to a@% +option"],
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
    book = after(
        "CREATE ROLE r, q; GRANT r, q TO a WITH ADMIN OPTION; REVOKE q FROM a; SET DEFAULT ROLE ALL TO a;"
    ).book
    assert [name(key) for key in book.roles] == ["r@%", "q@%"]
    ((member,),) = book.members.values()
    assert str(member.role) == "'r'@'%'"
    assert member.admin is not None
    assert member.default is not None
    book = after("CREATE ROLE r; GRANT r TO a; DROP ROLE r;").book
    assert not book.roles
    assert not any(book.members.values())
    book = after("CREATE ROLE r WITH ADMIN a; REVOKE ADMIN OPTION FOR r FROM a;", MARIADB).book
    ((member,),) = book.members.values()
    assert member.admin is None


def test_what_is_said_last_of_an_account_counts() -> None:
    book = after("CREATE USER a REQUIRE SSL ACCOUNT LOCK; ALTER USER a ACCOUNT UNLOCK;").book
    ((made,),) = book.accounts.values()
    assert not made.account.is_locked
    assert [leaf.value for leaf in made.account.require if isinstance(leaf, Located)] == ["SSL"]
    source = Source("a.sql", "CREATE USER a IDENTIFIED BY 'x'; ALTER USER a IDENTIFIED WITH auth_socket;")
    (found,) = read(source)
    (account,) = found.accounts
    assert account.authentication is not None
    assert account.authentication.credential is None
    assert len(source.secrets) == 1


def test_limits_of_two_statements_add_up() -> None:
    text = "CREATE USER a WITH MAX_QUERIES_PER_HOUR 1 MAX_USER_CONNECTIONS 2; ALTER USER a WITH MAX_USER_CONNECTIONS 3;"
    ((made,),) = after(text).book.accounts.values()
    limits = {one.name.value: one.value.value for one in made.account.limits if isinstance(one.value, Located)}
    assert limits == {"MAX_QUERIES_PER_HOUR": "1", "MAX_USER_CONNECTIONS": "3"}


def test_a_template_is_the_same_account_under_the_same_expression_only() -> None:
    text = "CREATE USER {{ a }}@'h'; CREATE USER {{ b }}@'h'; DROP USER {{ a }}@'h'; DROP USER '{{ c }}'@'h';"
    ((made,),) = after(text).book.accounts.values()
    assert isinstance(made.account.user, Unresolved)
    assert made.account.user.start == text.index("{{ b }}")


def test_what_no_literal_tells_is_counted_and_not_guessed() -> None:
    for text in (
        "GRANT USAGE ON *.* TO x; DELETE FROM mysql.db WHERE user = concat('a', 'b');",
        "UPDATE mysql.user SET host = '%' WHERE user LIKE 'a%';",
        "UPDATE mysql.user SET host = @h WHERE user = 'a';",
        "INSERT INTO mysql.user (host, user) VALUES (@h, 'a');",
        "CREATE USER {{ a }} {{ b }};",
    ):
        left = after(text)
        assert not left.book.accounts
        assert len(undecided(left)) == 1


def test_an_update_of_every_host_of_a_user_is_of_hosts_that_nobody_knows() -> None:
    ((made,),) = after("UPDATE mysql.user SET Password = PASSWORD('x') WHERE User = 'root';").book.accounts.values()
    assert isinstance(made.account.user, Located)
    assert made.account.user.value == "root"
    assert isinstance(made.account.host, Unresolved)
    assert made.account.authentication is not None
    assert made.account.authentication.credential is not None
    assert made.account.authentication.credential.secrecy is Secrecy.PLAIN


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
    ((made,),) = after(text).book.accounts.values()
    assert made.account.is_expired is expired
