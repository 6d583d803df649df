"""Steps, taken one by one as a server takes them: what they leave, and what it says to each."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from grantlint.access.state import grants, roles, tables, users
from grantlint.access.state.book import Book
from grantlint.access.state.outcome import Outcome, Waiting
from grantlint.access.state.progress import Progress, Rules
from grantlint.model.step import (
    AlterUser,
    CreateRole,
    CreateUser,
    DropRole,
    DropUser,
    FlushPrivileges,
    GrantPrivileges,
    GrantRoles,
    RenameUser,
    Revoke,
    RevokeAll,
    RevokeRoles,
    SetDefaultRole,
    Step,
    Unclear,
    WriteTable,
)


class Replayed(NamedTuple):
    """What a server holds after steps, and its answer to each that is not simply done, in their order."""

    book: Book
    outcomes: tuple[Outcome, ...]


def replay(steps: Sequence[Step], rules: Rules, book: Book | None = None, refused: Collection[int] = ()) -> Replayed:
    """Return what the steps leave of a book (none: of a new server), as the tables have it.

    `refused`: the positions of steps that the server refuses whatever has gone before.
    """
    book = book or Book(rules.target)
    progress = Progress(rules, book)
    written: list[Step] = []
    for number, step in enumerate(steps):
        if number in refused:
            continue
        progress.step = step
        if isinstance(step.act, WriteTable):
            written.append(step)
        elif isinstance(step.act, FlushPrivileges):
            written.clear()
        take(progress)
    return Replayed(book, (*progress.outcomes, *map(Waiting, written)))


def as_in_memory(steps: Sequence[Step]) -> Iterable[Step]:
    """Return the steps without those that wait for FLUSH PRIVILEGES or a restart."""
    last = max((number for number, step in enumerate(steps) if isinstance(step.act, FlushPrivileges)), default=-1)
    return [step for number, step in enumerate(steps) if number < last or not isinstance(step.act, WriteTable)]


def take(progress: Progress) -> None:  # noqa: C901, PLR0912 - one line for each kind of act
    """Take the step at hand."""
    match progress.step.act:
        case CreateUser() as act:
            users.create(act, progress)
        case AlterUser() as act:
            users.alter(act, progress)
        case DropUser() | DropRole() as act:
            users.drop(act, progress)
        case RenameUser() as act:
            users.rename(act, progress)
        case CreateRole() as act:
            roles.create_role(act, progress)
        case GrantPrivileges() as act:
            grants.grant(act, progress)
        case GrantRoles() as act:
            roles.grant_roles(act, grants.grantees(act, progress), progress)
        case Revoke() as act:
            grants.revoke(act, progress)
        case RevokeAll() as act:
            grants.revoke_all(act, progress)
        case RevokeRoles() as act:
            roles.revoke_roles(act, progress)
        case SetDefaultRole() as act:
            roles.set_default_role(act, progress)
        case WriteTable() as act:
            tables.write_table(act, progress)
        case FlushPrivileges():
            progress.book.deleted.clear()
        case Unclear(what=what, why=why):
            progress.cannot_tell(why, what)
