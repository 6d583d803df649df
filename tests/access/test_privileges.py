"""The catalogue against what four servers answered to GRANTs of every name at every level."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantlint.access.product.catalogue import DYNAMIC, MARIADB, MYSQL
from grantlint.access.product.privileges.meaning import (
    Server,
    canonical,
    expand,
    expand_all,
    implied_by,
    known,
    levels_of,
    nearest,
)
from grantlint.access.product.privileges.refusal import refusal
from grantlint.model.scope import Level, parse_scope

ORACLE = Path(__file__).parents[1] / "oracle" / "grammar.jsonl.gz"
GRANT = re.compile(
    r"GRANT (?P<name>[\w ]+?)(?P<columns> \(a\))? ON "
    r"(?P<scope>\*\.\*|db1\.\*|db1\.t1|PROCEDURE db1\.p1) TO u@'%'"
)
NAMES = sorted({entry.name for entry in MYSQL + DYNAMIC + MARIADB})
LEVELS = (Level.GLOBAL, Level.DATABASE, Level.TABLE, Level.ROUTINE)


def server(label: str) -> Server:
    product, version = label.split("-")
    return SimpleNamespace(platform="", product=product, version=tuple(map(int, version.split("."))))


SERVERS = [f"mysql-{version}" for version in ("5.5.62", "5.6.24", "5.7.44", "8.0.15", "8.0.46", "8.4.8", "9.7.4")]
SERVERS += [f"mariadb-{version}" for version in ("10.1.48", "10.5.23", "10.11.19", "11.8.9")]
servers = st.sampled_from(SERVERS).map(server)


def answers() -> Iterator[tuple[str, str, str, bool, int | None]]:
    with gzip.open(ORACLE, "rt", encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            if case["kind"].startswith("priv") and (match := GRANT.fullmatch(case["sql"])):
                for label, answer in case["answers"].items():
                    columns = match["columns"] is not None
                    yield label, match["name"], match["scope"], columns, answer["errno"]


def test_every_measured_grant_is_taken_or_refused_with_the_servers_error() -> None:
    seen = 0
    for label, name, scope, columns, errno in answers():
        seen += 1
        answer = refusal(name, server(label), parse_scope(scope).level, columns=columns)
        assert (answer.errno if answer else None) == errno, (label, name, scope, columns)
    assert seen > 1000


def test_all_stands_for_what_the_servers_stored() -> None:
    with gzip.open(ORACLE, "rt", encoding="utf-8") as lines:
        cases = {case["sql"]: case["answers"] for case in map(json.loads, lines)}
    stored = cases["GRANT ALL PRIVILEGES ON *.* TO u@'%'"]["mysql-9.7.4"]["effect"]
    everything = set(expand_all(server("mysql-9.7.4"), Level.GLOBAL))
    assert {row[0][2] for row in stored["global_grants"]["add"]} == {name for name in everything if "_" in name}
    assert len([name for name in everything if "_" not in name]) == 30  # u@% held SELECT: 29 were added
    for label, mask in (("mariadb-10.11.19", 549755812863), ("mariadb-11.8.9", 1099511626751)):
        assert len(expand_all(server(label), Level.GLOBAL)) == mask.bit_count()
    table = cases["GRANT ALL PRIVILEGES ON db1.t1 TO u@'%'"]
    for label, answer in table.items():
        privileges = answer["effect"]["tables_priv"]["chg"][0][1]["Table_priv"][1].upper().split(",")
        names = {name.replace("DELETE VERSIONING ROWS", "DELETE HISTORY") for name in privileges}
        assert set(expand_all(server(label), Level.TABLE)) == names
    database = cases["GRANT ALL ON `my%`.* TO 'u'"]
    for label, answer in database.items():
        assert len(expand_all(server(label), Level.DATABASE)) == len(answer["effect"]["db"]["add"][0][1]["Y"])


@given(servers, st.sampled_from(LEVELS))
def test_all_is_the_union_of_what_it_stands_for(target: Server, level: Level) -> None:
    names = expand_all(target, level)
    assert set(expand("ALL", target, level)) == {part for name in names for part in expand(name, target, level)}
    assert all(level in levels_of(name, target) and refusal(name, target, level) is None for name in names)


@given(servers, st.sampled_from(NAMES), st.sampled_from(LEVELS))
def test_a_privilege_is_refused_exactly_where_it_has_no_level(target: Server, name: str, level: Level) -> None:
    assert (refusal(name, target, level) is None) == (level in levels_of(name, target))


@given(servers, st.sampled_from(NAMES))
def test_the_spelling_is_free_in_case_and_blanks(target: Server, name: str) -> None:
    loose = "  ".join(name.lower().split())
    assert canonical(loose, target) == canonical(name, target)
    assert known(loose, target) == known(name, target)


@pytest.mark.parametrize(
    ("typo", "label", "meant"),
    [
        ("SELETC", "mysql-8.0.46", "SELECT"),
        ("REPLICATION_SLAVE", "mysql-9.7.4", "REPLICATION SLAVE"),
        ("BINLOG_ADMIN", "mariadb-10.11.19", "BINLOG ADMIN"),
        ("SET_USER_ID", "mysql-8.4.8", "SET_ANY_DEFINER"),
        ("SET_USER_ID", "mariadb-10.11.19", "SET USER"),
        ("TRUNCATE", "mysql-5.7.44", "DROP"),
        ("DROP USER", "mariadb-11.8.9", "CREATE USER"),
        ("XYZZY", "mysql-8.0.46", None),
    ],
)
def test_the_nearest_known_name_is_offered(typo: str, label: str, meant: str | None) -> None:
    assert not known(typo, server(label))
    assert nearest(typo, server(label)) == meant


def test_super_stands_for_the_privileges_split_off_it_until_mariadb_11() -> None:
    assert "BINLOG ADMIN" in implied_by("SUPER", server("mariadb-10.11.19"))
    assert "READ_ONLY ADMIN" not in implied_by("SUPER", server("mariadb-10.11.19"))
    assert "READ_ONLY ADMIN" in implied_by("super", server("mariadb-10.5.23"))
    assert implied_by("SUPER", server("mariadb-11.8.9")) == ()
    assert implied_by("SUPER", server("mysql-9.7.4")) == ()
