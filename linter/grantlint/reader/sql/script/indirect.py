"""Changes of accounts that only a run could tell: rows of another table or of a file, files that a client fetches."""

import re

from grantlint.platform.pattern import Pattern
from grantlint.reader.sql.syntax.records.parts import Name
from grantlint.reader.sql.syntax.records.statements import Opaque, TableWrite
from grantlint.reader.sql.syntax.statements.grant_tables import GRANT_TABLES, named_in, written_table
from grantlint.reader.sql.syntax.tokens.token import END, Token

_MENTIONS = Pattern(rf"mysql(?<!\wmysql)`?\s*\.\s*`?(?:{'|'.join(sorted(GRANT_TABLES))})\b", re.IGNORECASE)
_EMPTIED = frozenset({"user", "global_priv", "db"})  # those whose rows a dump tells again, each for itself
_VERBS = frozenset({"ALTER", "ANALYZE", "DELETE", "DROP", "LOAD", "RENAME", "TRUNCATE", "UPDATE", "WITH"})
_WRITES = frozenset({"UPDATE", "DELETE", "INSERT", "REPLACE"})
_BEFORE_TABLE = frozenset({"FROM", "UPDATE", "JOIN", "INTO", "TABLE", "TO", ",", "TRUNCATE"})
_WHY = "it changes rows of the grant tables that no literal tells"
_SOMEWHERE = "in which database its table is, the client is told elsewhere"
_RELOADS = Pattern(r"flush(?<!\wflush)\s+privileges\b", re.IGNORECASE)
_WINDOW = 1 << 18  # characters that are made lower case at a time: all of a large dump would be there twice
_WORDS = {"mysql": _MENTIONS, "flush": _RELOADS, "prepare": None, "immediate": None}
_LONGEST = max(map(len, _WORDS))
_LONGER = "\u0130"  # the one character that is two in lower case
_FETCHED = Pattern(r"(?:source|\\\.)[ \t]+(?P<file>[^\r\n;]*)", re.IGNORECASE)
_READ = (".sql", ".sql.j2", ".sql.erb", ".sql.tmpl", ".sql.tpl", ".sql.template", ".sql.in", ".sql.dist")
_SHELL = Pattern(r"(?:system|\\!)[ \t]+[^\r\n]*\b(?:mysql|mariadb)\b", re.IGNORECASE)


def words_held(text: str) -> set[str]:
    """Return which of _WORDS a text holds, in any case.

    Where a word has an expression, it is held where that matches.
    """
    held: set[str] = set()
    for start in range(0, len(text), _WINDOW):
        lower = text[start : start + _WINDOW + _LONGEST].replace(_LONGER, "i").lower()
        for word, wanted in _WORDS.items():
            at = -1 if word in held else lower.find(word)
            while at >= 0 and wanted is not None and wanted.match(text, start + at) is None:
                at = lower.find(word, at + 1)
            if at >= 0:
                held.add(word)
    return held


def may_change_rows(head: list[Token]) -> bool:
    """Return whether these first tokens begin a statement on several tables' rows."""
    return head[0].word in _VERBS


def changed_rows(text: str, tokens: list[Token], database: str) -> Opaque | TableWrite | None:
    """Return a statement that names a grant table. None for any other.

    As Opaque, but for a table that is dropped, as dumps do before they make it anew: nothing of it is left.
    """
    verb = tokens[0].word
    dropped = _dropped(text, tokens, database) if verb == "DROP" else None
    if dropped is not None:
        return dropped
    said = {token.word for token in tokens}
    if verb in {"ANALYZE", "WITH"} and said.isdisjoint(_WRITES):
        return None
    if verb in {"ALTER", "DROP"} and tokens[1].word != "TABLE":
        return None
    if verb == "LOAD" and tokens[1].word not in {"DATA", "XML"}:
        return None
    for at, token in enumerate(tokens[:-1]):
        # A dump of the database of accounts drops and makes its tables: then what it writes there tells more.
        bare = tokens[at - 1].word in _BEFORE_TABLE and verb not in {"ALTER", "DROP"}
        if at and named_in(tokens[at : at + 3], text, database if bare else "") is not None:
            name = Name(text[token.start : token.end], token.start, token.end, unresolved=True)
            end = tokens[-1]
            return Opaque(tokens[0].start, end.start if end.kind == END else end.end, verb, name, _WHY)
    return None


def _dropped(text: str, tokens: list[Token], database: str) -> TableWrite | None:
    behind = 4 if [token.word for token in tokens[2:4]] == ["IF", "EXISTS"] else 2
    named = [token for token in tokens[behind:] if token.kind != END]
    table = named_in(named, text, database)
    if tokens[1].word != "TABLE" or table not in _EMPTIED or len(named) > (3 if named[1:] else 1):
        return None
    return TableWrite(tokens[0].start, named[-1].end, "DROP", table)


def write_somewhere(text: str, tokens: list[Token]) -> Opaque | None:
    """Return a write to a grant table's name in an unknown database. None for other statements."""
    if tokens[0].word not in _WRITES or written_table(tokens, text, "mysql") is None:
        return None
    start, end = tokens[0].start, tokens[-1]
    name = Name(text[start : tokens[0].end], start, tokens[0].end, unresolved=True)
    return Opaque(start, end.start if end.kind == END else end.end, tokens[0].word, name, _SOMEWHERE)


def fetched(text: str, start: int) -> Opaque | None:
    """Return a client command that takes statements from an unread place. None for any other."""
    found = _FETCHED.match(text, start)
    if found is not None:
        file = found["file"].strip().strip("'\"")
        if not file or file.lower().endswith(_READ):
            return None
        why = "the client reads on in a file that no format has"
    else:
        found = _SHELL.match(text, start)
        if found is None:
            return None
        why = "the client runs a command that starts another one"
    return Opaque(start, found.end(), "", Name(text[start : found.end()], start, found.end(), unresolved=True), why)
