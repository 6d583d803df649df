"""host-list: several hosts in one value."""

import re
from collections.abc import Iterator

from grantlint import Confidence, HostValue, Problem, Profile, Rule, ServerSettings, Severity, each_host

_SEPARATOR = r"\s*[,;|]\s*|\s+"


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag values that list several hosts.

    Text stands on both sides of a comma, semicolon, bar or blank.
    """
    del settings
    parts = [part for part in re.split(_SEPARATOR, host.text) if part]
    if len(parts) > 1 and not host.mask:  # MySQL from 8.0.23 on reads over blanks inside an address
        yield Problem(
            f"host value '{host.text}' never matches a client: it is one value, not a list",
            witness=f"a client at {parts[0]} does not match it",
            help="Declare one account for each: " + ", ".join(f"'{part}'" for part in parts) + ".",
        )


RULE = Rule(
    name="host-list",
    summary="Several hosts in one value",
    rationale="""
An account has one host value, compared as a whole. '10.0.0.1,10.0.0.2' is the name of no client. Several hosts are
several accounts, each with its own password and grants.
""",
    help="Declare one account for each host.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts",),
    check=each_host(check, having=",;| \t\r\n"),
    bad=(
        """\
users:
  - user: app
    host: 10.0.0.1,10.0.0.2  # expect: host-list
    authentication: {secret: vault:db/app}
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: "10.0.3.7,10.0.3.8"  # expect: host-list
        password: "{{ vault_app }}"
""",
    ),
    good=(
        """\
users:
  - user: app
    hosts: [10.0.0.1, 10.0.0.2]
    authentication: {secret: vault:db/app}
""",
        """\
server: {product: mysql-9.7}
users:
  - user: app
    host: '10.0.3.0/255.255. 255.0'
    authentication: {secret: vault:db/app}
""",
    ),
)
