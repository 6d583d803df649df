"""What a server refuses whatever accounts it has: its grammar, its levels and lengths, its tables that are views."""

from collections.abc import Sequence

from grantlint.access.product.installation import ServerSettings
from grantlint.access.product.privileges.refusal import NOT_HELD, beside_all
from grantlint.access.product.privileges.refusal import refusal as level_refusal
from grantlint.access.product.target import Target
from grantlint.access.state import unfit
from grantlint.access.state.instead import of_level
from grantlint.access.state.outcome import Refused, Why
from grantlint.model.grant import Grant
from grantlint.model.location import Located
from grantlint.model.privilege import ALL
from grantlint.model.scope import Level
from grantlint.model.step import Step
from grantlint.model.step.acts import (
    Act,
    Broken,
    Deny,
    FlushPrivileges,
    GrantPrivileges,
    Revoke,
    RevokeDeny,
    Unclear,
    WriteTable,
    names_of,
)

_NOT_PARSED = 1064
_SHORTEST_USER, _SHORTEST_HOST = 16, 60
_VIEW = (
    "View 'mysql.user' references invalid table(s) or column(s) or function(s) or definer/invoker of view lack rights "
    "to use them"
)
_LIST = "You have an error in your SQL syntax"
_LIST_HELP = "ALL stands alone: leave the other privileges out, or write each that is meant."
_OPTION_HELP = "Write USAGE, or the privileges that are meant, beside GRANT."
_VIEW_HELP = "mysql.user is a view there: use CREATE USER, ALTER USER, RENAME USER or DROP USER."


class Outright:
    """The refusals of steps that depend on no earlier step.

    What no server could refuse is not asked.
    """

    __slots__ = ("_grants", "_hindered", "_named_long", "_plugged", "_said", "_steps", "_writes")

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        self._said = [(number, step.statement) for number, step in enumerate(steps) if step.statement is not None]
        self._named_long = [number for number, step in enumerate(steps) if _has_long_name(step.act)]
        self._plugged = [number for number, step in enumerate(steps) if unfit.names_plugin(step)]
        self._writes = [number for number, step in enumerate(steps) if isinstance(step.act, WriteTable)]
        self._hindered = [(number, no) for number, step in enumerate(steps) if (no := step.hindrance) is not None]
        self._grants: dict[object, list[int]] = {}
        for number, step in enumerate(steps):
            grant = _named(step.act)
            if grant is not None:
                self._grants.setdefault(_privileges(grant), []).append(number)

    def by(self, target: Target, settings: ServerSettings | None = None) -> dict[int, Refused]:
        """Return the refusals of a product by the position of the step.

        They are in order; `settings` count as well.
        """
        found = self._of_content(target, settings)
        for number, statement in self._said:
            refusal = statement.refusal(target.product, target.version)
            if refusal is not None:
                step = self._steps[number]
                found[number] = Refused(step, refusal.span, refusal.errno, refusal.message, "grammar", refusal.help)
        for number, no in self._hindered:
            if no.since is None or (target.product == "mysql" and target.version >= no.since):
                step = self._steps[number]
                why: Why = "broken" if isinstance(step.act, Broken) else "tool"
                found[number] = Refused(step, step.span, no.errno, no.why, why, no.help)
        if switch := unfit.switched_off(settings):
            found |= self._read_only(switch)
        return {number: found[number] for number in sorted(found)}

    def _of_content(self, target: Target, settings: ServerSettings | None) -> dict[int, Refused]:
        """Return the refusals of what parses; of two reasons the later one here counts."""
        found: dict[int, Refused] = {}
        for number in self._plugged:
            if (no := unfit.without_plugin(self._steps[number], target, settings)) is not None:
                found[number] = no
        for alike in self._grants.values():
            if _level(self._steps[alike[0]], target) is not None:
                found.update((number, no) for number in alike if (no := _level(self._steps[number], target)))
        for number in self._writes:
            if (no := _write(self._steps[number], target, settings)) is not None:
                found[number] = no
        for number in self._named_long:
            if (no := _too_long(self._steps[number], target)) is not None:
                found[number] = no
        return found

    def _read_only(self, switch: str) -> dict[int, Refused]:
        """Return the refusal of every account statement, until a FLUSH PRIVILEGES ends skip_grant_tables."""
        found: dict[int, Refused] = {}
        for number, step in enumerate(self._steps):
            if isinstance(step.act, FlushPrivileges) and switch == "skip_grant_tables":
                break
            if not isinstance(step.act, WriteTable | FlushPrivileges | Broken | Unclear):
                found[number] = unfit.read_only(step, switch)
        return found


def _named(act: Act) -> Grant | None:
    """Return the privileges and the target that a GRANT or REVOKE names.

    None for a REVOKE that a tool sends only to those who have all of it: no level lacks what they have.
    """
    if isinstance(act, GrantPrivileges):
        return act.grant
    if isinstance(act, Deny | RevokeDeny):
        return act.denied if isinstance(act, Deny) else act.lifted
    return act.taken if isinstance(act, Revoke) and not act.if_held else None


def _privileges(grant: Grant) -> object:
    """Return what the refusal of a grant's privileges depends on."""
    scope = grant.scope
    names = tuple([leaf.value for leaf in grant.privileges if isinstance(leaf, Located)])
    return names, scope.level if scope is not None else None, scope is not None and scope.database == ""


def _write(step: Step, target: Target, settings: ServerSettings | None) -> Refused | None:
    """Return the refusal of a write to mysql.user where that is a view, or for its columns."""
    act = step.act
    if not isinstance(act, WriteTable) or act.table != "user":
        return None
    if target.traits.user_table_is_view:
        is_taken = act.verb in {"DELETE", "DROP"}
        return None if is_taken else Refused(step, step.span, 1356, _VIEW, "table", _VIEW_HELP)
    if (no := unfit.without_column(step, act, target)) is not None:
        return no
    return unfit.without_default(step, act, target, settings)


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
                said = f"Take a name of at most {most} characters."
                return Refused(step, leaf.span, 1470, message, "name", said, name)
    return None


def _level(step: Step, target: Target) -> Refused | None:
    """Return the refusal of a privilege that its level does not have.

    What is no word at all the grammar of a statement refuses; a tool's list has no statement to look at.
    """
    grant = _named(step.act)
    scope = grant.scope if grant is not None else None
    if grant is None or scope is None or scope.level is Level.PROXY:
        return None
    if (no := unfit.without_database(step, grant)) is not None:
        return no
    if step.statement is None and (no := _of_list(step, grant)) is not None:
        return no
    for leaf in grant.privileges:
        if isinstance(leaf, Located):
            name, columns = leaf.value
            refusal = level_refusal(name, target, scope.level, columns=bool(columns))
            if refusal is not None and (refusal.errno != _NOT_PARSED or step.statement is None):
                if refusal.errno == NOT_HELD:
                    said = _kept_help(name, target)
                    return Refused(step, leaf.span, refusal.errno, refusal.message, "platform", said)
                verb = "REVOKE" if isinstance(step.act, Revoke) else "GRANT"
                said = of_level(verb, name, scope.level, target, columns=bool(columns))
                return Refused(step, leaf.span, refusal.errno, refusal.message, "privilege", said)
    return None


def _kept_help(name: str, target: Target) -> str:
    if name == ALL:
        every = f"ALL on *.* holds SUPER, which {target.platform} keeps to itself"
        return f"{every}: list the privileges that are needed, or grant on databases."
    return f"{target.platform} keeps {name} to itself: leave it out, and use the procedures of the platform."


def _of_list(step: Step, grant: Grant) -> Refused | None:
    """Return the refusal of a list that a tool sends empty, or with ALL in it."""
    if not grant.privileges:
        return Refused(step, grant.span, _NOT_PARSED, _LIST, "privilege", _OPTION_HELP)
    named = [leaf for leaf in grant.privileges if isinstance(leaf, Located)]
    beside = beside_all([leaf.value for leaf in named])
    if beside is None:
        return None
    return Refused(step, named[beside].span, _NOT_PARSED, _LIST, "privilege", _LIST_HELP)
