"""`grantlint convert --to json`: what was read, a line each, and what became of it."""

import json
from importlib.resources import files as resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from .conftest import Run

POLICIES = Path(__file__).parents[2] / "policies"
STEPS = """\
CREATE USER 'app'@'10.%' IDENTIFIED BY 'geheim' REQUIRE SSL WITH MAX_USER_CONNECTIONS 3 ACCOUNT LOCK;
CREATE USER 'app'@'10.%';
GRANT SELECT (id), UPDATE ON shop.orders TO 'app'@'10.%' WITH GRANT OPTION;
GRANT ALL ON *.* TO 'old'@'%' IDENTIFIED BY 'geheim';
INSERT INTO mysql.db (Host, Db, User, Select_priv) VALUES ('10.%', 'shop', 'app', 'Y');
DELETE FROM mysql.user WHERE User = 'app' AND authentication_string = 'geheim';
RENAME USER 'app'@'10.%' TO 'web'@'10.%';
CREATE ROLE reader;
GRANT reader TO 'web'@'10.%';
SET DEFAULT ROLE ALL TO 'web'@'10.%';
REVOKE UPDATE ON shop.orders FROM 'web'@'10.%';
REVOKE reader FROM 'web'@'10.%';
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'web'@'10.%';
SET PASSWORD FOR 'web'@'10.%' = 'geheim';
ALTER USER 'web'@'10.%' ACCOUNT UNLOCK;
DROP ROLE reader;
DROP USER 'web'@'10.%';
"""
SAMPLES = {
    "ansible.yml": "- hosts: db\n  tasks:\n    - mysql_user: {name: app, host: '{{ h }}', password: geheim,"
    " priv: 'a.*:ALL'}\n",
    "compose.yml": "services: {db: {image: 'mysql:8.4', environment: {MYSQL_ROOT_PASSWORD: geheim, MYSQL_USER: $U,"
    " MYSQL_PASSWORD: geheim, MYSQL_DATABASE: shop}, command: --skip-name-resolve}}\n",
    "my.cnf": "[mysqld]\nskip-name-resolve\n",
    "users.pp": "mysql_user { 'app@10.%': password_hash => 'geheim' }\nmysql_user { 'b': }\n",
    "users.sls": "app:\n  mysql_user.present:\n    - host: 10.%\n    - password: geheim\n",
    "users.sh": "mysql -e \"CREATE USER 'app'@'$HOST' IDENTIFIED BY 'geheim'\"\n",
    "users.sql": STEPS,
    "users.tf": 'resource "mysql_user" "app" {\n  user = "app"\n  host = var.host\n  plaintext_password = "geheim"\n'
    "}\n",
    "grant.yaml": "apiVersion: k8s.mariadb.com/v1alpha1\nkind: Grant\nmetadata: {name: g}\nspec: {mariaDbRef: {name: m}"
    ", privileges: [SELECT], database: shop, table: '*', username: app, host: '%'}\n",
    "policy.yml": "server: {name: shop, product: mysql-5.6, administrators: [dba], settings: {partial_revokes: true}}\n"
    "hosts: [{name: web, addresses: [10.0.0.1], dns_names: [web.lan]}]\n"
    "users:\n- {user: app, host: '%', comment: geheim, default_roles: ALL, grants:\n"
    "  [{privileges: [PROCESS], target: 'shop.*'}, {privileges: ['{{ p }}'], target: 'shop.*'}]}\n"
    "- {user: app, host: '%'}\n"
    "roles: [{role: reader, members: [{user: app, host: '%', admin: true}]}]\n",
}  # fmt: skip
Line = dict[str, object]


def lines_of(grantlint: Run, *arguments: str) -> list[Line]:
    """Return the lines of a run, each held against the schema that `grantlint schema` prints."""
    schema = json.loads(grantlint("schema", "declarations").out)
    ran = grantlint("convert", "--to", "json", *arguments)
    assert ran.status == 0
    assert "geheim" not in ran.out
    lines = [json.loads(line) for line in ran.out.splitlines()]
    for line in lines:
        Draft202012Validator(schema).validate(line)
    return lines


def outcomes(line: Line) -> dict[str, tuple[str, int | None]]:
    """Return what became of a line by product: the outcome, and the error if it is refused."""
    return {one["server"]: (one["outcome"], one.get("errno")) for one in line["became"]}


def test_the_schema_is_one() -> None:
    text = resources("grantlint.report.declared").joinpath("declarations.schema.json").read_text(encoding="utf-8")
    Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize("file", SAMPLES)
def test_each_format_has_lines_that_fit_the_schema(file: str, here: Path, grantlint: Run) -> None:
    (here / file).write_text(SAMPLES[file], encoding="utf-8")
    if file == "my.cnf":  # alone it declares no account
        (here / "users.sql").write_text("CREATE USER 'a'@'%';\n", encoding="utf-8")
    head, *lines = lines_of(grantlint, str(here))
    assert (head["kind"], head["version"]) == ("grantlint", 1)
    assert {line["path"] for line in lines} >= {str(here / file)}
    places = [(line["path"], line["line"], line["column"]) for line in lines]
    assert places == sorted(places)


def test_the_policies_of_this_project_fit_the_schema(grantlint: Run) -> None:
    lines = lines_of(grantlint, str(POLICIES))
    assert {"account", "grant", "step", "setting", "host"} <= {str(line["kind"]) for line in lines}


def test_every_step_says_what_became_of_it_on_each_product(here: Path, grantlint: Run) -> None:
    (here / "users.sh").write_text(f"mysql --force <<'E'\n{STEPS}E\n", encoding="utf-8")
    lines = lines_of(grantlint, "users.sh", "--server", "mysql-8.4", "--server", "mariadb-10.11")
    told = [
        (line["line"] - 1, line["values"]["act"], *outcomes(line).values()) for line in lines if line["kind"] == "step"
    ]
    done = ("done", None)
    assert told == [
        (1, "create-user", done, done),
        (2, "create-user", ("refused", 1396), ("refused", 1396)),
        (3, "grant-privileges", done, done),
        (4, "grant-privileges", ("refused", 1064), done),
        (5, "write-table", ("waiting", None), ("waiting", None)),
        (6, "write-table", ("undecided", None), ("undecided", None)),
        (7, "rename-user", done, done),
        (8, "create-role", done, done),
        (9, "grant-roles", done, done),
        (10, "set-default-role", done, ("refused", 1064)),
        (11, "revoke", done, done),
        (12, "revoke-roles", done, done),
        (13, "revoke-all", done, done),
        (14, "alter-user", done, ("refused", 1372)),
        (15, "alter-user", done, done),
        (16, "drop-role", done, done),
        (17, "drop-user", done, done),
    ]


def test_what_a_client_does_not_run_is_not_made(here: Path, grantlint: Run) -> None:
    (here / "users.sql").write_text("CREATE USER a;\nCREATE USER a;\nCREATE USER b;\n", encoding="utf-8")
    lines = lines_of(grantlint, "users.sql", "--server", "mysql-8.4")
    told = [(line["line"], line["kind"], *outcomes(line).values()) for line in lines if line["kind"] != "grantlint"]
    assert [one for one in told if one[0] > 1 and one[1] == "step"] == [
        (2, "step", ("refused", 1396)),
        (3, "step", ("not-run", None)),
    ]
    assert (3, "account", ("absent", None)) in told


def test_the_first_line_names_the_servers(here: Path, grantlint: Run) -> None:
    (here / "policy.yml").write_text(SAMPLES["policy.yml"], encoding="utf-8")
    assert lines_of(grantlint)[0]["servers"] == [{"name": "shop", "judged_as": ["mysql-5.6"], "assumed": False}]


def test_declarations_without_steps_say_what_became_of_them(here: Path, grantlint: Run) -> None:
    (here / "policy.yml").write_text(SAMPLES["policy.yml"], encoding="utf-8")
    judged = [line for line in lines_of(grantlint) if "became" in line]
    assert [(line["kind"], line["line"], *outcomes(line)["mysql-5.6"]) for line in judged] == [
        ("account", 4, "made", None),
        ("grant", 5, "refused", 1221),
        ("grant", 5, "unresolved", None),
        ("account", 6, "duplicate", None),
        ("role", 7, "absent", None),
        ("membership", 7, "absent", None),
    ]
    unknown = judged[2]["values"]["privileges"]
    assert unknown == [{"unresolved": "a template", "expression": "'{{ p }}'"}]
    assert judged[3]["became"][0]["first"] == {"path": "policy.yml", "line": 4, "column": 21}


def test_a_default_in_a_template_is_not_shown(here: Path, grantlint: Run) -> None:
    (here / "a.yml").write_text("users: [{user: \"{{ u | default('geheim') }}\", host: '%'}]\n", encoding="utf-8")
    account = next(line for line in lines_of(grantlint) if line["kind"] == "account")
    assert account["values"]["user"] == {"unresolved": "a template", "expression": None}
    assert outcomes(account)["mysql-8.4"] == ("unresolved", None)


def test_a_cell_that_can_be_no_plugin_is_not_shown(here: Path, grantlint: Run) -> None:
    """A mark is missing, so that the cell of the plugin holds the next one, too."""
    text = """\
| User | Host     | plugin                | authentication_string                     | account_locked |
|------|----------|-----------------------|-------------------------------------------|----------------|
| app  | 10.0.3.% | mysql_native_passwor | c4nary-Zq9 | Y              ||      | localhost | mysql_native_password |\
                                           | N              |
"""
    (here / "x.grants").write_text(text, encoding="utf-8")
    ran = grantlint("convert", "--to", "json", "x.grants")
    assert '"plugin":{"hidden":true}' in ran.out
    assert "c4nary" not in ran.out


def test_a_grant_to_an_account_of_no_file_is_undeclared_but_where_grant_makes_it(here: Path, grantlint: Run) -> None:
    (here / "g.yaml").write_text(SAMPLES["grant.yaml"], encoding="utf-8")
    lines = lines_of(grantlint, "--server", "mysql-8.4", "--server", "mysql-5.6")
    grant = next(line for line in lines if line["kind"] == "grant")
    assert outcomes(grant) == {"mysql-8.4": ("undeclared", None), "mysql-5.6": ("done", None)}


def test_what_belongs_to_no_server_is_there_as_well(here: Path, grantlint: Run) -> None:
    (here / "a.sql").write_text("CREATE USER 'a'@'%';\n", encoding="utf-8")
    (here / "b.yml").write_text("users: [{user: app\n", encoding="utf-8")
    (here / "c.yml").write_text("server: {product: oracle-9}\nusers: [{user: c, host: '%'}]\n", encoding="utf-8")
    faults = [line for line in lines_of(grantlint) if line["kind"] == "fault"]
    assert [(line["path"], line["format"], line["values"]["rule"]) for line in faults] == [
        ("b.yml", "policy", "syntax-error"),
        ("c.yml", "policy", "unknown-server"),
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ((), 4, "nothing to convert: no account declaration in ."),
        (("nowhere",), 2, "nowhere"),
        (("--server", "oracle-9"), 2, "oracle"),
        (("--to", "policy", "--server", "mysql-8.4"), 2, "--server goes with --to json"),
    ],
)
def test_statuses(arguments: tuple[str, ...], status: int, said: str, here: Path, grantlint: Run) -> None:
    if "--server" in arguments:
        (here / "a.sql").write_text("CREATE USER 'a'@'%';\n", encoding="utf-8")
    ran = grantlint("convert", "--to", "json", *arguments)
    assert (ran.status, ran.out) == (status, "")
    assert said in ran.err
