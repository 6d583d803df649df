"""`grantlint [check] [PATH...]`: read declarations, judge them, report."""

from collections.abc import Sequence
from types import SimpleNamespace

from grantlint import __version__
from grantlint.cli.options import Parser, add_configuration, request_of, settings_of, words_of
from grantlint.cli.reports import deliver, outputs_wanted
from grantlint.cli.terminal import is_terminal, print_report, wants_colour
from grantlint.lint.profile import Profile
from grantlint.platform.errors import UsageError
from grantlint.report.findings.content import Look
from grantlint.report.findings.outputs import OUTPUTS
from grantlint.report.page import page
from grantlint.run.checking import CLEAN, Asked, Fixing, Wanted, checked
from grantlint.run.settings import Settings

DESCRIPTION = "Find what is wrong with MySQL and MariaDB accounts, in the files that declare them."
EPILOG = """\
commands (as the first word; without one, `check` is meant):
  grantlint [check] [PATH...]   what is wrong with the accounts in files and folders
  grantlint why USER --from CLIENT [PATH...]
                                which account a client gets and why, or which error and what to change
  grantlint files [PATH...]     which file is read as what, and why others are passed over
  grantlint table [PATH...]     the account table, sorted as the server sorts it
  grantlint convert [PATH...]   what was understood, as one policy or as JSON, a declaration a line; without secrets
  grantlint parse FILE          the account statements of a file of SQL, and where a server rejects one
  grantlint rules               the rules, a line each
  grantlint rule NAME           one rule: why, examples, what to do
  grantlint schema policy       the JSON Schema of the policy format; `schema findings`: of --output json;
                                `schema declarations`: of convert --to json

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
        help="check these rules, tags or controls only; repeatable, or with commas")
    add("--ignore", metavar="RULE", action="append", default=[], help="leave out these rules, tags or controls")
    add("--profile", choices=[str(profile) for profile in Profile],
        help="which rules run: each profile holds those before it (default: default)")
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
        print_report(page([f"grantlint {__version__}"]))
        return CLEAN
    colour = wants_colour(options.color)
    editions = words_of(options.edition)
    look = Look(colour, options.quiet, links=colour and is_terminal(), editions=editions)
    outputs = outputs_wanted([*options.output, *filter(None, [options.format])])
    settings = _with_evidence(settings, editions, outputs)
    asked = Asked(outputs, look, allow_empty=options.allow_empty, debug=options.debug)
    fixing = _fixing(options)
    if fixing is not None:
        asked = asked._replace(fixing=fixing)
    ending = checked(request_of(options.paths, options), settings, asked)
    return deliver(ending)


def _with_evidence(settings: Settings, editions: Sequence[str], outputs: Sequence[Wanted]) -> Settings:
    """Let the rules run that are evidence, whatever their profile, where it is wanted; UsageError for a slip."""
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
    if not (options.fix or options.diff):
        if options.unsafe_fixes:
            raise UsageError("--unsafe-fixes goes with --fix, or with --diff to see what it would change")
        return None
    if "-" in options.paths:
        raise UsageError("--fix and --diff change files: name them; standard input is none")
    return Fixing(unsafe=options.unsafe_fixes, diff=options.diff)


def _settings(options: SimpleNamespace) -> Settings:
    """Put the command line over the configuration: --select replaces, --ignore adds."""
    settings = settings_of(options)
    select = words_of(options.select)
    return settings._replace(
        select=select or settings.select,
        profile=Profile[options.profile.upper()] if options.profile else settings.profile,
        ignore=(*settings.ignore, *words_of(options.ignore)),
        switched_off=tuple(one for one in settings.switched_off if not (select and one.startswith("select "))),
    )
