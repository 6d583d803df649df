"""What a rule says (Problem), and what a person reads (Finding): how bad it is, how sure, and in which profile."""

from collections.abc import Hashable, Iterable
from enum import Enum, IntEnum
from functools import cache

from grantlint.model import Account, Grant, Role
from grantlint.model.location import Implied, Located, Source, Span, Text
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING, cast, get_args

if TYPE_CHECKING:  # a dozen records that a clean run does without
    from grantlint.model.remedy import Fix, Remedy


class Profile(IntEnum):
    """How much is asked of the files.

    CORRECTNESS: refused, dead, hidden, never what was meant. DEFAULT: and what a DBA objects to. HARDENED: and what
    CIS, STIG and dev-sec ask for. PEDANTIC: and what is a matter of taste.
    """

    CORRECTNESS = 1
    DEFAULT = 2
    HARDENED = 3
    PEDANTIC = 4

    def __str__(self) -> str:
        return self.name.lower()


class Confidence(Enum):
    """How sure a finding is.

    HIGH where it is what the server does, less where it rests on what a name may mean.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Severity(Enum):
    """How bad a finding is when it is true.

    A rule's author decides, a configuration may override.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Unsaid(Enum):
    """Why a problem is counted and not reported."""

    GIVEN = "given"  # a tool chose the value, and nothing that the author may write here changes it
    UNKNOWN_USER = "unknown-user"  # it spares administrators, and nobody knows the user


def given(*leaves: object) -> Unsaid | None:
    """Return GIVEN where a tool chose all of these values, else None.

    A value that some key of the file may change is the author's.
    """
    chosen_by_tools = all(isinstance(leaf, Implied) and leaf.is_given for leaf in leaves)
    return Unsaid.GIVEN if leaves and chosen_by_tools else None


def unless_known(user: Text) -> Unsaid | None:
    """Return UNKNOWN_USER for an unresolved user, else None.

    Such a user may be an administrator.
    """
    return None if isinstance(user, Located) else Unsaid.UNKNOWN_USER


class Related(NamedTuple):
    """Another place that a finding speaks of."""

    message: str
    span: Span


class Problem(NamedTuple):
    """The place and message of a mistake: all that a rule says.

    Checks of a host or a grant leave out the span, since one verdict serves every place where the value
    stands: the engine puts the host's place, or the grant's target, or the privilege number `part`. With a `remedy`
    and no help of its own, the help says what to write at each place. label: a few words to stand at the place itself.
    about: what it is about, for a message that also names an example: by it a finding is known again (`fingerprint`).
    unsaid: why it is only counted, None where it is reported. profile: the smallest one that reports it, where that is
    larger than its rule's.
    """

    message: str
    span: Span | None = None
    part: int | None = None
    related: tuple[Related, ...] = ()
    witness: str = ""
    help: str = ""
    remedy: "Remedy | None" = None
    label: str = ""
    about: str = ""
    unsaid: Unsaid | None = None
    profile: Profile | None = None


class Mend(NamedTuple):
    """A remedy, and the account or grant that it is for.

    `told`: the help says what to do already.
    """

    remedy: "Remedy"
    subject: Account | Role | Grant | None = None
    told: bool = False


class Finding(NamedTuple):
    """A problem with a name and a severity, ready for a report.

    `servers` names the products that it holds for where not all of those checked have it. account: the account that
    it is about, as it is written, '' where there is none. label: a few words to stand at the place itself.
    `mend` is the rule's remedy, `fix` the same as changes to files, in a report and where it can be written.
    about: as of Problem. server: the name of the declared server, '' for what is wrong with a file. example: the folder
    or file that says it is an example, a test or what others wrote, '' elsewhere. development: the place that says that
    its server serves development. profile: the smallest one that reports it, where that is not its rule's. same: equal
    for those of a rule that are one mistake in a file. weaker_than: rules that speak for it beside those of its rule.
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
    fix: "Fix | None" = None
    about: str = ""
    server: str = ""
    example: str = ""
    development: Span | None = None
    profile: Profile | None = None
    same: Hashable = None
    weaker_than: tuple[str, ...] = ()


_TEXTS = ("message", "witness", "help", "label", "about")


class SlipError(Exception):
    """A mistake of a rule, as a clause that quotes no file."""


def problems_in(said: Iterable[object]) -> list[Problem]:
    """Return the problems that a check yields.

    Raises SlipError for what is no problem or is made of the wrong things.
    """
    problems: list[Problem] = []
    for one in said:
        if not isinstance(one, Problem):
            raise SlipError(f"its check yields {_kind(one)}, which is no Problem")
        _look_at(one)
        problems.append(one)
    return problems


def _look_at(problem: Problem) -> None:
    values = cast("tuple[object, ...]", problem)
    message, span, part, related, witness, help_, remedy, label, about, unsaid, profile = values
    for value in (message, witness, help_, label, about):
        if not isinstance(value, str):
            wrong = next(name for name in _TEXTS if getattr(problem, name) is value)
            raise SlipError(f"the {wrong} of a Problem is {_kind(value)}, and has to be a text")
    if span is not None and not _is_span(span):
        raise SlipError("the span of a Problem is none of a file that was read")
    if part is not None and not (isinstance(part, int) and part >= 0):
        raise SlipError(f"the part of a Problem is {_kind(part)}, and has to be the number of a privilege")
    if not isinstance(related, tuple) or not all(map(_is_related, cast("tuple[object, ...]", related))):
        raise SlipError("the related places of a Problem are not a tuple of Related")
    if remedy is not None and not isinstance(remedy, _remedies()):
        raise SlipError(f"the remedy of a Problem is {_kind(remedy)}, which is none")
    if unsaid is not None and not isinstance(unsaid, Unsaid):
        raise SlipError(f"why a Problem is unsaid is {_kind(unsaid)}, and has to be an Unsaid or None")
    if profile is not None and not isinstance(profile, Profile):
        raise SlipError(f"the profile of a Problem is {_kind(profile)}, and has to be a Profile or None")


@cache
def _remedies() -> tuple[type, ...]:
    from grantlint.model.remedy import Remedy  # noqa: PLC0415 - as above

    return get_args(Remedy)


def _is_related(one: object) -> bool:
    return isinstance(one, Related) and isinstance(cast("object", one.message), str) and _is_span(one.span)


def _is_span(span: object) -> bool:
    if not isinstance(span, Span):
        return False
    source, start, end = cast("tuple[object, object, object]", span)
    if not isinstance(source, Source) or not isinstance(start, int) or not isinstance(end, int):
        return False
    return 0 <= start <= end <= len(source.text)


def _kind(value: object) -> str:
    return f"of type {type(value).__name__}"
