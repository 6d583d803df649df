"""`grantlint baseline [PATH...]`: record the findings of today, so that later runs report what is new."""

from collections.abc import Sequence
from types import SimpleNamespace

from grantlint.cli.options import (
    Parser,
    add_configuration,
    add_input,
    add_paths,
    add_rules,
    parts_of,
    request_of,
)
from grantlint.cli.reports import deliver
from grantlint.run.asked import Asked, Part
from grantlint.run.checking import checked
from grantlint.run.gate.baseline_file import NAME, check_baseline
from grantlint.run.gate.remembered import Recording
from grantlint.run.settings import Settings

DESCRIPTION = f"""\
Record the findings of today in a file ({NAME}, unless you say otherwise), by keys that moved lines, renamed files and
another layout do not change. `grantlint --baseline FILE` then reports what is new, and names the entries that are gone.
Entries of files outside of PATH are kept."""
EPILOG = """\
exit status:
  0  recorded
  2  misuse, or the file cannot be written; it is as it was then
  3  a rule crashed; nothing is recorded
"""


def parser() -> Parser:
    """Return the parser of this command's arguments."""
    made = Parser("baseline", DESCRIPTION, EPILOG)
    made.usage = "grantlint baseline [PATH ...] [options]"
    # fmt: off
    add_paths(made)
    made.add("--baseline", metavar="FILE", help=f"the file (default: the configuration's, else {NAME})")
    made.add("--prune", action="store_true", help="only take out the entries that are gone")
    add_input(made)
    # fmt: on
    add_rules(made)
    add_configuration(made)
    return made


def run(arguments: Sequence[str]) -> int:
    """Record what is found and return the exit status.

    It says how much was recorded.
    """
    options = parser().parse(arguments)
    parts = parts_of(options, _part)
    if len(parts) > 1:
        for file in {part.settings.baseline or NAME for part in parts}:
            check_baseline(file)  # all can be written, or none is
    return deliver(checked(parts))


def _part(options: SimpleNamespace, settings: Settings) -> Part:
    file = settings.baseline or NAME
    recording = Recording(file, options.prune, is_configured=bool(settings.baseline) and not options.baseline)
    return Part(request_of(options.paths, options), settings, Asked(instead=recording.record, debug=options.debug))
