"""A template: what it is called, what its rules say, and how a table of parameters becomes a check."""

from collections.abc import Callable
from typing import NamedTuple

from grantlint.lint.rule import Check
from grantlint.lint.templates.parameters import Parameters


class Template(NamedTuple):
    """One kind of rule. make: takes the parameters and the message, and returns the check."""

    name: str
    summary: str
    make: Callable[[Parameters, str], Check]
