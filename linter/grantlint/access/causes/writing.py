"""What the host values say, against what they were probably meant to say."""

from grantlint.access.accounts.explanation import nearest
from grantlint.access.accounts.rows import Row
from grantlint.access.causes.cause import Cause, no, yes
from grantlint.access.causes.situation import Situation
from grantlint.access.grants.row import shown
from grantlint.access.host.address import canonical_ipv4
from grantlint.access.host.client import LOOPBACK, Client
from grantlint.access.host.dead import matches_nobody
from grantlint.access.host.reach import needs_name
from grantlint.access.host.repair import repaired
from grantlint.access.host.value import host_value

_CHANGED = "address-changed", "the client's address has changed"
_WRITTEN = "written-otherwise", "the host is written so that the server takes it for something else"


def address_changed(here: Situation) -> Cause:
    """Return the cause that the client's address has changed.

    An account for an address near the client's shows it.
    """
    ip = here.seen.ip
    if ip is None:
        return no(*_CHANGED, "the local socket has no address")
    if here.is_nowhere:
        return no(*_CHANGED, "nobody tells the client's address")
    near = [row for row in here.own if _near(row, ip) and repaired(row.value, here.seen) is None]
    row = nearest(near, Client(ip, None))
    if row is None:
        return no(*_CHANGED, f"no account of {here.user!r} is for an address near {ip}")
    change = f"if the client moved there, declare {here.account(ip)}{here.or_network(' or its network')}"
    return yes(*_CHANGED, f"{row} is for an address near {ip}", change)


def _near(row: Row, ip: str) -> bool:
    """Return whether a row's addresses begin as the client's does.

    Two numbers or groups are compared.
    """
    separator = "." if canonical_ipv4(ip) else ":"
    return row.host.split(separator)[:2] == ip.split(separator)[:2] and not needs_name(row.value)


def written_otherwise(here: Situation) -> Cause:
    """Return the cause that a host value is written wrongly.

    Or that it is for another way into the same machine.
    """
    rows = here.by_nearness(here.meant)
    for row in rows:
        if here.takes(row):
            why = f"{row} matches, but the host gate compares {row.host} as text and finds no such client"
            return yes(*_WRITTEN, why, f"write {shown((row.user, here.here))}")
    dead = [(row, reason) for row in rows if (reason := matches_nobody(row.value)) is not None]
    for row, reason in dead:
        right = repaired(row.value, here.seen)
        if right is not None:
            if not row.anonymous and not here.would_let_in(host_value(right, here.traits)):
                right = here.here  # another account comes before the one that was meant
            return yes(*_WRITTEN, f"{row} takes no client: {reason}", f"write {shown((row.user, right))}")
    other = _other_way_in(here) or _any_meant(here, dead)
    if other is not None:
        return other
    if dead:
        row, reason = dead[0]
        why = f"{row} takes no client: {reason}; but written right it would not take {here.seen} either"
        return no(*_WRITTEN, why)
    return no(*_WRITTEN, f"no account of {here.user!r} has a host value that takes no client")


def _any_meant(here: Situation, dead: list[tuple[Row, str]]) -> Cause | None:
    """Return the cause that a star was meant as %.

    Written so the account would take this client, and everybody.
    """
    for row, reason in dead:
        if "*" in row.host and host_value(row.host.replace("*", "%"), here.traits).matches(here.seen):
            change = f"write {here.account(here.here)}{here.or_network(', or the network')}; % takes everybody"
            return yes(*_WRITTEN, f"{row} takes no client: {reason}", change)
    return None


def _other_way_in(here: Situation) -> Cause | None:
    """Look for an account of the same machine by its other ways in: socket, 127.0.0.1, ::1."""
    ip = here.seen.ip
    if ip is not None and not ip.startswith("127.") and ip != "::1":
        return None
    ways = {"localhost", *LOOPBACK} - {here.here}
    row = next((row for row in here.own if row.value.folded in ways), None)
    if row is None or (row.host == "localhost" and ip in LOOPBACK):  # the latter: skip_name_resolve
        return None
    if row.host == "localhost":
        why = f"{row} is for the socket, 127.0.0.1 and ::1; {ip} is another address"
    else:
        who = "the socket has no address" if ip is None else f"this client comes from {ip}"
        why = f"{row} is for {row.host} by TCP, and {who}"
    return yes(*_WRITTEN, why, f"declare {here.account(here.here)}, or connect through {row.host}")
