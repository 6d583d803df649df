"""bind-all-addresses: a server that listens everywhere, and an account that takes everybody."""

from collections.abc import Iterator

from grantlint import (
    Confidence,
    Located,
    Problem,
    Profile,
    Related,
    Rule,
    Server,
    Severity,
    Unresolved,
    across_accounts,
    is_any_host,
)
from grantlint_rules import controls

_EVERYWHERE = frozenset({"*", "0.0.0.0", "::", "0.0.0.0,::"})  # noqa: S104 - what is looked for


def check(server: Server) -> Iterator[Problem]:
    """Flag the setting where some account is open to any host."""
    settings = server.installation.settings
    place = settings.place("bind_address")
    if place is None or settings.value("bind_address") not in _EVERYWHERE:
        return
    unnamed = [account for account in server.declared.accounts if isinstance(account.user, Unresolved)]
    for account in (*server.accounts, *unnamed):
        host = account.host
        if isinstance(host, Located) and is_any_host(host.value) and not account.is_locked:
            yield Problem(
                f"the server listens on every address, and {account} takes every client",
                place,
                related=(Related(f"{account} is declared here", host.span),),
            )
            return


RULE = Rule(
    name="bind-all-addresses",
    summary="A server that listens on every address, with an account for any host",
    rationale="""
bind_address decides where the server can be reached at all, the host of an account who is asked for a password. With
both open nothing but the password is left, and a firewall that no file shows. Benchmarks ask to listen on chosen
addresses.
""",
    help="Set bind_address to the address that clients use, or give the account the network they are in.",
    severity=Severity.WARNING,
    profile=Profile.HARDENED,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.LISTENS_ON_CHOSEN + controls.WILDCARD_HOST,
    tags=("server", "hosts"),
    check=across_accounts(check, once=True),
    bad=(
        """\
server:
  settings: {bind_address: 0.0.0.0}  # expect: bind-all-addresses
users:
  - user: app
    host: '%'
    authentication: {secret: vault:db/app}
""",
        """\
services:
  db:
    image: mysql:8.4
    command: --bind-address=0.0.0.0  # expect: bind-all-addresses
    environment:
      MYSQL_RANDOM_ROOT_PASSWORD: "1"
      MYSQL_USER: app
      MYSQL_PASSWORD: ${APP_PASSWORD}
""",
        """\
#!/bin/sh
sed -i 's/^bind-address.*/bind-address = 0.0.0.0/' /etc/mysql/my.cnf  # expect: bind-all-addresses
mysql -e "CREATE USER 'app'@'%' IDENTIFIED BY '$APP_PASSWORD'"
""",
        """\
- hosts: db
  tasks:
    - lineinfile:
        path: /etc/mysql/my.cnf
        regexp: ^bind-address
        line: bind-address = 0.0.0.0  # expect: bind-all-addresses
    - mysql_user: {name: app, host: '%', password: '{{ vault_app }}'}
""",
    ),
    good=(
        """\
server:
  settings: {bind_address: 10.0.3.2}
users:
  - user: app
    host: '%'
    authentication: {secret: vault:db/app}
""",
        """\
server:
  settings: {bind_address: 0.0.0.0}
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
    ),
)
