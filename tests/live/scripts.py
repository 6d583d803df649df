"""Random scripts of account statements, and what a server should say to each by the replay of its steps."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from grantlint.access import Target
from grantlint.access.state.book.book import Book
from grantlint.access.state.outcome import Refused, Undecided
from grantlint.access.state.progress import Rules
from grantlint.access.state.refusals import Outright
from grantlint.access.state.replay import replay
from grantlint.model.location import Located, Source
from grantlint.model.step import AccountName
from grantlint.reader.sql import read

USERS = ("st1", "st2")
HOSTS = ("localhost", "%", "10.0.3.%")
ACCOUNTS = tuple((user, host) for user in USERS for host in HOSTS)
_TARGETS = ("*.*", "stdb.*", "stdb.t1", "`st_x`.*")
_PRIVILEGES = (
    "SELECT",
    "INSERT, UPDATE",
    "ALL",
    "PROCESS",
    "SUPER, SELECT",
    "SELECT (a)",
    "EXECUTE",
    "USAGE",
    "SHUTDOWN",
)


class Expected(NamedTuple):
    """The number that each statement should get, None if it is done, -1 if nobody can tell; then who is left."""

    numbers: list[int | None]
    now: set[tuple[str, str]]
    flushed: set[tuple[str, str]]


def random_script(dice: Random, target: Target) -> list[str]:
    """Return statements in random order, good and bad."""
    script: list[str] = []
    for _ in range(dice.randrange(4, 16)):
        script.append(_statement(dice, target))
        if dice.random() < 0.1:  # behind an UPDATE come statements that look at tables and memory in turn
            script += [_update(dice), "FLUSH PRIVILEGES"]
    return script if dice.random() < 0.5 else [*script, _update(dice)]


def clear(target: Target) -> Iterator[str]:
    """Yield what makes none of the accounts be there."""
    tables = ("global_priv", "db", "tables_priv", "columns_priv", "procs_priv", "proxies_priv")
    if target.product == "mysql":
        tables = ("user", "db", "tables_priv", "columns_priv", "procs_priv", "proxies_priv")
    for table in tables:
        yield f"DELETE FROM mysql.{table} WHERE user LIKE 'st_'"
    yield "FLUSH PRIVILEGES"


def expected(statements: Sequence[str], target: Target) -> Expected:
    """Return what the model says of statements that are sent one by one to a server without the accounts."""
    text = ";\n".join(statements) + ";\n"
    steps = [step for found in read(Source(f"{target.product}.sql", text)) for step in found.steps]
    starts = [0]
    for statement in statements:
        starts.append(starts[-1] + len(statement) + 2)
    said: dict[int, int] = {}
    refusals = Outright(steps).by(target)
    after = replay(steps, _rules(target), _empty(target), refusals)
    for outcome in (*after.outcomes, *(no for number, no in refusals.items() if number not in after.otherwise)):
        if isinstance(outcome, Refused):
            said.setdefault(outcome.step.span.start, outcome.errno)
        elif isinstance(outcome, Undecided):
            said[outcome.step.span.start] = -1
    now = replay(steps, _rules(target), _empty(target), refusals, without_writes_from=after.read_at)
    return Expected([said.get(start) for start in starts[:-1]], _there(now.book), _there(after.book))


def _rules(target: Target) -> Rules:
    return Rules(target, grant_to_nobody=target.traits.grant_to_nobody)


def _empty(target: Target) -> Book:
    book = Book(target)
    source = Source("none.sql", "")
    for user, host in ACCOUNTS:
        name = AccountName(Located(user, source, 0, 0), Located(host, source, 0, 0), Located("", source, 0, 0).span)
        book.gone.add(book.key(name))
    return book


def _there(book: Book) -> set[tuple[str, str]]:
    return {(str(user), str(host)) for user, host in book.accounts}


def _statement(dice: Random, target: Target) -> str:
    kind = dice.randrange(14)
    one, other = _account(dice), _account(dice)
    if kind < 4:
        return _create(dice, target)
    if kind == 4:
        words = "IF EXISTS " if dice.random() < 0.3 and target.version >= (5, 7) else ""
        return f"DROP USER {words}{', '.join(_accounts(dice))}"
    if kind == 5:
        return f"RENAME USER {one} TO {other}"
    if kind == 6:
        return f"ALTER USER {one} IDENTIFIED BY 'x1'"
    if kind == 7:
        secret = "'x2'" if target.product == "mysql" and target.version >= (8,) else "PASSWORD('x2')"
        return f"SET PASSWORD FOR {one} = {secret}"
    if kind == 8:
        return f"GRANT {dice.choice(_PRIVILEGES)} ON {dice.choice(_TARGETS)} TO {one} IDENTIFIED BY 'x3'"
    if kind < 12:
        return f"GRANT {dice.choice(_PRIVILEGES)} ON {dice.choice(_TARGETS)} TO {', '.join(_accounts(dice))}"
    return _write(dice)


def _create(dice: Random, target: Target) -> str:
    if target.product == "mariadb" and dice.random() < 0.2:
        return f"CREATE OR REPLACE USER {_account(dice)}"
    words = "IF NOT EXISTS " if dice.random() < 0.2 and target.version >= (5, 7) else ""
    proof = " IDENTIFIED BY 'x0'" if dice.random() < 0.5 else ""
    return f"CREATE USER {words}{f'{proof}, '.join(_accounts(dice))}{proof}"


def _write(dice: Random) -> str:
    user, host = dice.choice(ACCOUNTS)
    where = f"user = '{user}' AND host = '{host}'"
    return dice.choice(
        (
            f"DELETE FROM mysql.user WHERE {where}",
            "FLUSH PRIVILEGES",
            "FLUSH PRIVILEGES",
        )
    )


def _update(dice: Random) -> str:
    user, host = dice.choice(ACCOUNTS)
    return f"UPDATE mysql.user SET host = '{dice.choice(HOSTS)}' WHERE user = '{user}' AND host = '{host}'"


def _account(dice: Random) -> str:
    user, host = dice.choice(ACCOUNTS)
    return f"'{user}'@'{host}'"


def _accounts(dice: Random) -> list[str]:
    return list(dict.fromkeys(_account(dice) for _ in range(dice.choice((1, 1, 1, 2, 3)))))
