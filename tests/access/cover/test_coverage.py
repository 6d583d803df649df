"""Covers of whole tables against the server's decision for many clients; GRANTLINT_COVER_EXAMPLES asks for more."""

import os
from collections.abc import Iterator, Sequence
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings  # noqa: TID251 - for the checks that it leaves out
from hypothesis import strategies as st

from draws import examples
from grantlint.access import AccountTable, Client, Decision, Row, parse_target
from grantlint.access.cover import Cover, Coverage

EXAMPLES = int(os.environ.get("GRANTLINT_COVER_EXAMPLES", "250"))
SERVERS = [
    "mysql-5.5.24", "mysql-5.6.24", "mysql-8.0.19", "mysql-8.0.28", "mysql-8.0.46", "mysql-9.7.4",
    "mariadb-10.5.23", "mariadb-11.8",
]  # fmt: skip
LITERALS = [
    "localhost", "127.0.0.1", "::1", "10.0.0.1", "10.0.0.2", "10.0.3.7", "10.1.0.1", "192.168.1.5", "2001:db8::5",
    "db8::1", "fe80::1", "web1.example.com", "web2.example.com", "db1", "a.b", "ab", "a", "b", "loc.gov", "1foo.com",
    "1.2.foo", "12345", "2001:DB8::5",
]  # fmt: skip
OTHERS = [
    "", "%", "%%", "_%", "%_", "%.%", "%:%", "_.%", "a%", "%b", "_", "__", "a_%", "a%%", "%a%", "l%", "local%", "%host",
    "10.%", "10.0.%", "10.0.3.%", "10.%.7", "10.0.3._", "1%", "%1", "%.7", "10%_", "10.0.0.1%", "10.0.0.1_", "1_.0.%",
    "%.0.%", "10.0.%.%", "_0.0.3.7", "127.%", "127.0.0._", "0%", "%.255.255.255", "+%", "12%", "%.",
    "%.example.com", "%.loc.gov", "web%", "web_.example.com", "db%", "fe80::%", "2001:%", "2001:db8::_", "db8::%",
    "::%", "%::%", "f%", "*", "10.0.3.7.",
    "10.0.3.0/24", "10.0.3.0/25", "10.0.3.128/25", "10.0.0.0/8", "127.0.0.0/8", "127.0.0.1/32", "10.0.0.1/32",
    "0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "10.0.3.5/24", "10.0.0.0/255.255.255.0", "10.0.3.7/255.255.255.255",
    "10.0.0.1/255.0.255.255", "10.0.0.0/255.0.255.0", "128.0.0.0/128.0.0.0", "0.0.0.0/128.0.0.0",
    "+10.0.0.1", " 10.0.3.7", "010.0.0.2", "a\\.b", "10\\.0.0.1", "web1\\.example.com", "db8\\::1", "a\\_b",
]  # fmt: skip
NAMES = [
    None, "localhost", "web1.example.com", "web2.example.com", "webx.example.com", "db1", "db77", "a.b", "ab", "a", "b",
    "xb", "axb", "a_b", "loc.gov", "x.loc.gov", "1foo.com", "12a.b", "local7", "l", "x", "zz", "xx.yy", "+10.0.0.1",
]  # fmt: skip
PLACES = [
    "127.0.0.1", "::1", "127.0.0.2", "10.0.0.1", "10.0.0.2", "10.0.3.7", "10.0.3.5", "10.0.3.200", "10.0.77.7",
    "10.1.0.1", "10.5.6.7", "192.168.1.5", "192.0.2.9", "1.2.3.4", "200.1.1.7", "8.8.255.255", "20.0.3.7", "10.0.0.11",
    "db8::1", "db8::2", "2001:db8::5", "2001:db8:1::", "fe80::1", "1:2:3:4:5:6:7:8", "f::1", "255.255.255.255",
]  # fmt: skip
CLIENTS = [Client.socket(), *(Client.tcp(place, name) for place in PLACES for name in NAMES)]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = list(draw(st.sampled_from(LITERALS)))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text) - 1))
        if draw(st.booleans()):
            text[at] = draw(st.sampled_from("%_\\a1."))
        else:
            text.insert(at, draw(st.sampled_from("%_\\")))
    return "".join(text)


hosts = st.one_of(st.sampled_from(LITERALS), st.sampled_from(OTHERS), st.sampled_from(OTHERS), mutated())


@st.composite
def tables(draw: st.DrawFn) -> AccountTable:
    pool = draw(st.lists(hosts, min_size=1, max_size=6))
    accounts = draw(
        st.lists(
            st.tuples(st.sampled_from(["u", "u", "v", ""]), st.sampled_from(pool)), min_size=1, max_size=9, unique=True
        )
    )
    return AccountTable(
        parse_target(draw(st.sampled_from(SERVERS))),
        accounts,
        skip_name_resolve=draw(st.booleans()),
        rows_made_by=draw(st.sampled_from(["create", "insert"])),
    )


def same_side(table: AccountTable, one: Row, other: Row, client: Client) -> bool:
    """Tell whether both rows take the client by its address, or both by its name, or it is a point."""
    ip, name = client
    if ip is None or (ip in {"127.0.0.1", "::1"} and not table.skip_name_resolve):
        return True
    by_address = all(row.value.matches(Client(ip, None)) for row in (one, other))
    by_name = name is not None and all(
        row.value.matches(Client(None, name)) and not (row.value.mask and ":" not in ip) for row in (one, other)
    )
    return by_address or by_name


def faults(table: AccountTable, coverage: Coverage, clients: Sequence[Client] = CLIENTS) -> Iterator[str]:
    """Yield what is wrong with the covers of a table by the decisions for these clients."""

    @cache
    def decisions(user: str) -> list[Decision]:
        return [table.decide(user, client) for client in clients]

    for row in table.rows:
        cover = coverage.of(row.index)
        yield from (f"{row} {cover}: {fault}" for fault in shown_faults(table, row, cover))
        yield from (
            f"{row} {cover}: {fault} {decision}"
            for decision in decisions(cover.user)
            for fault in contradictions(table, row, cover, decision)
        )


def shown_faults(table: AccountTable, row: Row, cover: Cover) -> Iterator[str]:
    """Yield what is wrong with the clients that a cover shows."""
    if cover.witness is not None and table.decide(cover.user, cover.witness).rows != (row,):
        yield "the witness gets another row"
    for taker in cover.takers:
        decision = table.decide(cover.user, taker.witness)
        if taker.row not in decision.rows or row in decision.rows or not row.value.matches(decision.client):
            yield f"{taker} takes nothing"
        if taker.same_side != same_side(table, row, taker.row, decision.client):
            yield f"{taker} is on the wrong side"
    for tied, client in cover.tied:
        if not {row, tied} <= set(table.decide(cover.user, client).rows):
            yield f"no tie with {tied} for {client}"
    if not consistent(row, cover):
        yield "what it shows does not fit the outcome"


def consistent(row: Row, cover: Cover) -> bool:
    """Tell whether witness, takers and outcome agree."""
    has_clients = cover.outcome in {"own", "reached", "partly", "cross"}
    on_side = bool(cover.tied) or any(taker.same_side for taker in cover.takers)
    return (
        (cover.witness is not None) == has_clients
        and (cover.more or cover.outcome not in {"unknown", "reached"})
        and (cover.outcome == "dead" or not row.dropped)
        and (on_side == (cover.outcome == "partly") or not has_clients)
        and (bool(cover.takers) or cover.outcome != "cross")
        and not (cover.takers and cover.outcome == "own")
    )


def contradictions(table: AccountTable, row: Row, cover: Cover, decision: Decision) -> Iterator[str]:
    """Yield what a cover says that this decision refutes."""
    client = decision.client
    if row.dropped:
        return
    if cover.outcome == "dead" and row.value.matches(client):
        yield "it takes a client"
    if cover.outcome in {"dead", "unreachable", "shut"} and row in decision.rows:
        yield "it gets a client"
    if cover.outcome == "tied" and decision.rows == (row,):
        yield "it gets a client alone"
    if cover.outcome in {"own", "cross"} and decision.rows and row.value.matches(client):
        yield from missed(table, row, cover, decision)


def missed(table: AccountTable, row: Row, cover: Cover, decision: Decision) -> Iterator[str]:
    """Yield the taker or the ties that a cover leaves out; a remote client called localhost is left aside."""
    client = decision.client
    if row in decision.rows:
        named = {tied.index for tied, _ in cover.tied} | {row.index}
        for other in decision.rows:
            if other.index not in named and same_side(table, row, other, client):
                yield f"the tie with {other} is missed"
    elif same_side(table, row, decision.rows[0], client):
        yield "a taker is missed"
    elif cover.outcome == "own" and client.name != "localhost":
        yield "a taker across is missed"


@pytest.mark.parametrize("few", [8, 0], ids=["lists", "indexes"])
def test_covers_agree_with_every_decision(few: int) -> None:
    @settings(examples(EXAMPLES), suppress_health_check=list(HealthCheck))
    @given(tables())
    def agree(table: AccountTable) -> None:
        assert list(faults(table, Coverage(table, few=few))) == []

    agree()


def cover_of(
    server: str, accounts: Sequence[tuple[str, str]], index: int = 0, *, skip_name_resolve: bool = False
) -> Cover:
    table = AccountTable(parse_target(server), accounts, skip_name_resolve=skip_name_resolve)
    return Coverage(table).of(index)


NETWORK = [("u", f"10.0.3.{last}") for last in range(256)]


@pytest.mark.parametrize("server", ["mysql-9.7", "mariadb-11.8", "mysql-5.6.24"])
def test_256_addresses_leave_nothing_of_a_pattern(server: str) -> None:
    assert cover_of(server, [("u", "10.0.3.%"), *NETWORK]).outcome == "unreachable"
    gap = cover_of(server, [("u", "10.0.3.%"), *NETWORK[:77], *NETWORK[78:]])
    assert (gap.outcome, gap.witness, gap.more) == ("partly", Client.tcp("10.0.3.77"), True)


def test_an_address_that_reads_oddly_is_shut_out_alone() -> None:
    assert cover_of("mysql-9.7", [("u", "10.0.0.1/32")]).outcome == "shut"
    assert cover_of("mysql-9.7", [("u", "10.0.0.1/32"), ("v", "10.%")]).outcome == "own"
    assert cover_of("mariadb-11.8", [("u", "10.0.0.1/32")]).outcome == "dead"


def test_a_name_row_keeps_its_clients_only_for_those_not_listed_by_address() -> None:
    cover = cover_of("mysql-9.7", [("u", "app.example.com"), ("u", "10.0.0.5")])
    assert cover.outcome == "cross"
    assert [(str(taker.row), taker.witness, taker.same_side) for taker in cover.takers] == [
        ("'u'@'10.0.0.5'", Client.tcp("10.0.0.5", "app.example.com"), False)
    ]


def test_localhost_loses_the_loopback_address_to_the_row_for_it() -> None:
    cover = cover_of("mysql-9.7", [("u", "localhost"), ("u", "127.0.0.1")])
    assert (cover.outcome, cover.witness) == ("partly", Client.socket())
    assert [taker.witness for taker in cover.takers] == [Client.tcp("127.0.0.1", "localhost")]


def test_names_are_dead_without_name_look_ups_but_for_the_socket() -> None:
    accounts = [("u", "app.example.com"), ("u", "localhost"), ("u", "%.example.com")]
    outcomes = [cover_of("mysql-9.7", accounts, index, skip_name_resolve=True).outcome for index in range(3)]
    assert outcomes == ["dead", "own", "dead"]


def test_rows_of_one_rank_are_tied_and_prove_nothing_together() -> None:
    halves = [("u", "10.0.3.0/255.255.255.128"), ("u", "10.0.3.128/255.255.255.128"), ("u", "10.0.3.0/255.255.255.0")]
    assert cover_of("mysql-5.6.24", halves, 2).outcome == "tied"
    assert cover_of("mysql-9.7", halves, 2).outcome == "unreachable"


def test_declared_clients_are_shown_first() -> None:
    table = AccountTable(parse_target("mysql-9.7"), [("u", "%"), ("u", "10.%")])
    declared = Client.tcp("10.4.4.4", "db.example.com"), Client.tcp("172.16.0.9", "app.example.com")
    assert Coverage(table, declared).of(0).witness == declared[1]


def test_a_declared_client_is_found_among_many() -> None:
    accounts = [("u", "10.7.%"), ("v", "%.rack7.example.com"), ("w", "10.7.0.0/255.255.0.0")]
    table = AccountTable(parse_target("mysql-9.7"), accounts)
    declared = [
        Client.tcp(f"10.{rack}.4.{host}", f"h{host}.rack{rack}.example.com") for rack in range(9) for host in range(50)
    ]
    coverage = Coverage(table, declared)
    assert [coverage.of(index).witness for index in range(3)] == [declared[351]] * 3  # x.x.x.0 is no host


def test_an_anonymous_row_is_judged_for_a_user_without_rows() -> None:
    table = AccountTable(parse_target("mariadb-11.8"), [("", "%.example.com"), ("nobody", "%.example.com"), ("", "%")])
    coverage = Coverage(table)
    assert coverage.of(0).user not in {"", "nobody"}
    assert [coverage.of(index).outcome for index in range(3)] == ["own", "own", "partly"]


HOSTILE = [
    *(("u", f"%a{'_' * gap}b") for gap in range(1, 30)),
    *(("u", f"%b{'_' * gap}a%") for gap in range(1, 30)),
    *(("u", f"{'_' * gap}%") for gap in range(1, 30)),
]


def test_hard_patterns_end_as_not_proven_and_starve_nobody() -> None:
    innocent = [("v", "10.0.3.%"), *(("v", f"10.0.3.{last}") for last in range(256))]
    table = AccountTable(parse_target("mysql-9.7"), [*HOSTILE, *innocent])
    coverage = Coverage(table, budget=50_000)
    outcomes = [coverage.of(row.index).outcome for row in table.rows if row.user == "u"]
    assert "unknown" in outcomes
    assert coverage.of(len(HOSTILE)).outcome == "unreachable"


def test_answers_do_not_depend_on_the_order_of_questions() -> None:
    table = AccountTable(parse_target("mysql-9.7"), [*HOSTILE, ("v", "%a%"), ("w", "%")])
    count = len(table.rows)
    forward, backward = Coverage(table, budget=50_000), Coverage(table, budget=50_000)
    there = [forward.of(index).outcome for index in range(count)]
    back = [backward.of(index).outcome for index in reversed(range(count))]
    assert there == back[::-1]
