"""slave-monitor-missing: REPLICATION CLIENT on MariaDB, which shows the binary logs and no replica."""

from collections.abc import Iterator

from grantlint import Confidence, Installation, Level, Problem, Profile, Rights, Rule, Severity, canonical, each_rights
from grantlint_rules.purposes import copies

_OLD = "REPLICATION CLIENT"
_SHOWS = frozenset({"ALL", "SUPER", "SLAVE MONITOR", "REPLICA MONITOR"})
_COPIES = frozenset({"REPLICATION SLAVE", "REPLICATION REPLICA"})
"""Who copies a server asks for its binary logs, which BINLOG MONITOR shows, and not for the state of a replica."""


def check(rights: Rights, installation: Installation) -> Iterator[Problem]:
    """Flag the old name where it stands for BINLOG MONITOR alone."""
    part = rights.first({_OLD})
    if part is None or rights.names & (_SHOWS | _COPIES):
        return
    name = canonical(_OLD, installation.target)
    if name != _OLD:
        yield Problem(f"{_OLD} is {name} on this server: it does not show the state of a replica", part=part)


RULE = Rule(
    name="slave-monitor-missing",
    summary="REPLICATION CLIENT without SLAVE MONITOR on MariaDB",
    rationale="""
MariaDB 10.5 has split what MySQL calls REPLICATION CLIENT: the name now stands for BINLOG MONITOR, which reads the
binary logs, and SHOW REPLICA STATUS takes SLAVE MONITOR (error 1227). Whoever watches replication with the grant that
the tool's page names is refused. SHOW GRANTS shows the new name, so that tools which compare texts change it in every
run. (MariaDB manual, GRANT; facts: I15.)
""",
    help="Grant SLAVE MONITOR as well, and write BINLOG MONITOR for REPLICATION CLIENT.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    tags=("grants", "server"),
    check=each_rights(check, spares=copies, level=Level.GLOBAL),
    bad=(
        """\
server: {product: mariadb-10.11}
users:
  - user: exporter
    host: 10.0.3.7
    authentication: {secret: vault:db/exporter}
    grants:
      - target: '*.*'
        privileges: [PROCESS, REPLICATION CLIENT]  # expect: slave-monitor-missing
""",
        """\
server: {product: mariadb-11.8}
users:
  - user: checks
    host: 10.0.3.7
    authentication: {secret: vault:db/checks}
    grants:
      - target: '*.*'
        privileges: [REPLICATION CLIENT]  # expect: slave-monitor-missing
""",
        """\
apiVersion: k8s.mariadb.com/v1alpha1
kind: MariaDB
metadata: {name: shop}
spec:
  image: mariadb:11.4
---
apiVersion: k8s.mariadb.com/v1alpha1
kind: User
metadata: {name: exporter}
spec:
  mariaDbRef: {name: shop}
  host: 10.0.3.7
  passwordSecretKeyRef: {name: exporter, key: password}
---
apiVersion: k8s.mariadb.com/v1alpha1
kind: Grant
metadata: {name: exporter}
spec:
  mariaDbRef: {name: shop}
  privileges: [REPLICATION CLIENT]  # expect: slave-monitor-missing
  database: "*"
  table: "*"
  username: exporter
  host: 10.0.3.7
""",
    ),
    good=(
        """\
server: {product: mysql-8.4}
users:
  - user: exporter
    host: 10.0.3.7
    authentication: {secret: vault:db/exporter}
    grants:
      - target: '*.*'
        privileges: [PROCESS, REPLICATION CLIENT]
""",
        """\
server: {product: mariadb-10.11}
users:
  - user: exporter
    host: 10.0.3.7
    authentication: {secret: vault:db/exporter}
    grants:
      - target: '*.*'
        privileges: [PROCESS, REPLICATION CLIENT, SLAVE MONITOR]
""",
        """\
CREATE USER 'copies'@'10.0.3.7' IDENTIFIED VIA pam;
GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'copies'@'10.0.3.7';
""",
    ),
)
