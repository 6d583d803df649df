"""What a file of Salt is known by: states of accounts, a pillar of mysql-formula, SQL in commands."""

from grantlint.platform.pattern import LinePattern, Pattern
from grantlint.reader.files.words import has_account_words


def claims(path: str, text: str) -> bool:
    """Return whether a file has states, pillars or SQL about accounts.

    Pillars are of mysql-formula; states also in .yml.
    """
    if path.lower().endswith((".yml", ".yaml")):
        return _IN_YAML.in_a_line_of(text)
    if text.startswith("#!") and ("mysql_user" in text or "mysql_grants" in text):
        return True
    return (
        _OF_STATES.in_a_line_of(text)
        or ("mysql:" in text and _OF_PILLARS.search(text) is not None)
        or (_OF_SQL_IN_STATES.in_a_line_of(text) and (_has_statement(text) or IN_MYSQL.in_a_line_of(text)))
        or (has_account_words(text) and _holds_statements(text))
        or (("mysqladmin" in text or "debconf" in text) and _sets_passwords(text))
    )


_OF_STATES = LinePattern(
    ("mysql_user", "mysql_grants"),
    r"""^[ \t]+["']?mysql_(?:user|grants)(?:\.\w+)?["']?:[ \t]*(?:[#\[\r]|$)"""
    r"""|^[^#\n]+:[ \t]+mysql_(?:user|grants)\.\w+[ \t]*(?:[#\r]|$)""",
)
_IN_YAML = LinePattern(
    ("mysql_user.", "mysql_grants."),
    r"""^[ \t]+["']?mysql_(?:user|grants)\.(?:present|absent)["']?:[ \t]*(?:[#\[\r]|$)"""
    r"""|^[ \t]*-[ \t]+mysql_(?:user|grants)\.(?:present|absent)[ \t]*(?:[#\r]|$)""",
)
_OF_SQL_IN_STATES = LinePattern(
    ("mysql", "mariadb"),
    r"""^[^#\n]*(?:\b(?:mysql|mariadb)[ \t][^\n]{0,1000}(?:-\w*e\b|-e["']|--execute|<<)|\|[ \t]*(?:mysql|mariadb)\b"""
    r"""|\bmysql_query\.run\b|\bmysql\.query\b)""",
)
IN_MYSQL = LinePattern(("database",), r"""^[ \t]+-[ \t]+database:[ \t]+["']?mysql["']?[ \t]*(?:#|\r?$)""")
"""A query that begins in the database `mysql`, so that a table of accounts is named alone."""

_OF_PILLARS = Pattern(r"(?:^|\n)mysql:[ \t]*(?:#[^\n]*|\r)?\n(?:[ \t#\r][^\n]*\n|\n)*?[ \t]+(?:user|server):")


def _has_statement(text: str) -> bool:
    from grantlint.reader.sql.sign import has_statement  # noqa: PLC0415 - its expressions cost time to compile

    return has_statement(text)


def _sets_passwords(text: str) -> bool:
    from grantlint.reader.formats.shell.commands.root_password import sets_passwords  # noqa: PLC0415 - as above

    return sets_passwords(text)


def _holds_statements(text: str) -> bool:
    from grantlint.reader.files.other.leftover import holds_statements  # noqa: PLC0415 - as above

    return holds_statements(text)
