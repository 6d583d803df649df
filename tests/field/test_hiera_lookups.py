"""Passwords that data of the project hands to a manifest or state: by Hiera, by the pillar."""

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


STATE = """\
root_user:
  mysql_user.present:
    - name: root
    - password: VALUE
    - host: localhost
"""


@pytest.mark.parametrize(
    ("value", "data", "found"),
    [
        ("{{ pillar['db']['root']['pw'] }}", "db:\n  root:\n    pw: of-the-pillar\n", ["pillar/db.sls:3"]),
        ('\'{{ salt["pillar.get"]("db:pw") }}\'', "db: {pw: of-the-pillar}\n", ["pillar/db.sls:1"]),
        ("{{ pillar.get('db:pw', 'of-the-state') }}", "db:\n  pw: of-the-pillar\n", ["pillar/db.sls:2"]),
        ("{{ pillar.get('db:pw', 'of-the-state') }}", "db:\n  other: x\n", ["salt/mysql.sls:4"]),
        ("{{ pillar['db']['pw'] }}", "db:\n  pw: |\n    -----BEGIN PGP MESSAGE-----\n", []),
        ("{{ pillar['db']['pw'] }}", "db:\n  pw: ''\n", []),
        ("{{ pillar['db']['pw'] }}", "db:\n  pw: [a]\n", []),
        ("{{ pillar['db']['pw'] }}", "db:\n  pw: '{{ grains.id }}'\n", []),
        ("{{ pillar['db']['pw'] | sha1 }}", "db:\n  pw: of-the-pillar\n", []),
    ],
)
def test_a_password_is_told_where_the_pillar_has_it(value: str, data: str, found: list[str], look: Look) -> None:
    files = {"salt/mysql.sls": STATE.replace("VALUE", value), "pillar/db.sls": data}
    assert look(files).of("plain-text-password") == found


@pytest.mark.parametrize("grain", ["grains.get('pw', 'in-the-state')", "salt['grains.get']('pw', 'in-the-state')"])
def test_what_a_grain_has_for_want_of_another_is_a_password(grain: str, look: Look) -> None:
    files = {"salt/mysql.sls": STATE.replace("VALUE", f"{{{{ {grain} }}}}")}
    assert look(files).of("plain-text-password") == ["salt/mysql.sls:4"]


def test_of_two_pillar_files_the_top_file_tells_which_counts(look: Look) -> None:
    files = {"salt/mysql.sls": STATE.replace("VALUE", "{{ pillar['pw'] }}")}
    files |= {"pillar/a.sls": "pw: one-of-two\n", "pillar/b/init.sls": "pw: two-of-two\n"}
    assert look(files).of("plain-text-password") == []
