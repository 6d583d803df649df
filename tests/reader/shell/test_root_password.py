"""Passwords that a script sets without SQL: mysqladmin, and what a package asks."""

import pytest

from grantlint.model.location import Source
from grantlint.reader.files.formats import format_named
from grantlint.reader.formats.shell.document import read
from told import account_told

ADMIN = "mysqladmin -u root"


def passwords(command: str) -> list[tuple[str, str, str]]:
    """Return each account, what is known of its password, and where that stands."""
    source = Source("setup.sh", f"#!/bin/sh\nPW=known\n{command}\n")
    told: list[tuple[str, str, str]] = []
    for account in (account for part in read(source) for account in part.accounts):
        assert account.amends
        assert account.authentication is not None
        credential = account.authentication.credential
        assert credential is not None
        _, start, end = credential.span
        assert any(first <= start and end <= last for first, last in source.secrets)
        told.append((account_told(account), credential.secrecy.value, source.text[start:end]))
    return told


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (f"{ADMIN} password 's3cret'", [("root@(localhost)", "plain", "'s3cret'")]),
        (f"sudo /usr/bin/{ADMIN} -h localhost password s3cret", [("root@(localhost)", "plain", "s3cret")]),
        ("mariadb-admin --user=root -pold password new", [("root@(localhost)", "plain", "new")]),
        (f'{ADMIN} password "$PW"', [("root@(localhost)", "plain", "known")]),
        (f"{ADMIN} password $OTHER && echo done", [("root@(localhost)", "reference", "$OTHER")]),
        (f"{ADMIN} password '{{{{ pw }}}}'", [("root@(localhost)", "reference", "'{{ pw }}'")]),
        (f"{ADMIN} -h db1 password s3cret", [("root@?", "plain", "s3cret")]),
        ("mysqladmin -uapp password s3cret", [("app@?", "plain", "s3cret")]),
        ("mysqladmin password s3cret", [("?@?", "plain", "s3cret")]),
        (
            "debconf-set-selections <<< 'mysql-server mysql-server/root_password password s3cret'",
            [("(root)@(localhost)", "plain", "s3cret")],
        ),
        (
            'echo "percona-server-server-5.6 percona-server-server/root_password select $PW" | debconf-set-selections',
            [("(root)@(localhost)", "plain", "known")],
        ),
        (
            "debconf-set-selections <<< 'mysql-server-5.6 mysql-server/root_password password {{ pw }}'",
            [("(root)@(localhost)", "reference", "{{")],
        ),
        ("debconf-set-selections <<< 'mysql-server mysql-server/root_password_again password s3cret'", []),
        ("debconf-set-selections <<< 'slapd slapd/root_password password s3cret'", []),
        (f"# {ADMIN} password s3cret", []),
        ("mysqladmin -u root -ppassword ping", []),
        ("mysqladmin ping | grep password now", []),
        ("echo the mysqladmin password", []),
    ],
)
def test_the_account_is_whom_the_command_sets_a_password_for(command: str, told: list[tuple[str, str, str]]) -> None:
    assert passwords(command) == told
    known = format_named("shell")
    assert known is not None
    assert known.claims("setup.sh", f"#!/bin/sh\n{command}\n") is bool(told)


def test_a_script_that_only_sets_the_password_of_root_is_read_for_how_it_logs_in() -> None:
    (found,) = read(Source("setup.sh", f"{ADMIN} -pold1 password new1\n"))
    assert [one.span.source.text[one.span.start : one.span.end] for one in found.logins] == ["old1"]


@pytest.mark.parametrize(
    "script",
    [
        f"if test -f x; then\n  {ADMIN} password one-1\nelse\n  {ADMIN} password two-2\nfi\n",
        f"{ADMIN} password one-1\n{ADMIN} -pone-1 password two-2\n",
        f"{ADMIN} password one-1\nmysql -pone-1 -e \"GRANT ALL ON *.* TO root@localhost IDENTIFIED BY 'two-2'\"\n",
        f"{ADMIN} password one-1\nmysql -e \"SET PASSWORD FOR root@localhost = 'two-2'\"\n",
    ],
)
def test_the_password_that_is_set_last_is_that_of_the_one_account(script: str) -> None:
    (found,) = read(Source("setup.sh", f"#!/bin/sh -e\n{script}"))
    (account,) = found.accounts
    assert account_told(account).replace("(", "").replace(")", "") == "root@localhost"
    assert account.authentication is not None
    assert account.authentication.credential is not None
    _, start, end = account.authentication.credential.span
    assert "two-2" in found.steps[0].span.source.text[start:end]
