"""Where something is declared, as path:line."""

from grantlint.model import Account, Role
from grantlint.model.location import Located, Span
from grantlint.report.page import named


def declared_at(entry: Account | Role) -> str:
    """Return path:line of an account or role."""
    return line_of(span_of(entry))


def span_of(entry: Account | Role) -> Span:
    """Return where an account's host or a role's name stands.

    The whole declaration where nobody knows it.
    """
    leaf = entry.host if isinstance(entry, Account) else entry.name
    return leaf.span if isinstance(leaf, Located) else entry.span


def line_of(span: Span) -> str:
    """Return path:line of a place."""
    return f"{named(span.source.path)}:{span.line}"


def position_of(span: Span) -> str:
    """Return path:line:column of a place, both from 1, the column in characters."""
    line, column = span.source.position(span.start)
    return f"{named(span.source.path)}:{line}:{column}"
