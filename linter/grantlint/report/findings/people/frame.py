"""The lines that a finding speaks of, each marked where it does, with a label; one frame for all of a file."""

from collections.abc import Iterator, Sequence

from grantlint.lint.finding import Finding
from grantlint.platform.record import NamedTuple
from grantlint.report.findings.people.snippet import Snippet, snippet
from grantlint.report.findings.people.wrapping import COLUMNS, wrapped
from grantlint.report.findings.summary import COLOURS
from grantlint.report.page import Ink, Line
from grantlint.report.places import position_of

_BLUE = "1;34"
_ARROW, _BAR, _DOTS = Ink("-->", _BLUE), Ink("|", _BLUE), Ink("...", _BLUE)
_ROOM = 24  # columns that a label should have; with fewer it begins further to the left, on a line of its own


class Frame(NamedTuple):
    """A finding's lines as shown. margin: columns of line numbers; unshown: what is said of places without a line."""

    lines: Sequence[Line]
    margin: int
    unshown: Sequence[str]


class _Mark(NamedTuple):
    """A place in a line that is shown, with what is said of it."""

    number: int
    shown: Snippet
    label: str
    sign: str
    colour: str
    place: str


def framed(finding: Finding) -> Frame:
    """Return the lines of a finding's place and of related ones.

    Those of its own file come first.
    """
    main = finding.span
    files: dict[str, list[_Mark]] = {main.source.path: []}
    unshown: list[str] = []
    severity = COLOURS[finding.severity]
    places = [(main, finding.label, "^", severity), *((one.span, one.message, "-", _BLUE) for one in finding.related)]
    at = position_of(main)
    for span, label, sign, colour in places:
        shown = snippet(span)
        place = at if span is main else position_of(span)
        if shown is not None:
            files.setdefault(span.source.path, []).append(_Mark(shown.number, shown, label, sign, colour, place))
        elif span is not main:
            unshown.append(f"{place}: {label}")
    margin = len(str(max((mark.number for marks in files.values() for mark in marks), default=0)))
    lines: list[Line] = []
    for path, marks in files.items():
        place = at if path == main.source.path else marks[0].place
        lines.append((" " * margin, _ARROW, f" {place}"))
        lines += _frame(marks, margin)
    return Frame(lines, margin, unshown)


def _frame(marks: Sequence[_Mark], margin: int) -> Iterator[Line]:
    """Yield the lines of one file in their order, each once, the marks of each below it."""
    if marks:
        yield " " * margin, " ", _BAR
    before: _Mark | None = None
    for mark in sorted(marks, key=lambda one: (one.number, one.shown.caret)):
        if before is not None and mark.number > before.number + 1:
            yield (_DOTS,)
        if before is None or (mark.number, mark.shown.line) != (before.number, before.shown.line):
            yield Ink(f"{mark.number:>{margin}}", _BLUE), " ", _BAR, f" {mark.shown.line}"
        carets = mark.sign * (mark.shown.caret_end - mark.shown.caret)
        beside, *below = _labelled(mark, margin + 3)
        yield " " * margin, " ", _BAR, f" {' ' * mark.shown.caret}", Ink(f"{carets}{beside}", mark.colour)
        for line in below:
            yield " " * margin, " ", _BAR, " ", Ink(line, mark.colour)
        before = mark


def _labelled(mark: _Mark, gutter: int) -> list[str]:
    """Return a label, first its line behind the carets.

    Lines in which it goes on follow.
    """
    if not mark.label:
        return [""]
    behind = gutter + mark.shown.caret_end + 1
    if behind + _ROOM <= COLUMNS:
        first, *rest = wrapped(mark.label, behind, behind)
        return [f" {first}", *(line[gutter:] for line in rest)]
    left = min(mark.shown.caret, COLUMNS - _ROOM - gutter)
    first, *rest = wrapped(mark.label, gutter + left, gutter + left)
    return ["", " " * left + first, *(line[gutter:] for line in rest)]
