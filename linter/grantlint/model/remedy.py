"""What would mend a problem, as data; and the same as changes to the text of files."""

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from grantlint.model.account import Account
from grantlint.model.location import Located, Span
from grantlint.model.scope import Scope

if TYPE_CHECKING:  # twenty records that only files with steps need: felt at every start
    from grantlint.model.step import Step


class Effect(Enum):
    """What a remedy does to who may do what; the words are those that a person reads."""

    NONE = "nobody's access changes"
    TAKES = "takes access away"
    GIVES = "gives access"
    CHANGES = "takes access away and gives it"

    @property
    def is_safe(self) -> bool:
        """Whether `--fix` may do it unasked."""
        return self is Effect.NONE


class Instead(NamedTuple):
    """Another value for what a check looks at: the host of an account, or the target of a grant.

    `provided`: a clause that says when it is meant, such as "if only the database shop_eu is meant".
    """

    value: str | Scope
    effect: Effect
    provided: str = ""


class Rehost(NamedTuple):
    """Another host for an account, at every place that names the account; `provided` as above."""

    account: Account
    host: str
    effect: Effect
    provided: str = ""


class Write(NamedTuple):
    """Another text for a value where it stands; `provided` as above."""

    leaf: Located[str]
    value: str
    effect: Effect
    provided: str = ""


class Remove(NamedTuple):
    """Take a declaration or statement away, with the line that it leaves empty; `what`: in the words of the help."""

    item: Span
    what: str
    effect: Effect


class Retype(NamedTuple):
    """Other characters for those of a place that no format quotes, such as a key or a word of a statement."""

    place: Span
    text: str
    effect: Effect


class MakeFirst(NamedTuple):
    """Make the account by a statement of its own, before a GRANT that newer servers take no password from."""

    step: "Step"


class KeepElsewhere(NamedTuple):
    """Take a secret from where it is kept: what no program can write, told in the terms of the place's format."""

    place: Span


Remedy = Instead | Rehost | Write | Remove | Retype | MakeFirst | KeepElsewhere


class Edit(NamedTuple):
    """Characters that take the place of those of a span."""

    span: Span
    text: str


class Fix(NamedTuple):
    """A remedy as changes to files, made all together or not at all; `title` says what to do, as a sentence."""

    title: str
    effect: Effect
    edits: tuple[Edit, ...]
