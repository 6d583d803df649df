"""What a change does to its own gate: to the configuration, the baseline and the comments that silence findings."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence

from grantlint.lint.suppression.comments import Comment, comments
from grantlint.lint.triage.baseline import Entry
from grantlint.model.location import Source
from grantlint.platform.errors import ConfigError, UsageError
from grantlint.reader.tree.revision import Revision
from grantlint.report.findings.content import Report
from grantlint.run.gate.baseline_file import Baseline, read_baseline
from grantlint.run.loading import Loaded

_SHOWN = 5  # comments, in a line about any number of them
_SIGN = "grantlint"


def with_touched(loaded: Loaded, report: Report, revision: Revision, baseline: Baseline | None) -> Report:
    """Return the report with what a change does to its gate.

    That is what the work tree has otherwise than the revision that its configuration is of.
    """
    told = [*loaded.settings.touched]
    if baseline is not None:
        told += _of_baseline(baseline, revision)
    told += _of_comments(loaded.sources, revision)
    return report._replace(summary=report.summary._replace(touched=tuple(told)))


def _of_baseline(then: Baseline, revision: Revision) -> Iterator[str]:
    if not os.path.lexists(then.file):
        yield f"baseline {then.file}: as at {revision.name}, though it is gone now"
        return
    try:
        now = read_baseline(then.file).entries
    except ConfigError as error:
        yield f"baseline {then.file}: as at {revision.name}; now {error}"
        return
    more, fewer = _left(now, then.entries), _left(then.entries, now)
    if more or fewer:
        yield f"baseline {then.file} ({more:,} entries more, {fewer:,} fewer): as at {revision.name}, not as it is"


def _left(entries: Sequence[Entry], others: Sequence[Entry]) -> int:
    """Return how many entries there are beside others."""
    return (Counter(entries) - Counter(others)).total()


def _of_comments(sources: Sequence[Source], revision: Revision) -> Iterator[str]:
    new: list[str] = []
    for source in sources:
        if _SIGN not in source.text:
            continue
        before = Counter(map(_words, comments(_then(source, revision))))
        for comment in comments(source):
            if before[_words(comment)] > 0:
                before[_words(comment)] -= 1
            else:
                line, _ = source.position(comment.bounds.span.start)
                new.append(f"{source.path}:{line}")
    if new:
        more = f" and {len(new) - _SHOWN:,} more" if len(new) > _SHOWN else ""
        many = "suppression is" if len(new) == 1 else "suppressions are"
        yield f"{len(new):,} {many} not at {revision.name}, and heeded: {', '.join(new[:_SHOWN])}{more}"


def _words(comment: Comment) -> tuple[object, ...]:
    """Return what a comment says, wherever it stands."""
    names = None if comment.names is None else tuple(name for name, _ in comment.names)
    return comment.verb, names, comment.reason, comment.until


def _then(source: Source, revision: Revision) -> Source:
    """Return the bytes a file had, empty where there was none."""
    try:
        data = revision.read(source.path)
    except UsageError:  # outside of the repository, or a link
        data = None
    return Source(source.path, (data or b"").decode("utf-8", "replace"))
