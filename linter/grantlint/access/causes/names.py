"""Whether names are looked up, and what the look-up gives."""

from grantlint.access.accounts.rows import Row
from grantlint.access.causes.cause import Cause, no, yes
from grantlint.access.causes.situation import Situation, listed, verb
from grantlint.access.host.client import LOOPBACK, as_seen
from grantlint.access.host.dead import matches_nobody
from grantlint.access.host.reach import needs_name

_SKIP = "skip-name-resolve", "skip_name_resolve"
_LOOK_UP = "name-resolution", "the client's name cannot be resolved"


def skip_name_resolve(here: Situation) -> Cause:
    """Return the cause that names are not looked up at all."""
    if not here.table.skip_name_resolve:
        return no(*_SKIP, "it is off, as far as the files say")
    if here.seen.ip is None:
        return no(*_SKIP, "the local socket is localhost with it, too")
    local = here.seen.ip in LOOPBACK
    named = [row for row in here.meant if needs_name(row.value) and (local or row.value.folded != "localhost")]
    if not named:
        return no(*_SKIP, f"it is on, but no account of {here.user!r} needs a look-up")
    would = as_seen(here.told, here.traits, skip_name_resolve=False)
    dead = [row for row in named if row.value.matches(would)] or here.by_nearness(named)
    then = "; 127.0.0.1 and ::1 are not localhost then" if local else ""
    why = f"it is on, so that {listed(dead)} {verb(dead, 'takes', 'take')} no client by TCP{then}"
    return yes(*_SKIP, why, f"declare {here.account(here.here)}, or switch skip_name_resolve off")


def not_resolved(here: Situation) -> Cause:
    """Return the cause that an account's name is not looked up right."""
    ip = here.seen.ip
    if ip is None:
        return no(*_LOOK_UP, "the local socket is localhost without a look-up")
    if here.table.skip_name_resolve:
        return no(*_LOOK_UP, "no name is looked up at all: skip_name_resolve is on")
    by_name = [row for row in here.meant if needs_name(row.value) and matches_nobody(row.value) is None]
    named = here.by_nearness(row for row in by_name if row.value.folded != "localhost")
    if not named:
        only = "other than localhost" if by_name else "by a name"
        return no(*_LOOK_UP, f"no account of {here.user!r} is declared {only}")
    return _nameless(here, ip, named[0]) if here.seen.name is None else _misnamed(here, here.seen.name, named)


def _nameless(here: Situation, ip: str, row: Row) -> Cause:
    if here.told.name:
        why = here.table.explain(row, row.user, here.told)
        return yes(*_LOOK_UP, why, f"declare {here.account(ip)}, or give the client a name that does not look so")
    meant = f"the name {row.host}" if row.value.kind == "literal" else "such a name"
    change = (
        f"give {ip} {meant} in DNS or the server's hosts file, in both directions "
        f"(on the server: `host {ip}`, then `host` with that name), or declare {here.account(ip)}"
    )
    return yes(*_LOOK_UP, f"{row} needs a name, and none is known of {ip}", change)


def _misnamed(here: Situation, name: str, named: list[Row]) -> Cause:
    row = next((row for row in named if _one_host(row.value.folded, name.lower())), None)
    if row is None:
        return no(*_LOOK_UP, f"look-ups give {name}, and no account of {here.user!r} is for a name like it")
    why = f"look-ups give {name}, and {row} is for {row.host}: the whole of the first name counts"
    return yes(*_LOOK_UP, why, f"declare {here.account(name)} or {here.account(here.here)}")


def _one_host(written: str, looked_up: str) -> bool:
    """Return whether one of two names is the first label of the other."""
    same_label = written.partition(".")[0] == looked_up.partition(".")[0]
    return same_label and ("." not in written or "." not in looked_up)
