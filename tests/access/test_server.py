from grantlint.access import Installation, Server, ServerSettings, parse_target
from grantlint.model.location import Source
from grantlint.reader.formats.policy.document import read
from grantlint.servers.grouping import group

ACCOUNT = "  - {user: app, host: WEB1.example.com, authentication: {secret: vault:db/app}}\n"


def test_an_account_that_is_declared_often_is_one_row_and_has_one_cover() -> None:
    (declared,) = group(read(Source("x.yml", "users:\n" + ACCOUNT * 500 + ACCOUNT.lower() * 500)))
    server = Server(declared, Installation(parse_target("mysql-5.6"), ServerSettings.of(declared.facts)))
    assert [str(row) for row in server.table.rows] == ["'app'@'web1.example.com'"]
    first, *_, last = server.accounts
    assert server.declaration_of(server.table.rows[0]) is first
    assert server.cover(last).outcome == "own"
