"""Passwords that reach the server otherwise than they are written, by the format that changes them."""

import pytest

from grantlint import lint

TERRAFORM = 'resource "mysql_user" "u" {{\n  user = "u"\n  host = "10.0.3.7"\n  plaintext_password = {}\n}}\n'
PUPPET = "mysql::db {{ 'shop':\n  user => 'u', host => '10.0.3.7', grant => ['SELECT'],\n  password => {}\n}}\n"
SQL = "CREATE USER u@'10.0.3.7' IDENTIFIED BY {};\n"


@pytest.mark.parametrize(
    ("name", "text", "changed"),
    [
        ("a.tf", TERRAFORM.format("<<EOT\ncorrect horse\nEOT"), True),
        ("a.tf", TERRAFORM.format('"correct horse"'), False),
        ("a.pp", PUPPET.format('"correct horse\\n"'), True),
        ("a.pp", PUPPET.format("'correct horse'"), False),
        ("a.sql", SQL.format(r"'correct\horse'"), True),
        ("a.sql", SQL.format(r"'correct\nhorse'"), True),
        ("a.sql", SQL.format(r"'correct\\horse'"), False),
        ("a.sql", SQL.format(r"'correct\_horse\%'"), False),
        ("a.sql", SQL.format(r"'it\'s " "it''s'"), False),
        ("a.sql", SQL.format(r"PASSWORD '*0\h'"), False),
        ("a.sql", "SET sql_mode = 'NO_BACKSLASH_ESCAPES';\n" + SQL.format(r"'correct\horse'"), False),
        ("a.sh", f'mysql -e "{SQL.format(chr(39) + "a" + chr(92) + "$b" + chr(39)).strip()}"\n', False),
    ],
)
def test_what_changes_a_password(name: str, text: str, *, changed: bool) -> None:
    found = lint(text=text, filename=name, select=["password-changed"]).findings
    assert bool([one for one in found if one.rule == "password-changed"]) is changed


def test_one_password_of_several_accounts_is_one_finding() -> None:
    text = 'services:\n  db:\n    image: mysql:8.4\n    environment:\n      - MYSQL_ROOT_PASSWORD="correct horse"\n'
    assert len(lint(text=text, filename="compose.yml", select=["password-changed"]).findings) == 1
