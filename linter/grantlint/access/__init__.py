"""The server's access decision, without a server: which account a client gets, and with which error not.

>>> table = AccountTable(parse_target("mariadb-11.8"), [("root", "localhost"), ("app", "10.0.%")])
>>> decision = table.decide("app", Client.tcp("10.1.0.9"))
>>> decision.error, decision.message
(1130, "Host '10.1.0.9' is not allowed to connect to this MariaDB server")
>>> str(table.decide("app", Client.tcp("10.0.3.7")).rows[0])
"'app'@'10.0.%'"
"""

from typing import TYPE_CHECKING

from grantlint.facade import offers

if TYPE_CHECKING:
    from grantlint.access.address import canonical_ip, canonical_ipv4, dotted
    from grantlint.access.admission import Admission, Approach, ConnectionSettings, Refusal, Standing, admit
    from grantlint.access.census import Census, Counted
    from grantlint.access.client import Client, as_seen, has_digits_dot
    from grantlint.access.connection import AccountTable, Decision
    from grantlint.access.cover import Cover, Coverage, Taker
    from grantlint.access.dead import never
    from grantlint.access.declared import clients_of
    from grantlint.access.grantrow import Grantee, GrantRow
    from grantlint.access.grants import GrantSettings, GrantTable
    from grantlint.access.host import HostValue, host_value
    from grantlint.access.installation import Installation, ServerSettings
    from grantlint.access.login import fate, has_sure_session
    from grantlint.access.reach import LETTERS, is_any_host, needs_name
    from grantlint.access.reasons import place
    from grantlint.access.rows import Row, RowsMadeBy
    from grantlint.access.server import Server, user_of
    from grantlint.access.session import Held, Session
    from grantlint.access.stored import stored_host, stored_user
    from grantlint.access.target import DEFAULT_PANEL, Target, parse_target
    from grantlint.access.traits import Product, SortOrder, Traits, Version, traits_of
    from grantlint.access.verdict import Given, Lost, Verdict
else:
    __getattr__ = offers(
        __name__,
        {
            "grantlint.access.address": "canonical_ip canonical_ipv4 dotted",
            "grantlint.access.admission": "Admission Approach ConnectionSettings Refusal Standing admit",
            "grantlint.access.census": "Census Counted",
            "grantlint.access.client": "Client as_seen has_digits_dot",
            "grantlint.access.connection": "AccountTable Decision",
            "grantlint.access.cover": "Cover Coverage Taker",
            "grantlint.access.dead": "never",
            "grantlint.access.declared": "clients_of",
            "grantlint.access.grantrow": "Grantee GrantRow",
            "grantlint.access.grants": "GrantSettings GrantTable",
            "grantlint.access.host": "HostValue host_value",
            "grantlint.access.login": "fate has_sure_session",
            "grantlint.access.reach": "LETTERS is_any_host needs_name",
            "grantlint.access.reasons": "place",
            "grantlint.access.rows": "Row RowsMadeBy",
            "grantlint.access.installation": "Installation ServerSettings",
            "grantlint.access.server": "Server user_of",
            "grantlint.access.session": "Held Session",
            "grantlint.access.stored": "stored_host stored_user",
            "grantlint.access.target": "DEFAULT_PANEL Target parse_target",
            "grantlint.access.traits": "Product SortOrder Traits Version traits_of",
            "grantlint.access.verdict": "Given Lost Verdict",
        },
    )

__all__ = [
    "DEFAULT_PANEL",
    "LETTERS",
    "AccountTable",
    "Admission",
    "Approach",
    "Census",
    "Client",
    "ConnectionSettings",
    "Counted",
    "Cover",
    "Coverage",
    "Decision",
    "Given",
    "GrantRow",
    "GrantSettings",
    "GrantTable",
    "Grantee",
    "Held",
    "HostValue",
    "Installation",
    "Lost",
    "Product",
    "Refusal",
    "Row",
    "RowsMadeBy",
    "Server",
    "ServerSettings",
    "Session",
    "SortOrder",
    "Standing",
    "Taker",
    "Target",
    "Traits",
    "Verdict",
    "Version",
    "admit",
    "as_seen",
    "canonical_ip",
    "canonical_ipv4",
    "clients_of",
    "dotted",
    "fate",
    "has_digits_dot",
    "has_sure_session",
    "host_value",
    "is_any_host",
    "needs_name",
    "never",
    "parse_target",
    "place",
    "stored_host",
    "stored_user",
    "traits_of",
    "user_of",
]
