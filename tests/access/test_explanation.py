"""Why a client gets its row: the winner is that of `decide`, and every row that lost is told or counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.access import AccountTable, Client, parse_target
from grantlint.access.accounts.explanation import LISTED, explain_decision

SERVERS = ("mysql-5.6.24", "mysql-8.0", "mysql-9.7", "mariadb-10.3", "mariadb-11.8")
HOSTS = "10.0.3.7 10.0.3.0/24 10.0.3.% 10.% % web1.example.com %.example.com %.com web% localhost 127.0.0.1 10.0.3.7/32"
ACCOUNTS = st.tuples(st.sampled_from(["app", "app", "", "web"]), st.sampled_from(HOSTS.split()))
CLIENTS = st.sampled_from(
    [
        Client.socket(),
        Client.tcp("127.0.0.1"),
        Client.tcp("10.0.3.7"),
        Client.tcp("10.0.3.7", "web1.example.com"),
        Client.tcp("192.0.2.1", "1.web.example.com"),
    ]
)


@given(
    st.sampled_from(SERVERS),
    st.lists(ACCOUNTS, max_size=24, unique=True),
    st.sampled_from(["app", "", "nobody"]),
    CLIENTS,
    st.booleans(),
)
def test_the_winner_is_that_of_decide_and_each_loser_is_told_truly_or_counted(
    server: str,
    accounts: list[tuple[str, str]],
    user: str,
    client: Client,
    skip: bool,  # noqa: FBT001 - drawn
) -> None:
    table = AccountTable(parse_target(server), accounts, skip_name_resolve=skip)
    decision = table.decide(user, client)
    explanation = explain_decision(table, user, client)
    assert explanation.decision == decision
    told = {fate: [c.row for c in explanation.contenders if c.fate == fate] for fate in ("wins", "ties", "later")}
    assert told["wins"] + told["ties"] == [*decision.rows]
    assert bool(told["ties"]) == explanation.tie
    assert all(row.rank > decision.rows[0].rank for row in told["later"])
    matching = table.matching(user, client)
    for contender in explanation.contenders:
        assert contender.why
        assert (contender.row in matching) == (contender.fate != "no match")
        assert (contender.fate == "shut out") == (contender.row in matching and decision.error is not None)
    near = [row for row in table.rows if row.user in {user, ""}]
    assert len(explanation.contenders) + explanation.left_out == len(near)
    assert len({id(contender.row) for contender in explanation.contenders}) == len(explanation.contenders)


def test_of_many_rows_the_nearest_are_told_and_the_others_counted() -> None:
    accounts = [("app", f"10.{n}.0.1") for n in range(100)] + [("app", "172.16.0.1"), ("app", "172.16.9.9")]
    explanation = explain_decision(AccountTable(parse_target("mysql-8.4"), accounts), "app", Client.tcp("172.16.0.2"))
    assert [contender.row.host for contender in explanation.contenders[:2]] == ["172.16.0.1", "172.16.9.9"]
    assert (len(explanation.contenders), explanation.left_out) == (LISTED, 102 - LISTED)


def test_an_account_that_is_declared_twice_ties_with_nobody() -> None:
    table = AccountTable(parse_target("mysql-8.4"), [("app", "10.0.3.7"), ("app", "10.0.3.7")])
    explanation = explain_decision(table, "app", Client.tcp("10.0.3.7"))
    assert [contender.fate for contender in explanation.contenders] == ["wins", "wins"]
    assert not explanation.tie


@pytest.mark.parametrize(
    ("accounts", "server", "why"),
    [
        ([("app", "10.0.3.7"), ("app", "%")], "mysql-8.4", "exactly %: behind every other pattern"),
        ([("app", "%"), ("", "%")], "mysql-8.4", "an equal host value, and anonymous rows come behind named ones"),
        (
            [("app", "web1.example.com"), ("app", "10.0.3.7")],
            "mariadb-11.8",
            "an equal rank, and among",
        ),
    ],
)
def test_what_comes_later_says_why(accounts: list[tuple[str, str]], server: str, why: str) -> None:
    client = Client.tcp("10.0.3.7", "web1.example.com")
    last = explain_decision(AccountTable(parse_target(server), accounts), "app", client).contenders[-1]
    assert last.fate == "later"
    assert last.why.startswith(why)
