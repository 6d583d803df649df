"""Odd and broken input is no exception, and takes time in proportion to its size; whose files are claimed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from damage import assert_places_in, damaged
from draws import examples
from grantlint.model.location import Source
from grantlint.reader.files.formats import FORMATS, format_named
from grantlint.reader.files.words import Sieve
from grantlint.reader.formats.puppet.document import read

GOOD = """
class profile::db (String $pw = 'x') inherits y {
  class { 'mysql::server': root_password => $pw, users => { 'a@%' => { password_hash => '*AB' } } }
  mysql_user { ["a@${b["c"]}", 'd@%']: ensure => present, password_hash => mysql_password('x'); 'e@%': plugin => 'x' }
  -> mysql_grant { 'a@%/*.*': privileges => ['ALL'], table => '*.*', user => 'a@%', options => ['GRANT'] }
  $t = @("END"/L)
    | it's
    | END
  mysql::db { 'd': user => 'a', password => Sensitive('x'), host => "h${x}" }
  create_resources('mysql_user', { 'q@%' => {} }, $d)
  if $x =~ /a'b/ { Mysql::Db { host => '%' } }
}
"""
DATA = """\
mysql::server::users:
  'a@%': {password_hash: '*AB'}
mysql::server::grants:
  a@%/*.*: {user: a@%, table: '*.*'}
"""


@pytest.mark.parametrize("path", ["a.pp", "a.yaml"])
@examples(60)
@given(text=st.text())
def test_any_text_is_read(path: str, text: str) -> None:
    read(Source(path, text))


@examples(150)
@given(st.data())
def test_any_damage_to_a_real_shape_is_read(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(["a.pp", "a.yaml"]))
    text = GOOD if path == "a.pp" else DATA
    text = damaged(data, text, ["", '"', "'", "{", "}", "${", "[", "@(A)", "\\", "é", "\n", "=>", "|", "%{", ":"])
    assert_places_in(read(Source(path, text)))


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "mysql_user {",
        "mysql_user { 'a@%': a => [",
        "mysql_user { 'a@%': a => {",
        "'",
        '"',
        '"${',
        "@(A)\n",
        "/",
        "/*",
        "mysql_user { 'a@%': a => b(",
        "create_resources(mysql_user, {",
        "class { 'mysql::server': users => {",
        "\\",
        '"\\',
        "class a (",
        "node a ",
        "mysql_user { 'a@%': ensure => present }\n",
        "|",
        "mysql_user { $a |",
        "Mysql_user {",
        "mysql_user { default: ",
        "@(A",
    ],
)
def test_much_of_anything_is_read(piece: str) -> None:
    """Each of these takes minutes where the time grows with the square of the size."""
    read(Source("a.pp", piece * 4_000))


def test_what_is_opened_and_never_closed_is_a_fault() -> None:
    (found,) = read(Source("a.pp", "mysql_user { 'a@%': ensure => present }\nfile { 'x\n"))
    assert [fault.rule for fault in found.faults] == ["syntax-error"]
    assert [str(account) for account in found.accounts] == ["'a'@'%'"]


def test_a_template_of_a_manifest_is_counted() -> None:
    (found,) = read(Source("a.pp", "<% if x %>mysql_user { 'a@%': <% end %>\n"))
    assert (found.faults, [each.what for each in found.not_checked][-1]) == ([], "parts of the file")


@pytest.mark.parametrize(
    ("path", "text", "claimed"),
    [
        ("a.pp", GOOD, True),
        ("a.pp", "  mysql::db{'a': }", True),
        ("a.pp", "@@mysql_user { $x: ensure => present }", True),
        ("a.pp", "create_resources('mysql_grant', $x)", True),
        ("a.pp", "# mysql_user { 'a@%': ensure => present }", False),
        ("a.pp", "include mysql::server\nmysql_database { 'x': }", False),
        ("a.pp", "postgresql::server::role { 'mysql_users': ensure => present }", False),
        ("common.yaml", DATA, True),
        ("common.yaml", "---\n'mysql::server::grants':\n", True),
        ("common.yaml", "::mysql::db:\n  a: {}\n", True),
        ("common.yaml", "classes:\n  - mysql::server\nmysql::server::package_name: x\n", False),
        ("site.yml", "- mysql_user:\n    name: a\n", False),
        ("users.yml", "mysql_users:\n  - name: a\n", False),
    ],
)
def test_whose_files_are_claimed(path: str, text: str, claimed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    known = format_named("puppet")
    assert known is not None
    assert known.claims(path, text) is claimed
    if claimed:
        assert Sieve([known.words]).matches(text.encode())
        others = [each for each in FORMATS if each is not known and path.endswith(each.suffixes)]
        assert not any(each.claims(path, text) for each in others)
