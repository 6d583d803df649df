"""What became of declarations and steps, on each product that a server is judged as."""

from collections.abc import Iterator

from grantlint.access.accounts.stored import stored_user
from grantlint.access.product.privileges.refusal import refusal
from grantlint.access.server.server import Server
from grantlint.model import Account, Grant, Membership, Role, Statement
from grantlint.model.location import Located, Text, Unresolved
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING
from grantlint.report.answers.json import declared

if TYPE_CHECKING:  # as in model/declarations.py
    from grantlint.access.state.outcome import Outcome
    from grantlint.model.step import Step

Fate = dict[str, object]
_DONE: Fate = {"outcome": "done"}
_MADE: Fate = {"outcome": "made"}
_ABSENT: Fate = {"outcome": "absent"}


class Grantee(NamedTuple):
    """To whom a grant is declared; a role may have no host."""

    user: Text
    host: Text | None
    is_role: bool = False


class Fates:
    """The fates of declarations and steps as one product.

    They are those on one server; each fate names the product's label and the server, `of`.
    """

    __slots__ = ("_at", "_grants", "_members", "_outcomes", "_roles", "_server", "_undeclared")

    def __init__(self, of: str, server: Server) -> None:
        self._at: Fate = {"server": server.installation.target.label, "of": of}
        self._server = server
        self._outcomes: dict[int, Outcome] = {}
        for outcome in server.outcomes:
            self._outcomes.setdefault(id(outcome.step), outcome)
        left = server.declared
        roles = left.roles if server.installation.target.traits.roles else ()
        self._roles = {id(role.name) for role in roles}
        members = (*left.memberships, *(member for role in roles for member in role.members)) if roles else ()
        self._members = {(id(member.role), id(member.user)) for member in members}
        self._grants = {*self._held()}
        self._undeclared = {
            self._key(grant, Grantee(account.user, account.host))
            for account in left.grantees
            if not server.is_made_by_grant(account)
            for grant in account.grants
        }

    def _held(self) -> Iterator[tuple[int, str, str]]:
        left = self._server.declared
        for account in (*left.accounts, *left.grantees):
            for grant in account.grants:
                yield self._key(grant, Grantee(account.user, account.host))
        for role in left.roles:
            for grant in role.grants:
                yield self._key(grant, Grantee(role.name, None, is_role=True))
        for user, host, taken, _ in (*left.revoked, *left.denied):
            yield self._key(taken, Grantee(user, host))

    def _key(self, grant: Grant, to: Grantee) -> tuple[int, str, str]:
        user = stored_user(to.user.value, self._server.installation.target) if isinstance(to.user, Located) else ""
        host = self._server.stored_host(to.host.value) if isinstance(to.host, Located) and not to.is_role else ""
        return id(grant.target), user, host

    def step(self, step: "Step") -> Fate:
        """Return what became of a step.

        Done, refused, waiting (for FLUSH PRIVILEGES or a restart), not run or undecided.
        """
        outcome = self._outcomes.get(id(step))
        if outcome is None:
            return self._at | _DONE
        from grantlint.access.state.outcome import Refused, Undecided, Waiting  # noqa: PLC0415 - see above

        if isinstance(outcome, Refused):
            return {**self._at, **_refused(outcome.errno, outcome.message)}
        if isinstance(outcome, Waiting):
            return {**self._at, "outcome": "waiting"}
        if isinstance(outcome, Undecided):
            return {**self._at, "outcome": "undecided", "why": outcome.why}
        return {**self._at, "outcome": "not-run", "why": f"{outcome.behind.ending} ends before it"}

    def statement(self, statement: Statement) -> Fate:
        """Return done or refused, by the product's grammar.

        It is for a statement of which no step is made.
        """
        target = self._server.installation.target
        no = statement.refusal(target.product, target.version)
        if no is None:
            return self._at | _DONE
        return {**self._at, **_refused(no.errno, no.message)}

    def account(self, account: Account) -> Fate:
        """Return made, amends (another declaration), duplicate (of another), absent or unresolved."""
        unknown = _unknown(account.user, account.host)
        if unknown is not None:
            return self._at | unknown
        first = self._server.own(account)
        if first is None:
            return self._at | _ABSENT
        if first.user is account.user and first.host is account.host:
            return self._at | _MADE
        outcome = "amends" if account.amends else "duplicate"
        return {**self._at, "outcome": outcome, "first": declared(first)}

    def role(self, role: Role) -> Fate:
        """Return made, absent or unresolved."""
        unknown = _unknown(role.name, role.host)
        return self._at | (unknown or (_MADE if id(role.name) in self._roles else _ABSENT))

    def membership(self, member: Membership) -> Fate:
        """Return done, absent or unresolved."""
        unknown = _unknown(member.role, member.user, member.host)
        return self._at | (unknown or (_DONE if (id(member.role), id(member.user)) in self._members else _ABSENT))

    def grant(self, grant: Grant, to: Grantee, *, by_steps: bool) -> Fate:
        """Return done, refused, undeclared (no file declares the account), absent or unresolved."""
        unknown = _unknown(to.user, to.host, grant.target, *grant.privileges)
        if unknown is not None:
            return self._at | unknown
        key = self._key(grant, to)
        if key not in self._grants:
            return self._at | _ABSENT
        no = None if by_steps else self._level(grant)
        if no is not None:
            return self._at | no
        return {**self._at, "outcome": "undeclared" if key in self._undeclared else "done"}

    def _level(self, grant: Grant) -> Fate | None:
        scope = grant.scope
        for leaf in grant.privileges if scope is not None else ():
            if scope is not None and isinstance(leaf, Located):
                name, columns = leaf.value
                no = refusal(name, self._server.installation.target, scope.level, columns=bool(columns))
                if no is not None:
                    return _refused(no.errno, no.message)
        return None


def _refused(errno: int, message: str) -> Fate:
    return {"outcome": "refused", "errno": errno, "message": message}


def _unknown(*leaves: Located[object] | Unresolved | None) -> Fate | None:
    for leaf in leaves:
        if isinstance(leaf, Unresolved):
            return {"outcome": "unresolved", "why": leaf.reason}
    return None
