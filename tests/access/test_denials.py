"""DENY of MariaDB 13.1: what it keeps from sessions, held against all that its manual says, tried one by one."""

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from draws import examples
from grantlint.access import Client, GrantTable, Session, parse_target
from grantlint.access.grants.rights import Place, asked, denials, rights
from grantlint.platform.record import NamedTuple

WEB = Client.tcp("10.0.0.5")
GROUPS = (("u",), ("r", "s"), ("PUBLIC",))  # the account, the active role with the one in it, everybody
NAMES = ("SELECT", "INSERT", "UPDATE")
DATABASES, TABLES, COLUMNS = ("a", "b"), ("t", "v"), ("x", "y")
PATTERNS = {"a": ("a",), "b": ("b",), "_": ("a", "b", "c"), "%": ("a", "b", "c", "cc")}  # most specific first


class Said(NamedTuple):
    """A statement; the database may be a pattern where no table stands."""

    verb: str
    who: str
    privilege: str
    database: str | None = None
    table: str | None = None
    column: str | None = None


_NONE = st.none()
_who = st.sampled_from([one for group in GROUPS for one in group])
_said = st.one_of(
    st.builds(Said, st.sampled_from(["GRANT", "DENY"]), _who, st.sampled_from(NAMES), _NONE, _NONE, _NONE),
    st.builds(
        Said,
        st.sampled_from(["GRANT", "DENY"]),
        _who,
        st.sampled_from(NAMES),
        st.sampled_from([*PATTERNS]),
        _NONE,
        _NONE,
    ),
    st.builds(
        Said,
        st.sampled_from(["GRANT", "DENY"]),
        _who,
        st.sampled_from(NAMES),
        st.sampled_from(DATABASES),
        st.sampled_from(TABLES),
        st.sampled_from([None, *COLUMNS]),
    ),
)


def session_of(*said: Said) -> Session:
    table = GrantTable(parse_target("mariadb-13.1"))
    for role in ("r", "s"):
        table.create_role(role)
    table.grant_role("r", None, "u", "%")
    table.grant_role("s", None, "r", None)
    for one in said:
        scope = f"`{one.database}`.{one.table or '*'}" if one.database else "*.*"
        privilege = one.privilege + (f" ({one.column})" if one.column else "")
        host = "%" if one.who == "u" else None
        (table.deny if one.verb == "DENY" else table.grant)(one.who, host, scope, [privilege], origin=one)
    return Session(table, "u", "%", WEB, roles=[("r", "")])


def told(said: list[Said], verb: str, name: str, place: Place) -> bool:
    """Return whether a statement of a verb is about a privilege at a place: the manual's rules, level by level."""
    mine = [one for one in said if one.privilege == name]
    if any(one.verb == verb and one.database is None for one in mine):
        return True
    for group in GROUPS if place.database is not None else ():
        rows = [one for one in said if one.who in group and one.database and one.table is None]
        matching = [one.database for one in rows if place.database in PATTERNS[one.database or ""]]
        best = next((pattern for pattern in PATTERNS if pattern in matching), None)
        if any(one.verb == verb and one.database == best and one.privilege == name for one in rows if best):
            return True
    there = [one for one in mine if one.verb == verb and one.table and (one.database, one.table) == place[:2]]
    return any(one.column is None or one.column == place.column for one in there)


def may(said: list[Said], name: str, place: Place) -> bool:
    return told(said, "GRANT", name, place) and not told(said, "DENY", name, place)


PARTS = [
    Place(),
    *(Place(database) for database in (*DATABASES, "c", "cc")),
    *(Place(*named) for named in product(DATABASES, TABLES)),
    *(Place(*named) for named in product(DATABASES, TABLES, COLUMNS)),
]


def within(inner: Place, outer: Place) -> bool:
    return all(mine == theirs for mine, theirs in zip(inner[:3], outer[:3], strict=True) if theirs is not None)


@given(st.lists(_said, max_size=9))
@example(
    [
        Said("GRANT", "r", "SELECT", "_", None, None),
        Said("GRANT", "r", "UPDATE", "%", None, None),
        Said("DENY", "r", "UPDATE", "%", None, None),
    ]
)
@examples(400)
def test_a_session_may_do_what_is_granted_and_nowhere_denied(said: list[Said]) -> None:
    session = session_of(*said)
    for name, place in product(NAMES, PARTS):
        verdict = session.may(name, place.database, place.table, column=place.column)
        assert verdict.allowed is may(said, name, place), (name, place)
        one = asked(session, name, place)
        parts = [may(said, name, part) for part in PARTS if within(part, place)]
        assert one.allowed <= (any if place == Place() else all)(parts), (name, place)
    for database in DATABASES:
        opening = [one for one in said if one.verb == "DENY" or not (one.who == "PUBLIC" and one.table)]  # facts: H4
        some = any(may(opening, name, part) for name in NAMES for part in PARTS[1:] if part.database == database)
        assert session.may_use(database) is some
        listed = [right for right in rights(session, database) if not right.why_not]
        assert bool(listed) >= some


@given(st.lists(_said, max_size=6))
@examples(100)
def test_the_order_of_grants_and_denials_does_not_matter(said: list[Said]) -> None:
    there, back = session_of(*said), session_of(*reversed(said))
    for name, place in product(NAMES, PARTS):
        assert (
            there.may(name, *place[:2], column=place.column).allowed
            is back.may(name, *place[:2], column=place.column).allowed
        )


def test_all_of_a_level_is_not_all_where_one_is_denied() -> None:
    session = session_of(Said("GRANT", "u", "ALL"), Said("DENY", "PUBLIC", "FILE"))
    assert not session.may("ALL").allowed
    assert not session.may("FILE").allowed
    assert session.may("ALL", "a").allowed
    assert [(one.privileges, str(one.row)) for one in denials(session)] == [(("FILE",), "*.* TO PUBLIC")]


def test_a_role_that_is_not_active_denies_nothing() -> None:
    table = session_of(Said("GRANT", "u", "SELECT"), Said("DENY", "r", "SELECT")).table
    assert Session(table, "u", "%", WEB).may("SELECT").allowed
    assert not Session(table, "u", "%", WEB, roles=[("r", "")]).may("SELECT").allowed


@pytest.mark.parametrize(("denied", "doubts"), [("shop.*", 1), ("shop.t", 1), ("*.*", 0)])
def test_the_row_of_another_account_is_in_doubt_below_the_global_level(denied: str, doubts: int) -> None:
    """Facts: M6. On everything the row of the account alone counts (I2)."""
    table = GrantTable(parse_target("mariadb-13.1"))
    table.grant("u", "10.0.0.5", "*.*", ["SELECT"])
    table.deny("u", "10.0.%", denied, ["SELECT"])
    verdict = Session(table, "u", "10.0.0.5", WEB).may("SELECT", "shop", "t")
    assert (verdict.uncertain, len(verdict.doubts), verdict.allowed) == (bool(doubts), doubts, not doubts)


def test_routines_are_denied_by_their_kind() -> None:
    table = GrantTable(parse_target("mariadb-13.1"))
    table.grant("u", "%", "shop.*", ["EXECUTE"])
    table.deny("u", "%", "PROCEDURE shop.refund", ["EXECUTE"])
    session = Session(table, "u", "%", WEB)
    assert not session.may("EXECUTE", "shop", routine="refund", kind="procedure").allowed
    assert session.may("EXECUTE", "shop", routine="refund", kind="function").allowed
    assert session.may("EXECUTE", "shop", routine="other").allowed
    assert [str(row.scope) for row in session.may("EXECUTE", "shop").but] == ["PROCEDURE `shop`.`refund`"]
