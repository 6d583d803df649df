"""What five real servers let a session do, asked again: experiments G, H, I and J of the measurements.

A case is a handful of account and grant statements, then connections and queries. `_Replay` reads those
statements as far as they make accounts and grants, and compares what the server stored, whom it let in and every
SELECT and INSERT. What it sets aside is counted by reason, and the counts are pinned: nothing is skipped in silence.
"""

import gzip
import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

import pytest

from grantlint.access import AccountTable, Client, Row, parse_target, stored_host, stored_user
from grantlint.access.grants.session import Session
from grantlint.access.grants.table import GrantTable
from grantlint.model.privilege import split_privileges

Reply = str | list[object] | dict[str, object]


class Connection(TypedDict, total=False):
    """One connection and what it asks."""

    user: str
    src: str
    password: str
    db: str
    queries: list[str]


class Case(TypedDict, total=False):
    """Statements, and the connections after them."""

    id: str
    mode: str
    hosts: list[tuple[str, str]]
    accounts: list[list[str] | dict[str, str]]
    sql: list[str]
    connections: list[Connection | list[str]]


class Answers(TypedDict, total=False):
    """What one server said to a case."""

    accounts: list[Reply]
    sql: list[Reply]
    stored: list[list[str]]
    connections: list[dict[str, object]]


ANSWERS = Path(__file__).parent / "stage2.json.gz"
ADMINISTRATOR = ("oracle_admin", "localhost")
STRING = r"'(?:[^'\\]|''|\\.)*'|\"[^\"]*\"|`(?:[^`]|``)*`"
ACCOUNT = re.compile(rf"\s*(?P<user>{STRING}|[\w$]+)(?:\s*@(?P<host>{STRING}|[\w$.]*))?")
VALUES = re.compile(r"'((?:[^'\\]|\\.)*)'")
STATEMENTS = {
    "create_user": r"CREATE (?P<replace>OR REPLACE )?USER (?P<exists>IF NOT EXISTS )?(?P<accounts>.+)",
    "create_role": r"CREATE ROLE (?P<account>.+)",
    "drop": r"DROP USER (?P<account>.+)",
    "rename": r"RENAME USER (?P<account>.+) TO (?P<other>.+)",
    "alter": r"ALTER USER (?P<account>.+)",
    "revoke": r"REVOKE (?P<privileges>.+) ON (?P<scope>\S+) FROM (?P<account>.+)",
    "grant": r"GRANT (?P<privileges>.+) ON (?P<scope>\S+) TO (?P<account>.+)",
    "grant_role": r"GRANT (?P<role>.+) TO (?P<account>.+)",
    "default_role": r"SET DEFAULT ROLE (?P<role>\S+) (?:TO|FOR) (?P<account>.+)",
    "insert_db": r"INSERT INTO mysql\.db \(Host,Db,User,(?P<privilege>\w+)_priv\) VALUES \((?P<values>.+)\)",
    "insert_user": r"INSERT INTO mysql\.(?:user|global_priv) (?:\((?P<columns>.+?)\) )?VALUES \((?P<values>.+)\)",
    "partial_revokes": r"SET GLOBAL partial_revokes=ON",
    "flush": r"FLUSH PRIVILEGES",
    "elsewhere": r"(SET SESSION|SHOW GRANTS|CREATE DATABASE|INSTALL PLUGIN) .+",
}
# 1396: exists already, or does not; 1470: too long; 1105: an @ in the host
ACCOUNT_ERRORS = {1396, 1470, 1105}
TAKEN, REFUSED = "statement taken as accepted", "statement refused by the server, not by the access model"
BLANK = "set aside: MariaDB keeps a trailing blank in memory until FLUSH"
HASH = "set aside: MySQL does not load a row with a hash it cannot read"
ANONYMOUS = "set aside: MySQL 5.6 keeps a grant to '' from others until FLUSH"
CREATED, STORED, CONNECTED = "CREATE USER compared", "stored names compared", "connections compared"
ASKED, TIED, USED = "queries compared", "queries that a tie decides", "default databases compared"
COUNTS = {
    "mysql-5.6.24": {
        TAKEN: 110, REFUSED: 85, CREATED: 173, STORED: 219, CONNECTED: 145, HASH: 1, ASKED: 553, ANONYMOUS: 36,
        TIED: 14, USED: 2,
    },
    "mysql-9.7.4": {
        TAKEN: 125, REFUSED: 66, CREATED: 185, STORED: 219, CONNECTED: 145, HASH: 1, ASKED: 589, TIED: 8, USED: 2,
    },
    "mariadb-10.5.23": {
        TAKEN: 137, REFUSED: 48, CREATED: 184, STORED: 219, CONNECTED: 139, BLANK: 7, ASKED: 589, TIED: 2, USED: 2,
    },
    "mariadb-10.11.19": {
        TAKEN: 140, REFUSED: 44, CREATED: 184, STORED: 219, CONNECTED: 139, BLANK: 7, ASKED: 589, TIED: 2, USED: 2,
    },
    "mariadb-11.8.9": {
        TAKEN: 140, REFUSED: 44, CREATED: 184, STORED: 219, CONNECTED: 139, BLANK: 7, ASKED: 589, TIED: 2, USED: 2,
    },
}  # fmt: skip


@dataclass
class Facts:
    """What comes after the choice of the row."""

    password: str = ""
    locked: bool = False
    expired: bool = False
    require: bool = False
    plugin: str = ""
    logins_left: int | None = None
    role: bool = False


def unquoted(text: str) -> str:
    if text[:1] in "'\"`" and len(text) > 1:
        quote, text = text[0], text[1:-1].replace(text[0] * 2, text[0])
        if quote != "`":
            text = re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t", "_": "\\_", "%": "\\%"}.get(m[1], m[1]), text)
    return text


def errno(reply: Reply) -> int | None:
    return int(str(reply[0])) if isinstance(reply, list) else None


class _Replay:
    """One server, from its statements and what it said to them."""

    def __init__(self, server: str, case: Case, counted: Counter[str]) -> None:
        self.target = parse_target(server)
        self.maria = self.target.product == "mariadb"
        self.grants = GrantTable(self.target)
        self.accounts: dict[tuple[str, str], Facts] = {ADMINISTRATOR: Facts()}
        self.case = case
        self.unlisted = {ADMINISTRATOR} if self.maria else {ADMINISTRATOR, ("mysql.sys", "h1")}  # by the recorder
        self.counted = counted
        self.wrong: list[str] = []
        self.blank_in_memory = False
        self.anonymous_in_memory = False

    # -- statements ------------------------------------------------------------------------------------

    def run(self, answers: Answers) -> None:
        for made, reply in zip(self.case["accounts"], answers.get("accounts", []), strict=True):
            if isinstance(made, dict):
                self.statement(made["sql"], reply)
            elif self.case.get("mode") == "insert":
                self.accounts[made[0].rstrip(" "), made[1]] = Facts()
            else:
                user, host = made[:2]
                self.blank_in_memory |= self.maria and user != user.rstrip(" ")
                self.accounts[self.stored(user, host)] = Facts(password=made[2] if made[2:] else "")
        if self.case.get("mode") == "create_flush":
            self.do_flush({})
        for sql, reply in zip(self.case.get("sql", []), answers.get("sql", []), strict=True):
            self.statement(sql, reply)
        if "stored" in answers:
            self.counted[STORED] += 1
            expected = sorted(tuple(row) for row in answers["stored"])
            if (found := sorted(key for key in self.accounts if key not in self.unlisted)) != expected:
                self.wrong.append(f"{self.case['id']}: stored {expected}, not {found}")

    def stored(self, user: str, host: str | None) -> tuple[str, str]:
        return stored_user(user, self.target), stored_host("%" if host is None else host, self.target)

    def account(self, text: str) -> tuple[str, str | None]:
        match = ACCOUNT.match(text)
        assert match, text
        return unquoted(match["user"]), None if match["host"] is None else unquoted(match["host"])

    def statement(self, sql: str, reply: Reply) -> None:
        for kind, pattern in STATEMENTS.items():
            match = re.fullmatch(pattern, sql)
            if not match:
                continue
            if kind == "create_user" and (errno(reply) in ACCOUNT_ERRORS or errno(reply) is None):
                self.create_user(match.groupdict(), errno(reply))
            elif errno(reply) is None:
                getattr(self, f"do_{kind}")(match.groupdict())
                self.counted[TAKEN] += kind != "elsewhere"
            else:
                self.counted[REFUSED] += 1
            return
        raise AssertionError(sql)

    def create_user(self, parts: dict[str, str], error: int | None) -> None:
        """Compare the server's error with what lengths, an @ and existing accounts lead to."""
        self.counted[CREATED] += 1
        traits = self.target.traits
        atomic = self.target.product == "mysql" and self.target.version >= (8, 0)
        made: dict[tuple[str, str], Facts] = {}
        expected: int | None = None
        for text in re.findall(rf"(?:{STRING}|[^,])+", parts["accounts"]):
            user, host = self.account(text)
            key = self.stored(user, host)
            if "@" in (host or ""):
                expected = 1105
            elif len(user) > traits.user_length or len(host or "") > traits.host_length:
                expected = 1470
            elif text.startswith("CURRENT_USER") or ((key in self.accounts or key in made) and not parts["replace"]):
                expected = expected if parts["exists"] else 1396
            else:
                made[key] = self.facts(text)
        if expected is None or (expected == 1396 and not atomic):
            self.accounts |= made
        if expected != error:
            self.wrong.append(f"{self.case['id']}: CREATE USER {parts['accounts']} {error}, not {expected}")

    def facts(self, text: str) -> Facts:
        facts = Facts()
        if match := re.search(r"IDENTIFIED (?:WITH|VIA) (\w+)", text):
            facts.plugin = match[1]
        self.options(facts, text)
        return facts

    @staticmethod
    def options(facts: Facts, text: str) -> None:
        facts.locked = (facts.locked or "ACCOUNT LOCK" in text) and "ACCOUNT UNLOCK" not in text
        facts.expired |= "PASSWORD EXPIRE" in text
        facts.require |= "REQUIRE S" in text
        if match := re.search(r"MAX_CONNECTIONS_PER_HOUR (\d+)", text):
            facts.logins_left = int(match[1])

    def do_create_role(self, parts: dict[str, str]) -> None:
        user, host = self.account(parts["account"])
        self.grants.create_role(user)
        self.accounts[user, "" if self.maria else self.stored(user, host)[1]] = Facts(
            locked=not self.maria, expired=not self.maria, role=self.maria
        )

    def do_drop(self, parts: dict[str, str]) -> None:
        del self.accounts[self.stored(*self.account(parts["account"]))]

    def do_rename(self, parts: dict[str, str]) -> None:
        facts = self.accounts.pop(self.stored(*self.account(parts["account"])))
        self.accounts[self.stored(*self.account(parts["other"]))] = facts

    def do_alter(self, parts: dict[str, str]) -> None:
        user, host = self.account(parts["account"])
        if not (self.maria and (user, "") in self.accounts):  # r@% there: nothing of the role
            self.options(self.accounts[self.stored(user, host)], parts["account"])

    def do_grant(self, parts: dict[str, str]) -> None:
        user, host = self.account(parts["account"])
        self.grants.grant(user, host, parts["scope"], split_privileges(parts["privileges"]), origin=parts["scope"])
        key = self.grants.grantee(user, host)
        facts = self.accounts.setdefault(key, Facts(role=not key[1] and self.maria))
        self.options(facts, parts["account"])
        self.anonymous_in_memory |= not user

    def do_revoke(self, parts: dict[str, str]) -> None:
        self.grants.revoke(*self.account(parts["account"]), parts["scope"], split_privileges(parts["privileges"]))

    def do_grant_role(self, parts: dict[str, str]) -> None:
        self.grants.grant_role(*self.account(parts["role"]), *self.account(parts["account"]))

    def do_default_role(self, parts: dict[str, str]) -> None:
        self.grants.set_default_roles(*self.account(parts["account"]), [self.account(parts["role"])])

    def do_insert_db(self, parts: dict[str, str]) -> None:
        host, database, user, _ = VALUES.findall(parts["values"])
        if database:  # the server skips a row without one
            self.grants.grant(user, host, f"`{database}`.*", [parts["privilege"]], origin=database)

    def do_insert_user(self, parts: dict[str, str]) -> None:
        values = VALUES.findall(parts["values"])
        facts = Facts()
        if parts["columns"]:
            named = dict(zip(parts["columns"].split(","), values, strict=True))
            facts.plugin = named["plugin"]
            facts.locked = named.get("account_locked") == "Y"
            secret = named.get("Password") or named["authentication_string"]
        else:
            stored = json.loads(values[2])
            facts.plugin, facts.role = stored.get("plugin", ""), stored.get("is_role", False)
            secret = stored.get("authentication_string", "")
        facts.password = secret
        self.accounts[values[1], values[0]] = facts

    def do_partial_revokes(self, _: dict[str, str]) -> None:
        self.grants.settings = self.grants.settings._replace(partial_revokes=True)

    def do_flush(self, _: dict[str, str]) -> None:
        self.blank_in_memory = self.anonymous_in_memory = False

    def do_elsewhere(self, _: dict[str, str]) -> None:
        """Take no notice: nothing of this makes an account or a grant."""

    # -- connections -----------------------------------------------------------------------------------

    def connect(self, connection: Connection, answer: dict[str, object]) -> None:
        if self.blank_in_memory:
            self.counted[BLANK] += 1
            return
        accounts = list(self.accounts)
        roles = [index for index, key in enumerate(accounts) if self.accounts[key].role]
        table = AccountTable(self.target, accounts, roles=roles, rows_made_by="insert")
        source = connection["src"]
        client = (
            Client.socket() if source == "socket" else Client.tcp(source, dict(self.case.get("hosts", [])).get(source))
        )
        decision = table.decide(connection["user"], client)
        winners = {f"{row.user}@{row.host}": row for row in decision.rows}
        measured = answer.get("err") or answer.get("cu") or answer["qerr"]
        expected = (
            {str(decision.error)} if decision.error else {self.admitted(row, connection) for row in decision.rows}
        )
        if self.unreadable_hash(decision.rows):
            self.counted[HASH] += 1
            return
        self.counted[CONNECTED] += 1
        if str(measured) not in expected:
            self.wrong.append(f"{self.case['id']}: {connection} {measured}, not {expected}")
        elif measured in winners:
            row = winners[str(measured)]
            self.ask(Session(self.grants, row.user, row.host, client), connection, answer)

    def unreadable_hash(self, rows: tuple[Row, ...]) -> bool:
        garbage = "garbage"
        return not self.maria and any(self.accounts[row.user, row.host].password == garbage for row in rows)

    def admitted(self, row: Row, connection: Connection) -> str:
        """Return CURRENT_USER() or the error of the first thing that refuses the chosen row (measured: H)."""
        facts = self.accounts[row.user, row.host]
        traits = self.target.traits
        by_socket = facts.plugin == traits.socket_plugin and connection["src"] == "socket" and row.user == "root"
        refusals = (
            (facts.plugin == "no_such_plugin", 1524),
            (facts.plugin == traits.socket_plugin and not by_socket, 1698),
            (facts.plugin != traits.socket_plugin and facts.password != connection.get("password", ""), 1045),
            (facts.require, 1045),
            (facts.locked, traits.locked_error),
            (facts.expired and traits.disconnect_on_expired_password, 1862),
            (facts.logins_left == 0, 1226),
        )
        if facts.logins_left:
            facts.logins_left -= 1
        sandbox = facts.expired and not traits.disconnect_on_expired_password
        named = "1820" if sandbox else f"{row.user}@{row.host}"
        return next((str(error) for refused, error in refusals if refused), named)

    def ask(self, session: Session, connection: Connection, answer: dict[str, object]) -> None:
        if database := connection.get("db"):
            self.counted[USED] += 1
            if not session.may_use(database):
                self.wrong.append(f"{self.case['id']}: {connection} may not use {database}")
        replies = answer.get("queries", [])
        assert isinstance(replies, list)
        for query, reply in zip(connection.get("queries", []), replies, strict=True):
            if self.anonymous_in_memory and self.target.version == (5, 6, 24) and session.account[0]:
                self.counted[ANONYMOUS] += 1
                continue
            self.counted[ASKED] += 1
            if show := re.fullmatch(r"SHOW DATABASES LIKE '(\w+)'", query):
                allowed, certain = session.may_use(show[1]), True
                measured = bool(reply["rows"])
            else:
                match = re.fullmatch(r"(SELECT|INSERT) .*`(.+)`\.t.*", query)
                assert match, query
                verdict = session.may(match[1], match[2], "t")
                allowed, certain = verdict.allowed, not verdict.uncertain
                measured = isinstance(reply, dict)
                assert measured or errno(reply) == 1142
                if bool(verdict.by) != (allowed or not certain):
                    self.wrong.append(f"{self.case['id']}: {query} without a grant behind it: {verdict}")
            self.counted[TIED] += not certain
            if certain and allowed != measured:
                self.wrong.append(f"{self.case['id']} from {connection['src']}: {query} {reply}, not {allowed}")


@cache
def cases() -> list[dict[str, object]]:
    with gzip.open(ANSWERS, "rt", encoding="utf-8") as text:
        return list(json.load(text))


@pytest.mark.parametrize("server", COUNTS)
def test_the_model_decides_what_the_server_decided(server: str) -> None:
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    for each in cases():
        replay = _Replay(server, each["case"], counted)
        answers = each["answers"][server]
        replay.run(answers)
        connections = each["case"]["connections"]
        for connection, answer in zip(connections, answers.get("connections", []), strict=True):
            pair = isinstance(connection, list)
            replay.connect({"user": connection[0], "src": connection[1]} if pair else connection, answer)
        wrong += replay.wrong
    assert not wrong, "\n".join(wrong)
    assert dict(counted) == COUNTS[server]
