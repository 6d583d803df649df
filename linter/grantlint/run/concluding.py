"""From what the parts of a run found to its end: files are fixed, reports rendered, the exit status decided."""

from collections.abc import Callable, Iterator, Sequence

from grantlint.lint.finding import SlipError
from grantlint.platform.errors import NothingToCheck
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING
from grantlint.reader.files.places import EXCLUDED, LINK_OUT
from grantlint.reader.files.recognition import UNREAD
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.outputs import OUTPUTS, rendered
from grantlint.report.page import Page
from grantlint.run.asked import Asked, Fixing, Part
from grantlint.run.ending import CRASHED, MISUSE, EndedItselfError, Ending, Rendered, complaint, traceback
from grantlint.run.judging.listing import in_time
from grantlint.run.loading import Loaded

if TYPE_CHECKING:  # for who fixes
    from grantlint.run.fixing.rounds import Fixed

CLEAN, FOUND = 0, 1


class Found(NamedTuple):
    """What was found in a part of a run.

    fixed: what fixing made of it, which nobody has written yet; before: what was loaded before that. again: looks at
    the files once more, as they are.
    """

    part: Part
    loaded: Loaded
    report: Report
    fixed: "Fixed | None" = None
    before: Loaded | None = None
    again: "Callable[[], Found] | None" = None


def concluded(found: Sequence[Found]) -> Ending:
    """Return the end of a run by what its parts found.

    One report holds all.
    """
    asked = found[0].part.asked
    if asked.instead is not None:
        return _together([one.part.asked.instead(one.loaded, one.report) for one in found if one.part.asked.instead])
    if asked.fixing is not None and asked.fixing.diff:
        return _diff(found, asked.fixing, colour=asked.look.colour)
    if asked.fixing is not None:
        return _written(found, asked.fixing)
    return _reported(found)


def _written(found: Sequence[Found], fixing: Fixing) -> Ending:
    """Write what is fixed and return the end of the run.

    Where a file cannot be written it is looked at again: what stands there is reported, whatever was fixed in memory.
    """
    from grantlint.run.fixing.outcome import wording_of, writing  # noqa: PLC0415 - for who fixes

    done = writing([one.fixed for one in found if one.fixed is not None], wording_of(fixing))
    if not done.unwritten:
        return _reported(found, done.words)
    ending = _reported([one.again() if one.again is not None else one for one in found], done.words)
    return ending._replace(status=max(ending.status, MISUSE))


def _reported(found: Sequence[Found], remarks: Sequence[str] = ()) -> Ending:
    asked = found[0].part.asked
    reports = [_finished(one) for one in found]
    counts = [_counted_of_run(one.part.asked, report) for one, report in zip(found, reports, strict=True)]
    endings = [
        _ended(one.loaded, report, one.part.asked, sum(counts) - count if one.part.asked.threshold.of_run else 0)
        for one, report, count in zip(found, reports, counts, strict=True)
    ]
    told = [end for end, one in zip(endings, found, strict=True) if not one.loaded.is_empty] or endings
    folded = [_folded(report, one) for one, report in zip(found, reports, strict=True)]
    limit, outputs = found[0].loaded.deadline, len(asked.outputs)
    whole, listed = (in_time(_remarking(_joined(one), remarks), limit, outputs) for one in (reports, folded))
    is_empty = all(one.loaded.is_empty for one in found)
    return _together(told)._replace(reports=tuple(_shown(whole, listed, asked, is_empty=is_empty)))


def _counted_of_run(asked: Asked, report: Report) -> int:
    """Return how many findings of a part count for a threshold of the whole run."""
    return asked.threshold.counted(report) if asked.threshold.of_run else 0


def _joined(reports: Sequence[Report]) -> Report:
    if len(reports) == 1:
        return reports[0]
    from grantlint.report.findings.joined import joined  # noqa: PLC0415 - for paths of several configurations

    return joined(reports)


def _remarking(report: Report, remarks: Sequence[str]) -> Report:
    summary = report.summary
    return report._replace(summary=summary._replace(remarks=(*summary.remarks, *remarks))) if remarks else report


def _folded(report: Report, found: Found) -> Report:
    """Return the report for who reads it whole, in which findings of examples are not listed."""
    if not any(finding.example for finding in report.findings):
        return report
    from grantlint.run.gate.folded import with_examples_folded  # noqa: PLC0415 - where there are any

    return with_examples_folded(report, found.loaded, found.part.request)


def _together(endings: Sequence[Ending]) -> Ending:
    """Return the worst end, with what each shows; what several complain of alike is said once."""
    reports = tuple([one for ending in endings for one in ending.reports])
    complaints = dict.fromkeys(ending.complaints for ending in endings)
    return Ending(max(ending.status for ending in endings), reports, Page("".join(complaints)))


def _diff(found: Sequence[Found], fixing: Fixing, *, colour: bool) -> Ending:
    from grantlint.run.fixing.outcome import showing, wording_of  # noqa: PLC0415 - for who fixes

    outcomes = [(one.before, one.fixed) for one in found if one.before is not None and one.fixed is not None]
    shown = showing(outcomes, wording_of(fixing), colour=colour)
    status = FOUND if any(fixed.changes for _, fixed in outcomes) else CLEAN
    return Ending(status, (Rendered(shown.diff),), complaint(*shown.words))


def _finished(found: Found) -> Report:
    """Return a report with what a baseline knows taken out, and with what a change does to its gate."""
    report, baseline = found.report, found.part.asked.baseline
    if baseline is not None:
        from grantlint.run.gate.remembered import with_baseline  # noqa: PLC0415 - only with a baseline

        report = with_baseline(found.loaded, report, baseline)
    revision = found.loaded.settings.revision
    if revision is not None:
        from grantlint.run.gate.touched import with_touched  # noqa: PLC0415 - it asks git, for --config-from alone

        report = with_touched(found.loaded, report, revision, baseline)
    return report


def _ended(loaded: Loaded, report: Report, asked: Asked, elsewhere: int) -> Ending:
    """Return the end that one report makes of a run, without what it shows."""
    complaints = Page("".join(_complaints(loaded, report, asked, elsewhere)))
    if report.crashes:
        return Ending(CRASHED, (), complaints)
    status = asked.threshold.status(report, elsewhere)
    if report.findings or status:
        return Ending(status, (), complaints)
    if loaded.is_empty and not asked.allow_empty:
        return Ending(NothingToCheck.exit_status, (), complaint(_nothing(loaded)))
    if loaded.is_empty and not loaded.search.passed_over.keys().isdisjoint({EXCLUDED, *UNREAD, LINK_OUT}):
        return Ending(CLEAN, (), complaint(_nothing(loaded)))
    return Ending(CLEAN, (), complaints)


def _complaints(loaded: Loaded, report: Report, asked: Asked, elsewhere: int) -> Iterator[Page]:
    if loaded.search.named and not loaded.is_empty:
        yield complaint(_unread(loaded.search.named))
    for rule, error in report.crashes.items():
        yield _crash(rule, report.origin_of(rule), error, asked)
    yield from map(complaint, asked.threshold.sentences(report, elsewhere))


def _shown(report: Report, listed: Report, asked: Asked, *, is_empty: bool) -> Iterator[Rendered]:
    """Yield the reports; a person is told nothing where there is nothing to tell."""
    is_told = bool(not is_empty or report.findings or report.summary.remarks or report.summary.switched_off)
    for output, file in asked.outputs:
        if is_told or file or OUTPUTS[output].for_machines:
            told = listed if OUTPUTS[output].folds else report
            yield Rendered(rendered(told, output, asked.look if not file else Look()), file)


def _crash(rule: str, origin: str, error: BaseException, asked: Asked) -> Page:
    name = f"rule {rule}{f' ({origin})' if origin else ''}"
    if isinstance(error, EndedItselfError):
        return complaint(f"{name} ended the process that it ran in ({error}); the others have reported")
    if isinstance(error, SlipError):
        return complaint(f"{name} is wrong: {error}; the others have reported")
    said = complaint(f"{name} crashed ({type(error).__name__}); --debug shows where")
    return Page(said + traceback(error)) if asked.debug else said


def _unread(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - _NAMED:,} more" if len(paths) > _NAMED else ""
    return (
        f"no format has declarations in {', '.join(paths[:_NAMED])}{more}; --input-format says which one a file is of, "
        "`grantlint files` why it is passed over"
    )


_NAMED = 3  # files, in a sentence about any number of them


def _nothing(loaded: Loaded) -> str:
    passed_over = sorted(loaded.search.passed_over.items(), key=lambda item: -len(item[1]))
    reasons = "; ".join(f"{len(files):,} x {why}" for why, files in passed_over)
    where = " ".join(loaded.search.paths)
    return f"nothing to check: no account declaration in {where}" + (f" ({reasons})" if reasons else "")
