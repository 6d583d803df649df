"""privilege-create-user: CREATE USER for an account that is no administrator."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls, purposes

_NAMES = frozenset({"CREATE USER"})


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag CREATE USER on *.* by its own name.

    ALL is a finding of its own.
    """
    del installation
    part = rights.first(_NAMES)
    if part is not None:
        yield Problem("CREATE USER makes, renames and drops accounts and changes their passwords", part=part)


RULE = Rule(
    name="privilege-create-user",
    summary="CREATE USER for an account that is no administrator",
    rationale="""
With CREATE USER an account sets the password of every other, on MySQL of every one without SYSTEM_USER (facts: I19),
and is that account from then on. On MariaDB that is root, too: it is a way to all privileges.
""",
    help="Take CREATE USER away; let an administrator make accounts.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.CREATE_USER,
    tags=("grants",),
    check=each_rights(check, level=Level.GLOBAL, spares=purposes.spares("CREATE USER")),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: '*.*'
        privileges: [CREATE USER]  # expect: privilege-create-user
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, CREATE USER ON *.* TO 'app'@'10.0.3.7';  -- expect: privilege-create-user
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "*.*:SELECT,CREATE USER"  # expect: privilege-create-user
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: 'shop.*'
        privileges: [SELECT]
""",
        """\
users:
  - user: root
    host: 10.0.3.7
    authentication: {secret: vault:db/root}
    grants:
      - target: '*.*'
        privileges: [CREATE USER]
""",
    ),
)
