"""What a declared server holds as a product and version takes its steps: now, or once it has read its tables again."""

from collections.abc import Container, Iterable, Sequence

from grantlint.access.product.installation import Installation
from grantlint.access.product.target import parse_target
from grantlint.access.state.book import left
from grantlint.access.state.book.book import Book
from grantlint.access.state.book.loading import leave_out, load
from grantlint.access.state.outcome import NotRun, Outcome, Refused, Waiting
from grantlint.access.state.progress import Rules
from grantlint.access.state.refusals import Outright
from grantlint.access.state.replay import Replayed, replay
from grantlint.model import DeclaredServer
from grantlint.model.step import Path, Step
from grantlint.model.step.acts import Revoke
from grantlint.platform.record import NamedTuple

_AS = "mysql-8.4"  # which reads names as all do


class Holding(NamedTuple):
    """A declared server after its steps, and their outcomes.

    Steps that are simply done have none.
    """

    declared: DeclaredServer
    outcomes: tuple[Outcome, ...]


class Holdings:
    """The holdings of one declared server; products that decide alike share one."""

    __slots__ = ("_asking", "_declared", "_flushed", "_known", "_outright", "_steps", "_stopping")

    def __init__(self, declared: DeclaredServer, *, flushed: bool = True, stopping: bool = False) -> None:
        """Take a server; not `flushed`: as it is now, before FLUSH PRIVILEGES or a restart.

        `stopping`: clients end at a step that is refused, as they do by default.
        """
        self._declared = declared
        self._flushed = flushed
        self._stopping = stopping
        self._steps: Sequence[Step] = declared.steps
        self._outright = Outright(declared.steps)
        self._asking = {number: path for number, step in enumerate(declared.steps) if (path := _asking(step.under))}
        self._known: dict[object, tuple[DeclaredServer, Replayed]] = {}

    def of(self, installation: Installation) -> Holding:
        """Return what an installation holds."""
        target = installation.target
        refusals = self._outright.by(target, installation.settings)
        elsewhere = self._elsewhere(refusals) if self._asking else frozenset[int]()
        refusals = {number: no for number, no in refusals.items() if number not in elsewhere}
        key = (self._decides_by(installation), elsewhere, *refusals)
        known = self._known.get(key)
        if known is None:
            replayed = self._replayed(installation, refusals, elsewhere)
            known = self._known[key] = (declared_by(replayed.book, self._declared), replayed)
        declared, replayed = known
        idle = {id(one.step) for one in replayed.outcomes if isinstance(one, NotRun)}
        outright = [
            no for number, no in refusals.items() if number not in replayed.otherwise and id(no.step) not in idle
        ]
        return Holding(declared, self._in_turn((*outright, *replayed.outcomes)))

    def _elsewhere(self, refusals: Iterable[int]) -> frozenset[int]:
        """Return the steps in branches that ask for the version and hold what this server refuses in any case."""
        branches = {self._asking[number] for number in refusals if number in self._asking}
        return frozenset([number for number in self._asking if self._is_within(branches, number)])

    def _is_within(self, branches: Container[Path], number: int) -> bool:
        """Return whether a step is in one of some branches: their path is the beginning of its own."""
        under = self._steps[number].under
        return any(under[:depth] in branches for depth in range(1, len(under) + 1))

    def _in_turn(self, outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
        if len(outcomes) < 2:  # noqa: PLR2004 - one is in order
            return outcomes
        places = {id(step): number for number, step in enumerate(self._steps)}
        return tuple(sorted(outcomes, key=lambda outcome: places[id(outcome.step)]))

    def _decides_by(self, installation: Installation) -> tuple[object, ...]:
        """Return all that the outcome of steps may depend on beside those that are refused anyway."""
        target = installation.target
        traits = target.traits
        takes_from_all = any(isinstance(step.act, Revoke) for step in self._steps)
        return (
            target.product, traits.trims_blanks, traits.ascii_host, traits.empty_host_is_percent,
            traits.atomic_statements, traits.public_role, traits.revoke_wants_all, traits.own_host,
            _grant_to_nobody(installation), installation.database_names_are_literal,
            target.version if takes_from_all else None, bool(installation.settings.value("mandatory_roles")),
        )  # fmt: skip

    def _replayed(
        self, installation: Installation, refusals: dict[int, Refused], elsewhere: frozenset[int]
    ) -> Replayed:
        rules = Rules(
            installation.target,
            grant_to_nobody=_grant_to_nobody(installation),
            administrators=installation.settings.administrators,
            partial_revokes=installation.database_names_are_literal,
            mandatory_roles=bool(installation.settings.value("mandatory_roles")),
        )
        stopping = self._stopping
        book = self._book(installation)
        after = replay(self._steps, rules, book, refusals, elsewhere=elsewhere, stopping=stopping)
        if self._flushed:
            return after
        return replay(
            self._steps,
            rules,
            self._book(installation),
            refusals,
            elsewhere=elsewhere,
            tables=after,
            stopping=stopping,
        )

    def _book(self, installation: Installation) -> Book:
        book = Book(installation.target)
        load(self._declared.before, book)
        if self._declared.begins_empty:
            leave_out(self._steps, installation.settings.administrators, book)
        return book


def at_its_word(declared: DeclaredServer) -> DeclaredServer:
    """Return a declared server after its steps, each taken at its word."""
    target = parse_target(_AS)
    book = Book(target)
    load(declared.before, book)
    return declared_by(replay(declared.steps, Rules(target, strict=False), book).book, declared)


def _asking(under: Path) -> Path:
    """Return the conditions down to the innermost that asks for the version, () where none does."""
    asking = [number for number, branch in enumerate(under) if branch.by_version]
    return under[: asking[-1] + 1] if asking else ()


def ends(outcomes: Iterable[Outcome]) -> bool:
    """Return whether a client ends at a step that the server refuses."""
    refused = [outcome.step for outcome in outcomes if isinstance(outcome, Refused)]
    return any(step.call is not None or step.part is not None for step in refused)


def waits(outcomes: Iterable[Outcome]) -> bool:
    """Return whether a write waits for FLUSH PRIVILEGES or a restart."""
    return any(isinstance(outcome, Waiting) for outcome in outcomes)


def _grant_to_nobody(installation: Installation) -> int:
    """Return what GRANT to an account that does not exist answers; 0 where it makes the account."""
    errno = installation.target.traits.grant_to_nobody
    modes = installation.settings.value("sql_mode") or ""
    return errno or (1133 if "no_auto_create_user" in modes else 0)


def declared_by(book: Book, declared: DeclaredServer) -> DeclaredServer:
    """Return a declared server with the contents of a book.

    They take the place of its accounts, grants and roles.
    """
    accounts, grantees = left.joined(book)
    return declared._replace(
        accounts=tuple(accounts),
        grantees=tuple(grantees),
        roles=tuple(left.roles(book)),
        memberships=tuple(left.memberships(book)),
        borrowed_roles=tuple(left.borrowed_roles(book)),
        revoked=tuple(left.revoked(book)),
        denied=tuple(left.denied(book)),
    )
