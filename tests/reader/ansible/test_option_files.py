"""Settings that tasks write into an option file."""

# ruff: noqa: E501 - tasks stand here as people write them

import pytest

from grantlint.model.location import Located, Source
from grantlint.reader.formats.ansible.document import read

ANY = "0.0.0.0"  # noqa: S104 - as the files say
ACCOUNT = "- mysql_user: {name: app, host: '%', password: '{{ pw }}'}\n"


def told(text: str) -> dict[str, str | None]:
    (found,) = read(Source("roles/db/tasks/main.yml", text))
    settings = found.server.settings if found.server else {}
    return {name: value.value if isinstance(value, Located) else None for name, value in settings.items()}


@pytest.mark.parametrize(
    ("task", "settings"),
    [
        ("lineinfile: {path: /etc/my.cnf, regexp: ^bind-address, line: 'bind-address = 0.0.0.0'}", {"bind_address": ANY}),
        ("lineinfile: dest=/etc/mysql/my.cnf regexp=^bind line='bind-address=0.0.0.0'", {"bind_address": ANY}),
        ("ansible.builtin.lineinfile: {path: '{{ mysql_conf }}', regexp: bind-address, state: absent}", {"bind_address": "*"}),
        ("lineinfile: {path: /etc/my.cnf, regexp: '^(bind-address.*=)', backrefs: yes, line: '\\1 ::'}", {"bind_address": "::"}),
        ("lineinfile: {path: /etc/my.cnf, regexp: '^bind-address', line: '#bind-address'}", {"bind_address": "*"}),
        ("lineinfile: {path: /etc/my.cnf, line: 'bind-address={{ b }}'}\n  vars: {b: 0.0.0.0}", {"bind_address": ANY}),
        ("lineinfile: {path: /etc/my.cnf, line: 'bind-address={{ b }}'}", {"bind_address": None}),
        ("lineinfile: {path: /etc/my.cnf, line: '{{ item }}'}\n  loop: [skip-name-resolve, local_infile=0]",
         {"skip_name_resolve": "ON", "local_infile": "0"}),
        ("replace: {path: /etc/my.cnf, regexp: '127\\.0\\.0\\.1', replace: 0.0.0.0}", {"bind_address": ANY}),
        ("replace: {path: /etc/my.cnf, regexp: '^bind-address.*'}", {"bind_address": "*"}),
        ("ini_file: {path: /etc/my.cnf, section: mysqld, option: bind-address, value: 0.0.0.0}", {"bind_address": ANY}),
        ("community.general.ini_file: {path: /etc/my.cnf, section: mysqld, option: skip-name-resolve, allow_no_value: yes}",
         {"skip_name_resolve": "ON"}),
        ("ini_file: {path: /etc/my.cnf, section: mysqld, option: bind-address, state: absent}", {"bind_address": "*"}),
        ("ini_file: {path: /etc/my.cnf, section: mysqld, option: bind-address, value: '{{ b }}'}", {"bind_address": None}),
        ("blockinfile:\n    path: /etc/my.cnf\n    block: |\n      [mysqld]\n      bind-address = 0.0.0.0", {"bind_address": ANY}),
        ("shell: sed -i 's/^bind-address.*/bind-address = 0.0.0.0/' /etc/mysql/my.cnf", {"bind_address": ANY}),
        ("command:\n    cmd: sed -i '/skip-networking/d' /etc/my.cnf", {"skip_networking": "OFF"}),
        ("block:\n  - lineinfile: {path: /etc/my.cnf, line: bind-address=0.0.0.0}", {"bind_address": ANY}),
        ("lineinfile: {path: /a.cnf, line: bind-address=1}\n- lineinfile: {path: /a.cnf, line: bind-address=2}",
         {"bind_address": None}),
    ],
)  # fmt: skip
def test_what_a_task_writes_is_a_setting(task: str, settings: dict[str, str | None]) -> None:
    assert told(f"- {task}\n{ACCOUNT}") == settings


@pytest.mark.parametrize(
    "task",
    [
        "lineinfile: {path: /etc/redis.conf, line: 'bind-address = 0.0.0.0'}",
        "lineinfile: {path: /etc/my.cnf, line: 'bind-address = 0.0.0.0'}\n  when: false",
        "lineinfile: {path: /etc/my.cnf, line: '# bind-address'}",
        "lineinfile: {path: /etc/my.cnf, line: '{{ item }}'}\n  loop: '{{ lines }}'",
        "ini_file: {path: /etc/my.cnf, section: client, option: bind-address, value: 0.0.0.0}",
        "ini_file: {path: /etc/my.cnf, section: mysqld, option: port, value: 3306}",
        "blockinfile: {path: /etc/my.cnf, state: absent}",
        "lineinfile: {line: bind-address=0.0.0.0}",
        "shell: grep bind-address /etc/my.cnf | sed s/a/b/",
        "replace: ''",
    ],
)
def test_what_sets_nothing(task: str) -> None:
    assert told(f"- {task}\n{ACCOUNT}") == {}


def test_a_setting_is_of_the_server_of_its_play() -> None:
    text = (
        "- hosts: a\n  tasks:\n  - lineinfile: {path: /etc/my.cnf, line: bind-address=0.0.0.0}\n  "
        + ACCOUNT
        + "- hosts: b\n"
        "  tasks:\n  - mysql_user: {name: web, host: '%', password: '{{ pw }}'}\n"
    )
    first, second = read(Source("site.yml", text))
    assert first.server is not None
    place = first.server.settings["bind_address"].span
    assert text[place.start : place.end] == "bind-address=0.0.0.0"
    assert second.server is None
