"""Whether a file of SQL declares accounts of MySQL or MariaDB, and not of another database.

Other dialects write CREATE USER and GRANT too. What tells them apart: a host after the user, `*.*` and `db.*`,
IDENTIFIED, backticks here; schemas, sequences, LOGIN, WITH PASSWORD, tablespaces there.
"""

import re

_STATEMENT = re.compile(
    r"""\b(?:GRANT|REVOKE)\s+\S|\b(?:CREATE|ALTER|DROP|RENAME)\s+(?:OR\s+REPLACE\s+)?(?:USER|ROLE)\b
    |\bSET\s+(?:DEFAULT\s+ROLE|PASSWORD)\b|`?\bmysql`?\s*\.\s*`?(?:user|db|global_priv)\b
    |(?:INTO|UPDATE|FROM)\s+`?user`?\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OURS = re.compile(
    r"""['"`\w$%}>\]]\s*@\s*['"`]|\bTO\s+['"]?[\w$]+['"]?@|\*\s*\.\s*\*|[\w`}"'%$*]\s*\.\s*\*\s+(?:TO|FROM)\b
    |\bIDENTIFIED\s+(?:BY|WITH|VIA)\b|\bFLUSH\s+PRIVILEGES\b|\bSET\s+PASSWORD\b|/\*[!M]|`
    |\bmysql\s*\.\s*(?:user|db|global_priv)\b|\bUSE\s+mysql\b|\bENGINE\s*=\s*(?:InnoDB|MyISAM)\b|\bAUTO_INCREMENT\b
    |\bSET\s+DEFAULT\s+ROLE\b""",
    re.IGNORECASE | re.VERBOSE,
)
_THEIRS = re.compile(
    r"""\bON\s+(?:ALL\s+(?:TABLES|SEQUENCES|FUNCTIONS|ROUTINES|KEYSPACES|MATERIALIZED)|DATABASE|SCHEMA|SEQUENCE
        |KEYSPACE|LANGUAGE|TYPE|DOMAIN|TABLESPACE|WAREHOUSE|FUTURE|STAGE|INTEGRATION|LARGE\s+OBJECT|DIRECTORY
        |FOREIGN\s+(?:SERVER|DATA))\s
    |\b(?:CREATE|ALTER)\s+(?:USER|ROLE)\s+[^;]{0,200}?\b(?:WITH\s+)?(?:(?:UN)?ENCRYPTED\s+)?PASSWORD\s*=?\s*(?:'|NULL|:|\$)
    |\b(?:NO)?(?:LOGIN|SUPERUSER|CREATEDB|CREATEROLE|INHERIT|BYPASSRLS)\b
    |\bDEFAULT\s+TABLESPACE\b|\bQUOTA\s+\S+\s+ON\b|\bVARCHAR2\b|\bFOR\s+LOGIN\b|\bCREATE\s+(?:LOGIN|EXTENSION|KEYSPACE)\b
    |\bALTER\s+DEFAULT\s+PRIVILEGES\b|\bOWNER\s+TO\b|\bplpgsql\b|^\s*\\(?:c|connect)\s|\bON\s+CLUSTER\b|\bMergeTree\b
    |^\s*GO\s*$|\bTO\s+(?:ROLE|GROUP)\s|\bGRANT\s+(?:CONNECT|RESOURCE|DBA|CREATE\s+SESSION|MODIFY|AUTHORIZE)\b
    |\bsp_addrolemember\b|::\w+""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_CERTAIN = re.compile(
    r"""['"`\w$%}>\]]@['"`]|@localhost\b|\*\s*\.\s*\*\s+(?:TO|FROM)|\.\s*\*\s+(?:TO|FROM)\b|\bFLUSH\s+PRIVILEGES\b""",
    re.IGNORECASE | re.VERBOSE,
)
_COMMENT = re.compile(r"/\*(?![!M])(?:[^*]|\*(?!/))*+\*/|^[ \t]*(?:--(?=\s)|\#)[^\n]*", re.MULTILINE)
_MOST = 4_000_000  # characters that are looked at to tell the dialect


def claims(path: str, text: str) -> bool:
    """Return whether the file holds account statements that are MySQL's or MariaDB's as far as one can tell."""
    if _STATEMENT.search(text) is None:
        return False
    code = _COMMENT.sub("", text[:_MOST])
    if _STATEMENT.search(code) is None and len(text) <= _MOST:
        return False
    named = any(word in path.lower() for word in ("mysql", "maria"))
    if _THEIRS.search(code) is not None:
        return _CERTAIN.search(code) is not None
    return named or _OURS.search(code) is not None
