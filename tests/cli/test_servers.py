"""`[[server]]`, administrators and `exclude` of a configuration: which server files are of, and what still counts."""

import json
from pathlib import Path

import pytest

from .conftest import Run

ADMIN = "users:\n  - {user: %s, host: 10.0.0.1, grants: [{privileges: [ALL], target: '*.*'}]}\n"


def write(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_dot_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def told(run: Run, *words: str) -> dict[str, object]:
    ran = run("--format", "json", *words)
    assert ran.err == ""
    data: dict[str, object] = json.loads(ran.out)
    return data


def rules(run: Run, *words: str) -> set[tuple[str, str]]:
    found = told(run, *words)["findings"]
    assert isinstance(found, list)
    return {(one["rule"], one["path"]) for one in found}


def test_what_lies_below_the_paths_of_a_server_is_that_server(grantlint: Run) -> None:
    write(
        prod__a_dot_sql="CREATE USER 'app'@'10.0.0.1';\n",
        prod__b_dot_yml="users: [{user: app, host: '10.0.%'}]\n",
        other__a_dot_sql="CREATE USER 'app'@'10.0.0.2';\n",
    )
    assert told(grantlint)["summary"]["servers"] == 3  # type: ignore[index]  # JSON of this shape
    write(grantlint_dot_toml="[[server]]\nname = 'shop'\npaths = 'prod'\nproduct = 'mariadb-11.8'\n")
    assert told(grantlint)["summary"]["servers"] == 2  # type: ignore[index]  # JSON of this shape
    shop = grantlint("table", "prod").out
    assert shop.count("shop") == 1
    assert "'10.0.0.1'" in shop
    assert "'10.0.%'" in shop
    assert "mariadb-11.8" in shop
    assert "mysql-9.7" not in shop
    assert "mysql-9.7" in grantlint("table", "other").out, "an account outside stays as it was"


def test_settings_of_a_server_decide_and_the_words_of_a_file_go_before_them(grantlint: Run) -> None:
    write(a_dot_yml="users: [{user: app, host: db.example.org}]\n")
    write(
        b_dot_yml="server: {settings: {skip_name_resolve: 'OFF'}}\nusers: [{user: app, host: db.example.org}]\n",
        grantlint_dot_toml="[[server]]\nproduct = 'mysql-8.4'\n[server.settings]\nskip-name-resolve = true\n",
    )
    found = {path for rule, path in rules(grantlint) if "resolve" in rule or "name" in rule}
    assert found == {"a.yml"}
    said = grantlint("a.yml").out
    assert "judged as: mysql-8.4\n" in said
    assert grantlint("why", "app", "--from", "db.example.org=10.0.0.9", "a.yml").status in {1, 2}


def test_an_option_file_below_the_paths_is_of_that_server(grantlint: Run) -> None:
    write(
        sql__a_dot_sql="CREATE USER 'app'@'db.example.org';\n",
        etc__my_dot_cnf="[mysqld]\nskip-name-resolve\n",
    )
    before = rules(grantlint)
    write(grantlint_dot_toml="[[server]]\nname = 'one'\npaths = ['sql', 'etc']\n")
    new = {rule for rule, _ in rules(grantlint) - before}
    assert any("resolve" in rule or "name" in rule for rule in new), new


def test_services_of_one_file_stay_servers_of_their_own(grantlint: Run) -> None:
    variables = "{MYSQL_ROOT_PASSWORD: '${R}', MYSQL_DATABASE: d, MYSQL_USER: app, MYSQL_PASSWORD: x}"
    service = f"    image: mysql:8.4\n    environment: {variables}\n"
    write(
        compose_dot_yml=f"services:\n  a:\n{service}  b:\n{service}",
        grantlint_dot_toml="[[server]]\nname = 'one'\nproduct = 'mysql-9.7'\n",
    )
    summary = told(grantlint)["summary"]
    assert isinstance(summary, dict)
    assert summary["servers"] == 2
    assert summary["judged_as"] == ["mysql-8.4"], "what a file says of its product goes before"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("product = 'mysql-1'", "grantlint.toml:2: [[server]] number 1: product: "),
        ("pathes = 'a'", "grantlint.toml:2: [[server]] number 1: no key is named 'pathes'; did you mean 'paths'?"),
        (
            "settings = {skip-name-resolv = true}",
            "settings: skip-name-resolv: no setting of a server that decides about accounts; did you mean 'skip_name",
        ),
        ("settings = {sql_mode = []}", "grantlint.toml:2: [[server]] number 1: settings: sql_mode takes a text"),
    ],
)
def test_a_slip_in_a_server_is_told(text: str, said: str, here: Path, grantlint: Run) -> None:
    (here / "grantlint.toml").write_text(f"[[server]]\n{text}\n", encoding="utf-8")
    ran = grantlint()
    assert ran.status == 2
    assert said in ran.err


def test_administrators_may_be_globs_and_hold_for_some_paths(here: Path, grantlint: Run) -> None:
    write(a__a_dot_yml=ADMIN % "dba-jo", b__b_dot_yml=ADMIN % "dba-jo", c__c_dot_yml=ADMIN % "shop")
    rule = "all-privileges-global"
    files = {"a/a.yml", "b/b.yml", "c/c.yml"}
    for text, left in (
        ("", files),
        ("administrators = 'dba-*'\n", {"c/c.yml"}),
        ("administrators = 'DBA-*'\n", files),
        ("[[path]]\nglobs = 'a'\nadministrators = 'dba-*'\n", {"b/b.yml", "c/c.yml"}),
        ("[[path]]\nglobs = 'a'\nadministrators = ['dba-jo']\n", {"b/b.yml", "c/c.yml"}),
        ("[[server]]\npaths = 'b'\nadministrators = ['dba-[a-z]o']\n", {"a/a.yml", "c/c.yml"}),
    ):
        (here / "grantlint.toml").write_text(text, encoding="utf-8")
        assert {path for name, path in rules(grantlint) if name == rule} == left, text
        assert "administrator" not in text or "administrator" in grantlint().out.splitlines()[-1]


def test_an_account_that_is_not_reported_still_counts_and_one_that_is_excluded_does_not(grantlint: Run) -> None:
    """The anonymous account of one file takes clients from the account of the other."""
    write(
        legacy__a_dot_sql="CREATE USER ''@'10.0.0.1';\n",
        app__b_dot_sql="CREATE USER 'app'@'%';\n",
        grantlint_dot_toml="[[server]]\nname = 'one'\nproduct = 'mysql-8.4'\n",
    )
    shadowed = {rule for rule, path in rules(grantlint) if path == "app/b.sql"}
    write(
        grantlint_dot_toml="[[server]]\nname = 'one'\nproduct = 'mysql-8.4'\n"
        "[[path]]\nglobs = 'legacy'\nprofile = 'correctness'\nignore = ['hosts', 'accounts', 'precedence', 'secrets']\n"
    )
    kept = rules(grantlint)
    assert {rule for rule, path in kept if path == "app/b.sql"} == shadowed
    assert told(grantlint)["summary"]["accounts"] == 2  # type: ignore[index]  # JSON of this shape
    row = grantlint("why", "app", "--from", "10.0.0.1").out
    assert "''@'10.0.0.1'" in row, "the model knows it"
    write(grantlint_dot_toml="exclude = ['legacy']\n[[server]]\nname = 'one'\nproduct = 'mysql-8.4'\n")
    assert told(grantlint)["summary"]["accounts"] == 1  # type: ignore[index]  # JSON of this shape
    assert "''@'10.0.0.1'" not in grantlint("why", "app", "--from", "10.0.0.1").out
    assert "excluded by the configuration: 1 file\n" in grantlint().out
