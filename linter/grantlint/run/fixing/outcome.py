"""What becomes of fixed texts: files are written, or a diff is shown, and a person is told which."""

from collections import Counter
from collections.abc import Iterator, Sequence

from grantlint.model.location import Source
from grantlint.platform.record import NamedTuple
from grantlint.platform.replacing import NotReplacedError, replace_file
from grantlint.report.findings.diff import Changed, diff
from grantlint.report.page import Page
from grantlint.report.places import line_of
from grantlint.report.secrecy.leaves import show_leaves
from grantlint.run.asked import Fixing
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


_OF_FIXES = Wording()
_OF_IGNORES = Wording("comments written", "no comment written", "--add-ignores", "suppress")


def wording_of(fixing: Fixing) -> Wording:
    """Return the words for what fixing does."""
    return _OF_IGNORES if fixing.ignores else _OF_FIXES


def writing(outcomes: Sequence[Fixed], wording: Wording) -> list[str]:
    """Write what is fixed, and return sentences about it.

    They say what was done and what not.
    """
    files, left = _written([change for one in outcomes for change in one.changes])
    words = [f"{wording.done}: {_counted(outcomes)}, in {', '.join(files)}"] if files else []
    return [*words, *(f"not written: {one}" for one in left), *_kept(outcomes, wording)]


def showing(outcomes: Sequence[tuple[Loaded, Fixed]], wording: Wording, *, colour: bool) -> Shown:
    """Return what would be fixed as a diff.

    Nothing is written. outcomes: each with what was loaded before it.
    """
    changed: list[Changed] = []
    for before, fixed in outcomes:
        paths = {change.path for change in fixed.changes}
        old, new = _sources(before, paths), _sources(fixed.loaded, paths)
        changed += [Changed(path, old[path], new[path]) for path in sorted(paths)]
    made = [fixed for _, fixed in outcomes]
    what = _counted(made) or "nothing"
    return Shown(
        diff(changed, colour=colour),
        [f"{wording.option} would {wording.would} {what}{_more(made)}", *_kept(made, wording)],
    )


def _more(outcomes: Sequence[Fixed]) -> str:
    """Return how many findings have a fix that nobody asked for."""
    fixes = [finding.fix for fixed in outcomes for finding in fixed.report.findings if finding.fix is not None]
    unsafe = sum(1 for fix in fixes if not fix.effect.is_safe)
    kept = sum(1 for fixed in outcomes for one in fixed.kept if one.finding.fix and not one.finding.fix.effect.is_safe)
    return f"; {unsafe - kept:,} more with --unsafe-fixes" if unsafe > kept else ""


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


def _kept(outcomes: Sequence[Fixed], wording: Wording) -> Iterator[str]:
    kept = [one for fixed in outcomes for one in fixed.kept]
    for one in kept[:_MOST]:
        yield f"{wording.undone}: {line_of(one.finding.span)}: {one.finding.rule}: {one.why}"
    if len(kept) > _MOST:
        yield f"{wording.undone}: {len(kept) - _MOST} more"


def _sources(loaded: Loaded, paths: set[str]) -> dict[str, Source]:
    """Return the texts of these files, with what of them may be shown."""
    sources = {source.path: source for source in loaded.sources if source.path in paths}
    show_leaves(loaded.declarations, {*sources.values()})
    return sources


def _counted(outcomes: Sequence[Fixed]) -> str:
    rules = Counter(finding.rule for fixed in outcomes for finding in fixed.mended)
    return ", ".join(f"{number} x {rule}" for rule, number in sorted(rules.items()))
