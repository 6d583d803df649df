import pytest

from grantlint.model import Account, Declarations, DeclaredServer, Grant, GrantTo, ServerFacts
from grantlint.model.location import Located, Source, Span, Text, Unresolved
from grantlint.reader.sql.document import read as read_sql
from grantlint.servers.grouping import group

SOURCE = Source("a.tf", "x")
SOURCE_SPAN = Span(SOURCE, 0, 1)


def text(value: str) -> Text:
    return Located(value, SOURCE, 0, 1)


def unknown(same: str = "") -> Unresolved:
    return Unresolved("a variable", SOURCE, 0, 1, same)


def part(
    path: str, *, unit: str = "", accounts: list[Account] | None = None, grants: list[GrantTo] | None = None
) -> Declarations:
    made = Declarations("terraform", path, unit=unit)
    made.accounts += accounts or []
    made.grants += grants or []
    return made


def account(user: Text, host: Text) -> Account:
    return Account(user, host, SOURCE_SPAN)


def grant(user: Text, host: Text) -> GrantTo:
    return GrantTo(user, host, Grant((text("ALL"),), text("*.*"), SOURCE_SPAN))


def shape(servers: list[DeclaredServer]) -> list[tuple[str, int, int, int]]:
    """Return each server's name, its accounts, how many grants they have, and its grantees."""
    return [
        (server.name, len(server.accounts), sum(len(each.grants) for each in server.accounts), len(server.grantees))
        for server in servers
    ]


def test_files_of_one_unit_make_one_server_and_a_grant_finds_its_account_in_another_file() -> None:
    users = part("db/users.tf", unit="terraform:db", accounts=[account(text("app"), text("%"))])
    grants = part("db/grants.tf", unit="terraform:db", grants=[grant(text("app"), text("%"))])
    assert shape(group([users, grants])) == [("terraform:db", 1, 1, 0)]


def test_files_without_a_unit_stay_apart() -> None:
    one = part("a.tf", accounts=[account(text("app"), text("%"))])
    assert shape(group([one, part("b.tf", grants=[grant(text("app"), text("%"))])])) == [
        ("a.tf", 1, 0, 0),
        ("b.tf", 0, 0, 1),
    ]


def test_facts_of_a_unit_count_for_its_accounts_in_whatever_format() -> None:
    settings = Declarations(
        "cnf", "my.cnf", ServerFacts(SOURCE_SPAN, settings={"skip_name_resolve": text("ON")}), unit="compose:app"
    )
    accounts = part("compose.yml", unit="compose:app", accounts=[account(text("app"), text("%"))])
    (server,) = group([settings, accounts])
    assert len(server.facts) == 1


def test_a_unit_of_facts_alone_is_no_server() -> None:
    assert group([Declarations("cnf", "my.cnf", ServerFacts(SOURCE_SPAN), unit="compose:app")]) == []


def test_unknown_values_join_only_where_their_reader_says_they_are_the_same() -> None:
    same = part(
        "a.tf", accounts=[account(unknown("var.user"), text("%"))], grants=[grant(unknown("var.user"), text("%"))]
    )
    other = part(
        "b.tf", accounts=[account(unknown("var.user"), text("%"))], grants=[grant(unknown("var.two"), text("%"))]
    )
    alone = part("c.tf", accounts=[account(unknown(), text("%"))], grants=[grant(unknown(), text("%"))])
    assert shape(group([same, other, alone])) == [("a.tf", 1, 1, 0), ("b.tf", 1, 0, 1), ("c.tf", 1, 0, 1)]


def test_a_file_that_only_tells_facts_of_a_named_server_tells_them_of_that_server() -> None:
    facts, users, alone = (
        part("server.yml"),
        part("users.yml", accounts=[account(text("app"), text("%"))]),
        part("c.yml"),
    )
    for each, name in ((facts, "shop"), (users, "shop"), (alone, "other")):
        each.server = ServerFacts(SOURCE_SPAN, name=text(name))
    (server,) = group([facts, users, alone])
    assert len(server.facts) == 2


def test_what_a_server_includes_belongs_to_it_and_to_each_that_includes_the_same() -> None:
    one, two = (part("compose.yml", unit=unit, accounts=[account(text("root"), text("%"))]) for unit in ("a", "b"))
    one.includes = ("./init",)
    two.includes = ("init", "extra.sql")
    scripts = [
        part(path, accounts=[account(text("app"), text("%"))]) for path in ("init/a.sql", "extra.sql", "init/old/b.sql")
    ]
    assert shape(group([*scripts, one, two])) == [("a", 2, 0, 0), ("b", 3, 0, 0), ("init/old/b.sql", 1, 0, 0)]
    named = part("init/a.sql", accounts=[account(text("app"), text("%"))])
    named.server = ServerFacts(SOURCE_SPAN, name=text("own"))
    assert shape(group([one, named])) == [("a", 1, 0, 0), ("own", 1, 0, 0)]


def scripts(*texts: str) -> list[Declarations]:
    found = [read_sql(Source(f"initdb.d/{number}.sql", text)) for number, text in enumerate(texts)]
    return [one for each in found for one in each]


@pytest.mark.parametrize(
    ("texts", "left"),
    [
        (["CREATE USER a@'%' IDENTIFIED BY 'x';", "CREATE USER IF NOT EXISTS a@'%' IDENTIFIED BY 'y';"], 1),
        (["CREATE USER a@'%' IDENTIFIED BY 'x';", "CREATE OR REPLACE USER a@'%' IDENTIFIED BY 'y';"], 1),
        (["CREATE USER a@'%' IDENTIFIED BY 'x';", "ALTER USER a@'%' ACCOUNT LOCK;"], 1),
        (["CREATE USER a@'%' IDENTIFIED BY 'x';", "CREATE USER a@'%' IDENTIFIED BY 'y';"], 2),
        (["CREATE USER a@'%' IDENTIFIED BY 'x';", "DROP USER a@'%';"], 0),
        (["CREATE USER a@'%' IDENTIFIED BY 'x';", "DROP USER a@'%'; CREATE USER a@'%' IDENTIFIED BY 'y';"], 1),
        (["DROP USER IF EXISTS a@'%';", "CREATE USER a@'%' IDENTIFIED BY 'x';"], 1),
        (["CREATE USER a@'%' IDENTIFIED BY 'x';", "DROP USER A@'%'; ALTER USER a@'10.%' ACCOUNT LOCK;"], 2),
    ],
)
def test_scripts_of_one_server_are_run_in_turn(texts: list[str], left: int) -> None:
    assert sum(len(server.accounts) for server in group(scripts(*texts))) == left


def test_an_account_that_a_later_script_drops_goes_with_its_grants_and_roles() -> None:
    made = "CREATE ROLE r; CREATE USER a@'%' IDENTIFIED BY 'x'; GRANT SELECT ON b.* TO a@'%'; GRANT r TO a@'%';"
    (server,) = group(scripts(made, "DROP USER a@'%';"))
    assert (server.accounts, server.grantees, server.memberships) == ((), (), ())
    assert len(server.roles) == 1


def test_a_script_that_changes_an_account_leaves_its_first_declaration_changed() -> None:
    (server,) = group(
        scripts("CREATE USER a@'%' IDENTIFIED BY 'x'; GRANT SELECT ON b.* TO a@'%';", "ALTER USER a@'%' ACCOUNT LOCK;")
    )
    (left,) = server.accounts
    assert left.is_locked
    assert left.authentication is not None
    assert len(left.grants) == 1


def test_what_includes_others_comes_before_them() -> None:
    compose = part("z/compose.yml", unit="compose:z", accounts=[account(text("a"), text("%"))])
    compose.includes = ("initdb.d",)
    assert group([*scripts("DROP USER a@'%'; CREATE USER b@'%';"), compose])[0].accounts[0].user.span.source.path == (
        "initdb.d/0.sql"
    )


@pytest.mark.parametrize(
    ("later", "expired"),
    [
        ("ALTER USER a ACCOUNT LOCK;", True),
        ("ALTER USER a IDENTIFIED BY 'x';", False),
        ("ALTER USER a PASSWORD EXPIRE;", True),
    ],
)
def test_a_later_file_gives_an_expired_password_up_with_a_new_one(later: str, *, expired: bool) -> None:
    parts = [*read_sql(Source("1.sql", "CREATE USER a PASSWORD EXPIRE;")), *read_sql(Source("2.sql", later))]
    for part_ in parts:
        part_.unit = "one"
    ((left,),) = (server.accounts for server in group(parts))
    assert left.is_expired is expired


@pytest.mark.parametrize(("later", "revoked"), [("DROP USER a; CREATE USER a;", 0), ("CREATE USER b;", 1)])
def test_what_was_revoked_from_an_account_goes_with_it(later: str, revoked: int) -> None:
    parts = [*read_sql(Source("1.sql", "REVOKE INSERT ON hr.* FROM a;")), *read_sql(Source("2.sql", later))]
    for part_ in parts:
        part_.unit = "one"
    (server,) = group(parts)
    assert len(server.revoked) == revoked
