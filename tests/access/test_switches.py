"""Switches of a server between an account and its session, as real servers answered (docs/facts.md, K4, K5)."""

import pytest

from grantlint.access import parse_target
from grantlint.access.host.client import Client
from grantlint.access.product.installation import Installation, ServerSettings
from grantlint.access.server.answer import answer
from grantlint.access.server.server import Server
from grantlint.access.server.winner import Question
from grantlint.model.location import Source
from grantlint.reader.formats.policy import document as policy
from grantlint.servers.grouping import group

TEXT = """
users:
  - {user: app, host: '%', grants: [{privileges: [ALL], target: shop.*}]}
  - {user: sup, host: '%', grants: [{privileges: [SUPER, INSERT, SELECT], target: '*.*'}]}
  - {user: con, host: '%', grants: [{privileges: [CONNECTION_ADMIN, INSERT, SELECT], target: '*.*'}]}
  - {user: ro, host: '%', grants: [{privileges: [READ_ONLY ADMIN, INSERT, SELECT], target: '*.*'}]}
"""


def asked(target: str, settings: dict[str, str], user: str, privilege: str) -> int | str:
    (declared,) = group(policy.read(Source("a.yml", TEXT)))
    server = Server(declared, Installation(parse_target(target), ServerSettings(settings, frozenset())))
    found = answer(server, Question(user, Client.tcp("10.0.0.1"), "shop", (privilege,)))
    assert found.admitted == (found.error is None and not found.winners[0].held_back)
    return found.error or (1290 if found.winners[0].held_back else "done")


@pytest.mark.parametrize(
    ("target", "user", "insert"),
    [
        ("mysql-5.6.24", "app", 1290),
        ("mysql-5.6.24", "sup", "done"),
        ("mysql-9.7.4", "app", 1290),
        ("mysql-9.7.4", "sup", "done"),
        ("mysql-9.7.4", "con", "done"),
        ("mariadb-10.11.19", "app", 1290),
        ("mariadb-10.11.19", "sup", 1290),
        ("mariadb-10.11.19", "ro", "done"),
        ("mariadb-11.8.9", "sup", 1290),
        ("mariadb-11.8.9", "ro", "done"),
    ],
)
def test_who_writes_while_the_server_is_read_only(target: str, user: str, insert: int | str) -> None:
    assert asked(target, {"read_only": "on"}, user, "INSERT") == insert
    assert asked(target, {"read_only": "off"}, user, "INSERT") == "done"
    assert asked(target, {"read_only": "on"}, user, "SELECT") == "done"


def test_nobody_writes_while_super_read_only_is_on() -> None:
    assert [asked("mysql-9.7.4", {"super_read_only": "on"}, user, "INSERT") for user in ("app", "sup", "con")] == [
        1290,
        1290,
        1290,
    ]


@pytest.mark.parametrize(
    ("target", "user", "got"),
    [
        ("mysql-9.7.4", "app", 3032),
        ("mysql-9.7.4", "sup", "done"),
        ("mysql-9.7.4", "con", "done"),
        ("mysql-5.7", "app", 3032),
        ("mysql-5.6.24", "app", "done"),
        ("mariadb-11.8.9", "app", "done"),
    ],
)
def test_who_is_let_in_while_the_server_is_offline(target: str, user: str, got: int | str) -> None:
    assert asked(target, {"offline_mode": "on"}, user, "SELECT") == got
