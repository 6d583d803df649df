"""`python -m grantlint.oracle why|parse --server NAME FILE`: the answers to a file of cases, a JSON line for each."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from grantlint.access import Target, parse_target
from grantlint.cli.main import guarded
from grantlint.cli.options import Parser
from grantlint.cli.terminal import print_report
from grantlint.oracle import parse, why
from grantlint.report.page import Page, page

DESCRIPTION = """\
Answer each case in a file of JSON lines (packed by gzip, if its name ends in .gz; -: standard input) as a server would.

why: who gets each client of an account table. A case has `accounts` ([[user, host value], ...]) and `clients` ([[user,
address or socket], ...]), and may have `names` (from addresses to names), `skip_name_resolve`, `rows_made_by` (create,
create_flush or insert) and `server`; the answer is {"id": ..., "winner": [...]}: for each client the accounts that win,
more than one where they tie, or the number of the error.

parse: whether a server parses a statement. A case has `sql`; the answer is {"id": ..., "parsed": ..., "accounts":
[[user, host], ...]}: the rows that it adds to those that are there: `present` of the case ([[user, host], ...], []
for none), or else those of the servers that grantlint's own cases were put to: u, u1 and u2 at %, app@localhost,
ann@10.0.0.1, tester@localhost, and the roles r1 and r2."""
EPILOG = """\
exit status:
  0  all lines are answered
  2  misuse, or a line that is no case
"""
_BATCH = 100  # lines that are written together

Answers = Callable[[str, Target | None], Iterator[str]]
_QUESTIONS: dict[str, Answers] = {"why": why.answers, "parse": parse.answers}


def parser() -> Parser:
    """Return the parser of the arguments."""
    made = Parser("oracle", DESCRIPTION, EPILOG)
    made.usage = "python -m grantlint.oracle why|parse [--server NAME] FILE"
    made.add("question", choices=[*_QUESTIONS], help="what is asked of each case")
    made.add("file", metavar="FILE", help="the cases, a JSON object a line")
    made.add("--server", metavar="NAME", help="the server that is asked, such as mysql-8.4")
    made.add("--debug", action="store_true", help="show tracebacks")
    return made


def run(arguments: Sequence[str]) -> int:
    """Print the answers asked for and return the exit status."""
    options = parser().parse(arguments)
    target = parse_target(options.server) if options.server else None
    for batch in _batches(_QUESTIONS[options.question](options.file, target)):
        print_report(batch)
    return 0


def _batches(lines: Iterable[str]) -> Iterator[Page]:
    """Yield the lines in groups; those before a line that cannot be answered, too."""
    waiting = iter(lines)
    batch: list[str] = []
    try:
        while True:
            batch = []
            for line in islice(waiting, _BATCH):
                batch.append(line)
            if not batch:
                return
            yield page(batch)
    except Exception:
        if batch:
            print_report(page(batch))
        raise


if __name__ == "__main__":
    sys.exit(guarded(run, sys.argv[1:]))
