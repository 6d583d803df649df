"""The pre-commit hook, installed and run by the real pre-commit in a repository of its own."""

import json

import pytest

from grantlint.reader.files.formats import FORMATS, MAKEFILES, OF_TEMPLATES

from .repository import Repository

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("pre-commit")]  # they share an installation

GOOD = "server: {name: shop, product: mysql-8.4}\nusers:\n  - user: app\n    host: 10.0.3.%\n"
BAD = GOOD.replace("10.0.3.%", "'%'")
ANONYMOUS = GOOD.replace("app", "''").replace("10.0.3.%", "10.0.3.7")
MODULE = """\
resource "mysql_user" "app" {
  user = "app"
  host = "%"
}
"""


@pytest.fixture(scope="module")
def guarded(hook: Repository) -> Repository:
    """Make a repository that the hook guards; pre-commit installs it at the first commit."""
    made = Repository(hook.folder.parent / "guarded")
    revision = hook.git("rev-parse", "HEAD")
    (made.folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hook.folder}\n    rev: {revision}\n    hooks:\n      - id: grantlint\n", encoding="utf-8"
    )
    made.git("add", "-A")
    made.git("commit", "-qm", "x")
    status, said = made.pre_commit("install")
    assert status == 0, said
    return made


def test_a_good_commit_passes_and_a_bad_one_is_blocked(guarded: Repository) -> None:
    status, said = guarded.commit(app=GOOD)
    assert status == 0, said
    assert "Passed" in said
    status, said = guarded.commit(app=BAD)
    assert status == 1
    assert "--> app.yml:4:11\n" in said
    assert "warning[any-host]" in said
    guarded.git("reset", "-q", "--hard")


def test_the_hook_has_the_parser_of_terraform(guarded: Repository) -> None:
    text = (guarded.folder / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    config = guarded.folder.parent / "terraform.yaml"
    config.write_text(f"{text}        files: tf$\n", encoding="utf-8")
    (guarded.folder / "db.tf").write_text(MODULE, encoding="utf-8")
    guarded.git("add", "-A")
    status, said = guarded.pre_commit("run", "--all-files", "--config", str(config))
    assert status == 1
    assert "--> db.tf:3:10\n" in said
    assert "warning[any-host]" in said
    guarded.git("reset", "-q", "--hard")


def test_an_account_in_an_unchanged_file_counts(guarded: Repository) -> None:
    status, said = guarded.run("git", "commit", "-q", "--allow-empty", "-m", "x")
    assert status == 0, said
    (guarded.folder / "anonymous.yml").write_text(ANONYMOUS, encoding="utf-8")
    guarded.git("add", "-A")
    guarded.git("commit", "-q", "--no-verify", "-m", "an anonymous account, past the hook")
    status, said = guarded.commit(app=f"{GOOD}# changed\n")
    assert status == 1
    assert "--> app.yml:4:11\n" in said
    assert "error[anonymous-shadows-named]" in said
    assert "[anonymous-account]" not in said, "what is wrong in the other file alone is not this commit's"
    guarded.git("reset", "-q", "--hard", "HEAD~1")


def test_a_commit_without_accounts_passes(guarded: Repository) -> None:
    status, said = guarded.commit(ci="on: push\njobs: {}\n")
    assert status == 0, said


def test_every_file_at_once_is_one_run(guarded: Repository) -> None:
    for number in range(40):
        (guarded.folder / f"many{number}.yml").write_text(BAD.replace("app", f"u{number}"), encoding="utf-8")
    guarded.git("add", "-A")
    status, said = guarded.pre_commit("run", "--all-files")
    assert status == 1
    assert said.count("judged as:") == 1
    guarded.git("reset", "-q", "--hard")


@pytest.mark.parametrize("name", ["--rules-dir=d.yml", "-q.yml", "--allow-empty.yml", "--config=d.yml"])
def test_the_name_of_a_changed_file_is_no_option(name: str, guarded: Repository) -> None:
    rules = guarded.folder / "d.yml"
    rules.mkdir()
    mark = guarded.folder.parent / "MARK"
    (rules / "x.py").write_text(f"import os\nopen({str(mark)!r}, 'w').close()\nos._exit(0)\n", encoding="utf-8")
    (guarded.folder / name).write_text(BAD, encoding="utf-8")
    guarded.git("add", "-A")
    status, said = guarded.run("git", "commit", "-qm", "x")
    assert status == 1, said
    assert f"--> {name}:4:11\n" in said
    assert "warning[any-host]" in said
    assert not mark.exists()
    guarded.git("reset", "-q", "--hard")


def test_rules_that_a_change_brings_along_are_not_run(guarded: Repository) -> None:
    mark = guarded.folder.parent / "MARK"
    (guarded.folder / "checks").mkdir()
    (guarded.folder / "checks/x.py").write_text(f"import os\nopen({str(mark)!r}, 'w').close()\nos._exit(0)\n", "utf-8")
    (guarded.folder / "grantlint.toml").write_text("rules-dir = 'checks'\n", encoding="utf-8")
    status, said = guarded.commit(app=f"{GOOD}# changed\n")
    assert status == 1
    assert "--> grantlint.toml:1:1\n" in said
    assert "error[rules-not-loaded]" in said
    assert not mark.exists()
    guarded.git("reset", "-q", "--hard")


def test_try_repo_runs_the_hook_as_its_documentation_says(hook: Repository) -> None:
    fresh = Repository(hook.folder.parent / "fresh")
    (fresh.folder / "bad.yml").write_text(BAD, encoding="utf-8")
    (fresh.folder / "good.yml").write_text(GOOD, encoding="utf-8")
    fresh.git("add", "-A")
    status, said = fresh.pre_commit("try-repo", str(hook.folder), "grantlint", "--files", "bad.yml")
    assert status == 1, said
    assert "--> bad.yml:4:11\n" in said
    assert "warning[any-host]" in said


BAD_OF = {
    "ansible": "- hosts: db\n  tasks:\n    - mysql_user: {name: NAME, host: '%', password: '{{ p }}'}\n",
    "policy": "users:\n  - user: NAME\n    host: '%'\n",
    "compose": "services:\n  db:\n    image: mysql:8.4\n"
    "    environment: {MYSQL_RANDOM_ROOT_PASSWORD: 1, MYSQL_USER: NAME, MYSQL_PASSWORD: geheim}\n",
    "mycnf": "[mysqld]\nskip-name-resolve\ndatadir=caf\udce9\n",
    "printed": "GRANT ALL PRIVILEGES ON *.* TO `NAME`@`%` WITH GRANT OPTION\n",
    "sql": "CREATE USER NAME@'%' IDENTIFIED BY 'geheim';\n",
    "terraform": 'resource "mysql_user" "NAME" {\n  user = "NAME"\n  host = "%"\n}\n',
    "terraform-plan": json.dumps({
        "format_version": "1.2", "terraform_version": "1.5.0", "planned_values": {"root_module": {"resources": [
            {"address": "mysql_user.NAME", "mode": "managed", "type": "mysql_user", "name": "NAME",
             "values": {"user": "NAME", "host": "%"}}
        ]}}
    }),
    "kubernetes": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\ndata:\n  a.sql: |\n"
    "    CREATE USER NAME@'%' IDENTIFIED BY 'geheim';\n",
    "salt": "NAME:\n  mysql_user.present:\n    - host: '%'\n    - password: geheim\n",
    "puppet": "mysql_user { 'NAME@%': ensure => present }\n",
    "shell": "#!/bin/sh\nmysql -e \"CREATE USER NAME@'%' IDENTIFIED BY 'geheim'\"\n",
    "yaml": "runcmd:\n  - mysql -e \"CREATE USER NAME@'%' IDENTIFIED BY 'geheim'\"\n",
}  # fmt: skip
"""A file of each format that is wrong in itself, with a user of its own."""
OF_PUPPET = {".eyaml": "mysql::server::users:\n  'NAME@%': {ensure: present}\n"}
OF_SALT = {"pillar.example": "mysql:\n  user:\n    NAME:\n      host: '%'\n      password: geheim\n"}

OF_MAKE = dict.fromkeys(MAKEFILES, "db:\n\tmysql -e \"CREATE USER NAME@'%' IDENTIFIED BY 'geheim'\"\n")

IN_JSON = {
    "terraform": '{"resource": {"mysql_user": {"NAME": {"user": "NAME", "host": "%"}}}}\n',
    "puppet": '{"mysql::server::users": {"NAME@%": {"password_hash": "%{lookup(\'x\')}"}}}\n',
}


def files() -> dict[str, str]:
    """Return a bad file for each format and suffix of its, and for names that say nothing."""
    made: dict[str, str] = {}
    for known in FORMATS:
        bare = ["", *OF_TEMPLATES] if known.without_suffix else []
        for number, suffix in enumerate((*known.suffixes, *bare)):
            name = f"{known.name}{number}".replace("-", "")
            text = (OF_PUPPET | OF_SALT | OF_MAKE).get(suffix) or BAD_OF[known.name]
            if known.name == "puppet" and suffix in {".yml", ".yaml"}:
                text = OF_PUPPET[".eyaml"]
            if suffix.endswith(".json"):
                text = IN_JSON.get(known.name, text)
            made[f"{name}/{suffix if suffix == 'pillar.example' else name + suffix}"] = text.replace("NAME", name)
    return made


ONE_OF_EACH = (
    "a.sql",
    "a.tf",
    "a.sh",
    "a.pp",
    "a.sls",
    "my.cnf",
    "a.sql.j2",
    "my.cnf.erb",
    "a.sh.tpl",
    "plan.json",
    "setup",
)


def written(guarded: Repository, bad: dict[str, str]) -> None:
    """Write files and add them to the index."""
    for name, text in bad.items():
        path = guarded.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", errors="surrogateescape")
    guarded.git("add", "-A")


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_a_bad_file_of_each_kind_is_not_passed_over(guarded: Repository, name: str) -> None:
    suffix = name[name.find(".") :] if "." in name else ""
    known = next(each for each in FORMATS if each.without_suffix or suffix in each.suffixes)
    known = known if suffix else next(each for each in FORMATS if each.without_suffix)
    written(guarded, {name: BAD_OF[known.name].replace("NAME", "app")})
    status, said = guarded.run("git", "commit", "-qm", "x")
    assert status == 1, said
    assert "Skipped" not in said
    assert f"--> {name}:" in said
    guarded.git("reset", "-q", "--hard")


def test_every_suffix_of_every_format_reaches_the_program(guarded: Repository) -> None:
    bad = files()
    written(guarded, bad)
    status, said = guarded.pre_commit("run", "--all-files")
    assert status == 1
    assert [name for name in bad if f"--> {name}:" not in said] == []
    guarded.git("reset", "-q", "--hard")


def test_the_fixing_hook_fixes_and_fails_so_that_somebody_looks(guarded: Repository) -> None:
    text = (guarded.folder / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    config = guarded.folder.parent / "fixing.yaml"
    unsafe = "        entry: grantlint --fix --unsafe-fixes --profile pedantic --scope . --allow-empty --\n"
    config.write_text(text.replace("id: grantlint\n", f"id: grantlint-fix\n{unsafe}"), encoding="utf-8")
    grants = "    grants:\n      - privileges: [SELECT]\n        target: "
    (guarded.folder / "fixed.yml").write_text(f"{GOOD}{grants}'shop_eu.*' # eu\n", encoding="utf-8")
    guarded.git("add", "-A")
    status, said = guarded.pre_commit("run", "--files", "fixed.yml", "--config", str(config))
    assert status == 1
    assert "files were modified by this hook" in said
    text = (guarded.folder / "fixed.yml").read_text(encoding="utf-8")
    assert text == f"{GOOD}{grants}'`shop\\_eu`.*' # eu\n"
    guarded.git("reset", "-q", "--hard")
