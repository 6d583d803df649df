"""Which database a client is told: in `mysql`, `INSERT INTO user` without a qualifier makes an account."""

from collections.abc import Callable

import pytest

from grantlint.model import Declarations
from grantlint.reader.files.formats import format_named

Reading = Callable[..., list[Declarations]]
Shown = Callable[[str], list[str]]

INSERT = "INSERT INTO user (Host, User) VALUES ('10.%', 'app')"


@pytest.mark.parametrize(
    "script",
    [
        f'mysql mysql -e "{INSERT}"',
        f'mysql -e "{INSERT}" mysql',
        f'mysql mysql -e "SELECT 1; {INSERT};"',
        f"mysql -u root mysql <<EOF\n{INSERT};\nEOF\n",
        f'mysql --user=root --host localhost mysql <<< "{INSERT}"',
        f'mysql -uroot -p$PW -h$HOST mysql -e "{INSERT}"',
        f"mysql $OPTIONS 'mysql' -e \"{INSERT}\"",
        f'mysql -D mysql -Nse "{INSERT}"',
        f'mysql -Dmysql -Nse "{INSERT}"',
        f'mysql --database=mysql --execute="{INSERT}"',
        f'mysql --database mysql -e "{INSERT}"',
        f'mysql -sNu root mysql -e "{INSERT}"',
        f'/usr/bin/mariadb mysql -e "{INSERT}"',
        f'sudo -H -u mysql mysql mysql -e "{INSERT}"',
        f'if ! LANG=C mysql mysql -e "{INSERT}"; then exit 1; fi',
        f'echo "{INSERT};" | mysql -u root mysql',
        f'echo "{INSERT};" | sudo -H -u root mysql mysql',
        f'echo "{INSERT};" | tee log | mysql mysql | grep -v mysql',
        f'mysql -p{{{{ pw }}}} mysql -e "{INSERT}"',
        f'mysql -u {{{{ me }}}} mysql -e "{INSERT}"',
        f"ssh db 'mysql mysql -e \"{INSERT.replace(chr(39), chr(92) + chr(34))}\"'",
        f'mysql mysql -e "$(cat <<EOF\n{INSERT};\nEOF\n)"',
        f'mysql -e "USE mysql; {INSERT}"',
    ],
)
def test_a_client_that_is_told_mysql_writes_to_accounts(shown: Shown, script: str) -> None:
    assert shown(script) == ["app@10.%"]


@pytest.mark.parametrize(
    "script",
    [
        f'mysql -e "{INSERT}"',
        f'mysql shop -e "{INSERT}"',
        f'mysql -u mysql -e "{INSERT}"',
        f'mysql -sNu mysql -e "{INSERT}"',
        f'mysql -p mysql_pw -u mysql -h mysql -e "{INSERT}"',
        f'mysql --user mysql -e "{INSERT}"',
        f'mysql shop -D mysql -e "{INSERT}"',
        f'sudo -u mysql mysql -e "{INSERT}"',
        f'docker exec -i mysql mysql -e "{INSERT}"',
        f'mysql -e "{INSERT}" | grep mysql',
        f'mysql mysql -e "USE shop; {INSERT}"',
        f'mysql mysql -e "SELECT 1" | mysql shop -e "{INSERT}"',
        f'echo "{INSERT}" > mysql',
        f'mysql $DB -e "{INSERT}"',
        f'mysql -p{{{{ mysql }}}} -e "{INSERT}"',
    ],
)
def test_any_other_database_has_a_table_of_that_name_itself(shown: Shown, script: str) -> None:
    assert shown(script) == []


def test_what_one_client_is_told_is_not_told_the_next(shown: Shown) -> None:
    script = f"""
        mysql mysql -e "GRANT SELECT ON user TO a@x; {INSERT}"
        mysql -e "GRANT SELECT ON user TO b@x; {INSERT.replace("app", "bob")}"
        mysql mysql -e "GRANT SELECT ON db TO c@x"
    """
    assert shown(script) == [
        "app@10.%",
        "SELECT ON `mysql`.`user` TO a@x",
        "SELECT ON `user` TO b@x",
        "SELECT ON `mysql`.`db` TO c@x",
    ]


@pytest.mark.parametrize(
    ("script", "claimed"),
    [
        (f'mysql mysql -e "{INSERT}"', True),
        ("mysql -u root mysql <<EOF\nDELETE FROM user WHERE User = '';\nEOF", True),
        ("mysql -Dmysql -e \"update user set host='%'\"", True),
        ("mysql -e \"use mysql; update user set host='%'\"", True),
        ("mysql shop -e \"update user set name='x'\"", False),
        ("mysql mysql -e 'SELECT 1'", False),
        ("# remove the user from user lists\napt install mysql-client", False),
    ],
)
def test_a_script_that_writes_to_user_is_taken_where_the_database_is_told(script: str, *, claimed: bool) -> None:
    taken = format_named("shell")
    assert taken is not None
    assert taken.claims("setup.sh", script) is claimed
