"""What a session may do, row by row."""

from grantlint.access import Client, GrantSettings, GrantTable, Session, parse_target
from grantlint.access.grants.rights import Place, asked, rights

HERE = Client.tcp("10.0.3.7")


def session_of(table: GrantTable) -> Session:
    return Session(table, "app", "%", HERE)


def test_a_partial_revoke_takes_a_privilege_away_from_one_database() -> None:
    table = GrantTable(parse_target("mysql-8.4"), GrantSettings(partial_revokes=True))
    table.grant("app", "%", "*.*", ["SELECT", "INSERT"])
    table.revoke("app", "%", "hr.*", ["INSERT"])
    session = session_of(table)
    assert [right.privileges for right in rights(session, "shop")] == [("SELECT", "INSERT")]
    assert [right.privileges for right in rights(session, "hr")] == [("SELECT",)]
    assert asked(session, "INSERT", Place("shop")).allowed
    assert not asked(session, "INSERT", Place("hr")).allowed
    table.revoke("app", "%", "hr.*", ["SELECT"])
    assert [right.why_not for right in rights(session, "hr")] == ["a partial revoke keeps it from hr"]


def test_all_is_summed_up_and_grant_option_stands_last() -> None:
    table = GrantTable(parse_target("mariadb-11.8"))
    table.grant("app", "%", "shop.*", ["ALL"], option=True)
    assert [right.privileges for right in rights(session_of(table))] == [("ALL", "GRANT OPTION")]


def test_columns_stand_in_brackets() -> None:
    table = GrantTable(parse_target("mysql-8.4"))
    table.grant("app", "%", "shop.orders", ["SELECT (id, sum)", "INSERT (id)"])
    assert [right.privileges for right in rights(session_of(table))] == [("SELECT (id, sum)", "INSERT (id)")]
    told = asked(session_of(table), "SELECT", Place("shop"))
    assert told.rights
    assert told.partly
    assert not told.allowed
    assert not asked(session_of(table), "DELETE", Place("shop")).allowed


def test_of_several_database_rows_one_serves_and_the_others_say_why_not() -> None:
    table = GrantTable(parse_target("mysql-8.4"))
    table.grant("app", "%", "shop.*", ["SELECT"])
    table.grant("app", "%", "`shop%`.*", ["INSERT"])
    serving, idle = rights(session_of(table), "shop")
    assert (serving.privileges, serving.why_not) == (("SELECT",), "")
    assert idle.why_not == "only one database row counts, and `shop`.* TO 'app'@'%' comes first"
    assert {right.why_not for right in rights(session_of(table), "shop2")} == {""}
