"""`grantlint why USER --from CLIENT`: who gets in as whom, why, what then, or what is wrong and what to change."""

from collections.abc import Sequence

from grantlint.cli.options import Parser, add_configuration
from grantlint.errors import UsageError

ADMITTED, REFUSED = 0, 1

DESCRIPTION = """\
Say which account a client gets, and why: with the error and its causes where it gets none, and with what the
session may do where it does. Nothing is connected to; the files are taken for what the server holds."""
EPILOG = """\
exit status:
  0  the client is let in, and may do what was asked for
  1  it is refused, or lacks a privilege asked for, on one server at least
  2  misuse
  4  no account declaration found
"""


def parser() -> Parser:
    """Return the parser of this command's arguments."""
    made = Parser("why", DESCRIPTION, EPILOG)
    made.usage = "grantlint why USER --from CLIENT [PATH ...] [options]"
    add = made.add
    # fmt: off
    add("words", metavar="USER [PATH ...]", nargs="*",
        help="the user name that the client sends ('' for none), then files and folders (default: this folder)")
    add("--from", metavar="CLIENT", dest="client",
        help="an address, a name, name=address, a host that a policy declares, or socket")
    add("--database", "-d", metavar="NAME", help="what the session may do in this database")
    add("--privilege", "-p", metavar="NAME", action="append", default=[],
        help="which grant gives this privilege; repeatable, or with commas")
    add("--server", metavar="NAME", action="append", default=[],
        help="answer as this server, such as mysql-8.4 or mariadb-10.11; repeatable (default: what the files say)")
    add("--format", choices=("text", "json"), default="text", help="how to answer (default: text)")
    add("--stdin-filename", metavar="PATH", help="the path that standard input stands for")
    # fmt: on
    add_configuration(made)
    return made


def run(arguments: Sequence[str]) -> int:
    """Print the answers that the arguments ask for; return the exit status."""
    options = parser().parse(arguments)
    words: list[str] = options.words
    if not words or options.client is None:
        raise UsageError("why USER --from CLIENT: who connects, and from where?", "try `grantlint why --help`")
    from grantlint.cli.answering import print_answers  # noqa: PLC0415 - a mistake needs none of it

    return print_answers(words[0], words[1:], options)
