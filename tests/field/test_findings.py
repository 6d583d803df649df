"""What is said of a few declarations, as somebody who knows the servers would say it."""

import pytest

from grantlint.cli.main import main
from looks import Look


@pytest.mark.parametrize(("user", "findings"), [("{{ .Values.admin }}", 0), ("app", 1), ("root", 0)])
def test_of_a_name_that_nobody_knows_it_is_not_said_that_it_is_no_administrator(
    user: str, findings: int, look: Look
) -> None:
    seen = look({"a.sql.tpl": f"GRANT ALL ON *.* TO '{user}'@'localhost' WITH GRANT OPTION;\n"})
    assert len(seen.of("all-privileges-global")) == findings
    assert not seen.of("grant-option")
    assert bool(seen.counted) is user.startswith("{")


def test_to_expire_a_password_says_nothing_of_where_the_account_may_come_from(look: Look) -> None:
    seen = look({"a.sql": "ALTER USER 'a'@'%' PASSWORD EXPIRE;\nALTER USER 'b'@'%' IDENTIFIED BY RANDOM PASSWORD;\n"})
    assert seen.of("any-host") == ["a.sql:2"]


def test_a_star_in_quotes_is_no_star(look: Look) -> None:
    task = "- mysql_user: name=sonar host=localhost password={{ pw }} priv=sonar.\\*:ALL\n"
    sql = "GRANT ALL ON sonar.`*` TO s@h;\nGRANT ALL ON sonar.`sonar.*` TO s@h;\nGRANT ALL ON sonar.* TO s@h;\n"
    seen = look({"tasks.yml": task, "a.sql": sql})
    assert seen.of("grant-on-literal-star") == ["a.sql:1", "a.sql:2", "tasks.yml:1"]


def test_a_star_that_is_quoted_is_written_bare(look: Look) -> None:
    task = "- mysql_user: name=sonar host=localhost password={{ pw }} priv=sonar.\\*:ALL\n"
    assert "Write sonar.* here" in look({"tasks.yml": task}).messages
    grant = 'resource "mysql_grant" "g" {\n  user = "a"\n  host = "h"\n  database = "shop"\n  table = "shop.*"\n'
    told = look({"tasks.yml": "", "main.tf": grant + '  privileges = ["SELECT"]\n}\n'}).messages
    assert "Have the server get `shop`.*" in told
    assert "a \\ before each _" not in told


def test_a_doubled_backslash_covers_another_database_alone(look: Look) -> None:
    seen = look(
        {"a.sql": "GRANT SELECT ON `beat\\\\_p`.* TO 'v'@'h';\nGRANT SELECT ON `beat_p`.* TO 'v'@'h';\n"},
        "--profile",
        "pedantic",
    )
    assert seen.of("grant-underscore-unescaped") == ["a.sql:1", "a.sql:2"]
    assert "never covers `beat_p`: the backslash is doubled" in seen.messages
    assert "also covers databases such as `beatXp`" in seen.messages


@pytest.mark.parametrize(
    ("name", "comment"),
    [
        ("a.sql.j2", "{# grantlint: ignore[any-host] lab #}"),
        ("a.sql.tpl", "{{/* grantlint: ignore[any-host] lab */}}"),
        ("a.sql.tpl", "{{- /* grantlint: ignore[any-host] lab */ -}}"),
        ("a.sql.erb", "<%# grantlint: ignore[any-host] lab %>"),
        ("a.sql", "/* grantlint: ignore[any-host] lab */"),
    ],
)
def test_a_comment_of_a_template_or_a_block_silences(name: str, comment: str, look: Look) -> None:
    grant = "GRANT USAGE ON *.* TO 'x'@'%' REQUIRE SSL;"
    seen = look({name: f"{comment}\n{grant}\n"}, "--server", "mariadb-11.8")
    assert not seen.findings
    seen = look({name: f"{grant} {comment}\n"}, "--server", "mariadb-11.8")
    assert not seen.findings


REFUSED = """\
mysql_grant { 'backup@localhost/shop':
  privileges => ['RELOAD'],
  options    => ['GRANT'],
  table      => '*.*',
  user       => 'backup@localhost',
}
"""


def test_a_grant_that_a_newer_module_refuses_is_judged_all_the_same(look: Look) -> None:
    seen = look({"init.pp": REFUSED})
    assert seen.of("schema-error") == ["init.pp:1"]
    assert seen.of("grant-option") == ["init.pp:3"]
    assert "from 3.0.0 on: make" in seen.messages


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("Puppetfile", "mod 'puppetlabs-mysql', '2.3.1'\n", "from 3.0.0 on (Puppetfile names 2.3.1)"),
        (
            "Puppetfile",
            "mod 'puppetlabs-mysql',\n  :git => 'https://example.com/m',\n  :ref => '1.0.0'\n",
            "Puppetfile names 1.0.0",
        ),
        (
            "Puppetfile",
            'mod "puppetlabs/mysql", "16.2.0"\n',
            "puppetlabs-mysql 16.2.0, which Puppetfile names, refuses",
        ),
        ("Puppetfile", "mod 'other/mysql', '2.3.1'\nmod 'puppetlabs/stdlib', '9.0.0'\n", "from 3.0.0 on: make"),
        (
            "metadata.json",
            '{"dependencies": [{"name": "puppetlabs/mysql", "version_requirement": ">= 10.0.0 < 17.0.0"}]}',
            "puppetlabs-mysql 10.0.0 and later, which metadata.json names, refuses",
        ),
        (
            "metadata.json",
            '{"dependencies": [{"name": "puppetlabs/mysql", "version_requirement": ">= 2.0.0 < 4.0.0"}]}',
            "from 3.0.0 on: make",
        ),
        (
            ".fixtures.yml",
            "fixtures:\n  repositories:\n    mysql:\n      repo: https://example.com/m\n      ref: v9.0.0\n",
            "puppetlabs-mysql 9.0.0, which .fixtures.yml names, refuses",
        ),
    ],
)
def test_the_release_of_the_module_is_told_where_a_file_names_it(name: str, text: str, told: str, look: Look) -> None:
    seen = look({"manifests/init.pp": REFUSED, name: text})
    assert told in seen.messages


def test_grants_of_other_titles_are_in_one_catalogue(look: Look) -> None:
    grants = "".join(
        f"mysql_grant {{ '{title}': user => 'a@h', table => 'd.*', privileges => ['{word}'] }}\n"
        for title, word in (("one", "SELECT"), ("two", "DELETE"))
    )
    assert (
        len(look({"x.pp": f"mysql_user {{ 'a@h': plugin => 'caching_sha2_password' }}\n{grants}"}).of("schema-error"))
        == 2
    )
    assert main(["why", "a", "--from", "h", "-d", "d", "-p", "SELECT,DELETE", "--server", "mysql-8.4", "."]) == 0


@pytest.mark.parametrize(
    ("title", "user", "table", "is_refused"),
    [
        ("a@h/d.*", "a@h", "`d`.*", False),
        ("a@h/`d`.*", "a@h", "`d`.*", True),
        ("a@H/d.*", "a@H", "d.*", True),
        ("A@h/d.*", "A@h", "d.*", False),
        ("A@h/d.*", "a@h", "d.*", True),
    ],
)
def test_the_module_compares_a_title_as_it_writes_it(
    title: str, user: str, table: str, *, is_refused: bool, look: Look
) -> None:
    seen = look(
        {"x.pp": f"mysql_grant {{ '{title}': user => '{user}', table => '{table}', privileges => ['SELECT'] }}"}
    )
    assert bool(seen.of("schema-error")) is is_refused


@pytest.mark.parametrize(
    ("body", "faults", "made"),
    [
        ("", 2, 0),
        ("user => 'u'", 2, 3),
        ("user => 'u', password => $p", 0, 3),
        ("* => $all", 0, 4),
    ],
)
def test_a_database_without_user_and_password_is_refused_by_the_module(
    body: str, faults: int, made: int, look: Look
) -> None:
    seen = look({"a.pp": f"mysql::db {{ ['one', 'two']: {body} }}\nmysql_user {{ 'z@h': ensure => present }}\n"})
    assert len(seen.of("schema-error")) == faults
    assert len(seen.declared) == 1 + made


def service(image: str, *lines: str) -> dict[str, str]:
    written = "".join(f"      {line}\n" for line in lines)
    return {"compose.yml": f"services:\n  db:\n    image: {image}\n    environment:\n{written}"}


def test_the_image_of_mariadb_makes_its_user_at_a_host_that_is_told(look: Look) -> None:
    lines = ("MARIADB_ROOT_PASSWORD_FILE: /r", "MARIADB_ROOT_HOST: localhost", "MARIADB_USER: shop")
    more = ("MARIADB_USER_HOST: 10.0.3.%", "MARIADB_PASSWORD_FILE: /s", "MYSQL_USER_HOST: 10.1.%")
    assert "shop@10.0.3.%" in look(service("mariadb:11.8", *lines, *more)).declared
    assert "shop@%" in look(service("mariadb:11.8", *lines, *more[1:])).declared


def test_the_image_of_a_percona_cluster_is_known(look: Look) -> None:
    lines = ("MYSQL_ROOT_PASSWORD: ${P}", "MYSQL_USER: app", "MYSQL_PASSWORD: ${Q}", "MYSQL_DATABASE: shop_eu")
    seen = look(service("percona/percona-xtradb-cluster:8.0", *lines))
    assert [told for told in seen.declared if "@" in told and " " not in told] == ["app@%", "root@%", "root@localhost"]
    assert "ALL ON shop_eu.* TO app@%" in seen.declared
    joining = look(service("percona/percona-xtradb-cluster:8.0", *lines, "CLUSTER_JOIN: one"))
    assert joining.declared == []
    assert joining.counted
    unknown = look(service("registry.example.com/percona-server-group-replication-5.7", *lines))
    assert unknown.counted


def test_the_working_folder_of_a_mount_is_that_of_the_file(look: Look) -> None:
    compose = (
        "services:\n  db:\n    image: mysql:8.4\n    environment: {MYSQL_ROOT_PASSWORD: '${P}'}\n"
        '    volumes: ["${PWD}/db:/docker-entrypoint-initdb.d"]\n'
    )
    seen = look({"compose.yml": compose, "db/init.sql": "CREATE USER 'bot'@'web' IDENTIFIED BY RANDOM PASSWORD;\n"})
    assert "bot@web" in seen.declared
    assert not [place for place in seen.counted if place.startswith("compose.yml:5")]
    assert seen.of("name-under-skip-name-resolve") == ["db/init.sql:1"]


def test_a_grant_without_privileges_is_refused_by_the_module(look: Look) -> None:
    seen = look({"x.pp": "mysql_grant { 'a@h/d.*': user => 'a@h', table => 'd.*' }\n"})
    assert seen.of("schema-error") == ["x.pp:1"]


def test_a_sign_between_quotes_is_no_host_of_another_database(look: Look) -> None:
    text = "SELECT split_part(email, '@', 1) FROM people;\nGRANT USAGE ON SCHEMA public TO anon;\n"
    assert look({"a.sql": text}).findings == []
    assert look({"a.sql": f"{text}CREATE USER ''@'localhost';\n"}).of("anonymous-account") == ["a.sql:3"]


def test_the_client_drops_a_backslash_at_the_end_of_a_line(look: Look) -> None:
    assert not look({"a.sql": "GRANT ALL ON heat.* TO 'heat'@'localhost' \\\nREQUIRE SSL;\n"}).of("syntax-error")
    assert look({"a.sql": "GRANT ALL ON heat.* TO 'heat'@'localhost' \\ \nREQUIRE SSL;\n"}).of("syntax-error")


def test_a_name_in_capitals_and_braces_is_still_to_come(look: Look) -> None:
    made = "CREATE USER '{DB_USER}'@'%' IDENTIFIED BY '{DB_PW}';\n"
    seen = look({"a.sql": made + "GRANT ALL ON {DB}.* TO '{DB_USER}'@'%';\n"})
    assert seen.of("syntax-error") == []
    assert "{DB_USER}@'%' may connect from any host" in seen.messages


def test_a_database_without_a_name_in_defaults_is_to_be_filled(look: Look) -> None:
    task = "- mysql_user: {name: app, host: db1, password: '{{ pw }}', priv: '{{ shop_db }}.*:ALL'}\n"
    files = {"roles/shop/tasks/main.yml": task, "roles/shop/defaults/main.yml": "shop_db: ''\n"}
    assert look(files).of("syntax-error") == []
    written = "- mysql_user: {name: app, host: db1, password: '{{ pw }}', priv: '.*:ALL'}\n"
    assert look({"t.yml": written}).of("syntax-error")


def test_root_is_there_before_two_tasks_set_its_password(look: Look) -> None:
    alter = "- command: mysql -e 'ALTER USER `root`@`localhost` IDENTIFIED BY \"{{ pw }}\"'\n  when: fresh.rc == 0\n"
    task = "- mysql_user: {name: root, password: '{{ pw }}'}\n  when: fresh.rc != 0\n"
    assert look({"t.yml": alter + task}).of("duplicate-account") == []


def test_who_comes_by_the_socket_alone_comes_from_nowhere_else(look: Look) -> None:
    made = "CREATE USER 'a'@'%' IDENTIFIED VIA unix_socket{};\n"
    assert look({"a.sql": made.format("")}).of("any-host") == []
    assert look({"a.sql": made.format(" OR ed25519 USING '{{ hash }}'")}).of("any-host") == ["a.sql:1"]


def test_one_place_of_a_loop_and_one_port_are_one_mistake(look: Look) -> None:
    users = "- mysql_user: {name: '{{ item }}', host: '%', password: '{{ pw }}'}\n  loop: [a, b]\n"
    assert look({"t.yml": users}).of("any-host") == ["t.yml:1"]
    db = "services:\n  db:\n    image: mysql:8.4\n    restart: always\n    ports: ['3306:3306']\n"
    mounts = "    volumes: ['./a.sql:/docker-entrypoint-initdb.d/a.sql']\n"
    sql = "CREATE USER a@'%' IDENTIFIED BY RANDOM PASSWORD;\nCREATE USER b@'%' IDENTIFIED BY RANDOM PASSWORD;\n"
    compose = f"{db}{mounts}    environment: {{MYSQL_ROOT_PASSWORD: '${{ROOT:?}}', MYSQL_ROOT_HOST: localhost}}\n"
    assert look({"compose.yml": compose, "a.sql": sql}).of("any-host") == ["a.sql:1", "t.yml:1"]


def test_passwords_that_one_image_is_given_are_one_mistake(look: Look) -> None:
    db = "services:\n  db:\n    image: mysql:8.4\n    restart: always\n    environment:\n"
    given = "      MYSQL_ROOT_PASSWORD: Tr0ub4dor\n      MYSQL_USER: app\n      MYSQL_PASSWORD: Tr1ub5dor\n"
    assert look({"compose.yml": db + given}).of("plain-text-password") == ["compose.yml:6"]


def test_what_an_image_starts_with_cannot_know_whose_network_it_is(look: Look) -> None:
    text = "#!/bin/sh\nmysql -e \"CREATE USER '$APP'@'%' IDENTIFIED BY '$PW'\"\n"
    assert look({"docker-entrypoint.sh": text}).of("any-host") == []
    assert look({"docker-entrypoint.sh": text}, "--profile", "hardened").of("any-host") == ["docker-entrypoint.sh:2"]
    assert look({"setup.sh": text}).of("any-host") == ["setup.sh:2"]


def test_rights_of_one_user_and_writes_to_grant_tables_are_one_mistake(look: Look) -> None:
    made = "CREATE USER {0} IDENTIFIED BY RANDOM PASSWORD;\nGRANT ALL ON *.* TO {0};\n"
    assert look({"a.sql": made.format("kodi@h") + made.format("kodi@k")}).of("all-privileges-global") == ["a.sql:2"]
    writes = (
        "UPDATE mysql.user SET plugin = '' WHERE user = 'root';\nUPDATE mysql.user SET plugin = '' WHERE user = 'a';\n"
    )
    assert look({"b.sql": f"{writes}FLUSH PRIVILEGES;\n"}, only="b.sql").of("direct-grant-table-write") == ["b.sql:1"]


def test_rows_and_structure_of_everything_are_one_mistake(look: Look) -> None:
    sql = "CREATE USER a@h IDENTIFIED BY RANDOM PASSWORD;\nGRANT SELECT, INSERT, DROP ON *.* TO a@h;\n"
    seen = look({"a.sql": sql})
    assert (seen.of("global-ddl"), seen.of("global-dml")) == (["a.sql:2"], [])
