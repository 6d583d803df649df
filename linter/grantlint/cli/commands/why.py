"""`grantlint why USER --from CLIENT`: who gets in as whom, why, what then, or what is wrong and what to change.

Instead of USER the error that somebody holds in the hand will do: a sentence or its number.
"""

from collections.abc import Sequence

from grantlint.cli.options import Parser, add_configuration, add_input
from grantlint.platform.errors import UsageError
from grantlint.platform.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from types import SimpleNamespace

    from grantlint.cli.complaint import Complaint

UNKNOWN = 5

DESCRIPTION = """\
Say which account a client gets, and why: with the error and its causes where it gets none, and with what the
session may do where it does. Nothing is connected to; the files are taken for what the server holds."""
EPILOG = """\
exit status:
  0  the client is let in, and may do what was asked for
  1  it is refused, or lacks a privilege asked for, on one server at least
  2  misuse
  4  no account declaration found
  5  not known: something that nobody can read in the files decides
"""


def parser() -> Parser:
    """Return the parser of this command's arguments."""
    made = Parser("why", DESCRIPTION, EPILOG)
    made.usage = 'grantlint why USER --from CLIENT [PATH ...] [options]\n       grantlint why "ERROR ..." [PATH ...]'
    add = made.add
    # fmt: off
    add("words", metavar="USER [PATH ...]", nargs="*",
        help="the user name that the client sends ('' for none), or the error that it got, as a sentence or number (-: "
        "on standard input); then files and folders, - for standard input (default: this folder)")
    add("--user", metavar="NAME", help="the user, where the error does not name one")
    add("--from", metavar="CLIENT", dest="client",
        help="an address, a name, name=address, a host that a policy declares, or socket")
    add("--database", "-d", metavar="NAME", help="what the session may do in this database")
    add("--privilege", "-p", metavar="NAME", action="append", default=[],
        help="which grant gives this privilege; repeatable, or with commas")
    add("--server", metavar="NAME", action="append", default=[],
        help="answer as this server, such as mysql-8.4 or mariadb-10.11; repeatable (default: what the files say)")
    add("--client", metavar="NAME", dest="software",
        help="the program that connects, such as mysql-5.6, php-7.3 or connector-j-5.1: whether it knows the plugin")
    add("--format", choices=("text", "json"), default="text", help="how to answer (default: text)")
    add("--all", action="store_true", help="say which usual causes do not apply, too, and what old pages get wrong")
    add_input(made, "printed")
    # fmt: on
    add_configuration(made)
    return made


def _may_be_error(word: str) -> bool:
    return " " in word or word.lstrip("#").isdecimal() or word.startswith(("ER_", "MY-"))


def _pasted() -> str:
    """Return the error that stands on standard input, alone or among other lines."""
    from grantlint.platform.opening import open_named  # noqa: PLC0415 - for this form alone
    from grantlint.reader.tree.contents import NotTextError, decode  # noqa: PLC0415 - as above

    try:
        with open_named("-") as file:
            return decode(file.read())
    except NotTextError as error:
        raise UsageError(f"-: {error}") from error


def run(arguments: Sequence[str]) -> int:
    """Print the answers asked for and return the exit status."""
    options = parser().parse(arguments)
    words: list[str] = options.words
    if words and words[0] == "-":
        words[0] = _pasted()
    if not words or (options.client is None and not _may_be_error(words[0])):
        raise UsageError(
            "why USER --from CLIENT: who connects, and from where?",
            'why "ERROR 1045 (28000): Access denied for user ..." takes the error that the client got',
            "try `grantlint why --help`",
        )
    from grantlint.cli.answering import print_answers  # noqa: PLC0415 - a mistake needs none of it
    from grantlint.cli.complaint import complaint_in, user_in  # noqa: PLC0415 - as above
    from grantlint.cli.terminal import print_report  # noqa: PLC0415 - as above
    from grantlint.report.answers.beside import BESIDE, NO_DEFINER, beside  # noqa: PLC0415 - as above
    from grantlint.report.answers.refusals import ERRORS  # noqa: PLC0415 - as above

    complaint = complaint_in(words[0])
    if complaint is None:
        if options.client is None or "\n" in words[0].strip():
            raise UsageError(
                "no error that a server or its client gives is told there: give its sentence or its number",
                "accounts on standard input come last: grantlint why USER --from CLIENT -",
            )
        return print_answers(user_in(words[0]), words[1:], options)
    if complaint.errno in BESIDE:
        print_report(beside(complaint.errno))
        return UNKNOWN
    if complaint.errno == NO_DEFINER and complaint.user is not None:
        from grantlint.cli.answering import print_definer  # noqa: PLC0415 - for this error alone

        return print_definer(complaint.user, complaint.account or complaint.host or "%", words[1:], options)
    if complaint.errno in ERRORS:
        from grantlint.cli.answering import print_refusals  # noqa: PLC0415 - for these errors alone

        return print_refusals(complaint.errno, words[1:], options)
    options.client = options.client or complaint.host
    if " " not in words[0].strip():
        _refuse_silent(complaint, options)
    return print_answers(complaint.user if options.user is None else options.user, words[1:], options, complaint)


def _refuse_silent(complaint: "Complaint", options: "SimpleNamespace") -> None:
    """Raise UsageError for a number alone: it says nothing of who connects."""
    wanted = [
        word for word, value in (("--user NAME", options.user), ("--from CLIENT", options.client)) if value is None
    ]
    if wanted:
        raise UsageError(f"ERROR {complaint.errno} does not say who connects from where: give {' and '.join(wanted)}")
