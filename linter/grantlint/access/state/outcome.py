"""What a server says to a step: done (nothing is noted), refused, waiting for FLUSH PRIVILEGES, or nobody can tell."""

from grantlint.model.location import Span
from grantlint.model.step import Step
from grantlint.model.step.acts import AccountName
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Literal

Why = Literal[
    "grammar", "twice", "exists", "absent", "other host", "not held", "loop", "privilege", "name", "table", "database",
    "plugin", "password", "platform", "read only", "tool", "broken",
]  # fmt: skip
"""What is wrong: `twice` of an account that is made again, `other host` of a grant to a host where its user is not."""


class Refused(NamedTuple):
    """An error of the server for a step.

    With `errno` 0 it is one of the tool that would take it. The step changes nothing of the accounts that it is about.
    """

    step: Step
    span: Span
    errno: int
    message: str
    why: Why
    help: str = ""
    account: AccountName | None = None  # the one that is there, or is not
    in_part: bool = False  # it has changed something all the same

    @property
    def answer(self) -> str:
        """The error's number and words, or the words of a tool alone."""
        return f"ERROR {self.errno}: {self.message}" if self.errno else self.message

    @property
    def told(self) -> str:
        """The same behind the place that it is for."""
        return f"{self.span.where} gets {self.answer}" if self.errno else f"{self.span.where}: {self.message}"


class Waiting(NamedTuple):
    """A step whose effect the server has not read from its tables.

    It goes on as before until FLUSH PRIVILEGES or a restart.
    """

    step: Step
    what: str = "writes to the grant tables, which are read at FLUSH PRIVILEGES or a restart"


class NotRun(NamedTuple):
    """A step not run, since its client ended before.

    The client ended at a step that the server refuses.
    """

    step: "Step"
    behind: "Step"


class Undecided(NamedTuple):
    """A step whose effect only a run could know."""

    step: Step
    why: str
    what: str = "statement"


Outcome = Refused | Waiting | NotRun | Undecided
