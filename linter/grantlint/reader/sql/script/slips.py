"""Statements with a misspelt word at their beginning: no server takes them, and a client ends there."""

from collections.abc import Iterable, Sequence

from grantlint.reader.sql.syntax.records.statements import Statement, SyntaxFault
from grantlint.reader.sql.syntax.statements.elsewhere import OBJECTS, VERBS, WRITES
from grantlint.reader.sql.syntax.tokens.token import WORD, Token, words

_ACCOUNT_VERBS = ("GRANT", "REVOKE", "CREATE", "ALTER", "DROP", "RENAME")
_OTHERS = VERBS | WRITES | {*_ACCOUNT_VERBS, "SET", "USE", "IF", "END", "DECLARE", "RETURN", "LEAVE", "WHILE", "LOOP"}
_FOLLOWED = {  # what shows that a misspelt word was meant for one of these
    **OBJECTS,
    "DELETE": words("FROM"),
    "FLUSH": words("PRIVILEGES TABLES LOGS"),
    "INSERT": words("INTO"),
    "REPLACE": words("INTO"),
    "SELECT": words("FROM"),
    "TRUNCATE": words("TABLE"),
    "UPDATE": words("SET"),
}
_ANYWHERE = words("FROM SET")  # among the first words, not just behind the verb
_OBJECT_OF = {**{verb: {*said, "USER", "ROLE", "OR"} for verb, said in OBJECTS.items()}, "FLUSH": words("PRIVILEGES")}
_OF_ACCOUNTS = frozenset({"USER", "ROLE", "GRANT", "REVOKE"})
_LIKE = 0.75  # of the letters: one is missing, doubled or in another place
_FEWEST = 3  # a verb, what it is done to, the end


def meant(tokens: Sequence[Token]) -> str:
    """Return the word that a misspelt verb or object stands for.

    '' where none is misspelt.
    """
    first = tokens[0]
    if first.kind != WORD or len(tokens) < _FEWEST:
        return ""
    second = tokens[1]
    objects = _OBJECT_OF.get(first.word)
    if objects is not None:
        return _nearest(second.word, objects) if second.kind == WORD and second.word not in objects else ""
    if first.word in _OTHERS:
        return ""
    said = {token.word for token in tokens}
    if second.word in {"USER", "ROLE"} or ("ON" in said and not said.isdisjoint({"TO", "FROM"})):
        return _nearest(first.word, _ACCOUNT_VERBS)
    followed = (verb for verb, words_ in _FOLLOWED.items() if second.word in words_ or said & words_ & _ANYWHERE)
    return _nearest(first.word, followed)


def misspelt(
    found: Statement | SyntaxFault | None, tokens: Sequence[Token], slip: str
) -> Statement | SyntaxFault | None:
    """Return what was read of a misspelt statement, with the word meant."""
    if not isinstance(found, SyntaxFault) or found.offset > tokens[1].start:
        return found
    of_accounts = not _OF_ACCOUNTS.isdisjoint((slip, tokens[1].word))
    return found._replace(message=f"a misspelt word stands where {slip} belongs", of_accounts=of_accounts)


def _nearest(word: str, among: Iterable[str]) -> str:
    if not word.isalpha():
        return ""
    from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

    found = next(iter(get_close_matches(word, sorted(among), 1, _LIKE)), "")
    return found if word != f"{found}S" else ""  # prose has plurals
