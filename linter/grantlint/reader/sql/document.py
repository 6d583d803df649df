"""A file of SQL to its declarations: for which product it is written, what its statements leave, what is wrong in it.

A file does not say which server will run it unless a dump's header does. So it is read as the grammar that takes most
of its statements, and what that one rejects as the next that takes it; what none of them takes is a fault. Which of
them the servers at hand take is for a rule to say.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from grantlint.access.product.target import Target, parse_target
from grantlint.model import Declarations, ServerFacts
from grantlint.model.location import Located, Source, Span
from grantlint.model.step import ENTRY_POINT, Call, Path, Step
from grantlint.model.step.acts import FlushPrivileges
from grantlint.platform.errors import TargetError
from grantlint.platform.pattern import Pattern
from grantlint.reader.leaf.declare import declare
from grantlint.reader.leaf.never import without_never
from grantlint.reader.leaf.variables import Variables
from grantlint.reader.sql.globals import with_globals
from grantlint.reader.sql.reading import GRAMMARS, Reading, best_reading, grammar_named, taken_by_some
from grantlint.reader.sql.script.placeholders import placeholders_marked
from grantlint.reader.sql.script.split import Session
from grantlint.reader.sql.steps.branches import Branches
from grantlint.reader.sql.steps.holders import holders
from grantlint.reader.sql.steps.leaves import Leaves
from grantlint.reader.sql.steps.steps import Around, Steps
from grantlint.reader.sql.syntax.tokens.cuts import Cuts

_SERVER_VERSION = Pattern(
    r"^-- (?:Server version[ \t]+|Dumped from server [^\n]{0,200}, MySQL )(?P<version>(?P<number>\d+\.\d+\.\d+)\S*)",
    re.MULTILINE,
)
_GRANTS_SHOWN = Pattern(r"^-- Grants dumped by pt-show-grants", re.MULTILINE)
_DUMPED = Pattern(r"^-- Host: [^\n]*?[ \t]Database: (?P<database>\w+)[ \t\r]*$", re.MULTILINE)
_INIT_FOLDER = Pattern(r"(?:^|[/._-])init(?:db|ial)?(?:\.d|[-_](?:scripts?|sql|db|mysql|mariadb))?$", re.IGNORECASE)
_HEADER = 2000  # characters of a dump that hold its header
NO_VARIABLES = Variables()
_BLANKS = 1_000  # before a script, which cost as much as a value that is repeated
_TOO_MANY = "the file holds more scripts than can be read one by one"


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the declarations of a file of SQL. () where it has no account statement."""
    facts = server_of(source)
    target = parse_target(facts.product.value) if facts is not None and isinstance(facts.product, Located) else None
    names: tuple[str, ...] = GRAMMARS if target is None else (target.label, *GRAMMARS)
    if "mariadb" in source.path.lower() or "/*M!" in source.text:
        names = tuple(sorted(names, key=lambda name: not name.startswith("mariadb")))
    declarations = Declarations("sql", source.path, server=facts, unit=unit_of(source.path))
    dumped = _in_header(_DUMPED, source)
    sessions = () if dumped is None else (Session(0, len(source.text), dumped["database"]),)
    text = without_never(placeholders_marked(source) or source.text)
    reading, steps = _read(declarations, source, text, names, sessions)
    if not reading.has_accounts:
        return ()
    if _in_header(_GRANTS_SHOWN, source) is not None:
        steps = [*holders(steps), *steps]
    if facts is None:  # a dump is what a server holds
        fed = Call("`mysql < file` without --force", source.path)
        call = Call(ENTRY_POINT, declarations.unit) if declarations.unit else fed
        steps = [step._replace(call=call) for step in steps]
    declare(steps, reading.target, declarations)
    declarations.server = with_globals(facts, reading.assigned, source)
    if facts is not None or declarations.unit:
        # A dump is what a server holds; images restart the server that has run the scripts of their folder.
        declarations.steps.append(Step(FlushPrivileges(), Span(source, len(source.text), len(source.text))))
    return (declarations,)


def unit_of(path: str) -> str:
    """Return the name shared by an init folder's scripts. One server runs them in turn. '' elsewhere."""
    folder = path.rpartition("/")[0]
    return f"sql:{folder}" if "init" in folder.lower() and _INIT_FOLDER.search(folder) else ""


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
    before = places[0][0] if places else 0
    if not source.may_repeat(before // _BLANKS):
        leave_the_rest(source, before)
        return False
    sessions = [Session(*place, database) for place in places] if database else ()
    first = len(declarations.steps)
    found = read_into(declarations, source, _alone(source.text, places), sessions=sessions, around=around)
    if call is not None:
        declarations.steps[first:] = [step._replace(call=call) for step in declarations.steps[first:]]
    return found


def leave_the_rest(source: Source, start: int) -> None:
    """Note once for a file that its further scripts are not read."""
    if _TOO_MANY not in source.unread.values():
        source.leave_unread(start, start + 1, _TOO_MANY)


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
    beside: Sequence[Step] = (),
) -> bool:
    """Add the steps of a text's account statements. Returns whether there is one.

    `text`: read in place of the source's own text, with every offset the same. `names`: the servers whose grammars are
    tried. `sessions`: the stretches of the text that a client begins in a database of its own. `variables`: the known
    values of those that its statements name. `around`: the conditions around an offset, beside those of a template.
    `beside`: steps of the file that are no SQL.
    """
    text = source.text if text is None else text
    reading, steps = _read(declarations, source, text, names, sessions, variables or NO_VARIABLES, around)
    declare(sorted([*steps, *beside], key=_place) if beside else steps, reading.target, declarations)
    return reading.has_accounts


def _place(step: Step) -> int:
    return step.span.start


def steps_of(
    declarations: Declarations, source: Source, text: str, *, names: Iterable[str] = GRAMMARS
) -> tuple[list[Step], Target]:
    """Return a text's steps, and the server whose grammar fits best. Nothing is declared yet."""
    reading, steps = _read(declarations, source, text, names)
    return steps, reading.target


def _read(
    declarations: Declarations,
    source: Source,
    text: str,
    names: Iterable[str],
    sessions: Sequence[Session] = (),
    variables: Variables = NO_VARIABLES,
    around: Around | None = None,
) -> tuple[Reading, list[Step]]:
    grammars = [grammar_named(name) for name in names]
    cuts = Cuts(text)
    reading = best_reading(text, grammars, sessions, cuts)
    taken = taken_by_some(reading, grammars, text, source, declarations, cuts)
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


def _in_header(line: re.Pattern[str], source: Source) -> re.Match[str] | None:
    """Return the line of a header that matches; each begins with `-- `."""
    return line.search(source.text, 0, _HEADER) if "-- " in source.text[:_HEADER] else None


def server_of(source: Source) -> ServerFacts | None:
    """Return the server that the header of a dump names."""
    found = _in_header(_SERVER_VERSION, source)
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
