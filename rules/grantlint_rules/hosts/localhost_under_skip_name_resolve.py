"""localhost-under-skip-name-resolve: an account that takes the socket alone, on a server that looks no names up."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Client,
    Confidence,
    Problem,
    Profile,
    Related,
    Rule,
    Server,
    Severity,
    across_accounts,
    user_of,
)

_LOOPBACK = (Client.tcp("127.0.0.1"), Client.tcp("::1"))


def check(server: Server) -> Iterator[Problem]:
    """Flag users at localhost without an account for local TCP clients."""
    settings = server.installation.settings
    if not settings.skip_name_resolve:
        return
    accounts: dict[str, list[Account]] = {}
    for account in server.accounts:
        accounts.setdefault(user_of(account), []).append(account)
    place = settings.place("skip_name_resolve")
    for user, own in accounts.items():
        at_localhost = [account for account in own if server.host_of(account) == "localhost"]
        hosts = [server.host(server.host_of(account)) for account in own]
        if user and at_localhost and not any(host.matches(client) for host in hosts for client in _LOOPBACK):
            yield Problem(
                f"{at_localhost[0]} takes the socket alone: under skip_name_resolve, 127.0.0.1 is not localhost",
                at_localhost[0].host.span,
                related=(Related(settings.told("skip_name_resolve"), place),) if place else (),
                witness=f"{user} by TCP from 127.0.0.1 is not logged in as {at_localhost[0]}",
            )


RULE = Rule(
    name="localhost-under-skip-name-resolve",
    summary="Only localhost for a user, while skip_name_resolve is on",
    rationale="""
A server that looks names up calls the client at 127.0.0.1 `localhost`, and an account at localhost takes it. With
skip_name_resolve that client is 127.0.0.1 and nothing else, so whatever connects by TCP on the same machine (Java,
a tunnel, `-h 127.0.0.1`, a port of a container) gets error 1045 or 1130, while the socket goes on working. People
who switch the setting on lock themselves out in this way (facts: C2).
""",
    help="Declare the account at 127.0.0.1 and ::1 as well, or leave it so if the socket is all that is used.",
    severity=Severity.INFO,
    profile=Profile.PEDANTIC,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    tags=("hosts",),
    check=across_accounts(check, once=True),
    bad=(
        """\
server:
  product: mysql-8.4
  settings: {skip_name_resolve: true}
users:
  - user: app
    host: localhost  # expect: localhost-under-skip-name-resolve
    authentication: {secret: vault:db/app}
""",
        """\
services:
  db:
    image: mysql:8.4
    command: --skip-name-resolve
    environment:
      MYSQL_ROOT_HOST: localhost
      MYSQL_ROOT_PASSWORD: ${ROOT_PASSWORD}  # expect: localhost-under-skip-name-resolve
""",
    ),
    good=(
        """\
server:
  product: mysql-8.4
  settings: {skip_name_resolve: true}
users:
  - user: app
    hosts: [localhost, 127.0.0.1]
    authentication: {secret: vault:db/app}
  - user: web
    hosts: [localhost, '%']
    authentication: {secret: vault:db/web}
""",
        """\
server:
  product: mysql-8.4
users:
  - user: app
    host: localhost
    authentication: {secret: vault:db/app}
""",
    ),
)
