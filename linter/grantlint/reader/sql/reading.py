"""A text of SQL by the grammar that takes most of it, and each statement that one rejects by the next that takes it.

What no grammar takes is a fault.
"""

import re
from collections.abc import Iterable, Sequence

from grantlint.access.product.grammar import Grammar, grammar_for
from grantlint.access.product.target import Target, parse_target
from grantlint.model import Declarations, Fault, Refusal
from grantlint.model import Statement as WrittenStatement
from grantlint.model.location import Source, Span
from grantlint.platform.record import NamedTuple
from grantlint.reader.sql.script.modes import modes_after, with_sql_mode
from grantlint.reader.sql.script.refusals.asking import Refusals
from grantlint.reader.sql.script.split import Session, parse_script
from grantlint.reader.sql.steps.steps import Taken
from grantlint.reader.sql.syntax.parser import parse_tokens
from grantlint.reader.sql.syntax.records.statements import (
    REJECTED,
    Assigned,
    Flush,
    Opaque,
    SetVariables,
    Statement,
    SyntaxFault,
    Use,
)
from grantlint.reader.sql.syntax.tokens.cuts import Cuts
from grantlint.reader.sql.syntax.tokens.token import AT, HOST, MARK, STRING

# Tried in this order; of those that take equally many statements the first.
GRAMMARS = ("mysql-9.7", "mariadb-11.8", "mysql-5.7", "mysql-5.6", "mariadb-13.1")
_BEFORE_SECRETS = frozenset({"BY", "AS", "USING", "=", ":=", "PASSWORD", "REPLACE"})


class Reading(NamedTuple):
    """One grammar's reading of a file, with the sql_mode of each statement.

    `assigned`: what it sets of the server.
    """

    grammar: Grammar
    found: list[tuple[Statement | SyntaxFault, str]]
    assigned: list[Assigned]

    @property
    def target(self) -> Target:
        """The server whose grammar it is."""
        return parse_target(f"{self.grammar.product}-{'.'.join(map(str, self.grammar.version))}")

    @property
    def has_accounts(self) -> bool:
        """Whether a statement is about accounts."""
        return any(
            one.of_accounts if isinstance(one, SyntaxFault) else not isinstance(one, Use | Flush)
            for one, _ in self.found
        )


def grammar_named(name: str) -> Grammar:
    """Return the grammar of a server."""
    target = parse_target(name)
    return grammar_for(target.product, target.version)


def best_reading(
    text: str, grammars: Iterable[Grammar], sessions: Sequence[Session] = (), cuts: Cuts | None = None
) -> Reading:
    """Return the reading by the grammar that rejects fewest statements. The first one, where several reject as few."""
    best: Reading | None = None
    fewest = 0
    cuts = cuts or Cuts(text)
    for grammar in grammars:
        whole = [*parse_script(text, grammar, sessions=sessions, cuts=cuts)]
        assigned = [each for one in whole if isinstance(one, SetVariables) for each in one.assigned]
        reading = Reading(grammar, _with_modes(whole), assigned)
        wrong = sum(map(_is_rejected, (one for one, _ in reading.found)))
        if best is None or wrong < fewest:
            best, fewest = reading, wrong
        if not wrong:
            break
    if best is None:
        raise ValueError("at least one grammar must be named")
    return best


def _with_modes(found: Iterable[Statement | SyntaxFault]) -> list[tuple[Statement | SyntaxFault, str]]:
    modes, paired = "", list[tuple[Statement | SyntaxFault, str]]()
    for one in found:
        if isinstance(one, SetVariables) and one.sql_mode is not None:
            modes = modes_after(modes, one.sql_mode)
        if not isinstance(one, SetVariables) or one.items:
            paired.append((one, modes))
    return paired


def taken_by_some(
    reading: Reading, grammars: Iterable[Grammar], text: str, source: Source, declarations: Declarations, cuts: Cuts
) -> Iterable[Taken]:
    """Yield what some server takes, and what none does.

    Where the one stands is noted among the declarations, and the other made faults there.
    """
    refusals = Refusals(source, text, cuts)
    templates, database = cuts.templates, ""
    for one, modes in reading.found:
        if isinstance(one, Use):
            database = "" if one.database.unresolved else one.database.text.lower()
        if isinstance(one, SyntaxFault | Opaque):
            _hide_strings(cuts, source, one, reading.grammar)
        taken = one
        if _is_rejected(one):
            taken = _elsewhere(one, modes, grammars, text, cuts, templates=templates, database=database)
        if isinstance(taken, SyntaxFault):
            declarations.faults.append(_fault(taken, source))
            yield taken, None
            continue
        statement = None
        if not isinstance(taken, Use | Opaque | Flush):
            statement = _written(refusals, source, one, modes, database)
            declarations.statements.append(statement)
        yield taken, statement


def _is_rejected(one: Statement | SyntaxFault) -> bool:
    """Whether the grammar at hand rejects a statement, be it only for where its templates stand."""
    return isinstance(one, SyntaxFault) or (isinstance(one, Opaque) and one.why == REJECTED)


def _elsewhere(
    fault: Statement | SyntaxFault,
    modes: str,
    grammars: Iterable[Grammar],
    text: str,
    cuts: Cuts,
    *,
    templates: bool,
    database: str,
) -> Statement | SyntaxFault:
    """Read a statement as the first grammar that takes it."""
    for grammar in grammars:
        known = with_sql_mode(grammar, modes) if modes else grammar
        tokens = cuts.of(fault.start, known, templates=templates, stop=fault.end).tokens
        found = parse_tokens(text, tokens, known, templates=templates, database=database)
        if not isinstance(found, SyntaxFault | Opaque):
            return found
    return fault


def _written(
    refusals: Refusals, source: Source, one: Statement | SyntaxFault, modes: str, database: str
) -> WrittenStatement:
    place = (one.start, one.end)

    def ask(product: str, version: tuple[int, ...]) -> Refusal | None:
        return refusals.ask(place, modes, product, version, database)

    return WrittenStatement(Span(source, *place), ask)


def _fault(fault: SyntaxFault, source: Source) -> Fault:
    """Return a statement that no server takes as the finding that it is."""
    end = min(len(source.text), max(fault.offset + 1, _word_end(source.text, fault.offset)))
    return Fault(
        "syntax-error",
        f"no server takes this statement: {fault.message} (error {fault.errno})",
        Span(source, min(fault.offset, end), end),
        "Correct it, or end the statement before with `;`.",
    )


def _hide_strings(cuts: Cuts, source: Source, fault: SyntaxFault | Opaque, grammar: Grammar) -> None:
    """Hide what may be a password in a statement that is not understood: strings, and bare words after BY."""
    tokens = cuts.of(fault.start, grammar, stop=fault.end).tokens
    for before, token, after in zip([tokens[-1], *tokens], tokens, [*tokens[1:], tokens[-1]], strict=False):
        unclosed = token.kind == MARK and token.end > token.start + 2
        string = token.kind == STRING and before.kind != AT and after.kind not in (AT, HOST)
        bare = before.word in _BEFORE_SECRETS and token.kind != MARK and token.word not in grammar.reserved
        if bare or unclosed or string:
            source.hide(token.start, token.end)


def _word_end(text: str, offset: int) -> int:
    found = re.compile(r"[A-Za-z_]*").match(text, offset)
    return found.end() if found is not None else offset
