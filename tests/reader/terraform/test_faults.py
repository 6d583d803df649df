"""What is no HCL is a fault with a place; odd shapes are passed over and never an exception."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from damage import assert_places_in, damaged
from draws import examples
from grantlint.model import Declarations
from grantlint.model.location import Source
from grantlint.reader.files.formats import format_named
from grantlint.reader.files.words import Sieve
from grantlint.reader.formats.terraform.document import read

Reading = Callable[..., list[Declarations]]

GOOD = """
variable "host" {
  default = "10.%"
}
locals {
  users = { a = { host = var.host }, b = { host = "%" } }
}
resource "mysql_user" "all" {
  for_each           = local.users
  user               = "${each.key}_rw"
  host               = each.value.host
  plaintext_password = random_password.all[each.key].result
}
resource "mysql_grant" "all" {
  for_each   = { for k, v in local.users : k => v }
  user       = mysql_user.all[each.key].user
  host       = mysql_user.all[each.key].host
  privileges = ["SELECT", var.x ? "INSERT" : "UPDATE"]
}
resource "mysql_user" "one" {
  count = var.create ? 1 : 0
  name  = "one"
  auth_option {
    auth_string = <<-EOT
      x
    EOT
  }
}
"""


def test_what_is_no_hcl_is_a_fault_and_what_stands_around_it_is_read(reading: Reading) -> None:
    (found,) = reading(
        'resource "mysql_user" "a" {\n  user = "a"\n}\n\nresource "mysql_user" "b" {\n  user = = "b"\n}\n'
    )
    (fault,) = found.faults
    assert (fault.rule, fault.span.source.position(fault.span.start)[0]) == ("syntax-error", 6)
    assert [str(account) for account in found.accounts] == ["'a'@'localhost'"]


def test_a_template_of_terraform_is_not_checked(reading: Reading) -> None:
    (found,) = reading('{% for u in users %}\nresource "mysql_user" "{{ u }}" {\n  user = {{ u }}\n}\n{% endfor %}\n')
    assert (found.faults, [each.what for each in found.not_checked]) == ([], ["parts of the file"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "resource",
        'resource "mysql_user" {}',
        'resource {}\nresource "mysql_user" "a" {}',
        'resource "mysql_user" "a" {}',
        'resource "mysql_user" "a" { user = [1] }',
        'resource "mysql_grant" "a" { privileges = {} }',
        'resource "mysql_grant" "a" { roles = "x" }',
        'resource "mysql_grant" "a" { roles = ["x"] }',
        'resource "mysql_grant_privilege" "a" {}',
        'resource "mysql_grant_role" "a" { roles = ["x"] }',
        'resource "google_sql_user" "a" {}',
        'resource "mysql_user" "a" { for_each = "x" }',
        'resource "mysql_user" "a" { count = -1 }',
        'resource "mysql_user" "a" { count = 99999999999999999999 }',
        'resource "mysql_user" "a" { count = "²" }',
        'resource "mysql_user" "a" { user = mysql_user.a.user }',
        'locals { a = local.b\n b = local.a }\nresource "mysql_user" "a" { user = local.a }',
        'locals { a = "${local.a}x" }\nresource "mysql_user" "a" { user = local.a }',
        'resource "mysql_user" "a" { user = mysql_user.b.x }\nresource "mysql_user" "b" { x = mysql_user.a.user }',
        'resource "mysql_user" "a" { for_each = mysql_user.a }',
        'resource "mysql_user" "a" { for_each = toset([mysql_user.a["x"].user]) }',
        'resource "mysql_user" "a" { user = var }',
        'resource "mysql_user" "a" { user = var["x"] }',
        'resource "mysql_user" "a" { user = local.x[*].y }',
        'resource "mysql_user" "a" { user = "\\ud800\\UFFFFFFFF" }',
        "removed {}",
    ],
)
def test_odd_shapes_are_no_exception(text: str) -> None:
    read(Source("main.tf", text))


@pytest.mark.slow
def test_what_grows_without_end_is_unresolved() -> None:
    doubled = "\n".join(f'  l{n} = "${{local.l{n + 1}}}${{local.l{n + 1}}}"' for n in range(50))
    nested = "[for a in local.l : [for b in local.l : [for c in local.l : [for d in local.l : c]]]]"
    many = ", ".join(f'"{n}"' for n in range(2000))
    text = (
        f'locals {{\n{doubled}\n  l50 = "xx"\n  l = [{many}]\n  n = {nested}\n}}\n'
        'resource "mysql_user" "a" {\n  user = local.l0\n  host = local.n[0]\n}\n'
    )
    (found,) = read(Source("main.tf", text))
    assert str(found.accounts[0]) == "local.l0@(not known)"


@pytest.mark.slow
@pytest.mark.parametrize("pair", ["[]", "{}", "()", '${"'], ids=["list", "map", "brackets", "template"])
def test_deep_nesting_is_no_exception(pair: str) -> None:
    deep = 30_000
    opened, closed = (pair[0] * deep, pair[1] * deep) if len(pair) == 2 else ('"${' * deep, '}"' * deep)
    opened = opened if pair != "{}" else "{ a = " * deep
    read(Source("main.tf", f'resource "mysql_user" "a" {{\n  user = {opened}"x"{closed}\n}}\n'))
    read(Source("main.tf", "a {\n" * deep + 'resource "mysql_user" "a" {}' + "}\n" * deep))


@pytest.mark.slow
def test_a_large_file_is_read() -> None:
    text = "".join(f'resource "mysql_user" "u{n}" {{\n  user = "u{n}"\n  host = "10.%"\n}}\n' for n in range(3000))
    (found,) = read(Source("main.tf", text))
    assert len(found.accounts) == 3000


@examples(60)
@given(st.text())
def test_any_text_is_read(text: str) -> None:
    read(Source("main.tf", text))


@examples(120)
@given(st.data())
def test_any_damage_to_a_real_shape_is_read(data: st.DataObject) -> None:
    text = damaged(data, GOOD, ["", '"', "{", "}", "${", "[", "null", "each.key", "é", "\n", "=", "<<E\n"])
    assert_places_in(read(Source("main.tf", text)))


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        (GOOD, True),
        ('resource "google_sql_user" "a" {\n}', True),
        ('  resource "mysql_grant_privilege" "a" {', True),
        ('# resource "mysql_user" "a" {', False),
        ('data "mysql_tables" "a" {}\nmodule "mysql_user" {}', False),
        ('resource "aws_instance" "mysql_user" {', False),
        ('resource "postgresql_role" "a" {', False),
    ],
)
def test_files_with_such_resources_are_claimed(text: str, claimed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    known = format_named("terraform")
    assert known is not None
    assert known.claims("main.tf", text) is claimed
    if claimed:
        assert Sieve([known.words]).matches(text.encode())
