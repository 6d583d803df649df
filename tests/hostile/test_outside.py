"""What files name that lies out of the tree, or is no file: not read, not opened, counted; and nothing hangs.

Each run has a limit of time, so that one that waits for a device or a pipe fails.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from runs import Ran, Run

CANARY = "CANARY"
PLAY = "- hosts: db\n  vars_files:\n    - {file}\n  tasks:\n    - mysql_user: {{name: '{{{{ a }}}}', host: 10.0.0.1}}\n"
TASKS = "- mysql_user: {name: '{{ a }}', host: 10.0.0.1}\n"
COMPOSE = "services:\n  db:\n    image: mariadb:11.4\n    env_file: {file}\n"
MOUNT = (
    "services:\n  db:\n    image: mariadb:11.4\n    environment: {{MARIADB_ROOT_PASSWORD: x}}\n"
    "    volumes: ['{mount}:/docker-entrypoint-initdb.d']\n"
)
HERE = "users:\n  - {user: app, host: 10.0.0.1}\n"


def write(files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def git(*words: str) -> None:
    subprocess.run(["git", *words], check=True, capture_output=True)


def reasons(ran: Ran) -> list[str]:
    assert ran.status in {0, 1}, ran
    assert CANARY not in ran.out + ran.err
    return [f"{one['what']}: {one['why']}" for one in json.loads(ran.out)["not_checked"]]


@pytest.fixture
def tree(here: Path) -> Path:
    """Go to a repository beside which others lie: files with a canary, a pipe and a socket."""
    write(
        {
            "out/a.yml": f"a: {CANARY}\n",
            "out/gv/all.yml": f"a: {CANARY}\n",
            "out/main.cnf": f"[mysqld]\nbind-address={CANARY}\n",
            "out/env": f"MARIADB_USER={CANARY}\nMARIADB_ROOT_HOST={CANARY}\nMARIADB_PASSWORD=x\n",
            "out/main.tf": f'variable "a" {{\n  default = "{CANARY}"\n}}\n',
            "out/x.sql": f"CREATE USER {CANARY}@'%';\n",
            "out/role/tasks/main.yml": TASKS.replace("{{ a }}", CANARY),
        }
    )
    repository = here / "repo"
    repository.mkdir()
    os.chdir(repository)
    git("init", "-q")
    return repository


@pytest.fixture
def look(process: Run, tree: Path) -> Callable[..., list[str]]:  # noqa: ARG001 - runs in that folder
    """Write files, check them, and return what was not checked."""

    def looked(files: Mapping[str, str], *paths: str) -> list[str]:
        write(files)
        return reasons(process("--no-config", "--format", "json", *(paths or ["."])))

    return looked


OUTSIDE = ["/etc/passwd", "../out/a.yml", "../../../../../../../../etc/passwd", "/dev/ptmx", "/dev/stdin", "/dev/zero",
           "/proc/kmsg", "/proc/self/environ", "/proc/self/fd/0", "/nowhere/at/all"]  # fmt: skip


def test_vars_files_out_of_the_tree_are_not_read(look: Callable[..., list[str]]) -> None:
    said = look({f"site{number}.yml": PLAY.format(file=file) for number, file in enumerate(OUTSIDE)})
    for file in OUTSIDE:
        assert f"variables of a file: {file} leads out of the tree" in said
        assert f"user: a variable that {file} may set, which leads out of the tree" in said


@pytest.mark.parametrize("file", ['"a\\0b"', "x" * 300, "x/" * 100_000], ids=["NUL", "long name", "long path"])
def test_what_is_no_path_is_counted_and_ends(file: str, look: Callable[..., list[str]]) -> None:
    said = look({"site.yml": PLAY.format(file=file), "my.cnf": f"[mysqld]\n!include {file}\n"})
    assert len([one for one in said if one.startswith("variables of a file")]) == 1


def test_env_files_out_of_the_tree_are_not_read(look: Callable[..., list[str]]) -> None:
    said = look({f"compose{number}.yml": COMPOSE.format(file=file) for number, file in enumerate(OUTSIDE)})
    assert {f"accounts: the env_file {file} leads out of the tree" for file in OUTSIDE} <= {*said}


@pytest.mark.parametrize("word", ["include", "includedir"])
def test_option_files_out_of_the_tree_are_not_read(word: str, look: Callable[..., list[str]]) -> None:
    named = [*OUTSIDE, "/proc", "/", "/dev", ".."]
    lines = "".join(f"!{word} {file}\n" for file in named)
    said = look({"my.cnf": f"[mysqld]\nskip-name-resolve\n{lines}", "a.yml": HERE})
    assert said == [f"settings of an included file: {file} leads out of the tree" for file in named]


def test_what_is_mounted_from_out_of_the_tree_is_counted(look: Callable[..., list[str]]) -> None:
    named = ["/", "/etc/mysql", "../out", "~/sql"]
    said = look({f"compose{number}.yml": MOUNT.format(mount=mount) for number, mount in enumerate(named)})
    assert said == [f"scripts that are mounted: {mount} leads out of the tree" for mount in named]


def test_compose_files_and_modules_out_of_the_tree_are_counted(look: Callable[..., list[str]]) -> None:
    database = "image: mariadb:11.4, environment: {MARIADB_ROOT_PASSWORD: x}"
    out = ["../out/compose.yml", "/etc/compose.yml", "oci://registry.example.com/db:1"]
    compose = f"""\
include: ['{out[0]}', {{path: ['{out[1]}', inside.yml]}}]
services:
  db: {{{database}}}
  other: {{extends: {{file: '{out[2]}', service: db}}}}
  ours: {{extends: {{file: inside.yml, service: db}}}}
"""
    module = 'module "{name}" {{\n  source = "{path}"\n}}\n'
    sources = {"a": "../out", "b": "/etc", "c": "./inside", "d": "terraform-aws-modules/rds/aws"}
    modules = "".join(module.format(name=name, path=path) for name, path in sources.items())
    user = 'resource "mysql_user" "a" {\n  user = "a"\n  host = "10.0.0.1"\n}\n'
    said = look(
        {"compose.yml": compose, "inside.yml": f"services: {{db: {{{database}}}}}\n", "main.tf": modules + user}
    )
    assert said == [
        *(f"accounts: {path} leads out of the tree" for path in out),
        *(f"accounts: the module {path} leads out of the tree" for path in ("../out", "/etc")),
    ]


def test_an_address_that_may_hold_a_password_is_not_shown(look: Callable[..., list[str]]) -> None:
    include = f"include: ['https://u:{CANARY}@git.example.com/x.yml', 'https://git.example.com/x.yml?token={CANARY}']\n"
    said = look({"compose.yml": f"{include}services:\n  db: {{image: 'mariadb:11.4'}}\n"})
    assert said == ["accounts: a file of another machine leads out of the tree"] * 2


@pytest.mark.usefixtures("tree")
def test_no_command_shows_what_lies_outside(process: Run) -> None:
    write(
        {
            "site.yml": PLAY.format(file="../out/a.yml"),
            "compose.yml": COMPOSE.format(file="../out/env"),
            "my.cnf": "[mysqld]\n!include ../out/main.cnf\n",
            "a.yml": HERE,
        }
    )
    os.symlink("../out/gv", "group_vars")
    for command in (
        ["check"],
        ["files"],
        ["table"],
        ["convert", "--to", "policy"],
        ["why", "app", "--from", "10.0.0.1"],
    ):
        ran = process(*command, "--no-config", ".")
        assert ran.err.count("\n") <= 5, ran
        assert CANARY not in ran.out + ran.err


def test_nothing_that_terraform_names_is_read(look: Callable[..., list[str]]) -> None:
    text = (
        'resource "mysql_user" "a" {\n  user = file("../out/a.yml")\n  host = templatefile("/etc/passwd", {})\n}\n'
        'module "m" {\n  source = "../out"\n}\nmodule "n" {\n  source = "../../../.."\n}\n'
    )
    assert len([one for one in look({"main.tf": text}) if one.startswith(("user", "host"))]) == 2


LINKS = {
    "roles/r/defaults/main.yml": "../../../../out/a.yml",
    "roles/r/vars/main.yml": "../../../../out/a.yml",
    "roles/r/vars/main/x.yml": "../../../../../out/a.yml",
    "roles/r/defaults": "../../../out/gv",
    "roles/r/tasks/group_vars": "../../../../out/gv",
    "group_vars/all.yml": "../../out/a.yml",
    "group_vars/all": "../../out/gv",
    "host_vars": "../out/gv",
    "inventory/group_vars": "../../out/gv",
    "inventories": "/etc",
    "environments/prod": "/proc",
}


@pytest.mark.parametrize("link", LINKS)
def test_variables_behind_a_link_out_of_the_tree_are_not_read(link: str, look: Callable[..., list[str]]) -> None:
    write({"roles/r/tasks/main.yml": TASKS})
    Path(link).parent.mkdir(parents=True, exist_ok=True)
    os.symlink(LINKS[link], link)
    git("add", "-A")
    (said,) = look({})
    assert said.startswith(f"user: a variable that {link}")
    assert said.endswith(" may set, which leads out of the tree")


def test_a_value_elsewhere_does_not_stand_for_one_that_is_not_read(look: Callable[..., list[str]]) -> None:
    write({"roles/r/tasks/main.yml": TASKS, "group_vars/all.yml": "a: app\n"})
    os.symlink("../../out/a.yml", "group_vars/db.yml")
    assert look({}) == ["user: a variable that group_vars/db.yml may set, which leads out of the tree"]


def test_other_files_of_a_module_behind_links_are_not_read(look: Callable[..., list[str]]) -> None:
    write({"main.tf": 'resource "mysql_user" "u" {\n  user = var.a\n  host = "10.0.0.1"\n}\n'})
    os.symlink("../out/main.tf", "variables.tf")
    said = look({})
    assert "a file of the module: variables.tf leads out of the tree" in said
    Path("variables.tf").unlink()
    write({"variables.tf": 'variable "a" {\n  default = "app"\n}\n'})
    os.symlink("../out/main.tf", "terraform.tfvars")
    assert look({}) == ["user: var.a depends on terraform.tfvars, which leads out of the tree"]


def test_included_options_behind_a_link_are_not_read(look: Callable[..., list[str]]) -> None:
    write({"my.cnf": "[mysqld]\n!includedir conf.d\n", "a.yml": HERE, "conf.d/a.cnf": "[mysqld]\n"})
    os.symlink("../../out/main.cnf", "conf.d/b.cnf")
    assert look({}) == ["settings of an included file: conf.d/b.cnf leads out of the tree"]


def test_an_env_file_behind_a_link_is_not_read(look: Callable[..., list[str]]) -> None:
    os.symlink("../out/env", "db.env")
    os.symlink("../out/env", ".env")
    said = look({"compose.yml": COMPOSE.format(file="db.env")})
    assert "accounts: the env_file db.env leads out of the tree" in said
    assert "variables of the service: .env leads out of the tree" in said


@pytest.mark.usefixtures("tree")
def test_links_that_git_keeps_are_counted_and_lead_nowhere(process: Run) -> None:
    write({"a.yml": HERE})
    for name, target in {"x.sql": "../out/x.sql", "role": "../out/role", "some.role": "../out/role", "up": "..",
                         "etc": "/etc", "loop": "loop", "self": ".", "dev.sql": "/dev/zero"}.items():  # fmt: skip
        os.symlink(target, name)
    git("add", "-A")
    ran = process("files", "--no-config", "--format", "json", ".")
    assert CANARY not in ran.out
    why = {one["path"]: one["why"] for one in json.loads(ran.out)["passed_over"]}
    out = "a symbolic link out of the tree"
    assert "\na symbolic link out of the tree: 6 files\n" in process("--no-config", ".").out
    assert why == {"x.sql": out, "role": out, "some.role": out, "up": out, "etc": out, "dev.sql": out,
                   "loop": "a symbolic link to nothing", "self": "a symbolic link to a folder"}  # fmt: skip


@pytest.mark.parametrize("repository", [True, False])
def test_a_role_behind_a_link_inside_the_tree_is_read_once(
    repository: bool,  # noqa: FBT001 - a parameter
    process: Run,
    here: Path,  # noqa: ARG001 - in that folder
) -> None:
    write({"vendor/db/tasks/main.yml": TASKS, "vendor/db/defaults/main.yml": "a: app\n", "pb/site.yml": HERE})
    os.makedirs("roles")
    os.symlink("../vendor/db", "roles/acme.db")
    os.symlink("../vendor/db", "roles/again")
    os.symlink("../../roles", "vendor/db/roles")  # round in a circle
    if repository:
        git("init", "-q")
        git("add", "-A")
    ran = process("files", "--no-config", "--format", "json", ".")
    taken = [one["path"] for one in json.loads(ran.out)["files"]]
    role = "vendor/db" if repository else "roles/acme.db"  # what git tracks is read by its own name
    assert taken == ["pb/site.yml", f"{role}/tasks/main.yml"]
    assert reasons(process("--no-config", "--format", "json", ".")) == []


def test_paths_that_stay_inside_the_repository_are_read(look: Callable[..., list[str]]) -> None:
    write(
        {
            "shared/a.yml": "a: app\n",
            "pb/site.yml": PLAY.format(file="../shared/a.yml"),
            "absolute/site.yml": PLAY.format(file=os.path.abspath("shared/a.yml")),
            "linked/site.yml": PLAY.format(file="vars/a.yml"),
            "roles/r/tasks/main.yml": TASKS,
        }
    )
    os.symlink("../shared", "linked/vars")
    os.makedirs("roles/r/defaults")
    os.symlink("../../../shared/a.yml", "roles/r/defaults/main.yml")
    for folder in ("pb", "absolute", "linked", "roles", "."):
        assert look({}, folder) == [], folder


@pytest.mark.usefixtures("here")
def test_outside_of_a_repository_what_is_named_is_the_tree(process: Run) -> None:
    write({"a.yml": f"a: {CANARY}\n", "group_vars/all.yml": f"a: {CANARY}\n"})
    write({"pb/site.yml": PLAY.format(file="../a.yml"), "pb/tasks.yml": TASKS})
    for paths in (["pb"], ["pb/site.yml", "pb/tasks.yml"], [os.path.abspath("pb")]):
        said = reasons(process("--no-config", "--format", "json", *paths))
        assert "variables of a file: ../a.yml leads out of the tree" in said
        assert "user: a variable that nothing read here defines" in said
    assert "user: a variable that nothing read here defines" not in process("--no-config", ".").out


SPECIAL = ["vars.yml", "group_vars/all.yml", "roles/r/defaults/main.yml", "x.sql", "bare", "my.cnf", ".env", "db.env",
           "a.tf", "b.tfvars", "grantlint.toml"]  # fmt: skip


@pytest.mark.parametrize("make", ["pipe", "socket", "device"])
def test_pipes_sockets_and_devices_in_the_tree_are_neither_opened_nor_waited_for(
    make: str,
    process: Run,
    here: Path,  # noqa: ARG001 - in that folder
) -> None:
    write(
        {
            "site.yml": PLAY.format(file="vars.yml"),
            "roles/r/tasks/main.yml": TASKS,
            "compose.yml": COMPOSE.format(file="db.env"),
            "main.tf": 'variable "a" {\n  default = "x"\n}\nresource "mysql_user" "u" {\n  user = var.a\n}\n',
            "conf/my.cnf": "[mysqld]\n!include ../my.cnf\n",
        }
    )
    for name in SPECIAL[:-1]:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        _special(make, name)
    said = reasons(process("--no-config", "--format", "json", "."))
    for text in (
        "variables of a file: vars.yml is neither a file nor a folder",
        "user: a variable that roles/r/defaults/main.yml may set, which is neither a file nor a folder",
        "accounts: the env_file db.env is neither a file nor a folder",
        "variables of the service: .env is neither a file nor a folder",
        "user: var.a depends on b.tfvars, which is neither a file nor a folder",
        "settings of an included file: ../my.cnf is neither a file nor a folder",
    ):
        assert text in said
    listed = process("files", "--no-config", ".").out
    assert all(f"{name} " in listed for name in ("x.sql", "bare", "my.cnf"))
    for name in SPECIAL[:-1]:
        named = process("--no-config", name)
        assert (named.status, named.err.count("\n")) == (2, 1)
        assert "neither a file nor a folder" in named.err


def _special(make: str, name: str) -> None:
    if make == "pipe":
        os.mkfifo(name)
    elif make == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(name)
    else:
        try:
            os.mknod(name, 0o020666, os.makedev(1, 5))  # /dev/zero
        except PermissionError:
            pytest.skip("only root makes devices")


@pytest.mark.parametrize("command", [["parse"], ["table"]])
@pytest.mark.parametrize("file", ["pipe", "/dev/zero", "/dev/ptmx"])
def test_other_commands_neither_wait_for_a_pipe_nor_read_a_device(
    command: list[str],
    file: str,
    process: Run,
    here: Path,  # noqa: ARG001 - in that folder
) -> None:
    os.mkfifo("pipe")
    ran = process(*command, file)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "neither a file nor a folder" in ran.err


@pytest.mark.usefixtures("tree")
def test_a_configuration_file_is_a_file_of_the_tree(process: Run) -> None:
    write({"a.yml": HERE})
    os.mkfifo("grantlint.toml")
    assert "grantlint.toml cannot be read: neither a file nor a folder" in process(".").err
    for target in ("../out/a.yml", "/dev/zero"):
        Path("grantlint.toml").unlink()
        os.symlink(target, "grantlint.toml")
        ran = process(".")
        assert ran.status == 2
        assert ran.err.startswith("grantlint: grantlint.toml is a symbolic link out of the tree and is not read")
    assert process(".", "--no-config").status == 0


@pytest.mark.usefixtures("tree")
def test_what_the_command_line_names_may_lie_anywhere(process: Run) -> None:
    os.symlink("../out/x.sql", "link.sql")
    assert CANARY in process("--no-config", "link.sql").out
    assert CANARY in process("--no-config", "../out/x.sql").out
    assert process("--no-config", "--scope", ".", "--allow-empty", "link.sql").out == "", "a hook names what is there"


@pytest.mark.e2e
def test_the_output_of_a_command_is_read_where_a_shell_hands_it_over(here: Path) -> None:
    statement = "CREATE USER app@'%';"
    line = f'{sys.executable} -m grantlint --no-config -q <(sleep 0.3; echo "{statement}")'
    ran = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, timeout=60, cwd=here)
    assert "'app'@'%'" in ran.stdout
    ran = subprocess.run(
        [sys.executable, "-m", "grantlint", "--no-config", "-q", "--input-format", "sql", "/dev/stdin"],
        input=statement, capture_output=True, text=True, check=False, timeout=60, cwd=here,
    )  # fmt: skip
    assert "'app'@'%'" in ran.stdout


@pytest.mark.e2e
def test_a_file_above_the_limit_of_its_format_is_not_read_whole(here: Path) -> None:
    text = "CREATE USER a@b; -- " + "x" * 1_000_000 + "\n"
    with open("dump.sql", "w", encoding="utf-8") as file:
        file.writelines(text for _ in range(100))
    with open("other.sql", "wb") as file:
        file.truncate(60 << 20)
    script = "from grantlint.cli.main import main; main(['-q', '--no-config', '.'])"
    script += "; print([line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM:')][0])"
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60, cwd=here
    )
    finding, memory = ran.stdout.splitlines()
    assert finding == "dump.sql:1:1: error[file-too-large]: the file holds 100 MB, and no more than 67 MB are read"
    assert int(memory) // 1024 < 250  # ru_maxrss would be the suite's, from which the program was forked
