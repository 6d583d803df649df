"""What Puppet's files are known by: resources of the MySQL module, SQL in manifests, data for its class."""

import re
from collections.abc import Iterator

from grantlint.platform.pattern import LinePattern, Pattern


def claims(path: str, text: str) -> bool:
    """Return whether a file is a manifest or data about accounts.

    A manifest has resources of the MySQL module, or SQL.
    """
    if not path.lower().endswith(".pp"):
        return (
            _OF_HIERA.in_a_line_of(text)
            or ("<<" in text and _MERGED_HIERA.in_a_line_of(text))
            or (_OF_OTHER_KEYS.in_a_line_of(text) and _OF_RESOURCES.in_a_line_of(text))
        )
    if _OF_MANIFESTS.in_a_line_of(text) or (_has_statement(text) and _has_sql_in_strings(text)):
        return True
    if next(classes_of_others(text), None) is not None or ("mysqladmin" in text and _holds_statements(text)):
        return True
    return "debconf" in text and "/root" in text and _sets_passwords(text)


def classes_of_others(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a manifest declares other modules' classes with an account. References to them are none.

    They are OpenStack's: manifests/db/mysql.pp of those modules hands user and hosts to `openstacklib::db::mysql`.
    """
    for found in _OF_OTHERS.finditer(text) if "::db::mysql" in text else ():
        start, end = found.span()
        before = text[text.rfind("\n", 0, start) + 1 : start]
        if "#" in before or "Class[" in before:
            continue
        is_title = before[-1:] in {"'", '"'} and _BEHIND_TITLE.match(text, end) is not None
        if is_title or before.rstrip("'\"").endswith(("include ", "contain ", "require ")):
            yield start, end


def _sets_passwords(text: str) -> bool:
    from grantlint.reader.formats.shell.commands.root_password import sets_passwords  # noqa: PLC0415 - for few files

    return sets_passwords(text)


def _has_sql_in_strings(text: str) -> bool:
    lines = (
        text[text.rfind("\n", 0, found.start()) + 1 : found.start() + 1]
        for found in _OF_SQL_IN_MANIFESTS.finditer(text)
    )
    return any(("'" in line or '"' in line) and not line.lstrip().startswith("#") for line in lines)


_OF_MANIFESTS = LinePattern(
    ("ysql_user", "ysql_grant", "ysql::", '"mysql_$', "database_user", "database_grant"),
    r"""^[^#\n]*(?:\b[Mm]ysql_(?:user|grant)\b|\bmysql::db\b|\b[Mm]ysql::[Dd]b\b|["']:*mysql::(?:server(?:::backup|::monitor)?|backup)["']|"mysql_\$)"""
    r"""|^[ \t]*(?:@@?)?(?:database_|mysql::)(?:user|grant)[ \t]*\{""",
)
_OF_OTHERS = Pattern(r"(?<![\w:$])(?:::)?[a-z]\w*::db::mysql\w*(?![\w:])")
_BEHIND_TITLE = Pattern(r"""["']\s*(?:,|:(?!:)|\]\s*:)""")
_OF_SQL_IN_MANIFESTS = Pattern(
    r"""[\s"'](?:(?:GRANT|REVOKE)\s[^\n]{1,300}?\sON\s|(?:CREATE|ALTER|DROP|RENAME)\s+USER\s|SET\s+PASSWORD\b"""
    r"""|(?:UPDATE|INTO|FROM)\s+(?:mysql\.)?user\s)""",
    re.IGNORECASE,
)
_HIERA_KEY = (
    r"""["']?(?:::)?mysql::(?:server::(?:users|grants|root_password|(?:override_)?options)|(?:server::)?db|dbs|users|grants)["']?:"""
    r"""(?=\s)"""
)
_OF_HIERA = LinePattern(("mysql::",), f"^{_HIERA_KEY}")
_OF_OTHER_KEYS = LinePattern(
    ("mysql", "mariadb"), r"""^["']?(?:::)?(?=\w+::)(?:\w|::)+["']?:(?:[ \t]*\r?$|[ \t]+[{&])"""
)
_OF_RESOURCES = LinePattern(("password", "privileges"), r"""^[^#\n]*[\s{,"'](?:password(?:_hash)?|privileges)["']?:""")
_MERGED_HIERA = LinePattern(("mysql::",), rf"^[ \t]+{_HIERA_KEY}")  # which a merge may bring to the margin


def _holds_statements(text: str) -> bool:
    from grantlint.reader.files.other.leftover import holds_statements  # noqa: PLC0415 - as below

    return holds_statements(text)


def _has_statement(text: str) -> bool:
    from grantlint.reader.sql.sign import has_statement  # noqa: PLC0415 - its expressions cost time to compile

    return has_statement(text)
