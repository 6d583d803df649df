"""declared-host-refused: a client that the file names, and that no account lets in."""

import re
from collections.abc import Iterator
from os.path import commonprefix

from grantlint import (
    Client,
    Confidence,
    Problem,
    Profile,
    Related,
    Rule,
    Server,
    Severity,
    across_accounts,
    canonical_ipv4,
    clients_of,
)


def check(server: Server) -> Iterator[Problem]:
    """Flag each declared host that gets error 1130, whoever the user is.

    Clients called localhost are left out: the accounts that every server is installed with let them in.
    """
    for host in server.declared.hosts:
        for client, address in clients_of(host):
            seen = server.table.as_seen(client)
            if server.table.gate(client) or not server.certainty.of_refusal(client):
                continue  # or an account whose host nobody knows may let it in
            if seen.name != "localhost" and not ("/" in address.value and _part_is_let_in(server, address.value)):
                yield Problem(
                    f"no account lets {host.name.value} ({address.value}) in",
                    address.span,
                    related=_why_nameless(server, client, seen),
                    witness=f"any user from {seen} gets ERROR 1130: {server.table.decide('', client).message}",
                )


def _part_is_let_in(server: Server, written: str) -> bool:
    """Return whether some account may let some address of an IPv4 network in."""
    from ipaddress import ip_network  # noqa: PLC0415 - for networks that are refused alone

    network = ip_network(written, strict=False)
    first, last, mask = int(network.network_address), int(network.broadcast_address), int(network.netmask)
    common = commonprefix(  # noqa: RUF071 - of texts, not of paths
        [str(network.network_address), str(network.broadcast_address)]
    )
    for row in server.table.rows:
        value = row.value
        if value.mask:
            found = not (value.network ^ first) & value.mask & mask
        elif canonical_ipv4(value.text):
            found = first <= int(ip_network(value.text).network_address) <= last
        else:
            begin = re.split(r"[%_\\]", value.text, maxsplit=1)[0]
            found = value.kind == "pattern" and (begin.startswith(common) or common.startswith(begin))
        if found and not row.dropped:
            return True
    return False


def _why_nameless(server: Server, client: Client, seen: Client) -> tuple[Related, ...]:
    """Return the place of the setting that takes a client's name away, where it is one."""
    settings = server.installation.settings
    place = settings.place("skip_name_resolve")
    if place is None or not client.name or seen.name or not server.installation.skip_name_resolve:
        return ()
    return (Related(f"{settings.told('skip_name_resolve')}: its name counts for nothing", place),)


RULE = Rule(
    name="declared-host-refused",
    summary="A declared client that every account refuses",
    rationale="""
Before it asks for a user name, the server looks whether any account at all takes the client's name or address. If
none does, the client gets error 1130. The usual reasons can be seen in the files: no account for the network that the
client has moved to, an account by name for a client that no look-up names (or while skip_name_resolve is on),
localhost for a client that comes by TCP, or a host value that matches nobody.
""",
    help="Declare an account at this client's address or network, or take the host out of `hosts`.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("server", "hosts"),
    check=across_accounts(check, of="hosts", alike=True),
    bad=(
        """\
hosts:
  - name: web-2
    addresses: [10.0.4.7]  # expect: declared-host-refused
users:
  - user: app
    host: '10.0.3.%'
    authentication: {secret: vault:db/app}
""",
        """\
hosts:
  - name: web
    addresses:
      - 10.1.2.0/24  # expect: declared-host-refused
users:
  - user: app
    host: 10.1.1.7
    authentication: {secret: vault:db/app}
  - user: app
    host: 10.1.3.7
    authentication: {secret: vault:db/app}
  - user: app
    host: '172.%'
    authentication: {secret: vault:db/app}
  - user: app
    host: 10.9.0.0/255.255.0.0
    authentication: {secret: vault:db/app}
  - user: app
    host: web1.example.com
    authentication: {secret: vault:db/app}
""",
        """\
server:
  product: mysql-8.4
  settings: {skip_name_resolve: on}
hosts:
  - name: web-1
    dns_names: [web1.example.com]
    addresses: [10.0.3.7]  # expect: declared-host-refused
users:
  - user: app
    host: web1.example.com
    authentication: {secret: vault:db/app}
""",
    ),
    good=(
        """\
hosts:
  - name: web-2
    addresses: [10.0.3.8]
users:
  - user: app
    host: '10.0.3.%'
    authentication: {secret: vault:db/app}
""",
        """\
hosts:
  - name: web
    addresses: [10.1.2.0/24]
users:
  - user: app
    host: '10.1.2.7'
    authentication: {secret: vault:db/app}
""",
        """\
hosts:
  - name: web
    addresses: [10.1.2.0/24]
users:
  - user: app
    host: '10.1.2.2%'
    authentication: {secret: vault:db/app}
""",
        """\
hosts:
  - name: web
    addresses: [10.1.2.0/24]
users:
  - user: app
    host: '10.1.2.128/255.255.255.128'
    authentication: {secret: vault:db/app}
""",
        """\
hosts:
  - name: web
    addresses: [10.1.2.0/24]
users:
  - user: app
    host: '10._.2.9'
    authentication: {secret: vault:db/app}
""",
        """\
hosts:
  - name: web
    addresses: [10.1.2.0/24]
users:
  - user: app
    host: '10.%'
    authentication: {secret: vault:db/app}
""",
        """\
hosts:
  - name: web-2
    addresses: [10.0.4.7]
""",
    ),
)
