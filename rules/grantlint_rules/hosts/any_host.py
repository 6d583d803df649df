"""any-host: an account that may connect from anywhere."""

import re
from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    Located,
    Problem,
    Profile,
    Rule,
    ServerSettings,
    Severity,
    each_account,
    given,
    is_any_host,
)
from grantlint_rules import controls
from grantlint_rules.images import of_image
from grantlint_rules.weights import of_any_host

_ANOTHER_WAY = re.compile(r"(?i)['\"`]?\s+OR\s")  # of MariaDB, which has several


def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
    """Flag a host value that leaves out no address.

    It is `%`, the empty one, or what amounts to them. Whom a grant alone names without a host may be a role.
    """
    del settings
    host = account.host
    if not isinstance(host, Located) or not is_any_host(host.value) or account.is_locked or account.may_be_role:
        return
    if _is_local(account):
        return
    if account.amends and (account.is_expired or _only_hardens(account)):  # of an account that is made elsewhere
        return
    if host.value in {"", "%"}:
        yield Problem(f"{account} may connect from any host", host.span, help=of_image(host), unsaid=given(host))
    else:
        yield Problem(f"{account} may connect from any IPv4 address: '{host.value}' leaves none out", host.span)


def _is_local(account: Account) -> bool:
    """Return whether the local socket is the one way by which an account logs in, whatever its host value says."""
    proof = account.authentication
    plugin = proof.plugin if proof is not None else None
    if not isinstance(plugin, Located) or plugin.value.lower() not in {"auth_socket", "unix_socket"}:
        return False
    return _ANOTHER_WAY.match(plugin.source.text, plugin.end) is None


def _only_hardens(account: Account) -> bool:
    """Return whether all that is said of an account is what it must show, its limits, or the age of its password."""
    required = any(not isinstance(leaf, Located) or leaf.value != "NONE" for leaf in account.require)
    said = required or account.limits or account.password_rules
    proof = account.authentication
    if not said or account.grants or proof is None or proof.credential is None:
        return bool(said) and not account.grants
    return proof.plugin is None and proof.credential.span.start <= account.user.span.start  # it stands elsewhere


RULE = Rule(
    name="any-host",
    summary="An account that may connect from anywhere",
    rationale="""
`%` matches every client, by TCP and by the local socket, and so do '' and %%; patterns such as `%.%` or `%.%.%.%`
look narrower and match every IPv4 address. One such account also opens the server to every host: a stranger gets a
password prompt (error 1045) where otherwise the connection would be closed at once (error 1130).
""",
    help="Name the network the clients live in, such as '10.0.3.%', or the hosts.",
    severity=Severity.WARNING,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.WILDCARD_HOST,
    tags=("hosts",),
    check=each_account(check, has="any host"),
    weigh=of_any_host,
    bad=(
        """\
users:
  - user: app
    host: '%'  # expect: any-host
    authentication: {secret: vault:db/app}
  - user: report
    host: '%.%.%.%'  # expect: any-host
    authentication: {secret: vault:db/report}
""",
        """\
ALTER USER 'app'@'%' IDENTIFIED BY '{{ password }}';  -- expect: any-host
""",
        """\
CREATE USER 'app'@'%' IDENTIFIED BY '{{ password }}' PASSWORD EXPIRE;  -- expect: any-host
""",
    ),
    good=(
        """\
users:
  - user: app
    host: '10.0.3.%'
    authentication: {secret: vault:db/app}
  - user: owner
    host: '%'
    locked: true
  - user: agent
    host: '%'
    authentication: {plugin: unix_socket}
""",
    ),
)
