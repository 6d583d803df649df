"""`grantlint parse FILE`: what is understood of a file of SQL."""

from collections.abc import Sequence

from grantlint.access import Target, parse_target
from grantlint.access.product.grammar import Grammar, grammar_for
from grantlint.cli.options import Parser
from grantlint.cli.terminal import print_report
from grantlint.model.location import Source
from grantlint.platform.errors import UsageError
from grantlint.platform.opening import open_named
from grantlint.reader.formats.printed.sign import claims as is_printed
from grantlint.reader.sql.reading import GRAMMARS, best_reading
from grantlint.reader.sql.steps.outline import outline
from grantlint.reader.sql.syntax.records.statements import Statement, SyntaxFault
from grantlint.reader.tree.contents import NotTextError, decode
from grantlint.report.page import named, page

UNDERSTOOD, REJECTED = 0, 1

DESCRIPTION = """\
Show the account statements of a file of SQL as they are understood: a line for each, without passwords, and for
each that the server rejects its error number and the place where it stops reading."""
EPILOG = """\
exit status:
  0  all statements are parsed
  1  the server rejects a statement
  2  misuse
"""


def parser() -> Parser:
    """Return the parser of this command's arguments."""
    made = Parser("parse", DESCRIPTION, EPILOG)
    made.usage = "grantlint parse FILE [--server NAME] [--input-format NAME]"
    # fmt: off
    made.add("file", metavar="FILE", help="a file of SQL, - for standard input")
    made.add("--server", metavar="NAME",
                      help="parse as this server, such as mysql-8.4 (default: as the product that takes most of FILE)")
    made.add("--input-format", metavar="NAME", dest="input_format",
                      help="read the file as sql, or as printed: what a client showed (default: by content)")
    made.add("--debug", action="store_true", help="show tracebacks")
    # fmt: on
    return made


def run(arguments: Sequence[str]) -> int:
    """Print what the arguments ask for and return the exit status."""
    options = parser().parse(arguments)
    path: str = options.file
    target = parse_target(options.server) if options.server else None
    try:
        text = decode(_bytes(path))
    except NotTextError as error:
        raise UsageError(f"{path}: {error}") from error
    source = Source(path, text)
    text = _statements_in(text, path, options.input_format)
    targets = [target] if target is not None else [parse_target(name) for name in GRAMMARS]
    found = [statement for statement, _ in best_reading(text, map(_grammar, targets)).found]
    print_report(page(_line(one, source) for one in found))
    return REJECTED if any(isinstance(one, SyntaxFault) for one in found) else UNDERSTOOD


def _statements_in(text: str, path: str, name: str | None) -> str:
    """Return the statements of a text in their places: what a client printed around them is blank."""
    if name not in {None, "sql", "printed"}:
        raise UsageError(f"--input-format {name}: parse reads sql, or printed, which is what a client showed")
    if name == "sql" or (name is None and not is_printed(path, text)):
        return text
    from grantlint.reader.formats.printed import blocks  # noqa: PLC0415 - for what a client printed alone

    text = blocks.plain(text)
    return blocks.only_statements(text, [one for one in blocks.blocks(text) if isinstance(one, blocks.Statement)])


def _grammar(target: Target) -> Grammar:
    return grammar_for(target.product, target.version)


def _line(one: Statement | SyntaxFault, source: Source) -> str:
    line, column = source.position(one.offset if isinstance(one, SyntaxFault) else one.start)
    said = f"error {one.errno}: {one.message}" if isinstance(one, SyntaxFault) else outline(one)
    return f"{named(source.path)}:{line}:{column}: {said}"


def _bytes(path: str) -> bytes:
    try:
        with open_named(path) as file:
            return file.read()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
