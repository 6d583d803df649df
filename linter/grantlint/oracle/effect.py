"""Which account rows come of a statement that succeeds, as the server stores their names.

Source: create_user, grant and role statements run on MySQL 5.6.24, 9.7.4 and MariaDB 10.11.19, 11.8.9 with the
grant tables compared before and after (tests/oracle/grammar.jsonl.gz).
"""

from collections.abc import Collection, Iterator

from grantlint.access.product.grammar import Grammar
from grantlint.access.product.traits import traits_of
from grantlint.reader.sql.syntax.records.grants import Grant, GrantProxy, GrantRole
from grantlint.reader.sql.syntax.records.parts import Account, Name, Subject
from grantlint.reader.sql.syntax.records.statements import (
    Compound,
    CreateRole,
    CreateUser,
    RenameUser,
    SetVariables,
    Statement,
    TableWrite,
)

Row = tuple[str, str]
_BLANKS = " \t\n\v\f\r"
_LAST_OF_TWO_BYTES = "\uffff"


def accounts_made(statement: Statement, grammar: Grammar, *, present: Collection[Row] = ()) -> list[Row]:
    """Return the (user, host) rows that the statement adds.

    In its order, each once. `present` are rows that exist already and are not added again. A MySQL before 8.0 is taken
    to run without NO_AUTO_CREATE_USER (the default up to 5.6), so that GRANT makes the accounts that are missing.
    """
    rows: list[Row] = []
    for row in _rows(statement, grammar):
        if row not in rows and row not in present:
            rows.append(row)
    return rows


def _rows(statement: Statement, grammar: Grammar) -> Iterator[Row]:
    if isinstance(statement, Compound | SetVariables):
        for item in statement.items:
            yield from _rows(item, grammar)
    elif isinstance(statement, TableWrite):
        yield from _written(statement)
    elif isinstance(statement, CreateRole):
        for role in statement.roles:
            yield from _role_row(role, grammar)
    else:
        for account in _named(statement, grammar):
            yield from _row(account, grammar)


def _named(statement: Statement, grammar: Grammar) -> list[Account]:
    """Return the accounts that a statement makes by naming them."""
    if isinstance(statement, CreateUser):
        return [one.account for one in statement.subjects]
    if isinstance(statement, RenameUser):
        return [new for _, new in statement.pairs]
    if isinstance(statement, Grant | GrantRole | GrantProxy):
        return [one.account for one in statement.subjects if _makes(one, grammar)]
    return []


def _role_row(role: Account, grammar: Grammar) -> Iterator[Row]:
    if grammar.role_hosts:
        yield from _row(role, grammar)
    elif role.kind == "account":
        yield stored_user(role.user.text, grammar), ""


def _written(statement: TableWrite) -> Iterator[Row]:
    if statement.table in {"user", "global_priv"}:
        for values in statement.rows:
            user, host = values.get("user"), values.get("host")
            if isinstance(user, Name) and isinstance(host, Name):
                yield user.text, host.text


def _makes(one: Subject, grammar: Grammar) -> bool:
    """Whether GRANT makes the account if it is missing: never from MySQL 8.0 on."""
    if not grammar.grant_identified:
        return False
    return bool(one.authentication) or not grammar.mariadb


def _row(account: Account, grammar: Grammar) -> Iterator[Row]:
    if account.kind == "account":
        host = "%" if account.host is None else account.host.text
        yield stored_user(account.user.text, grammar), stored_host(host, grammar)


def stored_user(text: str, grammar: Grammar) -> str:
    """Return a user name as the row holds it.

    Blanks are trimmed, characters beyond U+FFFF are `?`.
    """
    trims = traits_of(grammar.product, grammar.version).trims_blanks
    return _narrow(text.strip(_BLANKS) if trims else text.rstrip(" "))


def stored_host(text: str, grammar: Grammar) -> str:
    """Return a host as the row holds it.

    Lower case, blanks trimmed; MariaDB makes '%' of an empty one.
    """
    traits = traits_of(grammar.product, grammar.version)
    host = _narrow(text.strip(_BLANKS) if traits.trims_blanks else text.rstrip(" ")).lower()
    if traits.ascii_host:
        host = host.encode("ascii", "replace").decode("ascii")
    return "%" if not host and traits.empty_host_is_percent else host


def _narrow(text: str) -> str:
    if text.isascii():
        return text
    return "".join("?" if character > _LAST_OF_TWO_BYTES else character for character in text)
