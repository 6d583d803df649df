"""What stored programs do to accounts when they are run: CREATE EVENT, FUNCTION, PACKAGE, PROCEDURE, TRIGGER.

Nobody sees here when that is, or with which arguments, so each program that holds an account statement is counted.
"""

from grantlint.reader.sql.script.prepared import begins_as_account_statement
from grantlint.reader.sql.syntax.records.parts import Name
from grantlint.reader.sql.syntax.records.statements import Opaque
from grantlint.reader.sql.syntax.statements.grant_tables import written_table
from grantlint.reader.sql.syntax.tokens.token import END, STRING, WORD, Token

_MAKES = frozenset({"CREATE", "ALTER"})
_PROGRAMS = frozenset({"EVENT", "FUNCTION", "PACKAGE", "PROCEDURE", "TRIGGER"})
_COMPOUND = frozenset({"IF", "CASE", "FOR", "LOOP", "REPEAT", "WHILE", "BEGIN"})
_VERBS = frozenset({"CREATE", "ALTER", "DROP", "RENAME"})
_WRITES = frozenset({"INSERT", "REPLACE", "UPDATE", "DELETE"})
_OF_PROGRAM = "a stored program does it when it is run"
_OF_COMPOUND = "it stands in a compound statement"


def may_hold_statements(head: list[Token]) -> bool:
    """Return whether these first tokens begin a stored program or compound statement."""
    first = head[0].word
    return first in _COMPOUND or (first in _MAKES and any(token.word in _PROGRAMS for token in head))


def statement_within(text: str, tokens: list[Token], database: str) -> Opaque | None:
    """Return the first account statement of a program's body, as Opaque. None without one."""
    why = _OF_PROGRAM if tokens[0].word in _MAKES else _OF_COMPOUND
    for at, token in enumerate(tokens[:-1]):
        if at and _begins(text, tokens, at, database):
            following = tokens[at + 1]
            end = following.start if following.kind == END else following.end
            said = Name(text[token.start : token.end], token.start, token.end, unresolved=True)
            return Opaque(token.start, max(end, token.end), token.word, said, why)
    return None


def _begins(text: str, tokens: list[Token], at: int, database: str) -> bool:
    token = tokens[at]
    if token.kind == STRING:
        return begins_as_account_statement(text, token)
    if token.kind != WORD:
        return False
    following = [each.word for each in tokens[at + 1 : at + 4]]
    if token.word in {"GRANT", "REVOKE"}:
        return tokens[at + 1].kind != END
    if token.word in _VERBS:
        return not {"USER", "ROLE"}.isdisjoint(following[:1] if following[:1] != ["OR"] else following[2:])
    if token.word == "SET":
        return following[:1] == ["PASSWORD"] or following[:2] == ["DEFAULT", "ROLE"]
    return token.word in _WRITES and written_table(tokens[at : at + 8], text, database) is not None
