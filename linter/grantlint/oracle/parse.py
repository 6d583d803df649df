"""Which statements of a file of cases a server parses, and which accounts come of them."""

from collections.abc import Iterator, Mapping

from grantlint.access import Target
from grantlint.oracle.case import parse_case
from grantlint.oracle.lines import cases_in
from grantlint.platform.errors import UsageError
from grantlint.platform.typed import cast
from grantlint.report.strict_json import encoded


def answers(path: str, server: Target | None) -> Iterator[str]:
    """Yield a line for each statement of a file.

    Raises UsageError for a line that is no case.
    """
    if server is None:
        raise UsageError("parse: which server is asked? Name it with --server, such as mysql-8.4")
    for case, where in cases_in(path):
        sql = case.get("sql")
        if not isinstance(sql, str):
            raise UsageError(f"{where}: a case has `id` and `sql`, a text")
        answer = {"id": case.get("id"), **parse_case(sql, server, present=_present(case))}
        yield encoded(answer, spaced=True)


def _present(case: Mapping[str, object]) -> list[tuple[str, str]] | None:
    rows = case.get("present")
    if not isinstance(rows, list):
        return None
    pairs = [cast("list[object]", row) for row in cast("list[object]", rows) if isinstance(row, list)]
    return [(str(pair[0]), str(pair[1])) for pair in pairs if len(pair) == 2]  # noqa: PLR2004 - user and host
