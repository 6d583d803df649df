"""Which steps that are not done may matter to the sessions of a user."""

from collections.abc import Container, Iterable

from grantlint.access.accounts.stored import stored_user
from grantlint.access.product.target import Target
from grantlint.access.state.outcome import NotRun, Outcome, Undecided
from grantlint.model.location import Located, Text
from grantlint.model.step.acts import Act, WriteTable, names_of


def concerning(user: str, outcomes: Iterable[Outcome], target: Target) -> tuple[Outcome, ...]:
    """Return the outcomes that may matter to a user.

    Their steps are about the user, or about nobody knows whom.
    """
    outcomes = [*outcomes]
    told = [one for one in outcomes if isinstance(one, Undecided) or _names(one.step.act, user, target)]
    ending = {id(one.behind) for one in told if isinstance(one, NotRun)}
    if not ending:
        return tuple(told)
    named = {id(one) for one in told}
    return tuple([one for one in outcomes if id(one) in named or id(one.step) in ending or _behind(one, ending)])


def _behind(outcome: Outcome, ending: Container[int]) -> bool:
    return isinstance(outcome, NotRun) and id(outcome.behind) in ending


def _names(act: Act, user: str, target: Target) -> bool:
    leaves: list[Text] = [name.user for name in names_of(act)]
    if isinstance(act, WriteTable):
        rows = (*act.rows, *((act.changes,) if act.changes is not None else ()))
        leaves += [row.user for row in rows if row.user is not None]
        leaves += [leaf for one in act.where if one.column == "user" for leaf in one.values]
        if not leaves:
            return True
    return any(not isinstance(leaf, Located) or stored_user(leaf.value, target) in {user, ""} for leaf in leaves)
