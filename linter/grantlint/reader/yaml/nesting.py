"""How deep YAML nests: our own limit, told before any limit of a parser's, at the same place with every parser.

A parser scans ahead: up to 1,024 characters before its first event, since what begins there may be a key. So its error
may come before the events of what nests too deep above it, and libyaml 0.2.6 has a limit of its own. Whatever a parser
refuses, the text before it is therefore looked at once more, by events, which take no recursion.
"""

from grantlint.model import Fault
from grantlint.model.location import Source
from grantlint.reader.yaml.faults import NESTS, character, forbidden, syntax_fault
from grantlint.reader.yaml.library import (
    CollectionEndEvent,
    CollectionStartEvent,
    MarkedYAMLError,
    ScannerError,
    YAMLError,
)
from grantlint.reader.yaml.parser import MAX_DEPTH, TooDeepError, parser, start_of

_TRIES = 4


def depth_fault(source: Source, at: int) -> Fault:
    """Return the fault of a document that nests too deep."""
    message = f"{NESTS} more than {MAX_DEPTH} levels deep"
    return Fault("syntax-error", message, character(source, at), "Flatten it, or leave the file out.")


def unreadable(source: Source, error: YAMLError) -> Fault:
    """Return why a text cannot be read on, as a fault. Nesting too deep before the error goes before the error."""
    end = _begin(source, error)
    return too_deep(source, end) or syntax_fault(source, error)


def too_deep(source: Source, end: int) -> Fault | None:
    """Return the fault of the first place deeper than MAX_DEPTH. None where none stands before `end`."""
    for _ in range(_TRIES):
        try:
            return _deepest(source, source.text[:end])
        except ScannerError as error:  # the cut went through a token
            end = min(_begin(source, error), end - 1)
        except YAMLError:  # the parser has told all events before
            return None
    return None


def _deepest(source: Source, text: str) -> Fault | None:
    events = parser(text)
    level = 0
    try:
        while events.check_event():
            event = events.get_event()
            if isinstance(event, CollectionStartEvent):
                level += 1
                if level > MAX_DEPTH:
                    return depth_fault(source, start_of(event))
            elif isinstance(event, CollectionEndEvent):
                level -= 1
    finally:
        events.dispose()
    return None


def _begin(source: Source, error: YAMLError) -> int:
    """Return where the token begins that an error is about."""
    if isinstance(error, TooDeepError):
        return len(source.text)
    if not isinstance(error, MarkedYAMLError):  # a character that YAML forbids
        return forbidden(source.text)
    marks = [error.problem_mark, error.context_mark if isinstance(error, ScannerError) else None]
    return min((mark.index for mark in marks if mark), default=0)
