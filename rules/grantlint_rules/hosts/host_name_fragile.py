"""host-name-fragile: an account that depends on look-ups of names."""

from collections.abc import Iterator

from grantlint import (
    LETTERS,
    Confidence,
    HostValue,
    Problem,
    Profile,
    Rule,
    ServerSettings,
    Severity,
    each_host,
    needs_name,
)


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag values that match a client by its name only.

    localhost needs no look-up.
    """
    del settings
    if host.folded != "localhost" and needs_name(host):
        yield Problem(f"'{host.text}' works as long as the server looks up the client's address and finds this name")


RULE = Rule(
    name="host-name-fragile",
    summary="An account that depends on look-ups of names",
    rationale="""
For each connection the server asks the DNS what the client's address is called, and then what addresses that name
has. An answer that is late, missing or other than yesterday is error 1130, and whoever can change the answers decides
who gets in. Addresses need none of that, and go on working with skip_name_resolve.
""",
    help="Name the address or the network instead.",
    severity=Severity.INFO,
    profile=Profile.PEDANTIC,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts",),
    check=each_host(check, having=LETTERS),
    bad=(
        """\
users:
  - user: app
    host: web-1.example.com  # expect: host-name-fragile
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'%.example.com' IDENTIFIED BY RANDOM PASSWORD;  -- expect: host-name-fragile
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: app
    host: localhost
    authentication: {secret: vault:db/app}
""",
    ),
)
