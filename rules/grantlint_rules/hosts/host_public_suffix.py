"""host-public-suffix: a pattern for everybody who has a name under a public suffix."""

from collections.abc import Iterator

from grantlint import Confidence, HostValue, Problem, Profile, Rule, ServerSettings, Severity, each_host
from grantlint_rules import controls

_COUNTRY = 2
_SUFFIXES = frozenset(
    """
com net org edu gov mil int info biz name pro io dev app cloud online site shop xyz club tech store co.uk org.uk
ac.uk gov.uk me.uk com.au net.au org.au co.nz co.jp or.jp ne.jp com.br com.cn com.mx co.in co.za com.tr com.tw
co.kr amazonaws.com compute.amazonaws.com cloudapp.net azure.com googleusercontent.com
""".split()  # noqa: SIM905 - to be read as lines
)


def check(host: HostValue, settings: ServerSettings) -> Iterator[Problem]:
    """Flag `%.` with a suffix under which anybody registers names."""
    del settings
    suffix = host.text.lower().removeprefix("%.")
    if suffix != host.text.lower() and (suffix in _SUFFIXES or (len(suffix) == _COUNTRY and suffix.isalpha())):
        yield Problem(
            f"host value '{host.text}' takes every client whose address its owner named under .{suffix}",
            witness=f"whoever owns an address decides what its reverse look-up says: evil.{suffix} gets in",
        )


RULE = Rule(
    name="host-public-suffix",
    summary="A pattern for everybody who has a name under a public suffix",
    rationale="""
The name that a host value is compared with is the one that the reverse look-up of the client's address gives, and the
owner of the address writes that. `%.com` is everybody who calls an address something under .com; the manual uses it
as an example of the syntax.
""",
    help="Name your own domain, or better the network that the clients are in.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.WILDCARD_HOST,
    tags=("hosts",),
    check=each_host(check, having=".", once=True, forms=("other",)),
    bad=(
        """\
users:
  - user: app
    host: '%.com'  # expect: host-public-suffix
    authentication: {secret: vault:db/app}
""",
        """\
CREATE USER 'app'@'%.co.uk' IDENTIFIED BY RANDOM PASSWORD;  -- expect: host-public-suffix
""",
    ),
    good=(
        """\
users:
  - user: app
    host: '%.shop.example.com'
    authentication: {secret: vault:db/app}
""",
        """\
users:
  - user: app
    host: '%.internal'
    authentication: {secret: vault:db/app}
  - user: web
    host: '%.x9'
    authentication: {secret: vault:db/app}
  - user: report
    host: com
    authentication: {secret: vault:db/app}
""",
    ),
)
