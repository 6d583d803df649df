"""Slips that the usual advice does not know: they are told where they are made, and not denied elsewhere."""

from collections.abc import Iterator

from grantlint.access.causes.cause import Cause, yes
from grantlint.access.causes.situation import Situation
from grantlint.access.grants.row import shown
from grantlint.access.host.value import host_value

_AROUND = " \t\r\n'\"`"


def slips(here: Situation) -> Iterator[Cause]:
    """Yield the slips that explain why a client is refused."""
    folded = here.user.casefold()
    embedded = f"{here.user}@"
    for row in here.table.rows:
        if row.user == here.user or row.dropped:
            continue
        if row.user.casefold() == folded and here.would_let_in(row.value):
            why = f"user names are compared with their case: {row} is for another user"
            change = f"connect as {row.user!r}, or declare {here.account(row.host)}"
            yield yes("user-case", "upper and lower case of the user", why, change)
            break
    for row in here.table.rows:
        if (
            here.user
            and row.user != here.user
            and row.user.strip(_AROUND) == here.user
            and here.would_let_in(row.value)
        ):
            why = f"{row} is a user called {row.user!r}: what stands around the name is part of it"
            change = f"take it out where the account is declared, or declare {here.account(row.host)}"
            yield yes("user-quoted", "quotes or blanks are part of the user's name", why, change)
            break
    for row in here.table.rows:
        host = row.user.removeprefix(embedded)
        if here.user and host != row.user and here.would_let_in(host_value(host, here.traits)):
            why = f"{row} is a user called {row.user!r}: user and host stand in one pair of quotes"
            yield yes(
                "user-embeds-host", "the host stands inside the user's quotes", why, f"write {here.account(host)}"
            )
            break
    for user, host in here.grantees:
        if user == here.user and here.would_let_in(host_value(host, here.traits)):
            why = f"a grant names {shown((user, host))}, and nothing creates that account"
            change = f"CREATE USER {shown((user, host))}: GRANT alone {_alone(here)}"
            yield yes("grant-creates-nothing", "a grant to an account that does not exist", why, change)
            return


def _alone(here: Situation) -> str:
    error = here.traits.grant_to_nobody
    return f"gets ERROR {error}" if error else "makes it only where sql_mode lacks NO_AUTO_CREATE_USER"
