"""What a rule says (Problem) and what a person reads (Finding)."""

from enum import Enum
from typing import NamedTuple

from grantlint.model import Account, Grant, Role
from grantlint.model.location import Span
from grantlint.model.remedy import Fix, Remedy


class Severity(Enum):
    """How bad a finding is when it is true; a rule's author decides, a configuration may override."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Related(NamedTuple):
    """Another place that a finding speaks of."""

    message: str
    span: Span


class Problem(NamedTuple):
    """Where and what: all that a rule says. The engine adds who says it and how bad it is.

    Checks of a host or a grant leave out the span, since one verdict serves every place where the value
    stands: the engine puts the host's place, or the grant's target, or the privilege number `part`. With a `remedy`
    and no help of its own, the help says what to write at each place. label: a few words to stand at the place itself.
    about: what it is about, for a message that also names an example: by it a finding is known again (`fingerprint`).
    """

    message: str
    span: Span | None = None
    part: int | None = None
    related: tuple[Related, ...] = ()
    witness: str = ""
    help: str = ""
    remedy: Remedy | None = None
    label: str = ""
    about: str = ""


class Mend(NamedTuple):
    """A remedy, and the account or grant that it is for; `told`: the help says what to do already."""

    remedy: Remedy
    subject: Account | Role | Grant | None = None
    told: bool = False


class Finding(NamedTuple):
    """A problem with a name and a severity, ready for a report.

    `servers` names the products that it holds for where not all of those checked have it. account: the account that
    it is about, as it is written, '' where there is none. label: a few words to stand at the place itself.
    `mend` is the rule's remedy, `fix` the same as changes to files, in a report and where it can be written.
    about: as of Problem. server: the name of the declared server, '' for what is wrong with a file.
    """

    rule: str
    severity: Severity
    message: str
    span: Span
    related: tuple[Related, ...] = ()
    witness: str = ""
    help: str = ""
    servers: tuple[str, ...] = ()
    account: str = ""
    label: str = ""
    mend: Mend | None = None
    fix: Fix | None = None
    about: str = ""
    server: str = ""
