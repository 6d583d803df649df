"""What a command asks of a run, beside its settings: which files, which reports, what becomes of the findings."""

from collections.abc import Callable

from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.outputs import OUTPUTS
from grantlint.run.ending import Ending
from grantlint.run.gate.threshold import Threshold
from grantlint.run.loading import Loaded, Request
from grantlint.run.settings import Settings

if TYPE_CHECKING:  # for runs with a baseline alone
    from grantlint.run.gate.baseline_file import Baseline


class Wanted(NamedTuple):
    """A report that is wanted, by an output's name.

    file: the one that it is for, '' for standard output.
    """

    output: str
    file: str = ""


class Fixing(NamedTuple):
    """How findings are to be fixed.

    unsafe: also by what changes somebody's access. diff: only to show it.
    """

    unsafe: bool = False
    diff: bool = False
    ignores: str = ""  # the reason of the comments that are written in place of fixes


class Asked(NamedTuple):
    """What becomes of a report. allow_empty: a tree without accounts is no error.

    threshold: which findings make the run fail. baseline: what is known already; instead: what becomes of the report
    other than that it is shown.
    """

    outputs: tuple[Wanted, ...] = (Wanted("text"),)
    look: Look = Look()
    allow_empty: bool = False
    threshold: Threshold = Threshold()
    baseline: "Baseline | None" = None
    instead: Callable[[Loaded, Report], Ending] | None = None
    debug: bool = False  # tracebacks of rules that crash are shown
    fixing: Fixing | None = None

    @property
    def shows_servers(self) -> bool:
        """Whether an output shows the servers."""
        return any(OUTPUTS[one.output].shows_servers for one in self.outputs)


class Part(NamedTuple):
    """What one configuration steers: its paths, and what becomes of their report."""

    request: Request
    settings: Settings
    asked: Asked
