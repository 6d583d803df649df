"""The variables of a container, as a resource writes them: `NAME=value` in a list, or a name and a value."""

from grantlint.model.location import Located, Span, Unresolved
from grantlint.reader.formats.terraform.values import Scalar, Value
from grantlint.reader.images.environment import Variable, is_secret
from grantlint.reader.leaf.changes import line_end

_ELSEWHERE = "it is told elsewhere"


def variable(name: str, value: Value | None, line: Span) -> Variable:
    """Return a variable with its value. A secret is hidden in the file."""
    if isinstance(value, Scalar):
        if is_secret(name):
            value.source.hide(value.start, value.end)
        return Variable(Located(value.text, *value.span), line, changed=line_end(value.text, value.span))
    reason = value.reason if isinstance(value, Unresolved) else _ELSEWHERE
    return Variable(Unresolved(reason, *(value.span if value is not None else line)), line)
