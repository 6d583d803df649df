"""What a server would need to parse a statement that it rejects: a clause of another one, or quotes around a name."""

from collections.abc import Callable, Iterable, Sequence

from grantlint.access.product.grammar import Grammar
from grantlint.reader.sql.script.refusals.dialect import clauses_lacking, in_place_of
from grantlint.reader.sql.syntax.tokens.token import QUOTED_NAME, WORD, Token

_DEFAULT_ROLE = {
    "mysql": "MySQL writes it SET DEFAULT ROLE role TO account.",
    "mariadb": "MariaDB writes it SET DEFAULT ROLE role FOR account, with one role and no host at it.",
}
_ONE_ROLE = "MariaDB takes one role in a statement, with no host at it: write one for each."
_OF_ROLES = ("roles", "role_hosts", "dynamic_privileges")
_REPLACED = {"with_by": "via", "alter_user": "alter_user_expire"}
"""Clauses that stand in the way of another one: a server has one of the two."""

Parses = Callable[[Sequence[Token], Grammar], bool]


def instead_of(tokens: Sequence[Token], at: Token, grammar: Grammar, parses: Parses) -> str:
    """Return what to write in place of a rejected statement.

    As sentences, '' where nothing is known. `at` is the token at which the server stops reading.
    """
    words = [token.word for token in tokens]
    if words[:3] == ["SET", "DEFAULT", "ROLE"]:
        return _DEFAULT_ROLE[grammar.product] if grammar.roles else _in_place_of(["roles"], grammar)
    if words[0] in {"GRANT", "REVOKE"} and "ON" not in words and parses(tokens, _with(_OF_ROLES, grammar)):
        return _ONE_ROLE if grammar.roles else _in_place_of(["roles"], grammar)
    if at.kind == WORD and at.word in grammar.reserved | grammar.role_reserved:
        quoted = [token._replace(kind=QUOTED_NAME, word="") if token is at else token for token in tokens]
        if parses(quoted, grammar):
            return f"{at.word} is a reserved word there: write it in backquotes."
    return _in_place_of(_clauses(tokens, grammar, parses), grammar)


def _in_place_of(clauses: list[str], grammar: Grammar) -> str:
    return in_place_of(clauses, grammar.product, grammar.version)


def _clauses(tokens: Sequence[Token], grammar: Grammar, parses: Parses) -> list[str]:
    """Return the clauses with which the server would parse a statement: one if one will do."""
    absent = clauses_lacking(grammar)
    for name in absent:
        if parses(tokens, _with([name], grammar)):
            return [name]
    for in_the_way in (_REPLACED.values(), _REPLACED):
        needed = [name for name in absent if name not in in_the_way]
        if parses(tokens, _with(needed, grammar)):
            for name in absent:
                rest = [other for other in needed if other != name]
                if parses(tokens, _with(rest, grammar)):
                    needed = rest
            return needed
    return []


def _with(clauses: Iterable[str], grammar: Grammar) -> Grammar:
    on = dict.fromkeys(clauses, True)
    off = dict.fromkeys((_REPLACED[name] for name in on if name in _REPLACED), False)
    return grammar._replace(**on | off)  # type: ignore[arg-type] # a clause is a flag of it
