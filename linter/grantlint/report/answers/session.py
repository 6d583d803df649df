"""What a session may do, for a person: each grant row with whose it is and where it is written."""

from collections.abc import Iterable, Iterator

from grantlint.access.grants.rights import Asked, Right
from grantlint.access.grants.row import shown
from grantlint.access.server.answer import Answer
from grantlint.access.server.winner import OFFLINE, READ_ONLY, Question, Winner
from grantlint.model import Grant
from grantlint.report.columns import columns
from grantlint.report.places import line_of

_MOST = 5  # of what nobody can read, in one answer
_WIDE = 66  # as long as a grant may be before it pushes its neighbours


def session(answer: Answer, winner: Winner) -> Iterator[str]:
    """Yield what a session may do, and through which grants.

    Nothing where the account refuses.
    """
    if winner.login.admission.error or winner.error == OFFLINE:
        return
    yield ""
    who = f"a session of {winner.row!s}"
    if winner.roles:
        who += f" with {', '.join(shown(role) for role in winner.roles)}"
    if winner.asked:
        yield f"{who}; one of these will do:" if winner.any_of and len(winner.asked) > 1 else f"{who}:"
        for one in winner.asked:
            yield from _asked(one, answer.question)
        if winner.held_back:
            settings = answer.server.installation.settings
            place = settings.place("super_read_only") or settings.place("read_only")
            at = f" ({line_of(place)})" if place is not None else ""
            yield f"  not while the server is read only{at}: {', '.join(winner.held_back)} gets ERROR {READ_ONLY}"
        return
    yield from _rights(who, answer, winner)
    if winner.denials:
        yield "but not, as DENY keeps it from them:"
        yield from columns([_right(right) for right in winner.denials], _WIDE)
    idle = [right for right in winner.rights if right.why_not]
    if idle:
        yield "of no use to it:"
        for right in idle:
            *cells, _ = _right(right)
            yield f"{'  '.join(cells)}: {right.why_not}"


def _rights(who: str, answer: Answer, winner: Winner) -> Iterator[str]:
    """Yield what serves a session, and where more may come from."""
    serving = [right for right in winner.rights if not right.why_not]
    where = "" if answer.question.database is None else f" in {answer.question.database!r}"
    if serving:
        yield f"{who} may{where}:"
    elif answer.unseen or answer.unless:
        yield f"{who}: what it may do{where} is not known, and no grant that can be read serves it"
    else:
        yield f"{who} may do nothing{where}: no grant serves it"
    yield from columns([_right(right) for right in serving], _WIDE)
    yield from columns([(f"  more, if {one.what}", line_of(one.span)) for one in answer.unseen[:_MOST]], _WIDE)
    if len(answer.unseen) > _MOST:
        yield f"  and {len(answer.unseen) - _MOST:,} more of these"


def _asked(one: Asked, question: Question) -> Iterator[str]:
    where = "" if question.database is None else f" in {question.database!r}"
    if question.table is not None:
        column = f" ({question.column})" if question.column is not None else ""
        where = f"{column} on {question.database}.{question.table}"
    elif question.routine is not None:
        where = f" on {question.database}.{question.routine}"
    if one.unknown:
        yield f"  {one.privilege}: no: {one.unknown}"
        return
    said = "yes" if one.allowed else "no"
    if one.uncertain:
        said = "undecided" if one.doubts else "undecided, rows tie"
    if one.partly and one.rights:
        said = "not in all of it" if one.but else "not in all of it, only on"
    yield f"  {one.privilege + where}: {said}"
    yield from columns([("  ", *_right(right)) for right in one.rights], _WIDE)
    if one.but:
        yield "      but not, as DENY keeps it from them:"
        yield from columns([("  ", *_right(right)) for right in one.but], _WIDE)
    for right in one.lost if not one.allowed else ():
        *cells, _ = _right(right)
        yield f"      not by {'  '.join(cells)}: {right.why_not}"


def _right(right: Right) -> tuple[str, ...]:
    row = right.row
    by = " (a role)" if right.role else ""
    to = f"{', '.join(right.privileges)} ON {row.scope}"
    return f"  {to}", f"TO {shown(row.grantee)}{by}", _places(right.origins)


def _places(origins: Iterable[object]) -> str:
    spans = [origin.span for origin in origins if isinstance(origin, Grant)]
    return ", ".join(dict.fromkeys(map(line_of, spans)))
