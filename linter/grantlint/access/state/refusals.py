"""What a server refuses whatever accounts it has: its grammar, its levels and lengths, its tables that are views."""

from collections.abc import Sequence

from grantlint.access.product.privileges import refusal as level_refusal
from grantlint.access.product.target import Target
from grantlint.access.state.outcome import Refused
from grantlint.model import Refusal
from grantlint.model.grant import Grant
from grantlint.model.location import Located
from grantlint.model.scope import Level
from grantlint.model.step import Act, GrantPrivileges, Step, WriteTable, names_of

_NOT_PARSED = 1064
_SHORTEST_USER, _SHORTEST_HOST = 16, 60
_VIEW = (
    "View 'mysql.user' references invalid table(s) or column(s) or function(s) or definer/invoker of view lack rights "
    "to use them"
)
_COLUMN_HELP = "The column is gone since MySQL 5.7.6: use CREATE USER or ALTER USER."
_VIEW_HELP = "mysql.user is a view there: use CREATE USER, ALTER USER, RENAME USER or DROP USER."


class Outright:
    """The refusals of steps that do not depend on what has gone before; what no server could refuse is not asked."""

    __slots__ = ("_grants", "_named_long", "_said", "_steps", "_writes")

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        self._said = [(number, step.statement) for number, step in enumerate(steps) if step.statement is not None]
        self._named_long = [number for number, step in enumerate(steps) if _has_long_name(step.act)]
        self._writes = [number for number, step in enumerate(steps) if isinstance(step.act, WriteTable)]
        self._grants: dict[object, list[int]] = {}
        for number, step in enumerate(steps):
            if isinstance(step.act, GrantPrivileges):
                self._grants.setdefault(_privileges(step.act.grant), []).append(number)

    def by(self, target: Target) -> dict[int, Refused]:
        """Return the refusals of a product and version by the position of the step, in order."""
        found: dict[int, Refused] = {}
        for alike in self._grants.values():
            if _level(self._steps[alike[0]], target) is not None:
                found.update((number, no) for number in alike if (no := _level(self._steps[number], target)))
        for number in self._writes:
            if (no := _write(self._steps[number], target)) is not None:
                found[number] = no
        for number in self._named_long:
            if (no := _too_long(self._steps[number], target)) is not None:
                found[number] = no
        for number, statement in self._said:
            refusal = statement.refusal(target.product, target.version)
            if refusal is not None:
                found[number] = _of_grammar(self._steps[number], refusal)
        return {number: found[number] for number in sorted(found)}


def _of_grammar(step: Step, refusal: Refusal) -> Refused:
    return Refused(step, refusal.span, refusal.errno, refusal.message, "grammar", refusal.help)


def _privileges(grant: Grant) -> object:
    """Return what the refusal of a grant's privileges depends on."""
    scope = grant.scope
    names = tuple([leaf.value for leaf in grant.privileges if isinstance(leaf, Located)])
    return names, scope.level if scope is not None else None


def _write(step: Step, target: Target) -> Refused | None:
    """Return the refusal of a write to mysql.user where that is a view, or has no such column."""
    act = step.act
    if not isinstance(act, WriteTable) or act.table != "user":
        return None
    if target.traits.user_table_is_view:
        return Refused(step, step.span, 1356, _VIEW, "table", _VIEW_HELP) if act.verb != "DELETE" else None
    if "password" in act.columns and not target.traits.password_column:
        where = "where clause" if act.verb == "DELETE" else "field list"
        return Refused(step, step.span, 1054, f"Unknown column 'password' in '{where}'", "table", _COLUMN_HELP)
    return None


def _has_long_name(act: Act) -> bool:
    """Return whether a user name or a host value is longer than the shortest limit of any server."""
    return any(
        (isinstance(name.user, Located) and len(name.user.value) > _SHORTEST_USER)
        or (isinstance(name.host, Located) and len(name.host.value) > _SHORTEST_HOST)
        for name in names_of(act)
    )


def _too_long(step: Step, target: Target) -> Refused | None:
    """Return the refusal of a name that no column holds."""
    traits = target.traits
    for name in names_of(step.act):
        for leaf, most, what in ((name.user, traits.user_length, "user"), (name.host, traits.host_length, "host")):
            if isinstance(leaf, Located) and len(leaf.value) > most and len(leaf.value.rstrip()) > most:
                message = f"String '{leaf.value[:70]}' is too long for {what} name (should be no longer than {most})"
                return Refused(step, leaf.span, 1470, message, "name", account=name)
    return None


def _level(step: Step, target: Target) -> Refused | None:
    """Return the refusal of a privilege that its level does not have; what is no word at all the grammar refuses."""
    grant = step.act.grant if isinstance(step.act, GrantPrivileges) else None
    scope = grant.scope if grant is not None else None
    if grant is None or scope is None or scope.level is Level.PROXY:
        return None
    for leaf in grant.privileges:
        if isinstance(leaf, Located):
            name, columns = leaf.value
            refusal = level_refusal(name, target, scope.level, columns=bool(columns))
            if refusal is not None and refusal.errno != _NOT_PARSED:
                return Refused(step, leaf.span, refusal.errno, refusal.message, "privilege")
    return None
