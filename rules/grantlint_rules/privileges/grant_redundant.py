"""grant-redundant: a grant on a database or below that a global one holds already."""

from collections.abc import Iterator

from grantlint import (
    Confidence,
    Grant,
    Level,
    Located,
    Problem,
    Profile,
    Related,
    Rule,
    Server,
    Severity,
    across_accounts,
)

_OPEN = (None, Level.GLOBAL, Level.PROXY)


def check(server: Server) -> Iterator[Problem]:
    """Flag grants whose privileges the account has on everything."""
    if server.declared.revoked:
        return  # what is taken from a database may be what the grant gives back
    for account in server.accounts:
        everywhere = [
            grant for grant in account.grants if grant.scope is not None and grant.scope.level is Level.GLOBAL
        ]
        for grant in account.grants if everywhere else ():
            if _level(grant) in _OPEN or grant.option is not None or grant.option_span:
                continue
            wider = _holder(grant, everywhere)
            if wider is not None:
                yield Problem(
                    f"{account} has this on every database by another grant",
                    grant.target.span,
                    related=(Related("granted here", wider.target.span),),
                )


def _level(grant: Grant) -> Level | None:
    return grant.scope.level if grant.scope is not None else None


def _holder(grant: Grant, everywhere: list[Grant]) -> Grant | None:
    """Return the global grant that holds all privileges of a grant; USAGE is none."""
    names = [leaf.value.name for leaf in grant.privileges if isinstance(leaf, Located)]
    if len(names) < len(grant.privileges) or names == ["USAGE"]:
        return None
    return next((wider for wider in everywhere if wider.gives_all(Level.GLOBAL) or {*names} <= _names(wider)), None)


def _names(grant: Grant) -> set[str]:
    known = [leaf.value for leaf in grant.privileges if isinstance(leaf, Located)]
    return {privilege.name for privilege in known if not privilege.columns}


RULE = Rule(
    name="grant-redundant",
    summary="A grant on a database that the account has on every database",
    rationale="""
What is granted on `*.*` holds in every database, so a grant of the same privileges on one gives nothing. Whoever
revokes it later believes that the account lost them there; or the global grant was a mistake, and this one was meant.
""",
    help="Take the global grant back where one database is meant; else leave this one out.",
    severity=Severity.INFO,
    profile=Profile.PEDANTIC,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("grants",),
    check=across_accounts(check, once=True),
    bad=(
        """\
users:
  - user: report
    host: 10.0.3.7
    authentication: {secret: vault:db/report}
    grants:
      - target: '*.*'
        privileges: [SELECT, SHOW VIEW]
      - target: 'shop.*'  # expect: grant-redundant
        privileges: [SELECT]
""",
        """\
CREATE USER 'report'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT ON *.* TO 'report'@'10.0.3.7';
GRANT SELECT ON shop.orders TO 'report'@'10.0.3.7';  -- expect: grant-redundant
GRANT SELECT, INSERT ON shop.* TO 'report'@'10.0.3.7';
""",
    ),
    good=(
        """\
users:
  - user: report
    host: 10.0.3.7
    authentication: {secret: vault:db/report}
    grants:
      - target: '*.*'
        privileges: [PROCESS]
      - target: 'shop.*'
        privileges: [SELECT]
""",
        """\
CREATE USER 'owner'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT ALL ON *.* TO 'owner'@'10.0.3.7';
GRANT ALL ON shop.* TO 'owner'@'10.0.3.7' WITH GRANT OPTION;
""",
        """\
CREATE USER 'report'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT ON *.* TO 'report'@'10.0.3.7';
GRANT USAGE ON shop.* TO 'report'@'10.0.3.7';
GRANT SELECT, {{ more }} ON stock.* TO 'report'@'10.0.3.7';
""",
    ),
)
