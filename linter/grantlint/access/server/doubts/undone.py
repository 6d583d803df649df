"""Statements that would have let a client in, or given it a right, and that the server refuses, or has not read."""

from collections.abc import Iterable, Iterator, Sequence

from grantlint.access.accounts.stored import stored_user, takes_client
from grantlint.access.causes.cause import Cause, yes
from grantlint.access.grants.rights import Place
from grantlint.access.grants.row import Grantee, shown
from grantlint.access.host.client import Client
from grantlint.access.product.target import Target
from grantlint.access.state.outcome import NotRun, Outcome, Refused, Waiting
from grantlint.model.grant import Grant
from grantlint.model.location import Located, Span
from grantlint.model.role import Role
from grantlint.model.scope import Level
from grantlint.model.scope.databases import may_name
from grantlint.model.step.acts import (
    AccountName,
    AlterUser,
    CreateUser,
    GrantPrivileges,
    GrantRoles,
    SetDefaultRole,
    WriteTable,
    names_of,
)

_NOBODY_THERE = frozenset({"absent", "other host"})
_MOST = 3


class Sought:
    """A client, its session, and what it asks for.

    `winner` is the account that the client gets, None where it gets none. `roles` are those that are declared.
    """

    def __init__(
        self,
        user: str,
        client: Client,
        place: Place,
        winner: Grantee | None,
        target: Target,
        roles: Sequence[Role] = (),
    ) -> None:
        self.place = place
        self.winner = winner
        self.user = user
        self._client = client
        self._target = target
        self._roles = roles

    def is_for(self, name: AccountName) -> bool:
        """Return whether an account would take the client."""
        if not (isinstance(name.user, Located) and isinstance(name.host, Located)):
            return False
        if stored_user(name.user.value, self._target) != self.user:
            return False
        return takes_client(name.host.value, self._client, self._target)

    def concerns(self, grant: Grant) -> bool:
        """Return whether a grant may be on what is asked for.

        Or on what that is part of.
        """
        scope = grant.scope
        if scope is None or scope.level is Level.PROXY:
            return False
        asked = self.place.database
        if scope.level is Level.GLOBAL or asked is None or not scope.database:  # the latter: the client's own database
            return True
        return may_name(scope.database, asked)

    def may_serve(self, roles: Iterable[AccountName]) -> bool:
        """Return whether one of these roles has a grant that concerns it."""
        names = {role.user.value for role in roles if isinstance(role.user, Located)}
        declared = [role for role in self._roles if isinstance(role.name, Located) and role.name.value in names]
        return any(self.concerns(grant) for role in declared for grant in role.grants)


def causes_of(outcomes: Sequence[Outcome], sought: Sought) -> list[Cause]:
    """Return the refused statements about the client, as causes.

    Each says what to write instead.
    """
    return [*_refused([one for one in outcomes if isinstance(one, Refused)], sought)][:_MOST]


def _refused(outcomes: Sequence[Refused], sought: Sought) -> Iterator[Cause]:
    told: set[tuple[Span, int]] = set()  # a task makes an account and changes it in one place
    for one in outcomes:
        act = one.step.act
        if isinstance(act, CreateUser | AlterUser):
            if sought.winner is None and (one.span, one.errno) not in told and any(map(sought.is_for, names_of(act))):
                told.add((one.span, one.errno))
                made = "makes" if isinstance(act, CreateUser) else "changes"
                yield _cause(f"the statement that {made} the account is refused", one, one.help)
        elif isinstance(act, WriteTable):
            if sought.winner is None and sought.user in _users_of(act) and (one.span, one.errno) not in told:
                told.add((one.span, one.errno))
                yield _cause(f"the {act.verb} on mysql.{act.table} is refused", one, one.help)
        elif isinstance(act, GrantPrivileges) and any(map(sought.is_for, act.to)) and sought.concerns(act.grant):
            yield _cause("the grant that would serve is refused", one, _instead(one, act, sought))
        elif isinstance(act, GrantRoles) and any(map(sought.is_for, act.to)) and sought.may_serve(act.roles):
            yield _cause("the grant of a role that may serve is refused", one, one.help)
        elif (
            isinstance(act, SetDefaultRole)
            and any(map(sought.is_for, act.accounts))
            and sought.may_serve(act.choice.roles)
        ):
            yield _cause("the statement that makes a role active is refused", one, one.help)


def _users_of(act: WriteTable) -> set[str]:
    """Return the users that a write names."""
    rows = (*act.rows, *((act.changes,) if act.changes is not None else ()))
    leaves = [row.user for row in rows]
    leaves += [leaf for one in act.where if one.column == "user" for leaf in one.values]
    return {leaf.value for leaf in leaves if isinstance(leaf, Located)}


def _instead(refused: Refused, act: GrantPrivileges, sought: Sought) -> str:
    """Return what to type for a GRANT to an account that is not there, or that it should have made."""
    named = next(name for name in act.to if sought.is_for(name))
    account = sought.winner or (str(getattr(named.user, "value", "")), str(getattr(named.host, "value", "")))
    if refused.why in _NOBODY_THERE and sought.winner is not None:
        return f"{_typed(act.grant)} TO {shown(account)}{_option(act.grant)}"
    if act.says and sought.winner is None:
        made = f"CREATE USER {shown(account)} with what says how it logs in"
        return f"{made}, and then {_typed(act.grant)} TO {shown(account)}{_option(act.grant)}"
    if act.says:
        return f"{_typed(act.grant)} TO {shown(account)}{_option(act.grant)}, and ALTER USER for the rest"
    return refused.help


def _typed(grant: Grant) -> str:
    names = ", ".join(str(leaf.value) for leaf in grant.privileges if isinstance(leaf, Located)) or "..."
    return f"GRANT {names} ON {grant.scope}"


def _option(grant: Grant) -> str:
    return " WITH GRANT OPTION" if grant.has_option else ""


def _cause(title: str, refused: Refused, change: str) -> Cause:
    return yes("refused", title, refused.told, change)


def not_read(outcomes: Sequence[Outcome]) -> Cause:
    """Return that rows are written which the server reads at FLUSH PRIVILEGES."""
    places = ", ".join([one.step.span.where for one in outcomes if isinstance(one, Waiting)][:_MOST])
    return yes(
        "not-flushed", "rows are written and not in force", f"{places}: the server has not read it", "FLUSH PRIVILEGES"
    )


def endings(outcomes: Sequence[Outcome]) -> list[Cause]:
    """Return the steps at which clients end, as causes.

    What would let the client in is not run then.
    """
    behind = {id(one.behind) for one in outcomes if isinstance(one, NotRun)}
    return [_ended(one) for one in outcomes if isinstance(one, Refused) and id(one.step) in behind]


def _ended(refused: Refused) -> Cause:
    by = refused.step.ending
    return yes(
        "not-run",
        "the statement that would do it is not run",
        f"{by} ends at {refused.span.where}" + (f", which gets ERROR {refused.errno}" if refused.errno else ""),
        "mend or take out the statement there",
    )
