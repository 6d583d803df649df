"""From paths and settings to the end of a run of `check`: loaded, judged and rendered, and nothing printed yet.

Paths that have different configurations are parts of one run: each is loaded and judged by its own. Time limits count
from the beginning of the run.
"""

from collections.abc import Mapping, Sequence

from grantlint.platform.deadline import Deadline, clock
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING
from grantlint.report.findings.content import Report
from grantlint.run.asked import Fixing, Part
from grantlint.run.concluding import Found, concluded
from grantlint.run.ending import EndedItselfError, Ending
from grantlint.run.loading import Loaded, Request, load
from grantlint.run.settings import Settings

if TYPE_CHECKING:  # half of the start-up time
    from grantlint.run.apart import Watch
    from grantlint.run.judging.plan import Plan


class _Ready(NamedTuple):
    """A part of which the files are read. plan: what judges it, None where that is not made yet."""

    part: Part
    loaded: Loaded
    plan: "Plan | None"

    @property
    def is_judged(self) -> bool:
        """Whether rules have anything to say.

        They are not even imported for a tree without accounts.
        """
        return not self.loaded.is_empty or self.part.settings.names_rules_or_servers


def checked(parts: Sequence[Part]) -> Ending:
    """Load and judge the parts of a run.

    What is wrong with what one of them asks for is told before any is read, written or judged.
    """
    begun = clock()
    plans = [_slips_told(part) for part in parts]
    ready = [
        _Ready(part, _loaded(part.request, part.settings, Deadline(part.settings.time_limit, begun)), plan)
        for part, plan in zip(parts, plans, strict=True)
    ]
    if not any(one.is_judged and _loads_code_of_others(one.part.settings) for one in ready):
        return concluded([_found(one) for one in ready])
    from grantlint.run.apart import apart  # noqa: PLC0415 - for code of others alone

    def work(watch: "Watch", gone: Mapping[str, EndedItselfError]) -> Ending:
        return concluded([_found(one, watch, gone) for one in ready])

    return apart(work, debug=parts[0].asked.debug)


def _slips_told(part: Part) -> "Plan | None":
    """Return what judges a part, where it names rules or servers that may be none."""
    if part.settings.changed_since:
        from grantlint.run.gate.changed_since import root_of  # noqa: PLC0415 - for this alone

        root_of(part.request)
    if not part.settings.names_rules_or_servers or _loads_code_of_others(part.settings):
        return None
    return _plan(part.settings)


def _loads_code_of_others(settings: Settings) -> bool:
    from grantlint.run.judging.planning import loads_code_of_others  # noqa: PLC0415 - half of the start-up time

    return loads_code_of_others(settings)


def _plan(
    settings: Settings, watch: "Watch | None" = None, gone: Mapping[str, EndedItselfError] | None = None
) -> "Plan":
    from grantlint.run.judging.planning import plan  # noqa: PLC0415 - half of the start-up time

    return plan(settings, watch, gone)


def _loaded(request: Request, settings: Settings, deadline: Deadline) -> Loaded:
    loaded = load(request, settings, deadline)
    if settings.not_loaded:
        from grantlint.run.configuration.permission import not_loaded  # noqa: PLC0415 - imports re; only for this

        loaded.faults.extend(not_loaded(settings))
        loaded.search.want(settings.file)
    return loaded


def _found(ready: _Ready, watch: "Watch | None" = None, gone: Mapping[str, EndedItselfError] | None = None) -> Found:
    """Return what is found in a part, fixed in memory where that is asked for."""
    part, loaded = ready.part, ready.loaded
    if not ready.is_judged:
        return Found(part, loaded, Report((), (), (), {}, loaded.summary))
    plan = ready.plan or _plan(part.settings, watch, gone)
    if part.asked.fixing is not None:
        return _fixed(part, loaded, plan, part.asked.fixing)
    return _judged(part, loaded, plan)


def _judged(part: Part, loaded: Loaded, plan: "Plan") -> Found:
    report = plan.judge(loaded, keep_servers=part.asked.shows_servers)
    if part.settings.changed_since:
        from grantlint.run.gate.changed_since import with_changes_alone  # noqa: PLC0415 - for this alone

        report = with_changes_alone(loaded, report, part.request, plan.judge, part.settings.changed_since)
    return Found(part, loaded, report)


def _fixed(part: Part, loaded: Loaded, plan: "Plan", fixing: Fixing) -> Found:
    from grantlint.run.fixing.rounds import fixed  # noqa: PLC0415 - it reads all again, for this alone

    ignores = None
    if fixing.ignores:
        from grantlint.run.fixing.ignoring import Ignores  # noqa: PLC0415 - as above

        ignores = Ignores(fixing.ignores, plan.heeding.unsuppressible, part.asked.baseline)

    def again() -> Loaded:
        return _loaded(part.request, loaded.settings, loaded.deadline)

    outcome = fixed(loaded, again, plan, unsafe=fixing.unsafe, fixes=ignores)
    if ignores is not None:
        outcome = ignores.told(outcome)
    report = outcome.report
    if part.asked.shows_servers:
        report = report._replace(judged=plan.servers(outcome.loaded))
    return Found(part, outcome.loaded, report, outcome, loaded, lambda: _judged(part, again(), plan))
