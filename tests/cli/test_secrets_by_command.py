"""No command ever tells a secret that stands in a file: those canaries and more, every output searched for them."""

from pathlib import Path

import pytest

from grantlint.reader.files.discovery import Search
from grantlint.report.findings.outputs import OUTPUTS

from .conftest import Run
from .test_secrets import CANARY, CASES, HASH, SUFFIXES, assert_no_line_tells, assert_secret

SERVICE = "services:\n  db:\n    image: mysql:8.4\n    environment:\n      MYSQL_USER: app\n"
HEREDOC = "#!/bin/sh\nmysql <<EOF\n"
USER = "mysql_user { 'app@%':\n"
STATE = "app:\n  mysql_user.present:\n    - host: '%'\n"
SQL = {
    "create": f"CREATE USER 'app'@'%' IDENTIFIED BY '{CANARY}';\n",
    "double": f'CREATE USER app@"%" IDENTIFIED BY "{CANARY}";\n',
    "with": f"CREATE USER app IDENTIFIED WITH mysql_native_password BY '{CANARY}' REPLACE '{CANARY}';\n",
    "as": f"CREATE USER app IDENTIFIED WITH mysql_native_password AS '{HASH}';\n",
    "via": f"CREATE USER app IDENTIFIED VIA ed25519 USING PASSWORD('{CANARY}') OR unix_socket;\n",
    "by-password": f"GRANT ALL ON *.* TO app IDENTIFIED BY PASSWORD '{HASH}';\n",
    "grant": f"GRANT ALL PRIVILEGES ON *.* TO 'app'@'%' IDENTIFIED BY '{CANARY}' WITH GRANT OPTION;\n",
    "alter": f"CREATE USER app; ALTER USER app IDENTIFIED BY '{CANARY}' RETAIN CURRENT PASSWORD;\n",
    "two-factors": f"CREATE USER app IDENTIFIED BY '{CANARY}' AND IDENTIFIED WITH x BY '{CANARY}';\n",
    "set-password": f"CREATE USER app; SET PASSWORD FOR app = PASSWORD('{CANARY}');\n",
    "set-old-password": f"SET PASSWORD FOR app@'%' = OLD_PASSWORD('{CANARY}');\n",
    "set-password-hash": f"CREATE USER app; SET PASSWORD FOR app = '{HASH}';\n",
    "insert": f"INSERT INTO mysql.user (Host, User, Password) VALUES ('%', 'app', PASSWORD('{CANARY}'));\n",  # noqa: S608 - no query is run
    "update": f"UPDATE mysql.user SET authentication_string = PASSWORD('{CANARY}') WHERE User = 'root';\n",  # noqa: S608 - no query is run
    "variable": f"SET @p = '{CANARY}'; CREATE USER app IDENTIFIED BY @p;\n",
    "comment": f"CREATE USER app IDENTIFIED BY 'x'; -- {CANARY}\n# password {CANARY}\n/* {CANARY} */\n",
    "executable-comment": f"/*!50000 CREATE USER app IDENTIFIED BY '{CANARY}' */;\n",
    "unclosed": f"CREATE USER app IDENTIFIED BY '{CANARY}\n",
    "no-quotes": f"CREATE USER app IDENTIFIED BY {CANARY};\n",
    "wrong-order": f"CREATE USER app BY IDENTIFIED '{CANARY}';\n",
    "misspelt": f"CREATE USER app IDENTIFED BY '{CANARY}'; CREATE USER b IDENTIFIED WIHT x BY '{CANARY}';\n",
    "rejected-after": f"CREATE USER app IDENTIFIED BY '{CANARY}' PASSWORD NEVER EXPIRE;\n",
    "several": f"CREATE USER a IDENTIFIED BY '{CANARY}', b@'%' IDENTIFIED BY '{CANARY}', c d;\n",
    "two-lines": f"CREATE USER app IDENTIFIED BY\n  '{CANARY}';\n",
    "template": f"CREATE USER app IDENTIFIED BY '{{{{ p | default(\"{CANARY}\") }}}}';\n",
    "change-master": f"CREATE USER a;\nCHANGE MASTER TO MASTER_USER='a', MASTER_PASSWORD='{CANARY}';\n",
}
COMPOSE = {
    "mapping": f"{SERVICE}      MYSQL_PASSWORD: {CANARY}\n      MYSQL_ROOT_PASSWORD: '{CANARY}'\n",
    "list": "services:\n  db:\n    image: mariadb\n    environment:\n"
    f"      - MARIADB_USER=app\n      - MARIADB_PASSWORD={CANARY}\n      - MARIADB_ROOT_PASSWORD={CANARY}\n",
    "quoted-list": f"services:\n  db:\n    image: mysql\n    environment: ['MYSQL_ROOT_PASSWORD={CANARY}']\n",
    "default": f"{SERVICE}      MYSQL_PASSWORD: ${{P:-{CANARY}}}\n",
    "hash": f"{SERVICE}      MARIADB_PASSWORD_HASH: '{HASH}'\n",
    "other-service": f"{SERVICE}  app:\n    environment:\n      DB_PASSWORD: {CANARY}\n      URL: mysql://a:{CANARY}@db/x\n",
    "joined": f"{SERVICE}    command: ['--bind-address=0.0.0.0 {CANARY}', '--mandatory-roles=reader {CANARY}']\n",
    "command": f"{SERVICE}    command: --init-connect=x --skip-name-resolve --password={CANARY}\n",
    "healthcheck": f"{SERVICE}    healthcheck:\n      test: mysqladmin ping -p{CANARY} --password={CANARY}\n",
    "config": f"{SERVICE}configs:\n  i:\n    content: |\n      CREATE USER a IDENTIFIED BY '{CANARY}';\n",
    "broken": f"{SERVICE}      MYSQL_PASSWORD: {CANARY}: x\n",
    "broken-quote": f'{SERVICE}      MYSQL_PASSWORD: "{CANARY}\n',
    "comment": f"{SERVICE}      # MYSQL_PASSWORD: {CANARY}\n",
}
OPTIONS = {
    "client": f"[client]\nuser=app\npassword={CANARY}\n[mysqld]\nskip-name-resolve\n",
    "quoted": f"[mysqld]\nskip-name-resolve\n[mysqldump]\npassword = '{CANARY}'\n",
    "replication": f"[mysqld]\nmaster-password={CANARY}\nreport-password={CANARY}\nskip-name-resolve\n",
    "comment": f"[mysqld]\n# root password {CANARY}\nbind-address=0.0.0.0 # password={CANARY}\n",
    "joined": f"[mysqld]\nbind-address=0.0.0.0 {CANARY}\nsql_mode=ANSI#{CANARY}\nskip-name-resolve=1{CANARY}\n",
    "address": f"[mysqld]\nskip-name-resolve\nbind-address=0.0.0.0{CANARY}\nold_passwords=1;{CANARY}\n",
    "path": f"[mysqld]\nskip-name-resolve\nsecure-file-priv='/srv/files {CANARY}'\n",
}
PUPPET = {
    "hash": f"{USER}  password_hash => '{HASH}',\n}}\n",
    "password": f"{USER}  password_hash => mysql::password('{CANARY}'),\n}}\n",
    "function": f"{USER}  password_hash => mysql_password('{CANARY}'),\n}}\n",
    "sensitive": f"{USER}  password_hash => Sensitive('{CANARY}'),\n}}\n",
    "plain": f'{USER}  password => "{CANARY}",\n}}\n',
    "db": f"mysql::db {{ 'shop':\n  user => 'app',\n  password => '{CANARY}',\n  grant => ['ALL'],\n}}\n",
    "root": f"class {{ 'mysql::server':\n  root_password => '{CANARY}',\n}}\n{USER}}}\n",
    "users": f"class {{ 'mysql::server':\n  users => {{ 'a@%' => {{ password_hash => '{CANARY}' }} }},\n}}\n",
    "variable": f"$p = '{CANARY}'\n{USER}  password_hash => $p,\n}}\n",
    "parameter": f"class a($db_pass = '{CANARY}') {{\n  mysql_user {{ 'a@%': password_hash => $db_pass }}\n}}\n",
    "unclosed": f"{USER}  password_hash => '{CANARY}\n}}\n",
    "comment": f"{USER}  password_hash => $p, # {CANARY}\n}}\n",
}
HIERA = {
    "joined": f"mysql::server::override_options: {{mysqld: {{bind-address: '0.0.0.0 {CANARY}'}}}}\n"
    "mysql::server::users: {'a@%': {}}\n",
    "users": f"mysql::server::users:\n  'app@%':\n    password_hash: '{CANARY}'\n",
    "root": f"mysql::server::root_password: {CANARY}\nmysql::server::users:\n  'a@%': {{password_hash: '{HASH}'}}\n",
    "beside": f"app::db_password: {CANARY}\nmysql::server::users: {{'a@%': {{}}}}\n",
    "broken": f"mysql::server::users:\n  'app@%':\n    password_hash: '{CANARY}\n",
}
SALT = {
    "state": f"{STATE}    - password: {CANARY}\n",
    "quoted": f"{STATE}    - password: '{CANARY}'\n    - connection_pass: {CANARY}\n",
    "hash": f"{STATE}    - password_hash: '{HASH}'\n",
    "default": f"{STATE}    - password: \"{{{{ pillar.get('p', '{CANARY}') }}}}\"\n",
    "set": f"{{% set password = '{CANARY}' %}}\n{STATE}    - password: {{{{ password }}}}\n",
    "pillar": f"mysql:\n  server: {{root_password: {CANARY}}}\n  user: {{app: {{password: '{CANARY}', host: '%'}}}}\n",
    "pillar-hash": f"mysql:\n  user:\n    app:\n      password_hash: '{HASH}'\n      hosts: ['%']\n",
    "broken": f"{STATE}    - password: {CANARY}: x\n",
}
SHELL = {
    "heredoc": f"{HEREDOC}CREATE USER 'app'@'%' IDENTIFIED BY '{CANARY}';\nEOF\n",
    "option": f"{HEREDOC.replace('mysql', f'mysql -uroot -p{CANARY}')}CREATE USER app@'%';\nEOF\n",
    "long-option": f"mysql --password={CANARY} -e \"CREATE USER 'app'@'%' IDENTIFIED BY '{CANARY}'\"\n",
    "environment": f"MYSQL_PWD={CANARY} mysql -e \"GRANT ALL ON *.* TO 'app'@'%' IDENTIFIED BY '{CANARY}'\"\n",
    "variable": f"DB_PASSWORD={CANARY}\n{HEREDOC}CREATE USER 'a'@'%' IDENTIFIED BY '$DB_PASSWORD';\nEOF\n",
    "default": f"{HEREDOC}CREATE USER 'a'@'%' IDENTIFIED BY '${{P:-{CANARY}}}';\nEOF\n",
    "echo": f"echo \"CREATE USER 'a'@'%' IDENTIFIED BY '{CANARY}';\" | mysql -p{CANARY}\n",
    "unclosed": f"{HEREDOC}CREATE USER 'a'@'%' IDENTIFIED BY '{CANARY};\n",
    "rejected": f"{HEREDOC}CREATE USER 'a'@'%' IDENTIFED BY '{CANARY}';\nEOF\n",
    "admin": f"mysqladmin -u root password '{CANARY}'\nmysql -e \"CREATE USER 'a'@'%'\"\n",
}
PLACED = {
    "sql": (SQL, "x.sql"),
    "compose": (COMPOSE, "compose.yml"),
    "mycnf": (OPTIONS, "my.cnf"),
    "puppet": (PUPPET, "x.pp"),
    "hiera": (HIERA, "x.yaml"),
    "salt": (SALT, "x.sls"),
    "shell": (SHELL, "x.sh"),
}
FILES = {f"{kind}-{name}": (file, text) for kind, (cases, file) in PLACED.items() for name, text in cases.items()}
FILES |= {name: (f"x.{SUFFIXES.get(name.partition('-')[0], 'yml')}", text) for name, text in CASES.items()}
PARSED = ("sql", "shell")
BESIDE = ("sql-comment", "mycnf-comment", "puppet-variable")
"""Secrets on lines on which nothing is ever found: a line of comment, a variable whose name says nothing."""

RUNS = (
    ["check", *(f"--output={name}:report.{name}" for name in OUTPUTS)],
    ["check", "--quiet"],
    ["check", "--debug", "--server", "mysql-8.4", "--server", "mariadb-11.4"],
    ["table"],
    ["table", "--format", "json"],
    ["files"],
    ["files", "--format", "json"],
    ["why", "app", "--from", "10.0.0.1"],
    ["why", "app", "--from", "10.0.0.1", "--format", "json", "--server", "mysql-8.4"],
    ["convert", "--to", "policy"],
    ["convert", "--to", "json"],
)


def assert_no_command_tells(here: Path, grantlint: Run, path: str) -> None:
    """Look at what each command prints and writes of a file or folder."""
    for command, *options in RUNS:
        ran = grantlint(command, *options, path)
        assert ran.status in {0, 1, 4, 5}, ran
        assert_secret(ran.out + ran.err)
    reports = [*here.glob("report.*")]
    assert len(reports) == len(OUTPUTS)
    for report in reports:
        assert_secret(report.read_text(encoding="utf-8"))


def test_no_command_tells_a_secret_of_all_these_files(here: Path, grantlint: Run) -> None:
    for case, (file, text) in FILES.items():
        path = here / "files" / case / file
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    assert_no_command_tells(here, grantlint, "files")


@pytest.mark.slow
@pytest.mark.parametrize("case", FILES)
def test_no_command_tells_a_secret_of_a_file(case: str, here: Path, grantlint: Run) -> None:
    """By itself: what is told once of many findings is told of each."""
    file, text = FILES[case]
    (here / file).write_text(text, encoding="utf-8")
    assert_no_command_tells(here, grantlint, file)


@pytest.mark.parametrize("case", [name for name in FILES if name not in {*CASES, *BESIDE}])
def test_no_line_of_these_files_tells_a_secret_whatever_is_found_on_it(case: str, here: Path) -> None:
    file, text = FILES[case]
    (here / file).write_text(text, encoding="utf-8")
    if [*Search([file])]:
        assert_no_line_tells(file)


@pytest.mark.parametrize("case", [name for name in FILES if name.startswith(PARSED)])
@pytest.mark.parametrize("server", ["mysql-8.4", "mariadb-10.11", "mysql-5.7"])
def test_parse_tells_no_secret(case: str, server: str, here: Path, grantlint: Run) -> None:
    file, text = FILES[case]
    (here / file).write_text(text, encoding="utf-8")
    for options in ([], ["--server", server]):
        ran = grantlint("parse", file, *options)
        assert ran.status in {0, 1}, ran
        assert_secret(ran.out + ran.err)


@pytest.mark.parametrize("kind", PLACED)
def test_most_of_these_files_declare_an_account(kind: str, here: Path, grantlint: Run) -> None:
    cases, file = PLACED[kind]
    declared = 0
    for text in cases.values():
        (here / file).write_text(text, encoding="utf-8")
        declared += f'"{file}"' in grantlint("files", "--format", "json", file).out
    assert declared > len(cases) * 0.7
