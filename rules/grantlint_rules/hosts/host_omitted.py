"""host-omitted: an account whose host nobody wrote."""

from collections.abc import Iterator

from grantlint import (
    Account,
    Add,
    Addition,
    Confidence,
    Effect,
    Implied,
    Problem,
    Profile,
    Rule,
    ServerSettings,
    Severity,
    each_account,
    given,
)


def check(account: Account, settings: ServerSettings) -> Iterator[Problem]:
    """Flag hosts that the format supplies."""
    del settings
    if isinstance(account.host, Implied) and not account.amends:
        yield Problem(
            f"no host is written, so that the account is {account}",
            account.user.span,
            remedy=Add(Addition.HOST, account.host.value, Effect.NONE),
            unsaid=given(account.host),
        )


RULE = Rule(
    name="host-omitted",
    summary="An account whose host nobody wrote",
    rationale="""
What is supplied depends on the format: SQL, Kubernetes operators and images take `%`, modules of Ansible, Terraform,
Salt and Puppet `localhost`. Who moves a declaration from one to the other opens the account to everybody, or closes
it.
""",
    help="Write the host.",
    severity=Severity.INFO,
    profile=Profile.PEDANTIC,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("hosts",),
    check=each_account(check, has="omitted host"),
    bad=(
        """\
CREATE USER 'app' IDENTIFIED BY RANDOM PASSWORD;  -- expect: host-omitted
""",
        """\
- hosts: db
  tasks:
    - community.mysql.mysql_user:
        name: app  # expect: host-omitted
        password: "{{ vault_app }}"
""",
    ),
    good=(
        """\
users:
  - user: app
    host: 10.0.3.7
    authentication: {secret: vault:db/app}
""",
    ),
)
