"""`grantlint convert PATH... --to policy`: what was understood of any format, as one policy in the native one."""

from collections.abc import Sequence

from grantlint.cli.loading import load
from grantlint.cli.options import Parser, add_configuration, paths_in, settings_of
from grantlint.cli.terminal import complain, print_report
from grantlint.errors import NothingToCheck
from grantlint.grouping import group

DESCRIPTION = """\
Print the declarations that were understood as one policy, a document for each server: to move to it, or to compare.
Passwords and hashes are never printed; `secret: vault:TODO/...` stands in their place. What nobody knows before a run
is a template, what a policy cannot say is left out with a comment."""
EPILOG = """\
exit status:
  0  printed
  2  misuse
  4  no account declaration found
"""


def parser() -> Parser:
    """Return the parser of this command's arguments."""
    made = Parser("convert", DESCRIPTION, EPILOG)
    made.usage = "grantlint convert [PATH ...] [--to policy] [options]"
    add = made.add
    # fmt: off
    add("paths", metavar="PATH", nargs="*", help="files and folders, - for standard input (default: this folder)")
    add("--to", choices=("policy",), default="policy", help="the format to print (default: policy)")
    add("--stdin-filename", metavar="PATH", help="the path that standard input stands for")
    add("--input-format", metavar="NAME", help="read every file as this format, such as ansible (default: by content)")
    # fmt: on
    add_configuration(made)
    return made


def run(arguments: Sequence[str]) -> int:
    """Print the policy that the arguments ask for; return the exit status."""
    options = parser().parse(arguments)
    paths = paths_in(options.paths, options)
    settings = settings_of(options)
    loaded = load(paths, settings, stdin_filename=options.stdin_filename, input_format=options.input_format)
    servers = [server for server in group(loaded.declarations) if server.accounts or server.roles]
    for remark in loaded.search.remarks:
        complain(remark)
    number = len(loaded.faults)
    if number:
        many = "fault" if number == 1 else "faults"
        complain(f"the files have {number:,} {many}, and what those hide is left out: run grantlint on them")
    if not servers:
        raise NothingToCheck(f"nothing to convert: no account declaration in {' '.join(paths)}")
    from grantlint.report.policy import policy  # noqa: PLC0415 - it knows all of the policy's schema

    print_report(policy(servers))
    return 0
