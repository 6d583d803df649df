"""Account statements where no reader looks for them: each is counted with its place, never silent."""

import subprocess
from base64 import b64encode
from pathlib import Path

import pytest

from .conftest import Run

GRANT = "GRANT ALL ON *.* TO 'evil'@'%'"
ENCODED = b64encode(f"{GRANT};".encode()).decode()
SERVICE = (
    "services:\n  a:\n    image: mysql:8.4\n"
    "    environment: {MYSQL_ROOT_PASSWORD: '${X:?}', MYSQL_ROOT_HOST: localhost}\n"
)
BESIDE = "- mysql_user: {name: app, host: 10.0.0.1}\n"
TEXTS = {
    "a file that a task writes": ("a.yml", f'- copy: {{dest: /x.sql, content: "{GRANT};"}}\n'),
    "the same beside an account": ("a.yml", f'{BESIDE}- copy: {{dest: /x.sql, content: "{GRANT};"}}\n'),
    "arguments one by one": ("a.yml", f'{BESIDE}- command: {{argv: [mysql, -e, "{GRANT}"]}}\n'),
    "standard input": ("a.yml", f'- command: {{cmd: mysql, stdin: "{GRANT}"}}\n'),
    "an environment variable": ("a.yml", f'{BESIDE}- shell: echo "$Q" | mysql\n  environment: {{Q: "{GRANT}"}}\n'),
    "a variable of a play": ("a.yml", f'- hosts: a\n  vars: {{q: "{GRANT}"}}\n'),
    "a job": (
        "a.yml",
        f'apiVersion: batch/v1\nkind: Job\nspec: {{containers: [{{command: [mysql, -e, "{GRANT}"]}}]}}\n',
    ),
    "a list of objects in JSON": ("a.json", f'{{"kind": "List", "items": [{{"data": {{"x": "{GRANT}"}}}}]}}'),
    "a literal of a generator": ("kustomization.yaml", f"configMapGenerator:\n- name: x\n  literals:\n  - a={GRANT}\n"),
    "values of a chart": ("values.yaml", f'db:\n  afterStart: "{GRANT};"\n'),
    "an option of a container": (
        "compose.yml",
        f'{SERVICE}    command: ["--init-connect={GRANT}"]\n',
    ),
    "a config of a container": ("compose.yml", f'services: {{}}\nconfigs:\n  a: {{content: "{GRANT};"}}\n'),
    "a file in a manifest": ("a.pp", f'file {{ "/x.sql": content => "{GRANT};" }}\n'),
    "contents of a state": ("a.sls", f'x:\n  file.managed:\n  - contents: "{GRANT}"\n'),
    "a function of a state": ("a.sls", "x:\n  module.run:\n  - name: mysql.user_create\n  - user: evil\n"),
    "names that a template brings": (
        "a.erb",
        "CREATE USER '<%= x.get('u') %>'@'<%= host %>' IDENTIFIED BY '<%= x.get('p') %>';\n",
    ),
    "an answer to a package beside an account": (
        "a.yml",
        f"{BESIDE}- debconf:\n    question: mysql-server/root_password\n    value: '{{{{ p }}}}'\n",
    ),
    "an encoded script of a Secret": ("a.yml", f"apiVersion: v1\nkind: Secret\ndata:\n  a.sql: {ENCODED}\n"),
    "an encoded script in a block": (
        "a.yml",
        f"apiVersion: v1\nkind: ConfigMap\nbinaryData:\n  a.sql: |\n    {ENCODED}\n",
    ),
}
BROKEN = ("a.yml", f'a: [\nb: "{GRANT}"\n')
PROSE = {
    "a message": ("a.yml", f'- debug: {{}}\n  msg: "{GRANT}"\n'),
    "a comment": ("a.yml", f"mysql: 1  # {GRANT}\n"),
    "a name of a task": ("a.yml", f"- name: {GRANT}\n  debug: {{}}\n"),
}
ROWS = {
    "rows of another table": "INSERT INTO mysql.user SELECT * FROM b.user;",
    "rows of a file": "LOAD DATA INFILE '/x' INTO TABLE mysql.user;",
    "a join": "UPDATE b.b JOIN mysql.user u ON b.u=u.User SET u.Host='%';",
    "a common table expression": "WITH x AS (SELECT 1) UPDATE mysql.user SET Host='%';",
    "an analysed statement": "ANALYZE UPDATE mysql.user SET Host='%';",
    "a table in its place": "RENAME TABLE mysql.user TO b.o, b.n TO mysql.user;",
    "an emptied table": "TRUNCATE mysql.user;",
    "a file that the client reads on in": "CREATE USER app@'10.0.0.1' IDENTIFIED BY '${P}';\nsource more.inc",
    "a command of the client": f"CREATE USER app@'10.0.0.1' IDENTIFIED BY '${{P}}';\n\\! mysql -e \"{GRANT}\"",
}
DOUBTFUL = {
    "nothing tells of which database": "CREATE USER evil;\n",
    "signs of two databases": "GRANT SELECT ON ALL TABLES IN SCHEMA p TO x;\nGRANT ALL ON *.* TO evil;\n",
}


def _hook(process: Run, file: str) -> tuple[int, str]:
    ran = process("--no-config", "--scope", ".", "--allow-empty", "--", file)
    return ran.status, ran.out + ran.err


def test_a_statement_in_a_file_that_does_not_parse_is_an_error(here: Path, process: Run) -> None:
    file, text = BROKEN
    (here / file).write_text(text)
    status, said = _hook(process, file)
    assert (status, "error[syntax-error]" in said) == (1, True), said


@pytest.mark.parametrize(("file", "text"), TEXTS.values(), ids=TEXTS)
def test_a_statement_in_any_text_is_counted(file: str, text: str, here: Path, process: Run) -> None:
    (here / file).write_text(text)
    status, said = _hook(process, file)
    assert status == 0, said
    assert "not checked: " in said, said
    assert f"(first at {file}:" in said


@pytest.mark.parametrize(("file", "text"), PROSE.values(), ids=PROSE)
def test_prose_is_none(file: str, text: str, here: Path, process: Run) -> None:
    (here / file).write_text(text)
    assert "not checked" not in _hook(process, file)[1]


@pytest.mark.parametrize("text", ROWS.values(), ids=ROWS)
def test_what_no_literal_tells_is_counted(text: str, here: Path, process: Run) -> None:
    (here / "a.sql").write_text(f"{text}\n")
    status, said = _hook(process, "a.sql")
    assert status == 0, said
    assert " x statement: " in said, said


@pytest.mark.parametrize("text", DOUBTFUL.values(), ids=DOUBTFUL)
def test_sql_of_which_nothing_tells_the_database_is_counted(text: str, here: Path, process: Run) -> None:
    (here / "a.sql").write_text(text)
    status, said = _hook(process, "a.sql")
    assert status == 0
    assert "account statements, and nothing tells of which database" in said
    (here / "b.sql").write_text("CREATE USER app@'10.0.0.1' IDENTIFIED BY '${P}';\n")
    assert "account statements, and nothing tells of which database: 1 file" in process("--no-config", ".").out


def test_sql_of_another_database_is_none(here: Path, process: Run) -> None:
    (here / "a.sql").write_text("CREATE ROLE x LOGIN;\nGRANT SELECT ON ALL TABLES IN SCHEMA p TO x;\n")
    assert "nothing tells" not in _hook(process, "a.sql")[1]


def test_a_module_is_known_by_the_name_of_what_leads_to_it(here: Path, process: Run) -> None:
    (here / "a.yml").write_text('- ansible.builtin.mysql_user: {name: evil, host: "%", priv: "*.*:ALL"}\n')
    assert "'evil'@'%'" in process("--no-config", "--quiet", ".").out


def test_scripts_that_an_image_unpacks_are_counted(here: Path, process: Run) -> None:
    (here / "compose.yml").write_text(
        f"{SERVICE}    volumes: ['./init:/docker-entrypoint-initdb.d', './dump:/docker-entrypoint-initdb.d/a.sql']\n"
    )
    (here / "init").mkdir()
    (here / "init" / "a.sql.gz").write_bytes(b"\x1f\x8b")
    (here / "dump").write_text(f"{GRANT};\n")
    said = process("--no-config", ".").out
    assert "1 x scripts that are mounted: one is packed" in said
    assert "1 x scripts that are mounted: the name of one is none of a script here" in said


def test_a_repository_inside_is_named_in_the_summary(here: Path, process: Run) -> None:
    for folder in (here, here / "inner"):
        subprocess.run(["git", "init", "-q", folder], check=True)
        (folder / "a.sql").write_text("CREATE USER app@'10.0.0.1' IDENTIFIED BY '${P}';\n")
    assert "a repository of its own: 1 folder" in process("--no-config", ".").out


TASK = "- mysql_user: {name: evil, host: '%', priv: '*.*:ALL'}\n"
OTHER_NAMES = {
    "tasks under a name of one's own": ("users.tasks", TASK),
    "tasks without a suffix": ("roles/r/tasks/main", TASK),
    "arguments on the lines below": ("a.inc", "- name: x\n  community.mysql.mysql_user:\n    name: evil\n"),
    "SQL that a script may read": ("init.txt", f"{GRANT};\n"),
    "SQL in UTF-16": ("init.dump", f"{GRANT};\n".encode("utf-16")),
    "a service of another file": ("db.inc", SERVICE),
    "states under the name of a template": ("a.jinja", "x:\n  mysql_user.present:\n  - host: '%'\n"),
    "a manifest that is put by": ("a.pp.old", "mysql_user { 'evil@%': ensure => present }\n"),
    "resources that are put by": ("a.tf.disabled", 'resource "mysql_user" "a" {}\n'),
    "a program": ("a.py", f'cursor.execute("{GRANT}")\n'),
    "a script of another shell": ("a.fish", f'mysql -e "{GRANT}"\n'),
    "a script that another program runs": ("setup", f"#!/usr/bin/env python3\nx('{GRANT}')\n"),
    "a command of Just": ("justfile", f'db:\n\tmysql -e "{GRANT}"\n'),
    "a command of a Dockerfile": ("Dockerfile", f'FROM debian\nRUN mysql -e "{GRANT}"\n'),
    "variables of an image": ("db/Dockerfile.mariadb", "FROM mariadb\nENV A=1 \\\n MARIADB_USER=evil\n"),
    "scripts that an image fetches": ("x.dockerfile", "FROM mysql\nADD https://x/ /docker-entrypoint-initdb.d/\n"),
}


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_what_may_make_accounts_under_a_name_that_no_format_has_is_counted(name: str, here: Path, process: Run) -> None:
    file, text = OTHER_NAMES[name]
    (here / file).parent.mkdir(parents=True, exist_ok=True)
    (here / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    status, said = _hook(process, file)
    assert (status, "not checked: 1 value" in said, f"(first at {file}:" in said) == (0, True, True), said


SILENT = {
    "a program": ("a.py", "import os\nmysql_user = 'x'\nsettings = {'mysql_user': 'app', \"password\": 1}\n"),
    "make": ("Makefile", "db:\n\tmysql -e 'SELECT 1'\n# GRANT ALL ON *.* TO a@b\n"),
    "a document": ("README", f"{GRANT};\n"),
    "a document with a suffix": ("docs/users.md", f"{GRANT};\n"),
    "another database": (
        "a.py",
        'x("GRANT SELECT ON ALL TABLES IN SCHEMA p TO q"); x("CREATE USER q WITH PASSWORD 1")\n',
    ),
    "configuration": ("a.conf", "  mysql_user: app\n  mysql_password: x\n"),
    "bytes": ("a.dat", "\0" + GRANT),
    "an image of another server": ("Dockerfile", "FROM nginx\nRUN apt-get install mysql-client && echo $MYSQL_USER\n"),
}


def test_other_files_without_accounts_stay_silent(here: Path, process: Run) -> None:
    for number, (file, text) in enumerate(SILENT.values()):
        path = here / str(number) / file
        path.parent.mkdir(parents=True)
        path.write_text(text)
    ran = process("--no-config", "--allow-empty", ".")
    assert (ran.status, ran.out) == (0, "")


def test_packed_sql_is_told_in_the_summary(here: Path, process: Run) -> None:
    (here / "a.sql.gz").write_bytes(b"\x1f\x8b")
    assert "1 x SQL that is packed" in _hook(process, "a.sql.gz")[1]
    (here / "b.sql").write_text("CREATE USER app@'10.0.0.1' IDENTIFIED BY '${P}';\n")
    assert "SQL that is packed: 1 file" in process("--no-config", ".").out


def test_a_large_file_is_told_where_it_may_hold_statements(here: Path, process: Run) -> None:
    (here / "a.dump").write_text("x" * 100 + "\n" * (17 << 20) + f"{GRANT};\n")
    (here / "b.dump").write_bytes(b"\0" * (17 << 20) + GRANT.encode())
    assert "1 x account words, and too large to be looked into" in _hook(process, ".")[1]


AT_START = {
    "a/compose.yml": f"{SERVICE}    command: [--init-file=/x/a.sql]\n",
    "b/compose.yml": f"{SERVICE}    command: mysqld --init_file /x/a.sql\n",
    "c/my.cnf": "[mysqld]\nloose-init-file = /etc/mysql/a.sql\n",
    "d/pod.yml": "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: mysql:8.4\n"
    "    args: ['--init-file=/a.sql']\n"
    "    env: [{name: MYSQL_ROOT_PASSWORD, value: '${X}'}, {name: MYSQL_ROOT_HOST, value: localhost}]\n",
    "e/a.sh": "#!/bin/sh\nmysqld_safe --user=mysql --init-file=/x/a.sql &\n",
}
BY_VARIABLES = {
    "a/a.sh": "#!/bin/sh\ndocker run -d --env-file .env -p 3306:3306 mysql:8.4\n",
    "b/a.sh": "#!/bin/sh\nif x; then podman run --env-file=db.env \\\n  docker.io/library/mariadb; fi\n",
}


def test_statements_that_a_server_runs_at_its_start_are_counted(here: Path, process: Run) -> None:
    for files in (AT_START, BY_VARIABLES):
        for file, text in files.items():
            (here / file).parent.mkdir(exist_ok=True)
            (here / file).write_text(text)
    (here / "b" / "fine.sh").write_text("#!/bin/sh\ndocker run --env-file .env nginx\nmysql --init-command=x\n")
    said = process("--no-config", ".").out
    assert "5 x statements: the server runs a file of them at its start (first at a/compose.yml:" in said
    assert "2 x accounts: a container that the script starts makes them of a file of variables" in said
    assert "b/fine.sh      -" in process("files", "--no-config", ".").out


def test_an_image_that_a_service_builds_in_place_is_counted(here: Path, process: Run) -> None:
    (here / "compose.yml").write_text(
        "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM mysql\n        ENV MYSQL_USER=evil\n"
    )
    assert "1 x accounts: the image is built here (first at compose.yml:4:" in process("--no-config", ".").out


def test_states_and_templates_of_tasks_are_read_under_their_names(here: Path, process: Run) -> None:
    (here / "a.yaml").write_text("evil:\n  mysql_user.present:\n  - host: '%'\n")
    (here / "b.yml.j2").write_text("- hosts: a\n  tasks:\n  - mysql_user: {name: evil, host: '%'}\n")
    said = process("--no-config", "--quiet", ".").out
    assert "a.yaml:3:11: warning[any-host]: 'evil'@'%'" in said
    assert "b.yml.j2:3:36: warning[any-host]: 'evil'@'%'" in said
