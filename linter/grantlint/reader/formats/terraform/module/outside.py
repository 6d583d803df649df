"""Whether an expression asks what is set elsewhere, itself or by the locals that it names."""

import re
from collections.abc import Callable

from grantlint.platform.pattern import Pattern
from grantlint.reader.formats.terraform.hcl.syntax import Expression

VARIABLES = Pattern(r"\bvar\.")
NAMES = Pattern(r"\.[A-Za-z_]")
"""Of anything at all: a variable, a resource, what a provider answers."""

_LOCAL = Pattern(r"\blocal\.(?P<name>[\w-]+)(?:\.[\w-]+)*")


def is_set_outside(expression: Expression, asked: re.Pattern[str], local: Callable[[str], Expression | None]) -> bool:
    """Return whether an expression names what a pattern finds.

    The locals that it names are looked into; one that nobody knows counts as such.
    """
    left, seen = [expression], set[str]()
    while left:
        text = left.pop().text
        if asked.search(_LOCAL.sub("", text)):
            return True
        for found in _LOCAL.finditer(text):
            name = found["name"]
            if name not in seen:
                seen.add(name)
                behind = local(name)
                if behind is None:
                    return True
                left.append(behind)
    return False
