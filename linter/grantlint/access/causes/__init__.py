"""Why a client is refused before any password counts: each usual cause of ERROR 1130 and 1045, held against a table.

The causes are those of the usual advice on ERROR 1130. Some of them are none; that is said, too.

>>> from grantlint.access import AccountTable, Client, parse_target
>>> table = AccountTable(parse_target("mariadb-10.11"), [("app", "10.0.3.0/24")])
>>> client = Client.tcp("10.0.3.7")
>>> cause = causes(table, table.decide("app", client), client)[0]
>>> cause.name, cause.applies, cause.change
('written-otherwise', True, "write 'app'@'10.0.3.0/255.255.255.0'")
"""

from collections.abc import Sequence

from grantlint.access.accounts.connection import AccountTable, Decision
from grantlint.access.causes.cause import Cause, no
from grantlint.access.causes.hosts import no_any_host, restricted
from grantlint.access.causes.names import not_resolved, skip_name_resolve
from grantlint.access.causes.situation import Situation
from grantlint.access.causes.slips import slips
from grantlint.access.causes.writing import address_changed, written_otherwise
from grantlint.access.grants.row import Grantee
from grantlint.access.host.client import Client

__all__ = ["Cause", "causes"]

_FIREWALL = no(
    "firewall",
    "a firewall or security group",
    "this error is the server's own, so the connection reached it; a firewall gives ERROR 2003 or a timeout",
)
_HOST_CASE = no(
    "host-case",
    "upper and lower case of the host",
    "host names are compared without regard to case, and statements store them in lower case",
)


def causes(table: AccountTable, decision: Decision, told: Client, grantees: Sequence[Grantee] = ()) -> list[Cause]:
    """Return the usual causes of error 1130 or 1045, examined here.

    None for another decision. Those that apply come first, the particular before the general. `told` is the client
    before the server threw its name away. `grantees`: accounts that grants name and that nothing creates.
    """
    if decision.error is None:
        return []
    here = Situation(table, decision, told, grantees)
    found = [
        *slips(here),
        written_otherwise(here),
        skip_name_resolve(here),
        not_resolved(here),
        address_changed(here),
        restricted(here),
        no_any_host(here),
        _FIREWALL,
        _HOST_CASE,
    ]
    return sorted(found, key=lambda cause: not cause.applies)
