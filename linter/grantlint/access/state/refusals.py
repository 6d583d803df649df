"""What a server refuses whatever accounts it has: its grammar, its levels and lengths, its tables that are views."""

from grantlint.access.privileges import refusal as level_refusal
from grantlint.access.state.outcome import Refused
from grantlint.access.target import Target
from grantlint.location import Located
from grantlint.model.grant import Grant
from grantlint.model.privilege import parse_privilege
from grantlint.model.scope import Level
from grantlint.model.step import GrantPrivileges, Step, WriteTable, names_of

_NOT_PARSED = 1064
_VIEW = (
    "View 'mysql.user' references invalid table(s) or column(s) or function(s) or definer/invoker of view lack rights "
    "to use them"
)
_VIEW_HELP = "mysql.user is a view there: use CREATE USER, ALTER USER, RENAME USER or DROP USER."


def refused(step: Step, target: Target) -> Refused | None:
    """Return why a server of this product and version refuses a step whatever has gone before, or None."""
    statement = step.statement
    refusal = statement.refusal(target.product, target.version) if statement is not None else None
    if refusal is not None:
        return Refused(step, refusal.span, refusal.errno, refusal.message, "grammar", refusal.help)
    act = step.act
    if isinstance(act, WriteTable):
        if act.table == "user" and act.verb != "DELETE" and target.traits.user_table_is_view:
            return Refused(step, step.span, 1356, _VIEW, "table", _VIEW_HELP)
        return None
    too_long = _too_long(step, target)
    if too_long is None and isinstance(act, GrantPrivileges):
        return _level(step, act.grant, target)
    return too_long


def _too_long(step: Step, target: Target) -> Refused | None:
    """Return the refusal of a name that no column holds."""
    traits = target.traits
    for name in names_of(step.act):
        for leaf, most, what in ((name.user, traits.user_length, "user"), (name.host, traits.host_length, "host")):
            if isinstance(leaf, Located) and len(leaf.value) > most and len(leaf.value.rstrip()) > most:
                message = f"String '{leaf.value[:70]}' is too long for {what} name (should be no longer than {most})"
                return Refused(step, leaf.span, 1470, message, "name", account=name)
    return None


def _level(step: Step, grant: Grant, target: Target) -> Refused | None:
    """Return the refusal of a privilege that its level does not have; what is no word at all the grammar refuses."""
    scope = grant.scope
    if scope is None or scope.level is Level.PROXY:
        return None
    for leaf in grant.privileges:
        if isinstance(leaf, Located):
            name, columns = parse_privilege(leaf.value)
            refusal = level_refusal(name, target, scope.level, columns=bool(columns))
            if refusal is not None and refusal.errno != _NOT_PARSED:
                return Refused(step, leaf.span, refusal.errno, refusal.message, "privilege")
    return None
