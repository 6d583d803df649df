"""The parts of sql_mode that decide how a text is cut and parsed."""

from grantlint.access.product.grammar import Grammar
from grantlint.reader.sql.syntax.records.statements import ModeChange


def with_sql_mode(grammar: Grammar, sql_mode: str) -> Grammar:
    """Return the grammar under a sql_mode. `sql_mode` is as SET takes it: names with commas between them.

    ANSI (and on MariaDB and MySQL before 8.0 the product modes such as ORACLE) stands for ANSI_QUOTES as well. ORACLE
    lets MariaDB 10.3 and later grant on packages. Source: sql_mode in both manuals.
    """
    modes = {mode.strip().upper() for mode in sql_mode.split(",")}
    products = {"ANSI", "DB2", "MAXDB", "MSSQL", "ORACLE", "POSTGRESQL"}
    oracle = grammar.mariadb and "ORACLE" in modes and grammar.version >= (10, 3)
    return grammar._replace(
        ansi_quotes="ANSI_QUOTES" in modes or bool(modes & products),
        backslash_escapes="NO_BACKSLASH_ESCAPES" not in modes,
        package=grammar.package or oracle,
    )


def modes_after(modes: str, change: ModeChange) -> str:
    """Return the sql_mode after a SET: names with commas between them."""
    if change.how == "=":
        return change.names
    named = _names(change.names)
    kept = [mode for mode in _names(modes) if mode not in named]
    return ",".join(kept if change.how == "-" else [*kept, *named])


def _names(modes: str) -> list[str]:
    return [mode for part in modes.split(",") if (mode := part.strip().upper())]
