"""The `priv` grammar, as community.mysql splits it, and the place of each piece."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.model.location import Located, Source, Span, Unresolved
from grantlint.reader.formats.ansible.modules.privileges import grants_of, split
from grantlint.reader.formats.ansible.values.nodes import scalar
from grantlint.reader.formats.ansible.values.written import Written
from told import grant_told


def priv(text: str) -> Written:
    source = Source("site.yml", text)
    return Written.of(scalar(text, 0, len(text)), source)


def shown(text: str) -> list[str]:
    grants, _, faults = grants_of(priv(text))
    assert not faults
    return [grant_told(grant).replace("GRANT", "") for grant in grants if isinstance(grant.target, Located)]


@pytest.mark.parametrize(
    ("text", "grants"),
    [
        ("*.*:ALL", ["ALL ON *.*"]),
        ("*.*:ALL,GRANT", ["ALL ON *.* +"]),
        ("db.*:select, insert", ["SELECT,INSERT ON db.*"]),
        ("a.*:ALL/b.t:SELECT,GRANT", ["ALL ON a.*", "SELECT ON b.t +"]),
        ("my_db.*:ALL", ["ALL ON my_db.*"]),
        ("`my-db`.*:ALL", ["ALL ON `my-db`.*"]),
        ("my-db.*:ALL", ["ALL ON `my-db`.*"]),
        (r"my\_db.*:ALL", [r"ALL ON `my\_db`.*"]),
        ("app%.*:ALL", ["ALL ON `app%`.*"]),
        ("a`b.*:SELECT", ["SELECT ON `a``b`.*"]),
        ("2024.*:ALL", ["ALL ON `2024`.*"]),
        ("db.t:SELECT(a, b),UPDATE (c)", ["SELECT (a, b),UPDATE (c) ON db.t"]),
        ("db.t:select (Col)", ["SELECT (Col) ON db.t"]),
        ("FUNCTION db.f:EXECUTE", ["EXECUTE ON FUNCTION db.f"]),
        ("PROCEDURE `d b`.p:EXECUTE", ["EXECUTE ON PROCEDURE `d b`.p"]),
        ("a.b.c:SELECT", ["SELECT ON `a.b`.c"]),
        ("app:ALL", ["ALL ON app"]),
        ("*.*:REPLICATION SLAVE,REPLICATION CLIENT", ["REPLICATION SLAVE,REPLICATION CLIENT ON *.*"]),
        ("a.*:ALL/", ["ALL ON a.*"]),
        ("db.*:GRANT", [" ON db.* +"]),
        ("b.t:UPDATE(c)/b.u:INSERT(d)/a.*:SELECT", ["UPDATE (c) ON b.t", "INSERT (d) ON b.u", "SELECT ON a.*"]),
    ],
)
def test_priv_is_split_as_the_module_splits_it(text: str, grants: list[str]) -> None:
    assert shown(text) == grants


def test_of_a_target_named_twice_the_last_privileges_count() -> None:
    grants, *_ = grants_of(priv("*.*:SELECT/a.*:ALL/*.*:SHOW VIEW"))
    assert [grant_told(grant) for grant in grants] == ["ALL ON a.*", "SHOW VIEW ON *.*"]


def test_what_a_later_item_for_the_target_replaces_is_told_at_its_place() -> None:
    _, _, (fault,) = grants_of(priv("`a`.*:SELECT/b.*:ALL/a.*:INSERT"))
    assert fault.rule == "duplicate-key"
    assert (fault.span.start, fault.span.end) == (0, len("`a`.*:SELECT"))
    assert grants_of(priv("a.*:SELECT/A.*:INSERT/a.b:UPDATE")).faults == ()


def test_a_part_without_colon_is_no_grant_and_has_its_place() -> None:
    grants, wrong, _ = grants_of(priv("ALL/a.*:SELECT"))
    assert len(grants) == 1
    assert [(span.start, span.end) for span in wrong] == [(0, 3)]


@pytest.mark.parametrize("target", ["*.tbl", "db.", ".tbl", "FUNCTION *.*"])
def test_a_target_that_no_grant_can_be_on_is_a_fault_at_its_place(target: str) -> None:
    ((grant,), _, (fault,)) = grants_of(priv(f"{target}:SELECT"))
    assert (fault.rule, fault.span.start, fault.span.end) == ("syntax-error", 0, len(target))
    assert isinstance(grant.target, Unresolved)


def test_every_piece_knows_its_place() -> None:
    text = "o.t:UPDATE (a, b) / my_db.*:SELECT, insert,GRANT"
    grants, _, _ = grants_of(priv(text))
    pieces = [
        text[piece.start : piece.end]
        for grant in grants
        for piece in (grant.target, *grant.privileges, *((grant.option,) if grant.option else ()), grant.span)
        if isinstance(piece, (Located, Span))
    ]
    last = ["my_db.*", "SELECT", "insert", "GRANT", "my_db.*:SELECT, insert,GRANT"]
    assert pieces == ["o.t", "UPDATE (a, b)", "o.t:UPDATE (a, b)", *last]


@pytest.mark.parametrize(
    ("text", "grants"),
    [
        ("a.*:SELECT/b.t:UPDATE(c), INSERT", ["SELECT,UPDATE,INSERT ON a.*", "UPDATE (c),INSERT ON b.t"]),
        (
            "a.*:ALL/*.*:USAGE/b.t:UPDATE(c),GRANT",
            ["ALL ON a.*", "USAGE,UPDATE ON *.* +GRANT", "UPDATE (c) ON b.t +GRANT"],
        ),
        ("b.t:UPDATE(c)/a.*:SELECT/b.u:INSERT(d)", ["UPDATE (c) ON b.t", "SELECT,INSERT ON a.*", "INSERT (d) ON b.u"]),
    ],
)
def test_privileges_on_columns_spill_upon_the_item_before_that_has_none(text: str, grants: list[str]) -> None:
    found, _, (fault,) = grants_of(priv(text))
    assert [grant_told(grant) for grant in found] == grants
    assert fault.rule == "columns-spill"


def test_privileges_that_spill_are_told_at_the_item_with_columns() -> None:
    _, _, (fault,) = grants_of(priv("a.*:SELECT/b.t:UPDATE(c),INSERT"))
    assert (fault.rule, fault.span.start, fault.span.end) == ("columns-spill", 11, 31)
    assert "grants UPDATE, INSERT of this item on `a`.* as well" in fault.message


@given(st.text(alphabet="ab*.`:/,()% \\_GRANT\n", max_size=40))
def test_any_text_splits_into_pieces_that_lie_in_it(text: str) -> None:
    for item in chain.from_iterable(split(text)[:3]):
        assert text[item.whole.start : item.whole.end] == item.whole.text
        for privilege in item.privileges:
            assert text[privilege.start : privilege.end].upper() == privilege.text.upper()
        assert item.whole.start <= item.target.start <= item.target.end <= item.whole.end
