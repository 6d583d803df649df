"""host-shell-glob: * in a host value, where SQL writes %."""

from collections.abc import Iterator

from grantlint import (
    Confidence,
    Effect,
    HostValue,
    Instead,
    Problem,
    Profile,
    Rule,
    ServerSettings,
    Severity,
    each_host,
)


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag a star: no client's name or address has one."""
    del settings
    if "*" in host.text:
        yield Problem(
            f"host value '{host.text}' never matches a client: * is an ordinary character here, the wildcard is %",
            witness=f"no client's name or address has a * in it, as '{host.text}' demands",
            remedy=Instead(host.text.replace("*", "%"), Effect.GIVES, "if any text is meant"),
        )


RULE = Rule(
    name="host-shell-glob",
    summary="* as a wildcard in the host value",
    rationale="""
MySQL and MariaDB know the wildcards % (any text) and _ (one character). A star stands for itself, and no client has
one in its name or address. No server rejects it.
""",
    help="Write % for any text.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts",),
    check=each_host(check, having="*"),
    bad=(
        """\
users:
  - user: app
    host: '10.0.3.*'  # expect: host-shell-glob
    authentication: {secret: vault:db/app}
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app
        host: "10.0.3.*"  # expect: host-shell-glob
        password: "{{ vault_app }}"
""",
    ),
    good=(
        """\
users:
  - user: app
    host: '10.0.3.%'
    authentication: {secret: vault:db/app}
""",
    ),
)
