"""host-matches-nobody: a host value that no client has, and that no other rule tells apart."""

from collections.abc import Iterator

from grantlint import Confidence, HostValue, Problem, Profile, Rule, ServerSettings, Severity, each_host, matches_nobody


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag values proven to match nobody that have no other rule."""
    why = matches_nobody(host)
    if why is None or _has_rule_of_its_own(host, settings):
        return
    yield Problem(
        f"host value '{host.text}' never matches a client: {why}",
        witness="the server stores it as it stands, and compares it with names and addresses that clients have",
    )


def _has_rule_of_its_own(host: HostValue, settings: ServerSettings) -> bool:
    from grantlint_rules.spelling import (  # noqa: PLC0415 - the files of ten rules, for a host that nobody has
        address_malformed,
        cidr_unsupported,
        digits_dot_name,
        host_blank,
        host_list,
        host_shell_glob,
        host_with_port,
        ipv6_not_canonical,
        netmask_host_bits,
        netmask_invalid,
    )

    others = (
        address_malformed,
        cidr_unsupported,
        digits_dot_name,
        host_blank,
        host_list,
        host_shell_glob,
        host_with_port,
        ipv6_not_canonical,
        netmask_host_bits,
        netmask_invalid,
    )
    return any(True for other in others for _ in other.check(host, settings))


RULE = Rule(
    name="host-matches-nobody",
    summary="A host value that no client has",
    rationale="""
No server rejects a host value, whatever it holds. A URL, an address in brackets, a name with a dot at its end or its
beginning, a bare number, a link-local address without its zone, the long form of an IPv4 address inside IPv6: each is
stored, and compared with what clients are known by, which is never that. Whoever is meant gets ERROR 1130 or 1045.
""",
    help="Write what the server knows the client by: the address or name in the error message of its log.",
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts",),
    check=each_host(check, forms=("other",)),
    bad=(
        """\
users:
  - user: app
    host: 'http://172.17.0.254'  # expect: host-matches-nobody
    authentication: {secret: vault:db/app}
  - user: web
    host: '[2001:db8::15]'  # expect: host-matches-nobody
    authentication: {secret: vault:db/web}
  - user: batch
    host: web1.example.com.  # expect: host-matches-nobody
    authentication: {secret: vault:db/batch}
  - user: near
    host: 'fe80::5'  # expect: host-matches-nobody
    authentication: {secret: vault:db/near}
  - user: mapped
    host: '::ffff:10.0.0.%'  # expect: host-matches-nobody
    authentication: {secret: vault:db/mapped}
""",
        """\
CREATE USER 'app'@'http://10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;  -- expect: host-matches-nobody
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 172.17.0.254
    authentication: {secret: vault:db/app}
  - user: near
    host: 'fe80::%'
    authentication: {secret: vault:db/near}
""",
    ),
)
