"""A file of SQL to its declarations: for which product it is written, what its statements leave, what is wrong in it.

A file does not say which server will run it unless a dump's header does. So it is read as the grammar that takes most
of its statements, and what that one rejects as the next that takes it; what none of them takes is a fault. Which of
them the servers at hand take is for a rule to say.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from grantlint.access.product.grammar import Grammar, grammar_for
from grantlint.access.product.target import Target, parse_target
from grantlint.model import Declarations, Fault, Refusal, ServerFacts
from grantlint.model import Statement as WrittenStatement
from grantlint.model.location import Located, Source, Span
from grantlint.model.step import ENTRY_POINT, Call, FlushPrivileges, Path, Step
from grantlint.platform.errors import TargetError
from grantlint.reader.leaf.declare import declare
from grantlint.reader.leaf.variables import Variables
from grantlint.reader.sql.script.modes import modes_after, with_sql_mode
from grantlint.reader.sql.script.placeholders import placeholders_marked
from grantlint.reader.sql.script.refusals import Refusals
from grantlint.reader.sql.script.split import Session, parse_script
from grantlint.reader.sql.steps.branches import Branches
from grantlint.reader.sql.steps.holders import holders
from grantlint.reader.sql.steps.leaves import Leaves
from grantlint.reader.sql.steps.steps import Around, Steps, Taken
from grantlint.reader.sql.syntax.parser import parse_tokens
from grantlint.reader.sql.syntax.records.statements import (
    REJECTED,
    Flush,
    Opaque,
    SetVariables,
    Statement,
    SyntaxFault,
    Use,
)
from grantlint.reader.sql.syntax.tokens.lexer import cut
from grantlint.reader.sql.syntax.tokens.templates import has_templates
from grantlint.reader.sql.syntax.tokens.token import AT, HOST, MARK, STRING

# Tried in this order; of those that take equally many statements the first.
GRAMMARS = ("mysql-9.7", "mariadb-11.8", "mysql-5.7", "mysql-5.6", "mariadb-13.1")
_SERVER_VERSION = re.compile(
    r"^-- (?:Server version[ \t]+|Dumped from server [^\n]{0,200}, MySQL )(?P<version>(?P<number>\d+\.\d+\.\d+)\S*)",
    re.MULTILINE,
)
_GRANTS_SHOWN = re.compile(r"^-- Grants dumped by pt-show-grants", re.MULTILINE)
_DUMPED = re.compile(r"^-- Host: [^\n]*?[ \t]Database: (?P<database>\w+)[ \t\r]*$", re.MULTILINE)
_INIT_FOLDER = re.compile(r"(?:^|[/._-])init(?:db|ial)?(?:\.d|[-_](?:scripts?|sql|db|mysql|mariadb))?$", re.IGNORECASE)
_DENIES = frozenset({"DENY", "REVOKE DENY"})
_BEFORE_SECRETS = frozenset({"BY", "AS", "USING", "=", ":=", "PASSWORD", "REPLACE"})
_HEADER = 2000  # characters of a dump that hold its header
NO_VARIABLES = Variables()


class Reading(NamedTuple):
    """One grammar's reading of a file, with the sql_mode of each statement."""

    grammar: Grammar
    found: list[tuple[Statement | SyntaxFault, str]]


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the declarations of a file of SQL. () where it has no account statement."""
    facts = server_of(source)
    target = parse_target(facts.product.value) if facts is not None and isinstance(facts.product, Located) else None
    names: tuple[str, ...] = GRAMMARS if target is None else (target.label, *GRAMMARS)
    if "mariadb" in source.path.lower() or "/*M!" in source.text:
        names = tuple(sorted(names, key=lambda name: not name.startswith("mariadb")))
    declarations = Declarations("sql", source.path, server=facts, unit=unit_of(source.path))
    dumped = _DUMPED.search(source.text, 0, _HEADER)
    sessions = () if dumped is None else (Session(0, len(source.text), dumped["database"]),)
    reading, steps = _read(declarations, source, placeholders_marked(source) or source.text, names, sessions)
    if not _has_accounts(reading):
        return ()
    if _GRANTS_SHOWN.search(source.text, 0, _HEADER) is not None:
        steps = [*holders(steps), *steps]
    if facts is None:  # a dump is what a server holds
        fed = Call("`mysql < file` without --force", source.path)
        call = Call(ENTRY_POINT, declarations.unit) if declarations.unit else fed
        steps = [step._replace(call=call) for step in steps]
    declare(steps, _target(reading.grammar), declarations)
    if facts is not None or declarations.unit:
        # A dump is what a server holds; images restart the server that has run the scripts of their folder.
        declarations.steps.append(Step(FlushPrivileges(), Span(source, len(source.text), len(source.text))))
    return (declarations,)


def unit_of(path: str) -> str:
    """Return the name shared by an init folder's scripts. One server runs them in turn. '' elsewhere."""
    folder = path.rpartition("/")[0]
    return f"sql:{folder}" if _INIT_FOLDER.search(folder) else ""


def read_places(
    source: Source,
    places: Sequence[tuple[int, int]],
    declarations: Declarations,
    database: str = "",
    call: Call | None = None,
    around: Around | None = None,
) -> bool:
    """Add the steps of SQL embedded in another format. Returns whether an account statement is there.

    The places are in order and do not overlap. Each is a script of its own that begins in `database`, and all are of
    one server. `call`: what runs them in turn and ends at the first error. `around`: as of `read_into`.
    """
    sessions = [Session(*place, database) for place in places] if database else ()
    first = len(declarations.steps)
    found = read_into(declarations, source, _alone(source.text, places), sessions=sessions, around=around)
    if call is not None:
        declarations.steps[first:] = [step._replace(call=call) for step in declarations.steps[first:]]
    return found


def _alone(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Return the text with all but the places made blank: each offset in the SQL is the offset in the file.

    The first blanks behind a place end its last line, which may be a comment, and its last statement.
    """
    parts: list[str] = []
    at = 0
    for start, end in places:
        gap = start - at
        parts += [("\n;" if at else "").ljust(gap)[:gap], text[start:end]]
        at = end
    return "".join(parts)


def read_into(
    declarations: Declarations,
    source: Source,
    text: str | None = None,
    *,
    names: Iterable[str] = GRAMMARS,
    sessions: Sequence[Session] = (),
    variables: Variables | None = None,
    around: Around | None = None,
) -> bool:
    """Add the steps of a text's account statements. Returns whether there is one.

    `text`: read in place of the source's own text, with every offset the same. `names`: the servers whose grammars are
    tried. `sessions`: the stretches of the text that a client begins in a database of its own. `variables`: the known
    values of those that its statements name. `around`: the conditions around an offset, beside those of a template.
    """
    text = source.text if text is None else text
    reading, steps = _read(declarations, source, text, names, sessions, variables or NO_VARIABLES, around)
    declare(steps, _target(reading.grammar), declarations)
    return _has_accounts(reading)


def _has_accounts(reading: Reading) -> bool:
    return any(not isinstance(one, Use | Flush) for one, _ in reading.found)


def steps_of(
    declarations: Declarations, source: Source, text: str, *, names: Iterable[str] = GRAMMARS
) -> tuple[list[Step], Target]:
    """Return a text's steps, and the server whose grammar fits best. Nothing is declared yet."""
    reading, steps = _read(declarations, source, text, names)
    return steps, _target(reading.grammar)


def _read(
    declarations: Declarations,
    source: Source,
    text: str,
    names: Iterable[str],
    sessions: Sequence[Session] = (),
    variables: Variables = NO_VARIABLES,
    around: Around | None = None,
) -> tuple[Reading, list[Step]]:
    grammars = [_grammar(name) for name in names]
    reading = best_reading(text, grammars, sessions)
    taken = _taken(reading, grammars, text, source, declarations)
    leaves = Leaves(source, variables)
    begins_in = _begins_in(declarations)
    within = _branches(source).path

    def under(place: int) -> Path:
        return within(place) if around is None else (*around(place), *within(place))

    steps = [*Steps(leaves, under, variables, begins_in).of(taken)]
    declarations.faults.extend(leaves.faults)
    return reading, steps


@lru_cache(maxsize=4)
def _branches(source: Source) -> Branches:
    return Branches(source)  # one for all scripts of a file


def _begins_in(declarations: Declarations) -> str | None:
    """Return the database in which a script begins: none, or None where an image may have chosen one."""
    told = declarations.format in {"sql", "shell"} and not declarations.unit
    return "" if told else None


def _grammar(name: str) -> Grammar:
    target = parse_target(name)
    return grammar_for(target.product, target.version)


def _target(grammar: Grammar) -> Target:
    return parse_target(f"{grammar.product}-{'.'.join(map(str, grammar.version))}")


def best_reading(text: str, grammars: Iterable[Grammar], sessions: Sequence[Session] = ()) -> Reading:
    """Return the reading by the grammar that rejects fewest statements. The first one, where several reject as few."""
    best: Reading | None = None
    fewest = 0
    for grammar in grammars:
        reading = Reading(grammar, _with_modes(parse_script(text, grammar, sessions=sessions)))
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


def _taken(
    reading: Reading, grammars: Iterable[Grammar], text: str, source: Source, declarations: Declarations
) -> Iterable[Taken]:
    """Yield what some server takes, note where it stands; make faults of the rest."""
    refusals = Refusals(source, text)
    templates = has_templates(text)
    for one, modes in reading.found:
        if isinstance(one, SyntaxFault | Opaque):
            _hide_strings(text, source, one, reading.grammar)
        taken = _elsewhere(one, modes, grammars, text, templates=templates) if _is_rejected(one) else one
        if isinstance(taken, SyntaxFault):
            declarations.faults.append(_fault(taken, source))
            continue
        statement = None
        if not isinstance(taken, Use | Opaque | Flush) or (isinstance(taken, Opaque) and taken.verb in _DENIES):
            statement = _written(refusals, source, one, modes)
            declarations.statements.append(statement)
        yield taken, statement


def _is_rejected(one: Statement | SyntaxFault) -> bool:
    """Whether the grammar at hand rejects a statement, be it only for where its templates stand."""
    return isinstance(one, SyntaxFault) or (isinstance(one, Opaque) and one.why == REJECTED)


def _elsewhere(
    fault: Statement | SyntaxFault, modes: str, grammars: Iterable[Grammar], text: str, *, templates: bool
) -> Statement | SyntaxFault:
    """Read a statement as the first grammar that takes it."""
    for grammar in grammars:
        known = with_sql_mode(grammar, modes) if modes else grammar
        tokens = cut(text, fault.start, known, templates=templates, stop=fault.end).tokens
        found = parse_tokens(text, tokens, known, templates=templates)
        if not isinstance(found, SyntaxFault | Opaque):
            return found
    return fault


def _written(refusals: Refusals, source: Source, one: Statement | SyntaxFault, modes: str) -> WrittenStatement:
    place = (one.start, one.end)

    def ask(product: str, version: tuple[int, ...]) -> Refusal | None:
        return refusals.ask(place, modes, product, version)

    return WrittenStatement(Span(source, *place), ask)


def server_of(source: Source) -> ServerFacts | None:
    """Return the server that the header of a dump names."""
    found = _SERVER_VERSION.search(source.text, 0, _HEADER)
    if found is None or "tidb" in found["version"].lower():
        return None
    product = "mariadb" if "mariadb" in found["version"].lower() else "mysql"
    name = f"{product}-{found['number']}"
    try:
        parse_target(name)
    except TargetError:
        return None
    span = Span(source, *found.span("version"))
    return ServerFacts(span, product=Located(name, *span))


def _fault(fault: SyntaxFault, source: Source) -> Fault:
    """Return a statement that no server takes as the finding that it is."""
    end = min(len(source.text), max(fault.offset + 1, _word_end(source.text, fault.offset)))
    return Fault(
        "syntax-error",
        f"no server takes this statement: {fault.message} (error {fault.errno})",
        Span(source, min(fault.offset, end), end),
        "Correct it, or end the statement before with `;`.",
    )


def _hide_strings(text: str, source: Source, fault: SyntaxFault | Opaque, grammar: Grammar) -> None:
    """Hide what may be a password in a statement that is not understood: strings, and bare words after BY."""
    tokens = cut(text, fault.start, grammar, stop=fault.end).tokens
    for before, token, after in zip([tokens[-1], *tokens], tokens, [*tokens[1:], tokens[-1]], strict=False):
        unclosed = token.kind == MARK and token.end > token.start + 2
        string = token.kind == STRING and before.kind != AT and after.kind not in (AT, HOST)
        bare = before.word in _BEFORE_SECRETS and token.kind != MARK and token.word not in grammar.reserved
        if bare or unclosed or string:
            source.hide(token.start, token.end)


def _word_end(text: str, offset: int) -> int:
    found = re.compile(r"[A-Za-z_]*").match(text, offset)
    return found.end() if found is not None else offset
