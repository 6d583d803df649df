"""loopback-without-localhost: an account at 127.0.0.1 that nobody gets through the socket."""

from collections.abc import Iterator

from grantlint import Account, Confidence, Problem, Profile, Rule, Server, Severity, across_accounts, user_of


def check(server: Server) -> Iterator[Problem]:
    """Flag users with accounts at loopback addresses alone.

    They have none at localhost or a wider host.
    """
    hosts: dict[str, list[Account]] = {}
    for account in server.accounts:
        hosts.setdefault(user_of(account), []).append(account)
    for accounts in hosts.values():
        values = {server.host_of(account) for account in accounts}
        if values <= {"127.0.0.1", "::1"}:
            yield Problem(
                f"{accounts[0]} takes no client that comes through the socket, which is called localhost",
                accounts[0].host.span,
            )


RULE = Rule(
    name="loopback-without-localhost",
    summary="A loopback address without localhost",
    rationale="""
A client that connects to `localhost` comes through the socket and is called localhost; 127.0.0.1 is another host
value to the server. Clients of the C library take the socket when they are told localhost, so that an application
which worked in one language gets error 1045 in another.
""",
    help="Declare the account at localhost as well.",
    severity=Severity.INFO,
    profile=Profile.PEDANTIC,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts",),
    check=across_accounts(check, once=True),
    bad=(
        """\
users:
  - user: app
    host: 127.0.0.1  # expect: loopback-without-localhost
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'127.0.0.1' IDENTIFIED BY RANDOM PASSWORD;  -- expect: loopback-without-localhost
""",
    ),
    good=(
        """\
users:
  - user: app
    host: localhost
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: app
    hosts: [localhost, 127.0.0.1, '::1']
    authentication: {secret: vault:db/app}
""",
    ),
)
