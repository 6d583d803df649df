"""Steps, taken one by one as a server takes them: what they leave, and what it says to each."""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from types import MappingProxyType

from grantlint.access.state.acts import grants, revokes, users
from grantlint.access.state.acts.dispatch import take
from grantlint.access.state.book.book import Book
from grantlint.access.state.book.names import Key, is_known
from grantlint.access.state.book.rows import Note
from grantlint.access.state.effort import TOO_MUCH, Effort, units_of
from grantlint.access.state.outcome import NotRun, Outcome, Refused, Waiting
from grantlint.access.state.progress import Progress, Rules
from grantlint.model.step import Call, Step
from grantlint.model.step.acts import (
    Act,
    AlterUser,
    CreateUser,
    DropUser,
    FlushPrivileges,
    GrantPrivileges,
    RenameUser,
    Revoke,
    SetRole,
    Unclear,
    WriteTable,
    names_of,
)
from grantlint.platform.record import NamedTuple

_BEGUN = frozenset({1221, 1524})
"""The refusals of any account that MySQL tells only when it has begun to change its tables."""

_ROLES_LATER = "gives the account no role that it had before, and FLUSH PRIVILEGES or a restart does"

_NONE: Mapping[int, Refused] = MappingProxyType({})


class Replayed(NamedTuple):
    """A server's contents after steps, and its answers to them.

    Steps that are simply done have no answer; the others are in order. `otherwise`: of the steps that it refuses in any
    case, the positions of those that it refuses for another reason. `read_at`: before which position it has last read
    its tables; later writes to them are not in force. By position, `notes` are what writes have done to the table of
    accounts, `undone` the outcomes of steps that are refused whole.
    """

    book: Book
    outcomes: tuple[Outcome, ...]
    otherwise: frozenset[int]
    read_at: int
    notes: Mapping[int, Sequence[Note]]
    undone: Mapping[int, Sequence[Outcome]]


class _Endings:
    """At which refused steps calls and runs have ended."""

    def __init__(self) -> None:
        self._calls: dict[Call, Step] = {}
        self._runs: dict[Hashable, tuple[int, Step]] = {}  # by the run, in which turn

    def before(self, step: Step) -> Step | None:
        """Return the refused step that keeps this one from being run."""
        if step.call is not None and step.call in self._calls:
            return self._calls[step.call]
        if step.part is None or not self._runs:
            return None
        ended = [self._runs[run] for run in step.part.within if run in self._runs]
        return next((refused for turn, refused in ended if turn < step.part.after), None)

    def note(self, refused: Step) -> None:
        """Note that a step is refused."""
        if refused.call is not None:
            self._calls.setdefault(refused.call, refused)
        if refused.part is not None and refused.part.ends:
            self._runs.setdefault(refused.part.within[-1], (refused.part.turn, refused))


def replay(
    steps: Sequence[Step],
    rules: Rules,
    book: Book | None = None,
    refused: Mapping[int, Refused] = _NONE,
    *,
    elsewhere: Collection[int] = (),
    tables: Replayed | None = None,
    stopping: bool = False,
) -> Replayed:
    """Return what steps leave of a book, as the tables have it.

    `refused`: the steps, by position, that the server refuses whatever has gone before; their outcomes are not told
    again. `elsewhere`: those in branches for other servers. With `tables`, what the same steps leave in them, the
    server as it is now: writes to the grant tables that it has not read are left out. `stopping`: what a call runs
    behind a refused step is not run.
    """
    return _Replay(steps, Progress(rules, book or Book(rules.target)), refused, elsewhere, tables, stopping).all()


class _Replay:
    """Steps under way on one server, by their positions."""

    def __init__(
        self,
        steps: Sequence[Step],
        progress: Progress,
        refused: Mapping[int, Refused],
        elsewhere: Collection[int],
        tables: Replayed | None,
        stopping: bool,  # noqa: FBT001 - replay() names it
    ) -> None:
        self._steps = steps
        self._progress = progress
        self._refused = refused
        self._elsewhere = elsewhere
        self._tables = tables
        self._stopping = stopping
        self._effort = Effort(len(steps))
        self._endings = _Endings()
        self._otherwise: set[int] = set()
        self._not_run: set[int] = set()
        self._read_at = 0
        self._notes: dict[int, Sequence[Note]] = {}
        self._undone: dict[int, Sequence[Outcome]] = {}
        self._late: list[int] = []  # those behind which an account lacks roles that the tables give it

    def all(self) -> Replayed:
        """Take all steps, and return what they leave."""
        progress = self._progress
        first_made = _first_made(self._steps, self._refused, progress)
        for number, step in enumerate(self._steps):
            progress.step = step
            for key in first_made.pop(number, ()):
                progress.made_later.pop(key, None)
            behind = self._endings.before(step) if self._stopping else None
            if behind is not None:
                self._not_run.add(number)
                progress.outcomes.append(NotRun(step, behind))
            elif number in self._elsewhere:
                progress.unclear = True  # another branch may make what this one makes
            else:
                self._take(number, step)
        outcomes = (*progress.outcomes, *self._waiting())
        if self._tables is not None:
            progress.book.put_out()
        return Replayed(progress.book, outcomes, frozenset(self._otherwise), self._read_at, self._notes, self._undone)

    def _take(self, number: int, step: Step) -> None:
        progress, tables, rows = self._progress, self._tables, self._progress.book.rows
        is_write = isinstance(step.act, WriteTable)
        progress.is_now = tables is not None and number >= tables.read_at
        if is_write and tables is not None and progress.is_now:
            rows.note_all(tables.notes.get(number, ()))
            return
        before, noted, asleep = len(progress.outcomes), len(rows.notes), len(rows.asleep)
        refusal = self._refused.get(number)
        if refusal is None:
            self._do(number, step)
        elif _refuses_earlier(step.act, refusal, progress):
            self._otherwise.add(number)
        if is_write and len(rows.notes) > noted:
            self._notes[number] = rows.notes[noted:]
        if len(rows.asleep) > asleep:
            self._late.append(number)
        if refusal is None and _is_undone(progress, before):
            self._undone[number] = progress.outcomes[before:]
        if self._stopping and (refusal is not None or _is_refused(progress, before)):
            self._endings.note(step)
        if isinstance(step.act, FlushPrivileges) or (not is_write and _reads_tables(progress, before, refusal)):
            progress.book.read_tables()
            self._read_at = number

    def _do(self, number: int, step: Step) -> None:
        if self._tables is not None and number in self._tables.undone:
            self._progress.outcomes += self._tables.undone[number]
        elif self._effort.is_left(units_of(step.act, self._progress.book)):
            take(self._progress)
        else:
            self._progress.cannot_tell(TOO_MUCH, may_make=True)

    def _waiting(self) -> Iterator[Waiting]:
        passed_over = (self._refused, self._not_run, self._elsewhere)
        for number in range(self._read_at, len(self._steps)):
            step = self._steps[number]
            if isinstance(step.act, WriteTable) and not any(number in one for one in passed_over):
                yield Waiting(step)
        if self._progress.book.rows.asleep:
            yield from (Waiting(self._steps[number], _ROLES_LATER) for number in self._late)


def _first_made(steps: Sequence[Step], refused: Mapping[int, Refused], progress: Progress) -> dict[int, list[Key]]:
    """Return, by the position of each CREATE USER, the accounts that were not there before.

    They are noted as made later: one that is there ends the statement with 1396. What is dropped before may be there.
    """
    found: dict[int, list[Key]] = {}
    taken: set[Key] = set()
    for number, step in enumerate(steps):
        act = step.act
        if isinstance(act, WriteTable | Unclear):
            break
        if isinstance(act, DropUser | RenameUser):
            taken.update(progress.book.key(name) for name in names_of(act))
        by_tool = step.statement is None and step.part is not None and step.call is None
        plain = isinstance(act, CreateUser) and (by_tool or not (act.if_not_exists or act.or_replace))
        runner = step.runner
        if not plain or runner is None or not _in_turn(step) or step.under or number in refused:
            continue
        for key in map(progress.book.key, names_of(act)):
            if is_known(key) and key not in progress.made_later and key not in taken:
                progress.made_later[key] = runner
                found.setdefault(number, []).append(key)
    return found


def _in_turn(step: Step) -> bool:
    """Return whether statements of a call surely run in the order in which they stand.

    A file of SQL does, what one client gets and what is told turn by turn; functions of a script and tasks with
    conditions need not.
    """
    return step.call is None or step.span.source.format in {"", "sql"} or isinstance(step.call.of, tuple)


def _is_undone(progress: Progress, before: int) -> bool:
    """Return whether the step at hand is refused as a whole.

    A server may do one for some of its accounts.
    """
    whole = progress.rules.target.traits.atomic_statements or len(names_of(progress.step.act)) == 1
    in_part = any(isinstance(one, Refused) and one.in_part for one in progress.outcomes[before:])
    return whole and not in_part and _is_refused(progress, before)


def _refuses_earlier(act: Act, refusal: Refused, progress: Progress) -> bool:
    """Return whether accounts decide on a statement first.

    GRANT and REVOKE may fail for them before their privileges, and CREATE USER IF NOT EXISTS pass before its plugin.
    """
    if isinstance(act, CreateUser):
        return refusal.why == "plugin" and users.are_there(act, progress)
    if isinstance(act, GrantPrivileges):
        return grants.refuses_earlier(act, refusal, progress)
    return isinstance(act, Revoke) and revokes.refuses_earlier(act, refusal, progress)


def _reads_tables(progress: Progress, before: int, refusal: Refused | None) -> bool:
    """Return whether a server reads its tables again because it takes back a statement (asked of 9.7.4).

    It has begun none where SET PASSWORD names an account that it does not know, and where it refuses most statements
    whatever it has.
    """
    act = progress.step.act
    if isinstance(act, SetRole) or not progress.rules.target.traits.atomic_statements:  # SET ROLE changes no table
        return False
    if isinstance(act, AlterUser) and act.keeps_plugin:
        known = progress.book.rows.deleted
        if not any(progress.book.names.account(said.user, said.host) in known for said in act.accounts):
            return False
    return _is_refused(progress, before) or (refusal is not None and refusal.errno in _BEGUN)


def _is_refused(progress: Progress, before: int) -> bool:
    return any(isinstance(outcome, Refused) for outcome in progress.outcomes[before:])
