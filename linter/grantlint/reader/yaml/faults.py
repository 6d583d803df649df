"""What YAML says when it cannot be read, in plain words and at the character that is to blame."""

import re

from grantlint.model import Fault
from grantlint.model.location import Source, Span
from grantlint.reader.yaml.library import MarkedYAMLError, YAMLError

REPEATED_NODES = 1_000_000
REPEATED_SHARE = 20


NESTS = "the document nests"
_REPEATS = "aliases repeat"


class ExpansionLimit:
    """Counts the nodes that aliases repeat.

    A file may repeat a million nodes, or twenty times what it writes: a list of grants that every account of a
    large file shares stays far below, an alias bomb is above within a few lines.
    """

    __slots__ = ("nodes", "repeated")

    def __init__(self) -> None:
        self.nodes = 0
        self.repeated = 0

    def repeat(self, size: int) -> bool:
        """Count an alias for so many nodes. Returns whether the total is still acceptable."""
        self.nodes += size
        self.repeated += size
        written = self.nodes - self.repeated
        return self.repeated <= REPEATED_NODES or self.repeated <= REPEATED_SHARE * written


def alias_fault(source: Source, start: int, end: int) -> Fault:
    """Return the fault of aliases that repeat too much."""
    message = f"{_REPEATS} more than {REPEATED_NODES:,} values"
    return Fault("syntax-error", message, Span(source, start, end), "Write the values out, or leave the file out.")


def goes_beyond(fault: Fault) -> bool:
    """Whether a fault is a limit of ours. Filling in a template would not mend it."""
    return fault.message.startswith((NESTS, _REPEATS))


def endless_fault(place: Span) -> Fault:
    """Return the fault of a value that contains itself."""
    return Fault("syntax-error", "an alias stands in the value that it repeats", place, "Write the value out.")


_FORBIDDEN = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # by YAML 1.1, section 5.1

_CANNOT_START = {
    "%": ("a value may not begin with % unless it stands in quotes", "Quote it: '%'."),
    "\t": ("a tab stands where YAML allows only spaces", "Indent with spaces."),
    "@": ("a value may not begin with @ unless it stands in quotes", "Quote the value."),
    "`": ("a value may not begin with a backquote unless it stands in quotes", "Quote the value."),
}

_KEY_WITHIN_A_VALUE = (
    "a key stands where the value of the line above goes on",
    "Write the `:` that is missing above, or mend the indentation.",
)
_UNDEFINED_ALIAS = (
    "undefined alias",
    "a value that begins with * is an alias, and no anchor has this name",
    "Quote the value if the * is part of it: '*.*'.",
)
_PLAIN_WORDS = (
    (
        "that cannot start any token",
        "a value may not begin with this character unless it stands in quotes",
        "Quote the value.",
    ),
    (
        "unknown escape character",
        "double quotes have no such escape: a backslash begins one there",
        "Write the backslash twice, or use single quotes, where it is a character like others.",
    ),
    ("found a tab character", "a tab stands where YAML allows only spaces", "Indent with spaces."),
    _UNDEFINED_ALIAS,
    (
        "did not find expected alphabetic or numeric character",
        "a value that begins with * or & is an alias or an anchor",
        "Quote the value if the character is part of it: '*.*'.",
    ),
    (  # the same in PyYAML's own words
        "expected alphabetic or numeric character",
        "a value that begins with * or & is an alias or an anchor",
        "Quote the value if the character is part of it: '*.*'.",
    ),
    (
        "mapping values are not allowed",
        "a second `: ` stands on the line",
        "Quote the value, or mend the indentation.",
    ),
    (
        "did not find expected key",
        "the indentation or a quote is off: a key was expected here",
        "Line the key up with its neighbours; close the quote or bracket above.",
    ),
    (  # the same in PyYAML's own words
        "expected <block end>",
        "the indentation or a quote is off: a key or item was expected here",
        "Line it up with its neighbours; close the quote or bracket above.",
    ),
    (
        "did not find expected '-' indicator",
        "the indentation is off: a `- ` was expected here",
        "Line the item up with its neighbours.",
    ),
    (
        "did not find expected node content",
        "a value was expected here",
        "Write one, or take out the sign before it.",
    ),
    ("expected the node content", "a value was expected here", "Write one, or take out the sign before it."),
    ("maximum nesting", "it nests too deep", "Flatten it, or leave the file out."),
    (
        "expected comment or line break",
        "more stands behind `|` or `>` than says how the text below is read",
        "Begin the text on the next line.",
    ),
    (  # the same in PyYAML's own words
        "expected chomping or indentation",
        "more stands behind `|` or `>` than says how the text below is read",
        "Begin the text on the next line.",
    ),
)


def undefined_alias(source: Source, start: int, end: int) -> Fault:
    """Return the fault of an alias without an anchor. Nearly always it is a `*.*` without quotes."""
    _, message, remedy = _UNDEFINED_ALIAS
    return Fault("syntax-error", f"not valid YAML: {message}", Span(source, start, end), remedy)


def syntax_fault(source: Source, error: YAMLError) -> Fault:
    """Return a parser's error as a fault, placed where it began.

    Where nothing tells that, its place is the character where the parser stopped.
    """
    at, message, remedy = 0, "", "Mend the syntax; nothing after it was read."
    if isinstance(error, MarkedYAMLError):
        from grantlint.reader.yaml.slips.begun import begun  # noqa: PLC0415 - most files have no slip

        mark = error.problem_mark or error.context_mark
        at = min(mark.index if mark else 0, len(source.text))
        said = str(error.problem or error.context or "unreadable")
        begins = begun(source, error)
        if begins:
            at, message, remedy = begins
        elif "cannot start any token" in said and source.text[at : at + 1] in _CANNOT_START:
            message, remedy = _CANNOT_START[source.text[at]]
        elif "mapping values" in said and ": " not in source.text[source.text.rfind("\n", 0, at) + 1 : at]:
            message, remedy = _KEY_WITHIN_A_VALUE
        else:
            message, remedy = next(
                ((words, cure) for sign, words, cure in _PLAIN_WORDS if sign in said), (said, remedy)
            )
    else:  # ReaderError; its position counts bytes or characters, by the parser
        at = forbidden(source.text)
        message, remedy = "a control character that YAML forbids", "Remove it, or write it as an escape in quotes."
    return Fault("syntax-error", f"not valid YAML: {message}", character(source, at), remedy)


def forbidden(text: str) -> int:
    """Return the offset of the first character that YAML forbids. 0 where there is none."""
    found = re.search(_FORBIDDEN, text)  # compiled when it is needed: that takes as long as a small file
    return found.start() if found else 0


def character(source: Source, at: int) -> Span:
    """Return the span of one character. An empty one at the end of the text."""
    return Span(source, at, min(at + 1, len(source.text)))
