"""privilege-definer: the right to name any definer for an account that is no administrator."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls, purposes

_NAMES = frozenset({"SET_USER_ID", "SET_ANY_DEFINER", "ALLOW_NONEXISTENT_DEFINER", "SET USER"})


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag the right to name any definer, by its own name.

    It is one on *.*; ALL is a finding of its own.
    """
    del installation
    part = rights.first(_NAMES)
    if part is not None:
        yield Problem("an account with this makes programs that run with the rights of somebody else", part=part)


RULE = Rule(
    name="privilege-definer",
    summary="The right to name any definer for an account that is no administrator",
    rationale="""
A stored program or view runs by default with the rights of its definer. Who may name any definer writes one that runs
as root and calls it. SET_USER_ID of MySQL 8.0 is SET_ANY_DEFINER and ALLOW_NONEXISTENT_DEFINER from 8.2 on, and SET
USER in MariaDB 10.5.
""",
    help="Take it away; restore dumps as an administrator, or without their DEFINER clauses.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.DEFINERS,
    tags=("grants",),
    check=each_rights(check, level=Level.GLOBAL, spares=purposes.spares("SET_USER_ID")),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: '*.*'
        privileges: [SET_USER_ID]  # expect: privilege-definer
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, SET_USER_ID ON *.* TO 'app'@'10.0.3.7';  -- expect: privilege-definer
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "*.*:SELECT,SET_USER_ID"  # expect: privilege-definer
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
        privileges: [SET_USER_ID]
""",
    ),
)
