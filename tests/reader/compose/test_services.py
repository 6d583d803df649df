"""Which services are servers, of which product, with which settings and files."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from grantlint.access import ServerSettings, parse_target
from grantlint.model import Declarations
from grantlint.model.location import Located, Source, Unresolved
from grantlint.reader.files.formats import FORMATS, format_named
from grantlint.reader.formats.compose.document import read
from grantlint.reader.sql.document import read as read_sql
from grantlint.servers.grouping import group
from told import account_told

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

ENVIRONMENT = "environment: {MYSQL_ROOT_PASSWORD: x}"


def one_service(lines: str, name: str = "db") -> str:
    return f"services:\n  {name}:\n    {ENVIRONMENT}\n" + "".join(f"    {line}\n" for line in lines.splitlines())


@pytest.mark.parametrize(
    ("image", "product"),
    [
        ("mysql:8.4", "mysql-8.4"),
        ("mysql:8.0.33-debian", "mysql-8.0.33"),
        ("mysql:8", "mysql-8"),
        ("mysql:latest", "mysql"),
        ("mysql", "mysql"),
        ("'mariadb:10.11.6-jammy'", "mariadb-10.11.6"),
        ("docker.io/library/mariadb:lts", "mariadb"),
        ("percona:ps-8.0", "percona-8.0"),
        ("percona/percona-server:8.0.35-27.1", "percona-8.0.35"),
        ("bitnami/mysql:8.0.36-debian-11-r4", "mysql-8.0.36"),
        ("mysql:8.4@sha256:00ff", "mysql-8.4"),
        ("mysql:${V:-8.4}", "mysql-8.4"),
        ("mysql@sha256:00ff", "mysql"),
        ("mysql:${V}", None),
        ("mysql:nightly", "mysql"),
        ("mysql:3.23", None),
    ],
)
def test_the_tag_says_which_server_it_is(image: str, product: str | None, reading: Reading) -> None:
    (found,) = reading(one_service(f"image: {image}"))
    assert found.accounts
    assert found.server is not None
    said = found.server.product
    assert (said.value if isinstance(said, Located) else None) == product
    if product:
        parse_target(product)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("build: ./db", "the image is built here"),
        ("deploy: {}", "the image is named elsewhere"),
        ("image: registry.example.com/mysql:8", "nothing is known of the image registry.example.com/mysql"),
        ("image: linuxserver/mariadb", "nothing is known of the image linuxserver/mariadb"),
        ("image: mariadb\nbuild: ./requirements/mariadb", "the image is built here"),
        ("image: ${IMAGE}", "the image is a variable"),
    ],
)
def test_a_server_of_an_unknown_image_is_counted(lines: str, why: str, reading: Reading) -> None:
    (found,) = reading(one_service(lines))
    (root,) = found.accounts
    assert account_told(root) == "(root)@?"
    assert isinstance(root.host, Unresolved)
    assert root.host.reason == why
    assert found.not_checked == []


def test_of_an_unknown_image_only_passwords_that_stand_there_are_read(reading: Reading) -> None:
    environment = "{MYSQL_ROOT_PASSWORD: $P, MARIADB_USER: app, MYSQL_PASSWORD: x, MYSQL_DATABASE: shop}"
    (found,) = reading(one_service("build: ./db").replace(ENVIRONMENT, f"environment: {environment}"))
    assert [account_told(one) for one in found.accounts] == ["app@?"]
    assert found.not_checked == []
    for nobodys in ("{MYSQL_ROOT_PASSWORD: $P}", "{MYSQL_RANDOM_ROOT_PASSWORD: 1, MYSQL_PASSWORD: $P}"):
        (found,) = reading(one_service("build: ./db").replace(ENVIRONMENT, f"environment: {nobodys}"))
        assert found.accounts == []
        assert [one.why for one in found.not_checked] == ["the image is built here"]
    assert reading(one_service("build: ./app").replace(ENVIRONMENT, "environment: {MYSQL_PASSWORD: x}")) == []


@pytest.mark.parametrize("inside", ["/var/lib/mysql", "/docker-entrypoint-initdb.d", "/etc/mysql/conf.d"])
def test_an_image_of_another_name_that_has_the_files_of_a_server_is_one(inside: str, reading: Reading) -> None:
    (found,) = reading(one_service(f"image: our/node\nvolumes: ['./here:{inside}']"))
    assert [account_told(one) for one in found.accounts] == ["(root)@?"]
    unset = one_service(f"image: our/node\nvolumes: ['./here:{inside}']").replace("ROOT_PASSWORD", "USER")
    assert reading(unset) == []


def test_what_is_built_here_and_has_no_name_of_a_server_may_be_its_client(reading: Reading) -> None:
    for name, build in (("db1", "./x"), ("a", "./mysql"), ("a", "{context: ./my-database}")):
        (found,) = reading(one_service(f"build: {build}", name))
        assert [account_told(one) for one in found.accounts] == ["(root)@?"]
    (found,) = reading(one_service("build: ./requirements/web", "web"))
    assert found.accounts == []
    assert [one.why for one in found.not_checked] == ["the image is built here"]


def test_a_file_is_taken_by_the_folder_that_its_server_is_built_in() -> None:
    known = format_named("compose")
    assert known is not None
    for build in ("build: requirements/mariadb", "build: {context: ./mysql}"):
        assert known.claims("docker-compose.yml", f"services:\n  db:\n    {build}\n    env_file: .env\n")
    assert not known.claims("docker-compose.yml", "services:\n  mysql:\n    build: ./app\n    env_file: .env\n")


@pytest.mark.parametrize(
    "lines",
    [
        "image: wordpress",
        "image: zabbix/zabbix-server-mysql",
        "image: phpmyadmin/phpmyadmin",
        "image: mysql\nentrypoint: mysqldump",
        "image: mysql\nentrypoint: [sh, -c, 'mysql -h db < x.sql']",
        "image: mysql\ncommand: mysqladmin ping",
        "image: mysql\ncommand: [sh, -c, sleep 10]",
    ],
)
def test_clients_and_other_images_declare_nothing(lines: str, reading: Reading) -> None:
    assert reading(one_service(lines)) == []


@pytest.mark.parametrize(
    "command",
    [
        "command: mysqld --skip-name-resolve --bind-address=10.0.0.1",
        "command: --skip_name_resolve=1 --bind-address=10.0.0.1 --port=3307",
        "command: [mysqld, --skip-name-resolve, --bind-address, 10.0.0.1]",
        "command:\n- --loose-skip-name-resolve=ON\n- --bind-address=${ADDRESS:-10.0.0.1}",
        'command: sh -c "docker-entrypoint.sh mysqld --skip-name-resolve --bind-address=10.0.0.1"',
        "command: >-\n  --skip-name-resolve\n  --bind-address=10.0.0.1",
        "entrypoint: docker-entrypoint.sh\ncommand: mariadbd --bind-address=10.0.0.1 --skip-name-resolve",
    ],
)
def test_options_of_the_command_are_settings(command: str, reading: Reading) -> None:
    if "sh -c" in command:
        command = command.replace('"', "")
    (found,) = reading(one_service(f"image: mysql\n{command}"))
    assert found.server is not None
    settings = {name: value.value for name, value in found.server.settings.items() if isinstance(value, Located)}
    assert settings["bind_address"] == "10.0.0.1"
    assert settings["skip_name_resolve"] in {"ON", "1"}


def test_an_option_with_a_variable_is_unresolved_and_has_its_place(reading: Reading) -> None:
    text = one_service("image: mysql\ncommand: mysqld --default-authentication-plugin=$PLUGIN --partial-revokes=on")
    (found,) = reading(text)
    assert found.server is not None
    assert isinstance(found.server.settings["default_authentication_plugin"], Unresolved)
    place = found.server.settings["partial_revokes"].span
    assert text[place.start : place.end] == "--partial-revokes=on"


def test_several_services_are_several_servers(reading: Reading) -> None:
    text = (
        "x-env: &env\n  environment: {MYSQL_ROOT_PASSWORD: x}\n"
        "services:\n  a: {image: mysql, <<: *env, profiles: [test]}\n  b: {image: mariadb, <<: *env}\n"
        "  c: {extends: {service: a}}\n  d: {extends: a, image: 'mysql:8.4'}\n"
    )
    assert [server.name for server in group(reading(text))] == [f"compose:compose.yml:{name}" for name in "abcd"]


def test_mounted_scripts_belong_to_the_server_of_the_service(reading: Reading) -> None:
    found = reading(
        one_service(
            "image: mysql:8.4\nvolumes:\n- ./init:/docker-entrypoint-initdb.d:ro\n- data:/var/lib/mysql\n"
            "- {type: bind, source: ./extra/b.sql, target: /docker-entrypoint-initdb.d/b.sql}\n"
            "- ./conf:/etc/mysql/conf.d"
        )
    )
    scripts = [
        one
        for path in ("init/a.sql", "extra/b.sql", "extra/c.sql", "init/deeper/d.sql")
        for one in read_sql(Source(path, "CREATE USER 'x'@'10.0.0.1';"))
    ]
    assert found[0].includes == ("init", "extra/b.sql", "conf")
    assert [(server.name, len(server.accounts)) for server in group([*scripts, *found])] == [
        ("compose:compose.yml:db", 4),
        ("extra/c.sql", 1),
        ("init/deeper/d.sql", 1),
    ]


def test_variables_come_from_the_files_beside(accounts: Shown, tmp_path: Path) -> None:
    beside = {
        ".env": "DB_USER=fromenv\nexport TAG='8.4'\n# X=1\nDB_PASSWORD=hush\n",
        "db.env": 'MYSQL_USER="elsewhere"\nMYSQL_ROOT_HOST=10.% # net\nMYSQL_DATABASE=$X\nMYSQL_ROOT_PASSWORD=hush\n',
    }
    text = (
        "services:\n  db:\n    image: mysql:$TAG\n    env_file: db.env\n    environment:\n"
        "      MYSQL_USER: ${DB_USER:-app}\n      MYSQL_PASSWORD: $DB_PASSWORD\n"
    )
    assert accounts(text, at=tmp_path, beside=beside) == [
        "(root)@10.% reference: (ALL) ON (*.*) +GRANT",
        "(root)@(localhost) reference: (ALL) ON (*.*) +GRANT",
        "fromenv@(%) reference: (ALL) ON ?",
    ]


def test_an_env_file_that_is_not_here_leaves_open_what_it_may_say(reading: Reading, accounts: Shown) -> None:
    text = "services:\n  db:\n    image: mysql\n    env_file: [secret.env]\n    environment: {MYSQL_USER: app}\n"
    (found,) = reading(text)
    assert [one.why for one in found.not_checked] == ["the env_file secret.env is not here"]
    shown = [line.partition(":")[0] for line in accounts(text)]
    assert shown == ["(root)@? reference", "(root)@(localhost) reference", "app@(%) reference"]


@pytest.mark.parametrize("kind", ["outside", "link out", "pipe", "folder", "binary", "large"])
def test_an_env_file_that_is_no_file_of_the_tree_is_not_read(kind: str, reading: Reading, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    (tree / "sub").mkdir(parents=True)
    (tmp_path / "secret.env").write_text("MYSQL_ROOT_HOST=10.%\n", encoding="utf-8")
    path = tree / "sub" / "my.env"
    if kind == "link out":
        path.symlink_to(tmp_path / "secret.env")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "binary":
        path.write_bytes(b"MYSQL_ROOT_HOST=\xff\0")
    elif kind == "large":
        path.write_text("MYSQL_ROOT_HOST=10.%\n" * 20_000, encoding="utf-8")
    name = "../secret.env" if kind == "outside" else "sub/my.env"
    (found,) = reading(one_service(f"image: mysql\nenv_file: {name}"), at=tree)
    assert isinstance(found.accounts[0].host, Unresolved)


def test_a_template_is_read_as_far_as_it_goes(accounts: Shown) -> None:
    text = (
        "services:\n{% if x %}\n  db:\n    image: mysql:8.4\n    environment:\n      MYSQL_ROOT_PASSWORD: {{ p }}\n"
        "      MYSQL_USER: '{{ user }}'\n      MYSQL_PASSWORD: x\n{% endif %}\n"
    )
    assert [line.partition(":")[0] for line in accounts(text)] == [
        "(root)@(%) reference",
        "(root)@(localhost) reference",
        "?@(%) plain",
    ]


@pytest.mark.parametrize(
    ("path", "text", "claimed"),
    [
        ("docker-compose.yml", "db:\n  image: mysql\n", True),
        ("stack.yml", "version: '3'\nservices:\n  db:\n    image: bitnami/mariadb\n", True),
        ("stack.yml", "services:\n  db:\n    build: .\n    environment:\n      - MYSQL_ROOT_PASSWORD=x\n", True),
        ("ci.yml", "jobs:\n  test:\n    services:\n      db:\n        image: mysql\n", False),
        ("app.yml", "spec:\n  image: mysql\n", False),
        ("docker-compose.yml", "services:\n  web:\n    image: nginx # for mysql\n", False),
    ],
)
def test_compose_files_are_told_from_other_yaml(path: str, text: str, claimed: bool) -> None:  # noqa: FBT001 - a table
    claimant = next((known.name for known in FORMATS if known.claims(path, text)), None)
    assert (claimant == "compose") is claimed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "services:",
        "services: []",
        "services: {db: mysql}",
        "services: {db: {image: [mysql]}}",
        "services: {db: {image: mysql, environment: MYSQL_ROOT_PASSWORD=x}}",
        "services: {db: {image: mysql, environment: [{A: b}, 3], volumes: [[], {}], command: {a: b}, env_file: {}}}",
        "services: {db: {image: mysql, extends: {service: db}}}",
        "- services",
    ],
)
def test_odd_shapes_declare_nothing(text: str, reading: Reading) -> None:
    assert [account for found in reading(text) for account in found.accounts] == []


def test_broken_yaml_is_a_fault_that_shows_no_password() -> None:
    source = Source("compose.yml", "services:\n  db:\n    image: mysql\n   environment:\n      MYSQL_PASSWORD: hush\n")
    (found,) = read(source)
    assert [fault.rule for fault in found.faults] == ["syntax-error"]
    assert "hush" in {source.text[start:end].strip() for start, end in source.secrets}


def test_the_format_has_a_reader() -> None:
    known = format_named("compose")
    assert known is not None
    assert known.read(Source("compose.yml", one_service("image: mysql")))


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ("image: mysql:8.4", "on"),
        ("image: mariadb", "on"),
        ("image: percona:8.0\nvolumes: [data:/var/lib/mysql, './a.cnf:/etc/my.cnf.d/a.cnf']", "on"),
        ("image: mysql/mysql-server", None),
        ("image: bitnami/mysql", None),
        ("image: mysql\ncommand: --skip-name-resolve=OFF", "off"),
        ("image: mysql\nvolumes: ['./conf:/etc/mysql/conf.d:ro']", None),
        ("image: mysql\nvolumes: ['${CONF}/my.cnf:/etc/my.cnf']", None),
        (
            "image: mariadb\nvolumes: [{type: bind, source: ./x, target: /etc/mysql/mariadb.conf.d/05-skipcache.cnf}]",
            None,
        ),
        ("image: mysql\nconfigs: [{source: x, target: /etc/my.cnf}, plain]", None),
    ],
)
def test_the_image_s_own_option_file_counts_where_nothing_takes_its_place(
    lines: str, shown: str | None, reading: Reading
) -> None:
    (server,) = group(reading(one_service(lines)))
    assert ServerSettings.of(server.facts).value("skip_name_resolve") == shown


JINJA = """
version: '2'
services:
  {% for name in names %}
  web-{{ name }}:
    image: web:{{ version }}
    ports: [{{ port }}:80]
  {% endfor %}
  db:
    image: mariadb:{{ version_db }}
    volumes:
      - {{ folder }}/db:/var/lib/mysql
    environment:
      MYSQL_USER: nextcloud
      MYSQL_DATABASE: {{ database }}
      MYSQL_PASSWORD: {{ password }}
      MYSQL_RANDOM_ROOT_PASSWORD: 'yes'
"""


def test_what_a_template_fills_in_is_unresolved(accounts: Shown) -> None:
    assert accounts(JINJA) == [
        "(root)@(%) reference: (ALL) ON (*.*) +GRANT",
        "(root)@(localhost) reference: (ALL) ON (*.*) +GRANT",
        "nextcloud@(%) reference: (ALL) ON ?",
    ]


@pytest.mark.parametrize("lines", ["{{ variables | indent(6) }}", "MYSQL_USER: app\n      {{ more }}"])
def test_a_template_may_add_variables(lines: str, reading: Reading) -> None:
    text = f"services:\n  db:\n    image: mysql\n    environment:\n      MYSQL_ROOT_PASSWORD: x\n      {lines}\n"
    if "indent" in lines:
        text = text.replace("      MYSQL_ROOT_PASSWORD: x\n", "")
    (found,) = reading(text)
    assert [missed.why for missed in found.not_checked] == ["a template may add variables"]


def test_a_template_that_is_no_yaml_is_not_checked(reading: Reading) -> None:
    (found,) = reading("services:\n  db:\n    image: mysql\n   {{ x }}\n  environment: [\n")
    assert (found.faults, [missed.why for missed in found.not_checked]) == ([], ["a template that is no YAML yet"])


def test_a_template_in_an_env_file_is_unresolved(tmp_path: Path, accounts: Shown) -> None:
    text = "services:\n  db:\n    image: mysql\n    env_file: db.env\n"
    beside = {"db.env": "MYSQL_ROOT_PASSWORD={{ secret }}\nMYSQL_USER={{ user }}\nMYSQL_PASSWORD='{{ password }}'\n"}
    assert accounts(text, at=tmp_path, beside=beside)[-1] == "?@(%) reference"


@pytest.mark.parametrize(("mounted", "known"), [("/entrypoint.sh", False), ("/srv/entrypoint.sh", True)])
def test_what_a_mounted_start_makes_is_not_known(mounted: str, known: bool, reading: Reading) -> None:  # noqa: FBT001
    (found,) = reading(
        one_service(f"image: mysql:8.4\nentrypoint: sh /entrypoint.sh\nvolumes: ['./entrypoint.sh:{mounted}:ro']")
    )
    assert any(isinstance(account.host, Unresolved) for account in found.accounts) is not known
