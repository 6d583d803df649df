"""What clients printed of real servers, read back: the same accounts, the same winners, the same rights.

One setup was made on four servers, and asked for in every way that people paste; who got in, and what the sessions
might do, was asked of the servers themselves (see docs/testing-live.md).
"""

import gzip
import json
from functools import cache
from pathlib import Path

import pytest

from grantlint.access import Client, Server, parse_target
from grantlint.access.server.answer import answer
from grantlint.access.server.winner import Question
from grantlint.model.location import Located, Source
from grantlint.reader.files.formats import format_named
from grantlint.reader.files.recognition import Candidate, Recognition
from grantlint.servers.grouping import group
from grantlint.servers.panel import panels

RECORDED = Path(__file__).with_name("recorded.jsonl.gz")
SERVERS = ("mariadb-10.11", "mariadb-11.8", "mysql-9.7", "mysql-5.6")
ADMINISTRATORS = {"root", "mariadb.sys", "mysql.sys", "mysql.session", "mysql.infoschema"}
_ASKED = {  # what each recorded statement needs
    "SELECT status FROM shop.orders": ("SELECT", "status"),
    "SELECT id FROM shop.orders": ("SELECT", "id"),
    "INSERT INTO shop.orders (id) VALUES (1)": ("INSERT", "id"),
    "UPDATE shop.orders SET note = 1": ("UPDATE", "note"),
    "DELETE FROM shop.orders WHERE 1=0": ("DELETE", None),
}


@cache
def recorded() -> dict[tuple[str, str], dict]:
    lines = gzip.decompress(RECORDED.read_bytes()).decode().splitlines()
    return {(line["server"], line["name"]): line for line in map(json.loads, lines)}


def text_of(server: str, *names: str) -> str:
    return "\n".join(recorded()[server, name]["text"] for name in names)


def candidate_of(text: str, path: str = "<stdin>") -> Candidate:
    judged = Recognition().judge(path, text.encode(), strict=True, asked=True)
    assert isinstance(judged, Candidate), judged
    return judged


@cache
def server_of(text: str, target: str) -> Server:
    candidate = candidate_of(text)
    parts = candidate.format.read(candidate.source)
    assert [fault.message for part in parts for fault in part.faults] == []
    found, faults, _ = panels(group(parts), [parse_target(target)], (), ())
    assert not faults
    (panel,) = found
    (server,) = panel.servers
    return server


FORMS = ("box", "tsv", "g")
EVERYWHERE = ("user_host", "user_all", "grants")
WHOLE = [
    *((server, (f"{what}.{form}",)) for server in SERVERS for what in EVERYWHERE for form in FORMS),
    *((server, (f"plugin.{form}",)) for server in SERVERS[:3] for form in FORMS),
    *((server, (f"global_priv.{form}",)) for server in SERVERS[:2] for form in FORMS),
    *((server, (name,)) for server in SERVERS[:3] for name in ("dump_tables.sql", "dump_complete.sql")),
    *((server, (name,)) for server in SERVERS[:2] for name in ("dump_databases.sql", "dump_system.sql", "pt.sql")),
    ("mysql-9.7", ("dump_users.sql",)),
    ("mysql-5.6", ("pt.sql",)),
]  # fmt: skip
RIGHTS = [
    *((server, ("grants." + form, "create." + form)) for server in SERVERS[:3] for form in FORMS),
    *(("mysql-5.6", ("grants." + form,)) for form in FORMS),
    *((server, names) for server, names in WHOLE if names[0].startswith("dump")),
    ("mysql-5.6", ("pt.sql",)),
]
by_name = pytest.mark.parametrize(("server", "names"), WHOLE, ids=[f"{one}:{two[0]}" for one, two in WHOLE])
by_rights = pytest.mark.parametrize(("server", "names"), RIGHTS, ids=[f"{one}:{two[0]}" for one, two in RIGHTS])


@by_name
def test_the_table_is_that_of_the_server(server: str, names: tuple[str, ...]) -> None:
    truth = recorded()[server, "truth"]
    shown = {(user, host) for user, host in truth["accounts"]}
    if names == ("pt.sql",):  # it asks for these without care, and gets errors
        shown = {(user, host) for user, host in shown if user != "o'brien" and (host or "mysql" in server)}
    if names == ("dump_system.sql",):
        shown -= {("PUBLIC", "")}
    found = {
        (row.user, row.host if not row.dropped else "") for row in server_of(text_of(server, *names), server).table.rows
    }
    found -= {("mariadb_dump_import_role", "")}
    assert found == shown


@by_name
def test_who_gets_in_is_whom_the_server_lets_in(server: str, names: tuple[str, ...]) -> None:
    model = server_of(text_of(server, *names), server)
    for user, address, name, error, current_user, _ in recorded()[server, "truth"]["clients"]:
        if names == ("pt.sql",) and user == "o'brien":
            continue
        decision = model.table.decide(user, Client.tcp(address, name))
        if error is None:
            assert current_user in {f"{row.user}@{row.host}" for row in decision.rows}, (user, address)
        elif not decision.rows:
            assert decision.error == error, (user, address)


@by_rights
def test_what_sessions_may_do_is_what_they_were_let_do(server: str, names: tuple[str, ...]) -> None:
    model = server_of(text_of(server, *names), server)
    truth = recorded()[server, "truth"]
    by_public = names == ("dump_system.sql",)  # which leaves out what is granted to PUBLIC
    asked = 0
    for user, address, name, error, current_user, answers in truth["clients"]:
        if error is not None or user in ADMINISTRATORS or (names == ("pt.sql",) and user == "o'brien"):
            continue
        account, _, host = current_user.rpartition("@")
        session = model.session(account, host, Client.tcp(address, name))
        for statement, said in zip(truth["statements"], answers, strict=True):
            if statement.startswith("USE "):
                allowed = session.may_use(statement.removeprefix("USE "))
            elif statement.startswith("CALL"):
                allowed = session.may("EXECUTE", "shop", routine="tidy", kind="PROCEDURE").allowed
            else:
                privilege, column = _ASKED[statement]
                allowed = session.may(privilege, "shop", "orders", column=column).allowed
            if not (by_public and statement == "USE shop" and said is None):
                assert allowed == (said is None), (user, address, statement)
            asked += 1
    assert asked > 100


@by_rights
def test_a_locked_account_is_told(server: str, names: tuple[str, ...]) -> None:
    if server == "mysql-5.6":
        return
    model = server_of(text_of(server, *names), server)
    told = answer(model, Question("old", Client.tcp("203.0.113.5")))
    assert told.error == (3118 if server.startswith("mysql") else 4151)


@pytest.mark.parametrize("server", SERVERS)
def test_a_session_is_read_as_it_stands_on_the_screen(server: str) -> None:
    model = server_of(text_of(server, "session.txt"), server)
    (product,) = {fact.product for fact in model.declared.facts}
    assert isinstance(product, Located)
    assert product.value.split("-")[1] == recorded()[server, "truth"]["version"].split("-")[0]
    assert {(row.user, row.host) for row in model.table.rows} >= {("app", "%"), ("tls", "10.%")}
    assert not model.refused
    assert model.session("app", "%", Client.tcp("203.0.113.5")).may("CREATE", "shop").allowed
    assert not model.session("app", "%", Client.tcp("203.0.113.5")).may("CREATE", "shop_eu").allowed
    rights = model.session("app", "10.0.3.%", Client.tcp("10.0.3.7"))
    assert rights.may("SELECT", "shop_eu", "t").allowed
    assert not rights.may("SELECT", "shopXeu", "t").allowed


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_what_powershell_saves_is_read(encoding: str) -> None:
    data = text_of("mysql-9.7", "session.txt").replace("\n", "\r\n").encode(encoding)
    judged = Recognition().judge("grants.txt", data, strict=True, asked=True)
    assert isinstance(judged, Candidate)
    assert judged.format.name == "printed"
    (part,) = judged.format.read(judged.source)
    assert len(part.accounts) == 16


def test_every_format_of_the_clients_is_told_by_its_content() -> None:
    for (_, name), line in recorded().items():
        if name in {"truth", "setup.sql"}:
            continue
        known = candidate_of(line["text"]).format.name
        assert known == ("sql" if name.endswith(".sql") else "printed"), name


def test_no_hash_is_shown() -> None:
    for (_, name), line in recorded().items():
        if name == "truth" or name.startswith("dump_databases"):
            continue
        candidate = candidate_of(line["text"])
        for part in candidate.format.read(candidate.source):
            for account in part.accounts:
                proof = account.authentication
                if proof is not None and proof.credential is not None and proof.credential.secrecy.value == "hash":
                    source, start, end = proof.credential.span
                    assert any(first <= start and last >= end for first, last in source.secrets), name


def test_the_input_format_reads_it_without_a_sign() -> None:
    printed = format_named("printed")
    assert printed is not None
    (part,) = printed.read(Source("x", "GRANT SELECT ON a.* TO `u`@`%`\n"))
    assert [str(account) for account in part.accounts] == ["'u'@'%'"]
