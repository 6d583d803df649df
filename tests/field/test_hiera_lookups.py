"""Passwords that Hiera hands to a manifest: by a parameter of a class, or by a key that it looks up."""

import pytest

from looks import Look

MANIFEST = """\
class app (
  $pw = 'of-the-class',
) {
  mysql_user { 'a@localhost': password_hash => mysql_password(VALUE) }
}
"""


def places(look: Look, value: str, files: dict[str, str]) -> list[str]:
    return look({"modules/app/manifests/init.pp": MANIFEST.replace("VALUE", value), **files}).of("plain-text-password")


@pytest.mark.parametrize(
    ("value", "data", "found"),
    [
        ("$pw", {}, ["modules/app/manifests/init.pp:2"]),
        ("$pw", {"data/common.yaml": "a: 1\napp::pw: of-the-data\n"}, ["data/common.yaml:2"]),
        ("$pw", {"hieradata/nodes/db.yaml": "::app::pw: 'of-a-node'\n"}, ["hieradata/nodes/db.yaml:1"]),
        ("$pw", {"modules/app/data/common.yaml": "app::pw: of-the-module\n"}, ["modules/app/data/common.yaml:1"]),
        ("$pw", {"data/common.yaml": "app::pw: ENC[PKCS7,abc]\n"}, []),
        ("$pw", {"data/common.yaml": "app::pw: \"%{lookup('x')}\"\n"}, []),
        ("$pw", {"data/common.yaml": "other::pw: x\n"}, ["modules/app/manifests/init.pp:2"]),
        ("lookup('shop::pw')", {"data/common.yaml": "shop::pw: looked-up\n"}, ["data/common.yaml:1"]),
        ('hiera("shop::pw")', {"hiera/common.eyaml": "shop::pw: looked-up\n"}, ["hiera/common.eyaml:1"]),
        ("Sensitive(lookup('shop::pw'))", {"data/common.yaml": "shop::pw: looked-up\n"}, ["data/common.yaml:1"]),
        ("\"x${lookup('shop::pw')}\"", {"data/common.yaml": "shop::pw: looked-up\n"}, []),
        ("lookup('shop::pw')", {}, []),
        ("lookup('shop::pw')", {"elsewhere/common.yaml": "shop::pw: looked-up\n"}, []),
    ],
)
def test_a_password_is_told_where_the_data_has_it(
    value: str, data: dict[str, str], found: list[str], look: Look
) -> None:
    assert places(look, value, data) == found


def test_of_two_files_a_node_tells_which_counts(look: Look) -> None:
    data = {"data/common.yaml": "app::pw: one-of-two\n", "data/nodes/a.yaml": "app::pw: two-of-two\n"}
    assert places(look, "lookup('app::pw')", data) == []


def test_data_that_is_no_yaml_tells_nothing(look: Look) -> None:
    assert places(look, "lookup('app::pw')", {"data/common.yaml": "app::pw: [\n", "data/x.yaml": "- app::pw\n"}) == []


def test_a_password_of_the_data_is_shown_nowhere(look: Look) -> None:
    seen = look(
        {
            "modules/app/manifests/init.pp": MANIFEST.replace("VALUE", "$pw"),
            "data/common.yaml": "app::pw: zq9-geheim\n",
        }
    )
    assert seen.of("plain-text-password")
    assert "zq9" not in seen.messages + seen.err
