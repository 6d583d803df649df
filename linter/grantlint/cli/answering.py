"""From files and a question to answers: one for each server, each product that it may be, and each client meant."""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace

from grantlint.access.product.clients import SOFTWARE, Release, release_of
from grantlint.access.server.answer import Question, answer
from grantlint.cli.clients import clients_meant
from grantlint.cli.complaint import Complaint
from grantlint.cli.options import words_of
from grantlint.cli.served import Served, served
from grantlint.cli.terminal import print_report
from grantlint.platform.errors import UsageError
from grantlint.report.answers.text import Asking

ADMITTED, REFUSED, UNKNOWN = 0, 1, 5


def print_answers(user: str, paths: Sequence[str], options: SimpleNamespace, complaint: Complaint | None = None) -> int:
    """Print who gets the client of the options on each server that the paths declare; return the exit status.

    complaint: the error that somebody has, which is held against the answers.
    """
    answers = list(_answers(user, served(paths, options), options, complaint))
    _refuse_unknown(answers)
    if options.format == "json":
        from grantlint.report.answers.json import json  # noqa: PLC0415 - for this format alone

        print_report(json(answers))
    else:
        from grantlint.report.answers.text import text  # noqa: PLC0415 - as above

        print_report(text(answers, everything=options.all))
    if all(asking.answer.admitted and not asking.answer.unless for asking in answers):
        return ADMITTED
    return REFUSED if any(one.answer.is_known and not one.answer.admitted for one in answers) else UNKNOWN


def _answers(user: str, here: Served, options: SimpleNamespace, complaint: Complaint | None) -> Iterator[Asking]:
    privileges = words_of(options.privilege) or (complaint.privileges if complaint is not None else ())
    database = options.database or (complaint.database if complaint is not None else None)
    table = complaint.table if complaint is not None and database is not None else None
    release = _release(options.software)
    everywhere = [host for panel in here.panels for host in panel.declared.hosts]
    for panel in here.panels:
        hosts = panel.declared.hosts
        for client, remark in clients_meant(options.client, (*hosts, *everywhere)):
            for server in panel.servers:
                told = answer(server, Question(user, client, database, privileges, release, table))
                if not told.admitted:
                    told = told._replace(unless=(*told.unless, *here.unread))
                yield Asking(panel.declared.name, told, remark, panel.assumed, complaint)


def _release(text: str | None) -> Release | None:
    """Return the release of a client that --client names; UsageError for none."""
    if text is None:
        return None
    release = release_of(text)
    if release is None:
        names = ", ".join(one.name for one in SOFTWARE)
        raise UsageError(
            f"--client {text}: no client is known by this name; known are {names}, with a version behind it"
        )
    return release


def _refuse_unknown(answers: Sequence[Asking]) -> None:
    """Raise UsageError for a privilege that none of the servers has: nobody means that question."""
    asked = [one for asking in answers for winner in asking.answer.winners for one in winner.asked]
    for name in dict.fromkeys(one.privilege for one in asked):
        unknown = [one.unknown for one in asked if one.privilege == name]
        if all(unknown):
            raise UsageError(unknown[0])
