"""What a session may do, who gives it, and what only looks as if it did."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.access import Client, GrantSettings, GrantTable, Session, Verdict, parse_target
from grantlint.access.product.privileges.meaning import expand_all
from grantlint.model.privilege import split_privileges
from grantlint.model.scope import Level

WEB = Client.tcp("10.0.3.7", "web1.example.com")
EVERY = ("mysql-5.6.24", "mysql-5.7", "mysql-8.0.28", "mysql-8.4", "mysql-9.7", "mariadb-10.3", "mariadb-11.8")
every_server = pytest.mark.parametrize("server", EVERY)
Grant = tuple[str, str, str, str]


def table_of(server: str, *grants: Grant, **variables: object) -> GrantTable:
    table = GrantTable(parse_target(server), GrantSettings()._replace(**variables))
    for user, host, scope, privileges in grants:
        table.grant(user, host, scope, split_privileges(privileges), origin=(user, host, scope))
    return table


def why(verdict: Verdict) -> list[str]:
    return [lost.why for lost in verdict.hidden]


# -- one row of each table -----------------------------------------------------------------------------


@every_server
def test_levels_add_up_from_global_to_column(server: str) -> None:
    table = table_of(
        server,
        ("u", "%", "*.*", "SELECT"),
        ("u", "%", "shop.*", "INSERT"),
        ("u", "%", "shop.orders", "DELETE, UPDATE (state)"),
        ("u", "%", "PROCEDURE shop.refund", "EXECUTE"),
    )
    session = Session(table, "u", "%", WEB)
    assert session.may("SELECT").allowed
    assert session.may("select", "anything", "t").allowed
    assert session.may("INSERT", "shop", "orders").allowed
    assert session.may("DELETE", "shop", "orders").allowed
    assert not session.may("DELETE", "shop", "customers").allowed
    assert session.may("UPDATE", "shop", "orders", column="STATE").allowed
    update = session.may("UPDATE", "shop", "orders")
    assert (update.allowed, update.columns, update.error) == (False, ("state",), 1142)
    assert session.may("UPDATE", "shop", "orders", column="total").error == 1143
    assert session.may("EXECUTE", "shop", routine="Refund").allowed
    assert session.may("EXECUTE", "shop", routine="refund", kind="function").error == 1370
    assert session.may("CREATE", "shop").error == 1044
    assert session.may("SHUTDOWN").error == 1227
    assert session.may("USAGE").allowed


@every_server
def test_all_is_everything_of_the_level(server: str) -> None:
    table = table_of(server, ("u", "%", "shop.*", "ALL PRIVILEGES"))
    session = Session(table, "u", "%", WEB)
    assert session.may("ALL", "shop").allowed
    assert all(session.may(name, "shop").allowed for name in expand_all(table.target, Level.DATABASE))
    assert not session.may("GRANT OPTION", "shop").allowed
    assert not session.may("ALL").allowed
    table.revoke("u", "%", "shop.*", ["DROP"])
    assert not session.may("ALL", "shop").allowed


@every_server
def test_the_answer_names_the_grants_behind_it(server: str) -> None:
    table = table_of(server, ("u", "%", "shop.*", "SELECT"))
    table.grant("u", "%", "shop.*", ["SELECT", "INSERT"], origin="again")
    (given_,) = Session(table, "u", "%", WEB).may("SELECT", "shop", "t").by
    assert given_.origins == (("u", "%", "shop.*"), "again")
    assert str(given_.row) == "`shop`.* TO 'u'@'%'"


def test_what_gives_a_privilege_again_and_again_is_kept_in_one_list() -> None:
    table = table_of("mysql-9.7.4", ("u", "%", "shop.*", "ALL"))
    (row,) = table.rows()
    kept = row.privileges["SELECT"]
    table.grant("u", "%", "shop.*", ["ALL"], origin="all")
    assert row.privileges["SELECT"] is row.privileges["DROP"] is kept
    table.grant("u", "%", "shop.*", ["DROP"], origin="one")
    assert [*row.privileges["DROP"]] == [*row.privileges["SELECT"], "one"]
    assert row.privileges["SELECT"] is row.privileges["INSERT"] is kept
    assert kept[1:] == ["all"]


# -- which database row --------------------------------------------------------------------------------


@every_server
def test_only_one_database_row_counts(server: str) -> None:
    table = table_of(server, ("u", "%", r"`foo\_bar`.*", "INSERT"), ("u", "%", "`foo%`.*", "SELECT"))
    session = Session(table, "u", "%", WEB)
    select = session.may("SELECT", "foo_bar", "t")
    assert not select.allowed
    assert why(select) == [r"only one database row counts, and `foo\_bar`.* TO 'u'@'%' comes first"]
    assert session.may("SELECT", "fooXbar", "t").allowed


@every_server
def test_the_host_of_a_row_counts_before_its_database(server: str) -> None:
    table = table_of(server, ("u", "10.0.3.%", "`foo%`.*", "SELECT"), ("u", "%", "foo.*", "INSERT"))
    session = Session(table, "u", "%", WEB)
    assert session.may("SELECT", "foo", "t").allowed
    assert not session.may("INSERT", "foo", "t").allowed
    assert Session(table, "u", "%", Client.tcp("10.9.9.9")).may("INSERT", "foo", "t").allowed


@every_server
def test_rows_are_sought_by_the_clients_host_and_global_ones_by_the_account(server: str) -> None:
    table = table_of(server, ("u", "%", "foo.*", "INSERT"), ("u", "%", "foo.t", "DELETE"), ("u", "%", "*.*", "SELECT"))
    session = Session(table, "u", "10.0.3.%", WEB)
    assert session.may("INSERT", "foo", "t").allowed
    assert session.may("DELETE", "foo", "t").allowed
    select = session.may("SELECT", "foo", "t")
    assert why(select) == ["a global privilege counts for the matched account alone, 'u'@'10.0.3.%'"]
    elsewhere = table_of(server, ("u", "192.168.%", "foo.*", "INSERT"))
    verdict = Session(elsewhere, "u", "10.0.3.%", WEB).may("INSERT", "foo", "t")
    assert why(verdict) == ["its host value '192.168.%' does not match web1.example.com (10.0.3.7)"]


@every_server
def test_routine_rows_are_sought_by_the_accounts_host_value_and_the_address(server: str) -> None:
    table = table_of(server, ("u", "%.example.com", "FUNCTION shop.f", "EXECUTE"))
    verdict = Session(table, "u", "%", WEB).may("EXECUTE", "shop", routine="f")
    (reason,) = why(verdict)
    assert reason.startswith("its host value '%.example.com' matches neither the account's own host value '%' nor")
    assert Session(table, "u", "%.example.com", WEB).may("EXECUTE", "shop", routine="f").allowed


@every_server
def test_anonymous_database_rows_serve_named_users(server: str) -> None:
    table = table_of(server, ("", "%", r"`test\_%`.*", "ALL"), ("u", "%", "test_a.*", "SELECT"))
    session = Session(table, "u", "%", WEB)
    assert session.may("DROP", "test_b").allowed
    assert not session.may("DROP", "test_b", "t").hidden
    assert not Session(table, "", "%", WEB).may("SELECT", "shop").allowed


@pytest.mark.parametrize("server", ["mysql-5.6.24", "mysql-9.7.4"])
def test_rows_that_tie_and_disagree_leave_it_open(server: str) -> None:
    table = table_of(server, ("u", "%", "foo_bar.*", "SELECT"), ("u", "%", "`foo%`.*", "INSERT"))
    session = Session(table, "u", "%", WEB)
    select = session.may("SELECT", "foo_bar", "t")
    assert (select.allowed, select.uncertain) == (False, True)
    table.grant("u", "%", "`foo%`.*", ["SELECT"])
    assert session.may("SELECT", "foo_bar", "t").allowed


def test_equal_networks_tie_on_early_mysql_8_0_only() -> None:
    grants: tuple[Grant, ...] = (("u", "10.0.0.0/16", "foo.*", "SELECT"), ("u", "10.0.0.0/16", "`foo%`.*", "INSERT"))
    assert Session(table_of("mysql-8.0.28", *grants), "u", "%", WEB).may("SELECT", "foo", "t").uncertain
    assert Session(table_of("mysql-9.7", *grants), "u", "%", WEB).may("SELECT", "foo", "t").allowed


def test_an_escaped_name_is_literal_and_case_counts() -> None:
    table = table_of("mysql-8.4", ("u", "%", r"`foo\_bar`.*", "SELECT"))
    session = Session(table, "u", "%", WEB)
    assert session.may("SELECT", "foo_bar", "t").allowed
    assert not session.may("SELECT", "fooxbar", "t").allowed
    assert not session.may("SELECT", "FOO_BAR", "t").allowed
    folded = table_of(
        "mysql-8.4", ("u", "%", "FOO.*", "SELECT"), ("u", "%", "Foo.T", "INSERT"), lower_case_table_names=1
    )
    assert Session(folded, "u", "%", WEB).may("SELECT", "Foo", "t").allowed
    assert Session(folded, "u", "%", WEB).may("INSERT", "foo", "t").allowed


@pytest.mark.parametrize("server", EVERY)
def test_the_right_to_grant_alone_opens_a_database_on_some(server: str) -> None:
    """GRANT USAGE ... WITH GRANT OPTION and USE: done by 5.6.24, 10.11.19 and 11.8.9, error 1044 from 9.7.4."""
    for scope in ("foo.*", "*.*"):
        table = table_of(server)
        table.grant("u", "%", scope, ["USAGE"], option=True)
        session = Session(table, "u", "%", WEB)
        assert session.may_use("foo") == (server in ("mysql-5.6.24", "mysql-5.7") or server.startswith("mariadb"))
        assert not session.may("SELECT", "foo", "t").allowed


# -- partial revokes -----------------------------------------------------------------------------------


def test_partial_revokes_make_names_literal_and_keep_a_database_out() -> None:
    table = table_of("mysql-8.4", ("u", "%", "*.*", "SELECT"), ("u", "%", "`foo%`.*", "INSERT"), partial_revokes=True)
    session = Session(table, "u", "%", WEB)
    assert not session.may("INSERT", "foobar", "t").allowed
    assert session.may("INSERT", "foo%", "t").allowed
    table.revoke("u", "%", "shop.*", ["SELECT"], origin="here")
    verdict = session.may("SELECT", "shop", "t")
    assert why(verdict) == ["a partial revoke keeps it from shop"]
    assert not session.may_use("shop")
    assert session.may_use("other")
    table.grant("u", "%", "*.*", ["SELECT"])
    assert session.may("SELECT", "shop", "t").allowed


def test_a_revoke_takes_what_the_database_row_has_before_it_leaves_a_restriction() -> None:
    """Asked of 9.7.4: GRANT on *.* and on foo.*, then REVOKE on foo.* once and again, of one privilege and of ALL."""
    for privileges in (["INSERT"], ["ALL"]):
        table = table_of("mysql-9.7.4", partial_revokes=True)
        for scope in ("*.*", "foo.*"):
            table.grant("u", "%", scope, privileges)
        for left in (True, False):
            table.revoke("u", "%", "foo.*", privileges)
            assert Session(table, "u", "%", WEB).may("INSERT", "foo", "t").allowed == left


def test_partial_revokes_do_nothing_where_there_are_none() -> None:
    table = table_of("mariadb-11.8", ("u", "%", "`foo%`.*", "SELECT"), partial_revokes=True)
    assert Session(table, "u", "%", WEB).may("SELECT", "foobar", "t").allowed


# -- roles ---------------------------------------------------------------------------------------------


def with_role(server: str, *grants: Grant, default: bool = True, **variables: object) -> GrantTable:
    table = table_of(server, *grants, **variables)
    table.create_role("r")
    table.grant("r", None, "`foo%`.*", ["SELECT"])
    table.grant_role("r", None, "u", "%")
    if default:
        table.set_default_roles("u", "%", [("r", None)])
    return table


@pytest.mark.parametrize("server", ["mysql-9.7.4", "mariadb-11.8"])
def test_a_role_counts_while_it_is_active(server: str) -> None:
    asleep = Session(with_role(server, default=False), "u", "%", WEB)
    shown = "'r'@'%'" if server.startswith("mysql") else "r"
    assert why(asleep.may("SELECT", "foo", "t")) == [f"role {shown} is granted but not active"]
    table = with_role(server)
    session = Session(table, "u", "%", WEB)
    (given_,) = session.may("SELECT", "foo", "t").by
    assert given_.role == (("r", "%") if server.startswith("mysql") else ("r", ""))
    assert not Session(table, "u", "%", WEB, roles=()).may("SELECT", "foo", "t").allowed


def test_a_pattern_of_a_role_hides_an_own_row_on_mysql_alone() -> None:
    own: Grant = ("u", "%", r"`foo\_bar`.*", "INSERT")
    hidden = Session(with_role("mysql-9.7.4", own), "u", "%", WEB).may("INSERT", "foo_bar", "t")
    assert why(hidden) == ["while a role is active only the first matching name counts, and `foo%`.* comes first"]
    assert Session(with_role("mysql-8.0.21", own), "u", "%", WEB).may("INSERT", "foo_bar", "t").allowed
    assert Session(with_role("mariadb-10.11", own), "u", "%", WEB).may("INSERT", "foo_bar", "t").allowed


def test_an_active_role_ends_the_look_up_by_client_on_mysql_alone() -> None:
    other: Grant = ("u", "10.0.%", "shop.*", "INSERT")
    lost = Session(with_role("mysql-9.7.4", other), "u", "%", WEB).may("INSERT", "shop", "t")
    assert why(lost) == ["while a role is active only rows of 'u'@'%' itself and of its roles count"]
    assert Session(with_role("mariadb-10.11", other), "u", "%", WEB).may("INSERT", "shop", "t").allowed


def test_mysql_activates_mandatory_and_all_roles_as_told() -> None:
    def active(server: str, **variables: object) -> bool:
        table = table_of(server, **variables)
        table.grant("r", None, "foo.*", ["SELECT"])
        table.grant_role("r", None, "v", "%")
        return Session(table, "u", "%", WEB).may("SELECT", "foo").allowed

    mandatory = (("r", "%"),)
    assert not active("mysql-8.4", mandatory_roles=mandatory)
    assert active("mysql-8.4", mandatory_roles=mandatory, activate_all_roles_on_login=True)
    assert active("mysql-9.7", mandatory_roles=mandatory)
    assert not active("mysql-9.7", mandatory_roles=mandatory, activate_mandatory_roles=False)
    assert not active("mysql-9.7", activate_all_roles_on_login=True)


def test_nested_roles_come_along_even_in_a_circle() -> None:
    for server in ("mysql-8.4", "mariadb-10.11"):
        table = with_role(server)
        for name in ("inner", "core"):
            table.create_role(name)
        table.grant("core", None, "deep.*", ["DROP"])
        for role, member in (("inner", "r"), ("core", "inner"), ("r", "core")):
            table.grant_role(role, None, member, None)
        assert Session(table, "u", "%", WEB).may("DROP", "deep").allowed


def test_mariadb_gives_public_to_all_and_the_global_privileges_of_the_account_that_has_the_role() -> None:
    table = table_of("mariadb-10.11", ("u", "10.0.3.%", "*.*", "SELECT"))
    table.grant("public", None, "shop.t", ["INSERT"])
    session = Session(table, "u", "10.0.3.%", WEB)
    assert session.may("INSERT", "shop", "t").allowed
    assert not session.may_use("shop") or session.may("SELECT").allowed
    table.create_role("r")
    table.grant_role("r", None, "u", "%")
    table.set_default_roles("u", "10.0.3.%", [("r", None)])
    select = Session(table, "u", "10.0.3.%", WEB).may("SELECT")
    assert why(select) == ["the role was granted to 'u'@'%', whose global privileges count instead"]
    older = table_of("mariadb-10.5.23")
    older.grant("public", None, "shop.t", ["INSERT"])
    assert not Session(older, "u", "%", WEB).may("INSERT", "shop", "t").allowed


# -- the rest ------------------------------------------------------------------------------------------


def test_super_amounts_to_what_was_split_off_it_on_mariadb_before_11() -> None:
    grants: Grant = ("u", "%", "*.*", "SUPER")
    verdict = Session(table_of("mariadb-10.11", grants), "u", "%", WEB).may("BINLOG ADMIN")
    assert verdict.by[0].privilege == "SUPER"
    assert not Session(table_of("mariadb-11.8", grants), "u", "%", WEB).may("BINLOG ADMIN").allowed


def test_what_is_taken_away_is_gone() -> None:
    table = table_of("mysql-8.4", ("u", "%", "shop.t", "SELECT (a, b), INSERT"), ("u", "%", "*.*", "PROCESS"))
    table.revoke("u", "%", "shop.t", ["SELECT (A)"])
    session = Session(table, "u", "%", WEB)
    assert session.may("SELECT", "shop", "t").columns == ("b",)
    table.revoke("u", "%", "shop.t", ["SELECT"])
    assert session.may("SELECT", "shop", "t").columns == ()
    table.grant("u", "%", "shop.*", ["DROP"])
    assert session.may("DROP", "shop").allowed
    table.revoke("u", "%", "shop.*", ["DROP"])
    assert not session.may("DROP", "shop").allowed
    table.revoke_everything("u", "%")
    assert not list(table.rows())
    assert not session.held()


def test_held_lists_every_row_of_the_user_with_what_keeps_it_back() -> None:
    table = with_role("mariadb-10.11", ("u", "%", "a.*", "SELECT"), ("u", "192.%", "b.*", "SELECT"), default=False)
    listed = {str(held.row): held.idle.clause if held.idle else "" for held in Session(table, "u", "%", WEB).held()}
    assert listed == {
        "`a`.* TO 'u'@'%'": "",
        "`b`.* TO 'u'@'192.%'": "its host value '192.%' does not match web1.example.com (10.0.3.7)",
        "`foo%`.* TO r": "role r is granted but not active",
    }


# -- properties ----------------------------------------------------------------------------------------

hosts = st.sampled_from(
    ("%", "10.%", "10.0.3.7", "%.example.com", "10.0.0.0/255.255.0.0", "192.168.%", "web1.example.com")
)
scopes = st.sampled_from(
    ("*.*", "foo.*", "foo_bar.*", r"`foo\_bar`.*", "`foo%`.*", "`%`.*", "`%bar`.*", "foo.t", "foo_bar.t", "`f__`.*")
)
grants = st.lists(
    st.tuples(st.sampled_from(("u", "")), hosts, scopes, st.sampled_from(("SELECT", "INSERT"))), max_size=5
)
questions = [(name, database) for name in ("SELECT", "INSERT") for database in ("foo", "foo_bar", "fooxbar")]


def answers(server: str, rows: list[Grant]) -> list[Verdict]:
    session = Session(table_of(server, *rows), "u", "10.0.3.7", WEB)
    return [session.may(name, database, "t") for name, database in questions]


@given(st.sampled_from(EVERY), grants)
def test_the_order_of_statements_changes_nothing_but_ties(server: str, rows: list[Grant]) -> None:
    expected = [(verdict.allowed, verdict.uncertain) for verdict in answers(server, rows)]
    for order in list(permutations(rows))[:12]:
        assert [(verdict.allowed, verdict.uncertain) for verdict in answers(server, list(order))] == expected


@given(st.sampled_from(EVERY), grants)
def test_every_grant_for_the_privilege_is_either_in_force_or_explained(server: str, rows: list[Grant]) -> None:
    for verdict in answers(server, rows):
        assert verdict.allowed == (verdict.error is None)
        assert bool(verdict.by) == (verdict.allowed or verdict.uncertain)
        shown = {str(given_.row) for given_ in verdict.by}
        assert all(lost.why and str(lost.row) not in shown for lost in verdict.hidden)
        assert all(given_.row.value.matches(WEB) for given_ in verdict.by)


@given(st.sampled_from(EVERY), grants)
def test_the_rows_of_a_user_are_sorted_and_ranks_are_a_weak_order(server: str, rows: list[Grant]) -> None:
    ranked = table_of(server, *rows).database_rows("u")
    assert [row.rank for row in ranked] == sorted(row.rank for row in ranked)
    for row in ranked:
        for other in ranked:
            wider = row.host == other.host and row.user == other.user and other.scope.database == "%"
            assert not (wider and other.rank < row.rank)


# -- rows of others -----------------------------------------------------------------------------------

HOSTS = (
    "10.0.3.7", "10.0.3.8", "10.0.3.%", "10.0.3.0/255.255.255.0", "10.0.3.7/255.255.255.255", "%", "localhost",
    "web1.example.com", "%.example.com", "::1", "010.0.3.7",
)  # fmt: skip
CLIENTS = (
    WEB, Client.tcp("10.0.3.7"), Client.tcp("10.0.3.8", "web1.example.com"), Client.tcp("127.0.0.1", "localhost"),
    Client.tcp("::1", "localhost"), Client.tcp("192.0.2.1", "10.0.3.7.example.com"),
)  # fmt: skip


@given(
    st.sampled_from(EVERY),
    st.lists(st.tuples(st.sampled_from(("u", "")), st.sampled_from(HOSTS)), min_size=1, max_size=4),
    st.sampled_from(CLIENTS),
)
def test_where_no_row_of_others_may_share_a_client_none_is_at_hand(
    server: str, grantees: list[tuple[str, str]], client: Client
) -> None:
    table = table_of(server, *((user, host, "shop.*", "SELECT") for user, host in grantees))
    for own in grantees:
        session = Session(table, *own, client)
        reached = any(row.value.matches(session.client) for row in table.database_rows(own[0]) if row.grantee == own)
        if reached and not table.may_share(own):
            assert {row.grantee for row in session.lookup.rows_at_hand} <= {own}


def test_a_tie_may_put_a_row_first_that_lets_nobody_use_its_database() -> None:
    table = GrantTable(parse_target("mysql-9.7.4"))
    table.grant("u", "%", "`foo%_bar`.*", ["GRANT OPTION"], origin=1)
    table.grant("u", "%", "`foo_%`.*", ["UPDATE"], origin=2)
    session = Session(table, "u", "%", Client.tcp("10.0.3.7"))
    assert session.may_use("foo_bar")
    assert [row.scope.database for row in session.shutting_out("foo_bar")] == ["foo%_bar"]
    assert session.shutting_out("foo_x") == ()
    table.grant("u", "%", "foo_bar.t", ["SELECT"], origin=3)
    assert session.shutting_out("foo_bar") == ()
