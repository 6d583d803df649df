"""`grantlint parse FILE`: what is understood of a file of SQL; with --cases, which statements a server parses."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from grantlint.access import Target, parse_target
from grantlint.access.grammar import Grammar, grammar_for
from grantlint.cli.case_lines import decoded
from grantlint.cli.options import Parser
from grantlint.cli.terminal import print_report
from grantlint.errors import UsageError
from grantlint.location import Source
from grantlint.opening import open_named
from grantlint.reader.contents import NotTextError, decode
from grantlint.reader.sql import parse_case, parse_script
from grantlint.reader.sql.document import GRAMMARS, best_reading
from grantlint.reader.sql.outline import outline
from grantlint.reader.sql.statements import Statement, SyntaxFault
from grantlint.report.page import named, page
from grantlint.report.strict_json import encoded

UNDERSTOOD, REJECTED = 0, 1
_BATCH = 100  # lines that are written together

DESCRIPTION = """\
Show the account statements of a file of SQL as they are understood: a line for each, without passwords, and for
each that the server rejects its error number and the place where it stops reading."""
EPILOG = """\
With --cases, FILE has JSON lines (packed by gzip, if its name ends in .gz) with `id` and `sql`, and each is answered
by {"id": ..., "parsed": ..., "accounts": [[user, host], ...]}: whether the server parses the statement as it stands,
and the rows that it then adds to those that are there: `present` of the line ([[user, host], ...], [] for none), or
else those of the servers that grantlint's own cases were put to: u, u1 and u2 at %, app@localhost, ann@10.0.0.1,
tester@localhost, and the roles r1 and r2.

exit status:
  0  all statements are parsed (--cases: all lines are answered)
  1  the server rejects a statement
  2  misuse
"""


def parser() -> Parser:
    """Return the parser of this command's arguments."""
    made = Parser("parse", DESCRIPTION, EPILOG)
    made.usage = "grantlint parse FILE [--server NAME]\n       grantlint parse --cases FILE --server NAME"
    # fmt: off
    made.add("file", metavar="FILE", nargs="?", help="a file of SQL, - for standard input")
    made.add("--server", metavar="NAME",
                      help="parse as this server, such as mysql-8.4 (default: as the product that takes most of FILE)")
    made.add("--cases", metavar="FILE", help="answer the statements in a file of JSON lines")
    made.add("--debug", action="store_true", help="show tracebacks")
    # fmt: on
    return made


def run(arguments: Sequence[str]) -> int:
    """Print what the arguments ask for; return the exit status."""
    options = parser().parse(arguments)
    path: str | None = options.file
    cases: str | None = options.cases
    target = parse_target(options.server) if options.server else None
    if (path is None) == (cases is None):
        raise UsageError(
            "parse FILE, or parse --cases FILE --server NAME: which is it?", "try `grantlint parse --help`"
        )
    if cases is not None:
        if target is None:
            raise UsageError("parse --cases: which server is asked? Name it with --server, such as mysql-8.4")
        return _answer(cases, target)
    return _show(path or "-", target)


def _show(path: str, target: Target | None) -> int:
    try:
        text = decode(b"".join(_lines(path)))
    except NotTextError as error:
        raise UsageError(f"{path}: {error}") from error
    if target is None:
        reading = best_reading(text, [_grammar(parse_target(name)) for name in GRAMMARS])
        found = [statement for statement, _ in reading.found]
    else:
        found = list(parse_script(text, _grammar(target)))
    source = Source(path, text)
    print_report(page(_line(one, source) for one in found))
    return REJECTED if any(isinstance(one, SyntaxFault) for one in found) else UNDERSTOOD


def _grammar(target: Target) -> Grammar:
    return grammar_for(target.product, target.version)


def _line(one: Statement | SyntaxFault, source: Source) -> str:
    line, column = source.position(one.offset if isinstance(one, SyntaxFault) else one.start)
    said = f"error {one.errno}: {one.message}" if isinstance(one, SyntaxFault) else outline(one)
    return f"{named(source.path)}:{line}:{column}: {said}"


def _answer(path: str, target: Target) -> int:
    batch: list[str] = []
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        case = _case(line, f"{path}:{number}")
        answer = {"id": case.get("id"), **parse_case(_sql(case), target, present=_present(case))}
        batch.append(encoded(answer, spaced=True))
        if len(batch) == _BATCH:
            print_report(page(batch))
            batch.clear()
    print_report(page(batch))
    return UNDERSTOOD


def _case(line: bytes, where: str) -> Mapping[str, object]:
    found = decoded(line, where)
    if not isinstance(found, dict) or not isinstance(cast("dict[str, object]", found).get("sql"), str):
        raise UsageError(f"{where}: a case is a JSON object with `id` and `sql`, a text")
    return cast("Mapping[str, object]", found)


def _sql(case: Mapping[str, object]) -> str:
    return cast("str", case["sql"])  # _case has looked


def _present(case: Mapping[str, object]) -> list[tuple[str, str]] | None:
    rows = case.get("present")
    if not isinstance(rows, list):
        return None
    pairs = [cast("list[object]", row) for row in cast("list[object]", rows) if isinstance(row, list)]
    return [(str(pair[0]), str(pair[1])) for pair in pairs if len(pair) == 2]  # noqa: PLR2004 - user and host


def _lines(path: str) -> Iterator[bytes]:
    try:
        if path.endswith(".gz"):
            import gzip  # noqa: PLC0415 - only for what is packed

            with open_named(path) as file, gzip.open(file) as packed:
                yield from packed
        else:
            with open_named(path) as file:
                yield from file
    except EOFError as error:
        raise UsageError(f"{path}: is packed, and cut off") from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
