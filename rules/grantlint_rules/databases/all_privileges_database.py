"""all-privileges-database: an application may change and drop what it works with."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, each_rights
from grantlint_rules import controls, purposes


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag ALL on a database that is not the server's own."""
    del installation
    if rights.schema in {"", "test"} and "ALL" in rights.names:
        yield Problem("ALL on a database includes DROP, ALTER and TRIGGER, which an application does not need to run")


RULE = Rule(
    name="all-privileges-database",
    summary="ALL PRIVILEGES on a database",
    rationale="""
An application reads and writes rows. With ALL on its database, an SQL injection drops tables, changes them and leaves
triggers behind. Migrations need that, and can have an account of their own that only they use.
An administrator has rights on everything: who gets a database is an application, whatever variable names the two.
""",
    help="Grant SELECT, INSERT, UPDATE and DELETE to the application, and the rest to the account of the migrations.",
    severity=Severity.INFO,
    profile=Profile.HARDENED,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.CHANGES_WHERE_NEEDED + controls.STRUCTURE,
    tags=("grants",),
    check=each_rights(check, level=Level.DATABASE, spares=purposes.spares("INSERT"), unnamed=True),
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - target: 'shop.*'  # expect: all-privileges-database
        privileges: [ALL]
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT ALL ON shop.* TO 'app'@'10.0.3.7';  -- expect: all-privileges-database
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "shop.*:ALL"  # expect: all-privileges-database
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: "{{ db_user }}"
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "{{ db_name }}.*:ALL"  # expect: all-privileges-database
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
        privileges: [SELECT, INSERT, UPDATE, DELETE]
""",
    ),
)
