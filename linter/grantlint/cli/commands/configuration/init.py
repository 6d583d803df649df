"""`grantlint init [FOLDER]`: a first grantlint.toml, written from what is found there."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence

from grantlint.cli.options import Parser
from grantlint.cli.reports import written
from grantlint.cli.terminal import print_report
from grantlint.lint.finding import Severity
from grantlint.model import Declarations
from grantlint.model.location import Located
from grantlint.platform.errors import UsageError
from grantlint.report.findings.content import Report
from grantlint.report.page import page
from grantlint.run.configuration.config_search import find_config
from grantlint.run.configuration.shown.first_file import Found, first_file
from grantlint.run.configuration.toml import FILE
from grantlint.run.judging.planning import plan
from grantlint.run.loading import Loaded, Request, load
from grantlint.run.settings import Settings

DESCRIPTION = f"""\
Write a first {FILE} for a folder: every setting with what it is for, as comments, and what was found in the files. It
changes no finding until somebody takes a # away."""
EPILOG = """\
exit status:
  0  written
  2  misuse, or the file is there already; it is as it was then
"""
_STANDARD_OUTPUT = "-"


def parser() -> Parser:
    """Return the parser of this command's arguments."""
    made = Parser("init", DESCRIPTION, EPILOG)
    made.usage = "grantlint init [FOLDER] [options]"
    # fmt: off
    made.add("folder", metavar="FOLDER", nargs="?", default=".", help="the folder (default: this one)")
    made.add("--output", "-o", metavar="FILE", help=f"where to write it, - to print it (default: {FILE} there)")
    made.add("--force", action="store_true", help="write it over a file, or below a configuration that counts there")
    made.add("--debug", action="store_true", help="show tracebacks")
    # fmt: on
    return made


def run(arguments: Sequence[str]) -> int:
    """Write the configuration and return the exit status."""
    options = parser().parse(arguments)
    folder: str = options.folder
    if not os.path.isdir(folder):
        raise UsageError(f"{folder} is no folder: a configuration is for all files of one")
    file: str = options.output or os.path.normpath(os.path.join(folder, FILE))
    if file != _STANDARD_OUTPUT and not options.force:
        _refuse(file, folder)
    settings = Settings()
    loaded = load(Request([folder]), settings)
    told = page(first_file(_found(loaded, plan(settings).judge(loaded), folder)))
    if file == _STANDARD_OUTPUT:
        print_report(told)
        return 0
    if not written(told, file):
        return UsageError.exit_status
    print_report(page([f"{file}: written; see what holds with `grantlint config`"]))
    return 0


def _refuse(file: str, folder: str) -> None:
    """Raise UsageError where a file would be lost, or another one no longer count."""
    if os.path.lexists(file):
        raise UsageError(f"{file} is there already and is left as it is; --force writes it anew, --output - prints it")
    there = find_config(folder)
    if there is not None and os.path.basename(file) == FILE:
        raise UsageError(f"{there} counts for {folder} already, and would no longer; --force, or --output -")


def _found(loaded: Loaded, report: Report, folder: str) -> Found:
    files = {part.path: part.format for part in loaded.declarations}
    products = {part.path: product for part in loaded.declarations if (product := _product(part))}
    nameless = {
        os.path.dirname(os.path.relpath(part.path, folder)) or "."
        for part in loaded.declarations
        if not part.only_settings and part.path not in products
    }
    return Found(
        Counter(files.values()),
        loaded.accounts,
        report.summary.servers,
        {severity.value: report.count(severity) for severity in Severity},
        {os.path.relpath(path, folder): product for path, product in sorted(products.items()) if path.isprintable()},
        sorted(filter(str.isprintable, _outermost(nameless))),
        sorted(os.path.relpath(part.path, folder) for part in loaded.declarations if part.only_settings),
    )


def _product(part: Declarations) -> str:
    product = part.server.product if part.server is not None else None
    return product.value if isinstance(product, Located) else ""


def _outermost(folders: Iterable[str]) -> set[str]:
    """Return the folders that lie in none of the others.

    The whole tree is left out where there are others.
    """
    inner = {folder for folder in folders if folder != "."}
    outer = {folder for folder in inner if not any(folder.startswith(os.path.join(one, "")) for one in inner)}
    return outer or {*folders}
