"""Everything that there is to say of one client on one server: who wins and why, what then, or what is wrong."""

from collections.abc import Sequence

from grantlint.access.accounts.explanation import Explanation, explain_decision
from grantlint.access.accounts.listening import NOT_LISTENING, Unheard, unheard
from grantlint.access.accounts.rows import Row
from grantlint.access.accounts.stored import BLANKS, stored_host
from grantlint.access.causes import Cause, causes
from grantlint.access.causes.cause import yes
from grantlint.access.causes.login import barred
from grantlint.access.grants.row import Grantee
from grantlint.access.product.installation import Installation
from grantlint.access.product.privileges.refusal import kept_by
from grantlint.access.server.doubts.undone import Sought
from grantlint.access.server.doubts.unless import Asked as About
from grantlint.access.server.doubts.unless import (
    Unless,
    of_absent,
    of_denials,
    of_doubts,
    of_glimpses,
    of_grants_not_shown,
    of_login,
    of_rights,
    of_settings,
    of_ties,
)
from grantlint.access.server.doubts.unmade import fitting, ungranted, unmade
from grantlint.access.server.doubts.withheld import withheld
from grantlint.access.server.server import Server, user_of
from grantlint.access.server.winner import Question, Winner, winner_of
from grantlint.model.location import Located, text_of
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING

if TYPE_CHECKING:  # twenty records that only files with steps need
    from grantlint.access.state.outcome import Outcome


class Answer(NamedTuple):
    """The answer of one server. `left_out`: accounts whose user or host nobody can read from the files.

    `outcomes`: steps that might have changed the answer and are refused, wait, or cannot be told. `flushed`: another
    answer that holds once the server has read its tables again. `going_on`: another one, where clients go on behind
    what the server refuses. `unless`: what nobody can read and would change it. `unseen`: what nobody can read and
    gives the session more, where its rights are listed and no single one is asked for. `unheard`: why the client
    reaches no server, whatever its accounts say.
    """

    server: Server
    question: Question
    explanation: Explanation
    winners: tuple[Winner, ...]
    causes: tuple[Cause, ...]
    left_out: int
    outcomes: "tuple[Outcome, ...]" = ()
    flushed: "Answer | None" = None
    going_on: "Answer | None" = None
    unless: tuple[Unless, ...] = ()
    unseen: tuple[Unless, ...] = ()
    unheard: Unheard | None = None

    @property
    def open_to_all(self) -> bool:
        """Whether the server looks at no account.

        Everybody is let in then, whatever the password, and may do everything.
        """
        return self.unheard is None and self.server.installation.settings.is_on("skip_grant_tables")

    @property
    def admitted(self) -> bool:
        """Whether the client gets in and may do what was asked.

        It holds whichever row wins a tie.
        """
        if self.unheard is not None:
            return False
        return self.open_to_all or (bool(self.winners) and all(winner.admitted for winner in self.winners))

    @property
    def is_known(self) -> bool:
        """Whether the answer holds whatever nobody can read in the files."""
        if any(one.uncertain for winner in self.winners for one in winner.asked):
            return False
        return not self.unless and (self.admitted or not any(_is_undecided(one) for one in self.outcomes))

    @property
    def error(self) -> int | None:
        """The error that the client gets, None if none.

        Where rows tie it is the first of those that may come.
        """
        if self.unheard is not None:
            return NOT_LISTENING
        if self.open_to_all:
            return None
        found = self.explanation.decision.error
        return found or next((winner.error for winner in self.winners if winner.error), None)


def _is_undecided(outcome: "Outcome") -> bool:
    from grantlint.access.state.outcome import Undecided  # noqa: PLC0415 - for files with such steps alone

    return isinstance(outcome, Undecided)


def answer(server: Server, question: Question) -> Answer:
    """Return who gets the client on a server, and all that follows.

    Clients end at the first statement that the server refuses, as they do by default.
    """
    found = _as_set(server, question)
    stopped = server.stopped
    if stopped is None:
        return found
    ended = _as_set(stopped, question)
    if _gist(ended) == _gist(found):
        return ended
    causes_ = ended.causes
    if not ended.admitted:
        from grantlint.access.server.doubts.undone import endings  # noqa: PLC0415 - for files with such steps alone

        causes_ = (*endings(ended.outcomes), *causes_)
    return ended._replace(going_on=found, causes=causes_)


def _as_set(server: Server, question: Question) -> Answer:
    """Return the answer by the settings that are known, with those that nobody knows where they decide."""
    found = _in_time(server, question)
    told: list[Unless] = []
    for name, unless in of_settings(server.declared):
        installation = Installation(server.installation.target, server.installation.settings.otherwise(name))
        other = _in_time(Server(server.declared, installation, outcomes=server.outcomes), question)
        if _gist(other) != _gist(found) or other.open_to_all is not found.open_to_all:
            told.append(unless)
    return found._replace(unless=(*found.unless, *told)) if told else found


def _in_time(server: Server, question: Question) -> Answer:
    """Return the answer that holds now, with the one after FLUSH PRIVILEGES or a restart where they differ."""
    found = _answer(server, question)
    if not server.outcomes:
        return found
    from grantlint.access.state.concern import concerning  # noqa: PLC0415 - for files with such steps alone

    told = concerning(question.user, server.outcomes, server.installation.target)
    now = server.in_memory
    if now is None:
        return _with_undone(found._replace(outcomes=told))
    before = _answer(now, question)
    same = _gist(before) == _gist(found)
    return _with_undone(before._replace(outcomes=told, flushed=None if same else found))


def _with_undone(found: Answer) -> Answer:
    """Return an answer with what is refused, or waits, before its other causes."""
    if found.admitted or found.open_to_all:
        return found
    from grantlint.access.server.doubts.undone import causes_of, not_read  # noqa: PLC0415 - as above

    question = found.question
    row = found.winners[0].row if found.winners else None
    winner = (row.user, row.host) if row is not None else None
    target = found.server.installation.target
    client = found.explanation.decision.client
    sought = Sought(question.user, client, question.place, winner, target, found.server.declared.roles)
    first = causes_of(found.outcomes, sought)
    if found.flushed is not None and found.flushed.admitted:
        first.insert(0, not_read(found.outcomes))
    known = {cause.change for cause in first}
    return found._replace(causes=(*first, *(one for one in found.causes if not one.change or one.change not in known)))


def _gist(found: Answer) -> object:
    """Return what of an answer matters to who asks: the winners, their errors, what they may do."""
    winners = [
        (
            winner.row.user,
            winner.row.host,
            winner.error,
            winner.roles,
            [(right.privileges, right.row.scope, right.why_not) for right in (*winner.rights, *winner.denials)],
            [(one.privilege, one.allowed, one.uncertain) for one in winner.asked],
            winner.held_back,
        )
        for winner in found.winners
    ]
    return found.error, winners


def _answer(server: Server, question: Question) -> Answer:
    written, target = server.declared, server.installation.target
    server = _fitted(server)
    rows = _enough(server, question)
    explanation = explain_decision(rows.table, question.user, question.client)
    decision = explanation.decision
    accounts: dict[tuple[str, str], Row] = {}
    for row in decision.rows:  # an account that is declared twice wins once
        accounts.setdefault((row.user, row.host), row)
    winners = tuple(winner_of(rows, row, question, decision.client) for row in accounts.values())
    first = winners[0].row if winners else None
    named = (first.user, first.host) if first is not None else None
    sought = Sought(question.user, decision.client, question.place, named, target, server.declared.roles)
    refused: Sequence[Cause] = ()
    if decision.error and not server.installation.settings.is_on("skip_grant_tables"):
        usual = causes(rows.table, decision, question.client, _grantees(server))
        refused = [*unmade(written, target, sought), *usual]
    about = About(question.user, decision.client, question.database)
    unless: list[Unless] = []
    if not decision.rows:
        unless += of_login(server.declared, target, about)
        unless += of_glimpses(server.declared)
    lacks = [winner for winner in winners if not winner.login.admission.refusals and not winner.admitted]
    if lacks:
        wanted = [name for name in lacks[0].lacking if not kept_by(name, target)]
        if wanted or lacks[0].error is not None:
            unless += of_rights(server.declared, target, about)
        unless += of_grants_not_shown(server.declared, target, about)
        refused = [*ungranted(server.declared, target, sought), *withheld(rows, lacks[0], question)]
    elif winners and winners[0].login.admission.refusals:
        refused = [barred(winners[0].login.admission.refusals[0], winners[0].row, target)]
    elif winners and (question.privileges or question.database is not None):
        unless += of_denials(server.declared, target, about)
    unless += of_doubts(dict.fromkeys(row for winner in winners for one in winner.asked for row in one.doubts))
    unseen: tuple[Unless, ...] = ()
    if winners and not winners[0].login.admission.refusals and not question.privileges:
        more = (*of_rights(server.declared, target, about), *of_grants_not_shown(server.declared, target, about))
        unseen = tuple([one for one in dict.fromkeys(more) if one not in unless])
    unless += [one for winner in winners if winner.admitted for one in of_ties(winner.tied)]
    given = [right for winner in winners for one in winner.asked for right in one.rights]
    given += [right for winner in winners if question.database for right in winner.rights if not right.why_not]
    unless += of_absent(server.declared, target, given)
    left_out = len(server.declared.accounts) - len(server.accounts)
    deaf = unheard(server.installation, decision.client)
    if deaf is not None:
        refused = [yes("not-listening", "the server does not listen there", deaf.why, deaf.change), *refused]
    return Answer(
        rows,
        question,
        explanation,
        winners,
        tuple(refused),
        left_out,
        unless=tuple(unless),
        unseen=tuple(unseen),
        unheard=deaf,
    )


def _fitted(server: Server) -> Server:
    """Return the server without the accounts that it refuses to make."""
    fit = fitting(server.declared, server.installation.target)
    return server if fit is server.declared else Server(fit, server.installation, outcomes=server.outcomes)


def _enough(server: Server, question: Question) -> Server:
    """Return the server with as few accounts as give the same answer.

    Rows of other users never compete, they only open the host gate: a client that some row of its own user or
    an anonymous one lets in needs no others. Where none does, all accounts count, for the gate and for the causes.
    """
    users = {question.user.strip(BLANKS), ""}
    few = [account for account in server.declared.accounts if text_of(account.user).strip(BLANKS) in users]
    if len(few) == len(server.declared.accounts):
        return server
    roles = {text_of(member.role) for member in server.declared.memberships}  # any account may serve as a role
    roles |= {text_of(member.role) for role in server.declared.roles for member in role.members}
    if roles:
        few = [account for account in server.declared.accounts if text_of(account.user).strip(BLANKS) in users | roles]
    narrow = Server(server.declared._replace(accounts=tuple(few)), server.installation)
    return server if narrow.table.decide(question.user, question.client).error else narrow


def _grantees(server: Server) -> list[Grantee]:
    target = server.installation.target
    return [
        (user_of(grantee), stored_host(grantee.host.value, target))
        for grantee in server.declared.grantees
        if isinstance(grantee.user, Located) and isinstance(grantee.host, Located)
    ]
