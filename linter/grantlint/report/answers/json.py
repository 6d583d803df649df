"""The answer to `grantlint why`, for a machine: one JSON object, versioned."""

from collections.abc import Mapping, Sequence

from grantlint.access.accounts.admission import Refusal
from grantlint.access.causes import Cause
from grantlint.access.causes.outdated import outdated
from grantlint.access.grants.rights import Asked, Right
from grantlint.access.host.client import Client
from grantlint.access.server.answer import Answer
from grantlint.access.server.winner import Winner
from grantlint.model import Account, Grant, Role
from grantlint.model.location import Span
from grantlint.platform.typed import TYPE_CHECKING
from grantlint.report.answers.asking import Asking
from grantlint.report.page import Page, document
from grantlint.report.places import span_of
from grantlint.report.strict_json import encoded

if TYPE_CHECKING:  # twenty records that only files with steps need
    from grantlint.access.state.outcome import Outcome

VERSION = 1
Json = Mapping[str, object]


def json(answers: Sequence[Asking]) -> Page:
    """Return the answers as JSON, in ASCII, an answer a line."""
    lines = ",\n".join(encoded(_answer(asking)) for asking in answers)
    return document(f'{{"version":{VERSION},"answers":[\n{lines}\n]}}\n')


def place_of(span: Span) -> Json:
    """Return path, line and column of a place."""
    line, column = span.source.position(span.start)
    return {"path": span.source.path, "line": line, "column": column}


def declared(entry: Account | Role) -> Json:
    """Return where an account or a role is declared."""
    return place_of(span_of(entry))


def client_of(client: Client) -> Json:
    """Return a client by its parts.

    The socket has neither address nor name of its own.
    """
    return {"socket": client.ip is None, "ip": client.ip, "name": client.name}


def _answer(asking: Asking) -> Json:
    answer = asking.answer
    decision = answer.explanation.decision
    installation = answer.server.installation
    return {
        "server": asking.name,
        "judged_as": installation.target.label,
        "note": installation.target.note,
        "measured": installation.target.measured,
        "assumed": asking.assumed,
        "skip_name_resolve": installation.skip_name_resolve,
        "user": answer.question.user,
        "client": client_of(answer.question.client),
        "seen_as": client_of(decision.client),
        "remark": asking.remark or None,
        "database": answer.question.database,
        "admitted": answer.admitted,
        "error": answer.error,
        "message": _message(answer),
        "tie": answer.explanation.tie,
        "open_to_all": answer.open_to_all,
        "unheard": None if answer.unheard is None else answer.unheard._asdict(),
        "winners": [_winner(winner) for winner in answer.winners],
        "rows": [
            {
                "user": contender.row.user,
                "host": contender.row.host,
                "fate": contender.fate,
                "why": contender.why,
                "place": contender.row.place,
                **declared(answer.server.declaration_of(contender.row)),
            }
            for contender in answer.explanation.contenders
        ],
        "rows_left_out": answer.explanation.left_out,
        "known": answer.is_known,
        "unless": [{"what": one.what, **place_of(one.span)} for one in answer.unless],
        "unseen": [{"what": one.what, **place_of(one.span)} for one in answer.unseen],
        "causes": [_cause(cause) for cause in answer.causes],
        "no_longer_true": [claim._asdict() for claim in outdated(installation.target)] if decision.error else [],
        "accounts_left_out": answer.left_out,
        "not_done": [step_not_done(outcome) for outcome in answer.outcomes],
        "after_flush": None if answer.flushed is None else _flushed(answer.flushed),
        "going_on": None if answer.going_on is None else _flushed(answer.going_on),
    }


def _message(answer: Answer) -> str | None:
    if answer.unheard is not None:
        return f"Can't connect to MySQL server: {answer.unheard.why}"
    if answer.open_to_all:
        return None
    said = answer.explanation.decision.message
    return said or next((winner.message for winner in answer.winners if winner.error), None)


def _flushed(answer: Answer) -> Json:
    return {
        "admitted": answer.admitted,
        "error": answer.error,
        "winners": [_winner(winner) for winner in answer.winners],
    }


def step_not_done(outcome: "Outcome") -> Json:
    """Return a step that is refused, waits, or that nobody can tell."""
    from grantlint.access.state.outcome import NotRun, Refused, Undecided  # noqa: PLC0415 - for files with such steps alone

    told: dict[str, object] = {"status": "waiting", "error": None, "message": None, "why": None}
    if isinstance(outcome, Refused):
        told |= {"status": "refused", "error": outcome.errno or None, "message": outcome.message}
    elif isinstance(outcome, NotRun):
        told |= {"status": "not run", "why": "what runs it ends at a step before it that is refused"}
    elif isinstance(outcome, Undecided):
        told |= {"status": "unknown", "why": outcome.why}
    return {**told, **place_of(outcome.step.span)}


def _winner(winner: Winner) -> Json:
    return {
        "user": winner.row.user,
        "host": winner.row.host,
        "error": winner.error,
        "message": winner.message or None,
        "refusals": [_refusal(refusal) for refusal in winner.login.admission.refusals],
        "conditions": [{"how": condition.how, **_refusal(condition.refusal)} for condition in winner.login.conditions],
        "sandbox": winner.login.admission.sandbox,
        "roles": [{"user": user, "host": host} for user, host in winner.roles],
        "grants": [_right(right) for right in winner.rights],
        "denials": [_right(right) for right in winner.denials],
        "asked": [_asked(one) for one in winner.asked],
        "held_back": winner.held_back,
        **declared(winner.entry),
    }


def _refusal(refusal: Refusal) -> Json:
    return {"error": refusal.error, "message": refusal.message, "cause": refusal.cause}


def _right(right: Right) -> Json:
    return {
        "privileges": right.privileges,
        "on": str(right.row.scope),
        "to": {"user": right.row.user, "host": right.row.host},
        "role": right.role is not None,
        "serves": not right.why_not,
        "why_not": right.why_not or None,
        "declared": [place_of(origin.span) for origin in right.origins if isinstance(origin, Grant)],
    }


def _asked(one: Asked) -> Json:
    return {
        "privilege": one.privilege,
        "allowed": one.allowed,
        "uncertain": one.uncertain,
        "unknown": one.unknown or None,
        "by": [_right(right) for right in one.rights],
        "but": [_right(right) for right in one.but],
        "lost": [_right(right) for right in one.lost],
    }


def _cause(cause: Cause) -> Json:
    return {
        "cause": cause.name,
        "applies": cause.applies,
        "why": cause.why,
        "change": cause.change if cause.applies and cause.change else None,
    }
