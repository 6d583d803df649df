"""Which findings a report for people counts and does not list: the infos of tests, examples and what others wrote."""

import os

from grantlint.lint.finding import Finding, Severity
from grantlint.lint.triage.signal import EXAMPLES, example_in
from grantlint.reader.files.named_paths import below_root
from grantlint.report.findings.content import Report
from grantlint.run.loading import Loaded
from grantlint.run.settings import Settings


def with_examples_folded(report: Report, loaded: Loaded) -> Report:
    """Return the report without those that nobody asked to see.

    Who wants them says so, names their folder or file, or lets a run fail for infos.
    """
    settings = loaded.settings
    if settings.show_examples or settings.fail_on == Severity.INFO.value:
        return report
    named = [os.path.join(os.path.abspath(path), "") for path in loaded.search.paths if _is_example(path, settings)]

    def is_folded(finding: Finding) -> bool:
        path = os.path.join(os.path.abspath(finding.span.source.path), "")
        return bool(finding.example) and not path.startswith((*named,))

    return report.with_folded(is_folded)


def _is_example(path: str, settings: Settings) -> bool:
    """Return whether a path of the command line is an example, or lies in one."""
    probe = os.path.join(path, "any") if os.path.isdir(path) else path
    folders = EXAMPLES if settings.example_folders is None else settings.example_folders
    return bool(example_in(probe, below_root(probe), folders))
