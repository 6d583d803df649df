"""Signal before noise: one account and one mistake are one finding, and what stands in an example is no alarm."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from grantlint.lint.faults import UNSEEN
from grantlint.lint.finding import Finding, Related, Severity
from grantlint.lint.rule import Rule
from grantlint.lint.triage.around import Around
from grantlint.lint.triage.examples import example_in
from grantlint.lint.triage.path_entries import PathEntry
from grantlint.model.location import Source
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TypeAlias, cast

_ACCOUNT = Pattern(r"(?<!\w)'(?:[^']|'')*'@'(?:[^']|'')*'")
_RANK = {severity: rank for rank, severity in enumerate(Severity)}


class Merged(NamedTuple):
    """The findings left after stronger ones absorbed weaker ones.

    spoken_for: how many became notes of a stronger one.
    """

    findings: list[Finding]
    spoken_for: int = 0


def merged(findings: Sequence[Finding], accepted: Iterable[Finding], rules: Mapping[str, Rule]) -> Merged:
    """Return the findings, weaker ones as notes of stronger ones.

    Both are about the same account, or are one mistake by what their rules say (`same`): two accounts with one
    password, or of one image. accepted: findings that a comment silences: who accepts the stronger one accepts
    the weaker ones. A rule that counts as less bad here never speaks for one that is worse.
    """
    strong: _Strong = {}
    numbered = [*enumerate(findings), *((-1, one) for one in accepted)]
    for number, finding in numbered:
        for weaker in rules[finding.rule].stronger_than if finding.rule in rules else ():
            for about in _subjects(finding):
                for path in {*_sources(finding)}:
                    strong.setdefault((weaker, about, path), []).append((number, finding))
    speakers = {number: _speaker(finding, strong) for number, finding in enumerate(findings)}
    speakers |= _speaking_beside(findings, numbered, speakers)
    if not any(speaker is not None for speaker in speakers.values()):
        return _said_once([*findings])
    notes: dict[int, list[Related]] = {}
    for number, finding in enumerate(findings):
        speaker = speakers[number]
        while speaker is not None and speaker >= 0 and speakers[speaker] is not None:
            speaker = speakers[speaker]  # the strongest speaks for all
        if speaker is not None and speaker >= 0:
            notes.setdefault(speaker, []).append(Related(finding.message, finding.span))
    left = [
        finding._replace(related=(*finding.related, *notes.get(number, ())))
        for number, finding in enumerate(findings)
        if speakers[number] is None
    ]
    once = _said_once(left)
    return Merged(once.findings, len(findings) - len(once.findings))


def _speaking_beside(
    findings: Sequence[Finding], numbered: Sequence[tuple[int, Finding]], speakers: Mapping[int, int | None]
) -> dict[int, int]:
    """Return who speaks for the findings that leave the word to another rule at their place."""
    leaving = [(at, one) for at, one in enumerate(findings) if one.weaker_than and speakers[at] is None]
    if not leaving:
        return {}
    names = {name for _, one in leaving for name in one.weaker_than}
    places: dict[str, list[tuple[int, int, Finding]]] = {}
    for number, one in numbered:
        if one.rule in names:
            places.setdefault(one.span.source.path, []).append((one.span.start, number, one))
    for there in places.values():
        there.sort(key=itemgetter(0))
    found: dict[int, int] = {}
    for at, finding in leaving:
        there = places.get(finding.span.source.path, [])
        first = bisect_left(there, finding.span.start, key=itemgetter(0))
        last = bisect_left(there, finding.span.end, key=itemgetter(0))
        for _, number, one in there[first:last]:
            if one.rule in finding.weaker_than and _RANK[one.severity] <= _RANK[finding.severity]:
                found[at] = number
                break
    return found


def _said_once(findings: Sequence[Finding]) -> Merged:
    """Return the findings, what a rule says twice of one account in a file once: the other places are notes of it.

    A tool that makes an account here and grants to it there names its host twice; one password may be of several.
    """
    first: dict[tuple[str, Hashable, str], int] = {}
    notes: dict[int, list[Related]] = {}
    left: list[Finding] = []
    for finding in findings:
        keys = [(finding.rule, about, finding.span.source.path) for about in _mistakes_of(finding)]
        at = next((first[said] for said in keys if said in first), len(left))
        for said in keys:
            first.setdefault(said, at)
        if at < len(left):
            notes.setdefault(at, []).append(Related(finding.message, finding.span))
            speaks = left[at]  # its key is that of the first name of all, in whatever order they stand
            left[at] = speaks._replace(about=min(speaks.about, finding.about))
        else:
            left.append(finding)
    for number, more in notes.items():
        left[number] = left[number]._replace(related=(*left[number].related, *more))
    return Merged(left, len(findings) - len(left))


def _mistakes_of(finding: Finding) -> Iterable[Hashable]:
    """Return what is equal for findings of a rule that are one mistake in a file."""
    same: object = finding.same
    if isinstance(same, frozenset):
        return cast("frozenset[Hashable]", same)
    if finding.same:
        return (finding.same,)
    subject = _subject(finding) if finding.mend is None else ""
    return ((subject, finding.message),) if subject else ()


_Strong: TypeAlias = dict[tuple[str, Hashable, str], list[tuple[int, Finding]]]
"""Findings with their numbers, by the weaker rule that they speak for, what they are about, and the file."""


def _speaker(finding: Finding, strong: _Strong) -> int | None:
    """Return the number of a finding that speaks for this one, -1 for an accepted one, None where none does."""
    for about in _subjects(finding):
        for number, one in strong.get((finding.rule, about, finding.span.source.path), ()):
            if _RANK[one.severity] <= _RANK[finding.severity]:
                return number
    return None


def _subjects(finding: Finding) -> Iterator[Hashable]:
    """Yield what a finding is about: its account, and what its rule says is the mistake."""
    subject = _subject(finding)
    if subject:
        yield subject
    same: object = finding.same
    if isinstance(same, frozenset):
        yield from cast("frozenset[Hashable]", same)
    elif same and not isinstance(same, str):  # a word of one rule may mean another thing in another
        yield finding.same


def _subject(finding: Finding) -> str:
    """Return the account of a finding, '' where it names none."""
    if finding.account:
        return finding.account
    found = _ACCOUNT.search(finding.about or finding.message)
    return found[0] if found else ""


def _sources(finding: Finding) -> dict[str, Source]:
    """Return the files that a finding speaks of, by their paths."""
    spans = [finding.span, *[related.span for related in finding.related]]
    return {span.source.path: span.source for span in spans}


class Softened(NamedTuple):
    """Findings, and how many are info because of their folder."""

    findings: list[Finding]
    softened: int = 0


def softened(
    findings: Iterable[Finding],
    folders: Collection[str],
    place: Callable[[str], str],
    entries: Sequence[PathEntry] = (),
    then: Callable[[str], str] | None = None,
) -> Softened:
    """Return the findings, those in the named folders as info.

    One that speaks of a file elsewhere keeps its severity. place: the path of a file below the root of its repository.
    What could not be read stays as bad as it is, and so does what an entry says of the path. So are those of a server
    for development, unless no folder is named. then: what a file held at the revision whose word counts, if any.
    """
    left: list[Finding] = []
    number = 0
    known: dict[str, str] = {}
    around = Around(then)
    for finding in findings:
        said = finding.rule in UNSEEN or any(entry.rates(finding.span.source.path) for entry in entries)
        sources = _sources(finding) if folders and not said else {}
        paths = [*sources]
        for path in paths:
            if path not in known:
                below_root = place(path)
                known[path] = example_in(path, below_root, folders) or around.says(sources[path], below_root)
        example = known[finding.span.source.path] if paths and all(known[path] for path in paths) else ""
        if paths and not example and finding.development is not None:
            example = finding.development.where
        if example:
            number += finding.severity is not Severity.INFO
            left.append(finding._replace(severity=Severity.INFO, example=example))
        else:
            left.append(finding)
    return Softened(left, number)
