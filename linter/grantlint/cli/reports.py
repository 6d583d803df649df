"""Which reports are wanted and where they go: standard output, or files that are written whole or not at all."""

import os
from collections.abc import Sequence

from grantlint.cli.terminal import complain, print_report, remark
from grantlint.platform.errors import UsageError
from grantlint.report.findings.outputs import OUTPUTS
from grantlint.report.page import Page
from grantlint.run.asked import Wanted
from grantlint.run.ending import MISUSE, Ending

STANDARD_OUTPUT = "-"


GITLAB_FILE = "gl-code-quality-report.json"  # as GitLab's own documentation names it


def outputs_wanted(given: Sequence[str], *, in_hook: bool = False) -> tuple[Wanted, ...]:
    """Return the reports that NAME or NAME:FILE ask for.

    Raises UsageError for what cannot be done. Where none is asked for, it is text, with what the build server of the
    environment shows beside the lines.
    """
    wanted = tuple(map(_wanted, given)) or (Wanted("text"), *_for_build_server(in_hook=in_hook))
    files = [one.file for one in wanted if one.file]
    twice = next((file for file in files if files.count(file) > 1), None)
    if twice:
        raise UsageError(f"two outputs are for the file {twice}")
    printed = [one.output for one in wanted if not one.file]
    alone = next((name for name in printed if not OUTPUTS[name].in_lines), None)
    if alone and len(printed) > 1:
        raise UsageError(
            f"{' and '.join(printed)} cannot share standard output",
            f"write one into a file: --output {alone}:report{OUTPUTS[alone].suffix}",
        )
    return wanted


def _for_build_server(*, in_hook: bool) -> tuple[Wanted, ...]:
    """Return the report that the build server takes.

    It is GitHub, Azure Pipelines or GitLab. A hook writes no file, nor does who may not write here.
    """
    if os.environ.get("GITHUB_ACTIONS") == "true":
        return (Wanted("github"),)
    if os.environ.get("TF_BUILD"):
        return (Wanted("azure"),)
    if os.environ.get("GITLAB_CI") and not in_hook and os.access(".", os.W_OK):
        return (Wanted("gitlab", GITLAB_FILE),)
    return ()


def _wanted(given: str) -> Wanted:
    name, colon, file = given.partition(":")
    if name not in OUTPUTS:
        from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

        near = get_close_matches(name, OUTPUTS, 1)
        hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(OUTPUTS)}"
        raise UsageError(f"no output is named {name!r}{hint}")
    if colon and not file:
        raise UsageError(f"--output {given} names no file behind the colon")
    if file == STANDARD_OUTPUT:
        file = ""
    folder = os.path.dirname(file)
    if folder and not os.path.isdir(folder):
        raise UsageError(f"--output {given}: there is no folder {folder}")
    if os.path.isdir(file):
        raise UsageError(f"--output {given}: {file} is a folder")
    return Wanted(name, file)


def deliver(ending: Ending) -> int:
    """Print and write a run's reports and return the exit status.

    What there is to complain of is printed, too.
    """
    status = ending.status
    for page, file in ending.reports:
        if page and not file:
            print_report(page)
    if ending.complaints:
        remark(ending.complaints)
    for page, file in ending.reports:
        if file and not written(page, file):
            status = MISUSE
    return status


def written(page: Page, file: str) -> bool:
    """Write a report into a file; return whether that was done.

    It is written whole or not at all; what stands against it is said.
    """
    target = os.path.realpath(file)
    try:
        if os.path.lexists(target) and not os.path.isfile(target):  # a pipe or a device stays what it is
            with open(target, "w", encoding="utf-8", errors="backslashreplace") as opened:
                opened.write(page)
        else:
            _replace(page, target)
    except OSError as error:
        complain(f"{file} cannot be written: {error.strerror}; nothing of it is there")
        return False
    return True


def _replace(page: Page, target: str) -> None:
    beside = f"{target}.{os.getpid()}.part"
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, _mode(target))
    try:
        with open(handle, "w", encoding="utf-8", errors="backslashreplace") as opened:
            opened.write(page)
            opened.flush()
            os.fsync(handle)
        os.replace(beside, target)
    except BaseException:
        os.unlink(beside)
        raise


def _mode(target: str) -> int:
    """Return the permissions that a file has, or those of a new one."""
    try:
        return os.stat(target).st_mode & 0o777
    except OSError:
        return 0o666
