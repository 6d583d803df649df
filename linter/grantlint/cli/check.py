"""`grantlint [check] [PATH...]`: read declarations, judge them, report."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace

from grantlint.cli.loading import Loaded, load
from grantlint.cli.options import Parser, add_configuration, paths_in, settings_of, words_of
from grantlint.cli.terminal import complain, print_report, show_traceback, wants_colour
from grantlint.errors import NothingToCheck
from grantlint.reader.discovery import EXCLUDED
from grantlint.report import Report
from grantlint.settings import Settings
from grantlint.version import __version__

CLEAN, FOUND, CRASHED = 0, 1, 3

DESCRIPTION = "Find what is wrong with MySQL and MariaDB accounts, in the files that declare them."
EPILOG = """\
commands (as the first word; without one, `check` is meant):
  grantlint [check] [PATH...]   what is wrong with the accounts in files and folders
  grantlint why USER --from CLIENT [PATH...]
                                which account a client gets and why, or which error and what to change
  grantlint files [PATH...]     which file is read as what, and why others are passed over
  grantlint table [PATH...]     the account table, sorted as the server sorts it
  grantlint convert [PATH...]   what was understood, as one policy in the native format; without secrets
  grantlint parse FILE          the account statements of a file of SQL, and where a server rejects one
  grantlint rules               the rules, a line each
  grantlint rule NAME           one rule: why, examples, what to do
  grantlint schema policy       the JSON Schema of the policy format; `schema findings`: of --format json

  A folder with the name of a command: `grantlint check rules` or `grantlint ./rules`.

exit status:
  0  nothing found
  1  findings
  2  misuse, or a broken configuration
  3  a rule crashed; the others have reported
  4  no account declaration found (0 with --allow-empty)
"""


def parser() -> Parser:
    """Return the parser of this command's arguments."""
    made = Parser("", DESCRIPTION, EPILOG)
    made.usage = "grantlint [check] [PATH ...] [options]"
    add = made.add
    # fmt: off
    add("paths", metavar="PATH", nargs="*", help="files and folders, - for standard input (default: this folder)")
    add("--server", metavar="NAME", action="append", default=[],
        help="judge as this server, such as mysql-8.4 or mariadb-10.11; repeatable (default: what the files say)")
    add("--select", metavar="RULE", action="append", default=[],
        help="check these rules or tags only; repeatable, or with commas")
    add("--ignore", metavar="RULE", action="append", default=[], help="leave out these rules or tags")
    add("--format", choices=("text", "json"), default="text", help="how to report (default: text)")
    add("--quiet", "-q", action="store_true", help="a line for each finding, and no summary")
    add("--no-color", action="store_true", help="no colours on a terminal, as with NO_COLOR in the environment")
    add("--allow-empty", action="store_true", help="exit with 0 where no account declaration is found")
    add("--stdin-filename", metavar="PATH", help="the path that standard input stands for")
    add("--input-format", metavar="NAME", help="read every file as this format, such as ansible (default: by content)")
    add("--scope", metavar="DIR",
        help="read the accounts below this folder too, but report only what concerns PATH: for hooks and editors")
    add("--version", action="store_true", help="print the version and exit")
    # fmt: on
    add_configuration(made)
    return made


def run(arguments: Sequence[str]) -> int:
    """Check what the arguments name and print a report; return the exit status."""
    options = parser().parse(arguments)
    settings = _settings(options)
    if options.version:
        print_report(f"grantlint {__version__}\n")
        return CLEAN
    paths = paths_in(options.paths, options)
    loaded, report = _checked(paths, settings, options)
    if options.format == "json" or report.findings or not loaded.is_empty:
        print_report(_rendered(report, options))
    for rule, error in report.crashes.items():
        complain(f"rule {rule} crashed ({type(error).__name__}); --debug shows where")
        if options.debug:
            show_traceback(error)
    if report.crashes:
        return CRASHED
    if report.findings:
        return FOUND
    if loaded.is_empty:
        if not options.allow_empty:
            raise NothingToCheck(_nothing(loaded, paths))
        if EXCLUDED in loaded.search.passed_over:
            complain(_nothing(loaded, paths))
    return CLEAN


def _settings(options: SimpleNamespace) -> Settings:
    """Put the command line over the configuration: --select replaces, --ignore adds."""
    settings = settings_of(options)
    return settings._replace(
        select=words_of(options.select) or settings.select,
        ignore=(*settings.ignore, *words_of(options.ignore)),
        asked_servers=words_of(options.server),
    )


def _checked(paths: Sequence[str], settings: Settings, options: SimpleNamespace) -> tuple[Loaded, Report]:
    """Load and judge. Rules are not even imported for a tree without accounts, unless the settings name some."""
    judge = _judge_by(settings) if settings.names_rules_or_servers else None  # a slip is told before a tree is read
    loaded = load(
        paths, settings, scope=options.scope, stdin_filename=options.stdin_filename, input_format=options.input_format
    )
    if loaded.is_empty:
        return loaded, Report((), (), (), {}, loaded.summary)
    return loaded, (judge or _judge_by(settings))(loaded)


def _judge_by(settings: Settings) -> Callable[[Loaded], Report]:
    from grantlint.cli.judging import plan  # noqa: PLC0415 - rules and engine are half of the start-up time

    return plan(settings).judge


def _rendered(report: Report, options: SimpleNamespace) -> str:
    if options.format == "json":
        from grantlint.report.json import json  # noqa: PLC0415 - the encoder, for this format alone

        return json(report)
    from grantlint.report.text import text  # noqa: PLC0415 - as above

    return text(report, colour=wants_colour(refused=options.no_color), quiet=options.quiet)


def _nothing(loaded: Loaded, paths: Sequence[str]) -> str:
    passed_over = sorted(loaded.search.passed_over.items(), key=lambda item: -len(item[1]))
    reasons = "; ".join(f"{len(files):,} x {why}" for why, files in passed_over)
    where = " ".join(paths)
    return f"nothing to check: no account declaration in {where}" + (f" ({reasons})" if reasons else "")
