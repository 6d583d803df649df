r"""grant-escape-literal: a backslash in a name that the server takes letter by letter."""

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
)

_ESCAPED = re.compile(r"\\([_%])")
_LITERAL = frozenset({Level.TABLE, Level.ROUTINE})


def check(grant: GrantValue, installation: Installation) -> Iterator[Problem]:
    r"""Flag `\_` where no character is a wildcard.

    That is in a grant on a table or routine, and everywhere under partial_revokes.
    """
    scope = grant.scope
    if "\\" not in scope.database or not _ESCAPED.search(scope.database):
        return
    if scope.level in _LITERAL:
        why = "in a grant on a table or routine no character is a wildcard"
    elif scope.level is Level.DATABASE and installation.database_names_are_literal:
        why = "under partial_revokes no character is a wildcard"
    else:
        return
    meant = _ESCAPED.sub(r"\1", scope.database)
    yield Problem(
        f"a grant on {scope} is one on a database with a backslash in its name: {why}",
        witness=f"a session that uses `{meant}`: error 1044 or 1142",
        remedy=Instead(scope._replace(database=meant), Effect.GIVES, f"if the database {meant} is meant"),
    )


RULE = Rule(
    name="grant-escape-literal",
    summary=r"A backslash before _ where the server takes names letter by letter",
    rationale=r"""
Only the database of `GRANT ... ON db.*` is a pattern, in which `\_` stands for a real underscore. In a grant on a
table or a routine, and everywhere while partial_revokes is on, the backslash is a part of the name: the server takes
the statement, and it gives rights to a database that nobody has (facts: I1, I5).
""",
    help="Write the name as it is, without the backslash.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("grants",),
    check=each_grant(check, having="\\", alike=True),
    bad=(
        r"""
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: '`shop\_eu`.`orders`'  # expect: grant-escape-literal
""",
        r"""
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT EXECUTE ON PROCEDURE `shop\_eu`.refund TO 'app'@'10.0.3.7';  -- expect: grant-escape-literal
""",
        r"""
server: {product: mysql-8.4, settings: {partial_revokes: 'ON'}}
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: '`shop\_eu`.*'  # expect: grant-escape-literal
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
        target: '`shop_eu`.`orders`'
      - privileges: [SELECT]
        target: '`shop\_eu`.*'
""",
        r"""
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: '`shop\eu`.`orders`'
""",
    ),
)
