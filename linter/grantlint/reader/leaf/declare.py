"""Steps of a file as declarations: what they leave if each is taken at its word, as no server is known yet."""

from collections.abc import Sequence

from grantlint.access.product.target import Target
from grantlint.access.state.book import left
from grantlint.access.state.effort import TOO_MUCH
from grantlint.access.state.outcome import Undecided
from grantlint.access.state.progress import Rules
from grantlint.access.state.replay import replay
from grantlint.model import Declarations, NotChecked
from grantlint.model.step import Step


def declare(steps: Sequence[Step], target: Target, declarations: Declarations) -> None:
    """Add steps and their result to the declarations. The file is read as for `target`."""
    left_behind = replay(steps, Rules(target, strict=False))
    book = left_behind.book
    accounts, grants, roles = [*left.accounts(book)], [*left.grants(book)], [*left.roles(book)]
    memberships, revoked, denied = [*left.memberships(book)], [*left.revoked(book)], [*left.denied(book)]
    declarations.steps += steps
    declarations.by_steps += [*accounts, *grants, *roles, *memberships, *revoked, *denied]
    declarations.accounts += accounts
    declarations.grants += grants
    declarations.roles += roles
    declarations.memberships += memberships
    declarations.revoked += revoked
    declarations.denied += denied
    declarations.removals += book.removals
    for outcome in left_behind.outcomes:
        if isinstance(outcome, Undecided):
            declarations.not_checked.append(NotChecked(outcome.what, outcome.why, outcome.step.span))
    beyond = next(
        (one.step.span for one in left_behind.outcomes if isinstance(one, Undecided) and one.why == TOO_MUCH), None
    )
    if beyond is not None:
        beyond.source.leave_unread(beyond.start, beyond.end, TOO_MUCH)
