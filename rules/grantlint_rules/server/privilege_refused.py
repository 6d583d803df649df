"""privilege-refused: a privilege that the server does not take at that place."""

from collections.abc import Iterator

from grantlint import (
    Confidence,
    Installation,
    Level,
    Problem,
    Profile,
    Rights,
    Rule,
    Severity,
    beside_all,
    each_rights,
    kept_by,
    refusal,
)


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag privileges that the server refuses at their level.

    It does not know them, or not there.
    """
    if rights.level is Level.PROXY:
        return
    beside = beside_all(rights.privileges)
    if beside is not None:
        yield Problem("the server refuses ALL beside other privileges with error 1064: ALL stands alone", part=beside)
        return
    for part, (name, columns) in enumerate(rights.privileges):
        refused = refusal(name, installation.target, rights.level, columns=bool(columns))
        if refused is not None and not kept_by(name, installation.target):
            yield Problem(
                f"the server refuses this privilege here with error {refused.errno}: {refused.message}", part=part
            )


RULE = Rule(
    name="privilege-refused",
    summary="A privilege that the server does not know, or not at this level",
    rationale="""
PROCESS, FILE, RELOAD, CREATE USER and their like are granted on `*.*` alone: on a database they are error 1221. A
name that the server does not know is error 1064 or 1149, and so is ALL in a list with others. Tools send the GRANT as
it is declared, and stop there. Which server takes what was asked of real ones. Statements of SQL are `statement-
rejected`.
""",
    help="Grant it on *.*, or write the privilege as the server calls it.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("grants", "server"),
    check=each_rights(check, statements=False),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: 'shop.*'
        privileges: [PROCESS]  # expect: privilege-refused
""",
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: 'shop.*'
        privileges: [SELCT]  # expect: privilege-refused
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "shop.*:PROCESS"  # expect: privilege-refused
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "shop.*:ALL,SELECT"  # expect: privilege-refused
""",
        """\
resource "mysql_user" "app" {
  user = "app"
  host = "10.0.3.7"
}
resource "mysql_grant" "app" {
  user       = mysql_user.app.user
  host       = mysql_user.app.host
  database   = "shop"
  privileges = ["ALL PRIVILEGES", "SELECT"]  # expect: privilege-refused
}
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
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "shop.*:ALL,GRANT"
""",
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: '*.*'
        privileges: [PROCESS]
""",
    ),
)
