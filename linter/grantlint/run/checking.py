"""From paths and settings to the end of a run of `check`: loaded, judged and rendered, and nothing printed yet."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from grantlint.lint.finding import SlipError
from grantlint.platform.errors import NothingToCheck, UsageError
from grantlint.reader.files.places import EXCLUDED, LINK_OUT
from grantlint.reader.files.recognition import UNREAD
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.outputs import OUTPUTS, rendered
from grantlint.report.page import Page
from grantlint.run.ending import CRASHED, EndedItselfError, Ending, Rendered, complaint, traceback
from grantlint.run.gate.baseline_file import Baseline
from grantlint.run.gate.threshold import Threshold
from grantlint.run.loading import Loaded, Request, load
from grantlint.run.settings import Settings

if TYPE_CHECKING:  # half of the start-up time
    from grantlint.run.judging.plan import Plan

CLEAN, FOUND = 0, 1


class Wanted(NamedTuple):
    """A report that is wanted, by an output's name.

    file: the one that it is for, '' for standard output.
    """

    output: str
    file: str = ""


class Asked(NamedTuple):
    """What becomes of a report. allow_empty: a tree without accounts is no error.

    threshold: which findings make the run fail. baseline: what is known already; instead: what becomes of the report
    other than that it is shown.
    """

    outputs: tuple[Wanted, ...] = (Wanted("text"),)
    look: Look = Look()
    allow_empty: bool = False
    threshold: Threshold = Threshold()
    baseline: Baseline | None = None
    instead: Callable[[Loaded, Report], Ending] | None = None
    debug: bool = False  # tracebacks of rules that crash are shown
    fixing: "Fixing | None" = None

    @property
    def shows_servers(self) -> bool:
        """Whether an output shows the servers."""
        return any(OUTPUTS[one.output].shows_servers for one in self.outputs)


class Fixing(NamedTuple):
    """How findings are to be fixed.

    unsafe: also by what changes somebody's access. diff: only to show it.
    """

    unsafe: bool = False
    diff: bool = False
    ignores: str = ""  # the reason of the comments that are written in place of fixes


def checked(request: Request, settings: Settings, asked: Asked) -> Ending:
    """Load and judge. Rules are not even imported for a tree without accounts, unless the settings name some."""
    judge = (
        _judge(request, settings, asked) if settings.names_rules_or_servers else None
    )  # a slip is told before a read
    if settings.changed_since:
        from grantlint.run.gate.changed_since import root_of  # noqa: PLC0415 - for this alone

        root_of(request)  # a slip is told before a read, as above
    loaded = _loaded(request, settings)
    if judge is None and loaded.is_empty:
        return _ending(loaded, Report((), (), (), {}, loaded.summary), asked)
    return (judge or _judge(request, settings, asked))(loaded)


def _loaded(request: Request, settings: Settings) -> Loaded:
    loaded = load(request, settings)
    if settings.not_loaded:
        from grantlint.run.configuration.permission import not_loaded  # noqa: PLC0415 - imports re; only for this

        loaded.faults.extend(not_loaded(settings))
        loaded.search.want(settings.file)
    return loaded


def _judge(request: Request, settings: Settings, asked: Asked) -> Callable[[Loaded], Ending]:
    """Return the function that judges what was loaded.

    It judges in this process where all rules are grantlint's own.
    """
    from grantlint.run.judging.planning import loads_code_of_others, plan  # noqa: PLC0415 - half of the start-up time

    if not loads_code_of_others(settings):
        ready = plan(settings)
        return lambda loaded: _judged(loaded, ready, request, asked)
    from grantlint.run.apart import Watch, apart  # noqa: PLC0415 - for code of others alone

    def judge(loaded: Loaded) -> Ending:
        def work(watch: Watch, gone: Mapping[str, EndedItselfError]) -> Ending:
            return _judged(loaded, plan(settings, watch, gone), request, asked)

        return apart(work, debug=asked.debug)

    return judge


def _judged(loaded: Loaded, plan: "Plan", request: Request, asked: Asked) -> Ending:
    if asked.fixing is None:
        report = plan.judge(loaded, keep_servers=asked.shows_servers)
        if loaded.settings.changed_since:
            from grantlint.run.gate.changed_since import with_changes_alone  # noqa: PLC0415 - for this alone

            report = with_changes_alone(loaded, report, request, plan.judge, loaded.settings.changed_since)
        return _ending(loaded, report, asked)
    from grantlint.run.fixing.outcome import OF_FIXES, Wording, showing, writing  # noqa: PLC0415 - it reads all again, for this alone
    from grantlint.run.fixing.rounds import fixed  # noqa: PLC0415 - as above

    ignores, wording = None, OF_FIXES
    if asked.fixing.ignores:
        from grantlint.run.fixing.ignoring import Ignores  # noqa: PLC0415 - as above

        ignores = Ignores(asked.fixing.ignores, plan.heeding.unsuppressible, asked.baseline)
        wording = Wording("comments written", "no comment written", "--add-ignores", "suppress")
    again = lambda: _loaded(request, loaded.settings)  # noqa: E731 - with a name of its own
    outcome = fixed(loaded, again, plan, unsafe=asked.fixing.unsafe, fixes=ignores)
    if ignores is not None:
        outcome = ignores.told(outcome)
    if asked.fixing.diff:
        shown = showing(loaded, outcome, wording, colour=asked.look.colour)
        status = FOUND if outcome.changes else CLEAN
        return Ending(status, (Rendered(shown.diff),), complaint(*shown.words))
    report, remarks = outcome.report, writing(outcome, wording)
    report = report._replace(summary=report.summary._replace(remarks=(*report.summary.remarks, *remarks)))
    if asked.shows_servers:
        report = report._replace(judged=plan.servers(outcome.loaded))
    return _ending(outcome.loaded, report, asked)


class Part(NamedTuple):
    """What one configuration steers: its paths, and what becomes of their report."""

    request: Request
    settings: Settings
    asked: Asked


def checked_apart(parts: Sequence[Part]) -> Ending:
    """Return the end of a run whose paths have different configurations.

    Each part is judged by its own, and one report holds all. Raises UsageError where rules of others would run: their
    processes hand over a report that is rendered.
    """
    from grantlint.report.findings.joined import joined  # noqa: PLC0415 - for paths of several configurations
    from grantlint.run.judging.planning import loads_code_of_others  # noqa: PLC0415 - half of the start-up time

    if any(loads_code_of_others(part.settings) for part in parts):
        raise UsageError("paths with different configurations are run apart where rules of others are loaded")
    done: list[tuple[Loaded, Report, Asked]] = []

    def keep(asked: Asked) -> Callable[[Loaded, Report], Ending]:
        def kept(loaded: Loaded, report: Report) -> Ending:
            done.append((loaded, _finished(loaded, report, asked), asked))
            return Ending(CLEAN)

        return kept

    for part in parts:
        checked(part.request, part.settings, part.asked._replace(instead=keep(part.asked)))
    ends = [_ended(loaded, report, asked._replace(outputs=())) for loaded, report, asked in done]
    whole = [ending for ending, (loaded, _, _) in zip(ends, done, strict=True) if not loaded.is_empty]
    everything, asked = joined([report for _, report, _ in done]), done[0][2]
    complaints = dict.fromkeys(ending.complaints for ending in whole or ends)
    status = max(ending.status for ending in whole or ends)
    return Ending(status, _shown(everything, asked, is_told=bool(whole)), Page("".join(complaints)))


def _ending(loaded: Loaded, report: Report, asked: Asked) -> Ending:
    if asked.instead is not None:
        return asked.instead(loaded, report)
    return _ended(loaded, _finished(loaded, report, asked), asked)


def _finished(loaded: Loaded, report: Report, asked: Asked) -> Report:
    """Return a report with what a baseline knows taken out, and with what a change does to its gate."""
    if asked.baseline is not None:
        from grantlint.run.gate.remembered import with_baseline  # noqa: PLC0415 - only with a baseline

        report = with_baseline(loaded, report, asked.baseline)
    revision = loaded.settings.revision
    if revision is not None:
        from grantlint.run.gate.touched import with_touched  # noqa: PLC0415 - it asks git, for --config-from alone

        report = with_touched(loaded, report, revision, asked.baseline)
    return report


def _ended(loaded: Loaded, report: Report, asked: Asked) -> Ending:
    reports = _rendered(loaded, report, asked)
    said = [_crash(rule, report.origin_of(rule), error, asked) for rule, error in report.crashes.items()]
    if loaded.search.named and not loaded.is_empty:
        said.insert(0, complaint(_unread(loaded.search.named)))
    said += map(complaint, asked.threshold.sentences(report))
    complaints = Page("".join(said))
    if report.crashes:
        return Ending(CRASHED, reports, complaints)
    status = asked.threshold.status(report)
    if report.findings or status:
        return Ending(status, reports, complaints)
    if loaded.is_empty and not asked.allow_empty:
        return Ending(NothingToCheck.exit_status, reports, complaint(_nothing(loaded)))
    if loaded.is_empty and not loaded.search.passed_over.keys().isdisjoint({EXCLUDED, *UNREAD, LINK_OUT}):
        return Ending(CLEAN, reports, complaint(_nothing(loaded)))
    return Ending(CLEAN, reports, complaints)


def _rendered(loaded: Loaded, report: Report, asked: Asked) -> tuple[Rendered, ...]:
    """Return the reports; a person is told nothing where there is nothing to tell."""
    return _shown(report, asked, is_told=not loaded.is_empty)


def _shown(report: Report, asked: Asked, *, is_told: bool) -> tuple[Rendered, ...]:
    is_told = is_told or bool(report.findings or report.summary.remarks or report.summary.switched_off)
    return tuple(
        [
            Rendered(rendered(report, output, asked.look if not file else Look()), file)
            for output, file in asked.outputs
            if is_told or file or OUTPUTS[output].for_machines
        ]
    )


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
