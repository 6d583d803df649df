"""A template: what it is called, what its rules say, and how a table of parameters becomes a check."""

from collections.abc import Callable

from grantlint.lint.rule import Check
from grantlint.lint.templates.parameters import Parameters
from grantlint.platform.record import NamedTuple

TEXT, TEXTS, NUMBER = "text", "texts", "number"
"""What a parameter takes: a text, a text or a list of texts, a whole number from 1."""


class Parameter(NamedTuple):
    """A key of a table that makes a rule.

    words: those that it takes, none for any.
    """

    key: str
    takes: str = TEXT
    required: bool = False
    words: tuple[str, ...] = ()


class Template(NamedTuple):
    """One kind of rule. make: takes the parameters and the message, and returns the check; takes: which they are."""

    name: str
    summary: str
    make: Callable[[Parameters, str], Check]
    takes: tuple[Parameter, ...]
