"""What the cover analysis proves of random account tables, tried on real servers.

Each witness logs in as its account, each client that another row is said to take does get that row, and no client,
drawn to fit the host value of a row that is proven lost, ever gets it.
"""

import re
from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

import pytest

from grantlint.access import AccountTable, Client, Row
from grantlint.access.cover import Coverage
from live.accounts import measure, table_of
from live.cases import Case, random_case
from live.servers import LiveServer

pytestmark = pytest.mark.live
LOST = {"unreachable", "dead", "shut"}
_HOST_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,250}").fullmatch
_OF_A_LINK = re.compile(r"fe[89ab]|ff|::(?!1$)").match  # nor multicast, nor what stands for IPv4
_ADDRESS = re.compile(r"\d{1,3}(\.\d{1,3}){3}").fullmatch


class Claim(NamedTuple):
    """Who must get one of which accounts, and what says so."""

    user: str
    client: Client
    accounts: frozenset[str]
    why: str


def claims(table: AccountTable, coverage: Coverage) -> Iterator[Claim]:
    """Yield what the covers of all rows say of single clients; where takers tie, any of them will do."""
    for row in table.rows:
        cover = coverage.of(row.index)
        if cover.witness is not None:
            yield Claim(cover.user, cover.witness, frozenset([named(row)]), f"{row} is {cover.outcome}, its witness")
        for taker in cover.takers:
            winners = table.decide(cover.user, taker.witness).rows
            assert taker.row in winners
            assert row not in winners
            why = f"{row} is {cover.outcome}, taken from it"
            yield Claim(cover.user, taker.witness, frozenset(map(named, winners)), why)


def named(row: Row) -> str:
    """Return what CURRENT_USER() says in a session of the row."""
    return f"{row.user}@{row.host}"


def fitting(row: Row, dice: Random) -> Iterator[Client]:
    """Yield clients that the host value looks as if it took: its wildcards filled in, its network's addresses."""
    text = row.host.split("/")[0]
    for filler in ("1", "177", "x.y", "10", "0.3.7", "example.com", "", "5"):
        filled = "".join(filler if c == "%" else dice.choice("0123456789ab") if c == "_" else c for c in text)
        filled = filled.replace("\\", "")
        quads = [int(quad) for quad in filled.split(".")] if _ADDRESS(filled) else [256]
        if max(quads) < 256:
            yield Client.tcp(".".join(map(str, quads)))
            yield Client.tcp(".".join(map(str, [*quads[:3], dice.randint(0, 255)])))
        elif filled and _HOST_NAME(filled):
            yield Client.tcp(f"10.{dice.randint(1, 250)}.77.{dice.randint(1, 250)}", filled)


def possible(client: Client, server: LiveServer) -> bool:
    """Return whether such a client can be had here."""
    if client.ip is None:
        return True
    if not server.namespace:
        return client.ip.startswith("127.") and client.name is None
    if ":" in client.ip:
        return server.ipv6 and not _OF_A_LINK(client.ip) and (client.name is None or bool(_HOST_NAME(client.name)))
    first = int(client.ip.split(".")[0])
    return 0 < first < 224 and (client.name is None or bool(_HOST_NAME(client.name)))


def rounds(wanted: list[Claim]) -> Iterator[tuple[dict[str, str], list[Claim]]]:
    """Yield groups in which each address has one name, or none."""
    left = wanted
    while left:
        names: dict[str, str | None] = {}
        now: list[Claim] = []
        later: list[Claim] = []
        for one in left:
            client = one.client
            fits = client.ip is None or names.setdefault(client.ip, client.name) == client.name
            (now if fits else later).append(one)
        yield {address: name for address, name in names.items() if name and address not in ("127.0.0.1", "::1")}, now
        left = later


def said_to(server: LiveServer, case: Case, wanted: list[Claim]) -> Iterator[tuple[Claim, str | int]]:
    """Yield what the server says to each client."""
    for names, group in rounds(wanted):
        clients = [(one.user, one.client.ip or "socket") for one in group]
        measured = measure(server, {**case, "names": names}, clients)
        yield from zip(group, (said.error or said.current_user for said in measured.said), strict=True)


def test_witnesses_get_their_rows_and_nobody_gets_a_row_that_is_proven_lost(
    server: LiveServer, dice: Random, cases: int, count: Callable[[str], None]
) -> None:
    confirmed = lost = tried = 0
    wrong: list[str] = []
    for number in range(max(cases // 2, 1)):
        kind = {"skip_name_resolve": server.skip_name_resolve, "ipv6": server.ipv6, "loopback": not server.namespace}
        case = random_case(f"{number}", dice, **kind)
        taken = measure(server, case, []).accounts
        table = table_of(server, case, taken)
        coverage = Coverage(table)
        wanted = [one for one in claims(table, coverage) if possible(one.client, server)]
        gone = [row for row in table.rows if coverage.of(row.index).outcome in LOST]
        hopeful = [
            Claim(user, client, frozenset([named(row)]), f"{row} is {coverage.of(row.index).outcome}, but")
            for row in gone
            for client in fitting(row, dice)
            if possible(client, server)
            for user in ([row.user] if row.user else ["", "nobody"])
        ]
        answers = [(one, said, said in one.accounts) for one, said in said_to(server, case, wanted)]
        answers += [(one, said, said not in one.accounts) for one, said in said_to(server, case, hopeful)]
        wrong += [_told(server, case, one, said) for one, said, right in answers if not right]
        confirmed, lost, tried = confirmed + len(wanted), lost + len(gone), tried + len(hopeful)
    count(f"{confirmed:,} witnesses and takers confirmed; {lost:,} rows proven lost, {tried:,} clients tried on them")
    assert not wrong, "\n".join(wrong[:5])
    assert confirmed


def _told(server: LiveServer, case: Case, one: Claim, said: str | int) -> str:
    setting = f"skip_name_resolve={int(case['skip_name_resolve'])}, rows made by {case['rows_made_by']}"
    return f"{server.target}, {setting}: {one.why} {one.user!r} from {one.client} got {said}\n  {case['accounts']}"
