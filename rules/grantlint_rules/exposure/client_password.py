"""client-password: a password with which a call of the file itself logs in."""

from collections.abc import Hashable, Iterator

from grantlint import Confidence, KeepElsewhere, Problem, Profile, Rule, Secrecy, Server, Severity, across_accounts
from grantlint_rules import controls
from grantlint_rules.placeholders import is_placeholder
from grantlint_rules.weights import of_login


def check(server: Server) -> Iterator[Problem]:
    """Flag the first place of each password of a call.

    What is an account's as well is said of the account.
    """
    seen: set[Hashable] = set()
    said = {one.authentication.credential for one in server.declared.accounts if one.authentication is not None}
    told = {(credential.span.source, credential.likeness) for credential in said if credential is not None}
    for credential in server.declared.logins:
        if credential.secrecy is Secrecy.REFERENCE or credential.holds(is_placeholder):
            continue  # what stands for a password to come opens nothing
        if credential.likeness not in seen and (credential.span.source, credential.likeness) not in told:
            seen.add(credential.likeness)
            yield Problem(
                "whoever makes the accounts logs in with a password that stands here as plain text",
                credential.span,
                remedy=KeepElsewhere(credential.span),
            )


RULE = Rule(
    name="client-password",
    summary="The password of whoever makes the accounts, written into the file",
    rationale="""
Accounts are made by root or another administrator, and their password opens everything. Behind -p or --password it is
known to whoever reads the script, and to everybody who lists the processes of the machine while it runs; in a task or
the block of a provider it stays in the history of the repository.
""",
    help="Let the client read an option file of its user's own, or take the password from a store of secrets.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.HARD_CODED_PASSWORDS + controls.COMMAND_LINE,
    tags=("secrets",),
    check=across_accounts(check, of="logins", once=True),
    weigh=of_login,
    bad=(
        """\
#!/bin/sh
mysql -u root -pTr0ub4dor -e "CREATE USER app@'10.0.3.7' IDENTIFIED BY '$APP_PASSWORD'"  # expect: client-password
mysql -u root -pTr0ub4dor -e "GRANT SELECT ON shop.* TO app@'10.0.3.7'"
docker exec db mysql -u root --password='another one' shop  # expect: client-password
export MYSQL_PWD=Tr0ub4dor3  # expect: client-password
mysql -uroot --password='Tr0ub4dor2' -e "GRANT UPDATE ON shop.* TO app@'10.0.3.7'"  # expect: client-password
""",
        """\
#!/bin/sh
ROOT_PASSWORD=Tr0ub4dor  # expect: client-password
mysql -u root -p"$ROOT_PASSWORD" -e "CREATE USER app@'10.0.3.7' IDENTIFIED BY '$APP_PASSWORD'"
mysql -u root --password=${ROOT_PASSWORD} -e "GRANT SELECT ON shop.* TO app@'10.0.3.7'"
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        login_user: root
        login_password: Tr0ub4dor  # expect: client-password
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
""",
        """\
provider "mysql" {
  endpoint = "db.example.com:3306"
  username = "root"
  password = "Tr0ub4dor"  # expect: client-password
}
resource "mysql_user" "app" {
  user = "app"
  host = "10.0.3.7"
}
""",
    ),
    good=(
        """\
#!/bin/sh
mkdir -p /var/lib/mysql
docker run --name mysql -p3306:3306 mysql:8.4
# mysql -u root -pTr0ub4dor
mysql -u root -p"$ROOT_PASSWORD" -P3306 -e "CREATE USER app@'10.0.3.7' IDENTIFIED BY '$APP_PASSWORD'"
mysql -uadmin -padmin -h 127.0.0.1 -P6032 -e "LOAD MYSQL USERS TO RUNTIME"  # ProxySQL's door, and no account's
EMPTY=
mysql -u root -p$EMPTY -e "SELECT 1"
ssh db <<EOF
mysql -u root -p'$ROOT_PASSWORD' -e "GRANT SELECT ON shop.* TO app@'10.0.3.7'"
EOF
mysql -u root -p<password> shop; cp -pr /etc/mysql /tmp
MYSQL_PWD="$ROOT_PASSWORD" mysqladmin -p ping
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        login_user: root
        login_password: "{{ vault_root }}"
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
""",
        """\
provider "mysql" {
  password = var.root_password
}
resource "mysql_user" "app" {
  user = "app"
  host = "10.0.3.7"
}
""",
        """\
- hosts: db
  vars:
    root_secret: Tr0ub4dor
  tasks:
    - community.mysql.mysql_user: {name: root, host: localhost, password: "{{ root_secret }}"}
    - community.mysql.mysql_user:
        login_password: "{{ root_secret }}"
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
""",
    ),
)
