"""`grantlint [check] [PATH...]`: read declarations, judge them, report."""

from collections.abc import Sequence
from types import SimpleNamespace

from grantlint import __version__
from grantlint.cli.options import (
    Parser,
    add_configuration,
    add_input,
    add_paths,
    add_rules,
    parts_of,
    request_of,
    words_of,
)
from grantlint.cli.reports import deliver, outputs_wanted
from grantlint.cli.terminal import is_terminal, print_report, wants_colour
from grantlint.platform.errors import UsageError
from grantlint.report.findings.content import Look
from grantlint.report.findings.outputs import OUTPUTS
from grantlint.report.page import page
from grantlint.run.asked import Asked, Fixing, Part, Wanted
from grantlint.run.checking import checked
from grantlint.run.gate.threshold import threshold_of
from grantlint.run.settings import LEVELS, Settings

DESCRIPTION = "Find what is wrong with MySQL and MariaDB accounts, in the files that declare them."
EPILOG = """\
commands (as the first word; without one, `check` is meant):
  grantlint [check] [PATH...]   what is wrong with the accounts in files and folders
  grantlint baseline [PATH...]  record today's findings; later runs with --baseline report what is new
  grantlint why USER --from CLIENT [PATH...]
                                which account a client gets and why, or which error and what to change
  grantlint files [PATH...]     which file is read as what, and why others are passed over
  grantlint table [PATH...]     the account table, sorted as the server sorts it
  grantlint convert [PATH...]   what was understood, as one policy or as JSON, a declaration a line; without secrets
  grantlint parse FILE          the account statements of a file of SQL, and where a server rejects one
  grantlint lsp                 a language server, for editors (the extra grantlint[lsp])
  grantlint rules               the rules, a line each
  grantlint rule NAME           one rule: why, examples, what to do
  grantlint test-rules          whether rules of the configuration report what their examples say
  grantlint init [FOLDER]       a first grantlint.toml, from what is found there; it changes no finding
  grantlint config [PATH...]    every setting that holds for them, and where its value comes from
  grantlint schema policy       the JSON Schema of the policy format; `schema config`: of grantlint.toml;
                                `schema findings`: of --output json; `schema declarations`: of convert --to json

  A folder with the name of a command: `grantlint check rules` or `grantlint ./rules`.

exit status:
  0  nothing found that is as bad as --fail-on (an error, unless you say otherwise)
  1  findings as bad as that
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
    add_paths(made)
    add_rules(made)
    add("--output", "-o", metavar="NAME[:FILE]", action="append", default=[],
        help="how to report, and into which file (default: text); repeatable: " + ", ".join(OUTPUTS))
    add("--format", metavar="NAME", help="as --output")
    add("--edition", metavar="NAME", action="append", default=[],
        help="with --output compliance: of which benchmark, such as cis-mysql-8.4 (default: those of the servers)")
    add("--fix", action="store_true", help="fix what can be fixed without changing anybody's access")
    add("--diff", action="store_true", help="show what --fix would change, and write nothing (exit status 1 if any)")
    add("--unsafe-fixes", action="store_true",
        help="with --fix or --diff: also the fixes that take access away or give it; each says which")
    add("--quiet", "-q", action="store_true", help="a line for each finding, and no summary")
    add("--color", choices=("auto", "always", "never"), default="auto",
        help="colours (default: auto: on a terminal, or where FORCE_COLOR is set, unless NO_COLOR is)")
    add("--no-color", action="store_const", const="never", dest="color", default="auto", help="as --color never")
    add("--fail-on", choices=LEVELS, help="exit with 1 for findings as bad as this (default: error)")
    add("--max-findings", metavar="N", help="let N findings that are as bad pass (default: 0)")
    add("--fail-on-unchecked", action="store_true", help="exit with 1 where a value could not be checked, too")
    add("--time-limit", metavar="SECONDS",
        help="end after so many seconds; files and servers that are not reached are named as not decided")
    add("--exit-zero", action="store_true", help="exit with 0 whatever is found")
    add("--baseline", metavar="FILE", help="report what this file does not have, as `grantlint baseline` wrote it")
    add("--no-baseline", action="store_true", help="report everything, also where the configuration names a baseline")
    add("--changed-since", metavar="REV",
        help="report what a change brings: findings on lines that differ from git's REV, and new ones elsewhere")
    add("--add-ignores", metavar="REASON",
        help="write a comment at each finding that silences it, with this reason; --diff shows them")
    add("--no-ignores", action="store_true", help="report also what comments in the files silence")
    add("--show-examples", action="store_true",
        help="list the findings in tests, examples, docs and vendored code, which text only counts")
    add("--allow-empty", action="store_true", help="exit with 0 where no account declaration is found")
    add_input(made)
    add("--scope", metavar="DIR",
        help="read the accounts below this folder too, but report only what concerns PATH: for hooks and editors")
    add("--version", action="store_true", help="print the version and exit")
    # fmt: on
    add_configuration(made)
    return made


def run(arguments: Sequence[str]) -> int:
    """Print a report on the arguments' files and return the exit status."""
    options = parser().parse(arguments)
    options.output = [*options.output, *filter(None, [options.format])]
    parts = parts_of(options, _part)
    if options.version:
        print_report(page([f"grantlint {__version__}"]))
        return 0
    return deliver(checked(parts))


def _part(options: SimpleNamespace, settings: Settings) -> Part:
    """Return what options ask for where these settings hold; UsageError for what cannot be done."""
    colour = wants_colour(options.color)
    editions = words_of(options.edition)
    look = Look(colour, options.quiet, links=colour and is_terminal(), editions=editions)
    outputs = outputs_wanted(settings.outputs, in_hook=bool(options.scope))
    settings = _with_evidence(settings, editions, outputs)
    baseline = None
    if settings.baseline:
        from grantlint.run.gate.baseline_file import read_baseline  # noqa: PLC0415 - only where there is one

        baseline = read_baseline(settings.baseline, settings.revision)
    asked = Asked(outputs, look, settings.allow_empty, threshold_of(settings), baseline, debug=options.debug)
    fixing = _fixing(options)
    if fixing is not None:
        asked = asked._replace(fixing=fixing)
    return Part(request_of(options.paths, options), settings, asked)


def _with_evidence(settings: Settings, editions: Sequence[str], outputs: Sequence[Wanted]) -> Settings:
    """Return the settings by which all evidence of controls is found.

    Rules that are evidence run whatever their profile, where it is wanted. Raises UsageError for a slip.
    """
    wanted = any(one.output.startswith("compliance") for one in outputs)
    if editions and not wanted:
        raise UsageError("--edition goes with --output compliance, or compliance-markdown, -html, -csv or -json")
    if not wanted:
        return settings
    from grantlint.lint.controls import every_control  # noqa: PLC0415 - a table that is for evidence alone

    known = sorted({control.edition for control in every_control().values()})
    slip = next((name for name in editions if name not in known), None)
    if slip:
        raise UsageError(f"no edition is named {slip!r}; there are {', '.join(known)}")
    return settings._replace(editions=tuple(editions or known))


def _fixing(options: SimpleNamespace) -> Fixing | None:
    if options.add_ignores is not None and (options.fix or options.unsafe_fixes or options.no_ignores):
        raise UsageError("--add-ignores goes without --fix, --unsafe-fixes and --no-ignores: fix first")
    if options.changed_since and (options.fix or options.diff or options.add_ignores is not None):
        raise UsageError("--changed-since reports; it goes without --fix, --diff and --add-ignores")
    if not (options.fix or options.diff or options.add_ignores is not None):
        if options.unsafe_fixes:
            raise UsageError("--unsafe-fixes goes with --fix, or with --diff to see what it would change")
        return None
    if "-" in options.paths:
        raise UsageError("--fix, --diff and --add-ignores change files: name them; standard input is none")
    if options.add_ignores is not None:
        from grantlint.run.fixing.ignoring import checked_reason  # noqa: PLC0415 - only for who writes them

        return Fixing(diff=options.diff, ignores=checked_reason(options.add_ignores))
    return Fixing(unsafe=options.unsafe_fixes, diff=options.diff)
