"""What a server says to a step: done (nothing is noted), refused, waiting for FLUSH PRIVILEGES, or nobody can tell."""

from typing import Literal, NamedTuple

from grantlint.model.location import Span
from grantlint.model.step import AccountName, Step

Why = Literal[
    "grammar", "twice", "exists", "absent", "other host", "not held", "loop", "privilege", "name", "table", "database",
    "plugin", "password", "read only",
]  # fmt: skip
"""What is wrong: `twice` of an account that is made again, `other host` of a grant to a host where its user is not."""


class Refused(NamedTuple):
    """The server answers with an error, and the step changes nothing of the accounts that it is about."""

    step: Step
    span: Span
    errno: int
    message: str
    why: Why
    help: str = ""
    account: AccountName | None = None  # the one that is there, or is not


class Waiting(NamedTuple):
    """The tables are written, and the server goes on as before until FLUSH PRIVILEGES or a restart."""

    step: Step


class NotRun(NamedTuple):
    """The client has ended before it, at a step that the server refuses."""

    step: "Step"
    behind: "Step"


class Undecided(NamedTuple):
    """Whether the step has an effect, or which, only a run could know."""

    step: Step
    why: str
    what: str = "statement"


Outcome = Refused | Waiting | NotRun | Undecided
