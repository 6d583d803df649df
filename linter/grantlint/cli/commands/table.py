"""`grantlint table [PATH...]`: the account table, sorted as the server sorts it."""

from collections.abc import Sequence

from grantlint.cli.options import Parser, add_configuration, add_input, add_paths
from grantlint.cli.served import served
from grantlint.cli.terminal import print_report
from grantlint.report.tables.text import listed, text

DESCRIPTION = """\
Print the account table of each declared server in the order in which that server tries its rows: what decided
each place, which rows no client gets, and which ones share a place."""
EPILOG = """\
exit status:
  0  printed
  2  misuse
  4  no account declaration found
"""


def parser() -> Parser:
    """Return the parser of this command's arguments."""
    made = Parser("table", DESCRIPTION, EPILOG)
    made.usage = "grantlint table [PATH ...] [options]"
    add = made.add
    # fmt: off
    add_paths(made)
    add("--server", metavar="NAME", action="append", default=[],
        help="sort as this server, such as mysql-8.4 or mariadb-10.11; repeatable (default: what the files say)")
    add("--format", choices=("text", "json"), default="text", help="how to print (default: text)")
    add_input(made, "printed")
    # fmt: on
    add_configuration(made)
    return made


def run(arguments: Sequence[str]) -> int:
    """Print the tables asked for and return the exit status."""
    options = parser().parse(arguments)
    panels = served(options.paths, options).panels
    listings = [listed(one.declared.name, server, assumed=one.assumed) for one in panels for server in one.servers]
    if options.format == "json":
        from grantlint.report.tables.json import json  # noqa: PLC0415 - the encoder, for this format alone

        print_report(json(listings))
    else:
        print_report(text(listings))
    return 0
