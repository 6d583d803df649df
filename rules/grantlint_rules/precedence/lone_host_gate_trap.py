"""lone-host-gate-trap: a host value that matches its clients, but does not let them in."""

import re
from collections.abc import Iterator

from grantlint import (
    Client,
    Confidence,
    Effect,
    HostValue,
    Problem,
    Profile,
    Rehost,
    Rule,
    Server,
    Severity,
    across_accounts,
    canonical_ip,
    dotted,
    matches_nobody,
)

_REFUSED = 1130
_SOMEWHERE = "192.0.2.1"  # an address for documents, of a client that matters by its name


def check(server: Server) -> Iterator[Problem]:
    """Flag accounts whose clients are all kept out by the gate.

    No account lets them through the host gate.
    """
    for account in server.census.gated:
        host = server.host(server.host_of(account))
        if not host.gate_is_text or matches_nobody(host):
            continue
        cover = server.cover(account)
        if cover.outcome == "shut":
            plain = _plain(host)
            client = _client(plain)
            if server.table.decide(cover.user, client).error != _REFUSED or not server.certainty.of_refusal(client):
                continue
            yield Problem(
                f"{account} is never reached: the server compares '{host}' with the client's name and address as text "
                "before it lets it in, and no other account lets this host in",
                account.host.span,
                witness=f"a client {'at' if client.name is None else 'called'} {plain} gets error 1130",
                remedy=Rehost(account, plain, Effect.GIVES),
            )


def _plain(host: HostValue) -> str:
    """Return the one address or name that a value matches."""
    return dotted(host.network) if host.mask else re.sub(r"\\(.)", r"\1", host.text)


def _client(plain: str) -> Client:
    address = canonical_ip(plain)
    return Client.tcp(address) if address else Client.tcp(_SOMEWHERE, plain)


RULE = Rule(
    name="lone-host-gate-trap",
    summary="A /32 or zero-padded address that only works beside another account",
    rationale="""
Before it asks for a user name, the server decides whether a host may connect at all, and takes values without a
wildcard as text there. On MySQL 8.0.46, 8.4.8 and 9.7 that includes `10.0.0.1/32`, `10.0.0.1/255.255.255.255` and
`10.0.0.01`: the client 10.0.0.1 gets error 1130, unless another account of any user happens to let it in.
""",
    help="Write the plain address.",
    severity=Severity.WARNING,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts", "networks"),
    check=across_accounts(check, of="gated"),
    bad=(
        """\
server: {product: mysql-9.7}
users:
  - user: app
    host: 10.0.0.1/32  # expect: lone-host-gate-trap
    authentication: {secret: vault:db/app}
""",
        """\
-- MySQL dump
-- Server version	9.7.0
CREATE USER 'app'@'10.0.0.1/32' IDENTIFIED BY '{{ one }}';  -- expect: lone-host-gate-trap
""",
    ),
    good=(
        """\
server: {product: mysql-9.7}
users:
  - user: app
    host: 10.0.0.1/32
    authentication: {secret: vault:db/app}
  - user: web
    host: '10.0.%'
    authentication: {secret: vault:db/web}
""",
        """\
server: {product: mysql-9.7}
users:
  - user: app
    host: 10.0.0.1/32
    authentication: {secret: vault:db/app}
  - user: web
    host: '{{ web_host }}'
    authentication: {secret: vault:db/web}
""",
    ),
)
