"""What the wheel holds, and that nothing of it lies loose in everybody's site-packages."""

import re
import tomllib
import zipfile
from email import message_from_bytes
from importlib.metadata import distributions
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as opened:
        return {*opened.namelist()}


def test_the_wheel_holds_both_packages_and_nothing_loose(names: set[str]) -> None:
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"grantlint", "grantlint_rules"}


def test_the_wheel_holds_every_module_and_data_file(names: set[str]) -> None:
    for root in ("linter", "rules"):
        for file in (ROOT / root).rglob("*"):
            if file.is_file() and file.suffix != ".pyc":
                assert file.relative_to(ROOT / root).as_posix() in names


@pytest.mark.parametrize(
    "name",
    [
        "grantlint/py.typed",
        "grantlint_rules/py.typed",
        "grantlint/reader/schema/policy.schema.json",
        "grantlint/report/findings/findings.schema.json",
        "grantlint/report/declared/declarations.schema.json",
    ],
)
def test_the_wheel_holds_what_tools_look_for(names: set[str], name: str) -> None:
    assert name in names


def test_the_metadata_names_the_doors(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        info = next(name for name in opened.namelist() if name.endswith("METADATA")).removesuffix("METADATA")
        entry_points = opened.read(f"{info}entry_points.txt").decode()
        metadata = message_from_bytes(opened.read(f"{info}METADATA"))
        assert f"{info}licenses/LICENSE" in opened.namelist()
    assert "grantlint = grantlint.cli.main:run" in entry_points
    assert "builtin = grantlint_rules:RULES" in entry_points
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "Apache-2.0"


def test_the_two_roots_hold_one_package_each() -> None:
    for root, package in (("linter", "grantlint"), ("rules", "grantlint_rules")):
        assert [path.name for path in (ROOT / root).iterdir() if path.name != "__pycache__"] == [package]


def test_every_folder_of_modules_is_a_package() -> None:
    for root in ("linter/grantlint", "rules/grantlint_rules"):
        for module in (ROOT / root).rglob("*.py"):
            assert (module.parent / "__init__.py").exists(), module


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAME = re.compile(r"[A-Za-z0-9._-]+")
PARSER = {*PROJECT["optional-dependencies"]["terraform"]}


def canonical(requirement: str) -> str:
    """Return the name that a requirement begins with, as names of packages are compared."""
    found = NAME.match(requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def pinned() -> dict[str, str]:
    """Return the version of each package in constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line.partition(";")[0].strip().split("==") for line in lines if not line.startswith("#")]
    return {canonical(name): version for name, version in pins}


def test_only_the_extra_needs_what_has_no_wheel_for_every_python() -> None:
    names = {canonical(each) for each in PARSER}
    assert names == {"tree-sitter", "tree-sitter-hcl"}
    assert names.isdisjoint(map(canonical, PROJECT["dependencies"]))
    assert "grantlint[terraform]" in PROJECT["optional-dependencies"]["test"]


def test_the_hook_installs_what_the_extra_does() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["grantlint", "grantlint-fix"]
    for hook in hooks:
        assert {each.partition(";")[0].strip() for each in hook["additional_dependencies"]} == PARSER


def test_every_package_is_pinned_that_anything_here_asks_for() -> None:
    asked = [*PROJECT["dependencies"], *(each for extra in PROJECT["optional-dependencies"].values() for each in extra)]
    assert {canonical(each) for each in asked} - {"grantlint"} <= set(pinned())


def test_what_is_installed_needs_nothing_that_is_not_pinned() -> None:
    """A package that is new to the tree comes in by its users' requirements: `make constraints` writes it down."""
    pins, seen = pinned(), set[str]()
    installed = {canonical(found.name): found for found in distributions()}
    if any(found.version != pins.get(name, found.version) for name, found in installed.items()):
        pytest.skip("this environment was not made from constraints.txt")
    pending = ["grantlint"]
    while pending:
        name = pending.pop()
        if name in seen or name not in installed:
            continue
        seen.add(name)
        needed = [each for each in installed[name].requires or [] if "extra ==" not in each or name == "grantlint"]
        pending += [canonical(each) for each in needed if canonical(each) in installed]
    assert seen - {"grantlint"} <= set(pins)


@pytest.mark.parametrize("marker", ["demo", "test"])
def test_the_commands_of_the_readme_install_what_is_pinned(marker: str) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    command = text.split(f"<!-- {marker} -->\n```sh\n")[1].split("\n```")[0]
    assert command.startswith("python3 -m venv .venv && ")
    assert "\n" not in command, ".ci/run takes one line"
    assert "PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt .venv/bin/pip install" in command
