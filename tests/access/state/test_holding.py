"""What a server holds of steps in branches for other servers, and what finding them out costs."""

from collections.abc import Callable

import pytest

from counting import profiled
from grantlint.access import Installation, ServerSettings, parse_target
from grantlint.access.state.holding import Holdings
from grantlint.model import DeclaredServer
from grantlint.model.location import Source
from grantlint.reader.files.formats import format_named
from grantlint.servers.grouping import group

TASK = """\
    - shell: mysql -e "GRANT USAGE ON *.* TO u{n}@'10.0.0.1' IDENTIFIED BY '$P'"
      when: mysql_version is match('5.7')
"""
INSTALLATION = Installation(parse_target("mysql-8.4"), ServerSettings({}, frozenset()))


def declared(tasks: int) -> DeclaredServer:
    """Return a server of tasks, each under a condition of its own that asks for the version."""
    text = "- hosts: db\n  tasks:\n" + "".join(TASK.format(n=number) for number in range(tasks))
    known = format_named("ansible")
    assert known is not None
    (server,) = group(known.read(Source("site.yml", text)))
    return server


def with_rows(databases: int) -> DeclaredServer:
    """Return a server on which one account has a row of mysql.db for each database."""
    rows = ", ".join(f"('%', 'd{number}', 'app', 'Y')" for number in range(databases))
    text = f"CREATE USER app; INSERT INTO mysql.db (Host, Db, User, Select_priv) VALUES {rows};"  # noqa: S608 - nobody's
    known = format_named("sql")
    assert known is not None
    (server,) = group(known.read(Source("a.sql", text)))
    return server


def calls(server: DeclaredServer) -> int:
    """Return how many functions it takes to find out what is held, Python's own too."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    with profiled(count):
        Holdings(server).of(INSTALLATION)
    return counted


def test_what_other_servers_alone_take_is_no_refusal() -> None:
    holding = Holdings(declared(3)).of(INSTALLATION)
    assert (holding.declared.accounts, holding.outcomes) == ((), ())


@pytest.mark.slow
@pytest.mark.parametrize("server_of", [declared, with_rows], ids=["branches", "rows of one account"])
def test_twice_as_many_cost_twice_as_much(server_of: Callable[[int], DeclaredServer]) -> None:
    calls(server_of(10))  # what is made once
    once, twice, four_times = calls(server_of(100)), calls(server_of(200)), calls(server_of(400))
    assert four_times - twice < 2.3 * (twice - once)
