"""Whose settings an option file tells."""

import pytest

from grantlint.access import ServerSettings
from grantlint.lint.engine import lint
from grantlint.model import Account, Declarations, DeclaredServer, ServerFacts
from grantlint.model.location import Located, Source, Span
from grantlint.reader.formats.mycnf.document import read
from grantlint.servers.grouping import group
from grantlint.servers.panel import panels


def users(path: str, form: str = "sql", unit: str = "", **own: str) -> Declarations:
    source = Source(path, "x")
    span = Span(source, 0, 1)
    made = Declarations(form, path, unit=unit)
    made.accounts.append(Account(Located("app", *span), Located("web1.example.com", *span), span))
    if own:
        name = own.pop("name", None)
        values = {key: Located(value, *span) for key, value in own.items()}
        made.server = ServerFacts(span, name=Located(name, *span) if name else None, settings=values)
    return made


def options(path: str, *lines: str) -> Declarations:
    (made,) = read(Source(path, "\n".join(["[mysqld]", *lines])))
    return made


def resolves(server: DeclaredServer) -> str | None:
    return ServerSettings.of(server.facts).value("skip_name_resolve")


@pytest.mark.parametrize(
    ("accounts", "form", "file", "taken"),
    [
        ("users.sql", "sql", "my.cnf", True),
        ("db/users.sql", "sql", "db/my.cnf", True),
        ("./db/users.yml", "policy", "db/my.cnf", True),
        ("db/users.sql", "sql", "db/conf.d/names.cnf", True),
        ("db/docker-entrypoint-initdb.d/users.sql", "sql", "db/my.cnf", True),
        ("db/initdb/users.sql", "sql", "db/conf.d/my.cnf", True),
        ("db/users.sql", "sql", "my.cnf", False),
        ("db/users.sql", "sql", "other/my.cnf", False),
        ("users.sql", "sql", "db/my.cnf", False),
        ("roles/db/tasks/main.yml", "ansible", "roles/db/templates/my.cnf.j2", True),
        ("roles/db/defaults/main.yml", "ansible", "roles/db/templates/etc/mysql/conf.d/a.cnf", True),
        ("tasks/main.yml", "ansible", "templates/my.cnf", True),
        ("roles/web/tasks/main.yml", "ansible", "roles/db/templates/my.cnf.j2", False),
        ("site.yml", "ansible", "my.cnf", False),
        ("main.tf", "terraform", "my.cnf", False),
    ],
)
def test_a_server_takes_the_settings_of_its_scope_and_of_no_other(
    accounts: str,
    form: str,
    file: str,
    taken: bool,  # noqa: FBT001 - a table
) -> None:
    (server,) = group([options(file, "skip-name-resolve"), users(accounts, form)])
    assert (resolves(server) == "on") is taken


def test_a_server_that_says_what_it_includes_takes_nothing_else() -> None:
    compose = users("db/compose.yml", "compose", unit="compose:db")
    compose.includes = ("db/conf", "db/init")
    mounted, beside = options("db/conf/a.cnf", "skip-name-resolve"), options("db/my.cnf", "skip-name-resolve=0")
    script = users("db/init/users.sql")
    (server,) = group([mounted, beside, script, compose])
    assert resolves(server) == "on"
    compose.includes = ()
    assert [resolves(server) for server in group([mounted, beside, compose])] == [None]


def test_what_a_servers_own_file_says_goes_before() -> None:
    (server,) = group(
        [options("my.cnf", "skip-name-resolve", "bind-address=x"), users("a.yml", "policy", skip_name_resolve="off")]
    )
    assert resolves(server) == "off"
    assert ServerSettings.of(server.facts).value("bind_address") == "x"
    assert not server.not_checked


def test_files_that_disagree_leave_the_setting_open_and_counted() -> None:
    one, two = (
        options("my.cnf", "skip-name-resolve", "bind-address=x"),
        options("conf.d/b.cnf", "skip-name-resolve=0", "bind-address=X"),
    )
    (server,) = group([one, two, users("a.sql")])
    assert resolves(server) is None
    assert ServerSettings.of(server.facts).value("bind_address") == "x"
    assert [(missed.what, missed.why) for missed in server.not_checked] == [
        ("setting skip_name_resolve", "two option files of one scope disagree")
    ]
    assert lint(panels([server], [])[0], []).not_checked == list(server.not_checked)


def test_what_an_option_file_leaves_open_is_counted_where_it_counts() -> None:
    template = options("my.cnf", "{% if x %}", "skip-name-resolve", "{% endif %}")
    (server, other) = group([template, users("a.sql"), users("b/b.sql")])
    assert [missed.why for missed in server.not_checked] == ["a template decides whether it is there"]
    assert not other.not_checked


def test_a_folder_of_several_named_servers_has_no_settings_of_one() -> None:
    file = options("my.cnf", "skip-name-resolve")
    assert [resolves(one) for one in group([file, users("a.yml", "policy", name="a")])] == ["on"]
    two = [users("a.yml", "policy", name="a"), users("b.yml", "policy", name="b")]
    assert [resolves(one) for one in group([file, *two])] == [None, None]


def test_the_product_of_an_option_file_counts_where_nothing_else_names_one() -> None:
    (file,) = read(Source("my.cnf", "[mysqld-8.4]\n[mysqld]\nskip-name-resolve\n"))
    (server,) = group([file, users("a.sql")])
    assert [one.product.value for one in server.facts if isinstance(one.product, Located)] == ["mysql-8.4"]
    own = users("a.yml", "policy", bind_address="x")
    assert own.server is not None
    own.server = own.server._replace(product=Located("mariadb-11.8", *own.server.span))
    (server,) = group([file, own])
    assert [one.product.value for one in server.facts if isinstance(one.product, Located)] == ["mariadb-11.8"]


def test_option_files_alone_make_no_server() -> None:
    assert group([options("my.cnf", "skip-name-resolve")]) == []


def test_a_setting_has_its_place() -> None:
    (server,) = group([options("my.cnf", "skip-name-resolve"), users("a.sql")])
    settings = ServerSettings.of(server.facts)
    place = settings.place("skip_name_resolve")
    assert place is not None
    assert (place.source.path, place.source.text[place.start : place.end]) == ("my.cnf", "skip-name-resolve")
    assert settings.place("bind_address") is None
