"""What ALL and each privilege gives at each level, as a real server stores it and as the model does."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from grantlint.access import Client, GrantTable, Session, Target
from grantlint.access.product.catalogue import MARIADB, MYSQL
from grantlint.access.product.privileges.meaning import canonical, is_dynamic, levels_of
from grantlint.model.scope import Level
from live.accounts import clearing
from live.servers import LiveServer, Said

USER = ("u", "%")
SCOPES = {
    "*.*": Level.GLOBAL,
    "foo.*": Level.DATABASE,
    "foo.t": Level.TABLE,
    "FUNCTION foo.f": Level.ROUTINE,
    "PROCEDURE foo.p": Level.ROUTINE,
}
_GLOBALLY = {1045, 1227}
_BELOW = {1044, 1142, 1143, 1370}
"""No right to it; any other error means that the right was there (1227: to change what an administrator defined)."""
_LOST = "SHOW CREATE ROUTINE"
_ROUTINE = re.compile(r"GRANT (.*) ON ((?:FUNCTION|PROCEDURE) \S+) TO \S+(?: (WITH GRANT OPTION))?")
_OF_USER = "WHERE grantee = '''u''@''%'''"
_KEPT = "privilege_type, is_grantable FROM information_schema"
_STORED = (
    f"SELECT '*.*', {_KEPT}.user_privileges {_OF_USER}",
    f"SELECT CONCAT(table_schema, '.*'), {_KEPT}.schema_privileges {_OF_USER}",
    f"SELECT CONCAT(table_schema, '.', table_name), {_KEPT}.table_privileges {_OF_USER}",
)

Step = tuple[str, str, tuple[str, ...], bool]  # GRANT or REVOKE, the scope, the privileges, whether it may be passed on
Held = dict[str, list[str]]


class Need(NamedTuple):
    """A statement, and the privilege that it takes on everything, a database, a table or a routine."""

    sql: str
    privilege: str
    where: tuple[str, ...] = ()


NEEDS = (
    Need("FLUSH TABLES", "RELOAD"),
    Need("SHOW ENGINE INNODB STATUS", "PROCESS"),
    Need("SELECT 1 INTO OUTFILE '/nowhere/at/all'", "FILE"),
    Need("CREATE USER u@'%'", "CREATE USER"),
    Need("SET GLOBAL general_log = 0", "SUPER"),
    Need("GRANT SELECT ON *.* TO v@'%'", "GRANT OPTION"),
    Need("GRANT SELECT ON foo.* TO v@'%'", "GRANT OPTION", ("foo",)),
    Need("CREATE EVENT foo.e ON SCHEDULE EVERY 1 YEAR DISABLE DO SELECT 1", "EVENT", ("foo",)),
    Need("CREATE TEMPORARY TABLE foo.tt (a INT)", "CREATE TEMPORARY TABLES", ("foo",)),
    Need("LOCK TABLES foo.t READ", "LOCK TABLES", ("foo",)),
    Need("UNLOCK TABLES", "USAGE"),
    Need("CREATE PROCEDURE foo.q() SELECT 1", "CREATE ROUTINE", ("foo",)),
    Need("CREATE TABLE foo.n (a INT)", "CREATE", ("foo", "n")),
    Need("DROP TABLE foo.n", "DROP", ("foo", "n")),
    Need("CREATE VIEW foo.w AS SELECT 1", "CREATE VIEW", ("foo", "w")),
    Need("CREATE INDEX i ON foo.t (a)", "INDEX", ("foo", "t")),
    Need("ALTER TABLE foo.t COMMENT 'c'", "ALTER", ("foo", "t")),
    Need("CREATE TRIGGER foo.g BEFORE INSERT ON foo.t FOR EACH ROW SET @a = 1", "TRIGGER", ("foo", "t")),
    Need("GRANT INSERT ON foo.t TO v@'%'", "GRANT OPTION", ("foo", "t")),
    Need("ALTER PROCEDURE foo.p COMMENT 'c'", "ALTER ROUTINE", ("foo", "p", "PROCEDURE")),
    Need("CALL foo.p()", "EXECUTE", ("foo", "p", "PROCEDURE")),
    Need("SELECT foo.f()", "EXECUTE", ("foo", "f", "FUNCTION")),
)
_ACCOUNTS = ("SET GLOBAL log_bin_trust_function_creators = 1", "CREATE USER u@'%'", "CREATE USER v@'%'")
_LEFT = (
    "DROP EVENT IF EXISTS foo.e", "DROP PROCEDURE IF EXISTS foo.q", "DROP TABLE IF EXISTS foo.n",
    "DROP VIEW IF EXISTS foo.w", "DROP TRIGGER IF EXISTS foo.g",
)  # fmt: skip


def all_of_each_level() -> Iterator[tuple[Step, ...]]:
    """Yield GRANT ALL at each level, alone and with the option, at all levels, and each with REVOKE ALL behind it."""
    everywhere: list[Step] = [("GRANT", scope, ("ALL",), True) for scope in SCOPES]
    for scope in SCOPES:
        back: Step = ("REVOKE", scope, ("ALL",), False)
        for option in (False, True):
            yield (("GRANT", scope, ("ALL",), option),)
            yield (("GRANT", scope, ("ALL",), option), back)
        yield (*everywhere, back)
        yield (*everywhere, ("REVOKE", scope, ("GRANT OPTION",), False))


def each_alone(target: Target) -> Iterator[tuple[Step, ...]]:
    """Yield a GRANT of each static privilege at each level that has it."""
    names = [entry.name for entry in (MARIADB if target.product == "mariadb" else MYSQL)]
    for name in dict.fromkeys(names):
        for scope, level in SCOPES.items():
            if level in levels_of(name, target):
                yield (("GRANT", scope, (name,), False),)


def statement(step: Step) -> str:
    """Return a step as SQL."""
    verb, scope, privileges, option = step
    preposition = "TO" if verb == "GRANT" else "FROM"
    return f"{verb} {', '.join(privileges)} ON {scope} {preposition} u@'%'{' WITH GRANT OPTION' * option}"


def granted(target: Target, steps: Iterable[Step]) -> GrantTable:
    """Return the model's grant table after some steps."""
    table = GrantTable(target)
    for verb, scope, privileges, option in steps:
        if verb == "GRANT":
            table.grant(*USER, scope, privileges, option=option)
        else:
            table.revoke(*USER, scope, privileges)
    return table


def held(table: GrantTable) -> Held:
    """Return what the model's user holds: the names of its privileges by scope."""
    rows = table.rows_of(USER)
    return _tidy({str(row.scope).replace("`", ""): {*row.privileges} for row in rows})


def _tidy(found: dict[str, set[str]]) -> Held:
    """Sort what is held; of a routine without what MariaDB 11.8.9 stores as nothing and has lost at the next change."""
    left = {scope: names - {"USAGE", *([_LOST] if " " in scope else [])} for scope, names in found.items()}
    return {scope: sorted(names) for scope, names in left.items() if names}


def stored(server: LiveServer) -> Held:
    """Return the same of the server."""
    *tables, shown = server.read([*_STORED, "SHOW GRANTS FOR u@'%'"])
    rows = [row for table in tables for row in table]
    routines = [match for (line,) in shown if (match := _ROUTINE.fullmatch(line.replace("`", "")))]
    rows += [[match[2], name, "YES" if match[3] else "NO"] for match in routines for name in match[1].split(", ")]
    found: dict[str, set[str]] = {}
    for scope, name, grantable in rows:
        privileges = found.setdefault(scope, set())
        privileges.add(canonical(name, server.target))
        if grantable == "YES" and not is_dynamic(name, server.target):  # those have an option of their own
            privileges.add("GRANT OPTION")
    return _tidy(found)


def carry_out(server: LiveServer, steps: Iterable[Step]) -> Held:
    """Do some steps on a server that is cleared before; return what is stored then."""
    wanted = [*map(statement, steps)]
    errors, _ = server.ask([*clearing(server.target), *_LEFT, *_ACCOUNTS, *wanted])
    assert not any(errors[-len(wanted) :]), (wanted, errors)
    return stored(server)


def done(server: LiveServer) -> dict[str, bool]:
    """Return for each statement of NEEDS whether a session of the user at hand has the right to it."""
    _, (said,) = server.ask(sessions=[("u", "127.0.0.1", [need.sql for need in NEEDS])])
    assert isinstance(said, Said)
    assert said.error is None
    found = zip(NEEDS, said.answers, strict=True)
    return {need.sql: error not in (_BELOW if need.where else _GLOBALLY) for need, error in found}


def decided(table: GrantTable) -> dict[str, bool]:
    """Return the same of the model."""
    session = Session(table, *USER, Client.tcp("127.0.0.1"))
    return {need.sql: _has(session, need) for need in NEEDS}


def _has(session: Session, need: Need) -> bool:
    database, name, kind = (*need.where, None, None, None)[:3]
    own = "SELECT" if "SELECT ON" in need.sql else "INSERT"
    questions = [need.privilege, *([own] if need.privilege == "GRANT OPTION" else [])]
    if kind:
        return all(session.may(one, database, routine=name, kind=kind).allowed for one in questions)
    return all(session.may(one, database, name).allowed for one in questions)
