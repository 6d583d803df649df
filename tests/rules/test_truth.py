"""What findings state is true of the server, whatever turns out of what the files leave open.

Each statement about a client is read from a finding's words and put to the account table of every completion of the
server: with the unknown hosts filled in, with the accounts that an installation makes, with those that grants name.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import grantlint_rules
from draws import examples
from grantlint import Client, Installation, Privilege, Problem, Server, ServerSettings, Target
from grantlint.access import parse_target
from grantlint.access.server.login import login
from grantlint.lint.rule import AcrossAccounts, AcrossServers, EachHost, Rule
from grantlint.model import Account, DeclaredServer
from grantlint.model.location import Located, Source
from grantlint.reader.formats.policy import document as policy
from grantlint.servers.grouping import group

RULES = {rule.name: rule for rule in grantlint_rules.RULES}
TARGETS = ("mysql-5.6.24", "mysql-5.7", "mysql-8.0", "mysql-9.7", "mariadb-10.3", "mariadb-10.11", "mariadb-11.8")
USERS = ("app", "", "root", "web")
HOSTS = (
    "%", "10.0.3.7", "10.0.3.%", "10.0.%", "10.0.3.0/24", "10.0.3.0/255.255.255.0", "10.0.3.7/32", "10.0.3.07",
    "localhost", "127.0.0.1", "local%", "web1.example.com", r"web1\.example.com", "%.example.com", "web%", "%.com",
    "{{ h }}",
)  # fmt: skip
FILLS = ("10.0.3.7", "localhost", "127.0.0.1", "web1.example.com", "10.0.3.5", "%.example.com")
STATEMENT = re.compile(
    r"(?P<user>\S*) from (?P<client>the local socket|\S+ \([^)]*\)|\S+) "
    r"(?:is logged in as|gets ERROR (?P<error>\d+) as) '(?P<winner>[^']*)'(?:@'(?P<host>[^']*)')?"
)

Declared = dict[str, Any]

CLIENT = r"(?P<client>the local socket|\S+ \([^)]*\)|\S+)"
PRIVILEGE = re.compile(
    rf"(?P<user>\S*) from {CLIENT} is logged in as '[^']*'@'[^']*'(?:,| and) "
    r"(?:which )?(?P<has>has|lacks) (?P<privilege>[A-Z]+(?: [A-Z]+)*)(?: in `(?P<database>.*?)` by it)?"
)
DENIED = re.compile(
    r"(?P<privilege>[A-Z]+(?: [A-Z]+)*) in `(?P<database>.*?)` is denied to "
    rf"'(?P<user>.*?)'@'(?P<host>.*?)' from {CLIENT}"
)

accounts = st.fixed_dictionaries(
    {
        "user": st.sampled_from(USERS),
        "host": st.sampled_from(HOSTS),
        "locked": st.sampled_from(["false", "false", "true"]),
        "password": st.sampled_from(["vault:a", "vault:b"]),
        "grants": st.lists(
            st.sampled_from(
                ["INSERT ON shop.*", "SELECT ON `shop%`.*", "DELETE ON *.*", "SELECT ON `sh%`.*", "{{ p }} ON shop.*"]
            ),
            max_size=2,
        ),
    }
)


def text_of(declared: list[Declared], role: str, settings_: str) -> str:
    lines = [
        f"server: {{settings: {{{settings_}}}}}",
        "hosts: [{name: web, addresses: [10.0.3.9], dns_names: [web9.com]}]",
    ]
    lines += ["users:"]
    for one in declared:
        lines += [f"  - user: '{one['user']}'", f"    host: '{one['host']}'", f"    locked: {one['locked']}"]
        lines += [f"    authentication: {{secret: '{one['password']}'}}"]
        grants = [grant.split(" ON ") for grant in one["grants"]]
        lines += ["    grants:"] if grants else []
        lines += [f"      - {{privileges: ['{names}'], target: '{target}'}}" for names, target in grants]
    if role:
        lines += [f"roles: [{{role: {role}}}]"]
    return "\n".join(lines) + "\n"


def server_of(text: str, target: str) -> Server:
    (declared,) = group(policy.read(Source("policy.yml", text)))
    return as_target(declared, parse_target(target))


def as_target(declared: DeclaredServer, target: Target) -> Server:
    return Server(declared, Installation(target, ServerSettings.of(declared.facts)))


def completions(server: Server) -> Iterator[Server]:
    """Yield the server as it is, and as it may turn out to be."""
    declared = server.declared
    stock = [("root", "localhost"), ("", "localhost")]
    if server.installation.target.traits.loopback_root:
        stock.append(("root", "127.0.0.1"))
    there = {(server.user_of(account), server.host_of(account)) for account in server.accounts}
    place = declared.facts[0].span
    made = tuple(
        Account(Located(user, *place), Located(host, *place), place)
        for user, host in stock
        if (user, host) not in there
    )
    for fill in FILLS:
        filled = tuple(_filled(account, fill) for account in declared.accounts)
        for more in ((), made):
            yield as_target(declared._replace(accounts=(*filled, *more)), server.installation.target)


def _filled(account: Account, fill: str) -> Account:
    host = account.host if isinstance(account.host, Located) else Located(fill, *account.host.span)
    grants = tuple(
        grant._replace(
            privileges=tuple(
                p if isinstance(p, Located) else Located(Privilege("ALL"), *p.span) for p in grant.privileges
            )
        )
        for grant in account.grants
    )
    return account._replace(host=host, grants=grants)


def client_of(text: str) -> Client:
    if text == "the local socket":
        return Client.socket()
    named = re.fullmatch(r"(\S+) \((\S+)\)", text)
    return Client.tcp(named[2], named[1]) if named else Client.tcp(text)


def assert_true(server: Server, problem: Problem) -> None:
    assert_winners(server, problem)
    assert_privileges(server, problem)
    assert_ties(server, problem)
    assert_refusals(server, problem)


def assert_winners(server: Server, problem: Problem) -> None:
    for statement in STATEMENT.finditer(problem.witness):
        client = client_of(statement["client"])
        for complete in completions(server):
            decision = complete.table.decide(statement["user"], client)
            winners = {(row.user, row.host) for row in decision.rows}
            host = statement["host"]
            said = (statement["winner"], complete.stored_host(host) if host is not None else "%")
            assert winners == {said}, (problem, complete.table.rows)
            if statement["error"] is None:
                entry = complete.declaration_of(decision.rows[0])
                assert not login(complete, entry, statement["user"], client).admission.refusals, problem


def assert_privileges(server: Server, problem: Problem) -> None:
    for statement in PRIVILEGE.finditer(problem.witness):
        client = client_of(statement["client"])
        database = statement["database"] or None
        for complete in completions(server):
            (row, *_) = complete.table.decide(statement["user"], client).rows
            verdict = complete.session(row.user, row.host, client).may(statement["privilege"], database)
            assert verdict.allowed is (statement["has"] == "has"), (problem, verdict)
            assert not verdict.uncertain
    denied = DENIED.fullmatch(problem.witness)
    if denied:
        client = client_of(denied["client"])
        for complete in completions(server):
            session = complete.session(denied["user"], complete.stored_host(denied["host"]), client)
            verdict = session.may(denied["privilege"], denied["database"])
            assert not verdict.allowed, problem
            assert not verdict.uncertain, problem


def assert_ties(server: Server, problem: Problem) -> None:
    tie = re.fullmatch(r"(?P<user>\S*) from (?P<client>.*) gets either", problem.witness)
    if tie:
        for complete in completions(server):
            rows = complete.table.decide(tie["user"], client_of(tie["client"])).rows
            named = re.match(r"'(.*?)'@'(.*?)' and '(.*?)'(?:@'(.*?)')? tie", problem.message)
            assert named
            pair = {(named[1], complete.stored_host(named[2])), (named[3], complete.stored_host(named[4] or "%"))}
            assert pair <= {(row.user, row.host) for row in rows}, problem


def assert_refusals(server: Server, problem: Problem) -> None:
    refused = re.search(r"(?:from|at|called) (\S+(?: \([^)]*\))?) gets (?:ERROR|error) 1130", problem.witness)
    if refused and "unless" not in problem.witness:
        text = refused[1]
        try:
            client = client_of(text)
        except ValueError:
            client = Client.tcp("192.0.2.1", text)
        for complete in completions(server):
            assert complete.table.decide("", client).error == 1130, problem


def problems(rule: Rule, server: Server) -> list[Problem]:
    match rule.check:
        case AcrossAccounts(check):
            return list(check(server))
        case EachHost(check):
            texts = {account.host.value for account in server.accounts if isinstance(account.host, Located)}
            return [found for text in texts for found in check(server.host(text), server.installation.settings)]
        case _:
            raise AssertionError(rule.name)


ACROSS = (
    "anonymous-shadows-named", "account-shadowed", "account-unreachable", "precedence-tie", "database-grant-hidden",
    "database-grant-leaks", "global-privilege-on-wrong-account", "lone-host-gate-trap", "declared-host-refused",
)  # fmt: skip


def once(user: str, host: str, *grants: str, locked: str = "false") -> Declared:
    return {"user": user, "host": host, "locked": locked, "password": "vault:a", "grants": [*grants]}


TWICE = [once("root", "10.0.3.7", locked="true"), once("root", "10.0.3.7")]


@examples(60)
@example([once("", "%", "INSERT ON shop.*"), *TWICE], "mysql-5.7", "", "")
@example([*TWICE, once("", "%"), once("root", "%", "DELETE ON *.*")], "mysql-8.0", "", "")
@example([once("app", "%"), once("app", "%", "{{ p }} ON shop.*"), once("", "%")], "mysql-5.6.24", "app", "")
@given(
    st.lists(accounts, min_size=1, max_size=5),
    st.sampled_from(TARGETS),
    st.sampled_from(["", "", "app"]),
    st.sampled_from(["", "", "skip_name_resolve: true"]),
)
def test_every_statement_of_a_finding_holds(declared: list[Declared], target: str, role: str, stated: str) -> None:
    server = server_of(text_of(declared, role, stated), target)
    for name in ACROSS:
        for problem in problems(RULES[name], server):
            assert_true(server, problem)


@examples(40)
@given(
    st.lists(accounts, min_size=2, max_size=4),
    st.lists(st.sampled_from(TARGETS), min_size=2, max_size=2, unique=True),
)
def test_an_order_that_differs_by_server_does(declared: list[Declared], targets: list[str]) -> None:
    text = text_of(declared, "", "")
    servers = [server_of(text, target) for target in targets]
    (made,) = group(policy.read(Source("policy.yml", text)))
    servers = [as_target(made, parse_target(target)) for target in targets]
    check = RULES["precedence-differs-by-server"].check
    assert isinstance(check, AcrossServers)
    for problem in check.check(servers):
        found = list(STATEMENT.finditer(problem.witness.replace(f"on {servers[0].installation.target.label}, ", "x ")))
        first, second = problem.witness.split(f" on {servers[0].installation.target.label}, ")
        user_and_client = first.partition(" is logged in")[0].partition(" gets ERROR")[0]
        assert found
        assert_true(servers[0], problem._replace(witness=first))
        assert_true(servers[1], problem._replace(witness=f"{user_and_client} {second}"))


OF_HOSTS = ("cidr-unsupported", "netmask-host-bits", "netmask-invalid", "name-under-skip-name-resolve")
WRITTEN = (
    *HOSTS, "10.0.3.5/24", "0.0.0.0/0", "10.0.3.0/0.0.0.0", "10.0.3.5/255.255.255.0", "10.0.3.0/255.0.255.0",
    "10.0.3.0/33", "%/24", "web1.example.com/24", "::1/128", "2001:db8::/32", "10.0.3.0/024", "999.0.0.1/8",
    "%host", "_ocalhost", "0.0.0.0/1",
)  # fmt: skip
CLIENTS = (
    Client.socket(), Client.tcp("127.0.0.1"), Client.tcp("10.0.3.0"), Client.tcp("10.0.3.5"), Client.tcp("10.0.3.7"),
    Client.tcp("10.9.3.0"), Client.tcp("10.0.3.7", "web1.example.com"), Client.tcp("::1"), Client.tcp("2001:db8::5"),
)  # fmt: skip


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", OF_HOSTS)
def test_a_host_value_that_is_said_never_to_match_does_not(name: str, target: str) -> None:
    for stated in ("", "skip_name_resolve: true"):
        for host in WRITTEN:
            declared = [{"user": "app", "host": host, "locked": "false", "password": "vault:a", "grants": []}]
            server = server_of(text_of(declared, "", stated), target)
            for problem in problems(RULES[name], server):
                assert "never matches" in problem.message
                assert not any(server.table.matching("app", client) for client in CLIENTS), problem
                advice = re.search(r"Write (?:the netmask out, which every server knows: )?'(.*?)'", problem.help)
                if advice and name != "netmask-invalid":
                    better = [{**declared[0], "host": advice[1]}]
                    assert any(
                        server_of(text_of(better, "", ""), target).table.matching("app", client)
                        for client in (*CLIENTS, Client.tcp("255.0.0.1"))
                    ), problem
