"""Shell scripts and SQL as people write them."""

from pathlib import Path

import pytest

from grantlint.cli.main import main
from looks import Look


@pytest.mark.parametrize("name", ["rights", "appGrant", "REVOKE_LIST"])
def test_a_word_within_a_variable_is_no_statement(name: str, look: Look) -> None:
    script = (
        "#!/bin/bash\nwrite() {\n"
        "  echo \"CREATE USER app@localhost IDENTIFIED BY '$pw';\"\n"
        f'  echo "GRANT ${name} ON *.* TO app@localhost;"\n'
        "}\nsql=$(write)\nmysql <<SQL\n${sql}\nSQL\n"
    )
    assert look({"a.sh": script}).declared == ["? ON *.* TO app@localhost", "app@localhost"]


@pytest.mark.parametrize(
    ("statement", "declared"),
    [
        ("GRANT ALL ON *.* TO '$WHO'@'10.%' ${TLS}", ["ALL ON *.* TO ?@10.%"]),
        ("GRANT SELECT ON shop.* TO 'a'@'h' ${TLS} WITH GRANT OPTION", ["SELECT ON shop.* TO a@h +GRANT"]),
        ("CREATE USER ${MAYBE} 'a'@'h'", ["a@h"]),
        ("GRANT SELECT ON shop.* TO 'a'${X}@'h'", []),
    ],
)
def test_words_that_a_variable_may_add_leave_the_rest_known(statement: str, declared: list[str], look: Look) -> None:
    seen = look({"a.sh": f"#!/bin/bash\nmysql -e \"CREATE USER 'z'@'h'\"\nmysql -e \"{statement}\"\n"})
    assert seen.declared == sorted([*declared, "z@h"])
    assert "a.sh:3" in seen.counted


def test_variables_with_one_literal_in_the_script_are_known(look: Look) -> None:
    script = (
        "#!/bin/sh\nDBUSER=app\nDBPASS='open sesame'\n"
        "mysql <<EOF\n"
        "CREATE USER '$DBUSER'@'10.0.3.7' IDENTIFIED BY '$DBPASS';\n"
        "GRANT SELECT ON ${DBUSER}_db.* TO '${DBUSER}'@'10.0.3.7';\nEOF\n"
    )
    seen = look({"a.sh": script})
    assert seen.declared == ["SELECT ON app_db.* TO app@10.0.3.7", "app@10.0.3.7"]
    assert seen.of("plain-text-password") == ["a.sh:3"]
    assert "sesame" not in seen.messages


@pytest.mark.parametrize(
    "lines",
    [
        "WHO=a\nWHO=b",
        "WHO=${WHO:-a}",
        "if true; then\nWHO=a\nfi",
        "f() {\nWHO=a\n}",
        "WHO=a\nread -r WHO",
        "WHO=a\nfor WHO in b; do :; done",
        "WHO=a\n. ./settings",
        "WHO=$(id -un)",
        "WHO=a\ncase $1 in -u) WHO=$2;; esac",
        "  WHO=a",
        "WHO=a sudo sh -c x",
    ],
)
def test_a_variable_that_something_else_may_set_is_not_known(lines: str, look: Look) -> None:
    seen = look({"a.sh": f"#!/bin/bash\n{lines}\nmysql -e \"CREATE USER '$WHO'@'h'\"\n"})
    assert seen.declared == ["?@h"]
    assert seen.counted


def test_a_loop_over_literals_is_unrolled(look: Look) -> None:
    script = (
        "#!/bin/bash\nfor h in localhost '10.0.3.%' \"web\"; do\n"
        "  mysql -e \"CREATE USER 'app'@'$h'; GRANT SELECT ON shop.* TO 'app'@'${h}'; CREATE USER IF NOT EXISTS r@r\"\n"
        "done\nfor h in $HOSTS; do mysql -e \"CREATE USER 'b'@'$h'\"; done\n"
    )
    assert look({"a.sh": script.replace("$HOSTS", "10.1.1.1", 0)}).declared.count("r@r") == 1
    once = script.partition("for h in $HOSTS")[0]
    assert look({"a.sh": once}).declared == sorted(
        [f"app@{h}" for h in ("localhost", "10.0.3.%", "web")]
        + [f"SELECT ON shop.* TO app@{h}" for h in ("localhost", "10.0.3.%", "web")]
        + ["r@r"]
    )


def test_a_container_that_a_function_starts_is_counted_where_it_is_called(look: Look) -> None:
    script = (
        '#!/bin/bash\nbegin() {\n  docker run -d "$@"\n}\n'
        'begin -e MARIADB_ROOT_PASSWORD=x -e MARIADB_USER=app "$image"\n'
        "more=(-e MYSQL_ROOT_PASSWORD=y)\n"
    )
    assert look({"a.sh": script}).counted == ["a.sh:5", "a.sh:6"]
    alone = "#!/bin/bash\nsend -e MARIADB_ROOT_PASSWORD=x\n"
    assert look({"a.sh": alone}).counted == []


@pytest.mark.parametrize("command", ["delimiter ||;", "DELIMITER ||", "delimiter ||"])
def test_a_delimiter_as_test_suites_set_it(command: str, look: Look) -> None:
    text = (
        f"{command}\nuse test||\nCREATE USER app@localhost||\n"
        "CREATE PROCEDURE p()\nBEGIN\n  SELECT 1;\nEND||\ndelimiter ;||\nCREATE USER b@localhost;\n"
    )
    seen = look({"a.sql": text if command.endswith(";") else text.replace("delimiter ;||", "delimiter ;")})
    assert seen.declared == ["app@localhost", "b@localhost"]
    assert not seen.of("syntax-error")


@pytest.mark.parametrize("only", [".", "make"])
def test_a_file_without_a_suffix_is_what_its_first_line_says_also_where_it_is_named(only: str, look: Look) -> None:
    script = "#!/bin/bash\n# mysql_user of the probe\nmysql -e \"CREATE USER 'probe'@'%' IDENTIFIED BY 'x'\"\n"
    assert look({"make": script}, only=only).declared == ["probe@%"]


@pytest.mark.parametrize(
    "literal", ["'host name of the client'", "'Shop::orders'", "'ask the owner to pay'", "'GRANT CONNECT'"]
)
def test_words_of_literals_do_not_tell_the_dialect(literal: str, look: Look) -> None:
    sql = f"CREATE USER app IDENTIFIED BY 'x';\nGRANT ALL ON *.* TO app;\nINSERT INTO shop.audit VALUES ({literal});\n"
    seen = look({"a.sql": sql, "b.sh": f"#!/bin/sh\nmysql <<SQL\n{sql}SQL\n"})
    assert seen.declared == ["ALL ON *.* TO app@%"] * 2 + ["app@%"] * 2


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("GARNT SELECT ON shop.* TO 'app'@'h'", 1),
        ("CREAT USER 'b'@'h'", 1),
        ("REVOK ALL ON shop.* FROM 'app'@'h'", 1),
        ("CREATE TABEL t (a INT)", 1),
        ("DROP DATABSE shop", 1),
        ("CRAETE DATABASE shop", 1),
        ("INSRT INTO t VALUES (1)", 1),
        ("SELCT a FROM t", 1),
        ("FLUSH PRIVILEGE", 1),
        ("FLUSH TABLES", 0),
        ("CREATE OR REPLACE VIEW v AS SELECT 1", 0),
        ("CREATE DEFINER = root@localhost VIEW v AS SELECT 1", 0),
        ("CREATE UNIQUE INDEX i ON t (a)", 0),
        ("COPY t FROM STDIN", 0),
        ("ANALYZE TABLE t", 0),
        ("GREAT news ON monday TO all", 1),
        ("PLEASE run ON the server TO end", 0),
    ],
)
def test_a_misspelt_statement_among_account_statements_is_a_finding(statement: str, found: int, look: Look) -> None:
    seen = look({"a.sql": f"CREATE USER 'app'@'h' REQUIRE SSL;\n{statement};\nGRANT SELECT ON shop.* TO 'app'@'h';\n"})
    assert seen.of("syntax-error") == ["a.sql:2"] * found
    assert seen.declared == ["SELECT ON shop.* TO app@h", "app@h"]


def test_a_misspelt_statement_in_a_file_without_accounts_is_none_of_ours(look: Look) -> None:
    assert not look({"a.sql": "USE shop;\nINSRT INTO user_grants VALUES (1);\nFLUSH TABLES;\n"}).of("syntax-error")


@pytest.mark.parametrize("statement", ["CREATE TABEL t (a INT)", "INSRT INTO t VALUES (1)", "FLUSH PRIVILEGE"])
def test_a_client_ends_at_a_misspelt_statement(statement: str, tmp_path: Path) -> None:
    script = tmp_path / "a.sql"
    script.write_text(f"{statement};\nCREATE USER late;\n", encoding="utf-8")
    assert main(["why", "late", "--from", "10.0.0.1", str(script)]) == 1


@pytest.mark.parametrize("fed", ["mysql -u root shop < accounts.sql", "cat accounts.sql | mysql -u root"])
def test_a_file_that_a_client_gets_may_make_the_account(fed: str, look: Look) -> None:
    script = "#!/bin/sh\nmysql -e 'DROP USER app@localhost'\n{0}\nmysql -e 'GRANT ALL ON shop.* TO app@localhost'\n"
    assert not look({"a.sh": script.format(fed)}, "--server", "mysql-8.4").of("statement-rejected")
    assert look({"a.sh": script.format("true")}, "--server", "mysql-8.4").of("statement-rejected") == ["a.sh:4"]


def test_a_task_that_never_runs_declares_nothing(look: Look) -> None:
    task = "- mysql_user: name=ghost host=% password={{ p }}\n  when: WHEN\n"
    for when, declared in (("false", []), ("[ready, no]", []), ("x and false", []), ("ready", ["ghost@%"])):
        seen = look({"tasks.yml": f"{task.replace('WHEN', when)}- mysql_user: name=z host=h password={{{{ p }}}}\n"})
        assert seen.declared == sorted([*declared, "z@h"])


@pytest.mark.parametrize("module", ["docker_container", "containers.podman.podman_container"])
def test_a_container_that_a_task_starts_is_a_server(module: str, look: Look) -> None:
    task = (
        f"- {module}:\n    name: db\n    image: IMAGE\n    env:\n      NAME_ROOT_PASSWORD: sesame\n"
        "      NAME_USER: app\n      NAME_PASSWORD: '{{ pw }}'\n"
    )
    seen = look({"tasks.yml": task.replace("NAME", "MARIADB").replace("IMAGE", "mariadb:11.8")})
    assert {"app@%", "root@%", "root@localhost"} <= {*seen.declared}
    assert seen.of("plain-text-password") == ["tasks.yml:5"]
    assert look({"tasks.yml": task.replace("NAME", "POSTGRES").replace("IMAGE", "postgres:18")}).counted == []
    unknown = look({"tasks.yml": task.replace("NAME", "MARIADB").replace("IMAGE", "'{{ image }}'")})
    assert unknown.of("plain-text-password") == ["tasks.yml:5"]


LOOP = """
- name: accounts
  MODULE: mysql -uroot -e "{{ item }}"
  with_items:
    - CREATE USER 'app'@'10.%' IDENTIFIED BY '{{ app_password }}'
    - GRANT SUPER ON *.* TO 'app'@'10.%'
    - FLUSH PRIVILEGES
"""
NAMED = """
- name: accounts
  MODULE: mysql -uroot -e "CREATE USER '{{ item.user }}'@'10.%' IDENTIFIED BY '{{ item.password }}'"
  loop:
    - {user: app, password: sesame}
    - {user: web, password: "{{ vault_web }}"}
"""
PLAY = "- hosts: db\n  tasks:\n    - mysql_user: {name: x, host: h, password: '{{ p }}'}\n"


@pytest.mark.parametrize("in_a_play", [False, True])
@pytest.mark.parametrize("module", ["shell", "ansible.builtin.command"])
def test_statements_in_the_items_of_a_loop_are_read(module: str, in_a_play: bool, look: Look) -> None:  # noqa: FBT001 - a parameter
    def written(text: str) -> dict[str, str]:
        task = text.replace("MODULE", module)
        return {"tasks.yml": PLAY + task.replace("\n", "\n    ") if in_a_play else task}

    also = ["x@h"] if in_a_play else []
    seen = look(written(LOOP), "--profile", "pedantic")
    assert seen.declared == ["SUPER ON *.* TO app@10.%", "app@10.%", *also]
    assert len(seen.of("privilege-super")) == len(seen.of("needless-flush-privileges")) == 1
    seen = look(written(NAMED), "--profile", "pedantic")
    assert seen.declared == ["app@10.%", "web@10.%", *also]
    assert len(seen.of("plain-text-password")) == 1


def test_queries_in_the_items_of_a_loop_are_read(look: Look) -> None:
    text = (
        "- hosts: db\n  vars:\n    more: GRANT FILE ON *.* TO 'app'@'10.%'\n  tasks:\n"
        "    - mysql_query: {query: '{{ item }}'}\n      loop:\n"
        "        - CREATE USER 'app'@'10.%' IDENTIFIED BY '{{ p }}'\n"
        "        - FLUSH PRIVILEGES\n    - mysql_query: {query: ['{{ more }}']}\n"
        "    - mysql_query:\n        query: FLUSH PRIVILEGES\n"
    )
    seen = look({"play.yml": text}, "--profile", "pedantic")
    assert seen.declared == ["FILE ON *.* TO app@10.%", "app@10.%"]
    assert seen.of("privilege-file") == ["play.yml:3"]
    assert seen.of("needless-flush-privileges") == ["play.yml:8", "play.yml:11"]


def test_a_password_that_mysqladmin_sets_in_a_state_is_that_of_root(look: Look) -> None:
    state = "root:\n  cmd.run:\n    - name: mysqladmin --user root password '{{ pw }}'\n"
    user = "app:\n  mysql_user.present:\n    - host: h\n    - password: '{{ pw }}'\n"
    assert look({"a.sls": state + user}).declared == ["app@h", "root@localhost"]
    root = "root_user:\n  mysql_user.present:\n    - name: root\n    - host: localhost\n    - password: '{{ pw }}'\n"
    assert look({"a.sls": state + root}).findings == []


def test_what_a_function_prints_into_a_client_is_read(look: Look) -> None:
    one_line = 'make() { echo "GRANT $rights ON *.* TO app@localhost;"; }\nmake | mysql\n'
    assert look({"a.sh": f"#!/bin/bash\n{one_line}"}).declared == ["? ON *.* TO app@localhost"]
    lines = 'make() {\n  echo "GRANT $rights ON *.* TO app@localhost;"\n}\nmake one | sudo mysql -u root\n'
    assert look({"a.sh": f"#!/bin/bash\n{lines}"}).declared == ["? ON *.* TO app@localhost"]
    assert look({"a.sh": f"#!/bin/bash\n{one_line.replace('| mysql', '| less')}"}).declared == []


def test_each_statement_in_a_text_is_counted_beside_those_that_are_read(look: Look) -> None:
    play = """\
- hosts: db
  vars:
    q1: "CREATE USER 'm1'@'10.0.%'"
  tasks:
    - shell: mysql -e "{{ q1 }}"
    - set_fact: {q2: "GRANT ALL ON *.* TO 'm1'@'10.0.%'"}
    - shell: mysql -e "CREATE USER 'm2'@'10.0.%';"
"""
    seen = look({"site.yml": play})
    assert seen.declared == ["m2@10.0.%"]
    assert seen.counted == ["site.yml:3", "site.yml:6"]


COMMANDS = (
    "mysqladmin -u root password sesame",
    "echo mysql-server-5.7 mysql-server/root_password password sesame | debconf-set-selections; mysqladmin ping",
)


@pytest.mark.parametrize(
    ("path", "line"),
    [("Dockerfile", "RUN {}"), ("Vagrantfile", "  shell = '{}'"), ("setup.py", 'os.system("{}")')],
)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_password_that_a_command_sets_is_counted_where_no_reader_runs_commands(
    path: str, line: str, command: str, look: Look
) -> None:
    assert look({path: line.format(command) + "\n"}).counted == [f"{path}:1"]
    assert look({path: line.format("mysqladmin -u root -ppassword ping") + "\n"}).counted == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("cloud.yml", "- {}"),
        ("tasks/main.yml", "- command: {}"),
        ("site.pp", "exec {{ 'root': command => \"{}\" }}"),
    ],
)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_password_that_a_command_sets_is_read_where_commands_are(
    path: str, line: str, command: str, look: Look
) -> None:
    seen = look({path: line.format(command) + "\n"})
    assert (seen.declared, seen.counted) == (["root@localhost"], [])
    assert look({path: line.format("mysqladmin -u root -ppassword ping") + "\n"}).declared == []


def test_passwords_of_clients_in_tasks_are_logins(look: Look) -> None:
    task = (
        "- mysql_user: {name: x, host: h, password: '{{ p }}'}\n- shell: mysql -pWORD -e 'GRANT SELECT ON a.* TO x@h'\n"
    )
    for text in (task, task.partition("\n")[2]):
        literal = look({"tasks.yml": text.replace("WORD", "sesame")}, "--profile", "hardened")
        assert literal.of("client-password")
        templated = look({"tasks.yml": text.replace("WORD", "{{ root_pw }}")}, "--profile", "hardened")
        assert templated.of("password-on-command-line")
        assert not templated.of("client-password")


STATE = "db:\n  debconf.set:\n    - data:\n        "
TASK = "- debconf:\n    name: mysql-server\n    question: mysql-server/root_password\n"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a.sls", f"{STATE}'mysql-server/root_password': {{'type': 'password', 'value': 'sesame'}}\n"),
        ("a.sls", f"{STATE}mysql-server/root_password:\n          type: password\n          value: sesame\n"),
        ("a.yml", "- debconf: name=mysql-server question='mysql-server/root_password' value='sesame' vtype=password\n"),
        ("a.yml", f"{TASK}    value: sesame\n    vtype: password\n"),
        ("a.pp", "debconf { 'mysql-server/root_password':\n  type  => 'password',\n  value => 'sesame',\n}\n"),
    ],
)
def test_an_answer_to_debconf_is_root_s_password_in_every_format(file: str, text: str, look: Look) -> None:
    seen = look({file: text})
    assert seen.declared == ["root@localhost"]
    assert seen.of("plain-text-password")
    assert "sesame" not in seen.messages
    again = text.replace("root_password", "root_password_again")
    assert look({file: again}).declared == []


EXEC = """\
$root_pw = 'tooshort1'
class db {
  exec { 'app':
    command => "mysql -uroot -p${ROOT} -e \\"GRANT SELECT ON a.* TO 'x'@'h'\\"",
    unless  => "mysqladmin -uroot -p${other} status",
  }
}
"""


def test_passwords_of_clients_in_manifests_are_logins(look: Look) -> None:
    seen = look({"db.pp": EXEC.replace("ROOT", "mysql::root")}, "--profile", "hardened")
    assert seen.of("password-on-command-line") == ["db.pp:4", "db.pp:5"]
    literal = look({"db.pp": EXEC.replace("ROOT", "root_pw")}, "--profile", "hardened")
    assert literal.of("client-password") == ["db.pp:1"]
    said = EXEC.replace("command =>", "message =>").replace("unless  =>", "notice =>") + "mysql_user { 'a@h': }\n"
    assert not look({"db.pp": said}, "--profile", "hardened").of("password-on-command-line")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("root.sh", '#!/bin/sh\nmysqladmin -u root password "$ROOT_PW"\n'),
        ("root.pp", 'exec { "root": command => "mysqladmin -u root password ${root_pw}" }\n'),
        ("root.sls", "root:\n  cmd.run:\n    - name: mysqladmin -u root password {{ pillar['pw'] }}\n"),
        (
            "root.yml",
            """\
- mysql_user: {name: x, host: h, password: '{{ p }}'}
- command: mysqladmin -u root password '{{ root_pw }}'
""",
        ),
    ],
)
def test_the_password_that_mysqladmin_sets_is_on_its_command_line(path: str, text: str, look: Look) -> None:
    assert look({path: text}, "--profile", "hardened").of("password-on-command-line")
    assert not look({path: text.replace("mysqladmin", "mysqldump")}, "--profile", "hardened").of(
        "password-on-command-line"
    )


@pytest.mark.parametrize("user", ["", "- mysql_user: {name: x, host: h, password: '{{ p }}'}\n"])
def test_a_task_whose_command_is_an_item_gives_the_client_each_item(user: str, look: Look) -> None:
    loop = "- shell: '{{ item }}'\n  with_items:\n  - mysql -e \"GRANT ALL ON *.* TO tmp@'%'\"\n  - touch /tmp/x\n"
    assert "ALL ON *.* TO tmp@%" in look({"tasks.yml": user + loop}).declared


@pytest.mark.parametrize("module", ["mysql_db", "community.mysql.mysql_info"])
@pytest.mark.parametrize(
    "arguments", ["{login_user: root, login_password: WORD}", "login_user=root login_password=WORD"]
)
def test_the_password_of_whoever_makes_databases_is_that_of_who_makes_accounts(
    module: str, arguments: str, look: Look
) -> None:
    user = "- mysql_user: {name: x, host: h, password: '{{ p }}'}\n"
    task = f"- {module}: {arguments.replace('WORD', 'zq9-geheim')}\n"
    seen = look({"tasks.yml": user + task})
    assert seen.of("client-password") == ["tasks.yml:2"]
    assert "zq9" not in seen.messages + seen.err
    assert not look({"tasks.yml": task}).of("client-password"), "it makes no accounts"


COMPOSE = """\
services:
  db:
    image: mysql:8.4
    environment: {MYSQL_ROOT_PASSWORD: "${ROOT_PW}"}
    healthcheck:
      test: TEST
"""
POD = """\
apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  containers:
  - name: db
    image: mysql:8.4
    env: [{name: MYSQL_ROOT_PASSWORD, valueFrom: {secretKeyRef: {name: s, key: p}}}]
    readinessProbe: {exec: {command: TEST}}
"""


@pytest.mark.parametrize(("path", "text"), [("compose.yaml", COMPOSE), ("pod.yaml", POD)])
@pytest.mark.parametrize(
    ("test", "rule"),
    [
        ('["CMD", "mysqladmin", "ping", "-uroot", "-p${ROOT_PW}"]', "password-on-command-line"),
        (
            "[CMD-SHELL, 'mysqladmin ping -u root --password=$$MYSQL_ROOT_PASSWORD || exit 1']",
            "password-on-command-line",
        ),
        ("mysqladmin ping -p$$MYSQL_ROOT_PASSWORD", "password-on-command-line"),
        ("[CMD, mysqladmin, ping, -pzq9-geheim]", "client-password"),
        ("[CMD, mysqladmin, ping, -h, localhost, -P, '3306']", ""),
        ("[CMD, healthcheck.sh, --connect, -p$$X]", ""),
        ("{a: [mysqladmin, -px]}", ""),
    ],
)
def test_the_check_whether_a_server_is_well_shows_its_password(
    path: str, text: str, test: str, rule: str, look: Look
) -> None:
    seen = look({path: text.replace("TEST", test)}, "--profile", "hardened")
    found = [name for name in ("password-on-command-line", "client-password") if seen.of(name)]
    assert found == ([rule] if rule else [])
    assert "zq9" not in seen.messages + seen.err
