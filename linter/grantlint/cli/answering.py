"""From files and a question to answers: one for each server, each product that it may be, and each client meant."""

import os
from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace

from grantlint.access.product.clients import SOFTWARE, Release, release_of
from grantlint.access.server.answer import answer
from grantlint.access.server.doubts.unless import Unless
from grantlint.access.server.winner import Question
from grantlint.cli.clients import Meant, client_of_account, clients_meant
from grantlint.cli.complaint import Complaint
from grantlint.cli.options import words_of
from grantlint.cli.served import Served, served
from grantlint.cli.terminal import print_report
from grantlint.model import Grant, NamedHost
from grantlint.model.location import known
from grantlint.model.scope import Level
from grantlint.model.scope.databases import literal_of
from grantlint.platform.errors import UsageError
from grantlint.report.answers.asking import Asking
from grantlint.servers.panel import Panel

ADMITTED, REFUSED, UNKNOWN = 0, 1, 5

_ADMINISTRATORS = frozenset({"root", "mariadb.sys", "mysql.sys", "mysql.session", "mysql.infoschema"})
_OF_CLIENTS = frozenset({0, 1045, 1130})
"""Errors that a client gets whom no account takes: another that one takes says nothing of it."""

_SHOWN = 5  # users in a sentence


def print_answers(
    user: str | None, paths: Sequence[str], options: SimpleNamespace, complaint: Complaint | None = None
) -> int:
    """Print the answers of each declared server and return the exit status.

    They say who gets the client of the options. complaint: the error that somebody has, which is held against the
    answers.
    """
    here = served(paths, options)
    user, remark = (user, "") if user is not None else _only_user(here, complaint)
    answers = list(_answers(user, here, options, complaint, remark))
    if options.privilege:
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


def print_refusals(errno: int, paths: Sequence[str], options: SimpleNamespace) -> int:
    """Print which statements get an error.

    Return the exit status.
    """
    if options.format == "json":
        raise UsageError(f"ERROR {errno} is one of a statement: its answer is text, and no client is asked about")
    from grantlint.report.answers.refusals import refusals  # noqa: PLC0415 - for such errors alone

    panels = served(paths, options).panels
    servers = [(panel.declared, server) for panel in panels for server in panel.servers]
    told, any_ = refusals(errno, servers)
    print_report(told)
    return REFUSED if any_ else ADMITTED


def print_definer(user: str, host: str, paths: Sequence[str], options: SimpleNamespace) -> int:
    """Print whether files declare the account of a definer.

    Return the exit status.
    """
    from grantlint.report.answers.beside import definer  # noqa: PLC0415 - for one error alone

    panels = served(paths, options).panels
    told, lacks = definer(user, host, [(panel.declared.name, server) for panel in panels for server in panel.servers])
    print_report(told)
    return REFUSED if lacks else ADMITTED


def _only_user(here: Served, complaint: Complaint | None) -> tuple[str, str]:
    """Return the user whom alone the files declare, and that he was taken.

    Administrators count where nobody else is declared. Raises UsageError for several.
    """
    errno = complaint.errno if complaint is not None else 0
    accounts = [account for panel in here.panels for account in panel.declared.accounts]
    names = [*dict.fromkeys(name for account in accounts if (name := known(account.user)))]
    meant = [name for name in names if name not in _ADMINISTRATORS] or names
    if len(meant) != 1:
        shown = f"these files declare {', '.join(map(repr, names[:_SHOWN]))}{' and more' * (len(names) > _SHOWN)}"
        raise UsageError(f"ERROR {errno} does not say who connects: give --user NAME", shown)
    return meant[0], f"the error names no user: asked for {meant[0]!r}, whom these files declare"


def _of_account(user: str, here: Served, errno: int) -> Meant:
    """Return a client that an account of the user takes.

    Raises UsageError where there is none, or where the error is that of a client which no account takes.
    """
    for panel in here.panels if errno not in _OF_CLIENTS else ():
        for account in panel.declared.accounts:
            host = known(account.host)
            if known(account.user) == user and host is not None:
                try:
                    client, _ = client_of_account(user, host, panel.servers[0].installation.target)
                except UsageError:
                    continue
                return Meant(client, f"the error names no client: asked for one that {account} takes")
    raise UsageError(f"ERROR {errno} does not say from where {user!r} connects: give --from CLIENT")


def _answers(
    user: str, here: Served, options: SimpleNamespace, complaint: Complaint | None, taken: str
) -> Iterator[Asking]:
    release = _release(options.software)
    everywhere = [host for panel in here.panels for host in panel.declared.hosts]
    silent = options.client is None and (complaint is None or complaint.account is None)
    other = _of_account(user, here, complaint.errno if complaint is not None else 0) if silent else None
    for panel in here.panels:
        said, guess = _said(complaint, options.database, user, panel)
        privileges = words_of(options.privilege) or said.privileges
        meant = [other] if other is not None else _clients(options.client, said, user, panel, everywhere)
        for client, remark in meant:
            for server in panel.servers:
                question = Question(user, client, said.database, privileges, release)
                if said.database is not None:
                    question = question._replace(table=said.table, column=said.column, routine=said.routine)
                told = answer(server, question._replace(any_of=said.any_of))
                if not told.admitted:
                    told = told._replace(unless=(*told.unless, *here.unread))
                if not told.winners:
                    told = told._replace(unless=(*told.unless, *_made_beside(panel, here.made)))
                remarks = "; ".join(filter(None, (taken, remark, guess)))
                yield Asking(panel.declared.name, told, remarks, panel.assumed, complaint)


def _made_beside(panel: Panel, made: Iterable[Unless]) -> Iterator[Unless]:
    """Yield what makes unknown accounts in the folders of a server."""
    declared = panel.declared
    places = [one.span for one in (*declared.accounts, *declared.grantees)] + [one.span for one in declared.facts]
    folders = {os.path.dirname(place.source.path) for place in places}
    for one in made:
        if os.path.dirname(one.span.source.path) in folders:
            yield one


def _clients(
    text: str | None, said: Complaint, user: str, panel: Panel, everywhere: Sequence[NamedHost]
) -> list[Meant]:
    """Return the clients that --from means; without it one that the account takes which the error names."""
    if text is None and said.account is not None:
        return [client_of_account(user, said.account, panel.servers[0].installation.target)]
    return clients_meant(text or "", (*panel.declared.hosts, *everywhere))


def _said(complaint: Complaint | None, database: str | None, user: str, panel: Panel) -> tuple[Complaint, str]:
    """Return what the error says, and a remark where its database is taken from the grants: it tells a table alone."""
    said = complaint or Complaint(0)
    if database is not None or said.table is None or said.database is not None:
        return said._replace(database=database or said.database), ""
    accounts = [*panel.declared.accounts, *panel.declared.grantees]
    own = [grant for one in accounts if known(one.user) == user for grant in one.grants]
    held = {known(one.role) for one in panel.declared.memberships if known(one.user) == user}
    of_roles = [grant for one in accounts if known(one.user) in held for grant in one.grants]
    of_roles += [grant for role in panel.declared.roles if known(role.name) in held for grant in role.grants]
    named = _databases(own) or _databases(of_roles)
    if len(named) != 1:
        raise UsageError(f"ERROR {said.errno} names a table and not its database: give --database NAME")
    only = named[0]
    return said._replace(database=only), f"the error does not tell the database of the table: taken for {only}"


def _databases(grants: Iterable[Grant]) -> list[str]:
    """Return the databases that grants name, as far as one can be told from their patterns."""
    scopes = [grant.scope for grant in grants if grant.scope is not None and grant.scope.database]
    named = [one.database if one.level is not Level.DATABASE else literal_of(one.database) for one in scopes]
    return [*dict.fromkeys(name for name in named if name is not None)]


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
