r"""How a text is written so that quotes make exactly that text of it: YAML's, HCL's, Puppet's and the shell's.

Sources: YAML 1.2.2, 7.3 Flow Scalar Styles; HCL Native Syntax Specification, Quoted Template Expressions; Puppet,
Language: Data types: Strings; POSIX.1-2024, Shell Command Language, 2.2 Quoting and 2.7.4 Here-Document.
"""

import re
from collections.abc import Iterable

from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple


class Quotes(NamedTuple):
    r"""A kind of quotes: its marks, and its escapes of special characters.

    >>> print(YAML_DOUBLE.write(r"shop\_eu"), YAML_SINGLE.write("it's"), SHELL_DOUBLE.write("`a`"))
    shop\\_eu it''s \`a\`
    """

    opening: str
    closing: str
    special: re.Pattern[str]
    escaped: str  # what re.sub puts for it

    def write(self, text: str) -> str:
        """Return a text as it stands between these quotes."""
        return self.special.sub(self.escaped, text)


_NOTHING = Pattern(r"(?!)")
_BACKSLASH = r"\\\g<0>"

BARE = Quotes("", "", _NOTHING, "")
YAML_SINGLE = Quotes("'", "'", Pattern("'"), "''")
YAML_DOUBLE = Quotes('"', '"', Pattern(r'[\\"]'), _BACKSLASH)
HCL_DOUBLE = Quotes('"', '"', Pattern(r'[\\"]'), _BACKSLASH)
PUPPET_SINGLE = Quotes("'", "'", Pattern(r"'|\\(?=[\\']|\Z)"), _BACKSLASH)
PUPPET_DOUBLE = Quotes('"', '"', Pattern(r'[\\"$]'), _BACKSLASH)
SHELL_SINGLE = Quotes("'", "'", Pattern("'"), r"'\\''")
SHELL_DOUBLE = Quotes('"', '"', Pattern(r'[$`"]|\\(?=[$`"\\\n]|\Z)'), _BACKSLASH)
SHELL_ANSI = Quotes("$'", "'", Pattern(r"[\\']"), _BACKSLASH)
HERE_DOCUMENT = Quotes("", "", Pattern(r"[$`]|\\(?=[$`\\\n]|\Z)"), _BACKSLASH)


def write(text: str, quotes: Iterable[Quotes]) -> str:
    r"""Return a text as it stands within several quotes, the outermost first.

    >>> print(write(r"`a\_b`", [YAML_DOUBLE, SHELL_DOUBLE]))
    \\`a\\_b\\`
    """
    for each in reversed([*quotes]):
        text = each.write(text)
    return text
