"""Whether a file of SQL declares accounts of MySQL or MariaDB, and not of another database.

Other dialects write CREATE USER and GRANT too. What tells them apart: a host after the user, `*.*` and `db.*`,
IDENTIFIED, backticks here; schemas, sequences, LOGIN, WITH PASSWORD, tablespaces there.
"""

import re
from collections.abc import Iterable, Iterator

from grantlint.platform.pattern import Pattern

_TABLES = (  # grant tables, which other databases have none of, but for `user`
    r"(?:user|db|global_priv|tables_priv|columns_priv|procs_priv|proxies_priv|roles_mapping|role_edges|default_roles"
    r"|global_grants)\b"
)
# Each begins with its first word, lower case: a search for a fixed text is ten times as fast as one for a choice, and
# no expression is compiled for words that a text does not hold.
_STATEMENTS = tuple(
    (word, Pattern(rf"{word}(?<!\w{word}){behind}"))
    for word, behind in (
        ("grant", r"\s+\S"),
        ("revoke", r"\s+\S"),
        ("create", r"\s+(?:or\s+replace\s+)?(?:user|role)\b"),
        ("alter", r"\s+(?:user|role)\b"),
        ("drop", r"\s+(?:user|role)\b"),
        ("rename", r"\s+user\b"),
        ("set", r"\s+(?:default\s+role|password)\b"),
        ("mysql", rf"\\?`?\s*\.\s*\\?`?{_TABLES}"),
    )
)
# A verb with a comment behind it, before or within one that only some servers take for a comment.
_PARTED = tuple(
    (verb, Pattern(rf"{verb}(?<!\w{verb})[\s`]*(?:/\*|\*/|--|\#)"))
    for verb in ("grant", "revoke", "create", "alter", "drop", "rename", "set", "into", "update", "from", "mysql")
)
_AFTER_USE = tuple(  # written to accounts where `USE mysql` or the like came before
    (word, Pattern(rf"{word}(?<!\w{word})\s+`?{_TABLES}")) for word in ("into", "update", "from")
)
_IN_MYSQL = Pattern(  # the current database: of USE, and of a client that is told it on its command line
    r"\buse\s+`?mysql\b|^-- host: [^\n]* database: mysql\b|\b(?:mysql|mariadb)\b[^\n|;&]{0,1000}?(?:[ \t=]|-d)mysql\b",
    re.MULTILINE,
)
_OURS = Pattern(
    r"""(?:[\w$%}>\]]|(?<=[^\s(,=|])['"`])\s*@\s*['"`]|\bTO\s+['"]?[\w$]+['"]?@|\*\s*\.\s*\*|[\w`}"'%$*]\s*\.\s*\*\s+(?:TO|FROM)\b
    |\bIDENTIFIED\s+(?:BY|WITH|VIA)\b|\bFLUSH\s+PRIVILEGES\b|\bSET\s+PASSWORD\b|/\*[!M]|`
    |\bmysql\s*\.\s*(?:user|db|\w+_priv|role\w+|default_roles|global_grants)\b|\bUSE\s+mysql\b
    |\bENGINE\s*=\s*(?:InnoDB|MyISAM)\b|\bAUTO_INCREMENT\b
    |\bSET\s+DEFAULT\s+ROLE\b|\bPREPARE\s+[\w`$]+\s+FROM\b|^[ \t]*DELIMITER[ \t]+[^\s']+[ \t\r]*$""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_THEIRS = Pattern(
    r"""\bON\s+(?:ALL\s+(?:TABLES|SEQUENCES|FUNCTIONS|ROUTINES|KEYSPACES|MATERIALIZED)|DATABASE|SCHEMA|SEQUENCE
        |KEYSPACE|LANGUAGE|TYPE|DOMAIN|TABLESPACE|WAREHOUSE|FUTURE|STAGE|INTEGRATION|LARGE\s+OBJECT|DIRECTORY
        |FOREIGN\s+(?:SERVER|DATA))\s
    |\bWITH\s+(?:(?:UN)?ENCRYPTED\s+)?PASSWORD\b|\b(?:USER|ROLE)\s+\S+\s+(?:(?:UN)?ENCRYPTED\s+)?PASSWORD\s+'
    |\b(?:CREATE|ALTER)\s+(?:USER|ROLE)\s[^;]{0,300}?\b(?:NO)?(?:LOGIN|SUPERUSER|CREATEDB|CREATEROLE|INHERIT)\b
    |\bDEFAULT\s+TABLESPACE\b|\bQUOTA\s+\S+\s+ON\b|\bVARCHAR2\b|\bFOR\s+LOGIN\b|\bCREATE\s+(?:LOGIN|EXTENSION|KEYSPACE)\b
    |\bALTER\s+DEFAULT\s+PRIVILEGES\b|\bOWNER\s+TO\b|\bplpgsql\b|^[^\S\n]*\\(?:c|connect)\s|\bON\s+CLUSTER\b|\bMergeTree\b
    |\b(?:plaintext_password|double_sha1_\w+|sha256_hash)\b|\bHOST\s+(?:ANY|LOCAL|IP|NAME|LIKE|REGEXP)\b
    |^[^\S\n]*GO[^\S\n]*$|\bTO\s+(?:ROLE|GROUP)\s|\bGRANT\s+(?:CONNECT|RESOURCE|DBA|CREATE\s+SESSION|MODIFY|AUTHORIZE)\b
    |\bsp_addrolemember\b|\w::[a-z]+\b""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_CERTAIN = Pattern(
    r"""(?:[\w$%}>\]]|(?<=[^\s(,=|])['"`])\s?@\s?['"`]|\bFLUSH\s+PRIVILEGES\b|/\*!\d|/\*M!""", re.IGNORECASE
)
"""What is a sign of ours whatever speaks for another database: all of it is found by _OURS, too."""
_AT_LOCALHOST = Pattern(r"\w@localhost\b", re.IGNORECASE)
_STANDING = Pattern(
    r"""(?:;\s*|^[^\S\n]*)(?:GRANT\s[^;]{1,400}?\sTO\s|CREATE\s+(?:OR\s+REPLACE\s+)?USER\s+(?!MAPPING\b)[\w'"`]|ALTER\s+USER\s+(?!MAPPING\b)[\w'"`])""",
    re.IGNORECASE | re.MULTILINE,
)
_GAP = r"(?:\s|/\*(?:[^*]++|\*(?!/))*+\*/|--[^\n]*+|\#[^\n]*+)++"
# What _STANDING looks for, before comments and quotes are out: of most data nothing, and that takes long to take out.
_MAY_STAND = tuple(
    Pattern(expression)
    for expression in (
        r"grant(?=\s|/\*|--|\#)",
        rf"create(?:{_GAP}or{_GAP}replace)?{_GAP}user",
        rf"alter{_GAP}user",
    )
)
_HANDED = Pattern(r"\bprepare\s+[\w`$]+\s+from\s+@|\bexecute\s+immediate\s+(?:@|concat|unhex|0x)")
_GLUE = Pattern(r"""['"]\s*,\s*['"]""")
_MADE = Pattern(r"@[\w$.]+\s*:?=\s*(?:0x|x'|unhex|from_base64|reverse|char\s*\()|\binto\s+@|\bimmediate\s+(?:unhex|0x)")
_PART = Pattern(
    r"""(?P<comment>/\*(?![!M])(?:[^*]++|\*(?!/))*+(?:\*/|\Z)|--(?=\s|\Z)[^\n]*+|\#[^\n]*+)
    |(?P<of_some>/\*(?:!|M!)\d*|\*/)
    |'(?:[^'\\\n]++|\\.|''|\n(?!\n))*+(?:'|\Z|(?=\n\n))|"(?:[^"\\\n]++|\\.|""|\n(?!\n))*+(?:"|\Z|(?=\n\n))|`[^`\n]*+`""",
    re.DOTALL | re.VERBOSE,
)
"""What the words of a statement do not stand in; a quote that no other closes before an empty line is none."""

_SMALL = 1 << 16  # characters; for a larger text an expression is compiled sooner than a word is looked for
_LARGE = 1 << 20  # characters, behind which a text is searched only where they do not tell
_BEGINNING = 100_000  # characters that are looked at to tell the dialect
_AROUND = 2_000  # and around each account statement


def claims(path: str, text: str) -> bool:
    """Return whether a file holds account statements of MySQL or MariaDB. What begins a large one speaks for all."""
    if len(text) > _LARGE and claims(path, text[: text.rfind("\n", 0, _LARGE) + 1]):
        return True
    found = sorted(_statements(path, text))
    if not found:
        if not _is_parted(text):
            return _hands_over(text.lower())
        text = _without_comments(text)
        found = sorted(_statements(path, text))
    code = "\n".join(text[start:end] for start, end in _stretches(found, len(text)))
    # Of what servers take for a comment or not the sign tells the dialect, so it stays.
    if _has_comment_signs(code):
        code = _PART.sub(lambda part: " " if part["comment"] else part[0], code)
    if next(_statements(path, _without_comments(code)), None) is None:
        return False
    if _CERTAIN.search(code) is not None:
        return True
    if _THEIRS.search(_PART.sub(_emptied, code)) is not None:
        return _AT_LOCALHOST.search(code) is not None
    return any(word in path.lower() for word in ("mysql", "maria")) or _OURS.search(code) is not None


def is_doubtful(text: str) -> bool:
    """Return whether account statements stand here whose dialect nothing tells.

    For texts that are not claimed: they show no sign of another database, or signs of both.
    """
    lower = text.lower()
    if not any(each.search(lower) for each in _MAY_STAND):
        return False
    code = _PART.sub(lambda part: " " if part["comment"] else _emptied(part), text)
    return _STANDING.search(code) is not None and (_THEIRS.search(code) is None or _OURS.search(text) is not None)


def _hands_over(lower: str) -> bool:
    """Return whether a text gives a server statements made at run time."""
    if "prepare" not in lower and "immediate" not in lower:
        return False
    return _HANDED.search(lower) is not None and (
        _MADE.search(lower) is not None or _holds_statement(_GLUE.sub("", lower))
    )


def _stretches(found: list[int], size: int) -> Iterator[tuple[int, int]]:
    """Yield the parts that tell the dialect. The beginning, and those around account statements."""
    start, end = 0, min(_BEGINNING, size)
    for at in found:
        if at + _AROUND <= end:
            continue
        if at - _AROUND > end:
            yield start, end
            start = at - _AROUND
        end = min(at + _AROUND, size)
    yield start, end


def _is_parted(text: str) -> bool:
    return _has_comment_signs(text) and _matches(_PARTED, text.lower())


def _has_comment_signs(text: str) -> bool:
    return "/*" in text or "*/" in text or "--" in text or "#" in text


def _matches(expressions: Iterable[tuple[str, re.Pattern[str]]], lower: str) -> bool:
    """Return whether one of the expressions matches somewhere, each beginning with its word."""
    is_small = len(lower) < _SMALL
    return any((not is_small or word in lower) and expression.search(lower) for word, expression in expressions)


def _without_comments(text: str) -> str:
    """Return a text with its comments blanked, and the signs of executable ones."""
    if not _has_comment_signs(text):
        return text
    return _PART.sub(lambda part: " " if part["comment"] or part["of_some"] else part[0], text)


def _emptied(part: re.Match[str]) -> str:
    return f"{part[0][0]}{part[0][-1]}" if part[0][0] in "'\"`" else part[0]


def has_statement(text: str) -> bool:
    """Return whether an account statement may be somewhere in a text."""
    return _holds_statement(text) or (_is_parted(text) and _holds_statement(_without_comments(text)))


def _holds_statement(text: str) -> bool:
    lower = text.lower()
    if _matches(_STATEMENTS, lower):
        return True
    return _matches(_AFTER_USE, lower) and _IN_MYSQL.search(lower) is not None


def _statements(path: str, text: str) -> Iterator[int]:
    """Yield where account statements may begin, one kind after the other."""
    lower = text.lower()
    may_use = "mysql" in lower or "flush privileges" in lower or "mysql" in path.lower()
    for word, statement in (*_STATEMENTS, *(_AFTER_USE if may_use else ())):
        if len(lower) > _SMALL or word in lower:
            for found in statement.finditer(lower):
                yield found.start()
