"""What goes beyond a limit is a finding at its place, in the hook as anywhere; what stays within it is read whole.

An account `evil` hides in each shape: either it is reported by name, or the limit is, never neither.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from grantlint.reader.formats.ansible.lists.takers import MAX_TASK_FILES
from grantlint.reader.formats.ansible.tasks import MAX_LEVELS, MAX_VISITS
from grantlint.reader.formats.ansible.values.loops import MAX_TURNS
from grantlint.reader.formats.ansible.values.places import MAX_FILES as FILES
from grantlint.reader.formats.ansible.values.places import MAX_LEVELS as FOLDERS
from grantlint.reader.formats.ansible.values.tree import MAX_BYTES as BYTES
from grantlint.reader.formats.shell.statements import MAX_DEPTH as SCRIPTS
from grantlint.reader.formats.terraform.hcl.expressions import MAX_ITEMS
from grantlint.reader.formats.terraform.hcl.syntax import MAX_DEPTH as BLOCKS
from grantlint.reader.formats.terraform.module.beside import MAX_BYTES as MODULE_BYTES
from grantlint.reader.formats.terraform.module.beside import MAX_FILES as MODULE_FILES
from grantlint.reader.formats.terraform.module.names import MAX_INSTANCES

from .conftest import Run

_EVIL = '{name: evil, host: "%", priv: "*.*:ALL"}'
_GOOD = "- mysql_user: {name: ok, host: 10.0.0.1}\n"
_SQL = "CREATE USER 'evil'@'%' IDENTIFIED BY '$P'; GRANT ALL ON *.* TO 'evil'@'%'"


class Limit(NamedTuple):
    """A shape by its size: the most that is read, the line where more is reported, and what the report says."""

    name: str
    text: Callable[[int], str]
    most: int
    line: int
    says: str


def _wrapped(text: str, many: int, around: Callable[[str, int], str]) -> str:
    for number in range(many):
        text = around(text, number)
    return text


def _listed(items: int) -> str:
    return ",".join(f"a{number}" for number in range(items))


def _in_scripts(many: int) -> str:
    """Return a command within so many here-documents of a shell."""
    inner = f'mysql -e "{_SQL}"\n'
    for number in range(many):
        inner = f"bash <<'E{number}'\n{inner}E{number}\n"
    return f"#!/bin/bash\n{inner}"


def _plan(modules: int) -> str:
    """Return a plan with an account within so many modules."""
    values = {"user": "evil", "host": "%"}
    resource = {"address": "mysql_user.e", "mode": "managed", "type": "mysql_user", "name": "e", "values": values}
    module: dict[str, object] = {"resources": [resource]}
    for _ in range(modules):
        module = {"child_modules": [module]}
    return json.dumps({"format_version": "1.0", "planned_values": {"root_module": module}})


LIMITS = (
    Limit(
        "ansible.yml",
        lambda n: _GOOD + "- {" + _wrapped(f"mysql_user: {_EVIL}", n, lambda text, _: f"block: [{{{text}}}]") + "}\n",
        MAX_LEVELS,
        2,
        f"blocks nest more than {MAX_LEVELS} levels deep",
    ),
    Limit(
        "vars.yml",
        lambda n: (
            "mysql_users: [{name: ok, host: 10.0.0.1}]\n"
            + _wrapped(f"mysql_users: [{_EVIL}]", n, lambda text, number: f"k{number}: {{{text}}}")
            + "\n"
        ),
        MAX_LEVELS,
        2,
        f"variables nest more than {MAX_LEVELS} levels deep",
    ),
    Limit(
        "loop.yml",
        lambda n: (
            _GOOD + '- mysql_user: {name: "{{ item }}", host: "%", priv: "*.*:ALL"}\n'
            f"  loop: [{_listed(n - 1)}, evil]\n"
        ),
        MAX_TURNS,
        3,
        f"a loop has more than {MAX_TURNS:,} turns",
    ),
    Limit(
        "count.tf",
        lambda n: f'resource "mysql_user" "e" {{\n count = {n}\n user = "evil${{count.index}}"\n host = "%"\n}}\n',
        MAX_INSTANCES,
        2,
        f"a resource has more than {MAX_INSTANCES:,} instances",
    ),
    Limit(
        "each.tf",
        lambda n: (
            'resource "mysql_user" "e" {\n for_each = toset(['
            + ",".join(f'"evil{number}"' for number in range(n))
            + '])\n user = each.key\n host = "%"\n}\n'
        ),
        MAX_INSTANCES,
        2,
        f"a resource has more than {MAX_INSTANCES:,} instances",
    ),
    Limit(
        "items.tf",
        lambda n: (
            f'locals {{ l = [{",".join(["1"] * (n - 1))}, "evil"] }}\n'
            f'resource "mysql_user" "e" {{\n user = local.l[{n - 1}]\n host = "%"\n}}\n'
        ),
        MAX_ITEMS,
        1,
        f"a list or map has more than {MAX_ITEMS:,} items",
    ),
    Limit(
        "blocks.tf",
        lambda n: (
            'resource "mysql_user" "e" {\n user = "evil"\n host = "%"\n'
            + _wrapped("x = 1\n", n, lambda text, _: f"b {{\n{text}}}\n")
            + "}\n"
        ),
        BLOCKS,
        BLOCKS + 4,
        f"blocks nest more than {BLOCKS} levels deep",
    ),
    Limit(
        "scripts.sh", _in_scripts, SCRIPTS, SCRIPTS + 3, f"scripts stand more than {SCRIPTS} deep within one another"
    ),
)


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_what_is_within_a_limit_is_read_whole(limit: Limit, here: Path, process: Run) -> None:
    (here / limit.name).write_text(limit.text(limit.most))
    ran = process("--no-config", "--output", "json", ".")  # of a loop, all but one are notes
    assert ran.status == 1, ran.err
    assert "'evil" in ran.out
    assert "limit-reached" not in ran.out


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_what_is_beyond_a_limit_is_a_finding(limit: Limit, here: Path, process: Run) -> None:
    (here / limit.name).write_text(limit.text(limit.most + 1))
    ran = process("--no-config", "--quiet", "--scope", ".", "--allow-empty", limit.name)
    assert ran.status == 1, ran
    (told,) = [line for line in ran.out.splitlines() if "limit-reached" in line]
    assert re.match(rf"{limit.name}:{limit.line}:\d+: error\[limit-reached\]: ", told), told
    assert limit.says in told


def test_tasks_repeated_by_aliases_are_a_finding_where_they_are_too_many(here: Path, process: Run) -> None:
    tasks = f"- block: &a0 [{','.join(['{x: 1}'] * 1000)}]\n"
    tasks += f"- block: &a1 [{','.join(['{block: *a0}'] * (MAX_VISITS // 1000 + 1))}]\n"
    (here / "a.yml").write_text(tasks + f"- mysql_user: {_EVIL}\n")
    ran = process("--no-config", "--quiet", ".")
    assert ran.status == 1
    assert f"the file has more than {MAX_VISITS:,} tasks and mappings" in ran.out


UNLIMITED = {
    "merges.yml": _GOOD
    + "".join(f"- x: &a{number} {{k{number}: 1}}\n" for number in range(150))
    + f"- x: &ev {_EVIL}\n- mysql_user:\n    <<: [{','.join(f'*a{number}' for number in range(150))}, *ev]\n",
    "merged.yml": "x: [&a {host: '%'}, &b {username: evil, <<: *a}]\n---\n"
    "x: [&a {host: '%', privileges: [ALL]}, &b {username: evil, <<: *a}]\n"
    "apiVersion: k8s.mariadb.com/v1alpha1\nkind: Grant\nmetadata: {name: evil}\n"
    "spec:\n  mariaDbRef: {name: db}\n  <<: [*b]\n",
    "plan.json": _plan(80),
    "values.yml": f"l: [{','.join(['1'] * 200_001)}]\ninitdb:\n  e.sql: |\n    {_SQL};\n",
    "compose.yml": "services:\n  db0:\n    image: mariadb:11.8\n    ports: ['3306:3306']\n"
    "    environment: {MYSQL_ROOT_PASSWORD: '${X:?}', MYSQL_USER: evil, MYSQL_PASSWORD: '${X:?}'}\n"
    + "".join(f"  db{number}: {{extends: {{service: db{number - 1}}}}}\n" for number in range(1, 40)),
    "documents.sh": "#!/bin/bash\n"
    + "".join(f"cat <<A{number}\n" for number in range(150))
    + f"mysql <<EOF\n{_SQL};\nEOF\n",
    "puppet.pp": "if true { "
    * 60
    + "mysql_user { 'evil@%': ensure => present } mysql_grant { 'evil@%/*.*': user => 'evil@%', table => '*.*', "
    "privileges => ['ALL'] }" + " }" * 60 + "\n",
    "salt.sls": "x:\n  " + "k: {" * 60 + "a: 1" + "}" * 60 + "\nevil:\n  mysql_user.present:\n    - host: '%'\n",
    "statements.sql": "GRANT x TO y;\n" * 300 + f"{_SQL};\n",
}
"""What had a limit once, and shapes like it, past where that was."""


@pytest.mark.parametrize("name", UNLIMITED)
def test_what_needs_no_limit_is_read_however_much_there_is(name: str, here: Path, process: Run) -> None:
    (here / name).write_text(UNLIMITED[name])
    ran = process("--no-config", "--quiet", "--profile", "hardened", ".")
    assert ran.status == 1, ran.err
    assert "'evil'@'%'" in ran.out


def test_branches_beyond_the_limit_take_nothing_from_one_another(here: Path, process: Run) -> None:
    """An account that one branch drops is there where the other is run."""
    inner = "{% if a %}\nCREATE USER 'evil'@'%';\n{% else %}\nDROP USER 'evil'@'%';\n{% endif %}\n"
    (here / "a.sql").write_text(_wrapped(inner, 60, lambda text, _: f"{{% if x %}}\n{text}{{% endif %}}\n"))
    assert "'evil'@'%' is made without a password" in process("--no-config", "--quiet", ".").out


def test_a_service_that_extends_one_of_another_file_is_counted(here: Path, process: Run) -> None:
    text = "services:\n  db:\n    image: mysql:8.4\n    extends: {file: common.yml, service: db}\n"
    (here / "compose.yml").write_text(text)
    ran = process("--no-config", "--allow-empty", ".")
    assert ran.status == 0
    assert "the service extends one of another file (first at compose.yml:4:14)" in ran.out


@pytest.mark.parametrize("verb", ["ignore", "ignore-file"])
@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("a.yml", "- mysql_user: {name: ok, host: '%'\nx: '  COMMENT\n", "syntax-error"),
        ("a.sql", "CREATE USER 'evil'@'%' WITH GRANT OPTION; COMMENT\n", "syntax-error"),
        ("a.yml", LIMITS[0].text(MAX_LEVELS + 1).rstrip("\n") + "  COMMENT\n", "limit-reached"),
        ("a.yml", "users: [{user: evil, hots: '%'}]  COMMENT\n", "schema-error"),
    ],
)
def test_no_comment_of_a_file_silences_what_was_not_read(
    name: str, text: str, rule: str, verb: str, here: Path, process: Run
) -> None:
    comment = f"{'--' if name.endswith('.sql') else '#'} grantlint: {verb}[{rule}] fine"
    (here / name).write_text(text.replace("COMMENT", comment))
    ran = process("--no-config", "--quiet", ".")
    assert ran.status == 1
    assert f"error[{rule}]" in ran.out
    assert f"unused-suppression]: {rule} cannot be suppressed" in ran.out


def test_files_that_the_configuration_excludes_are_counted_in_the_summary(here: Path, process: Run) -> None:
    (here / "grantlint.toml").write_text('exclude = ["evil.yml"]\n')
    (here / "evil.yml").write_text(f"- mysql_user: {_EVIL}\n")
    (here / "good.yml").write_text(_GOOD)
    ran = process(".")
    assert ran.status == 0
    assert "excluded by the configuration: 1 file" in ran.out
    (here / "good.yml").unlink()
    assert "1 x excluded by the configuration" in process("--allow-empty", ".").err


def test_accounts_of_which_nobody_can_tell_who_gets_them_are_a_finding(here: Path, process: Run) -> None:
    hosts = "".join(f"  - {{user: app, host: '%a{at}%b{at}%c{at}%d{at}%'}}\n" for at in range(12))
    (here / "a.yml").write_text(f"server: {{name: s, product: mysql-8.4}}\nusers:\n{hosts}")
    ran = process("--no-config", "--quiet", "--scope", ".", "--allow-empty", "a.yml")
    assert ran.status == 1
    (told,) = [line for line in ran.out.splitlines() if "limit-reached" in line]
    assert re.search(r"who gets 'app'@'[^']+'(?: and \d+ more)? is not decided", told), told


_USER = '- mysql_user: {name: app, host: "{{ h }}"}\n'
_MODULE = 'resource "mysql_user" "app" {\n user = "app"\n host = HOST\n}\n'
_VARIABLE = 'variable "h" {\n default = "%"\n}\n'
_LIST = "mysql_users: [{name: app, state: present}]\n"
_ITEM = (
    '- mysql_user: {name: "{{ item.name }}", host: "{{ item.host | default(\'%\') }}"}\n  loop: "{{ mysql_users }}"\n'
)


def _padded(text: str, size: int) -> str:
    return text + "#" * (size - len(text) - 1) + "\n"


class Around(NamedTuple):
    """A file and those around it, of a size up to which a value comes from them, and what is said beyond it."""

    name: str
    files: Callable[[int], dict[str, str]]
    most: int
    says: str


AROUND = (
    Around(
        "files of variables",
        lambda n: (
            {"site.yml": _USER}
            | {f"host_vars/h{number:03}.yml": "x: 1\n" for number in range(n - 1)}
            | {"host_vars/z.yml": 'h: "%"\n'}
        ),
        FILES,
        f"host_vars/z.yml may set, which is not read, as more than {FILES} files belong here",
    ),
    Around(
        "bytes of variables",
        lambda n: {"site.yml": _USER, "group_vars/all.yml": _padded('h: "%"\n', n)},
        BYTES,
        "group_vars/all.yml may set, which holds more than 262 KB",
    ),
    Around(
        "folders of variables",
        lambda n: {"site.yml": _USER, f"group_vars/all/{'x/' * (n - 2)}h.yml": 'h: "%"\n'},
        FOLDERS,
        f"which is not read, as folders nest more than {FOLDERS} levels deep",
    ),
    Around(
        "task files of a role",
        lambda n: (
            {"roles/db/defaults/main.yml": _LIST}
            | {f"roles/db/tasks/t{number:03}.yml": "[]\n" for number in range(n - 1)}
            | {"roles/db/tasks/z.yml": _ITEM}
        ),
        MAX_TASK_FILES,
        "host: a variable of the role",
    ),
    Around(
        "bytes of tasks",
        lambda n: {"roles/db/defaults/main.yml": _LIST, "roles/db/tasks/main.yml": _padded(_ITEM, n)},
        BYTES,
        "host: a variable of the role",
    ),
    Around(
        "files of a module",
        lambda n: (
            {"a.tf": _MODULE.replace("HOST", "var.h")}
            | {f"f{number:03}.tf": "" for number in range(n - 1)}
            | {"z.tf": _VARIABLE}
        ),
        MODULE_FILES,
        f"a file of the module: z.tf is not read, as more than {MODULE_FILES} files belong here",
    ),
    Around(
        "bytes of a module",
        lambda n: {"a.tf": _MODULE.replace("HOST", "var.h"), "z.tf": _padded(_VARIABLE, n)},
        MODULE_BYTES,
        "a file of the module: z.tf holds more than 524 KB",
    ),
    Around(
        "files of values",
        lambda n: (
            {"a.tf": 'variable "h" {\n default = "10.0.0.1"\n}\n' + _MODULE.replace("HOST", "var.h")}
            | {f"f{number:03}.auto.tfvars": "" for number in range(n - 1)}
            | {"z.auto.tfvars": 'h = "%"\n'}
        ),
        MODULE_FILES,
        f"var.h depends on z.auto.tfvars, which is not read, as more than {MODULE_FILES} files belong here",
    ),
    Around(
        "bytes of values",
        lambda n: {
            "a.tf": 'variable "h" {\n default = "10.0.0.1"\n}\n' + _MODULE.replace("HOST", "var.h"),
            "terraform.tfvars": _padded('h = "%"\n', n),
        },
        MODULE_BYTES,
        "var.h depends on terraform.tfvars, which holds more than 524 KB",
    ),
)


def _write(files: dict[str, str]) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("around", AROUND, ids=lambda around: around.name)
def test_a_value_comes_from_files_around_up_to_a_limit_and_is_counted_beyond(around: Around, process: Run) -> None:
    _write(around.files(around.most))
    within = process("--no-config", ".")
    assert within.status == 1, within
    assert "'app'@'%'" in within.out
    _write(around.files(around.most + 1))
    beyond = process("--no-config", ".")
    assert "'app'@'%'" not in beyond.out
    assert around.says in beyond.out


@pytest.mark.usefixtures("here")
def test_variables_are_looked_for_as_far_up_as_the_tree_goes(process: Run) -> None:
    _write({f"{'x/' * 20}site.yml": _USER, "group_vars/all.yml": 'h: "%"\n'})
    assert "'app'@'%'" in process("--no-config", "--quiet", ".").out


@pytest.mark.usefixtures("here")
def test_a_broken_file_of_variables_may_set_any(process: Run) -> None:
    _write({"site.yml": _USER.replace("h }}", "h | default('10.0.0.1') }}"), "group_vars/all.yml": 'x: "\nh: "%"\n'})
    ran = process("--no-config", ".")
    assert "1 x host: a variable that group_vars/all.yml may set, which is not valid YAML" in ran.out


@pytest.mark.usefixtures("here")
def test_a_limit_that_another_file_of_a_module_meets_is_a_finding(process: Run) -> None:
    numbers = ",".join(["1"] * MAX_ITEMS)
    _write({"a.tf": _MODULE.replace("HOST", f"local.l[{MAX_ITEMS}]"), "z.tf": f"locals {{ l = [{numbers}, 2] }}\n"})
    ran = process("--no-config", "--quiet", ".")
    assert ran.status == 1
    assert "a.tf:1:1: error[limit-reached]: in z.tf, which this file refers to, a list or map has more than" in ran.out


_DEEP = f"{'[' * 300}{']' * 300}"
_TEMPLATED = {
    "compose.yml": f"services:\n  db:\n    image: mysql:8.4\n    x: {_DEEP}\n    environment: {{MYSQL_USER: evil}}\n",
    "kubernetes.yaml": f"apiVersion: k8s.mariadb.com/v1alpha1\nkind: Grant\nmetadata: {{x: {_DEEP}}}\n",
    "salt.sls": f"x: {_DEEP}\nevil:\n  mysql_user.present:\n    - host: '%'\n",
    "values.yml": f"x: {_DEEP}\ninitdb:\n  e.sql: |\n    {_SQL};\n",
    "hiera.yaml": f"mysql::server::users:\n  'evil@%': {{x: {_DEEP}}}\n",
    "tasks.yml": f"- mysql_user: {{name: evil, host: '%', x: {_DEEP}}}\n",
}


@pytest.mark.parametrize("name", _TEMPLATED)
def test_a_template_that_nests_too_deep_is_a_finding(name: str, here: Path, process: Run) -> None:
    (here / name).write_text(f"# {{{{ x }}}}\n{_TEMPLATED[name]}")
    ran = process("--no-config", "--quiet", "--allow-empty", ".")
    assert ran.status == 1, ran
    assert "the document nests more than 200 levels deep" in ran.out
