"""YAML that spells account words in an unusual way: escapes, explicit keys, flow style."""

import re

from grantlint.platform.pattern import Pattern


def written_otherwise(path: str, text: str) -> bool:
    """Return whether YAML may hold account words that claims do not see. See `grantlint.reader.yaml.outline`."""
    if any(sign in text for sign in _SIGNS) or ("\\" in text and hides_letters(text.encode())):
        return True
    if path.lower().endswith(".json"):
        return any(all(sign in text for sign in signs) for signs in _SIGNS_IN_JSON)
    if _AT_MARGIN.search(f"\n{text}") is not None:
        return True
    return ("users" in text and _USER_LISTS.search(text) is not None) or (
        "\r" in text and _RETURN.search(text) is not None
    )


def hides_letters(data: bytes) -> bool:
    """Return whether double quotes hide a part of an account word.

    They do by an escape, or by a line break within it.
    """
    return b"\\" in data and re.search(_ESCAPED, data) is not None


_ESCAPED = (
    rb"\\(?:(?:x|u00|U000000)(?:2[0-5a-fA-F]|3[0-9abdABD]|[4-7])"
    rb"|(?:(?<=[\w@:.$\[{-]\\)|(?<=ysql \\)|(?<=iadb \\))\r?\n[ \t]*[\w@:.$\[{-])"
)
_SIGNS = (
    *("\x85", "\u2028", "\u2029"),
    *("mysql_user", "mysql_role", "mysql_variables", "mysql_query", "mysql_grants", "replication_user", "mysql::"),
    *("mariadb.com/", "mmontes.io/", "crossplane.io/", "presslabs.org/", "radondb.com/", "percona.com/"),
)
_SIGNS_IN_JSON = (('"apiVersion"', '"kind"'), ('"services"',), ("mysql", "users"), ("mariadb", "users"))
_AT_MARGIN = Pattern(r"""\n(?:---[ \t]+)?(?:\[|\{(?![{%])|["'?!&*]|\w+[ \t]+:\s)""")
_USER_LISTS = Pattern(r"(?:mysql|mariadb)\w*users\b")
_RETURN = Pattern(r"\r(?!\n)")
