"""Which comments count, and what they leave of the findings. Few files have any: the rest is loaded for those."""

from collections.abc import Callable, Collection, Iterable

from grantlint.lint.finding import Finding
from grantlint.model.location import Source, Span
from grantlint.platform.record import NamedTuple

WORD = "grantlint:"
"""Stands in every comment that is meant for grantlint."""


class Heeding(NamedTuple):
    """Which comments count. off: none does; unsuppressible: names of rules that none silences."""

    requires_reason: bool = False
    unsuppressible: frozenset[str] = frozenset()
    off: bool = False


HEEDED = Heeding()
"""Every comment counts."""


class Suppressed(NamedTuple):
    """A finding that a comment silences, with the comment's reason.

    until: its last day, or ''.
    """

    finding: Finding
    reason: str
    until: str = ""


class Sifted(NamedTuple):
    """The findings left to report, and those that comments silence.

    Findings about idle comments are among those left.
    """

    findings: list[Finding]
    suppressed: list[Suppressed]


def sift(
    findings: Iterable[Finding],
    sources: Iterable[Source],
    *,
    active: Collection[str],
    known: Collection[str],
    heeding: Heeding = HEEDED,
    statements: Callable[[Source], Iterable[Span]] = lambda _: (),
) -> Sifted:
    """Return the findings without those that comments in the sources silence.

    active: rules that ran; a comment that silences none of their findings is reported. known: every name there is.
    statements: those of SQL in a source.
    """
    with_comments = [] if heeding.off else [source for source in sources if WORD in source.text]
    if not with_comments:
        return Sifted([*findings], [])
    from grantlint.lint.suppression import sifting  # noqa: PLC0415 - as above

    return sifting.sift([*findings], with_comments, active=active, known=known, heeding=heeding, statements=statements)
