"""From a script, or a part of another file that is one, to declarations."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from grantlint.model import Declarations, NotChecked, ServerFacts
from grantlint.model.location import Source, Span
from grantlint.model.step import Step
from grantlint.model.step.acts import FlushPrivileges, WriteTable
from grantlint.platform.pattern import Pattern
from grantlint.reader.files.formats import is_makefile
from grantlint.reader.files.other.commands import CONTAINER_VARIABLE
from grantlint.reader.files.other.leftover import statements
from grantlint.reader.formats.shell.alignment import Aligned, aligned
from grantlint.reader.formats.shell.branches import Alternatives
from grantlint.reader.formats.shell.clients.calls import Calls
from grantlint.reader.formats.shell.clients.logins import logins
from grantlint.reader.formats.shell.clients.reloads import fed, reloads
from grantlint.reader.formats.shell.commands.root_password import passwords_set
from grantlint.reader.formats.shell.commands.unseen import decoded, unseen
from grantlint.reader.formats.shell.passage import Passage
from grantlint.reader.formats.shell.statements import MAX_DEPTH, Found, sql_in
from grantlint.reader.formats.shell.variables import OfScript
from grantlint.reader.leaf.variables import Stopped, Variables
from grantlint.reader.sql.document import leave_the_rest, read_into, unit_of
from grantlint.reader.sql.reading import GRAMMARS
from grantlint.reader.sql.script.split import Session
from grantlint.reader.sql.steps.steps import Around

_OURS = Pattern(r"mysql|mariadb", re.IGNORECASE)
_OTHERS = Pattern(r"\b(?:psql|postgres(?:ql)?|clickhouse|cqlsh|sqlplus|sqlcmd|cockroach)\b", re.IGNORECASE)
_SECRETS = Pattern(
    r"""(?:^|(?<=[\s;&|(`"']))(?:--password=|(?:[A-Za-z_]\w*)?(?:PASS|PWD|SECRET|TOKEN)\w*=)(?P<value>(?P<v>
        '[^'\n]*+'|"(?:[^"\\\n]++|\\.)*+"|[^\s'";|&]++)++)""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_CLIENT_LINE = Pattern(r"^[^\n]*\b(?:mysql|mariadb)[^\n]*(?:\\\n[^\n]*)*", re.MULTILINE)
_SHORT_OPTION = Pattern(r"(?<=\s)\\?['\"]?-p(?P<value>(?:'[^'\n]*+'|\"[^\"\n]*+\"|[^\s'\"]++)++)")
_IN_CONTAINER = Pattern(r"\b(?:docker|podman|nerdctl)[ \t]+(?:container[ \t]+)?exec\b")
_BLANKS = 500  # before a script, which cost as much as a value that is repeated
_OF_EDITS = (">", "sed", "tee")
_WHAT = "account statement"
_GIVEN_TO_NOBODY = "it stands in a text, and who gets it is not told"
_WHY = "variables of the shell are part of its grammar"


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the declarations of a shell script or Makefile. () where nothing in it is about accounts.

    A host that is left out is `%`, as in SQL. Statements are taken in the order of the file, whatever function,
    condition or recipe they stand in; branches that exclude each other are told apart.
    """
    if is_makefile(source.path):
        from grantlint.reader.formats.shell.makefile import recipes_of  # noqa: PLC0415 - few scripts are Makefiles

        with recipes_of(source) as variables:
            return _read(source, variables)
    return _read(source, OfScript(source))


def _read(source: Source, variables: Variables) -> tuple[Declarations, ...]:
    declarations = Declarations("shell", source.path, unit=unit_of(source.path))
    whole = Passage(source.text, range(len(source.text)))
    alternatives = Alternatives(source, whole)
    around, never = alternatives.around, alternatives.never_runs
    beside = [step for step in passwords_set(source, variables, around) if not never(step.span.start)]
    scripts = [one for one in script_sql(source, whole) if not one.passage.at or not never(one.passage.at[0])]
    found = bool(scripts) and read_found(source, scripts, declarations, variables, around, beside)
    if beside and not declarations.steps:
        read_into(declarations, source, "", beside=beside)
    if declarations.unit and declarations.steps:  # images restart the server that has run the scripts of their folder
        end = len(source.text)
        declarations.steps.append(Step(FlushPrivileges(), Span(source, end, end)))
    _note_settings(declarations, source, whole, variables, never)
    started = _started(source, whole, variables) if CONTAINER_VARIABLE.in_a_line_of(source.text) else {}
    made = [one for one in started.values() if one is not None]
    if len(made) == 1 and not declarations.unit and _IN_CONTAINER.search(source.text):
        declarations.unit = made[0].unit  # the script goes on inside of it
    declarations.not_checked.extend((*unseen(source, sorted(started)), *decoded(source)))
    if found or declarations.accounts:
        declarations.logins.extend(logins(source, variables))
    else:  # lines of a pasted session, which the shell takes for commands
        text = source.text
        begins = [start for start, _ in statements(text) if not text[text.rfind("\n", 0, start) + 1 : start].strip()]
        places = [Span(source, start, start + 1) for start in begins]
        declarations.not_checked.extend(NotChecked("statement", _GIVEN_TO_NOBODY, place) for place in places)
    says = found or declarations.accounts or declarations.not_checked
    return (*made, declarations) if says else (*made,)


def read_part(source: Source, script: Passage, format: str) -> Iterator[Declarations]:  # noqa: A002 - the word for it
    """Yield the declarations of a script in a file of another format."""
    from grantlint.reader.formats.shell.commands.containers import containers  # noqa: PLC0415 - few scripts start one

    declarations, variables = Declarations(format, source.path), Variables()
    if read_found(source, script_sql(source, script), declarations, variables):
        _note_settings(declarations, source, script, variables, lambda _: False)
        yield declarations
    for _, made in containers(source, script, variables):
        if made is not None:
            made.format, made.unit = format, f"{made.unit}:{script.at[0]}"  # each script counts its own
            yield made


def _note_settings(
    declarations: Declarations, source: Source, script: Passage, variables: Variables, never: Callable[[int], bool]
) -> None:
    has_any = declarations.accounts or declarations.grants
    if not has_any or not any(word in source.text for word in _OF_EDITS):
        return
    from grantlint.reader.formats.shell.commands.option_edits import settings_written  # noqa: PLC0415 - few write some

    said = settings_written(source, script, variables, never)
    if said:
        declarations.server = ServerFacts(next(iter(said.values())).span, settings=said)


def _started(source: Source, script: Passage, variables: Variables) -> dict[int, Declarations | None]:
    from grantlint.reader.formats.shell.commands.containers import containers  # noqa: PLC0415 - few scripts start one

    return dict(containers(source, script, variables))


def script_sql(source: Source, script: Passage) -> Iterable[Found]:
    """Return the SQL of a script in a source. Passwords around it are hidden."""
    hide_passwords(source)
    named = _OURS.search(script.text) or _OURS.search(source.path)
    return sql_in(script, ours=named is not None and _OTHERS.search(script.text) is None)


@lru_cache(maxsize=4)
def hide_passwords(source: Source) -> None:
    """Hide the values of secret variables, and of the client's -p. Once for all scripts of a file."""
    for found in _SECRETS.finditer(source.text):
        source.hide(*found.span("value"))
    for line in _CLIENT_LINE.finditer(source.text):
        for found in _SHORT_OPTION.finditer(source.text, *line.span()):
            source.hide(*found.span("value"))


def read_found(
    source: Source,
    found: Iterable[Found],
    declarations: Declarations,
    variables: Variables | None = None,
    around: Around | None = None,
    beside: Sequence[Step] = (),
) -> bool:
    """Add the declarations of SQL found in a source. Returns whether there is any.

    `around`, `beside`: as of `read_into`.

    What no server takes is a fault only where a client gets it as it stands; where a variable may complete it, it is
    not checked; elsewhere it is taken for prose.
    """
    pieces = _in_order((aligned(one.passage), one) for one in _within_limits(source, found))
    if not pieces:
        return False
    first = pieces[0][0].start
    if not source.may_repeat(first // _BLANKS):
        leave_the_rest(source, first)
        return False
    text = _alone(piece for piece, _ in pieces)
    names = sorted(GRAMMARS, key=lambda name: not name.startswith("mariadb"))
    before = len(declarations.faults)
    sessions = [Session(piece.start, piece.end, one.database) for piece, one in pieces if one.database]
    distinct = {id(one.literals): one.literals for _, one in pieces}.values()  # those of a command are one
    literals = [place for places in distinct for place in places]
    if literals:
        variables = Stopped(variables or Variables(), literals)
    tried = names if _of_mariadb(source) else GRAMMARS
    first = len(declarations.steps)
    read_into(
        declarations, source, text, names=tried, sessions=sessions, variables=variables, around=around, beside=beside
    )
    of_no_client = {id(step) for step in beside}
    calls = Calls(source, [piece.start for piece, _ in pieces], declarations.unit)
    declarations.steps[first:] = [
        step if id(step) in of_no_client else calls.around(step) for step in declarations.steps[first:]
    ]
    more = [*fed(source)] if declarations.steps else []
    if any(isinstance(step.act, WriteTable) for step in declarations.steps):
        more += reloads(source)
    if more:
        declarations.steps[:] = sorted([*declarations.steps, *more], key=_start)
    faults = declarations.faults[before:]
    del declarations.faults[before:]
    for fault in faults:
        piece, one = next(pair for pair in reversed(pieces) if pair[0].start <= fault.span.start)
        if _has_variables(piece, fault.span.start):
            declarations.not_checked.append(NotChecked(_WHAT, _WHY, fault.span))
        elif one.certain:
            declarations.faults.append(fault)
    parts = (declarations.accounts, declarations.grants, declarations.roles, declarations.memberships)
    taken_back = (declarations.revoked, declarations.denied, declarations.every_role)
    rest = (declarations.statements, declarations.not_checked, declarations.faults, declarations.removals)
    return any(parts) or any(rest) or any(taken_back)


def _within_limits(source: Source, found: Iterable[Found]) -> Iterator[Found]:
    for one in found:
        if one.beyond:
            start = one.passage.at[0]
            source.leave_unread(start, start + 1, f"scripts stand more than {MAX_DEPTH} deep within one another")
        else:
            yield one


def _start(step: Step) -> int:
    return step.span.start


@lru_cache(maxsize=4)
def _of_mariadb(source: Source) -> bool:
    return "mariadb" in source.path.lower() or re.search(r"\bmariadb\b[^\n]{0,1000}(?: -|<<)", source.text) is not None


def _in_order(found: Iterable[tuple[Aligned, Found]]) -> list[tuple[Aligned, Found]]:
    """Return pieces in the order of their places; of two that overlap the first."""
    kept: list[tuple[Aligned, Found]] = []
    for piece, one in sorted(found, key=lambda pair: pair[0].start):
        if not kept or kept[-1][0].end + 1 < piece.start:
            kept.append((piece, one))
    return kept


def _alone(pieces: Iterable[Aligned]) -> str:
    """Return a text of nothing but the pieces, each at its offset and each a script of its own.

    The first blanks behind a piece end its last line, which may be a comment, and its last statement.
    """
    parts: list[str] = []
    at = 0
    for piece in pieces:
        gap = piece.start - at
        parts += [("\n;" if at else "").ljust(gap)[:gap], piece.text]
        at = piece.end
    return "".join(parts)


def _has_variables(piece: Aligned, offset: int) -> bool:
    """Whether a variable stands in the statement at an offset of the file."""
    at = max(0, offset - piece.start)
    start, end = piece.text.rfind(";", 0, at) + 1, piece.text.find(";", at)
    statement = piece.text[start : end if end >= 0 else None]
    return "$" in statement or "{{" in statement or "<%" in statement
