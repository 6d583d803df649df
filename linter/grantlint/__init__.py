"""grantlint: `lint` and `Access` for Python programs, and the vocabulary in which rules are written.

A rule file imports from here and from nowhere else in the package.
"""

from grantlint.platform.start import leave_current_folder

leave_current_folder()

from grantlint.platform.facade import offers  # noqa: E402 - found in the current folder otherwise

TYPE_CHECKING = False  # type checkers know it by its name: to import `typing` is a fifth of what `--version` costs

__version__ = "0.1.0"
"""A constant: asking the installed metadata for it would double the start-up time."""

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
        parse_target,
        user_of,
    )
    from grantlint.access.accounts.invisible import invisible_in, marked, without_invisible
    from grantlint.access.accounts.listening import unheard
    from grantlint.access.host.dead import matches_nobody
    from grantlint.access.host.extent import addresses_in
    from grantlint.access.product.privileges.meaning import canonical
    from grantlint.access.product.privileges.refusal import beside_all, kept_by, refusal
    from grantlint.access.state.outcome import Refused
    from grantlint.doors.api import Access, Found, FoundPlace, Linted, Who, lint
    from grantlint.lint.finding import Confidence, Problem, Profile, Related, Severity, Unsaid, given, unless_known
    from grantlint.lint.index import indexed
    from grantlint.lint.rule import (
        Check,
        Rule,
        Threshold,
        across_accounts,
        across_servers,
        each_account,
        each_grant,
        each_host,
        each_login,
        each_rights,
        each_secret,
        each_user,
    )
    from grantlint.lint.values import GrantValue, Login, Rights, reach_of
    from grantlint.lint.weighing import Context, Weight
    from grantlint.model import Account, Credential, Grant, Membership, Role, Secrecy
    from grantlint.model.location import Implied, Located, Span, Unresolved
    from grantlint.model.privilege import Privilege
    from grantlint.model.remedy import (
        Add,
        Addition,
        Effect,
        Instead,
        KeepElsewhere,
        MakeFirst,
        Rehost,
        Remove,
        Retype,
        Write,
    )
    from grantlint.model.scope import Level, Scope
    from grantlint.model.scope.databases import literal_of, sample_database, underscores
    from grantlint.model.step.acts import (
        AccountName,
        AlterUser,
        CreateUser,
        DropUser,
        FlushPrivileges,
        RenameUser,
        Unclear,
        WriteTable,
    )
else:
    __getattr__ = offers(
        __name__,
        {
            "grantlint.access.accounts.connection": "AccountTable",
            "grantlint.doors.api": "Access Found FoundPlace Linted Who lint",
            "grantlint.access.state.outcome": "Refused",
            "grantlint.access.product.privileges.meaning": "canonical",
            "grantlint.access.product.privileges.refusal": "beside_all kept_by refusal",
            "grantlint.access.host.client": "Client has_digits_dot",
            "grantlint.access.grants.row": "GrantRow",
            "grantlint.access.grants.table": "GrantTable",
            "grantlint.access.host.value": "HostValue",
            "grantlint.access.host.dead": "matches_nobody",
            "grantlint.access.accounts.invisible": "invisible_in marked without_invisible",
            "grantlint.access.server.login": "fate has_sure_session",
            "grantlint.access.product.installation": "Installation ServerSettings",
            "grantlint.access.server.server": "Server user_of",
            "grantlint.access.accounts.rows": "Row",
            "grantlint.access.grants.session": "Session",
            "grantlint.access.product.target": "Target parse_target",
            "grantlint.access.host.address": "canonical_ip canonical_ipv4 dotted",
            "grantlint.access.host.extent": "addresses_in",
            "grantlint.access.server.declared": "clients_of",
            "grantlint.access.accounts.listening": "unheard",
            "grantlint.access.host.reach": "LETTERS is_any_host needs_name",
            "grantlint.lint.finding": "Confidence Problem Profile Related Severity Unsaid given unless_known",
            "grantlint.model.location": "Implied Located Span Unresolved",
            "grantlint.model": "Account Credential Grant Membership Role Secrecy",
            "grantlint.model.privilege": "Privilege",
            "grantlint.model.remedy": "Add Addition Effect Instead KeepElsewhere MakeFirst Rehost Remove Retype Write",
            "grantlint.model.scope": "Level Scope",
            "grantlint.model.scope.databases": "literal_of sample_database underscores",
            "grantlint.model.step.acts": "AccountName AlterUser CreateUser DropUser FlushPrivileges RenameUser Unclear "
            "WriteTable",
            "grantlint.lint.rule": "Check Rule Threshold across_accounts across_servers each_account each_grant "
            "each_host each_login each_rights each_secret each_user",
            "grantlint.lint.values": "GrantValue Login Rights reach_of",
            "grantlint.lint.weighing": "Context Weight",
            "grantlint.lint.index": "indexed",
        },
    )

__all__ = [
    "LETTERS", "Access", "Account", "AccountName", "AccountTable", "Add", "Addition", "AlterUser", "Check", "Client",
    "Confidence", "Context", "CreateUser", "Credential", "DropUser", "Effect", "FlushPrivileges", "Found", "FoundPlace",
    "Grant", "GrantRow", "GrantTable", "GrantValue", "HostValue", "Implied", "Installation", "Instead", "KeepElsewhere",
    "Level", "Linted", "Located", "Login", "MakeFirst", "Membership", "Privilege", "Problem", "Profile", "Refused",
    "Rehost", "Related", "Remove", "RenameUser", "Retype", "Rights", "Role", "Row", "Rule", "Scope", "Secrecy",
    "Server", "ServerSettings", "Session", "Severity", "Span", "Target", "Threshold", "Unclear", "Unresolved", "Unsaid",
    "Weight", "Who", "Write", "WriteTable", "__version__", "across_accounts", "across_servers", "addresses_in",
    "beside_all", "canonical", "canonical_ip", "canonical_ipv4", "clients_of", "dotted", "each_account", "each_grant",
    "each_host", "each_login", "each_rights", "each_secret", "each_user", "fate", "given", "has_digits_dot",
    "has_sure_session", "indexed", "invisible_in", "is_any_host", "kept_by", "lint", "literal_of", "marked",
    "matches_nobody", "needs_name", "parse_target", "reach_of", "refusal", "sample_database", "underscores", "unheard",
    "unless_known", "user_of", "without_invisible",
]  # fmt: skip
