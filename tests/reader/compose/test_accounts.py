"""The accounts that the images make of a service's variables."""

from collections.abc import Callable
from pathlib import Path
from textwrap import indent

import pytest

from grantlint.model import Declarations

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

ALL = "(ALL) ON (*.*) +GRANT"
ROOT = [f"(root)@(%) plain: {ALL}", f"(root)@(localhost) plain: {ALL}"]


def service(image: str, *variables: str) -> str:
    lines = [f"services:\n  db:\n    image: {image}\n    environment:"]
    return "\n".join([*lines, *(f"      - {one}" for one in variables)]) + "\n"


@pytest.mark.parametrize(
    "environment",
    [
        "  MYSQL_ROOT_PASSWORD: geheim\n  MYSQL_USER: app\n  MYSQL_PASSWORD: p\n  MYSQL_DATABASE: s",
        "  - MYSQL_ROOT_PASSWORD=geheim\n  - MYSQL_USER=app\n  - MYSQL_PASSWORD=p\n  - MYSQL_DATABASE=s",
        "  - 'MYSQL_ROOT_PASSWORD=geheim'\n  - \"MYSQL_USER=app\"\n  - MYSQL_PASSWORD=p\n  - MYSQL_DATABASE=s",
        "  {MYSQL_ROOT_PASSWORD: geheim, MYSQL_USER: app, MYSQL_PASSWORD: p, MYSQL_DATABASE: s}",
        "  <<: {MYSQL_ROOT_PASSWORD: geheim, MYSQL_USER: b, MYSQL_PASSWORD: p}\n  MYSQL_USER: app\n  MYSQL_DATABASE: s",
    ],
)
def test_root_and_the_user_are_made_of_variables_in_each_form(environment: str, accounts: Shown) -> None:
    text = "services:\n db:\n  image: mysql:8.4\n  environment:\n" + indent(environment, "  ")
    assert accounts(text) == [*ROOT, "app@(%) plain: (ALL) ON `s`.*"]


def test_a_file_of_the_first_version_has_its_services_at_the_top(accounts: Shown) -> None:
    assert accounts("db:\n  image: mysql\n  environment: [MYSQL_ROOT_PASSWORD=geheim]\nweb:\n  image: nginx\n") == ROOT


@pytest.mark.parametrize(
    ("variables", "root"),
    [
        (["MYSQL_ROOT_PASSWORD=x", "MYSQL_ROOT_HOST=10.%"], ["(root)@10.% plain", "(root)@(localhost) plain"]),
        (["MYSQL_ROOT_PASSWORD=x", "MYSQL_ROOT_HOST=localhost"], ["(root)@(localhost) plain"]),
        (["MYSQL_ROOT_PASSWORD=x", "MYSQL_ROOT_HOST=$$NET"], ["(root)@$NET plain", "(root)@(localhost) plain"]),
        (["MYSQL_ROOT_PASSWORD=x", "MYSQL_ROOT_HOST=$NET"], ["(root)@? plain", "(root)@(localhost) plain"]),
        (["MYSQL_ROOT_PASSWORD_FILE=/run/secrets/r"], ["(root)@(%) reference", "(root)@(localhost) reference"]),
        (["MYSQL_ROOT_PASSWORD=${P}"], ["(root)@(%) reference", "(root)@(localhost) reference"]),
        (["MYSQL_ROOT_PASSWORD"], ["(root)@(%) reference", "(root)@(localhost) reference"]),
        (["MYSQL_ROOT_PASSWORD=${P:-x}"], ["(root)@(%) plain", "(root)@(localhost) plain"]),
        (["MYSQL_ALLOW_EMPTY_PASSWORD=no"], ["(root)@(%) empty", "(root)@(localhost) empty"]),
        (["MYSQL_RANDOM_ROOT_PASSWORD=1"], ["(root)@(%) reference", "(root)@(localhost) reference"]),
        (["MYSQL_ALLOW_EMPTY_PASSWORD=1", "MYSQL_ROOT_PASSWORD=x"],
         ["(root)@(%) plain", "(root)@(localhost) plain"]),
        (["MYSQL_ROOT_PASSWORD="], []),
        (["MYSQL_HOST=db"], []),
    ],
)  # fmt: skip
def test_root_comes_from_where_the_entry_point_lets_it(variables: list[str], root: list[str], accounts: Shown) -> None:
    assert [line.partition(":")[0] for line in accounts(service("mysql:8.4", *variables))] == root


@pytest.mark.parametrize(
    ("image", "target"),
    [
        ("mysql:8.4", r"`my\_app`.*"),
        ("docker.io/library/mysql:8.4", r"`my\_app`.*"),
        ("arm64v8/mysql", r"`my\_app`.*"),
        ("mariadb", r"`my\_app`.*"),
        ("percona:8.0", "`my_app`.*"),
        ("percona/percona-server:8.0", "`my_app`.*"),
        ("mysql/mysql-server:8.0", "`my_app`.*"),
        ("bitnami/mysql:8.0", "`my_app`.*"),
    ],
)
def test_only_the_official_images_escape_underscores_in_the_grant(image: str, target: str, accounts: Shown) -> None:
    variables = ("MYSQL_ROOT_PASSWORD=x", "MYSQL_USER=app", "MYSQL_PASSWORD=p", "MYSQL_DATABASE=my_app")
    assert accounts(service(image, *variables))[-1] == f"app@(%) plain: (ALL) ON {target}"


def test_mariadb_prefers_its_own_variables_and_knows_hashes_and_replicas(accounts: Shown) -> None:
    variables = (
        "MYSQL_ROOT_PASSWORD=old", "MARIADB_ROOT_PASSWORD=x", "MYSQL_USER=old", "MARIADB_USER=new",
        "MARIADB_PASSWORD_HASH=*B2", "MARIADB_REPLICATION_USER=repl", "MARIADB_REPLICATION_PASSWORD=x",
    )  # fmt: skip
    assert accounts(service("mariadb:11.8", *variables)) == [
        *ROOT,
        "new@(%) hash",
        "repl@(%) plain: (REPLICATION SLAVE) ON (*.*)",
    ]
    assert accounts(service("mysql", "MARIADB_ROOT_PASSWORD=x")) == []  # which reads MYSQL_ alone


def test_oracles_image_keeps_root_at_home_unless_told(accounts: Shown) -> None:
    assert accounts(service("mysql/mysql-server", "MYSQL_DATABASE=a")) == [f"(root)@(localhost): {ALL}"]
    assert accounts(service("mysql/mysql-server", "MYSQL_ROOT_HOST=10.%"))[0] == f"(root)@10.%: {ALL}"


def test_bitnamis_images_have_one_root_whose_name_can_be_chosen(accounts: Shown) -> None:
    assert accounts(service("bitnami/mariadb", "MARIADB_ROOT_USER=boss", "MARIADB_ROOT_PASSWORD=x")) == [
        f"boss@(%) plain: {ALL}"
    ]
    assert accounts(service("bitnami/mysql", "ALLOW_EMPTY_PASSWORD=yes")) == [f"(root)@(%) empty: {ALL}"]


@pytest.mark.parametrize(
    ("variables", "what"),
    [
        (["MYSQL_ROOT_PASSWORD=x", "MYSQL_USER=app"], "no password: the image leaves the user out"),
        (["MYSQL_USER=app"], "no word on root's password, without which the image makes no accounts"),
    ],
)
def test_what_the_image_does_not_make_is_counted(variables: list[str], what: str, reading: Reading) -> None:
    (found,) = reading(service("mysql", *variables))
    assert [one.why for one in found.not_checked] == [what]
    assert all(account.user.value == "root" for account in found.accounts)  # type: ignore[union-attr]  # all Located


@pytest.mark.parametrize(
    ("image", "left"),
    [
        ("mysql", []),
        ("percona", []),
        ("mariadb", ["(root)@(%)", "(root)@(localhost)"]),
        ("bitnami/mysql", ["(root)@(%)"]),
        ("mysql/mysql-server", ["(root)@(localhost)"]),
    ],
)
def test_an_image_that_is_told_of_root_by_name_ends_or_leaves_it_out(image: str, left: list[str], made: Shown) -> None:
    assert made(service(image, "MYSQL_ROOT_PASSWORD=x", "MYSQL_USER=root", "MYSQL_PASSWORD=x")) == left


SET = "MARIADB_ROOT_PASSWORD=x"
BOTH = ["root@%", "root@localhost"]


@pytest.mark.parametrize(
    ("image", "variables", "left"),
    [
        ("mysql", ["MYSQL_ROOT_PASSWORD=x", "MYSQL_ROOT_PASSWORD_FILE=/run/x"], []),
        ("mysql", ["MYSQL_ROOT_PASSWORD=$X", "MYSQL_ROOT_PASSWORD_FILE=/run/x"], BOTH),
        ("mysql", ["MYSQL_ROOT_PASSWORD=it's"], []),
        ("mysql", ["MYSQL_ROOT_PASSWORD=a\\sb"], []),
        ("mysql", ["MYSQL_ROOT_PASSWORD=a\\tb"], BOTH),
        ("mariadb", ["MARIADB_ROOT_PASSWORD=it's"], BOTH),
        ("mysql", ["MYSQL_ROOT_PASSWORD=x", "MYSQL_USER=app", "MYSQL_PASSWORD=it's"], BOTH),
        ("mysql", ["MYSQL_ROOT_PASSWORD=x", "MYSQL_USER=o'hara", "MYSQL_PASSWORD=x"], BOTH),
        ("mariadb", [SET, "MARIADB_USER=o'hara", "MARIADB_PASSWORD=x"], BOTH),
        ("mariadb", [SET, "MARIADB_USER=app", "MARIADB_PASSWORD=it's"], [*BOTH, "app@%"]),
        ("mariadb", [SET, "MARIADB_ROOT_PASSWORD_HASH=*A1"], []),
        ("mariadb", ["MYSQL_ALLOW_EMPTY_PASSWORD=1", "MARIADB_ROOT_PASSWORD_HASH=*A1"], []),
        ("mariadb", [SET, "MARIADB_USER=app", "MYSQL_PASSWORD=x", "MARIADB_PASSWORD_HASH=*A1"], []),
        ("mariadb", [SET, "MARIADB_REPLICATION_USER=repl"], []),
        ("mariadb", [SET, "MARIADB_REPLICATION_USER=repl", "MARIADB_REPLICATION_PASSWORD=$X"], [*BOTH, "repl@%"]),
        ("mariadb", [SET, "MARIADB_MASTER_HOST=db"], []),
        ("mariadb", [SET, "MARIADB_MASTER_HOST=db", "MARIADB_REPLICATION_USER=repl"], []),
        (
            "mariadb",
            [SET, "MARIADB_USER=root", "MARIADB_PASSWORD=x", "MARIADB_ROOT_HOST=localhost"],
            ["root@localhost", "root@%"],
        ),
        ("mariadb", [SET, "MARIADB_MYSQL_LOCALHOST_USER=1"], [*BOTH, "mysql@localhost"]),
    ],
)
def test_an_image_ends_at_what_its_entry_point_refuses(
    image: str, variables: list[str], left: list[str], made: Shown
) -> None:
    assert [one.replace("(", "").replace(")", "") for one in made(service(image, *variables))] == left


def test_nothing_that_is_mounted_is_run_where_the_image_has_ended(made: Shown, tmp_path: Path) -> None:
    mount = "    volumes: [./init:/docker-entrypoint-initdb.d]\n"
    text = service("mariadb:11.8", SET, "MARIADB_USER=o'hara", "MARIADB_PASSWORD=x") + mount
    files = {"init/a.sql": "CREATE USER 'late'@'%' IDENTIFIED BY 'x';\n"}
    assert made(text, at=tmp_path, beside=files) == ["(root)@(%)", "(root)@(localhost)"]
    whole = text.replace("o'hara", "app")
    assert made(whole, at=tmp_path, beside=files)[2:] == ["app@(%)", "late@%"]


def test_a_script_in_capitals_is_passed_over(made: Shown, tmp_path: Path) -> None:
    text = service("mysql:8.4", "MYSQL_ROOT_PASSWORD=x") + "    volumes: [./init:/docker-entrypoint-initdb.d]\n"
    files = {f"init/{name}": f"CREATE USER '{name[0]}'@'%' IDENTIFIED BY 'x';\n" for name in ("a.sql", "B.SQL")}
    assert made(text, at=tmp_path, beside=files) == ["(root)@(%)", "(root)@(localhost)", "a@%"]


def test_a_password_for_once_is_that_of_root_at_any_host(reading: Reading) -> None:
    once = ["MYSQL_ROOT_PASSWORD=x", "MYSQL_ONETIME_PASSWORD=1"]
    (found,) = reading(service("mysql", *once))
    assert [account.is_expired for account in found.accounts] == [True, False]
    (found,) = reading(service("mysql", *once, "MYSQL_ROOT_HOST=10.%"))
    assert [account.is_expired for account in found.accounts] == [False, False]


def test_mariadbs_image_grants_what_it_is_told_to_mysql_at_localhost(accounts: Shown) -> None:
    variables = SET, "MARIADB_MYSQL_LOCALHOST_USER=1", "'MARIADB_MYSQL_LOCALHOST_GRANTS=SELECT, PROCESS'"
    assert accounts(service("mariadb", *variables))[-1] == "(mysql)@(localhost): SELECT,PROCESS ON (*.*)"


def test_places_are_those_of_the_line_and_of_the_value(reading: Reading) -> None:
    text = service("mysql", "MYSQL_ROOT_PASSWORD=x", '"MYSQL_USER=app"', "MYSQL_PASSWORD=p", "MYSQL_DATABASE=shop")
    (found,) = reading(text)
    root, _, app = found.accounts
    at = [root.host.span, app.user.span, app.host.span, app.grants[0].target.span]
    assert [text[span.start : span.end] for span in at] == [
        "MYSQL_ROOT_PASSWORD=x",
        "app",
        '"MYSQL_USER=app"',
        "shop",
    ]


def test_passwords_are_hidden_and_other_values_are_not(reading: Reading) -> None:
    text = (
        service("mysql", "MYSQL_ROOT_PASSWORD=geheim", "MYSQL_USER=app", "MYSQL_PASSWORD=hush")
        + "      - A_TOKEN=abc\n"
    )
    (found,) = reading(text)
    source = found.accounts[0].span.source
    hidden = {text[start:end] for start, end in source.secrets}
    assert hidden == {"geheim", "hush", "abc"}
