"""What a file says of the server that it declares accounts for."""

from collections.abc import Mapping
from types import MappingProxyType

from grantlint.model.account import Account, Credential
from grantlint.model.grant import GrantTo
from grantlint.model.location import Located, Span, Text
from grantlint.model.role import EveryRole, Membership, Role
from grantlint.model.statement import Statement
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING

if TYPE_CHECKING:  # as in declarations.py
    from grantlint.model.remedy import Remedy
    from grantlint.model.step import Step


class NamedHost(NamedTuple):
    """A named client or network, with its addresses and DNS names."""

    name: Located[str]
    addresses: tuple[Text, ...]
    dns_names: tuple[Text, ...]


class Fault(NamedTuple):
    """Bad input that becomes a finding.

    `rule` is the finding's name, such as syntax-error.
    """

    rule: str
    message: str
    span: Span
    help: str = ""
    remedy: "Remedy | None" = None


class NotChecked(NamedTuple):
    """Something that no rule could look at, and why."""

    what: str  # "host", "user", "privileges", "accounts of a loop", ...
    why: str
    span: Span


MOUNTED_SCRIPTS = "scripts that are mounted"
"""What an image runs and nobody could look at: it may make accounts."""

NOT_REACHED = "the time limit was over before"
"""Why something was not checked that nothing is wrong with: it is not decided."""

NOT_LISTED = "the time limit was over before it was listed"
"""Why a finding is only named and counted."""


class Container(NamedTuple):
    """A container that a server runs in.

    published: where its port is opened to other machines, None where it is not. development: what says that it serves
    development, None where nothing does.
    """

    published: Span | None = None
    development: Span | None = None


class ServerFacts(NamedTuple):
    """What a file says of a server's name, product and settings.

    Settings are keyed in lower case with `_`. `kept`: where a volume is put under the data folder of an image, which
    makes accounts in an empty one alone. `container`: what is known of who reaches it, None where nothing is. `runs`:
    the scripts of an image's first start, where they are plain SQL and all of them are known, else None.
    """

    span: Span
    name: Text | None = None
    product: Text | None = None  # such as mysql-8.4 or mariadb-10.11
    settings: Mapping[str, Text] = MappingProxyType({})
    administrators: tuple[Text, ...] = ()  # users who may hold administrative privileges
    kept: Span | None = None
    container: Container | None = None
    runs: tuple[str, ...] | None = None


class Glimpse(NamedTuple):
    """A part of what a server holds, as a client printed it.

    `lists`: all accounts are among it. `granted`: of whom the grants are, user and host; None: of everybody.
    """

    span: Span
    lists: bool
    granted: frozenset[tuple[str, str]] | None


class Before(NamedTuple):
    """What a server holds before its first step.

    Files declare it without saying in which order.
    """

    accounts: tuple[Account, ...] = ()
    grants: tuple[GrantTo, ...] = ()
    roles: tuple[Role, ...] = ()
    memberships: tuple[Membership, ...] = ()
    revoked: tuple[GrantTo, ...] = ()
    denied: tuple[GrantTo, ...] = ()


class DeclaredServer(NamedTuple):
    """All declarations of one server, in order of files and lines.

    `accounts` carry every grant to them, also those written apart; `grantees` are accounts that grants name and no
    declaration makes. `borrowed_roles` are roles that MariaDB activates at the login of one account and another account
    of the same user was granted; `default_roles` are active at login if they are granted. `revoked` is what was taken
    from accounts on a database, which matters to what they hold globally where partial_revokes is on. `denied` is what
    MariaDB's DENY keeps from accounts and roles, whatever they are granted. `not_checked` is
    what could not be found out about the settings. `steps` are what files do to the server in turn after `before`; the
    other fields say what they leave if none is refused. `glimpses`: texts that show a part of what it holds. `logins`:
    passwords with which calls in the files log in. `faults` tell what is left out of it. `begins_empty`: all that runs
    at an image's first start is among the steps, so that only the image itself has made accounts before.
    """

    name: str
    facts: tuple[ServerFacts, ...]
    accounts: tuple[Account, ...]
    grantees: tuple[Account, ...] = ()
    roles: tuple[Role, ...] = ()
    memberships: tuple[Membership, ...] = ()
    hosts: tuple[NamedHost, ...] = ()
    statements: tuple[Statement, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    every_role: tuple[EveryRole, ...] = ()
    borrowed_roles: tuple[Membership, ...] = ()
    default_roles: tuple[Membership, ...] = ()
    revoked: tuple[GrantTo, ...] = ()
    denied: tuple[GrantTo, ...] = ()
    before: Before = Before()
    steps: "tuple[Step, ...]" = ()
    glimpses: tuple[Glimpse, ...] = ()
    logins: tuple[Credential, ...] = ()
    faults: "tuple[Fault, ...]" = ()
    begins_empty: bool = False

    @property
    def members(self) -> list[Membership]:
        """All memberships, those that stand inside of roles last."""
        return [*self.memberships, *(member for role in self.roles for member in role.members)]
