"""The server's access decision, without a server: which account a client gets, and with which error not.

>>> table = AccountTable(parse_target("mariadb-11.8"), [("root", "localhost"), ("app", "10.0.%")])
>>> decision = table.decide("app", Client.tcp("10.1.0.9"))
>>> decision.error, decision.message
(1130, "Host '10.1.0.9' is not allowed to connect to this MariaDB server")
>>> str(table.decide("app", Client.tcp("10.0.3.7")).rows[0])
"'app'@'10.0.%'"
"""

from grantlint.platform.facade import offers
from grantlint.platform.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from grantlint.access.accounts.admission import Admission, Approach, ConnectionSettings, Refusal, Standing, admit
    from grantlint.access.accounts.connection import AccountTable, Decision
    from grantlint.access.accounts.reasons import place
    from grantlint.access.accounts.rows import Row, RowsMadeBy
    from grantlint.access.accounts.stored import stored_host, stored_user
    from grantlint.access.cover import Cover, Coverage, Taker
    from grantlint.access.grants.row import Grantee, GrantRow
    from grantlint.access.grants.session import Held, Session
    from grantlint.access.grants.settings import GrantSettings
    from grantlint.access.grants.table import GrantTable
    from grantlint.access.grants.verdict import Given, Lost, Verdict
    from grantlint.access.host.address import canonical_ip, canonical_ipv4, dotted
    from grantlint.access.host.client import Client, as_seen, has_digits_dot
    from grantlint.access.host.dead import matches_nobody
    from grantlint.access.host.reach import LETTERS, is_any_host, needs_name
    from grantlint.access.host.value import HostValue, host_value
    from grantlint.access.product.installation import Installation, ServerSettings
    from grantlint.access.product.target import DEFAULT_PANEL, Target, parse_target
    from grantlint.access.product.traits import Product, SortOrder, Traits, Version, traits_of
    from grantlint.access.server.census import Census, Counted
    from grantlint.access.server.declared import clients_of
    from grantlint.access.server.login import fate, has_sure_session
    from grantlint.access.server.server import Server, user_of
else:
    __getattr__ = offers(
        __name__,
        {
            "grantlint.access.host.address": "canonical_ip canonical_ipv4 dotted",
            "grantlint.access.accounts.admission": "Admission Approach ConnectionSettings Refusal Standing admit",
            "grantlint.access.server.census": "Census Counted",
            "grantlint.access.host.client": "Client as_seen has_digits_dot",
            "grantlint.access.accounts.connection": "AccountTable Decision",
            "grantlint.access.cover": "Cover Coverage Taker",
            "grantlint.access.host.dead": "matches_nobody",
            "grantlint.access.server.declared": "clients_of",
            "grantlint.access.grants.row": "Grantee GrantRow",
            "grantlint.access.grants.settings": "GrantSettings",
            "grantlint.access.grants.table": "GrantTable",
            "grantlint.access.host.value": "HostValue host_value",
            "grantlint.access.server.login": "fate has_sure_session",
            "grantlint.access.host.reach": "LETTERS is_any_host needs_name",
            "grantlint.access.accounts.reasons": "place",
            "grantlint.access.accounts.rows": "Row RowsMadeBy",
            "grantlint.access.product.installation": "Installation ServerSettings",
            "grantlint.access.server.server": "Server user_of",
            "grantlint.access.grants.session": "Held Session",
            "grantlint.access.accounts.stored": "stored_host stored_user",
            "grantlint.access.product.target": "DEFAULT_PANEL Target parse_target",
            "grantlint.access.product.traits": "Product SortOrder Traits Version traits_of",
            "grantlint.access.grants.verdict": "Given Lost Verdict",
        },
    )

__all__ = [
    "DEFAULT_PANEL", "LETTERS", "AccountTable", "Admission", "Approach", "Census", "Client", "ConnectionSettings",
    "Counted", "Cover", "Coverage", "Decision", "Given", "GrantRow", "GrantSettings", "GrantTable", "Grantee", "Held",
    "HostValue", "Installation", "Lost", "Product", "Refusal", "Row", "RowsMadeBy", "Server", "ServerSettings",
    "Session", "SortOrder", "Standing", "Taker", "Target", "Traits", "Verdict", "Version", "admit", "as_seen",
    "canonical_ip", "canonical_ipv4", "clients_of", "dotted", "fate", "has_digits_dot", "has_sure_session",
    "host_value", "is_any_host", "matches_nobody", "needs_name", "parse_target", "place", "stored_host", "stored_user",
    "traits_of", "user_of",
]  # fmt: skip
