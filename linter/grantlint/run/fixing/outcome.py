"""What becomes of fixed texts: files are written, or a diff is shown, and a person is told which."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grantlint.lint.finding import Finding
from grantlint.model.location import Source
from grantlint.platform.replacing import NotReplacedError, replace_file
from grantlint.report.findings.diff import Changed, diff
from grantlint.report.page import Page
from grantlint.report.places import line_of
from grantlint.report.secrecy.leaves import show_leaves
from grantlint.run.fixing.rounds import Change, Fixed
from grantlint.run.loading import Loaded

_MOST = 20  # fixes that are not made, each told with its reason


class Shown(NamedTuple):
    """A diff, and sentences beside it."""

    diff: Page
    words: Sequence[str]


class Wording(NamedTuple):
    """The words for what was done, and by which option."""

    done: str = "fixed"
    undone: str = "not fixed"
    option: str = "--fix"
    would: str = "fix"


OF_FIXES = Wording()


def writing(fixed: Fixed, wording: Wording = OF_FIXES) -> list[str]:
    """Write what is fixed, and return sentences about it.

    They say what was done and what not.
    """
    files, left = _written(fixed.changes)
    words = [f"{wording.done}: {_counted(fixed.mended)}, in {', '.join(files)}"] if files else []
    return [*words, *(f"not written: {one}" for one in left), *_kept(fixed, wording)]


def showing(before: Loaded, fixed: Fixed, wording: Wording = OF_FIXES, *, colour: bool) -> Shown:
    """Return what would be fixed as a diff.

    Nothing is written.
    """
    paths = {change.path for change in fixed.changes}
    old, new = _sources(before, paths), _sources(fixed.loaded, paths)
    page = diff([Changed(path, old[path], new[path]) for path in sorted(paths)], colour=colour)
    what = _counted(fixed.mended) if fixed.mended else "nothing"
    return Shown(page, [f"{wording.option} would {wording.would} {what}", *_kept(fixed, wording)])


def _written(changes: Sequence[Change]) -> tuple[list[str], list[str]]:
    """Return the files that are written, and why others are not.

    Each is written in one step.
    """
    files: list[str] = []
    left: list[str] = []
    for change in changes:
        try:
            replace_file(change.path, change.before, change.after)
        except NotReplacedError as error:
            left.append(f"{change.path} {error}")
        else:
            files.append(change.path)
    return files, left


def _kept(fixed: Fixed, wording: Wording) -> Iterator[str]:
    for one in fixed.kept[:_MOST]:
        yield f"{wording.undone}: {line_of(one.finding.span)}: {one.finding.rule}: {one.why}"
    if len(fixed.kept) > _MOST:
        yield f"{wording.undone}: {len(fixed.kept) - _MOST} more"


def _sources(loaded: Loaded, paths: set[str]) -> dict[str, Source]:
    """Return the texts of these files, with what of them may be shown."""
    sources = {source.path: source for source in loaded.sources if source.path in paths}
    show_leaves(loaded.declarations, {*sources.values()})
    return sources


def _counted(findings: Sequence[Finding]) -> str:
    rules = Counter(finding.rule for finding in findings)
    return ", ".join(f"{number} x {rule}" for rule, number in sorted(rules.items()))
