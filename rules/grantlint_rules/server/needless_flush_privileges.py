"""needless-flush-privileges: FLUSH PRIVILEGES behind account statements does nothing."""

from collections.abc import Iterator

from grantlint import (
    Confidence,
    Effect,
    FlushPrivileges,
    Problem,
    Profile,
    Remove,
    Rule,
    Server,
    Severity,
    Unclear,
    WriteTable,
    across_accounts,
)

_WORDS = ("FLUSH", "flush", "Flush")


def check(server: Server) -> Iterator[Problem]:
    """Flag FLUSH PRIVILEGES behind account statements alone.

    None of the statements of its file before it writes to a table.
    """
    waiting: dict[object, bool] = {}
    before: dict[object, set[object]] = {}  # the conditions around the account statements
    for step in server.declared.steps:
        source = step.span.source
        if not isinstance(step.act, FlushPrivileges):
            waiting[source] = waiting.get(source, False) or isinstance(step.act, WriteTable | Unclear)
            before.setdefault(source, set()).add(step.under)
        elif source in waiting and source.text.startswith(_WORDS, step.span.start):
            around = [step.under[:depth] for depth in range(len(step.under) + 1)]
            if not waiting[source] and not before[source].isdisjoint(around):
                yield Problem(
                    "FLUSH PRIVILEGES does nothing here: account statements count at once",
                    step.span,
                    remedy=Remove(step.span, "the statement", Effect.NONE),
                )
            waiting[source] = False


RULE = Rule(
    name="needless-flush-privileges",
    summary="FLUSH PRIVILEGES that does nothing",
    rationale="""
CREATE USER, GRANT and their like change what the server holds in memory at once. FLUSH PRIVILEGES reads the tables
again, which matters behind an INSERT or UPDATE on them alone (MySQL manual, When Privilege Changes Take Effect). It
needs RELOAD, which the account that runs the script may lack elsewhere, and makes readers believe that it is needed.
""",
    help="Take it out.",
    severity=Severity.INFO,
    profile=Profile.PEDANTIC,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("server",),
    check=across_accounts(check, of="steps", once=True),
    bad=(
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
FLUSH PRIVILEGES;  -- expect: needless-flush-privileges
""",
        """\
#!/bin/sh
mysql <<SQL
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY '$APP_PASSWORD';
FLUSH PRIVILEGES;  -- expect: needless-flush-privileges
SQL
""",
        """\
#!/bin/sh
mysql -e "CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY '$APP_PASSWORD'"
mysql -e "FLUSH PRIVILEGES"  # expect: needless-flush-privileges
""",
    ),
    good=(
        """\
#!/bin/sh
mysql -e "UPDATE mysql.user SET Host = '10.0.3.7' WHERE User = 'app'"
mysql -e "FLUSH PRIVILEGES"
""",
        """\
UPDATE mysql.user SET Host = '10.0.3.7' WHERE User = 'app';
FLUSH PRIVILEGES;
""",
        """\
-- with skip-grant-tables it has to come first
FLUSH PRIVILEGES;
ALTER USER 'root'@'localhost' IDENTIFIED BY '{{ password }}';
""",
    ),
)
