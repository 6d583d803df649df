"""The problems that a profile counts and does not report: known by their places, and never made into findings."""

from collections.abc import Callable, Collection, Hashable

from grantlint.lint.finding import Profile
from grantlint.model.location import Source, Span

Known = tuple[Hashable, ...]


def known_by(rule: str, message: str, place: Span) -> Known:
    """Return what a finding is known by.

    A loop declares several accounts by the same words, which is said once.
    """
    return rule, message, place.source.path, place.start, place.end


class Unheard:
    """The problems that weigh too little where they stand.

    heard: the largest profile that is reported; named: rules that are, whatever they weigh. may_silence: whether a
    comment of a source may have a word about a finding, which is then made all the same.
    """

    __slots__ = ("_heard", "_may_silence", "_named", "_silenced", "places")

    def __init__(self, heard: Profile, named: Collection[str], may_silence: Callable[[Source], bool]) -> None:
        self._heard, self._named, self._may_silence = heard, named, may_silence
        self._silenced: dict[Source, bool] = {}
        self.places: dict[Known, Source] = {}

    def takes(self, rule: str, message: str, place: Span, profile: Profile | None) -> bool:
        """Return whether a problem is only counted, and count it."""
        if profile is None or profile <= self._heard or rule in self._named:
            return False
        source = place.source
        if source not in self._silenced:
            self._silenced[source] = self._may_silence(source)
        if self._silenced[source]:
            return False
        self.places[known_by(rule, message, place)] = source
        return True

    def beside(self, findings: Collection[Known]) -> int:
        """Return how many there are apart from these findings."""
        return sum(known not in findings for known in self.places)
