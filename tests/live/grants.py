"""Random grants and roles for a real server, real statements of the sessions, and where the model differs."""

from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import NamedTuple

from grantlint.access import Client, GrantSettings, GrantTable, Session, Target, Verdict
from live.accounts import account, clearing
from live.servers import LiveServer, Said

DATABASES = ("foo", "foo_bar", "fooxbar", "bar")
REFUSED = {1044, 1142, 1143, 1370}
"""No right to a database, a table, a column, a routine."""
_PATTERNS = (
    "foo", "foo_bar", "foo\\_bar", "foo%", "%bar", "%", "f__", "bar", "foo_%", "ba_", "%r", "%_", "fo%_", "_%",
    "foo\\%", "f%o%", "foo%_bar", "FOO%", "%b%", "f_%", "foo\\_bar%", "___",
)  # fmt: skip
_HOSTS = (
    "%", "%", "localhost", "10.0.3.%", "10.0.3.7", "10.0.3.0/255.255.255.0", "10.%", "10.0.3._", "10.0.3.0/24",
    "10.0.0.0/16", "web1.example.com", "%.example.com", "2001:db8::%",
)  # fmt: skip
_NAMES = {"10.0.3.7": "web1.example.com", "2001:db8::5": "web2.example.com"}
_TABLE_PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE")
_ROLES = ("r1", "r2", "r3")
_OTHER = ("v", "%")

Apply = Callable[[GrantTable], None]


class Step(NamedTuple):
    """An administrator's statement, and the same for the model."""

    sql: str
    apply: Apply


class Login(NamedTuple):
    """A session: who, from where, and the role that it sets ('' for none, None to leave them)."""

    user: str
    source: str
    role: str | None


class GrantCase(NamedTuple):
    """A server's accounts and grants, and the sessions to try."""

    settings: GrantSettings
    accounts: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    logins: tuple[Login, ...]
    flushed: bool
    loopback: bool


class Question(NamedTuple):
    """A statement that a privilege decides, and what the model says to it."""

    sql: str
    ask: Callable[[Session], Verdict]


def set_up() -> list[str]:
    """Return statements that make the databases, to be run once; what is there already is no harm."""
    return [
        sql.format(name)
        for name in DATABASES
        for sql in (
            "CREATE DATABASE IF NOT EXISTS `{0}`",
            "CREATE TABLE IF NOT EXISTS `{0}`.t (a INT, b INT)",
            "CREATE TABLE IF NOT EXISTS `{0}`.u (a INT, b INT)",
            "CREATE PROCEDURE `{0}`.p() SELECT 1",
            "CREATE FUNCTION `{0}`.f() RETURNS INT DETERMINISTIC RETURN 1",
        )
    ]


# -- a case --------------------------------------------------------------------------------------------


def random_grants(random: Random, server: LiveServer) -> GrantCase:
    """Return accounts of one user at several hosts, perhaps an anonymous one and roles, and grants to them."""
    target = server.target
    loopback = not server.namespace
    maria = target.product == "mariadb"
    modern = not maria and target.traits.roles
    hosts = [host.replace("10.", "127.", 1) if loopback else host for host in _HOSTS]
    accounts = [("u", host) for host in dict.fromkeys(random.choices(hosts, k=random.randint(1, 3)))]
    if random.random() < 0.4:
        accounts.append(("", random.choice(hosts)))
    roles = _ROLES if target.traits.roles and random.random() < 0.6 else ()
    settings = GrantSettings(
        skip_name_resolve=server.skip_name_resolve,
        partial_revokes=modern and random.random() < 0.3,
        activate_all_roles_on_login=modern and random.random() < 0.2,
        mandatory_roles=(("r3", "%"),) if modern and roles and random.random() < 0.3 else (),
    )
    steps = [Step(f"CREATE ROLE {role}", lambda table, role=role: table.create_role(role)) for role in roles]
    grantees: list[tuple[str, str | None]] = [*accounts * 2, *((role, None) for role in roles)]
    if target.traits.public_role and random.random() < 0.25:
        grantees.append(("PUBLIC", None))
    steps += [_grant(random, *random.choice(grantees)) for _ in range(random.randint(2, 8))]
    for role in roles:
        steps += _role_steps(random, role, accounts, maria=maria)
    if roles and random.random() < 0.5:
        inner, outer = random.sample(roles, 2)
        steps.append(_grant_role(inner, outer, None))
    flushed = not target.traits.roles or random.random() < 0.5  # MySQL 5.6 sees some grants to anonymous ones after it
    return GrantCase(settings, tuple(accounts), tuple(steps), _logins(random, server, roles), flushed, loopback)


def _logins(random: Random, server: LiveServer, roles: Sequence[str]) -> tuple[Login, ...]:
    sources = [
        "socket",
        "127.0.0.1",
        *(("127.0.3.7", "127.0.3.9") if not server.namespace else ("10.0.3.7", "10.0.3.9")),
    ]
    if server.ipv6:
        sources.append("2001:db8::5")
    return tuple(
        Login(
            random.choice(("u", "u", "u", "x")),
            source,
            random.choice((*roles, "")) if roles and random.random() < 0.4 else None,
        )
        for source in sources
    )


def _grant(random: Random, user: str, host: str | None) -> Step:
    who = user if host is None else account(user, host)
    privileges = random.sample(_TABLE_PRIVILEGES, random.randint(1, 2))
    where = random.random()
    database = random.choice(DATABASES)
    if where < 0.55:
        scope = f"`{random.choice(_PATTERNS)}`.*"
        privileges = random.choice((privileges, privileges, privileges, [*privileges, "EXECUTE"], ["ALL"]))
    elif where < 0.65:
        scope = "*.*"
    elif where < 0.8:
        scope = f"`{database}`.{random.choice('tu')}"
    elif where < 0.9:
        scope = f"`{database}`.t"
        columns = random.choice(("a", "b", "a, b"))
        privileges = [f"{name} ({columns})" for name in privileges if name != "DELETE"] or [f"SELECT ({columns})"]
    else:
        scope = random.choice((f"PROCEDURE `{database}`.p", f"FUNCTION `{database}`.f"))
        privileges = ["EXECUTE"]
    words = ", ".join(privileges)
    if random.random() < 0.15 and not 0.8 <= where < 0.9:
        return Step(f"REVOKE {words} ON {scope} FROM {who}", lambda table: table.revoke(user, host, scope, privileges))
    option = random.random() < 0.25
    return Step(
        f"GRANT {words} ON {scope} TO {who}{' WITH GRANT OPTION' * option}",
        lambda table: table.grant(user, host, scope, privileges, option=option),
    )


def _role_steps(random: Random, role: str, accounts: Sequence[tuple[str, str]], *, maria: bool) -> list[Step]:
    if random.random() < 0.3:
        return []
    user, host = random.choice(accounts)
    steps = [_grant_role(role, user, host)]
    if random.random() < 0.75:
        name, at = (user, host) if random.random() < 0.7 else random.choice(accounts)
        steps.append(
            Step(
                f"SET DEFAULT ROLE {role} {'FOR' if maria else 'TO'} {account(name, at)}",
                lambda table: table.set_default_roles(name, at, [(role, None)]),
            )
        )
    return steps


def _grant_role(role: str, user: str, host: str | None) -> Step:
    who = user if host is None else account(user, host)
    return Step(f"GRANT {role} TO {who}", lambda table: table.grant_role(role, None, user, host))


# -- asking --------------------------------------------------------------------------------------------


def questions() -> list[Question]:
    """Return the statements that each session tries."""
    return [question for name in DATABASES for question in _questions(name)]


def _questions(name: str) -> Iterable[Question]:
    yield Question(f"SELECT a FROM `{name}`.t", lambda session: session.may("SELECT", name, "t", column="a"))
    yield Question(f"SELECT b FROM `{name}`.t", lambda session: session.may("SELECT", name, "t", column="b"))
    yield Question(f"DELETE FROM `{name}`.t LIMIT 0", lambda session: session.may("DELETE", name, "t"))
    yield Question(f"INSERT INTO `{name}`.u VALUES ()", lambda session: session.may("INSERT", name, "u"))
    yield Question(f"UPDATE `{name}`.t SET a = 1 LIMIT 0", lambda session: session.may("UPDATE", name, "t", column="a"))
    yield Question(f"SELECT a FROM `{name}`.u LIMIT 0", lambda session: session.may("SELECT", name, "u", column="a"))
    yield Question(f"CALL `{name}`.p()", lambda session: session.may("EXECUTE", name, routine="p", kind="PROCEDURE"))
    yield Question(f"SELECT `{name}`.f()", lambda session: session.may("EXECUTE", name, routine="f", kind="FUNCTION"))
    yield Question(f"GRANT SELECT ON `{name}`.u TO {account(*_OTHER)}", lambda session: _may_grant(session, name))
    yield Question(f"USE `{name}`", lambda session: _may_use(session, name))


def _may_use(session: Session, name: str) -> Verdict:
    tied = bool(session.shutting_out(name))
    return Verdict(session.may_use(name) and not tied, uncertain=tied)


def _may_grant(session: Session, name: str) -> Verdict:
    own, option = session.may("SELECT", name, "u"), session.may("GRANT OPTION", name, "u")
    both = own.allowed and option.allowed
    return Verdict(both, own.by + option.by, uncertain=not both and (own.uncertain or option.uncertain))


class Answers(NamedTuple):
    """What came of a case: differences in words, questions asked, and those that ties leave open."""

    wrong: list[str]
    asked: int
    open: int


def try_out(server: LiveServer, case: GrantCase) -> Answers:
    """Put a case into the server and compare every answer of every session."""
    target = server.target
    before = [*clearing(target), *_variables(target, case.settings)]
    users = [f"CREATE USER {account(*one)}" for one in (*case.accounts, _OTHER)]
    after = ["FLUSH PRIVILEGES"] * case.flushed
    asked = questions()
    sessions = [
        (login.user, login.source, [*_set_role(login), *(question.sql for question in asked)]) for login in case.logins
    ]
    statements = [*before, *users, *(step.sql for step in case.steps), *after]
    done, said = server.ask(statements, sessions, {} if case.loopback else _NAMES)
    table = GrantTable(target, case.settings)
    taken = done[len(before) + len(users) :]
    for step, error in zip(case.steps, taken, strict=False):
        if error is None:
            step.apply(table)
    answers = Answers([], 0, 0)
    for login, one in zip(case.logins, said, strict=True):
        if one.error is None:
            answers = _compared(answers, table, login, one, asked)
    return answers


def _compared(so_far: Answers, table: GrantTable, login: Login, said: Said, asked: Sequence[Question]) -> Answers:
    client = Client.socket() if login.source == "socket" else Client.tcp(login.source, _NAMES.get(login.source))
    user, host = said.current_user.rsplit("@", 1)
    got = list(said.answers)
    roles = None
    if login.role is not None and got.pop(0) is None:
        roles = [(login.role, "" if table.target.product == "mariadb" else "%")] if login.role else []
    session = Session(table, user, host, client, roles=roles)
    wrong: list[str] = []
    tied = 0
    for question, error in zip(asked, got, strict=True):
        verdict = question.ask(session)
        granting = question.sql.startswith("GRANT")
        if verdict.uncertain:
            tied += 1
        elif verdict.allowed != (error is None) or not (error is None or granting or error in REFUSED):
            by = ", ".join(
                f"{given.privilege} ON {given.row.scope} TO {given.row.user}@{given.row.host}" for given in verdict.by
            )
            wrong.append(
                f"  session  {said.current_user} from {client}, roles {session.active}\n"
                f"  asked    {question.sql}\n"
                f"  server   {'done' if error is None else error}\n"
                f"  model    {'allowed by ' + (by or 'a row') if verdict.allowed else 'refused'}"
            )
    return Answers(so_far.wrong + wrong, so_far.asked + len(asked), so_far.open + tied)


def _set_role(login: Login) -> list[str]:
    return [] if login.role is None else [f"SET ROLE {login.role or 'NONE'}"]


def _variables(target: Target, settings: GrantSettings) -> list[str]:
    if target.product == "mariadb" or not target.traits.roles:
        return []
    roles = ",".join(user for user, _ in settings.mandatory_roles)
    return [
        f"SET GLOBAL partial_revokes = {int(settings.partial_revokes)}",
        f"SET GLOBAL activate_all_roles_on_login = {int(settings.activate_all_roles_on_login)}",
        f"SET GLOBAL mandatory_roles = '{roles}'",
    ]


def smallest_grants(server: LiveServer, case: GrantCase) -> str:
    """Return the first difference of a case, with all statements left out that it does not need."""
    for step in case.steps:
        smaller = case._replace(steps=tuple(kept for kept in case.steps if kept is not step))
        if try_out(server, smaller).wrong:
            case = smaller
    for one in case.accounts:
        smaller = case._replace(accounts=tuple(kept for kept in case.accounts if kept != one))
        if try_out(server, smaller).wrong:
            case = smaller
    found = try_out(server, case).wrong
    lines = [
        f"{server.target}, {case.settings}",
        *(f"  account  {account(*one)}" for one in case.accounts),
        *(f"  {step.sql}" for step in case.steps),
    ]
    return "\n".join([*lines, found[0] if found else "  differed once and did not again"])
