"""`grantlint config [PATH...]`: every setting that holds for the paths, and where its value comes from."""

import os
from collections.abc import Sequence

from grantlint.cli.commands import check
from grantlint.cli.options import Parser, meant_by
from grantlint.cli.terminal import print_report
from grantlint.platform.errors import UsageError
from grantlint.report.page import document, page
from grantlint.run.configuration.layers import Caller
from grantlint.run.configuration.reading import held_by, made
from grantlint.run.configuration.shown.listing import as_object, lines

DESCRIPTION = """\
Print every setting that would hold for `grantlint PATH... OPTIONS`, each with where its value comes from: file and
line, option, environment variable, or default. What is printed is a configuration itself; --format json prints an
object."""
EPILOG = """\
exit status:
  0  printed
  2  misuse, or a broken configuration
"""


def parser() -> Parser:
    """Return the parser of this command's arguments, which are those of check."""
    return check.parser().called("config", DESCRIPTION, EPILOG)


def run(arguments: Sequence[str]) -> int:
    """Print the settings that hold and return the exit status."""
    options = parser().parse(arguments)
    caller = Caller(vars(options), os.environ)
    holding = held_by(caller, meant_by(options))
    made(holding)  # so that what a run would refuse is refused here
    if options.format == "json":
        from grantlint.report.strict_json import encoded  # noqa: PLC0415 - the encoder, for this format alone

        print_report(document(encoded(as_object(holding, caller), spaced=True)))
    elif options.format in {None, "text"}:
        print_report(page(lines(holding, caller)))
    else:
        raise UsageError(f"--format takes text or json here, not {options.format!r}")
    return 0
