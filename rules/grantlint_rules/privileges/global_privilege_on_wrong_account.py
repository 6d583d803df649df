"""global-privilege-on-wrong-account: a global grant to an account that its clients never log in as."""

from collections.abc import Collection, Iterator

from grantlint import (
    Account,
    Client,
    Confidence,
    Grant,
    Level,
    Problem,
    Profile,
    Related,
    Rule,
    Scope,
    Server,
    Severity,
    across_accounts,
    has_sure_session,
    user_of,
)

_NAMED = 3
_EVERYWHERE = Scope(Level.GLOBAL)


def check(server: Server) -> Iterator[Problem]:
    """Flag global privileges of an account that loses clients.

    They lose it to another account of the user without them.
    """
    for account, cover in server.contested:
        if not any(_is_global(grant) for grant in account.grants):
            continue
        for taker in cover.takers:
            other = server.declaration_of(taker.row)
            if not isinstance(other, Account) or other.amends or taker.row.anonymous or not taker.same_side:
                continue
            theirs = _global(server, other)
            missing = [privilege for privilege in _global(server, account) if privilege not in theirs]
            missing = _lacking(server, other, taker.witness, missing) if missing else []
            if missing:
                grant = next(grant for grant in account.grants if _is_global(grant))
                # how many ALL stands for differs between products that else come to the same
                shown = ", ".join(missing) if len(missing) <= _NAMED else f"{missing[0]} and others"
                yield Problem(
                    f"{shown} on *.* of {account} do not serve its clients that log in as {other}",
                    grant.target.span,
                    related=(Related(f"{other} comes first", other.host.span),),
                    about=str(account),
                    witness=f"{user_of(account)} from {taker.witness} is logged in as {other}, "
                    f"which lacks {missing[0]}",
                )
                break


def _lacking(server: Server, other: Account, client: Client, missing: list[str]) -> list[str]:
    """Return what the session of the other account surely lacks, by its roles as well."""
    if not has_sure_session(server, other, client):
        return []
    session = server.session(server.user_of(other), server.host_of(other), client)
    verdicts = {privilege: session.may(privilege) for privilege in missing}
    return [privilege for privilege, verdict in verdicts.items() if not verdict.allowed and not verdict.uncertain]


def _is_global(grant: Grant) -> bool:
    return grant.scope == _EVERYWHERE


def _global(server: Server, account: Account) -> Collection[str]:
    user = server.user_of(account)
    row = server.grants_of(user).row((user, server.host_of(account)), _EVERYWHERE)
    return row.privileges if row else ()


RULE = Rule(
    name="global-privilege-on-wrong-account",
    summary="A global privilege on an account that the client does not get",
    rationale="""
Global privileges come from the one account that a client is logged in as, and from no other of the same user. A grant
of PROCESS on *.* to 'app'@'%' does nothing for app from 10.0.3.7 while there is an 'app'@'10.0.3.7'.
""",
    help="Grant it to the account that the client gets, too, or keep one account for both.",
    severity=Severity.WARNING,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("grants", "precedence"),
    check=across_accounts(check, of="entangled", alike=True),
    bad=(
        """\
server: {product: mysql-8.4}
users:
  - user: monitor
    host: 10.0.%
    authentication: {secret: vault:db/monitor}
    grants:
      - privileges: [PROCESS]
        target: '*.*'  # expect: global-privilege-on-wrong-account
  - user: monitor
    host: 10.0.3.7
    authentication: {secret: vault:db/monitor}
""",
        """\
CREATE USER 'app'@'%' IDENTIFIED BY '{{ one }}';
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY '{{ two }}';
GRANT PROCESS ON *.* TO 'app'@'%';  -- expect: global-privilege-on-wrong-account
""",
    ),
    good=(
        """\
server: {product: mysql-8.4}
users:
  - user: monitor
    hosts: [10.0.%, 10.0.3.7]
    authentication: {secret: vault:db/monitor}
    grants:
      - privileges: [PROCESS]
        target: '*.*'
""",
        """\
server: {product: mysql-8.4}
users:
  - user: monitor
    host: 10.0.%
    authentication: {secret: vault:db/monitor}
    grants:
      - privileges: [PROCESS]
        target: '*.*'
  - user: ''
    host: 10.0.3.7
    authentication: {secret: vault:db/nobody}
""",
        """\
-- MySQL dump
-- Server version	8.4.6
CREATE ROLE looks;
GRANT PROCESS ON *.* TO looks;
CREATE USER 'app'@'%' IDENTIFIED BY '{{ one }}';
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY '{{ two }}' DEFAULT ROLE looks;
GRANT looks TO 'app'@'10.0.3.7';
GRANT PROCESS ON *.* TO 'app'@'%';
""",
    ),
)
