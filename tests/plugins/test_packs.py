"""Rules of others: a pack that is built, installed, found and run, and rule files of a repository."""

import json
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

from grantlint.lint.registry import Pack, chosen, installed_packs, load_folder, load_pack, rule_set
from grantlint.platform.errors import PluginError, UsageError
from grantlint.testing import examples_of

PACK = Path(__file__).parent / "pack"
POLICY = "users:\n  - user: app\n    host: '%'\n"


@pytest.fixture(scope="module")
def environment(
    wheel: Path, build_wheel: Callable[[Path, Path], Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Make a virtual environment with grantlint and the pack installed from wheels; what they need is lent to it."""
    folder = tmp_path_factory.mktemp("plugins")
    shutil.copytree(PACK, folder / "pack")
    pack = build_wheel(folder / "pack", folder / "dist")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True, timeout=120)
    python = folder / "venv/bin/python"
    install = [python, "-m", "pip", "install", "-q", "--no-index", "--no-deps", str(wheel), str(pack)]
    subprocess.run(install, check=True, capture_output=True, timeout=120)
    (packages,) = (folder / "venv/lib").glob("python*/site-packages")
    for name in ("yaml", "_yaml"):
        lent = Path(sysconfig.get_path("platlib")) / name
        if lent.exists():
            (packages / name).symlink_to(lent)
    return folder / "venv/bin"


def run(environment: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "x.yml").write_text(POLICY, encoding="utf-8")
    return subprocess.run(
        [environment / "grantlint", *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )


def test_an_installed_pack_is_found_listed_and_run(environment: Path, tmp_path: Path) -> None:
    listed = run(environment, "rules", "--format", "json", folder=tmp_path)
    names = [rule["name"] for rule in json.loads(listed.stdout)["rules"]]
    assert names[-1] == "acme-shared-user-name", "after the built-in rules"
    assert names.count("any-host") == 1
    ran = run(environment, "--quiet", "x.yml", folder=tmp_path)
    assert ran.returncode == 1, ran
    assert "x.yml:2:11: info[acme-shared-user-name]: 'app'@'%' has a name that tells nobody" in ran.stdout
    assert "any-host" in ran.stdout
    ran = run(environment, "--quiet", "--select", "acme", "x.yml", folder=tmp_path)
    assert ran.stdout.count("\n") == 1
    assert "Who is paged" in run(environment, "rule", "acme-shared-user-name", folder=tmp_path).stdout


def test_the_examples_of_a_pack_are_tests_of_it(environment: Path) -> None:
    program = (
        "from acme_rules import RULES; from grantlint.testing import examples_of\n"
        "for example in examples_of(RULES): example.check(); print(example)"
    )
    ran = subprocess.run([environment / "python", "-c", program], capture_output=True, text=True, check=False)
    assert ran.stdout.split() == ["acme-shared-user-name-bad-0", "acme-shared-user-name-good-0"], ran.stderr


def rule_file(folder: Path, text: str, name: str = "own.py") -> str:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder)


def test_the_rule_files_of_a_folder_are_loaded_without_packaging(tmp_path: Path) -> None:
    source = (PACK / "acme_rules/shared_user_name.py").read_text(encoding="utf-8")
    folder = rule_file(tmp_path / "checks", source)
    rule_file(tmp_path / "checks", "raise SystemError", "_private.py")
    (rule,) = load_folder(folder)
    for example in examples_of([rule]):
        example.check()
    assert rule_set([folder])[-1].name == rule.name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import nonsense_that_is_not_there", "cannot be loaded: ModuleNotFoundError"),
        ("RULE = 1 +", "cannot be loaded: SyntaxError"),
        ("x = 1", "defines neither RULE nor RULES"),
        ("RULES = [1]", "holds something that is no grantlint Rule"),
        ("RULE = None", "holds something that is no grantlint Rule"),
    ],
)
def test_a_rule_file_that_cannot_be_loaded_is_named(text: str, said: str, tmp_path: Path) -> None:
    folder = rule_file(tmp_path / "checks", text)
    with pytest.raises(PluginError) as caught:
        load_folder(folder)
    assert str(caught.value).startswith(f"rule file {folder}/own.py {said}")


def test_a_folder_without_rule_files_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no rule file \(\*.py\) in it"):
        load_folder(str(tmp_path))
    with pytest.raises(UsageError, match="No such file"):
        load_folder(str(tmp_path / "gone"))


def test_two_rules_of_one_name_are_refused(tmp_path: Path) -> None:
    source = (PACK / "acme_rules/shared_user_name.py").read_text(encoding="utf-8")
    folder = rule_file(tmp_path / "checks", source.replace('"acme-shared-user-name"', '"any-host"'))
    with pytest.raises(PluginError, match="two rules are named 'any-host': in pack 'builtin' and in "):
        rule_set([folder])


def test_a_pack_that_cannot_be_imported_is_named() -> None:
    with pytest.raises(PluginError, match=r"rule pack 'gone' \(gone_rules:RULES\) cannot be loaded: ModuleNotFound"):
        load_pack(Pack("gone", "gone_rules:RULES"))
    with pytest.raises(PluginError, match=r"rule pack 'odd' \(os:sep\) holds something that is no grantlint Rule"):
        load_pack(Pack("odd", "os:sep"))


def test_packs_are_read_from_the_folders_of_the_path(tmp_path: Path) -> None:
    info = tmp_path / "acme-1.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(
        "[console_scripts]\nx = y:z\n\n[grantlint.rules]\nacme = acme_rules:RULES\nzeta=zeta\n\n[other]\na = b\n",
        encoding="utf-8",
    )
    (tmp_path / "bare.dist-info").mkdir()
    (tmp_path / "not-a-folder.zip").write_bytes(b"")
    found = installed_packs([str(tmp_path), str(tmp_path), str(tmp_path / "not-a-folder.zip"), str(tmp_path / "gone")])
    assert found == [Pack("acme", "acme_rules:RULES"), Pack("zeta", "zeta")]


def test_rules_are_chosen_by_name_and_tag() -> None:
    rules = rule_set()
    assert [rule.name for rule in chosen(rules, ["any-host"], [])] == ["any-host"]
    tag = next(tag for rule in rules for tag in rule.tags)
    usual = {rule.name for rule in chosen(rules, [], [])}
    tagged = {rule.name for rule in rules if tag in rule.tags}
    assert tagged & usual <= {rule.name for rule in chosen(rules, [tag], [])} <= tagged
    assert {rule.name for rule in chosen(rules, [], [tag])} == usual - tagged
    with pytest.raises(UsageError, match="no rule or tag is named 'any-hots'; did you mean 'any-host'"):
        chosen(rules, [], ["any-hots"])
