"""`grantlint files [PATH...]`: what was taken as which format, and why the rest was passed over."""

from collections.abc import Sequence

from grantlint.cli.options import Parser, add_configuration, add_input, add_paths, request_of, settings_of
from grantlint.cli.terminal import print_report
from grantlint.report.files.text import Inventory, PassedOver, taken, text
from grantlint.run.loading import read_all

DESCRIPTION = """\
List the files below the paths, a line each: the format it is read as and what it declares, or why it is passed over.
Nothing is judged."""
EPILOG = """\
exit status:
  0  listed
  2  misuse
"""


def parser() -> Parser:
    """Return the parser of this command's arguments."""
    made = Parser("files", DESCRIPTION, EPILOG)
    made.usage = "grantlint files [PATH ...] [options]"
    add = made.add
    # fmt: off
    add_paths(made)
    add("--format", choices=("text", "json"), default="text", help="how to list (default: text)")
    add_input(made)
    # fmt: on
    add_configuration(made)
    return made


def run(arguments: Sequence[str]) -> int:
    """Print the list and return the exit status."""
    options = parser().parse(arguments)
    settings = settings_of(options)
    search = request_of(options.paths, options).search(settings)
    read = [taken(candidate.source.path, candidate.format.name, parts) for candidate, parts in read_all(search)]
    others = [PassedOver(path, why) for why, passed in search.passed_over.items() for path in passed]
    others += [PassedOver(fault.span.source.path, fault.message) for fault in search.faults]
    inventory = Inventory(sorted(read), sorted(others), search.remarks)
    if options.format == "json":
        from grantlint.report.files.json import json  # noqa: PLC0415 - the encoder, for this format alone

        print_report(json(inventory))
    else:
        print_report(text(inventory))
    return 0
