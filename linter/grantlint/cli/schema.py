"""`grantlint schema policy`: the JSON Schema of a format, for editors."""

from collections.abc import Sequence

from grantlint.cli.options import Parser, parsed
from grantlint.cli.terminal import print_report
from grantlint.reader.schema import schema_text


def run(arguments: Sequence[str]) -> int:
    """Print a schema and return the exit status."""
    parser = Parser("schema", "Print the JSON Schema of the policy format, for editors and other tools.")
    parser.add_argument("format", metavar="FORMAT", choices=("policy",), help="policy")
    parser.add_argument("--debug", action="store_true", help="show tracebacks")
    parsed(parser, arguments)
    print_report(schema_text())
    return 0
