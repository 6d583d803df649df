"""name-too-long: a user or host value that no column of the server holds."""

from collections.abc import Iterator

from grantlint import Confidence, Located, Problem, Profile, Rule, Server, Severity, Unresolved, across_accounts


def check(server: Server) -> Iterator[Problem]:
    """Flag names of accounts that the server refuses as too long.

    Those of statements are left to `statement-rejected`.
    """
    traits = server.installation.target.traits
    in_sql = {statement.span.source for statement in server.declared.statements}
    for account in server.census.long_named:
        if account.span.source in in_sql:
            continue
        for leaf, most, what in (
            (account.user, traits.user_length, "user name"),
            (account.host, traits.host_length, "host value"),
        ):
            length = _length(leaf)
            if length > most:
                yield Problem(
                    f"this {what} has {length} characters, and the server takes {most} at most: error 1470", leaf.span
                )


def _length(leaf: Located[str] | Unresolved) -> int:
    return len(leaf.value.rstrip(" ")) if isinstance(leaf, Located) else 0


RULE = Rule(
    name="name-too-long",
    summary="A user name or host value that is longer than the server takes",
    rationale="""
User names have at most 16 characters before MySQL 5.7.8, 32 since, 80 or 128 on MariaDB; host values 60, or 255 since
MySQL 8.0.17 and MariaDB 10.6. The statement that a tool sends is refused with error 1470, and the tool stops there
(facts: G1). Statements of SQL are `statement-rejected`.
""",
    help="Give the account a shorter name.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    on_any_server=True,
    tags=("accounts",),
    check=across_accounts(check, of="long_named"),
    bad=(
        """\
users:
  - user: billing_service_of_the_production_cluster  # expect: name-too-long
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
        """\
resource "mysql_user" "app" {
  user = "billing_service_of_the_production_cluster"  # expect: name-too-long
  host = "10.0.3.7"
}
""",
        """\
server: {product: mysql-5.7}
users:
  - user: app
    host: web1.production.eu-central.shop-and-billing.internal.example.com  # expect: name-too-long
    authentication: {secret: vault:db/app}
""",
    ),
    good=(
        """\
server: {product: mariadb-11.8}
users:
  - user: billing_service_of_the_production_cluster
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
        """\
server: {product: mysql-8.4}
users:
  - user: billing_service_of_production_eu
    host: web1.production.eu-central.shop-and-billing.internal.example.com
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'billing_service_of_the_production_cluster'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
""",
    ),
)
