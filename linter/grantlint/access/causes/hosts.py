"""Which hosts the accounts are for: another host, no such account, no account for every host."""

from grantlint.access.accounts.connection import HOST_NOT_ALLOWED
from grantlint.access.causes.cause import Cause, no, yes
from grantlint.access.causes.situation import Situation, listed, verb

_RESTRICTED = "restricted-host", "the account is restricted to other hosts"
_NO_SUCH = "restricted-host", "there is no such account"
_ANY = "no-any-host", "no account has the host '%'"


def restricted(here: Situation) -> Cause:
    """Return the cause that the user's accounts are for other hosts.

    Or that there are none.
    """
    taking = [row for row in here.own if here.takes(row)]
    if taking:
        return no(*_RESTRICTED, f"{listed(taking)} takes this client")
    change = f"declare {here.account(here.here)}, with the grants that it needs"
    if len(here.user) > here.traits.user_length:
        change = f"a name of at most {here.traits.user_length} characters: no account can have this one"
    if here.own:
        rows = here.by_nearness(here.own)
        return yes(*_RESTRICTED, f"{listed(rows)} {verb(rows, 'does', 'do')} not take {here.seen}", change)
    nor = ", and no anonymous account takes this client" if here.meant else ""
    return yes(*_NO_SUCH, f"no account of the user {here.user!r} is declared{nor}", change)


def no_any_host(here: Situation) -> Cause:
    """Return the cause that the user has no account for `%`."""
    change = f"not '%', which lets everybody try: declare {here.account(here.here)}"
    change += here.or_network(", or the client's network")
    if len(here.user) > here.traits.user_length:
        change = ""
    if here.decision.error == HOST_NOT_ALLOWED:
        why = f"no account of any user has it; one alone would turn {HOST_NOT_ALLOWED} into 1045 for everybody else"
        return yes(*_ANY, why, change)
    rows = here.table.rows
    door = next((row for row in rows if not row.dropped and row.value.kind == "any"), None) or here.table.gate(
        here.told
    )
    if door is None:
        return yes(*_ANY, f"no account of {here.user!r} has it", change)
    why = f"no account of {here.user!r} has it; {door}, another user, lets this client as far as this error, not in"
    return yes(*_ANY, why, change)
