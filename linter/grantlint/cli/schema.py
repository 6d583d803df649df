"""`grantlint schema policy|findings`: the JSON Schema of what is read or printed, for editors and other tools."""

from collections.abc import Sequence
from importlib.resources import files

from grantlint.cli.options import Parser
from grantlint.cli.terminal import print_report
from grantlint.reader.schema import schema_text
from grantlint.report.page import document


def run(arguments: Sequence[str]) -> int:
    """Print a schema and return the exit status."""
    parser = Parser("schema", "Print a JSON Schema, for editors and other tools.")
    parser.add(
        "name", metavar="NAME", choices=("policy", "findings"), help="policy (what is read) or findings (--format json)"
    )
    parser.add("--debug", action="store_true", help="show tracebacks")
    name: str = parser.parse(arguments).name
    print_report(document(schema_text() if name == "policy" else _findings()))
    return 0


def _findings() -> str:
    return files("grantlint.report").joinpath("findings.schema.json").read_text(encoding="utf-8")
