"""password-changed: the server gets another password than the file shows."""

from collections.abc import Iterator

from grantlint import Account, Confidence, Problem, Profile, Rule, ServerSettings, Severity, each_account
from grantlint_rules.weights import of_one_password


def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
    """Flag a password that its format or tool makes something else of."""
    del settings
    credential = account.authentication.credential if account.authentication else None
    if credential is not None and credential.changed is not None:
        why, remedy, span = credential.changed
        message = f"the server gets another password than stands here: {why}"
        yield Problem(message, span, help=remedy, about=str(account))


RULE = Rule(
    name="password-changed",
    summary="A password that does not reach the server as it is written",
    rationale="""
A line break at the end of a Secret, quotes within an item of a Compose list, a `$` that begins a variable there, a
number that YAML writes in its own way, a variable in single quotes of a shell, a backslash that the server takes
away: the account is made, and a login with what people read in the file is error 1045. Only what surely changes is
reported, and the password is never shown.
""",
    help="Quote it as its format wants it.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("secrets",),
    check=each_account(check, has="changed secret"),
    weigh=of_one_password,
    bad=(
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: 0123  # expect: password-changed
""",
        """\
services:
  db:
    image: mysql:8.4
    environment:
      - MYSQL_ROOT_PASSWORD=${ROOT}
      - MYSQL_USER=app
      - MYSQL_PASSWORD="correct"  # expect: password-changed
""",
        """\
apiVersion: v1
kind: Secret
metadata: {name: app}
data:
  password: Y29ycmVjdCBob3JzZQo=  # expect: password-changed
---
apiVersion: k8s.mariadb.com/v1alpha1
kind: User
metadata: {name: app}
spec:
  mariaDbRef: {name: shop}
  host: 10.0.3.7
  passwordSecretKeyRef: {name: app, key: password}
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY 'correct\\horse';  -- expect: password-changed
""",
    ),
    good=(
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY 'correct\\\\horse''s\\'';
""",
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
    ),
)
