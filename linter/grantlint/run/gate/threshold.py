"""What makes a run fail, and by which sentence it says so where the findings do not."""

from grantlint.lint.finding import Severity
from grantlint.platform.record import NamedTuple
from grantlint.report.findings.content import Report
from grantlint.run.settings import LEVELS, NEVER, Settings

_CLEAN, _FOUND = 0, 1


class Threshold(NamedTuple):
    """How bad and how many findings may be. fail_on: one of LEVELS; most: how many as bad as that are let pass.

    of_run: what the other parts of a run found counts, too. unchecked: fail where a value was not checked, too.
    exit_zero: fail for nothing that is found.
    """

    fail_on: str = Severity.ERROR.value
    most: int = 0
    of_run: bool = False
    unchecked: bool = False
    exit_zero: bool = False

    def counted(self, report: Report) -> int:
        """Return how many findings are bad enough to fail."""
        if self.fail_on == NEVER:
            return 0
        return sum(map(report.count, [*Severity][: LEVELS.index(self.fail_on) + 1]))

    def status(self, report: Report, elsewhere: int = 0) -> int:
        """Return the exit status that the findings make. `elsewhere`: so many count in the other parts of the run."""
        if self.exit_zero:
            return _CLEAN
        too_many = self.counted(report) + elsewhere > self.most
        return _FOUND if too_many or (self.unchecked and report.not_checked) else _CLEAN

    def sentences(self, report: Report, elsewhere: int = 0) -> list[str]:
        """Return why a run fails where its findings do not show it. `elsewhere`: as for the status."""
        said: list[str] = []
        counted = self.counted(report) + elsewhere
        if self.exit_zero:
            return said
        if self.most and counted > self.most:
            said.append(f"{counted:,} findings are more than the {self.most:,} of --max-findings")
        if self.unchecked and report.not_checked:
            number = len(report.not_checked)
            values = "value was" if number == 1 else "values were"
            said.append(f"{number:,} {values} not checked, and --fail-on-unchecked wants all of them to be")
        return said


def threshold_of(settings: Settings) -> Threshold:
    """Return the threshold that the settings ask for."""
    most, of_run = settings.max_findings, settings.of_whole_run
    return Threshold(settings.fail_on, most, of_run, settings.fail_on_unchecked, settings.exit_zero)
