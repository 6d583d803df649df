"""declared-host-unheard: a client that the file names, where the server does not listen."""

from collections.abc import Iterator

from grantlint import (
    Confidence,
    Problem,
    Profile,
    Related,
    Rule,
    Server,
    Severity,
    across_accounts,
    clients_of,
    unheard,
)


def check(server: Server) -> Iterator[Problem]:
    """Flag each declared host that reaches no socket of the server."""
    installation = server.installation
    for host in server.declared.hosts:
        for client, address in clients_of(host):
            deaf = unheard(installation, client)
            place = installation.settings.place(deaf.setting) if deaf is not None else None
            if deaf is not None and place is not None:
                yield Problem(
                    f"the server does not listen where {host.name.value} ({address.value}) comes from: {deaf.why}",
                    address.span,
                    related=(Related(installation.settings.told(deaf.setting), place),),
                    witness=f"any user from {client} gets ERROR 2003 of its own client: nothing answers",
                )


RULE = Rule(
    name="declared-host-unheard",
    summary="A declared client that the server does not hear",
    rationale="""
bind_address and skip_networking decide whether a client reaches the server at all, before any account is asked for. A
server that listens at 127.0.0.1 hears nobody from another machine, however its accounts read: the client says error
2003, connection refused (facts: K1, K2).
""",
    help="Set bind_address to an address that this client reaches, or take the host out of `hosts`.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("server", "hosts"),
    check=across_accounts(check, of="hosts"),
    bad=(
        """\
server:
  settings: {bind_address: 127.0.0.1}
hosts:
  - name: web-1
    addresses: [10.0.3.7]  # expect: declared-host-unheard
users:
  - user: app
    host: '10.0.3.%'
    authentication: {secret: vault:db/app}
""",
        """\
server:
  settings: {skip_networking: on}
hosts:
  - name: web-1
    addresses: [10.0.3.7]  # expect: declared-host-unheard
users:
  - user: app
    host: '10.0.3.%'
    authentication: {secret: vault:db/app}
""",
    ),
    good=(
        """\
server:
  settings: {bind_address: 'localhost,10.0.3.2'}
hosts:
  - name: web-1
    addresses: [10.0.3.7]
users:
  - user: app
    host: '10.0.3.%'
    authentication: {secret: vault:db/app}
""",
        """\
server:
  settings: {bind_address: 0.0.0.0}
hosts:
  - name: web-1
    addresses: [10.0.3.7]
users:
  - user: app
    host: '10.0.3.%'
    authentication: {secret: vault:db/app}
""",
    ),
)
