"""Rows that cannot serve a session are passed over, and no finding with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint import Installation, Server, ServerSettings
from grantlint.access import parse_target
from grantlint.access.grants.index import RowsByName
from grantlint.model.location import Source
from grantlint.reader.sql import document as sql
from grantlint.servers.grouping import group
from grantlint_rules.privileges import database_grant_hidden, database_grant_leaks

SERVERS = ("mysql-5.7.44", "mysql-9.7.4", "mariadb-11.8.9")
HOSTS = ("%", "10.%", "10.0.0.%", "10.0.0.1", "localhost", "h%")
NAMES = ("%", "%a%", "a\\_b", "a_b", "ab%", "%b", "ab")
KINDS = ("SELECT", "INSERT", "SELECT, INSERT")


@st.composite
def grants(draw: st.DrawFn) -> str:
    user = draw(st.sampled_from(["x", "x", "x", ""]))
    host, name, kind = (draw(st.sampled_from(some)) for some in (HOSTS, NAMES, KINDS))
    return f"GRANT {kind} ON `{name}`.* TO '{user}'@'{host}';"


def told(text: str, target: str) -> list[tuple[str, int, str]]:
    """Return what both rules say."""
    (declared,) = group(sql.read(Source("a.sql", text)))
    server = Server(declared, Installation(parse_target(target), ServerSettings.of(declared.facts)))
    problems = [*database_grant_hidden.check(server), *database_grant_leaks.check(server)]
    return [(one.message, one.span.start, one.witness) for one in problems]


@given(st.lists(grants(), max_size=12), st.sampled_from(SERVERS))
@examples(200)
def test_no_finding_is_passed_over(given_: list[str], target: str) -> None:
    made = "".join(f"CREATE USER '{user}'@'{host}' IDENTIFIED BY 'a';\n" for user in ("x", "") for host in HOSTS)
    text = made + "\n".join(given_)
    found = told(text, target)
    with pytest.MonkeyPatch.context() as context:
        context.setattr(RowsByName, "may_hide", lambda _self, _row: True)
        context.setattr(database_grant_leaks, "_hiding_all_behind", lambda _session, _at_hand: None)
        assert told(text, target) == found
