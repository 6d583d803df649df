"""What gives and takes privileges and roles, as parsed statements: see `statements`."""

from grantlint.platform.record import NamedTuple
from grantlint.reader.sql.syntax.records.parts import (
    Account,
    Option,
    Place,
    Privilege,
    RoleChoice,
    Subject,
    Target,
)


class Grant(NamedTuple):
    """GRANT privileges ON target TO accounts."""

    start: int
    end: int
    privileges: tuple[Privilege, ...]
    target: Target
    subjects: tuple[Subject, ...]
    options: tuple[Option, ...] = ()
    grant_option: Place | None = None
    grantor: Account | None = None  # AS account
    grantor_roles: RoleChoice | None = None


class GrantRole(NamedTuple):
    """GRANT roles TO accounts."""

    start: int
    end: int
    roles: tuple[Account, ...]
    subjects: tuple[Subject, ...]
    admin_option: Place | None = None


class GrantProxy(NamedTuple):
    """GRANT PROXY ON account TO accounts."""

    start: int
    end: int
    proxied: Account
    subjects: tuple[Subject, ...]
    grant_option: Place | None = None


class Revoke(NamedTuple):
    """REVOKE privileges ON target FROM accounts."""

    start: int
    end: int
    privileges: tuple[Privilege, ...]
    target: Target
    accounts: tuple[Account, ...]
    if_exists: bool = False
    ignores_unknown: bool = False


class RevokeAll(NamedTuple):
    """REVOKE ALL PRIVILEGES, GRANT OPTION FROM accounts."""

    start: int
    end: int
    accounts: tuple[Account, ...]
    if_exists: bool = False
    ignores_unknown: bool = False


class RevokeRole(NamedTuple):
    """REVOKE [ADMIN OPTION FOR] roles FROM accounts."""

    start: int
    end: int
    roles: tuple[Account, ...]
    accounts: tuple[Account, ...]
    admin_only: bool = False
    if_exists: bool = False
    ignores_unknown: bool = False


class Deny(NamedTuple):
    """DENY privileges ON target TO accounts, or REVOKE DENY ... FROM where it is `lifted`."""

    start: int
    end: int
    privileges: tuple[Privilege, ...]
    target: Target
    accounts: tuple[Account, ...]
    lifted: bool = False


class RevokeProxy(NamedTuple):
    """REVOKE PROXY ON account FROM accounts."""

    start: int
    end: int
    proxied: Account
    accounts: tuple[Account, ...]
    if_exists: bool = False
    ignores_unknown: bool = False
