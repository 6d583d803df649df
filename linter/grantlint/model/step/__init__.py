"""What is done to a server, in turn: an act at its place, and what runs it."""

from collections.abc import Hashable

from grantlint.model.location import Source, Span
from grantlint.model.statement import Statement
from grantlint.model.step.acts import Act
from grantlint.platform.record import NamedTuple


class Branch(NamedTuple):
    """One branch of a condition, such as a template's `else`.

    `by_version`: it, or one that it is the alternative to, asks which product or version the server is.
    """

    source: Source
    condition: int
    number: int
    by_version: bool = False


Path = tuple[Branch, ...]  # the conditions around a step, outermost first


class Call(NamedTuple):
    """A run of steps that ends at the first refused.

    An example is `mysql < file`. `of`: what steps of one call have in common.
    """

    by: str
    of: Hashable


ENTRY_POINT = "the image's entry point"


class Part(NamedTuple):
    """A turn of a longer run.

    It is such as a task of a play.

    within: the runs around it, outermost first. turn: its number; the calls of one turn, such as the items of a loop,
    do not end each other. after: what ends a run before this turn keeps it from being taken. ends: whether a refusal
    in it ends the innermost run behind it.
    """

    within: tuple[Hashable, ...]
    turn: int
    after: int
    ends: bool


class Hindrance(NamedTuple):
    """Why a tool fails at a step.

    It fails before it sends anything, or as what it sends is refused (`errno`, else 0). `since`: the first release of
    MySQL with which it does, None for every server.
    """

    why: str
    help: str
    since: tuple[int, ...] | None = None
    errno: int = 0


class Step(NamedTuple):
    """One act at its place.

    `statement`: the SQL that is sent for it, whose grammar a server may not have. `call`: what ends where the server
    refuses the step; None where the next step is run all the same. `part`: the turn that sends it, whose run may end.
    `hindrance`: why the tool that takes it fails.
    """

    act: Act
    span: Span
    under: Path = ()
    statement: Statement | None = None
    call: Call | None = None
    part: Part | None = None
    hindrance: Hindrance | None = None

    @property
    def ending(self) -> str:
        """What ends where the server refuses it, for a sentence."""
        return self.call.by if self.call is not None else "what depends on it"

    @property
    def runner(self) -> Hashable:
        """What runs it and others in one order.

        It is its call, else the outermost run around it, if any.
        """
        return self.part.within[0] if self.call is None and self.part is not None else self.call
