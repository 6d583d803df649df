"""grant-on-literal-star: a grant on a table or database in whose name a `*` stands for itself."""

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


def check(grant: GrantValue, installation: Installation) -> Iterator[Problem]:
    """Flag a name of a table, routine or database with a star.

    In a name a star is a letter.
    """
    del installation
    scope = grant.scope
    if scope.level is Level.DATABASE and "*" in scope.database:
        pattern = scope.database.replace("*", "%")
        yield Problem(
            f"a grant on {scope} is one on a database of that very name: a star stands for itself, the wildcard is %",
            witness=f"a session that uses `{scope.database.replace('*', '1')}`: error 1044",
            remedy=Instead(scope._replace(database=pattern), Effect.GIVES, "if any text is meant"),
        )
    if scope.level in (Level.TABLE, Level.ROUTINE) and "*" in scope.name:
        database = scope.database or "db"
        last = scope.name.rpartition(".")[0]
        inside = f"{database}.*" if not last or last == database else f"{last}.*"
        yield Problem(
            f"a grant on {scope} is one on a table of that very name: a star between backticks stands for itself",
            witness=f"SELECT from another table of `{database}`: error 1142",
            remedy=Instead(
                scope._replace(level=Level.DATABASE, database=inside[:-2], name="", kind=""),
                Effect.GIVES,
                f"if all of the database {inside[:-2]} is meant",
            ),
        )


RULE = Rule(
    name="grant-on-literal-star",
    summary="A grant on a table or database with a * in its name",
    rationale=r"""
`*` stands for all tables only where it is bare: ``shop.`*` ``, ``shop.`shop.*` `` and `shop.\*`, which tools put
between backticks, name one table that nobody has, and `app*.*` names one database: in patterns of databases the
wildcard is `%`. Every server takes the statement, and it gives nothing (error 1142, or 1044; facts: I16).
""",
    help="Write the star without quotes and without a backslash, and % for a part of a database name.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("grants",),
    check=each_grant(check, having="*", alike=True),
    bad=(
        r"""
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: 'shop.`*`'  # expect: grant-on-literal-star
      - privileges: [SELECT]
        target: '`shop`.`shop.*`'  # expect: grant-on-literal-star
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: 10.0.3.7
        password: "{{ vault_app }}"
        priv: "app*.*:SELECT"  # expect: grant-on-literal-star
""",
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: '`shop`.`stock.*`'  # expect: grant-on-literal-star
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
    grants:
      - privileges: [SELECT]
        target: 'shop.*'
      - privileges: [SELECT]
        target: '`shop`.`orders`'
""",
    ),
)
