"""Where what is wrong in YAML began: the quote, bracket or key that was still open where the parser stopped.

A parser stops where it cannot go on, at worst at the end of the file. Its context says what it was in; of a quote that
closed too late, at one that should have opened the next value, it says nothing: that is seen by the last scalar.
"""

import re

from grantlint.model.location import Source
from grantlint.platform.record import NamedTuple
from grantlint.reader.yaml.library import MarkedYAMLError, ScalarEvent, YAMLError
from grantlint.reader.yaml.parser import end_of, parser, start_of

_CLOSERS = {"[": "]", "{": "}"}
_NEVER = ("unexpected end of stream", "unexpected document")  # a `---` ends a quote in the parser's eyes, too
_NEXT_ITEM = re.compile(r"expected ',' or '[\]}]'")
_IN_FLOW = "while parsing a flow"
_AS_A_PART = 'Close it where its value ends; write a quote that is part of it twice in \'...\', as \\" in "...".'


class Begun(NamedTuple):
    """Where it began, in characters, and what is wrong there."""

    at: int
    message: str
    remedy: str


def begun(source: Source, error: MarkedYAMLError) -> Begun | None:
    """Return where an error began, None where it was noticed."""
    context, problem = str(error.context or ""), str(error.problem or "")
    noticed = min(error.problem_mark.index, len(source.text)) if error.problem_mark else None
    opened = error.context_mark.index if error.context_mark else None
    if noticed is None:
        return None
    late = _closed_late(source, noticed) if "expected" in problem else None
    return late if late or opened is None else _within(source, context, problem, opened, noticed)


def _within(source: Source, context: str, problem: str, opened: int, noticed: int) -> Begun | None:
    """Return where it began by the parser's words and its two places: what it was in, and where it stopped."""
    if "quoted scalar" in context and any(sign in problem for sign in _NEVER):
        return Begun(opened, "this quote is opened and never closed", "Close it.")
    if context.startswith(_IN_FLOW) and _NEXT_ITEM.search(problem):
        return _left_open(source, opened, noticed)
    if "simple key" in context:
        return Begun(opened, "a key without a `:`", "Write `key: value`, or mend the indentation.")
    if "duplicate anchor" in context:
        message = f"this anchor is given to two values, the first on line {_line(source, opened)}"
        return Begun(noticed, message, "Give the second one another name.")
    return None


def _left_open(source: Source, opened: int, noticed: int) -> Begun:
    """Say it of a list or mapping in brackets: at the bracket, unless what is wrong stands on the same line."""
    bracket = source.text[opened]
    closer = _CLOSERS.get(bracket, "]")
    if _line(source, opened) == _line(source, noticed) and source.text[noticed : noticed + 1].strip():
        message = f"`,` or `{closer}` was expected here, as a `{bracket}` is open"
        return Begun(noticed, message, "Write it, or quote the value that holds commas or brackets.")
    where = f"`,` or `{closer}` was expected on line {_line(source, noticed)}"
    if noticed >= len(source.text.rstrip()):
        where = "the file ends first"
    return Begun(opened, f"this `{bracket}` is opened and never closed: {where}", f"Close it with `{closer}`.")


def _closed_late(source: Source, noticed: int) -> Begun | None:
    """Say it of a quote behind whose end on the same line more stands: at the quote that opened, if on another line."""
    before = source.text[:noticed].rstrip(" \t")
    if not before.endswith(("'", '"')):
        return None
    opened = _opening(source, len(before))
    if opened is None:
        return None
    first, last = _line(source, opened), _line(source, len(before))
    if first == last:
        return Begun(noticed, "more stands here, behind the quote that ends the value", _AS_A_PART)
    message = f"this quote is opened and closed only on line {last}, where more stands behind it"
    return Begun(opened, message, _AS_A_PART)


def _opening(source: Source, end: int) -> int | None:
    """Return where the quoted scalar begins that ends there, None where none does."""
    events = parser(source.text)
    try:
        while events.check_event():
            event = events.get_event()
            if isinstance(event, ScalarEvent) and end_of(event) >= end:
                return start_of(event) if end_of(event) == end and event.style in {"'", '"'} else None
    except YAMLError:  # the one that is being explained
        return None
    finally:
        events.dispose()
    return None


def _line(source: Source, at: int) -> int:
    return source.position(at)[0]
