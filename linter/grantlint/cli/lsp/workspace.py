"""A folder as an editor sees it: judged whole, with the texts that are open in place of the files on the disk."""

import os
from collections.abc import Iterator, Mapping

from grantlint.access.server.listing import Listed, listing
from grantlint.access.server.server import Server
from grantlint.lint.finding import Finding
from grantlint.model import Account, Role
from grantlint.model.location import Located, Span
from grantlint.platform.record import NamedTuple
from grantlint.report.findings.content import Report
from grantlint.report.places import declared_at, span_of
from grantlint.run.configuration.config_search import find_config
from grantlint.run.configuration.reading import read_config
from grantlint.run.judging.planning import plan
from grantlint.run.loading import Request, load
from grantlint.run.settings import Settings


class RowAt(NamedTuple):
    """A row of a server's table, declared at a place.

    labels: of the products that judge it so.
    """

    server: Server
    name: str
    labels: tuple[str, ...]
    listed: Listed


class Workspace:
    """What is known of a folder since it was judged last."""

    def __init__(self, root: str) -> None:
        self.root = os.path.realpath(root)
        self._report: Report | None = None

    def judge(self, texts: Mapping[str, str]) -> None:
        """Read and judge everything below the root.

        texts: what is open, by real path. Raises GrantlintError for a configuration that cannot be used.
        """
        file = find_config(self.root)
        settings = read_config(file) if file else Settings()
        held = {path: text.encode("utf-8", "surrogateescape") for path, text in texts.items()}
        unsaved = next((path for path in held if not os.path.exists(path)), None)
        request = Request([self.root], texts=held)
        if unsaved is not None:  # no walk finds it
            request = Request([self.root, "-"], stdin_filename=unsaved, texts={**held, "-": held[unsaved]})
        self._report = plan(settings).judge(load(request, settings), keep_servers=True)

    def findings(self, path: str) -> list[Finding]:
        """Return the findings in a file."""
        return [] if self._report is None else [one for one in self._report.findings if one.span.source.path == path]

    def page_of(self, rule: str) -> str:
        """Return the address of a rule's page, '' where there is none."""
        return "" if self._report is None else self._report.page_of(rule)

    def rows_at(self, path: str, line: int, column: int) -> Iterator[RowAt]:
        """Yield the rows of the account at a line and column.

        Both count from 1; there is one row for each way to judge it.
        """
        for panel in () if self._report is None else self._report.judged:
            entries: list[Account | Role] = [*panel.declared.accounts, *panel.declared.roles]
            around = [one for one in entries if one.span.source.path == path and _covers(one.span, line, column)]
            entry = min(around, key=lambda one: one.span.end - one.span.start, default=None)
            if entry is None:
                continue
            place = span_of(entry)
            for server, labels in panel.alike:
                for listed in listing(server):
                    if span_of(listed.entry) == place:
                        yield RowAt(server, panel.declared.name, labels, listed)


def told(row: RowAt) -> list[str]:
    """Return what there is to say of a row, a line each.

    Its place, who gets it, what it may do.
    """
    listed = row.listed
    lines = [f"{listed.row} in {row.name} as {', '.join(row.labels)}"]
    if not listed.row.dropped:
        lines.append(f"row {listed.number} of {len(row.server.table.rows)}: {listed.row.place}")
    lines += listed.remarks(row.server)
    if listed.witness is not None:
        lines.append(f"a client that gets it: {listed.witness}")
    lines += [f"may: {grant}" for grant in _grants(listed.entry)]
    lines += [f"before it: {taker} ({declared_at(row.server.declaration_of(taker))})" for taker, _ in listed.takers]
    return lines


def shadowing(row: RowAt) -> list[Span]:
    """Return the declarations of rows that take a row's clients."""
    return [span_of(row.server.declaration_of(taker)) for taker, _ in row.listed.takers]


def _covers(span: Span, line: int, column: int) -> bool:
    source = span.source
    return source.position(span.start) <= (line, column) <= source.position(max(span.start, span.end))


def _grants(entry: Account | Role) -> Iterator[str]:
    for grant in entry.grants:
        if isinstance(grant.target, Located) and all(isinstance(leaf, Located) for leaf in grant.privileges):
            names = ", ".join(str(leaf.value) for leaf in grant.privileges if isinstance(leaf, Located))
            yield f"{names} ON {grant.target.value}"
        else:
            yield "what only a run could know"
