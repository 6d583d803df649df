"""The answer to a question for a privilege: who gives it, and what looks as if it did."""

from collections.abc import Callable
from enum import Enum

from grantlint.access.grants.row import Grantee, GrantRow
from grantlint.platform.record import NamedTuple


class Given(NamedTuple):
    """A privilege in force, with the row that gives it.

    `privilege`: the name by which the row has it. `role`: if it comes by one.
    """

    row: GrantRow
    privilege: str
    origins: tuple[object, ...]
    role: Grantee | None = None


class Reason(Enum):
    """Kinds of reasons for which a row does not serve a session."""

    INACTIVE = "its role is granted, and not active"
    ELSEWHERE = "it belongs to another account"
    HIDDEN = "another row comes first"
    REVOKED = "a partial revoke takes it"
    TIED = "it may come first or not"
    DENIED = "a DENY takes it"


class Idle(NamedTuple):
    """Why a row does not serve a session.

    `clause` says it to people.
    """

    reason: Reason
    clause: str


class Lost(NamedTuple):
    """A row with the privilege that does not serve the session."""

    row: GrantRow
    idle: Idle

    @property
    def why(self) -> str:
        """The clause that says why not."""
        return self.idle.clause


class Verdict:
    """Whether a session has a privilege.

    `by`: what gives it. `uncertain`: rows tie and disagree, so that the order of the statements, FLUSH or a restart
    decides; allowed is False then. `columns`: it has the privilege on these columns only. `but`: rows that deny it on
    parts of what is asked for. `doubts`: rows of which nobody knows whether they deny it; they leave it uncertain.
    `error`: with which number
    the server refuses, 1142 for a table, 1143 a column, 1370 a routine, 1044 a database, 1227 the global level.
    """

    __slots__ = ("_find", "_hidden", "allowed", "but", "by", "columns", "doubts", "error", "uncertain")

    def __init__(
        self,
        allowed: bool,  # noqa: FBT001 - what the verdict is
        by: tuple[Given, ...] = (),
        hidden: Callable[[], tuple[Lost, ...]] = tuple,
        *,
        uncertain: bool = False,
        columns: tuple[str, ...] = (),
        but: tuple[GrantRow, ...] = (),
        doubts: tuple[GrantRow, ...] = (),
        error: int | None = None,
    ) -> None:
        """State a verdict.

        `hidden` finds what does not count, where somebody asks for it.
        """
        self.allowed = allowed
        self.by = by
        self.uncertain = uncertain
        self.columns = columns
        self.but = but
        self.doubts = doubts
        self.error = error
        self._find = hidden
        self._hidden: tuple[Lost, ...] | None = None

    @property
    def hidden(self) -> tuple[Lost, ...]:
        """The rows with the privilege that do not serve this session."""
        if self._hidden is None:
            self._hidden = self._find()
        return self._hidden

    def __repr__(self) -> str:
        answer = "allowed" if self.allowed else "refused"
        if self.uncertain:
            answer = "uncertain"
        return f"Verdict({answer}, {self.by})"
