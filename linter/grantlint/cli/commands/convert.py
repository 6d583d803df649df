"""`grantlint convert PATH...`: what was understood of any format, as one policy or as one JSON object a line."""

from collections.abc import Sequence

from grantlint.cli.options import Parser, add_configuration, add_input, add_paths, request_of, settings_of
from grantlint.cli.terminal import print_report, warn
from grantlint.platform.errors import NothingToCheck, UsageError
from grantlint.report.page import Page
from grantlint.run.loading import Loaded, load
from grantlint.run.settings import Settings
from grantlint.servers.grouping import gathered, group

DESCRIPTION = """\
Print the declarations that were understood, without passwords and hashes. `--to policy`: as one policy, a document for
each server, to move to it, or to compare; `secret: vault:TODO/...` stands for passwords, what nobody knows before a run
is a template, what a policy cannot say is left out with a comment. `--to json`: every declaration and step, an object
a line, with its place and what became of it; `grantlint schema declarations` describes the lines."""
EPILOG = """\
exit status:
  0  printed
  2  misuse
  4  no account declaration found
"""


def parser() -> Parser:
    """Return the parser of this command's arguments."""
    made = Parser("convert", DESCRIPTION, EPILOG)
    made.usage = "grantlint convert [PATH ...] [--to policy|json] [options]"
    add = made.add
    # fmt: off
    add_paths(made)
    add("--to", choices=("policy", "json"), default="policy", help="what to print: policy or json (default: policy)")
    add("--server", metavar="NAME", action="append", default=[],
        help="for json: what becomes of it on this server, such as mysql-8.4; repeatable (default: what the files say)")
    add_input(made)
    # fmt: on
    add_configuration(made)
    return made


def run(arguments: Sequence[str]) -> int:
    """Print what the arguments ask for and return the exit status."""
    options = parser().parse(arguments)
    if options.server and options.to != "json":
        raise UsageError("--server goes with --to json: a policy says nothing of what becomes of it")
    settings = settings_of(options)
    request = request_of(options.paths, options)
    loaded = load(request, settings)
    report = as_json(loaded, settings) if options.to == "json" else as_policy(loaded)
    warn(loaded.search.remarks, len(loaded.faults), "left out")
    if report is None:
        raise NothingToCheck(f"nothing to convert: no account declaration in {' '.join(request.paths)}")
    print_report(report)
    return 0


def as_policy(loaded: Loaded) -> Page | None:
    """Return one policy, None where no account or role is declared."""
    servers = [server for server in group(loaded.declarations) if server.accounts or server.roles]
    if not servers:
        return None
    from grantlint.report.policy.document import policy  # noqa: PLC0415 - it knows all of the policy's schema

    return policy(servers)


def as_json(loaded: Loaded, settings: Settings) -> Page | None:
    """Return a line for everything read, None where there is nothing.

    It is judged as the settings say.
    """
    if loaded.is_empty:
        return None
    from grantlint.report.declared.lines import Judged, Strays, json  # noqa: PLC0415 - for this format alone
    from grantlint.run.judging.products import Products  # noqa: PLC0415 - as above

    servers = gathered(loaded.declarations)
    judged, faults, _ = Products.of(settings).panels(one.declared for one in servers)
    said = dict.fromkeys(one for server in servers for one in server.declared.not_checked)
    return json(
        loaded.declarations,
        [Judged(server.parts, panel) for server, panel in zip(servers, judged, strict=True)],
        Strays([*loaded.search.faults, *faults], [*said]),
    )
