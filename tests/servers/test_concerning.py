"""With a scope, the servers that the files asked for have no part in are not judged, and nothing else is lost."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from grantlint.lint.engine.look import Look
from grantlint.run.judging.planning import plan
from grantlint.run.loading import Request, load
from grantlint.run.settings import Settings

POLICY = """
server: {{name: {0}, product: mysql-8.4}}
users:
  - {{user: app, host: '10.0.3.07'}}
  - {{user: app, host: '%'}}
"""
ONE_SERVER = {
    "a.yml": POLICY.format("shop"),
    "b.yml": "server: {name: shop}\nusers: [{user: '', host: localhost}]\n",
}
APART = {f"apart{number}.yml": POLICY.format(f"apart{number}") for number in range(3)}
COMPOSE = {
    "compose.yml": "services:\n  db:\n    image: mysql:8.4\n    command: --skip-name-resolve\n"
    "    volumes: ['./init.sql:/docker-entrypoint-initdb.d/init.sql']\n",
    "init.sql": "CREATE USER 'a'@'db1.example.com';\nGRANT ALL ON *.* TO 'a'@'db1.example.com';\n",
}
OPTIONS = {
    "db/my.cnf": "[mysqld]\nskip-name-resolve\nsecure_file_priv=\n",
    "db/accounts.yml": "users: [{user: a, host: db1.example.com}]\n",
}
VALUES = {
    "site.yml": "- hosts: db\n  tasks:\n    - mysql_user: {name: a, host: '{{ app_host }}', priv: '*.*:ALL'}\n",
    "group_vars/db.yml": "app_host: '10.0.3.07'\nmysql_user: a\n",
}
FILES = {**ONE_SERVER, **APART, **COMPOSE, **OPTIONS, **VALUES}


def written(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("file", FILES)
def test_what_concerns_a_file_is_what_a_whole_run_says_of_it(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    settings = Settings()
    every = plan(settings).judge(load(Request(["."]), settings))
    some = plan(settings).judge(load(Request([file], scope="."), settings))
    wanted = [
        (one.rule, one.message, one.span.source.path, one.span.start, one.servers)
        for one in every.findings
        if file in {one.span.source.path, *(related.span.source.path for related in one.related)}
    ]
    assert [
        (one.rule, one.message, one.span.source.path, one.span.start, one.servers) for one in some.findings
    ] == wanted
    assert some.summary.servers == every.summary.servers
    assert some.summary.accounts == every.summary.accounts


@pytest.mark.parametrize(("file", "servers"), [("apart1.yml", 1), ("b.yml", 1), ("init.sql", 1), (".", 7)])
def test_servers_of_other_files_are_not_judged(
    file: str, servers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    looked_at: list[str] = []
    look = Look.at_all

    def counted(self: Look) -> None:
        looked_at.append(self.panel.declared.name)
        look(self)

    monkeypatch.setattr(Look, "at_all", counted)
    settings = Settings()
    plan(settings).judge(load(Request([file], scope="."), settings))
    assert len(looked_at) == servers, looked_at
