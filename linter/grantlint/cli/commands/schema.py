"""`grantlint schema NAME`: the JSON Schema of what is read or printed, for editors and other tools."""

from collections.abc import Sequence
from importlib.resources import files

from grantlint.cli.options import Parser
from grantlint.cli.terminal import print_report
from grantlint.reader.schema import schema_text
from grantlint.report.page import document

_PRINTED = {
    "findings": ("grantlint.report.findings", "findings.schema.json"),
    "declarations": ("grantlint.report.declared", "declarations.schema.json"),
}


def run(arguments: Sequence[str]) -> int:
    """Print a schema and return the exit status."""
    parser = Parser("schema", "Print a JSON Schema, for editors and other tools.")
    parser.add(
        "name",
        metavar="NAME",
        choices=("policy", "config", *_PRINTED),
        help="policy (what is read), config (grantlint.toml), findings (of check), declarations (of convert)",
    )
    parser.add("--debug", action="store_true", help="show tracebacks")
    name: str = parser.parse(arguments).name
    if name == "config":
        print_report(document(_of_configurations()))
    else:
        print_report(document(_printed(*_PRINTED[name]) if name in _PRINTED else schema_text()))
    return 0


def _of_configurations() -> str:
    from json import dumps  # noqa: PLC0415 - for this one alone

    from grantlint.run.configuration.shown.schema import schema  # noqa: PLC0415 - as above

    return dumps(schema(), indent=2) + "\n"


def _printed(package: str, file: str) -> str:
    return files(package).joinpath(file).read_text(encoding="utf-8")
