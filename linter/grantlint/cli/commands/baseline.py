"""`grantlint baseline [PATH...]`: record the findings of today, so that later runs report what is new."""

from collections.abc import Sequence

from grantlint.cli.options import (
    Parser,
    add_configuration,
    add_rules,
    request_of,
    settings_of,
)
from grantlint.cli.reports import deliver
from grantlint.run.checking import Asked, checked
from grantlint.run.gate.baseline_file import NAME
from grantlint.run.gate.remembered import Recording

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
    made.add("paths", metavar="PATH", nargs="*", help="files and folders (default: this folder)")
    made.add("--baseline", metavar="FILE", help=f"the file (default: the configuration's, else {NAME})")
    made.add("--prune", action="store_true", help="only take out the entries that are gone")
    made.add("--stdin-filename", metavar="PATH", help="the path that standard input stands for")
    made.add("--input-format", metavar="NAME", help="read every file as this format, such as ansible")
    # fmt: on
    add_rules(made)
    add_configuration(made)
    return made


def run(arguments: Sequence[str]) -> int:
    """Record what is found and return the exit status.

    It says how much was recorded.
    """
    options = parser().parse(arguments)
    settings = settings_of(options)
    file = settings.baseline or NAME
    recording = Recording(file, options.prune, is_configured=bool(settings.baseline) and not options.baseline)
    ending = checked(request_of(options.paths, options), settings, Asked(instead=recording.record, debug=options.debug))
    return deliver(ending)
