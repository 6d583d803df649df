"""A statement put to one server as a question: does it parse, and which accounts come of it."""

from collections.abc import Collection

from grantlint.access.product.grammar import grammar_for
from grantlint.access.product.traits import Product
from grantlint.oracle.effect import accounts_made
from grantlint.platform.typed import Protocol, TypedDict
from grantlint.reader.sql.syntax.parser import parse_statement
from grantlint.reader.sql.syntax.records.statements import SyntaxFault

_USERS = (("u", "%"), ("u1", "%"), ("u2", "%"), ("app", "localhost"), ("ann", "10.0.0.1"), ("tester", "localhost"))
_FIRST_ROLES = (8, 0)  # of MySQL


class ServerVersion(Protocol):
    """What names a server: a product and a version."""

    @property
    def product(self) -> Product:
        """Return mysql or mariadb."""
        ...

    @property
    def version(self) -> tuple[int, ...]:
        """Return the version, as in (10, 11, 19)."""
        ...


class CaseAnswer(TypedDict):
    """What `python -m grantlint.oracle parse` prints of a statement."""

    parsed: bool
    accounts: list[list[str]]


def fixture(target: ServerVersion) -> frozenset[tuple[str, str]]:
    """Return the rows of the server that statements were recorded on.

    They were put to it one by one (tests/oracle/grammar.jsonl.gz). Beside the users there are the roles r1 and r2,
    where the server has roles.
    """
    if target.product == "mariadb":
        return frozenset((*_USERS, ("r1", ""), ("r2", ""), ("PUBLIC", "")))
    return frozenset((*_USERS, ("r1", "%"), ("r2", "%")) if target.version >= _FIRST_ROLES else _USERS)


def parse_case(sql: str, target: ServerVersion, *, present: Collection[tuple[str, str]] | None = None) -> CaseAnswer:
    """Return whether a server parses a text, and the rows it adds.

    To the letter; rows are [user, host]. Templates are read as the characters that they are. `present`: rows that exist
    already; by default the fixture's.
    """
    grammar = grammar_for(target.product, target.version)
    present = fixture(target) if present is None else present
    found = parse_statement(sql, grammar)
    if isinstance(found, SyntaxFault):
        return {"parsed": False, "accounts": []}
    return {"parsed": True, "accounts": [list(row) for row in accounts_made(found, grammar, present=present)]}
