"""An error that somebody has, held against what the files say: theirs or not, and what then explains it."""

from collections.abc import Iterator

from grantlint.access.causes.elsewhere import Explanation, Told, explanations
from grantlint.access.causes.login import way_in
from grantlint.access.host.reach import needs_name
from grantlint.access.server.answer import Answer
from grantlint.access.server.login import Condition, standing_of
from grantlint.access.server.winner import Winner
from grantlint.model.step.acts import WriteTable
from grantlint.platform.typed import Protocol

_RIGHTS = frozenset({1044, 1142, 1143, 1227, 1370, 3879})
_ALIKE = ({1044, 3879}, {3118, 4151}, {1820, 1862})  # one refusal under two numbers
_EXPIRED = frozenset({1820, 1862})
_FRESH = (5, 7)  # before this MySQL an installation brings anonymous accounts


class _Complaint(Protocol):
    @property
    def errno(self) -> int: ...

    @property
    def password(self) -> bool | None: ...

    @property
    def account(self) -> str | None: ...


def held_against(complaint: _Complaint, answer: Answer) -> Iterator[str]:
    """Yield whether the files give an error, and what else explains it."""
    if _gives(answer, complaint.errno):
        yield f"these files give ERROR {complaint.errno}: what to change is told below"
        return
    winner = answer.winners[0] if answer.winners else None
    user = repr(answer.question.user)
    instead = f"is let in as {winner.row}" if winner is not None and not winner.error else f"gets ERROR {answer.error}"
    ways = [condition.how for condition in _conditions(complaint.errno, winner)]
    gets = f"gets ERROR {complaint.errno} {' or '.join(ways)}" if ways else f"gets no ERROR {complaint.errno}"
    yield f"by these files {user} {instead}, and {gets}. What explains it, the likeliest first:"
    for one in explanations(_told(complaint, answer, winner)):
        yield f"  {one.title}: {one.look}"


def nearness(errno: int, answer: Answer) -> int:
    """Return how near an answer is to an error. 0: it gives it, 1: to who comes in some way, 2: not."""
    if _gives(answer, errno):
        return 0
    return 1 if any(_conditions(errno, winner) for winner in answer.winners) else 2


def _conditions(errno: int, winner: Winner | None) -> list[Condition]:
    """Return the ways to come that get an error."""
    conditions = winner.login.conditions if winner is not None and winner.error is None else ()
    return [condition for condition in conditions if condition.refusal.error in _alike(errno)]


def _alike(errno: int) -> set[int]:
    return next((numbers for numbers in _ALIKE if errno in numbers), {errno})


def _gives(answer: Answer, errno: int) -> bool:
    if answer.error in _alike(errno):
        return True
    if errno in _EXPIRED and any(winner.login.admission.sandbox for winner in answer.winners):
        return True
    return errno in _RIGHTS and any(winner.lacking for winner in answer.winners)


def _told(complaint: _Complaint, answer: Answer, winner: Winner | None) -> Told:
    target = answer.server.installation.target
    return Told(
        complaint.errno,
        answer.question.client,
        str(winner.row) if winner is not None else "",
        by_image=answer.server.declared.name.startswith("compose:"),
        writes=any(isinstance(step.act, WriteTable) and not step.act.shown for step in answer.server.declared.steps),
        unseen=answer.server.installation.skip_name_resolve and answer.question.client.name not in {None, "localhost"},
        named=any(needs_name(row.value) for row in answer.server.table.rows),
        old=target.product == "mysql" and target.version < _FRESH,
        password=complaint.password,
        instead=answer.error,
        account=complaint.account or "",
        user=answer.question.user,
        plugin=_plugin(answer, winner),
        conditions=tuple(
            [
                Explanation(one.how, way_in(one.refusal, str(winner.row), target))
                for one in _conditions(complaint.errno, winner)
            ]
        )
        if winner is not None
        else (),
    )


def _plugin(answer: Answer, winner: Winner | None) -> str:
    """Return the plugin by which a session begins: that of the account, else the server's default."""
    target = answer.server.installation.target
    said = standing_of(winner.entry, target).plugin if winner is not None else None
    return said or target.traits.default_plugin
