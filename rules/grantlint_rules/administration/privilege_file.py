"""privilege-file: FILE for an account that is no administrator."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls, purposes

_NAMES = frozenset({"FILE"})


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag FILE on *.* by its own name.

    ALL is a finding of its own.
    """
    del installation
    part = rights.first(_NAMES)
    if part is not None:
        yield Problem("FILE reads and writes files of the server's machine, with the rights of the server", part=part)


RULE = Rule(
    name="privilege-file",
    summary="FILE for an account that is no administrator",
    rationale="""
With FILE, `LOAD_FILE` and `LOAD DATA INFILE` read every file that the server may read, and `SELECT ... INTO OUTFILE`
writes new ones: an SQL injection becomes a shell. secure_file_priv limits it to a folder, on servers where somebody
set it. LOAD DATA LOCAL does not need FILE.
""",
    help="Take FILE away; load files with LOAD DATA LOCAL, or let an administrator do it.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.FILE,
    tags=("grants",),
    check=each_rights(check, level=Level.GLOBAL, spares=purposes.spares("FILE")),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: '*.*'
        privileges: [FILE]  # expect: privilege-file
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, FILE ON *.* TO 'app'@'10.0.3.7';  -- expect: privilege-file
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "*.*:SELECT,FILE"  # expect: privilege-file
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
        privileges: [FILE]
""",
    ),
)
