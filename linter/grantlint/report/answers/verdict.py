"""The verdict on a client: let in as whom, or refused with which error; now and at another moment."""

from collections.abc import Iterator

from grantlint.access.accounts.connection import ACCESS_DENIED
from grantlint.access.causes.login import reset
from grantlint.access.server.answer import Answer
from grantlint.access.server.winner import Winner
from grantlint.model import Account
from grantlint.report.places import line_of


def verdict(answer: Answer) -> Iterator[str]:
    """Yield who is let in, or which error comes instead."""
    decision = answer.explanation.decision
    if answer.unheard is not None:
        place = answer.server.installation.settings.place(answer.unheard.setting)
        at = f" ({line_of(place)})" if place is not None else ""
        seen = decision.client
        yield f"refused: ERROR {answer.error}: nothing listens where {seen.ip} comes from: {answer.unheard.why}{at}"
        heard, *_ = verdict(answer._replace(unheard=None))
        yield f"  if it did: {heard}"
        return
    if answer.open_to_all:
        place = answer.server.installation.settings.place("skip_grant_tables")
        at = f" ({line_of(place)})" if place is not None else ""
        yield f"let in, as everybody is, with any password and every privilege: skip_grant_tables is on{at}"
        return
    if decision.error:
        yield f"refused: ERROR {decision.error}: {decision.message or ''}"
        if decision.error == ACCESS_DENIED:
            yield "  no account takes this client, so that no password helps; a wrong one gives the same message"
        return
    if answer.explanation.tie:
        tied = " or ".join(str(winner.row) for winner in answer.winners)
        yield f"undecided: {tied}: they tie, and FLUSH PRIVILEGES or a restart may change which one wins"
        for winner in answer.winners:
            yield from _entry(answer, winner, f"as {winner.row} ")
        return
    yield from _entry(answer, answer.winners[0], "")


def _entry(answer: Answer, winner: Winner, lead: str) -> Iterator[str]:
    if winner.error:
        yield f"{lead}refused: ERROR {winner.error}: {winner.message}"
        for number, refusal in enumerate(winner.login.admission.refusals):
            yield f"  then ERROR {refusal.error}: {refusal.cause}" if number else f"  {refusal.cause}"
    elif lead:
        yield f"{lead}let in"
    else:
        yield f"let in as {winner.row!s}"
    user = answer.question.user
    if winner.row.anonymous and user and not winner.error:
        yield f"  an anonymous account: its password counts, and that of no account of {user!r} does"
        yield f"  CURRENT_USER() is '@{winner.row.host}'; any other password gets ERROR 1045"
    if winner.login.admission.sandbox:
        change = reset(answer.server.installation.target)
        yield f"  the password is expired: every statement but the change of it gets ERROR 1820: {change}"
    yield from _changed(winner)
    for condition in winner.login.conditions:
        yield f"  {condition.how}: ERROR {condition.refusal.error} ({condition.refusal.cause})"


def _changed(winner: Winner) -> Iterator[str]:
    """Yield that the server's password is not the file's."""
    authentication = winner.entry.authentication if isinstance(winner.entry, Account) else None
    credential = authentication.credential if authentication is not None else None
    if credential is not None and credential.changed is not None:
        changed = credential.changed
        yield f"  not with the password that the file shows: {changed.why}  {line_of(changed.span)}"


def otherwise(answer: Answer) -> Iterator[str]:
    """Yield the answers that differ from the one that holds now.

    They hold after FLUSH PRIVILEGES, or where clients go on behind errors.
    """
    for when, other in (
        ("after FLUSH PRIVILEGES or a restart", answer.flushed),
        ("if what runs the file goes on behind errors", answer.going_on),
    ):
        if other is not None:
            first, *_ = verdict(other)
            yield f"{when}: {first}{_changed_rights(answer, other)}"


def _changed_rights(answer: Answer, flushed: Answer) -> str:
    """Return that only the rights differ.

    The same account is let in before and after.
    """
    before, after = ([str(winner.row) for winner in one.winners] for one in (answer, flushed))
    return ", with other rights" if before == after and answer.error == flushed.error else ""
