"""Random scripts of account statements, and what a server should say to each by the replay of its steps."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import NamedTuple

from grantlint.access import Installation, Server, ServerSettings, Target
from grantlint.access.state.book.book import Book
from grantlint.access.state.holding import declared_by
from grantlint.access.state.outcome import Refused, Undecided
from grantlint.access.state.progress import Rules
from grantlint.access.state.refusals import Outright
from grantlint.access.state.replay import Replayed, replay
from grantlint.model import DeclaredServer
from grantlint.model.location import Implied, Located, Source, Text, Unresolved
from grantlint.model.step import Step
from grantlint.reader.sql.document import read
from grantlint.servers.grouping import group
from grantlint.servers.panel import panel
from live.rarer import rarer, row_write

USERS = ("st1", "st2")
ROLES = ("st8", "st9")
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
    "SELECT (a, b), INSERT (b)",
    "EXECUTE",
    "USAGE",
    "SHUTDOWN",
    "GRANT OPTION",
)
_TABLES = {
    "mysql": (
        *((table, "user") for table in ("user", "db", "tables_priv", "columns_priv", "procs_priv", "proxies_priv")),
        *(("global_grants", "user"), ("role_edges", "from_user"), ("role_edges", "to_user"), ("default_roles", "user")),
    ),
    "mariadb": (
        *((table, "user") for table in ("global_priv", "db", "tables_priv", "columns_priv", "procs_priv")),
        *(("proxies_priv", "user"), ("roles_mapping", "user"), ("roles_mapping", "role")),
    ),
}
_FIRST_ROLES = (8, 0)  # of MySQL
_RARER = 0.2
_WRITES = 0.1


class Expected(NamedTuple):
    """The number that each statement should get, None if it is done, -1 if nobody can tell; then what is left.

    `now` is None where the model says that nobody can tell before FLUSH PRIVILEGES.
    """

    numbers: list[int | None]
    now: "Held | None"
    flushed: "Held"


class Held(NamedTuple):
    """Which accounts and roles there are, and each privilege, role and default role that they hold, as a line."""

    names: frozenset[tuple[str, str]]
    lines: frozenset[str]


def has_roles(target: Target) -> bool:
    """Return whether a server has roles."""
    return target.product == "mariadb" or target.version >= _FIRST_ROLES


def names(target: Target) -> list[tuple[str, str]]:
    """Return every account and role that a script may make, as stored."""
    host = "" if target.product == "mariadb" else "%"
    return [*ACCOUNTS, *((role, host) for role in ROLES if has_roles(target))]


def random_script(dice: Random, target: Target) -> list[str]:
    """Return statements in random order, good and bad."""
    script: list[str] = []
    for _ in range(dice.randrange(4, 16)):
        if dice.random() < _RARER:
            script.append(rarer(dice, target, [f"'{user}'@'{host}'" for user, host in ACCOUNTS], ROLES))
        else:
            script.append(_statement(dice, target))
        if dice.random() < _WRITES:  # behind an UPDATE come statements that look at tables and memory in turn
            script += [dice.choice((_update(dice), row_write(dice, target, ACCOUNTS))), "FLUSH PRIVILEGES"]
    return script if dice.random() < 0.5 else [*script, _update(dice)]


def clear(target: Target) -> Iterator[str]:
    """Yield what makes none of the accounts and roles be there."""
    for table, column in _TABLES[target.product]:
        if has_roles(target) or table in {"user", "db"} or table.endswith("_priv"):
            yield f"DELETE FROM mysql.{table} WHERE {column} LIKE 'st_'"
    yield "FLUSH PRIVILEGES"


class Taken(NamedTuple):
    """Steps of statements that are sent one by one: what is left, and the number of each as of Expected."""

    numbers: list[int | None]
    steps: list[Step]
    refusals: dict[int, Refused]
    after: Replayed


def expected(statements: Sequence[str], target: Target) -> Expected:
    """Return what the model says of statements that are sent one by one to a server without the accounts."""
    taken = take(statements, target, _empty(target))
    now = replay(taken.steps, _rules(target), _empty(target), taken.refusals, tables=taken.after)
    settled = _undecided(now) == _undecided(taken.after)
    return Expected(taken.numbers, _held(now.book, target) if settled else None, _held(taken.after.book, target))


def take(statements: Sequence[str], target: Target, book: Book) -> Taken:
    """Return what the model makes of statements, one by one."""
    text = ";\n".join(statements) + ";\n"
    steps = [step for found in read(Source(f"{target.product}.sql", text)) for step in found.steps]
    starts = [0]
    for statement in statements:
        starts.append(starts[-1] + len(statement) + 2)
    said: dict[int, int] = {}
    refusals = Outright(steps).by(target)
    after = replay(steps, _rules(target), book, refusals)
    for outcome in (*after.outcomes, *(no for number, no in refusals.items() if number not in after.otherwise)):
        if isinstance(outcome, Refused):
            said.setdefault(outcome.step.span.start, outcome.errno)
        elif isinstance(outcome, Undecided):
            said[outcome.step.span.start] = -1
    return Taken([said.get(start) for start in starts[:-1]], steps, refusals, after)


def _undecided(left: Replayed) -> int:
    return sum(isinstance(outcome, Undecided) for outcome in left.outcomes)


def shown(grants: Mapping[tuple[str, str], Sequence[str]], target: Target) -> Held:
    """Return what a server holds by its own SHOW GRANTS for each account that it has."""
    header = "-- MariaDB dump\n" if target.product == "mariadb" else "-- MySQL dump\n"
    version = ".".join(map(str, target.version)) + ("-MariaDB" if target.product == "mariadb" else "")
    text = f"{header}-- Server version\t{version}\n"
    for user, host in grants:
        is_role = user in ROLES
        text += f"CREATE ROLE '{user}';\n" if is_role else f"CREATE USER '{user}'@'{host}';\n"
    text += "".join(f"{line};\n" for lines in grants.values() for line in lines)
    declared = group(read(Source("shown.sql", text)))
    held = panel(declared[0], [target])[0].servers[0].declared if declared else DeclaredServer("", (), ())
    return Held(frozenset(grants), frozenset(_lines(held, target, frozenset(grants))))


def held_by(declared: DeclaredServer, target: Target) -> Held:
    """Return what a declared server holds after its steps, by the names that these scripts give."""
    accounts = {account.known_name for account in declared.accounts}
    roles = {name for name in names(target) if name[0] in {getattr(role.name, "value", "") for role in declared.roles}}
    there = frozenset(name for name in names(target) if name in accounts or name in roles)
    return Held(there, frozenset(_lines(declared, target, there)))


def _rules(target: Target) -> Rules:
    return Rules(target, grant_to_nobody=target.traits.grant_to_nobody)


def _empty(target: Target) -> Book:
    book = Book(target)
    book.gone.update((*names(target), *((role, "%") for role in ROLES)))
    return book


def _held(book: Book, target: Target) -> Held:
    there = frozenset((str(user), str(host)) for user, host in (*book.accounts, *book.roles))
    return Held(there, frozenset(_lines(declared_by(book, DeclaredServer("", (), ())), target, there)))


def _lines(declared: DeclaredServer, target: Target, there: frozenset[tuple[str, str]]) -> Iterator[str]:
    """Yield what the accounts and roles that are there hold: what rows without an account hold nobody is shown."""
    server = Server(declared, Installation(target, ServerSettings.of(())))
    for user in (*USERS, *ROLES):
        table = server.grants_of(user)
    for row in table.rows():
        if row.grantee not in there:
            continue
        yield from (f"{privilege} ON {row}" for privilege in row.privileges)
        for column, given in row.columns.items():
            yield from (f"{privilege} ({column}) ON {row}" for privilege in given if privilege not in row.privileges)
    yield from (
        f"{role} TO {member}" for member, roles in table.roles.items() for role in roles if {member, role} <= there
    )
    every = {(_known(one.user), _known(one.host)) for one in declared.every_role if target.product == "mysql"}
    for member in declared.memberships:
        name = _known(member.user), _known(member.host or Implied("", *member.role.span))
        if name not in there:
            continue
        if isinstance(member.admin, Located) and member.admin.value:
            yield f"{_known(member.role)} TO {name} with admin option"
        if name in every or (isinstance(member.default, Located) and member.default.value):
            yield f"{_known(member.role)} TO {name} by default"


def _known(leaf: Text) -> str:
    assert not isinstance(leaf, Unresolved)
    return leaf.value


def _statement(dice: Random, target: Target) -> str:
    kind = dice.randrange(22 if has_roles(target) else 17)
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
        return f"SET PASSWORD FOR {one} = {_secret(target)}"
    if kind == 8:
        return f"GRANT {dice.choice(_PRIVILEGES)} ON {dice.choice(_TARGETS)} TO {one} IDENTIFIED BY 'x3'"
    if kind < 12:
        option = " WITH GRANT OPTION" if dice.random() < 0.2 else ""
        to, on = _grantees(dice, target), dice.choice(_TARGETS)
        if on == "stdb.t1" and not target.traits.atomic_statements:  # SHOW GRANTS gives the others what the first has
            del to[1:]
        return f"GRANT {dice.choice(_PRIVILEGES)} ON {on} TO {', '.join(to)}{option}"
    return _later(dice, target, kind)


def _secret(target: Target) -> str:
    return "'x2'" if target.product == "mysql" and target.version >= _FIRST_ROLES else "PASSWORD('x2')"


def _later(dice: Random, target: Target, kind: int) -> str:
    if kind < 15:
        whose = ", ".join(_grantees(dice, target))
        if dice.random() < 0.2:
            return f"REVOKE ALL PRIVILEGES, GRANT OPTION FROM {whose}"
        taken = dice.choice([privilege for privilege in _PRIVILEGES if privilege != "USAGE"])  # 9.7.4 gives TRIGGER
        return f"REVOKE {taken} ON {dice.choice(_TARGETS)} FROM {whose}"
    return _write(dice) if kind < 17 else _of_roles(dice, target)


def _of_roles(dice: Random, target: Target) -> str:
    role, kind = dice.choice(ROLES), dice.randrange(7)
    if kind == 0:
        words = "IF NOT EXISTS " if dice.random() < 0.3 else ""
        return f"CREATE ROLE {words}{role}"
    if kind == 1:
        words = "IF EXISTS " if dice.random() < 0.3 else ""
        return f"DROP ROLE {words}{role}"
    if kind < 4:
        return f"GRANT {role} TO {', '.join(_grantees(dice, target))}"
    if kind == 4:
        return f"REVOKE {role} FROM {', '.join(_grantees(dice, target))}"
    if kind == 6:
        return f"SET ROLE {dice.choice((role, role, 'NONE'))}"
    word = "FOR" if target.product == "mariadb" else "TO"
    return f"SET DEFAULT ROLE {dice.choice((role, role, 'NONE'))} {word} {_account(dice)}"


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


def _grantees(dice: Random, target: Target) -> list[str]:
    found = _accounts(dice)
    if has_roles(target) and dice.random() < 0.2:
        found[dice.randrange(len(found))] = dice.choice(ROLES)
    return found


def _accounts(dice: Random) -> list[str]:
    return list(dict.fromkeys(_account(dice) for _ in range(dice.choice((1, 1, 1, 2, 3)))))
