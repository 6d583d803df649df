r"""grant-underscore-unescaped: `_` in a database grant stands for any character."""

import re
from collections.abc import Iterator

from grantlint import (
    Confidence,
    Effect,
    GrantValue,
    Installation,
    Instead,
    Level,
    Problem,
    Profile,
    Rule,
    Severity,
    each_grant,
    literal_of,
    underscores,
)
from grantlint_rules import controls
from grantlint_rules.weights import of_pattern

_UNESCAPED = re.compile(r"\\.|_", re.DOTALL)
_DOUBLED = re.compile(r"\\\\_")  # as `mysql -B` prints SHOW GRANTS
_THE_SERVERS = frozenset({"performance_schema", "information_schema"})  # nobody makes a database like these


def check(grant: GrantValue, installation: Installation) -> Iterator[Problem]:
    """Flag a database pattern whose only wildcard is `_`.

    It was meant as a letter.
    """
    database = grant.scope.database
    if grant.scope.level is not Level.DATABASE or installation.database_names_are_literal or database in _THE_SERVERS:
        return
    if underscores(database) and "%" not in database:
        if _DOUBLED.search(database) is not None:
            meant = _DOUBLED.sub(r"_", database)
            yield Problem(
                f"a grant on {grant.scope} never covers `{meant}`: the backslash is doubled",
                witness=f"a session in `{meant}`: error 1044; two backslashes stand for one, and _ for any character",
                remedy=_remedy(grant, _DOUBLED.sub(r"\\_", database), Effect.CHANGES),
            )
            return
        like = database.replace("\\_", "\0").replace("_", "X").replace("\0", "_")
        yield Problem(
            f"a grant on {grant.scope} also covers databases such as `{like}`: _ stands for any character",
            witness=f"CREATE DATABASE `{like}`: the grant applies to it",
            remedy=_remedy(grant, _UNESCAPED.sub(_escape, database), Effect.TAKES),
        )


def _remedy(grant: GrantValue, database: str, effect: Effect) -> Instead:
    meant = literal_of(database) or database
    return Instead(grant.scope._replace(database=database), effect, f"if only the database {meant} is meant")


def _escape(found: re.Match[str]) -> str:
    return rf"\{found[0]}" if found[0] == "_" else found[0]


RULE = Rule(
    name="grant-underscore-unescaped",
    summary="An unescaped _ in the database name of a grant",
    rationale=r"""
In `GRANT ... ON db.*` the database name is a pattern: `_` is one character, any, and `%` is any number of them. A
grant on `shop_eu.*` covers `shopXeu`, too. In a grant on a single table, and with partial_revokes on MySQL 8.0.16 or
later, names are literal.
""",
    help=r"Write \_ for a real underscore, as in `shop\_eu`.*: in double quotes of YAML, JSON and HCL \\_.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.CHANGES_WHERE_NEEDED,
    tags=("grants",),
    check=each_grant(check, having="_", alike=True),
    weigh=of_pattern,
    bad=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: 'shop_eu.*'  # expect: grant-underscore-unescaped
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: "10.0.3.7"
        password: "{{ vault_app }}"
        priv: "shop_eu.*:SELECT"  # expect: grant-underscore-unescaped
""",
        """\
resource "mysql_user" "app" {
  user = "app"
  host = "10.0.3.7"
}
resource "mysql_grant" "app" {
  user       = mysql_user.app.user
  host       = mysql_user.app.host
  database   = "shop_eu"  # expect: grant-underscore-unescaped
  privileges = ["SELECT"]
}
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT ON shop_eu.* TO 'app'@'10.0.3.7';  -- expect: grant-underscore-unescaped
""",
    ),
    good=(
        r"""
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: '`shop\_eu`.*'
      - privileges: [SELECT]
        target: 'shop_eu.orders'
      - privileges: [SELECT]
        target: 'shop%.*'
""",
    ),
)
