"""What the wheel holds, and that nothing of it lies loose in everybody's site-packages."""

import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

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
        "grantlint/report/findings.schema.json",
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
