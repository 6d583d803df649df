"""What Salt sends for the states of an SLS file: they run in the order in which they stand (salt/modules/mysql.py)."""

from collections.abc import Iterable, Iterator, Sequence

from grantlint.access import parse_target
from grantlint.model import (
    Account,
    Declarations,
    Fault,
    Grant,
    GrantedPrivilege,
    Naming,
    NotChecked,
    Secrecy,
    ServerFacts,
)
from grantlint.model.account import Identity, Sending, identity
from grantlint.model.location import Flag, Located, Source, Span, Text
from grantlint.model.privilege import parse_privilege, split_privileges
from grantlint.model.step import Branch, Hindrance, Path, Step
from grantlint.model.step.acts import AccountName, Act, AlterUser, CreateUser, DropUser, GrantPrivileges, Revoke
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.salt.run.plan import Plan, Run
from grantlint.reader.formats.salt.run.unverified import Unverified
from grantlint.reader.formats.salt.targets import target_of
from grantlint.reader.leaf.declare import declare
from grantlint.reader.sql.steps.branches import Branches

FORMAT = "salt"
OF_PASSWORD = Sending(
    "mysql_native_password",
    (8, 0, 11),
    None,
    "a password of mysql_user.present",
    "write `auth_plugin: caching_sha2_password`, or turn the plugin on.",
)
"""The plugin that Salt's module names for a password of which a state says no more.

Source: salt/modules/mysql.py, _mysql_user_create and its default of auth_plugin (3006).
"""
OF_PLUGIN = OF_PASSWORD._replace(as_named=True)
"""The same where the state names a plugin: it is sent to no other server (the same source)."""
OF_SOCKET = Sending("auth_socket", (), None, "unix_socket of mysql_user.present", "load the plugin.", "unix_socket")
"""The plugins of unix_socket (the same source)."""

_AS = "mysql-8.4"  # which reads names as all do
_ADVICE = "Write db.*, *.* or db.table."


class Order(NamedTuple):
    """The privileges, database and options of a Salt grant. `require`: what its ssl_option asks for."""

    privileges: tuple[GrantedPrivilege, ...]
    database: Text
    option: Flag | None = None
    escape: Flag | None = None
    require: tuple[Text, ...] = ()


def privileges_of(texts: Iterable[Text]) -> tuple[GrantedPrivilege, ...]:
    """Return the privileges of texts with commas."""
    found: list[GrantedPrivilege] = []
    for text in texts:
        if not isinstance(text, Located):
            found.append(text)
            continue
        pieces = split_privileges(text.value)
        start = text.source.text.find(text.value, text.start, text.end)
        for piece in pieces:
            at = start + text.value.index(piece) if start >= 0 and len(pieces) > 1 else -1
            place = Span(text.source, at, at + len(piece)) if at >= 0 else text.span
            found.append(Located(parse_privilege(piece), *place))
    return tuple(found)


class Steps:
    """What Salt sends for a file's states, and its other declarations."""

    def __init__(self, source: Source) -> None:
        self.found = Declarations(FORMAT, source.path)
        self.runs: list[Run] = []
        self._settings: dict[str, Text] = {}
        self._branches = Branches(source)
        self._tested: set[Span] = set()

    def run(self, run: Run) -> None:
        """Begin a state. What follows is its own."""
        self.runs.append(run)

    def account(self, account: Account, hindrance: Hindrance | None = None) -> None:
        """Make an account; the password of one that is there changes."""
        self._send(CreateUser((account,), if_not_exists=True), account.span, hindrance)

    def tested(self, span: Span) -> None:
        """Note that `onlyif` or `unless` decides on a state. What it takes away may stay."""
        self._tested.add(span)

    def absent(self, user: Text, host: Text, span: Span) -> None:
        """Drop an account where it is there."""
        self._send(DropUser((AccountName(user, host, span),), if_exists=True), span)

    def grant(
        self,
        name: AccountName,
        order: Order,
        hindrance: Hindrance | None = None,
        *,
        revoked: bool = False,
    ) -> None:
        """Grant or revoke. A fault where it is on nothing."""
        target = target_of(order.database, order.escape, self.found.faults)
        span = name.span
        if target is None:
            if isinstance(order.database, Located) and "." not in order.database.value:
                message = f"the database '{order.database.value}' has no dot: Salt takes it for a table of no database"
                self.found.faults.append(Fault("schema-error", message, order.database.span, _ADVICE))
            self._at_hand(span).fails = not revoked
            return
        as_it_stands = order.escape is not None and not (isinstance(order.escape, Located) and order.escape.value)
        naming = Naming.STATEMENT if as_it_stands else Naming.NAMES
        grant = Grant(order.privileges, target, span, order.option, naming)
        if not revoked:
            says = (Account(*name, require=order.require, amends=True),) if order.require else ()
            self._send(GrantPrivileges(grant, (name,), says, unless_held=True), span, hindrance)
        elif hindrance is None:
            self._send(Revoke(grant, (name,), if_exists=True, ignores_unknown=True, if_held=True), span)

    @property
    def has_acts(self) -> bool:
        """Whether a state says something of an account."""
        return any(run.acts for run in self.runs)

    def takes(self, steps: Sequence[Step]) -> bool:
        """Give steps of SQL to the states in which they stand. Returns whether each stands in one."""
        held = [next((run for run in self.runs if run.has(step.span)), None) for step in steps]
        if any(run is None for run in held):
            return False
        for run, step in zip(held, steps, strict=True):
            if run is not None:
                run.unsent.append(step)
        return True

    def _under(self, act: Act, span: Span) -> Path:
        """Return the conditions of Jinja around an act, and of its state where it takes something away."""
        around = self._branches.path(span.start)
        takes = span in self._tested and isinstance(act, (DropUser, Revoke))
        return (*around, Branch(span.source, -1 - span.start, 0)) if takes else around

    def _send(self, act: Act, span: Span, hindrance: Hindrance | None = None) -> None:
        self._at_hand(span).acts.append((act, span, hindrance))

    def _at_hand(self, span: Span) -> Run:
        if not self.runs:
            self.run(Run("", set(), span, {}))
        return self.runs[-1]

    def removal(self) -> None:
        """Count an account that is taken away."""
        self.found.removals += 1

    def not_checked(self, what: str, why: str, span: Span) -> None:
        """Count something that no rule can look at."""
        self.found.not_checked.append(NotChecked(what, why, span))

    def setting(self, name: str, value: Text, span: Span) -> None:
        """Note a setting of the server."""
        if self.found.server is None:
            self.found.server = ServerFacts(span, settings=self._settings)
        self._settings[name.lower().replace("-", "_")] = value

    def declared(self) -> Declarations:
        """Return the file's declarations, as the steps leave them."""
        steps = [*self._in_turn()]
        if steps:
            declare(steps, parse_target(_AS), self.found)
        return self.found

    def _in_turn(self) -> Iterator[Step]:
        """Yield the steps of the states as Salt runs them."""
        made: dict[Identity, list[Account]] = {}
        left = Unverified()
        for run, part in Plan(self.runs).parts(self.found.path):
            unverified = None if run.is_idle else left.by(run)
            why = run.untold
            if why:
                for _, span, _ in run.acts:
                    self.not_checked("account", why, span)
                continue
            for act, span, hindrance in run.acts:
                no = hindrance or unverified
                for sent in _sent(act, made, hindrance):
                    is_change = isinstance(sent, AlterUser)  # of an account that this very state has not failed to make
                    here = part._replace(after=part.turn + 1) if is_change else part._replace(ends=True)
                    yield Step(sent, span, self._under(sent, span), part=here, hindrance=no)
            yield from (step._replace(part=step.part or part) for step in run.unsent)


def _sent(act: Act, made: dict[Identity, list[Account]], hindrance: Hindrance | None) -> Iterator[Act]:
    """Yield what is sent for an act; the password of an account that an earlier state has made changes.

    A password in plain text stays in the file that everybody can read.
    """
    if not isinstance(act, CreateUser):
        if isinstance(act, DropUser):
            made.pop(identity(act.accounts[0].user, act.accounts[0].host), None)
        yield act
        return
    (account,) = act.accounts
    is_told = account.known_name is not None and hindrance is None
    before = made.setdefault(account.identity, []) if is_told else []
    yield act._replace(accounts=(account._replace(amends=bool(before)),))
    if before and account.authentication is not None and not any(map(_has_plain_password, before)):
        kept = account.authentication._replace(plugin=None, sending=None)
        yield AlterUser((account._replace(authentication=kept),), keeps_plugin=True)
    before.append(account)


def _has_plain_password(account: Account) -> bool:
    credential = account.authentication and account.authentication.credential
    return credential is not None and credential.secrecy is Secrecy.PLAIN
