"""Signal before noise: one account and one mistake are one finding, and what stands in an example is no alarm."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from grantlint.lint.faults import UNSEEN
from grantlint.lint.finding import Finding, Related, Severity
from grantlint.lint.rule import Rule
from grantlint.lint.triage.path_entries import PathEntry
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple

EXAMPLES = (
    "test", "tests", "testing", "testdata", "test-data", "spec", "specs", "example", "examples", "sample", "samples",
    "demo", "demos", "fixture", "fixtures", "molecule", "docs", "doc", "documentation",
    "e2e", "vendor", "vendored", "third_party", "node_modules", "galaxy_roles",
)  # fmt: skip
"""Names of folders that hold examples, or what others wrote."""

_LAST_WORDS = frozenset({"tests", "examples", "samples", "demos", "fixtures"})
"""With these a longer name ends, such as `e2e-tests`: the plural is no environment, as `shop-test` may be one."""
_KINDS = frozenset({"acceptance", "e2e", "functional", "integration", "load", "regression", "smoke", "system", "unit"})
_IN_NAMES = frozenset({"example", "examples", "sample", "samples"})
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

    Both are about the same account. accepted: findings that a comment silences: who accepts the stronger one accepts
    the weaker ones. A rule that counts as less bad here never speaks for one that is worse.
    """
    strong: dict[tuple[str, str, str], list[tuple[int, Finding]]] = {}
    for number, finding in [*enumerate(findings), *((-1, one) for one in accepted)]:
        for weaker in rules[finding.rule].stronger_than if finding.rule in rules else ():
            subject = _subject(finding)
            for path in _paths(finding) if subject else ():
                strong.setdefault((weaker, subject, path), []).append((number, finding))
    if not strong:
        return _said_once([*findings])
    speakers = {number: _speaker(finding, strong) for number, finding in enumerate(findings)}
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


def _said_once(findings: Sequence[Finding]) -> Merged:
    """Return the findings, what a rule says twice of one account in a file once: the other places are notes of it.

    A tool that makes an account here and grants to it there names its host twice.
    """
    first: dict[tuple[str, str, str, str], int] = {}
    notes: dict[int, list[Related]] = {}
    left: list[Finding] = []
    for finding in findings:
        subject = _subject(finding) if finding.mend is None else ""
        said = (finding.rule, subject, finding.message, finding.span.source.path)
        if subject and said in first:
            notes.setdefault(first[said], []).append(Related(finding.message, finding.span))
            continue
        first.setdefault(said, len(left))
        left.append(finding)
    for number, more in notes.items():
        left[number] = left[number]._replace(related=(*left[number].related, *more))
    return Merged(left, len(findings) - len(left))


def _speaker(finding: Finding, strong: Mapping[tuple[str, str, str], list[tuple[int, Finding]]]) -> int | None:
    """Return the number of a finding that speaks for this one, -1 for an accepted one, None where none does."""
    stronger = strong.get((finding.rule, _subject(finding), finding.span.source.path), ())
    return next((number for number, one in stronger if _RANK[one.severity] <= _RANK[finding.severity]), None)


def _subject(finding: Finding) -> str:
    """Return the account of a finding, '' where it names none."""
    if finding.account:
        return finding.account
    found = _ACCOUNT.search(finding.about or finding.message)
    return found[0] if found else ""


def _paths(finding: Finding) -> set[str]:
    return {finding.span.source.path, *(related.span.source.path for related in finding.related)}


class Softened(NamedTuple):
    """Findings, and how many are info because of their folder."""

    findings: list[Finding]
    softened: int = 0


def softened(
    findings: Iterable[Finding],
    folders: Collection[str],
    place: Callable[[str], str],
    entries: Sequence[PathEntry] = (),
) -> Softened:
    """Return the findings, those in the named folders as info.

    One that speaks of a file elsewhere keeps its severity. place: the path of a file below the root of its repository.
    What could not be read stays as bad as it is, and so does what an entry says of the path.
    """
    left: list[Finding] = []
    number = 0
    known: dict[str, str] = {}
    for finding in findings:
        said = finding.rule in UNSEEN or any(entry.rates(finding.span.source.path) for entry in entries)
        paths = () if said else _paths(finding)
        for path in paths:
            if path not in known:
                known[path] = example_in(path, place(path), folders)
        if not paths or not all(known[path] for path in paths):
            left.append(finding)
            continue
        number += finding.severity is not Severity.INFO
        left.append(finding._replace(severity=Severity.INFO, example=known[finding.span.source.path]))
    return Softened(left, number)


def example_in(path: str, below_root: str, folders: Collection[str]) -> str:
    """Return what of a path says that it is an example.

    '' where none does. below_root: the path from the root of its repository, whose folders count.
    """
    if not folders:
        return ""
    *parts, name = below_root.split(os.sep)
    for number, part in enumerate(parts):
        if _is_named_so(part, folders) or (number and _is_galaxy(parts[number - 1], part)):
            inside = os.sep.join([*parts[number + 1 :], name])
            return path.removesuffix(inside) or os.path.join(os.curdir, "")
    words = {*_words(name)}
    if not words.isdisjoint(_IN_NAMES & {*folders}):
        return path
    if "compose" in words and not words.isdisjoint({"test", "tests", "e2e"} & {*folders}):
        return path
    if parts and parts[-1] == "ci" and name.endswith("values.yaml"):  # a chart's tests (helm/chart-testing)
        return path
    return ""


def _words(name: str) -> list[str]:
    return name.lower().replace("-", ".").replace("_", ".").split(".")


def _is_named_so(folder: str, folders: Collection[str]) -> bool:
    """Return whether a folder has one of the names, or one that ends in it, as `.examples` and `e2e-tests`."""
    if folder.strip("._").lower() in folders:
        return True
    *before, last = _words(folder)
    return last in folders and bool(before) and (last in _LAST_WORDS or (last == "test" and before[-1] in _KINDS))


def _is_galaxy(above: str, folder: str) -> bool:
    """Return whether a folder is a role with its author's name: what `ansible-galaxy install` puts there."""
    return above == "roles" and 0 < folder.find(".") < len(folder) - 1
