"""The answer to `grantlint why`, for a person: who wins and why, what then, or what is wrong and what to change."""

from collections.abc import Container, Iterable, Iterator, Sequence

from grantlint.access.accounts.explanation import Contender
from grantlint.access.causes import Cause
from grantlint.access.causes.outdated import outdated
from grantlint.access.host.reach import needs_name
from grantlint.access.server.answer import Answer
from grantlint.access.server.server import Server
from grantlint.platform.record import NamedTuple
from grantlint.report.answers.asking import Asking
from grantlint.report.answers.complaint import held_against, nearness
from grantlint.report.answers.footnotes import footnotes
from grantlint.report.answers.session import session
from grantlint.report.answers.steps import not_done
from grantlint.report.answers.verdict import otherwise, verdict
from grantlint.report.columns import columns
from grantlint.report.page import Page, apart, page
from grantlint.report.places import declared_at, line_of

_MOST = 5  # of what nobody can read, in one answer


class _Block(NamedTuple):
    """What is told of an answer: the verdict, the rows that prove it, and what follows below."""

    verdict: tuple[str, ...]
    rows: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


class _Same(NamedTuple):
    """What servers share whose answers are one: all but how each sorts its rows."""

    name: str
    question: str
    verdict: tuple[str, ...]
    below: tuple[str, ...]


def text(answers: Sequence[Asking], *, everything: bool = False) -> Page:
    """Return the answers, one block each.

    Servers of one declaration that say the same share a block. everything: the usual causes that do not apply, too, and
    what old pages advise.
    """
    concerned = any(_concerns(asking) for asking in answers)
    told = [asking for asking in answers if _concerns(asking) or not concerned]
    told.sort(key=_distance)
    giving = {one.name for one in told if one.assumed and _distance(one) == 0}
    blocks = [*_merged((one, _block(one, giving, everything=everything)) for one in told)]
    blocks += _merged((one, _Block((f"  {_refused(one.answer)}",))) for one in answers if one not in told)
    if everything:
        blocks.append([*_outdated([one.answer for one in told if one.answer.explanation.decision.error])])
    servers = [asking.answer.server for asking in answers]
    blocks.append([*footnotes(servers, (one.name for one in answers if one.assumed))])
    return page(apart(blocks))


def _distance(asking: Asking) -> int:
    """Return how far an answer is from the error that somebody has, 0 where there is none."""
    return nearness(asking.complaint.errno, asking.answer) if asking.complaint is not None else 0


def _concerns(asking: Asking) -> bool:
    """Return whether a server has a row for the user, or refuses one; the others have little to say."""
    return bool(asking.answer.explanation.contenders or asking.answer.outcomes)


def _refused(answer: Answer) -> str:
    """Return in a line that a server knows no such user."""
    decision = answer.explanation.decision
    return f"refused: ERROR {decision.error}: no account of {answer.question.user!r} is declared there"


def _merged(blocks: Iterable[tuple[Asking, _Block]]) -> Iterator[list[str]]:
    """Yield the lines of each block below its question, those together whose servers come to the same."""
    found: dict[_Same, dict[tuple[str, ...], list[str]]] = {}
    for asking, block in blocks:
        remarks = [f"  {remark}" for remark in _remarks(asking)]
        same = _Same(asking.name, _question(asking.answer), (*remarks, *block.verdict), block.below)
        target = asking.answer.server.installation.target.label
        found.setdefault(same, {}).setdefault(block.rows, []).append(target)
    for same, ways in found.items():
        targets = dict.fromkeys(target for way in ways.values() for target in way)
        rows, shown_of = next(iter(ways.items()))
        lines = [f"{same.name} as {', '.join(targets)}: {same.question}", *same.verdict, *rows]
        if len(ways) > 1:
            lines.append(f"  the order of {', '.join(dict.fromkeys(shown_of))}; `grantlint table` shows the others'")
        yield [*lines, *same.below]


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


def _block(asking: Asking, giving: Container[str], *, everything: bool) -> _Block:
    """Return what is told of an answer. Of a product that is a guess: that it is not the one that gave the error."""
    answer = asking.answer
    if asking.assumed and asking.name in giving and _distance(asking):
        return _Block(("", *verdict(answer)))
    told = ["", *_told(asking)]
    if answer.open_to_all:
        return _Block(tuple(told))
    causes = [cause for cause in answer.causes if cause.applies or everything]
    if causes:
        told += ["", *_causes(causes)]
    return _Block(tuple(told), ("", *_rows(answer)), tuple(_below(answer)))


def _told(asking: Asking) -> Iterator[str]:
    """Yield who is let in or refused, and what is held against an error that somebody has."""
    answer = asking.answer
    if not answer.is_known:
        yield "not known. As far as the files can be read:"
    yield from verdict(answer)
    for one in answer.unless[:_MOST]:
        yield f"  unless {one.what}  {line_of(one.span)}"
    if len(answer.unless) > _MOST:
        yield f"  and {len(answer.unless) - _MOST:,} more"
    yield from otherwise(answer)
    if asking.complaint is not None and not answer.open_to_all:
        yield from held_against(asking.complaint, answer)


def _below(answer: Answer) -> Iterator[str]:
    """Yield what a session may do, what a server did not do, and who was left out."""
    for winner in answer.winners if answer.unheard is None else ():
        yield from session(answer, winner)
    if answer.outcomes:
        yield from not_done(answer.outcomes)
    yield from _left_out(answer)


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
