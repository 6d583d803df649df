"""From files and a question to answers: one for each server, each product that it may be, and each client meant."""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace

from grantlint.access.server.answer import Question, answer
from grantlint.cli.clients import clients_meant
from grantlint.cli.options import words_of
from grantlint.cli.served import served
from grantlint.cli.terminal import print_report
from grantlint.errors import UsageError
from grantlint.report.answers.text import Asking
from grantlint.servers.panel import Panel

ADMITTED, REFUSED = 0, 1


def print_answers(user: str, paths: Sequence[str], options: SimpleNamespace) -> int:
    """Print who gets the client of the options on each server that the paths declare; return the exit status."""
    answers = list(_answers(user, served(paths, options), options))
    _refuse_unknown(answers)
    if options.format == "json":
        from grantlint.report.answers.json import json  # noqa: PLC0415 - for this format alone

        print_report(json(answers))
    else:
        from grantlint.report.answers.text import text  # noqa: PLC0415 - as above

        print_report(text(answers))
    return ADMITTED if all(asking.answer.admitted for asking in answers) else REFUSED


def _answers(user: str, panels: Sequence[Panel], options: SimpleNamespace) -> Iterator[Asking]:
    privileges = words_of(options.privilege)
    everywhere = [host for panel in panels for host in panel.declared.hosts]
    for panel in panels:
        hosts = panel.declared.hosts
        for client, remark in clients_meant(options.client, (*hosts, *everywhere)):
            for server in panel.servers:
                question = Question(user, client, options.database, privileges)
                yield Asking(panel.declared.name, answer(server, question), remark, panel.assumed)


def _refuse_unknown(answers: Sequence[Asking]) -> None:
    """Raise UsageError for a privilege that none of the servers has: nobody means that question."""
    asked = [one for asking in answers for winner in asking.answer.winners for one in winner.asked]
    for name in dict.fromkeys(one.privilege for one in asked):
        unknown = [one.unknown for one in asked if one.privilege == name]
        if all(unknown):
            raise UsageError(unknown[0])
