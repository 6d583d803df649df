"""Whether a statement is about accounts, and whether a text that no server takes was meant as one."""

from grantlint.access.product.catalogue import ALIASES, MARIADB
from grantlint.access.product.grammar import Grammar
from grantlint.reader.sql.syntax.statements.grant_tables import written_table
from grantlint.reader.sql.syntax.tokens.token import AT, HOST, WORD, Token

HEAD = 12
"""Tokens that tell what a statement is about."""

_ACCOUNT_WORDS = {
    "CREATE": frozenset({"USER", "ROLE"}),
    "ALTER": frozenset({"USER"}),
    "EXECUTE": frozenset({"IMMEDIATE"}),
    "DROP": frozenset({"USER", "ROLE"}),
    "RENAME": frozenset({"USER"}),
}
_PRIVILEGES = frozenset(
    (words[0], words[1])
    for name in (*(entry.name for entry in MARIADB), *(alias for alias, _, _ in ALIASES["mariadb"]))
    if len(words := name.split()) > 1
)
"""How privileges of MariaDB begin that are more than one word."""
_CLAUSES = frozenset({("IF", "EXISTS"), ("ADMIN", "OPTION")})
"""What stands before the privileges or roles in some grammars."""
_FIRST = frozenset({"ALL", *(entry.name.split()[0] for entry in MARIADB)})
"""How privileges of MariaDB begin."""
_OPENERS = frozenset({"GRANT", "REVOKE", "DENY", "CREATE", "ALTER", "DROP", "RENAME", "SET"})


def is_about_accounts(tokens: list[Token], text: str, database: str) -> bool:
    """Return whether a statement concerns accounts, or how later ones are read."""
    verb = tokens[0].word
    if verb in {"GRANT", "REVOKE", "USE", "SET"}:
        return tokens[0].kind == WORD
    if verb == "DENY":
        return tokens[1].word in _FIRST and {"ON", "TO"} <= {token.word for token in tokens}
    following = _ACCOUNT_WORDS.get(verb)
    if following is not None:
        ahead = 3 if len(tokens) > 3 and tokens[1].word == "OR" else 1  # noqa: PLR2004 - OR REPLACE is two words
        return len(tokens) > ahead and tokens[ahead].word in following
    if verb == "FLUSH":
        return any(token.word == "PRIVILEGES" for token in tokens)
    if verb in {"INSERT", "REPLACE", "UPDATE", "DELETE"}:
        return written_table(tokens, text, database) is not None
    return False


def is_meant_for_accounts(tokens: list[Token], grammar: Grammar) -> bool:
    """Whether a rejected text was meant as an account statement. Prose and a SET of something else are not."""
    verb, following = tokens[0].word, tokens[min(1, len(tokens) - 1)]
    if verb == "SET":
        return following.word in {"PASSWORD", "ROLE", "DEFAULT"}
    if verb == "FLUSH":
        return following.word.startswith("PRIV")
    if (verb, following.word) == ("REVOKE", "DENY"):
        verb = "DENY"
    if verb not in {"GRANT", "REVOKE"} or following.kind != WORD:
        return True
    second = tokens[min(2, len(tokens) - 1)]
    if following.word == "ALL":
        return second.word in {"PRIVILEGES", "ON", ","}
    return (
        following.word in grammar.privileges.next
        or second.word in {"ON", "TO", "FROM", ",", "("}
        or second.kind in {AT, HOST}  # of a role's name
        or (following.word, second.word) in _PRIVILEGES | _CLAUSES  # those of another grammar
    )


def next_opener(text: str, tokens: list[Token], offset: int, position: int) -> int:
    """Return the offset at which reading resumes after a fault.

    That is a line that begins a statement, or else behind the delimiter: a statement without its delimiter then costs
    only itself, and the next one is still read.
    """
    for token in tokens:
        if token.start >= offset and token.word in _OPENERS and token.start > tokens[0].start:
            line = text.rfind("\n", 0, token.start) + 1
            if not text[line : token.start].strip() and token.word != "SET":
                return token.start
    return position
