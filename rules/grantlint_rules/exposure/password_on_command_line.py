"""password-on-command-line: a variable puts a password where the process list shows it."""

from collections.abc import Hashable, Iterator

from grantlint import Confidence, Problem, Profile, Rule, Secrecy, Server, Severity, across_accounts
from grantlint_rules import controls


def check(server: Server) -> Iterator[Problem]:
    """Flag the first place of each variable that is a client's password.

    Of one that is written out client-password says so.
    """
    seen: set[Hashable] = set()
    for credential in server.declared.logins:
        if credential.secrecy is Secrecy.REFERENCE:
            source, start, end = credential.span
            if (source, source.text[start:end]) not in seen:
                seen.add((source, source.text[start:end]))
                message = "the client gets its password on the command line, which whoever lists processes may read"
                yield Problem(message, credential.span)


RULE = Rule(
    name="password-on-command-line",
    summary="A password from a variable on the command line of a client",
    rationale="""
The shell puts the password in the place of the variable before it starts the client, and until that has overwritten its
arguments `ps` shows it to every user of the machine, and so does what audits or logs commands (MySQL manual, End-User
Guidelines for Password Security). An option file or a login path hands it over unseen.
""",
    help="Give the client an option file of its user's own, by --defaults-extra-file or mysql_config_editor.",
    severity=Severity.INFO,
    profile=Profile.HARDENED,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.COMMAND_LINE,
    tags=("secrets",),
    check=across_accounts(check, of="logins", once=True),
    bad=(
        """\
#!/bin/sh
mysql -u root -p"$ROOT_PASSWORD" -e "CREATE USER app@'10.0.3.7' IDENTIFIED BY '$PW'"  # expect: password-on-command-line
mysql -u root -p"$ROOT_PASSWORD" -e "GRANT SELECT ON shop.* TO app@'10.0.3.7'"
mysql -u root --password=$(cat /run/secrets/root) -e "SELECT 1"  # expect: password-on-command-line
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user: {name: app, host: 10.0.3.7, password: "{{ vault_app }}"}
    - shell: mysql -p{{ root_pw }} -e "GRANT SELECT ON a.* TO app@10.0.3.7"  # expect: password-on-command-line
""",
    ),
    good=(
        """\
#!/bin/sh
mysql --defaults-extra-file=/etc/mysql/deploy.cnf -e "CREATE USER app@'10.0.3.7' IDENTIFIED BY '$APP_PASSWORD'"
docker run --name mysql -p $PORT:3306 -d mysql:8.4
mysql -u root -p -e "GRANT SELECT ON shop.* TO app@'10.0.3.7'"
""",
    ),
)
