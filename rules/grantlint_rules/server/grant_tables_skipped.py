"""grant-tables-skipped: a server that lets everybody in and asks no account."""

from collections.abc import Iterator

from grantlint import (
    Client,
    Confidence,
    Problem,
    Profile,
    Rule,
    Server,
    Severity,
    across_accounts,
    unheard,
)
from grantlint_rules import controls

_SWITCH = "skip_grant_tables"
_SOMEBODY = Client.tcp("192.0.2.1")  # an address for documents


def check(server: Server) -> Iterator[Problem]:
    """Flag the setting."""
    installation = server.installation
    place = installation.settings.place(_SWITCH)
    if place is None or not installation.settings.is_on(_SWITCH):
        return
    local = unheard(installation, _SOMEBODY) is not None
    who = "whoever is on the machine" if local else "everybody who reaches the server"
    yield Problem(
        f"skip_grant_tables is on: {who} is let in, with any password, and may do everything",
        place,
        witness=f"`mysql -u nobody` {'on the machine' if local else 'from anywhere'} is logged in",
    )


RULE = Rule(
    name="grant-tables-skipped",
    summary="A server that asks no account",
    rationale="""
With skip_grant_tables the server reads no accounts: any user with any password is let in and may do everything, and no
account statement works (error 1290). It is meant for the minutes in which a lost password is set anew. MySQL 8.0 and
later then listens on the local socket alone; MariaDB and older MySQL go on listening on the network (facts: K3).
""",
    help="Take skip_grant_tables out; a lost password is set with --init-file.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.GRANT_TABLES,
    tags=("server",),
    check=across_accounts(check),
    bad=(
        """\
server:
  product: mariadb-11.8
  settings: {skip_grant_tables: on}  # expect: grant-tables-skipped
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
        """\
services:
  db:
    image: mysql:8.4
    command: --skip-grant-tables  # expect: grant-tables-skipped
    environment:
      MYSQL_RANDOM_ROOT_PASSWORD: "1"
""",
    ),
    good=(
        """\
server:
  settings: {skip_grant_tables: off}
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
    ),
)
