"""Passwords that reach the server otherwise than the file shows them; what they are is never told."""

from grantlint.model import Changed
from grantlint.model.location import Span
from grantlint.platform.pattern import Pattern
from grantlint.platform.typed import TYPE_CHECKING

if TYPE_CHECKING:  # SQL asks as well, and needs no parser of YAML
    from grantlint.reader.yaml.nodes import ScalarNode

_QUOTE = "Put it in single quotes."
_DOUBLE = "Write the backslash twice, or a password without one."
_ESCAPE = Pattern(r"(?s)\\.")
_BREAKS = frozenset("nrt")
_DROPPED = frozenset("cdghijklmopqswyzACDEFGHIJKMOQRSTVWXY123456789")  # of which no format makes anything else
_UNSEEN = frozenset("\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff\u2028\u2029\x85")


def in_yaml(node: "ScalarNode", span: Span, *, go: bool) -> Changed | None:
    """Return how YAML changes a password in a scalar. None where it does not."""
    from grantlint.reader.yaml.typed import becomes  # noqa: PLC0415 - as above

    kind = becomes(node, go=go)
    if kind:
        return Changed(f"without quotes YAML reads it as {kind}", _QUOTE, span)
    if node.style == '"' and not _UNSEEN.isdisjoint(node.value):
        return Changed("an escape of double quotes makes an unseen character of it", _QUOTE, span)
    return line_end(node.value, span)


def in_sql(written: str, span: Span) -> Changed | None:
    """Return how a literal of SQL changes a password. None where it does not.

    Escapes of quotes and of the backslash itself are meant, and so may those be that other formats have.
    """
    if "\\" not in written or "NO_BACKSLASH_ESCAPES" in span.source.text:
        return None
    escaped = {pair[1] for pair in _ESCAPE.findall(written)}
    if not escaped.isdisjoint(_BREAKS):
        return Changed("a backslash and the letter behind it are one character that nobody types", _DOUBLE, span)
    if not escaped.isdisjoint(_DROPPED):
        return Changed("SQL drops the backslash before a letter", _DOUBLE, span)
    return None


def line_end(text: str, span: Span) -> Changed | None:
    """Return the change by a line break at a password's end. Nobody types one. None where there is none."""
    if not text.endswith(("\n", "\r")) or not text.strip():
        return None
    return Changed("it ends with a line break", "Write it without one (`|-` in YAML, `printf %s` before base64).", span)
