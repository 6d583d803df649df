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
    assert "1 x script that is mounted: it is packed" in said
    assert "1 x script that is mounted: its name here is none of a script" in said


def test_a_repository_inside_is_named_in_the_summary(here: Path, process: Run) -> None:
    for folder in (here, here / "inner"):
        subprocess.run(["git", "init", "-q", folder], check=True)
        (folder / "a.sql").write_text("CREATE USER app@'10.0.0.1' IDENTIFIED BY '${P}';\n")
    assert "a repository of its own: 1 folder" in process("--no-config", ".").out
