"""grantlint: the vocabulary in which rules are written.

A rule file imports from here and from nowhere else in the package.
"""

from grantlint.start import leave_current_folder

leave_current_folder()

from typing import TYPE_CHECKING  # noqa: E402 - found in the current folder otherwise

from grantlint.facade import offers  # noqa: E402 - as above
from grantlint.version import __version__  # noqa: E402 - as above

if TYPE_CHECKING:
    from grantlint.access import (
        LETTERS,
        AccountTable,
        Client,
        GrantRow,
        GrantTable,
        HostValue,
        Installation,
        Row,
        Server,
        ServerSettings,
        Session,
        Target,
        canonical_ip,
        canonical_ipv4,
        clients_of,
        dotted,
        fate,
        has_digits_dot,
        has_sure_session,
        is_any_host,
        needs_name,
        user_of,
    )
    from grantlint.access.invisible import invisible_in, marked, without_invisible
    from grantlint.finding import Problem, Related, Severity
    from grantlint.location import Located, Span, Unresolved
    from grantlint.model import Account, Grant, Role, Secrecy
    from grantlint.model.privilege import Privilege
    from grantlint.model.scope import Level, Scope, sample_database, underscores
    from grantlint.rule import GrantValue, Rule, across_accounts, across_servers, each_account, each_grant, each_host
else:
    __getattr__ = offers(
        __name__,
        {
            "grantlint.access.connection": "AccountTable",
            "grantlint.access.client": "Client has_digits_dot",
            "grantlint.access.grantrow": "GrantRow",
            "grantlint.access.grants": "GrantTable",
            "grantlint.access.host": "HostValue",
            "grantlint.access.invisible": "invisible_in marked without_invisible",
            "grantlint.access.login": "fate has_sure_session",
            "grantlint.access.installation": "Installation ServerSettings",
            "grantlint.access.server": "Server user_of",
            "grantlint.access.rows": "Row",
            "grantlint.access.session": "Session",
            "grantlint.access.target": "Target",
            "grantlint.access.address": "canonical_ip canonical_ipv4 dotted",
            "grantlint.access.declared": "clients_of",
            "grantlint.access.reach": "LETTERS is_any_host needs_name",
            "grantlint.finding": "Problem Related Severity",
            "grantlint.location": "Located Span Unresolved",
            "grantlint.model": "Account Grant Role Secrecy",
            "grantlint.model.privilege": "Privilege",
            "grantlint.model.scope": "Level Scope sample_database underscores",
            "grantlint.rule": "GrantValue Rule across_accounts across_servers each_account each_grant each_host",
        },
    )

__all__ = [
    "LETTERS",
    "Account",
    "AccountTable",
    "Client",
    "Grant",
    "GrantRow",
    "GrantTable",
    "GrantValue",
    "HostValue",
    "Installation",
    "Level",
    "Located",
    "Privilege",
    "Problem",
    "Related",
    "Role",
    "Row",
    "Rule",
    "Scope",
    "Secrecy",
    "Server",
    "ServerSettings",
    "Session",
    "Severity",
    "Span",
    "Target",
    "Unresolved",
    "__version__",
    "across_accounts",
    "across_servers",
    "canonical_ip",
    "canonical_ipv4",
    "clients_of",
    "dotted",
    "each_account",
    "each_grant",
    "each_host",
    "fate",
    "has_digits_dot",
    "has_sure_session",
    "invisible_in",
    "is_any_host",
    "marked",
    "needs_name",
    "sample_database",
    "underscores",
    "user_of",
    "without_invisible",
]
