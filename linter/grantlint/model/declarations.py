"""What a reader understood of one file, and what it did not."""

from grantlint.model.account import Account, Credential
from grantlint.model.grant import GrantTo
from grantlint.model.role import EveryRole, Membership, Role
from grantlint.model.server import Fault, Glimpse, NamedHost, NotChecked, ServerFacts
from grantlint.model.statement import Statement
from grantlint.platform.typed import TYPE_CHECKING

if TYPE_CHECKING:  # twenty records that only files with steps need: felt at every start
    from grantlint.model.step import Step


class Declarations:
    """All that one file or YAML document declares of a server.

    Readers fill it from top to bottom. `unit` says which files make one server where no file names it: a module's
    folder, a service of a compose file, the server that a resource refers to. Equal units are one server in whatever
    format, so a unit begins with what it is, such as `terraform:infra/db`; '' is this file alone. `includes` names
    files, and folders for the files right in them, that belong to this server unless they name one themselves; None
    where a file cannot say what its server is made of.
    `objects` names what can exist only once on a server and stands in the file: of two files of one unit that both have
    it, each is of a server of its own.
    `only_settings` marks an option file: it has no accounts, and its settings are those of servers of the same scope.
    `steps` are what is done to the server in turn, where the order matters; `by_steps` those of the other declarations
    that only say what these steps leave if no server refuses any.
    `default_roles` are made active at login by what leaves their grant to others.
    `revoked` is what statements take from accounts on a database and do not give back, `denied` what DENY keeps from
    them.
    `logins` are passwords with which calls of the file itself log in.
    `glimpse` marks a text that shows a part of what a server holds.
    `removals` counts accounts that the file takes away: nothing to check, worth listing.
    """

    __slots__ = (
        "accounts", "by_steps", "default_roles", "denied", "every_role", "faults", "format", "glimpse",
        "grants", "hosts", "includes", "logins", "memberships", "not_checked", "objects", "only_settings", "path",
        "removals", "revoked", "roles", "server", "statements", "steps", "unit",
    )  # fmt: skip

    def __init__(self, format: str, path: str, server: ServerFacts | None = None, unit: str = "") -> None:  # noqa: A002 - the word for it
        self.format = format
        self.path = path
        self.server = server
        self.unit = unit
        self.includes: tuple[str, ...] | None = None
        self.objects: set[str] = set()
        self.only_settings = False
        self.glimpse: Glimpse | None = None
        self.hosts: list[NamedHost] = []
        self.logins: list[Credential] = []
        self.accounts: list[Account] = []
        self.grants: list[GrantTo] = []
        self.roles: list[Role] = []
        self.memberships: list[Membership] = []
        self.default_roles: list[Membership] = []
        self.every_role: list[EveryRole] = []
        self.revoked: list[GrantTo] = []
        self.denied: list[GrantTo] = []
        self.statements: list[Statement] = []
        self.faults: list[Fault] = []
        self.not_checked: list[NotChecked] = []
        self.steps: list[Step] = []
        self.by_steps: list[Account | GrantTo | Role | Membership] = []
        self.removals = 0
