"""Whether a file of SQL declares accounts of MySQL or MariaDB, and not of another database.

Other dialects write CREATE USER and GRANT too. What tells them apart: a host after the user, `*.*` and `db.*`,
IDENTIFIED, backticks here; schemas, sequences, LOGIN, WITH PASSWORD, tablespaces there.
"""

import re
from collections.abc import Iterator
from itertools import islice

from grantlint.pattern import Pattern

# Each begins with its first word, lower case: a search for a fixed text is ten times as fast as one for a choice.
_STATEMENTS = tuple(
    re.compile(rf"{words[0]}(?<!\w{words[0]}){words[1]}")
    for words in (
        ("grant", r"\s+\S"),
        ("revoke", r"\s+\S"),
        ("create", r"\s+(?:or\s+replace\s+)?(?:user|role)\b"),
        ("alter", r"\s+(?:user|role)\b"),
        ("drop", r"\s+(?:user|role)\b"),
        ("rename", r"\s+user\b"),
        ("set", r"\s+(?:default\s+role|password)\b"),
        ("mysql", r"\\?`?\s*\.\s*\\?`?(?:user|db|global_priv)\b"),
    )
)
_AFTER_USE = tuple(  # written to accounts where `USE mysql` or the like came before
    re.compile(rf"{word}(?<!\w{word})\s+`?user`?\b") for word in ("into", "update", "from")
)
_IN_MYSQL = Pattern(  # the current database: of USE, and of a client that is told it on its command line
    r"\buse\s+`?mysql\b|\b(?:mysql|mariadb)\b[^\n|;&]*?(?:[ \t=]|-d)mysql\b"
)
_OURS = Pattern(
    r"""['"`\w$%}>\]]\s*@\s*['"`]|\bTO\s+['"]?[\w$]+['"]?@|\*\s*\.\s*\*|[\w`}"'%$*]\s*\.\s*\*\s+(?:TO|FROM)\b
    |\bIDENTIFIED\s+(?:BY|WITH|VIA)\b|\bFLUSH\s+PRIVILEGES\b|\bSET\s+PASSWORD\b|/\*[!M]|`
    |\bmysql\s*\.\s*(?:user|db|global_priv)\b|\bUSE\s+mysql\b|\bENGINE\s*=\s*(?:InnoDB|MyISAM)\b|\bAUTO_INCREMENT\b
    |\bSET\s+DEFAULT\s+ROLE\b""",
    re.IGNORECASE | re.VERBOSE,
)
_THEIRS = Pattern(
    r"""\bON\s+(?:ALL\s+(?:TABLES|SEQUENCES|FUNCTIONS|ROUTINES|KEYSPACES|MATERIALIZED)|DATABASE|SCHEMA|SEQUENCE
        |KEYSPACE|LANGUAGE|TYPE|DOMAIN|TABLESPACE|WAREHOUSE|FUTURE|STAGE|INTEGRATION|LARGE\s+OBJECT|DIRECTORY
        |FOREIGN\s+(?:SERVER|DATA))\s
    |\bWITH\s+(?:(?:UN)?ENCRYPTED\s+)?PASSWORD\b|\b(?:USER|ROLE)\s+\S+\s+(?:(?:UN)?ENCRYPTED\s+)?PASSWORD\s+'
    |\b(?:CREATE|ALTER)\s+(?:USER|ROLE)\s[^;]{0,300}?\b(?:NO)?(?:LOGIN|SUPERUSER|CREATEDB|CREATEROLE|INHERIT)\b
    |\bDEFAULT\s+TABLESPACE\b|\bQUOTA\s+\S+\s+ON\b|\bVARCHAR2\b|\bFOR\s+LOGIN\b|\bCREATE\s+(?:LOGIN|EXTENSION|KEYSPACE)\b
    |\bALTER\s+DEFAULT\s+PRIVILEGES\b|\bOWNER\s+TO\b|\bplpgsql\b|^\s*\\(?:c|connect)\s|\bON\s+CLUSTER\b|\bMergeTree\b
    |\b(?:plaintext_password|double_sha1_\w+|sha256_hash)\b|\bHOST\s+(?:ANY|LOCAL|IP|NAME|LIKE|REGEXP)\b
    |^\s*GO\s*$|\bTO\s+(?:ROLE|GROUP)\s|\bGRANT\s+(?:CONNECT|RESOURCE|DBA|CREATE\s+SESSION|MODIFY|AUTHORIZE)\b
    |\bsp_addrolemember\b|\w::[a-z]+\b""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_CERTAIN = Pattern(r"""['"`\w$%}>\]]\s?@\s?['"`]|\w@localhost\b|\bFLUSH\s+PRIVILEGES\b""", re.IGNORECASE)
_COMMENT = Pattern(r"/\*(?![!M])(?:[^*]|\*(?!/))*+\*/|^[ \t]*(?:--(?=\s)|\#)[^\n]*", re.MULTILINE)
_BEGINNING = 100_000  # characters that are looked at to tell the dialect
_AROUND = 2_000  # and around each account statement
_FEW = 200  # account statements that are looked at


def claims(path: str, text: str) -> bool:
    """Return whether the file holds account statements that are MySQL's or MariaDB's as far as one can tell."""
    found = list(islice(_statements(path, text), _FEW))
    if not found:
        return False
    code = text
    if len(text) > _BEGINNING:
        near = (text[max(_BEGINNING, at - _AROUND) : at + _AROUND] for at in found if at > _BEGINNING)
        code = "\n".join((text[:_BEGINNING], *near))
    code = _COMMENT.compiled.sub("", code)
    if next(_statements(path, code), None) is None:
        return False
    if _THEIRS.search(code) is not None:
        return _CERTAIN.search(code) is not None
    return any(word in path.lower() for word in ("mysql", "maria")) or _OURS.search(code) is not None


def has_statement(text: str) -> bool:
    """Return whether an account statement may be somewhere in a text."""
    lower = text.lower()
    if any(statement.search(lower) for statement in _STATEMENTS):
        return True
    return any(statement.search(lower) for statement in _AFTER_USE) and _IN_MYSQL.search(lower) is not None


def _statements(path: str, text: str) -> Iterator[int]:
    """Yield where account statements may begin, one kind after the other."""
    lower = text.lower()
    for statement in (*_STATEMENTS, *(_AFTER_USE if "mysql" in lower or "mysql" in path.lower() else ())):
        for found in statement.finditer(lower):
            yield found.start()
