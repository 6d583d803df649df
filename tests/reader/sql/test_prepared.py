"""Statements that the server is given as texts."""

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Source
from grantlint.reader.sql.document import read

COUNTED = "the server is given it as a text that is put together as it runs"


def declarations(text: str) -> Declarations:
    (found,) = read(Source("init.sql", f"CREATE USER 'x'@'h'; {text}"))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "SET @s := CONCAT('CREATE USER ', QUOTE(@user), '@', QUOTE(@host)); PREPARE s FROM @s; EXECUTE s;",
        "SET @s = CONCAT(\"GRANT \", @role, ' TO ', @user); PREPARE s FROM @s; EXECUTE s; DROP PREPARE s;",
        "SET @s = IF(@a, 'DROP USER a', 'SELECT 1'); PREPARE s FROM @s; EXECUTE s;",
        "SELECT CONCAT('DROP USER ', GROUP_CONCAT(user)) INTO @s FROM t; PREPARE s FROM @s; EXECUTE s;",
        "EXECUTE IMMEDIATE CONCAT('CREATE USER ', @user);",
        "PREPARE s FROM 'CREATE USER ''a''@''%'''; EXECUTE s;",
        "SET @s = 'CREATE USER a'; PREPARE s FROM @s; EXECUTE s;",
        "SET @s = CONCAT('CRE', 'ATE US', 'ER a'); PREPARE s FROM @s; EXECUTE s;",
        "SET @s = UNHEX('435245415445'); PREPARE s FROM @S; EXECUTE s;",
        "SET @s = 0x435245415445; PREPARE s FROM @s; EXECUTE s;",
        "SET @s = REVERSE('a RESU ETAERC'); PREPARE s FROM @s; EXECUTE s;",
        "SELECT c INTO @s FROM t; PREPARE s FROM @s; EXECUTE s;",
        "PREPARE s FROM @s; EXECUTE s;",
        "EXECUTE IMMEDIATE REVERSE('a RESU ETAERC');",
    ],
)
def test_a_text_that_is_put_together_is_counted(text: str) -> None:
    found = declarations(text)
    assert [why for _, why, _ in found.not_checked] == [COUNTED]
    assert len(found.accounts) == 1


@pytest.mark.parametrize(
    "text",
    [
        "SET @s = 'granted'; SET @t = CONCAT('GRANTS ', @s); PREPARE s FROM @t;",
        "SET @s = CONCAT('SELECT ', @a); PREPARE s FROM @s; EXECUTE s;",
        "SELECT 'GRANT it'; SET @s = 'SELECT 1'; PREPARE s FROM @s; EXECUTE s;",
        "SET @s = IF(@a, 'ALTER TABLE t ADD x INT', 'SELECT 1'); PREPARE s FROM @s; EXECUTE s;",
        "SET @n = REPLACE(@@sql_mode, 'X', ''); PREPARE s FROM 'SELECT 1'; EXECUTE s;",
        "SET @note = 'GRANT SELECT';",  # nothing is prepared
        "PREPARE s FROM 'CREATE USER a';",  # nor executed
    ],
)
def test_a_text_of_anything_else_is_not(text: str) -> None:
    found = declarations(text)
    assert not found.not_checked
    assert len(found.accounts) == 1


@pytest.mark.parametrize(
    "text",
    ["PREPARE s FROM \"CREATE USER 'a'@'10.%'\"; EXECUTE S;", "EXECUTE IMMEDIATE \"CREATE USER 'a'@'10.%'\";"],
)
def test_a_text_that_stands_there_whole_is_read_in_its_place(text: str) -> None:
    found = declarations(text)
    account = found.accounts[1]
    assert str(account) == "'a'@'10.%'"
    assert account.host.source.text[account.host.start : account.host.end] == "'10.%'"
    assert not found.not_checked


def test_passwords_in_such_texts_are_hidden() -> None:
    source = Source("init.sql", "SET @s = CONCAT('CREATE USER a IDENTIFIED BY ', 'geheim'); PREPARE s FROM @s;")
    read(source)
    assert any(source.text[start:end] == "'geheim'" for start, end in source.secrets)


@pytest.mark.parametrize(
    "text",
    [
        "SET PASSWORD = PASSWORD('x');",
        "SET PASSWORD = 'x';",
        "SET PASSWORD FOR CURRENT_USER() = 'x';",
        "ALTER USER USER() IDENTIFIED BY 'x';",
        "ALTER USER CURRENT_USER() IDENTIFIED BY 'x';",
        "GRANT SELECT ON *.* TO CURRENT_USER;",
    ],
)
def test_the_account_of_the_session_is_counted(text: str) -> None:
    found = declarations(text)
    assert [(what, why) for what, why, _ in found.not_checked] == [("account", "it is the one of the session")]
    assert len(found.accounts) == 1
