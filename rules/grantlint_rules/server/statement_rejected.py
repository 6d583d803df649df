"""statement-rejected: a statement that the server answers with an error."""

from bisect import bisect_right
from collections.abc import Iterator

from grantlint import (
    Account,
    AccountName,
    Confidence,
    CreateUser,
    Located,
    MakeFirst,
    Problem,
    Profile,
    Refused,
    Rule,
    Server,
    Severity,
    Span,
    across_accounts,
)

_OTHERS = frozenset({"twice", "other host", "platform", "broken"})
_HELP = "Write it as this server has it, or say with --server or the configuration which server it is for."


def check(server: Server) -> Iterator[Problem]:
    """Flag each statement that the server refuses.

    It is flagged at what is refused. Accounts that are made twice, grants to other hosts than that of the account, what
    a platform keeps to itself and what no server takes are findings of their own. That an account is not there since
    the statement that makes it is refused says nothing new.
    """
    reported: set[tuple[object, int]] = set()
    unmade: set[tuple[str, str]] = set()
    calls = _Calls(server)
    for refused in server.refused:
        place = (refused.span, refused.errno)
        unmade |= _made_by(refused)
        follows = refused.why == "absent" and refused.account is not None and _name(refused.account) in unmade
        if refused.why in _OTHERS or follows or place in reported:
            continue
        reported.add(place)
        verb = "rejects" if refused.why == "grammar" else "refuses"
        by_server = f"the server {verb} this statement with error {refused.errno}: {refused.message}"
        yield Problem(
            by_server if refused.errno else refused.message,
            refused.span,
            help=f"{refused.help or _HELP}{calls.behind(refused)}",
            remedy=MakeFirst(refused.step),
        )


def _made_by(refused: Refused) -> set[tuple[str, str]]:
    """Return the accounts that a refused statement would have made."""
    act = refused.step.act
    return {_name(account) for account in act.accounts} if isinstance(act, CreateUser) else set()


def _name(one: Account | AccountName) -> tuple[str, str]:
    user, host = [leaf.value if isinstance(leaf, Located) else "" for leaf in (one.user, one.host)]
    return user, host.lower()


class _Calls:
    """What each call of a client runs, statement by statement, and what the turns of a longer run hold."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._spans: dict[object, list[Span]] = {}
        self._places: dict[int, int] = {}
        self._turns: dict[object, list[int]] = {}

    def behind(self, refused: Refused) -> str:
        """Return what ends at a refused step, as a sentence.

        Such as a client that is fed the file, and how much it leaves undone; '' where nothing ends.
        """
        call, part = refused.step.call, refused.step.part
        ends = part is not None and part.ends
        if call is None and not ends:
            return ""
        if not self._places:
            self._read()
        number = 0 if call is None else len(self._spans[call]) - 1 - self._places[id(refused.step)]
        if part is not None and ends:
            turns = self._turns[part.within[-1]]
            number += len(turns) - bisect_right(turns, part.turn)
        if not number:
            return ""
        by = refused.step.ending
        by = f"{by[0].upper()}{by[1:]}"
        are = "statement behind it is" if number == 1 else "statements behind it are"
        return f" {by} ends here, and {number:,} account {are} not run."

    def _read(self) -> None:
        for step in self._server.declared.steps:
            spans = self._spans.setdefault(step.call, [])
            if not spans or spans[-1] != step.span:
                spans.append(step.span)
                if step.part is not None:
                    for run in step.part.within:
                        self._turns.setdefault(run, []).append(step.part.after)
            self._places[id(step)] = len(spans) - 1
        for turns in self._turns.values():
            turns.sort()


RULE = Rule(
    name="statement-rejected",
    summary="An account statement that the server refuses",
    rationale="""
MySQL and MariaDB have drifted apart in what CREATE USER, ALTER USER, GRANT, REVOKE and SET PASSWORD may say, and MySQL
8.0 dropped much that 5.7 took: GRANT that makes an account or sets its password, PASSWORD(), IDENTIFIED BY PASSWORD.
Others parse and are refused all the same: a global privilege on a database, an account that was dropped before, a
write to mysql.user where that is a view. A statement that is refused changes nothing, and a script stops at it, so
accounts or grants after it are missing, or a password is never set. Grammar and refusals of each version are those that
real servers were asked about, statement by statement.
""",
    help=_HELP,
    severity=Severity.ERROR,
    profile=Profile.CORRECTNESS,
    confidence=Confidence.HIGH,
    since="0.1.0",
    tags=("server",),
    check=across_accounts(check, of="steps"),
    bad=(
        """\
-- MySQL dump
-- Server version	8.4.6
CREATE USER 'web'@'10.0.3.7' IDENTIFIED WITH caching_sha2_password;
GRANT SELECT ON shop.* TO 'web'@'10.0.3.7' REQUIRE SSL;  -- expect: statement-rejected
""",
        """\
-- MariaDB dump
-- Server version	10.11.19-MariaDB
CREATE USER 'web'@'10.0.3.7' IDENTIFIED VIA unix_socket;
ALTER USER 'web'@'10.0.3.7' FAILED_LOGIN_ATTEMPTS 3;  -- expect: statement-rejected
""",
        """\
-- Whichever server it is.
CREATE USER 'monitor'@'10.0.9.8' REQUIRE SSL;
GRANT PROCESS ON shop.* TO 'monitor'@'10.0.9.8';  -- expect: statement-rejected
DROP USER 'monitor'@'10.0.9.8';
GRANT SELECT ON shop.* TO 'monitor'@'10.0.9.8';  -- expect: statement-rejected
""",
        """\
#!/bin/sh
mysql -e "CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY '$APP_PASSWORD'"
mysql -e "GRANT PROCESS ON shop.* TO 'app'@'10.0.3.7'"  # expect: statement-rejected
""",
    ),
    good=(
        """\
-- MySQL dump
-- Server version	8.4.6
CREATE USER 'web'@'10.0.3.7' IDENTIFIED WITH caching_sha2_password REQUIRE SSL;
GRANT SELECT ON shop.* TO 'web'@'10.0.3.7';
""",
        """\
-- Some server takes this, and nothing says that it is not this one.
CREATE USER 'web'@'10.0.3.7' IDENTIFIED VIA unix_socket;
GRANT SELECT ON shop.* TO 'web'@'10.0.3.7';
""",
        """\
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
""",
    ),
)
