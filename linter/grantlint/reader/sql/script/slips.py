"""Account statements with a misspelt verb."""

from collections.abc import Sequence

from grantlint.reader.sql.syntax.statements.elsewhere import VERBS, WRITES
from grantlint.reader.sql.syntax.tokens.token import WORD, Token

_MEANT = ("GRANT", "REVOKE", "CREATE", "ALTER", "DROP", "RENAME")
_OTHERS = VERBS | WRITES | {*_MEANT, "SET", "USE", "IF", "END", "DECLARE", "RETURN", "LEAVE", "WHILE", "LOOP"}
_LIKE = 0.75  # of the letters: one is missing, doubled or in another place
_FEWEST = 3  # a verb, what it is done to, the end


def is_slip(tokens: Sequence[Token]) -> bool:
    """Return whether the tokens begin an account statement with a misspelt verb."""
    first = tokens[0]
    if first.kind != WORD or first.word in _OTHERS or not first.word.isalpha() or len(tokens) < _FEWEST:
        return False
    said = {token.word for token in tokens}
    if tokens[1].word not in {"USER", "ROLE"} and ("ON" not in said or said.isdisjoint({"TO", "FROM"})):
        return False
    from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

    return bool(get_close_matches(first.word, _MEANT, 1, _LIKE))
