"""Override files: what Terraform merges into the blocks of the other files before it looks at them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grantlint.model import Declarations

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]

_MAIN = """
resource "mysql_user" "a" {
  user = "app"
  host = local.host
}
resource "mysql_grant" "a" {
  user       = mysql_user.a.user
  host       = mysql_user.a.host
  database   = "shop"
  privileges = ["SELECT"]
}
locals {
  host = "10.%"
}
"""
_WIDE = 'resource "mysql_user" "a" {\n  host = "%"\n}\n'


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"override.tf": _WIDE}, "app@%: SELECT ON shop.*"),
        ({"dev_override.tofu": _WIDE}, "app@%: SELECT ON shop.*"),
        ({"b_override.tf": _WIDE, "c_override.tf": _WIDE.replace('"%"', '"192.%"')}, "app@192.%: SELECT ON shop.*"),
        ({"override.tf": 'locals {\n  host = "172.%"\n}\n'}, "app@172.%: SELECT ON shop.*"),
        ({"a_override.tf": 'locals {\n  host = "1.%"\n}', "b_override.tf": 'locals {\n  host = "2.%"\n}'},
         "app@2.%: SELECT ON shop.*"),
        ({"override.tf": 'resource "mysql_grant" "a" {\n  privileges = ["ALL"]\n}'}, "app@10.%: ALL ON shop.*"),
        ({"myoverride.tf": _WIDE}, "app@10.%: SELECT ON shop.*"),
    ],
)  # fmt: skip
def test_an_override_takes_the_place_of_what_is_written(
    accounts: Shown, tmp_path: Path, changes: dict[str, str], told: str
) -> None:
    assert accounts("main.tf", tree={"main.tf": _MAIN, **changes}, at=tmp_path) == [told]


def test_resources_that_others_refer_to_are_overridden_as_well(accounts: Shown, tmp_path: Path) -> None:
    user, _, grant = _MAIN.partition('resource "mysql_grant"')
    tree = {"main.tf": f'resource "mysql_grant"{grant}', "users.tf": user, "override.tf": _WIDE}
    assert accounts("main.tf", tree=tree, at=tmp_path) == ["+ app@%: SELECT ON shop.*"]


def test_a_nested_block_takes_the_place_of_all_of_its_kind(accounts: Shown, tmp_path: Path) -> None:
    main = """
    resource "mysql_grant_privilege" "a" {
      privilege { priv_type = "SELECT" }
      privilege { priv_type = "INSERT" }
      on { database = "shop" }
      to {
        name = "app"
        host = "10.%"
      }
    }
    """
    change = 'resource "mysql_grant_privilege" "a" {\n  privilege {\n    priv_type = "DELETE"\n  }\n}\n'
    tree = {"main.tf": main, "override.tf": change}
    assert accounts("main.tf", tree=tree, at=tmp_path) == ["+ app@10.%: DELETE ON shop.*"]


def _counted(found: list[Declarations]) -> list[str]:
    return [one.why for each in found for one in each.not_checked]


def test_a_change_is_read_once_and_one_of_nothing_is_counted(reading: Reading, tmp_path: Path) -> None:
    assert reading("override.tf", tree={"main.tf": _MAIN, "override.tf": _WIDE}, at=tmp_path) == []
    (tmp_path / "main.tf").unlink()
    found = reading("override.tf", tree={"override.tf": _WIDE}, at=tmp_path)
    assert not any(each.accounts for each in found)
    assert _counted(found) == ["no other file of the module has the resource that it would change"]


@pytest.mark.parametrize("base", ["main.tf", "main.tf.json"])
def test_what_json_changes_or_has_is_counted(reading: Reading, tmp_path: Path, base: str) -> None:
    texts = {"main.tf": _MAIN, "main.tf.json": '{"resource": {"mysql_user": {"a": {"user": "app", "host": "10.%"}}}}'}
    change = '{"resource": {"mysql_user": {"a": {"host": "%"}}}}'
    tree = {base: texts[base], "override.tf.json": change}
    found = reading(base, tree=tree, at=tmp_path)
    assert not any(each.accounts for each in found)
    assert _counted(found) == ["override.tf.json may change it"]
    found = reading("override.tf.json", tree=tree, at=tmp_path)
    assert not any(each.accounts for each in found)
    assert _counted(found) == ["it changes one of another file"]
