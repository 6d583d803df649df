"""A report held against a baseline, and a baseline recorded from a report."""

import os
from collections.abc import Sequence

from grantlint.lint.triage.baseline import Entry, Tree, compare, entries_of
from grantlint.platform.record import NamedTuple
from grantlint.report.findings.content import Remembered, Report
from grantlint.report.page import page
from grantlint.run.ending import CRASHED, Ending, Rendered, complaint
from grantlint.run.gate.baseline_file import Baseline, read_baseline, update
from grantlint.run.loading import Loaded


def with_baseline(loaded: Loaded, report: Report, baseline: Baseline) -> Report:
    """Return the report without the findings that a baseline knows.

    It names what is gone from the baseline.
    """
    compared = compare(report.findings, baseline.entries, _tree(loaded, baseline))
    told = Remembered(baseline.file, compared.known, compared.gone)
    return report._replace(findings=compared.new, baseline=told)


class Recording(NamedTuple):
    """What to do with a baseline.

    All findings are recorded, or what is gone is only taken out (`prune`). is_configured: whether later runs know the
    file by the configuration.
    """

    file: str
    prune: bool = False
    is_configured: bool = True

    def record(self, loaded: Loaded, report: Report) -> Ending:
        """Write the baseline and return an ending that says so.

        Raises ConfigError or UsageError where that cannot be.
        """
        if report.crashes:
            rules = ", ".join(report.crashes)
            return Ending(CRASHED, complaints=complaint(f"nothing is recorded: rule {rules} crashed"))
        if self.prune:
            read_baseline(self.file)  # there must be one
        tree = _tree(loaded, Baseline(self.file))
        said: list[str] = []

        def changed(before: Sequence[Entry]) -> Sequence[Entry]:
            compared = compare(report.findings, before, tree)
            if self.prune:
                gone = [*compared.gone]
                said.append(f"{_entries(len(gone))} of {len(before):,} taken out: nothing is found there any more")
                said.extend(f"  {one.path}: {one.rule}: {one.message}" for one in gone)
                return _without(before, gone)
            mine = entries_of(report.findings, tree)
            others = [one for one in before if not tree.covers(one.path) and tree.is_there(one.path)]
            new = len(entries_of(compared.new, tree))
            many = "finding" if len(mine) == 1 else "findings"
            said.append(f"{len(mine):,} {many} recorded, {new:,} of them new; {_entries(len(compared.gone))} gone")
            left_out = len(report.findings) - len(mine)
            if left_out:
                said.append(f"{left_out:,} not recorded: what could not be read is no known finding")
            if not self.is_configured:
                said.append(
                    f'later runs take it by --baseline {self.file}, or by `baseline = "{self.file}"` in grantlint.toml'
                )
            return sorted((*mine, *others), key=lambda entry: (entry.path, entry.rule, entry.key))

        update(self.file, changed)
        first, *rest = said
        return Ending(0, (Rendered(page([f"{self.file}: {first}", *rest])),))


def _entries(number: int) -> str:
    return f"{number:,} {'entry' if number == 1 else 'entries'}"


def _without(entries: Sequence[Entry], gone: Sequence[Entry]) -> list[Entry]:
    left = [*entries]
    for entry in gone:
        left.remove(entry)
    return left


def _tree(loaded: Loaded, baseline: Baseline) -> Tree:
    search = loaded.search
    named = [os.path.join(os.path.abspath(path), "") for path in search.paths]

    def covers(entry_path: str) -> bool:
        path = baseline.path_of(entry_path)
        here = os.path.join(os.path.abspath(path), "")
        return search.concerns(path) and any(here.startswith(one) for one in named)

    def is_there(entry_path: str) -> bool:
        return os.path.lexists(baseline.path_of(entry_path))

    return Tree(baseline.entry_path, covers, is_there)
