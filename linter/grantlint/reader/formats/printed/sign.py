"""Whether a text is what a client printed of a server: results, SHOW GRANTS, a whole session."""

import re

from grantlint.platform.pattern import Pattern

# Both begin with the line break before, for which the search is many times as fast as for the beginning of a line.
_SIGN = Pattern(
    r"""\n[ \t]*(?:[+|]-{2,}[-+|]*[+|][ \t\r]*$|\*{5,}[ \t]*\d+\.[ ]row\b|mysql>|MariaDB[ ]\[|MySQL[ \t][^>\n]*>
    |Grants[ ]for[ ]|CREATE[ ]USER[ ]for[ ]|(?:[^\t\n]*\t)*(?:host|user)(?:\t[^\n]*)?$|"?(?:user|host)"?[,;]|\u2502)""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
# In SQL lines of boxes, or with the name of a column alone, may stand in a comment or a statement of several lines.
_IN_SQL = Pattern(
    r"""\n[ \t]*(?=[MmUuHh*|])(?:mysql>|MariaDB[ ]\[[^\]\n]*\]>|MySQL[ \t][^>\n]*SQL[ \t]?>|\*{5,}[ \t]*\d+\.[ ]row\b
    |(?:user\thost|host\tuser)\b|\|[ \t]*(?:Grants[ ]for[ ]|CREATE[ ]USER[ ]for[ ]|(?:user|host)[ \t]*\|))""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_LISTED = Pattern(
    r"""[ \t]*(?:GRANT|DENY|REVOKE|CREATE[ \t]+(?:USER|ROLE)|ALTER[ \t]+USER|SET[ \t]+DEFAULT[ \t]+ROLE)[ \t]+
    [^;\n]*[^;\s][ \t\r]*\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_MOST = 2_000  # lines that are looked at to see that a text has statements and nothing else


def claims(path: str, text: str) -> bool:
    """Return whether a text holds a client's printed accounts.

    Results of the grant tables, or statements as servers show them.
    """
    sign = _IN_SQL if path.lower().endswith(".sql") else _SIGN
    behind_first = text.find("\n") + 1 or len(text)
    if sign.search(f"\n{text[:behind_first]}") is not None or sign.search(text) is not None:
        from grantlint.reader.formats.printed.document import has_accounts  # noqa: PLC0415 - few files have such a sign

        return has_accounts(text)
    return ";" not in text and _is_listing(text)


def _is_listing(text: str) -> bool:
    """Return whether each line is a statement without delimiter, as servers print them."""
    if "@" not in text:
        return False
    lines = [line for line in text.split("\n", _MOST)[:_MOST] if line.strip()]
    return bool(lines) and all(_LISTED.match(line) for line in lines)
