"""The answer to `grantlint why`, for a person: who wins and why, what then, or what is wrong and what to change."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from grantlint.access.accounts.connection import ACCESS_DENIED
from grantlint.access.accounts.explanation import Contender
from grantlint.access.causes import Cause
from grantlint.access.causes.login import reset
from grantlint.access.causes.outdated import outdated
from grantlint.access.host.reach import needs_name
from grantlint.access.server.answer import Answer
from grantlint.access.server.server import Server
from grantlint.access.server.winner import Winner
from grantlint.model import Account
from grantlint.platform.record import NamedTuple
from grantlint.report.answers.complaint import held_against, nearness
from grantlint.report.answers.footnotes import footnotes
from grantlint.report.answers.session import session
from grantlint.report.answers.steps import not_done
from grantlint.report.columns import columns
from grantlint.report.page import Page, apart, page
from grantlint.report.places import declared_at, line_of

_MOST = 5  # of what nobody can read, in one answer


class Asking(NamedTuple):
    """An answer with the name of its server.

    remark: how the client was read from the command line.
    """

    name: str
    answer: Answer
    remark: str
    assumed: bool = False  # nobody says which product the server is
    complaint: "Complaint | None" = None


class Complaint(Protocol):
    """An error that somebody has and wants explained."""

    @property
    def errno(self) -> int:
        """Its number."""
        ...

    @property
    def password(self) -> bool | None:
        """Whether a password was sent, None where that is not told."""
        ...

    @property
    def account(self) -> str | None:
        """The host of an account that it names, not a client's."""
        ...


def text(answers: Sequence[Asking], *, everything: bool = False) -> Page:
    """Return the answers, one block each.

    Servers of one declaration that say the same share a block. everything: the usual causes that do not apply, too, and
    what old pages advise.
    """
    concerned = any(_concerns(asking) for asking in answers)
    told = [asking for asking in answers if _concerns(asking) or not concerned]
    told.sort(key=lambda asking: nearness(asking.complaint.errno, asking.answer) if asking.complaint is not None else 0)
    blocks = [*_merged((one, ("", *_body(one, everything=everything))) for one in told)]
    blocks += _merged((one, (f"  {_refused(one.answer)}",)) for one in answers if one not in told)
    if everything:
        blocks.append([*_outdated([one.answer for one in told if one.answer.explanation.decision.error])])
    servers = [asking.answer.server for asking in answers]
    blocks.append([*footnotes(servers, (one.name for one in answers if one.assumed))])
    return page(apart(blocks))


def _concerns(asking: Asking) -> bool:
    """Return whether a server has a row for the user, or refuses one; the others have little to say."""
    return bool(asking.answer.explanation.contenders or asking.answer.outcomes)


def _refused(answer: Answer) -> str:
    """Return in a line that a server knows no such user."""
    decision = answer.explanation.decision
    return f"refused: ERROR {decision.error}: no account of {answer.question.user!r} is declared there"


def _merged(bodies: Iterable[tuple[Asking, Iterable[str]]]) -> Iterator[list[str]]:
    """Yield the lines of each answer below its question, those together that differ by the target alone."""
    found: dict[tuple[str, ...], list[str]] = {}
    for asking, body in bodies:
        remarks = (f"  {remark}" for remark in _remarks(asking))
        said = asking.name, _question(asking.answer), *remarks, *body
        found.setdefault(said, []).append(asking.answer.server.installation.target.label)
    for (name, question, *lines), targets in found.items():
        yield [f"{name} as {', '.join(dict.fromkeys(targets))}: {question}", *lines]


def _question(answer: Answer) -> str:
    question = answer.question
    database = f" to database {question.database!r}" if question.database is not None else ""
    return f"{question.user!r} from {question.client}{database}"


def _remarks(asking: Asking) -> Iterator[str]:
    """Yield how the client was read, and what its name takes for granted."""
    if asking.remark:
        yield asking.remark
    answer = asking.answer
    seen = answer.explanation.decision.client
    looked_up = not answer.server.installation.skip_name_resolve
    nameless = looked_up and seen.name is None and answer.question.client.name is None
    if nameless and any(needs_name(contender.row.value) for contender in answer.explanation.contenders):
        yield f"taken to have no name in DNS: --from NAME={seen.ip} asks with one"
    if seen.ip is not None and seen.name not in {None, "localhost"}:
        yield f"the name counts if look-ups on the server give {seen.name} for {seen.ip}, and {seen.ip} for {seen.name}"


def _body(asking: Asking, *, everything: bool) -> Iterator[str]:
    answer = asking.answer
    if not answer.is_known:
        yield "not known. As far as the files can be read:"
    yield from _verdict(answer)
    for one in answer.unless[:_MOST]:
        yield f"  unless {one.what}  {line_of(one.span)}"
    if len(answer.unless) > _MOST:
        yield f"  and {len(answer.unless) - _MOST:,} more"
    yield from _otherwise(answer)
    if answer.open_to_all:
        return
    if asking.complaint is not None:
        yield from held_against(asking.complaint, answer)
    causes = [cause for cause in answer.causes if cause.applies or everything]
    if causes:
        yield ""
        yield from _causes(causes)
    yield ""
    yield from _rows(answer)
    for winner in answer.winners:
        yield from session(answer, winner)
    if answer.outcomes:
        yield from not_done(answer.outcomes)
    yield from _left_out(answer)


def _otherwise(answer: Answer) -> Iterator[str]:
    """Yield the answers that differ from the one that holds now.

    They hold after FLUSH PRIVILEGES, or where clients go on behind errors.
    """
    for when, other in (
        ("after FLUSH PRIVILEGES or a restart", answer.flushed),
        ("if what runs the file goes on behind errors", answer.going_on),
    ):
        if other is not None:
            first, *_ = _verdict(other)
            yield f"{when}: {first}{_changed_rights(answer, other)}"


def _changed_rights(answer: Answer, flushed: Answer) -> str:
    """Return that only the rights differ.

    The same account is let in before and after.
    """
    before, after = ([str(winner.row) for winner in one.winners] for one in (answer, flushed))
    return ", with other rights" if before == after and answer.error == flushed.error else ""


def _verdict(answer: Answer) -> Iterator[str]:
    decision = answer.explanation.decision
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


def _rows(answer: Answer) -> Iterator[str]:
    explanation = answer.explanation
    lines = [_row(answer.server, contender) for contender in explanation.contenders]
    if lines:
        yield from columns(lines)
        if any(contender.fate == "later" for contender in explanation.contenders):
            yield f"  comes first: {explanation.decision.rows[0].place}"
    else:
        yield f"  no account of {answer.question.user!r} and no anonymous one is declared"
    if explanation.left_out:
        yield f"  and {explanation.left_out:,} more that lose"


_FATES = {
    "wins": "wins",
    "ties": "ties",
    "later": "matches, but comes later",
    "shut out": "matches, but the host gate is shut",
    "no match": "does not match",
}


def _row(server: Server, contender: Contender) -> tuple[str, ...]:
    row = contender.row
    return f"  {row}", declared_at(server.declaration_of(row)), f"{_FATES[contender.fate]}: {contender.why}"


def _causes(causes: Iterable[Cause]) -> Iterator[str]:
    yield "causes, and what to change:"
    for cause in causes:
        yield f"  {'yes' if cause.applies else 'no '}  {cause.title}: {cause.why}"
        if cause.applies and cause.change:
            yield f"       change: {cause.change}"


def _outdated(refused: Sequence[Answer]) -> Iterator[str]:
    """Yield what old pages advise and these servers refute, each claim once."""
    said: dict[str, dict[str, list[str]]] = {}
    for target in dict.fromkeys(answer.server.installation.target for answer in refused):
        for claim in outdated(target):
            said.setdefault(claim.claim, {}).setdefault(claim.today, []).append(target.label)
    if said:
        yield "no longer true, whatever old pages say:"
    for claim_, todays in said.items():
        for today, labels in todays.items():
            yield f"  {claim_}: {today}" + (f" ({', '.join(labels)})" if len(todays) > 1 else "")


def _left_out(answer: Answer) -> Iterator[str]:
    if answer.left_out:
        yield ""
        accounts = "account" if answer.left_out == 1 else "accounts"
        unknown = f"{answer.left_out:,} {accounts} whose user or host only a run could know"
        yield f"left out: {unknown}; this client might be theirs"
