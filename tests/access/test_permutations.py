"""Whatever the order in which accounts are declared, the outcome is the same, ties included."""

from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.access import AccountTable, Client, RowsMadeBy, parse_target

SERVERS = ["mysql-5.5.24", "mysql-5.6.24", "mysql-5.7", "mysql-8.0.28", "mysql-9.7.4", "mariadb-10.3", "mariadb-10.5"]
SERVERS += ["mariadb-11.8"]
HOSTS = ["%", "", "localhost", "10.0.3.7", "10.0.3.%", "10.0.3.0/24", "10.0.3.0/255.255.255.0", "10.%", "1%", "%.7"]
HOSTS += ["db7.example.com", "%.example.com", "db_.example.com", "db%", "%%", "_%", "127.0.0.1", "127.%", "::1", "%:%"]
HOSTS += ["10.0.3.7/32", "10.0.03.7", r"db7\.example.com", "10.0.3.7%", "10.0.3.0/255.0.255.0", "DB7.example.com"]
CLIENTS = [
    Client.socket(),
    Client.tcp("127.0.0.1"),
    Client.tcp("::1"),
    Client.tcp("10.0.3.7"),
    Client.tcp("10.0.3.7", "db7.example.com"),
    Client.tcp("10.0.3.9", "DB7.example.com"),
    Client.tcp("10.0.3.8", "10.example.com"),
    Client.tcp("2001:db8::7", "db8.example.com"),
]
MADE: list[RowsMadeBy] = ["create", "create_flush", "insert"]
ACCOUNTS = st.lists(
    st.tuples(st.sampled_from(["u", "v", ""]), st.sampled_from(HOSTS)), min_size=1, max_size=12, unique=True
)


@examples(150)
@given(st.data(), ACCOUNTS, st.sampled_from(SERVERS), st.booleans(), st.sampled_from(MADE))
def test_permuting_the_rows_changes_no_outcome(
    data: st.DataObject,
    accounts: list[tuple[str, str]],
    server: str,
    skip: bool,  # noqa: FBT001 - drawn by hypothesis
    made_by: RowsMadeBy,
) -> None:
    shuffled = data.draw(st.permutations(accounts))

    def outcomes(rows: list[tuple[str, str]]) -> list[object]:
        table = AccountTable(
            parse_target(server),
            rows,
            skip_name_resolve=skip,
            rows_made_by=made_by,
        )
        decisions = [table.decide(user, client) for user in ("u", "v", "w", "") for client in CLIENTS]
        return [(d.error, sorted({(r.user, r.host) for r in d.rows})) for d in decisions]

    assert outcomes(accounts) == outcomes(shuffled)


@examples(150)
@given(ACCOUNTS, st.sampled_from(SERVERS), st.booleans())
def test_the_winner_is_the_best_row_that_matches_and_the_index_changes_nothing(
    accounts: list[tuple[str, str]],
    server: str,
    skip: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    """Rows beyond eight of one user are looked up by an index; a plain walk over all rows must agree."""
    padded = [*accounts, *(("u", f"host{i}.example.org") for i in range(12))]
    table = AccountTable(parse_target(server), padded, skip_name_resolve=skip)
    for client in CLIENTS:
        seen = table.as_seen(client)
        for user in ("u", ""):
            matching = [
                row for row in table.rows if not row.dropped and row.user in ("", user) and row.value.matches(seen)
            ]
            opened = seen.ip is None or any(not row.dropped and row.value.opens(seen) for row in table.rows)
            best = [row for row in matching if row.rank == matching[0].rank]
            decision = table.decide(user, client)
            assert decision.error == (1130 if not opened else None if best else 1045)
            assert {row.index for row in decision.rows} == ({row.index for row in best} if opened else set())
            assert [row.index for row in table.matching(user, client)] == [row.index for row in matching]
            assert (table.gate(client) is not None) or not opened or seen.ip is None
