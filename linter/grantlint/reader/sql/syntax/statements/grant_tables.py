"""The grant tables, as statements name them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from grantlint.reader.sql.syntax.tokens.token import DEPTH_AFTER, NAME, QUOTED_NAME, WORD, Token, words

GRANT_TABLES = words(
    "user db global_priv tables_priv columns_priv procs_priv proxies_priv host role_edges default_roles "
    "roles_mapping global_grants"
)

Columns = Mapping[str, Sequence[str]]
"""The columns of grant tables that a script has made before, in their order."""
NO_COLUMNS: Columns = MappingProxyType({})

_KEYS = words("PRIMARY UNIQUE KEY INDEX FULLTEXT SPATIAL CONSTRAINT FOREIGN CHECK")


MODIFIERS = frozenset({"LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "QUICK", "INTO", "FROM"})


def written_table(tokens: Sequence[Token], text: str, database: str) -> str | None:
    """Return the grant table that a statement writes to. None if it is none.

    `database` is the current database, for a table written without one.
    """
    index = 1
    while index < len(tokens) and tokens[index].word in MODIFIERS:
        index += 1
    return named_in(tokens[index:], text, database)


def named_in(tokens: Sequence[Token], text: str, database: str) -> str | None:
    """Return the grant table whose name these tokens begin with. None if it is none."""
    if not tokens:
        return None
    first = plain_name(tokens[0], text)
    if len(tokens) > 2 and tokens[1].word == ".":  # noqa: PLR2004 - a name, a dot, a name
        database, first = first, plain_name(tokens[2], text)
    if database != "mysql" or first not in GRANT_TABLES:
        return None
    return first


def plain_name(token: Token, text: str) -> str:
    """Return a name in lower case, unquoted. '' where the token is none."""
    if token.kind in (WORD, NAME):
        return text[token.start : token.end].lower()
    return text[token.start + 1 : token.end - 1].lower() if token.kind == QUOTED_NAME else ""


def made_table(tokens: Sequence[Token], text: str, database: str) -> tuple[str, list[str]] | None:
    """Return the grant table that CREATE TABLE makes, and its columns. In their order; None for another statement."""
    index = 2
    while index < len(tokens) and tokens[index].word in {"IF", "NOT", "EXISTS"}:
        index += 1
    table = named_in(tokens[index:], text, database)
    if table is None or [token.word for token in tokens[:2]] != ["CREATE", "TABLE"]:
        return None
    columns: list[str] = []
    depth, begins = 0, False
    for token in tokens[index:]:
        if begins and token.word not in _KEYS and token.kind in (WORD, NAME, QUOTED_NAME):
            columns.append(plain_name(token, text))
        depth += DEPTH_AFTER.get(token.word, 0)
        begins = depth == 1 and token.word in {"(", ","}
    return table, columns
