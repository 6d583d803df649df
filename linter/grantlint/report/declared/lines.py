"""The page: a line that says what this is, then every declaration, step and fault in the order of the files."""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from grantlint.model import Declarations, Fault, NotChecked
from grantlint.platform.record import NamedTuple
from grantlint.report.answers.json import place_of
from grantlint.report.declared.fates import Fates
from grantlint.report.declared.part import Line, PartLines, fault, not_checked
from grantlint.report.declared.shown import Json, Shown
from grantlint.report.page import Page, page
from grantlint.report.strict_json import encoded
from grantlint.servers.panel import Panel

VERSION = 1

_Entry = tuple[str, int, int, Json]  # the path of a line, where its place begins and ends, and the line itself


class Judged(NamedTuple):
    """A server with the parts of files that make it."""

    parts: Sequence[Declarations]
    panel: Panel


class Strays(NamedTuple):
    """Faults and unchecked values that belong to no part.

    They are such as a file that cannot be read.
    """

    faults: Sequence[Fault]
    not_checked: Sequence[NotChecked]


def json(parts: Iterable[Declarations], judged: Sequence[Judged], strays: Strays) -> Page:
    """Return everything that was read as JSON, in ASCII, a line each."""
    entries = [*_of_parts(parts, judged), *_of_strays(strays)]
    entries.sort(key=itemgetter(0, 1, 2))
    return page([encoded(_head(judged)), *(encoded(line) for _, _, _, line in entries)])


def _head(judged: Sequence[Judged]) -> Json:
    servers = [
        {
            "name": panel.declared.name,
            "judged_as": [server.installation.target.label for server in panel.servers],
            "assumed": panel.assumed,
        }
        for _, panel in judged
    ]
    return {"kind": "grantlint", "version": VERSION, "servers": servers}


def _of_parts(parts: Iterable[Declarations], judged: Sequence[Judged]) -> Iterator[_Entry]:
    servers: dict[int, list[Fates]] = {}
    for its_parts, panel in judged:
        fates = [Fates(panel.declared.name, server.stopped or server) for server in panel.servers]
        for part in its_parts:
            servers.setdefault(id(part), []).extend(fates)
    shown = Shown()
    for part in parts:
        for line in PartLines(part, shown, servers.get(id(part), ())).all():
            yield _entry(line, part.path, part.format)


def _of_strays(strays: Strays) -> Iterator[_Entry]:
    for line in (*map(fault, strays.faults), *map(not_checked, strays.not_checked)):
        yield _entry(line, line.span.source.path, line.span.source.format)


def _entry(line: Line, file: str, format_name: str) -> _Entry:
    source, start, end = line.span
    became = {} if line.became is None else {"became": line.became}
    told = {"kind": line.kind, **place_of(line.span), "file": file, "format": format_name or None}
    return source.path, start, end, {**told, "values": line.values, **became}
