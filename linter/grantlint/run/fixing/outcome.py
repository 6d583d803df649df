"""What becomes of fixed texts: files are written, or a diff is shown, and a person is told which."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

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


class Written(NamedTuple):
    """Sentences about what was written, and the files that were not."""

    words: Sequence[str]
    unwritten: Collection[str]


def writing(outcomes: Sequence[Fixed], wording: Wording) -> Written:
    """Write what is fixed, and return what became of it."""
    files, left = _written([change for one in outcomes for change in one.changes])
    words = [f"{wording.done}: {_counted(outcomes)}, in {', '.join(files)}"] if files and not left else []
    if files and left:
        words = [f"written: {', '.join(files)}"]
    not_written = [f"not written: {path} {why}" for path, why in left.items()]
    return Written([*words, *not_written, *_kept(outcomes, wording)], left)


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


def _written(changes: Sequence[Change]) -> tuple[list[str], dict[str, str]]:
    """Return the files that are written, and why others are not.

    Each is written in one step.
    """
    files: list[str] = []
    left: dict[str, str] = {}
    for change in changes:
        try:
            replace_file(change.path, change.before, change.after)
        except NotReplacedError as error:
            left[change.path] = str(error)
        else:
            files.append(change.path)
    return files, left


def _kept(outcomes: Sequence[Fixed], wording: Wording) -> Iterator[str]:
    kept = [one for fixed in outcomes for one in fixed.kept]
    words = [f"{wording.undone}: {line_of(one.finding.span)}: {one.finding.rule}: {one.why}" for one in kept]
    told = [*dict.fromkeys(words)]  # several findings of a line may be kept for the same reason
    yield from told[:_MOST]
    if len(told) > _MOST:
        yield f"{wording.undone}: {len(told) - _MOST} more"


def _sources(loaded: Loaded, paths: set[str]) -> dict[str, Source]:
    """Return the texts of these files, with what of them may be shown."""
    sources = {source.path: source for source in loaded.sources if source.path in paths}
    show_leaves(loaded.declarations, {*sources.values()})
    return sources


def _counted(outcomes: Sequence[Fixed]) -> str:
    rules = Counter(finding.rule for fixed in outcomes for finding in fixed.mended)
    return ", ".join(f"{number} x {rule}" for rule, number in sorted(rules.items()))
