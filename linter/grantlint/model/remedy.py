"""What would mend a problem, as data; and the same as changes to the text of files."""

from enum import Enum

from grantlint.model.account import Account
from grantlint.model.location import Located, Span
from grantlint.model.scope import Scope
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING

if TYPE_CHECKING:  # twenty records that only files with steps need: felt at every start
    from grantlint.model.step import Step


class Effect(Enum):
    """How a remedy changes who may do what.

    The values are the words that a person reads.
    """

    NONE = "nobody's access changes"
    TAKES = "takes access away"
    GIVES = "gives access"
    CHANGES = "takes access away and gives it"

    @property
    def is_safe(self) -> bool:
        """Whether `--fix` may do it unasked."""
        return self is Effect.NONE


class Instead(NamedTuple):
    """Another host or target in place of the one checked.

    `provided`: a clause that says when it is meant, such as "if only the database shop_eu is meant".
    """

    value: str | Scope
    effect: Effect
    provided: str = ""


class Rehost(NamedTuple):
    """Another host for an account, wherever the account is named.

    `provided` as above.
    """

    account: Account
    host: str
    effect: Effect
    provided: str = ""


class Write(NamedTuple):
    """Another text for a value where it stands.

    `provided` as above.
    """

    leaf: Located[str]
    value: str
    effect: Effect
    provided: str = ""


class Remove(NamedTuple):
    """The removal of a declaration, with the line left empty.

    `what`: its name in the words of the help.
    """

    item: Span
    what: str
    effect: Effect


class Retype(NamedTuple):
    """Other characters at a place that no format quotes.

    Such a place is a key or a word of a statement.
    """

    place: Span
    text: str
    effect: Effect


class Addition(Enum):
    """What a declaration may say besides, in words of its format."""

    REQUIRE = "what is asked of a connection"
    HOST = "the host"
    APPEND = "privileges come on top of what the account has"
    NO_LOG = "nothing of the task is printed"


class Add(NamedTuple):
    """More for an account where it is declared.

    beside: for what stands at that place instead, such as a task.
    """

    what: Addition
    value: str
    effect: Effect
    beside: Span | None = None


class MakeFirst(NamedTuple):
    """A CREATE USER to be put before a GRANT.

    Newer servers take no password from a GRANT.
    """

    step: "Step"


class KeepElsewhere(NamedTuple):
    """Advice to move a secret out of the place that keeps it.

    No program can write that; it is told in the terms of the place's format.
    """

    place: Span


Remedy = Instead | Rehost | Write | Remove | Retype | Add | MakeFirst | KeepElsewhere


class Edit(NamedTuple):
    """Characters that take the place of those of a span."""

    span: Span
    text: str


class Fix(NamedTuple):
    """A remedy as edits, all made together or not at all.

    `title` says what to do, as a sentence.
    """

    title: str
    effect: Effect
    edits: tuple[Edit, ...]
