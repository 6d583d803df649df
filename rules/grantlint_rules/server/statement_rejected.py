"""statement-rejected: a statement whose syntax the server does not have."""

from collections.abc import Iterator

from grantlint import Problem, Rule, Server, Severity, across_accounts


def check(server: Server) -> Iterator[Problem]:
    """Flag each SQL statement that a server of this product and version does not parse, where it stops reading."""
    target = server.installation.target
    for statement in server.declared.statements:
        refusal = statement.refusal(target.product, target.version)
        if refusal is not None:
            yield Problem(
                f"the server rejects this statement with error {refusal.errno}: {refusal.message}",
                refusal.span,
                help=refusal.help,
            )


RULE = Rule(
    name="statement-rejected",
    summary="An account statement that the server does not parse",
    rationale="""
MySQL and MariaDB have drifted apart in what CREATE USER, ALTER USER, GRANT, REVOKE and SET PASSWORD may say, and MySQL
8.0 dropped much that 5.7 took: GRANT that makes an account or sets its password, PASSWORD(), IDENTIFIED BY PASSWORD. A
script stops at the first statement that is rejected, so accounts or grants after it are missing, or a password is never
set. The grammar of each version is the one that real servers were asked about, statement by statement.
""",
    help="Write it as this server has it, or say with --server or the configuration which server it is for.",
    severity=Severity.ERROR,
    tags=("server",),
    check=across_accounts(check, of="statements"),
    bad=(
        """\
-- MySQL dump
-- Server version	8.4.6
CREATE USER 'web'@'10.0.3.7' IDENTIFIED WITH caching_sha2_password;
GRANT SELECT ON shop.* TO 'web'@'10.0.3.7' REQUIRE SSL;  -- expect: statement-rejected
""",
        """\
-- MariaDB dump
-- Server version	10.11.19-MariaDB
CREATE USER 'web'@'10.0.3.7' IDENTIFIED VIA unix_socket;
ALTER USER 'web'@'10.0.3.7' FAILED_LOGIN_ATTEMPTS 3;  -- expect: statement-rejected
""",
    ),
    good=(
        """\
-- MySQL dump
-- Server version	8.4.6
CREATE USER 'web'@'10.0.3.7' IDENTIFIED WITH caching_sha2_password REQUIRE SSL;
GRANT SELECT ON shop.* TO 'web'@'10.0.3.7';
""",
        """\
-- Some server takes this, and nothing says that it is not this one.
CREATE USER 'web'@'10.0.3.7' IDENTIFIED VIA unix_socket;
GRANT SELECT ON shop.* TO 'web'@'10.0.3.7';
""",
    ),
)
