"""proxy-everybody: everybody who gets in may become another account."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Confidence,
    Level,
    Located,
    Problem,
    Profile,
    Rule,
    ServerSettings,
    Severity,
    each_account,
    unless_known,
)
from grantlint_rules import controls


def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
    """Flag PROXY on the anonymous account. An administrator may have it."""
    if isinstance(account.user, Located) and account.user.value in settings.administrators:
        return
    for grant in account.grants:
        scope = grant.scope
        if scope is not None and scope.level is Level.PROXY and not scope.name:
            said = str(scope).replace("PROXY ", "PROXY on ", 1)
            become = f"{said} lets {account} become every other account"
            yield Problem(become, grant.target.span, unsaid=unless_known(account.user))


RULE = Rule(
    name="proxy-everybody",
    summary="PROXY on the anonymous account, which stands for every account",
    rationale="""
`GRANT PROXY ON ''@'' TO u` lets the holder act as any account that its plugin names, administrators included, and
with GRANT OPTION hand that on. Installations and images make such a row for root alone,
of which this rule says nothing, nor of other administrators.
""",
    help="Name the account that it may become.",
    severity=Severity.ERROR,
    profile=Profile.DEFAULT,
    confidence=Confidence.HIGH,
    since="0.1.0",
    controls=controls.ADMINISTRATORS_ALONE,
    tags=("grants",),
    check=each_account(check, has="proxy"),
    bad=(
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT PROXY ON ''@'' TO 'app'@'10.0.3.7';  -- expect: proxy-everybody
""",
        """\
#!/bin/sh
mysql -e "GRANT PROXY ON ''@'' TO 'app'@'10.0.3.7'"  # expect: proxy-everybody
""",
    ),
    good=(
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT PROXY ON 'shop'@'10.0.3.7' TO 'app'@'10.0.3.7';
""",
        """\
GRANT PROXY ON ''@'%' TO 'root'@'localhost' WITH GRANT OPTION;
""",
    ),
)
