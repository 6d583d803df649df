"""Which findings a report for people counts and does not list: the infos of tests, examples and what others wrote."""

import os

from grantlint.lint.finding import Finding, Severity
from grantlint.lint.triage.examples import EXAMPLES, example_in
from grantlint.reader.files.named_paths import below_root
from grantlint.report.findings.content import Report
from grantlint.run.loading import Loaded, Request
from grantlint.run.settings import Settings


def with_examples_folded(report: Report, loaded: Loaded, request: Request) -> Report:
    """Return the report without those that nobody asked to see.

    Who wants them says so, names their folder or file, or lets a run fail for infos. With a scope a hook names them.
    """
    settings = loaded.settings
    if settings.show_examples or settings.fail_on == Severity.INFO.value:
        return report
    piped = request.stdin_filename or "-"
    paths = () if request.scope else [piped if path == "-" else path for path in request.paths]
    named = [os.path.join(os.path.abspath(path), "") for path in paths if _is_example(path, settings)]

    def is_folded(finding: Finding) -> bool:
        path = os.path.join(os.path.abspath(finding.span.source.path), "")
        return bool(finding.example) and not path.startswith((*named,))

    return report.with_folded(is_folded)


def _is_example(path: str, settings: Settings) -> bool:
    """Return whether a path of the command line is an example, or lies in one, or is a file that may be one."""
    if os.path.isfile(path):
        return True
    probe = os.path.join(path, "any") if os.path.isdir(path) else path
    folders = EXAMPLES if settings.example_folders is None else settings.example_folders
    return bool(example_in(probe, below_root(probe), folders))
