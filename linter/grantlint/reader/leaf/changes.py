"""Passwords that reach the server otherwise than the file shows them; what they are is never told."""

from grantlint.model import Changed
from grantlint.model.location import Span
from grantlint.reader.yaml.nodes import ScalarNode
from grantlint.reader.yaml.typed import becomes

_QUOTE = "Put it in single quotes."
_UNSEEN = frozenset("\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff\u2028\u2029\x85")


def in_yaml(node: ScalarNode, span: Span, *, go: bool) -> Changed | None:
    """Return how YAML changes a password in a scalar. None where it does not."""
    kind = becomes(node, go=go)
    if kind:
        return Changed(f"without quotes YAML reads it as {kind}", _QUOTE, span)
    if node.style == '"' and not _UNSEEN.isdisjoint(node.value):
        return Changed("an escape of double quotes makes an unseen character of it", _QUOTE, span)
    return line_end(node.value, span)


def line_end(text: str, span: Span) -> Changed | None:
    """Return the change by a line break at a password's end. Nobody types one. None where there is none."""
    if not text.endswith(("\n", "\r")) or not text.strip():
        return None
    return Changed("it ends with a line break", "Write it without one (`|-` in YAML, `printf %s` before base64).", span)
