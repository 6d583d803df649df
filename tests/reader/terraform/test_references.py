from collections.abc import Callable
from pathlib import Path

import pytest

from grantlint.model import Declarations, Secrecy
from grantlint.model.location import Located

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]


def user(user: str = '"a"', host: str = '"%"', more: str = "") -> str:
    return f'resource "mysql_user" "a" {{\n  user = {user}\n  host = {host}\n  {more}\n}}\n'


def test_defaults_of_variables_and_locals_of_the_folder_are_known(accounts: Shown, tmp_path: Path) -> None:
    tree = {
        "main.tf": user("local.name", "var.host"),
        "variables.tf": 'variable "host" {\n  default = "10.%"\n}\n',
        "locals.tofu": 'locals {\n  app = "shop"\n  name = "${local.app}_rw"\n}\n',
    }
    assert accounts("main.tf", tree=tree, at=tmp_path) == ["shop_rw@10.%"]


def test_a_value_keeps_the_place_where_it_is_written(reading: Reading, tmp_path: Path) -> None:
    tree = {"main.tf": user(host="var.host"), "variables.tf": 'variable "host" {\n  default = "10.%"\n}\n'}
    (found,) = reading("main.tf", tree=tree, at=tmp_path)
    host = found.accounts[0].host
    assert isinstance(host, Located)
    assert host.source.path.endswith("variables.tf")
    assert host.source.text[host.start : host.end] == '"10.%"'


def test_a_variable_without_a_default_is_unresolved_and_joins_its_grants(accounts: Shown) -> None:
    text = (
        'variable "name" {}\n'
        + user("var.name")
        + """
resource "mysql_grant" "a" {
  user       = mysql_user.a.user
  host       = mysql_user.a.host
  database   = "shop"
  privileges = var.privileges
}
"""
    )
    assert accounts(text) == ["?@%: ? ON shop.*"]


def test_two_variables_are_never_the_same(accounts: Shown) -> None:
    text = user("var.one") + 'resource "mysql_grant" "a" {\n  user = var.two\n  host = "%"\n  privileges = ["ALL"]\n}'
    assert accounts(text) == ["?@%", "+ ?@%: ALL ON (*.*)"]


def test_files_of_values_are_read_as_terraform_reads_them(accounts: Shown, tmp_path: Path) -> None:
    tree = {
        "main.tf": 'variable "h" {\n  default = "%"\n}\nvariable "n" {\n  default = "a"\n}\n' + user("var.n", "var.h"),
        "terraform.tfvars": 'h = "10.%"\n',
        "z.auto.tfvars": 'h = "10.1.%"\n',
        "prod.tfvars": 'n = "prod"\n',
    }
    assert accounts("main.tf", tree=tree, at=tmp_path) == ["?@10.1.%"]


def test_for_each_over_a_literal_is_unrolled(accounts: Shown) -> None:
    text = """
        locals {
          users = {
            app = { host = "10.%", databases = ["shop"] }
            ops = { host = "10.2.%", databases = var.databases }
          }
        }
        resource "mysql_user" "all" {
          for_each = local.users
          user     = each.key
          host     = each.value.host
        }
        resource "mysql_grant" "all" {
          for_each   = local.users
          user       = mysql_user.all[each.key].user
          host       = mysql_user.all[each.key].host
          database   = each.value.databases[0]
          privileges = ["SELECT"]
        }
    """
    assert accounts(text) == ["app@10.%: SELECT ON shop.*", "ops@10.2.%: SELECT ON ?"]


def test_a_set_of_hosts_makes_an_account_for_each(accounts: Shown) -> None:
    text = user(host="each.value", more='for_each = toset(["10.%", "localhost", "10.%"])')
    assert accounts(text) == ["a@10.%", "a@localhost"]


def test_count_over_a_list(accounts: Shown) -> None:
    text = 'variable "hosts" {\n  default = ["10.1.%", "10.2.%"]\n}\n' + user(
        host="var.hosts[count.index]", more="count = 2"
    )
    assert accounts(text) == ["a@10.1.%", "a@10.2.%"]


def test_for_expressions_over_what_is_known(accounts: Shown) -> None:
    text = """
        locals {
          list = [{ name = "a", host = "10.%" }, { name = "b", host = "%" }]
        }
        resource "mysql_user" "all" {
          for_each = { for u in local.list : u.name => u }
          user     = each.value.name
          host     = each.value.host
        }
    """
    assert accounts(text) == ["a@10.%", "b@%"]


def test_a_loop_over_what_nobody_knows_stands_once_and_joins(accounts: Shown) -> None:
    text = """
        resource "mysql_user" "all" {
          for_each = { for u in var.users : u.name => u }
          user     = each.value.name
          host     = "%"
        }
        resource "mysql_grant" "all" {
          for_each   = { for u in var.users : u.name => u }
          user       = mysql_user.all[each.key].user
          host       = mysql_user.all[each.key].host
          privileges = ["ALL"]
        }
    """
    assert accounts(text) == ["?@%: ALL ON (*.*)"]


def test_an_empty_default_is_filled_by_who_calls_the_module(accounts: Shown) -> None:
    text = 'variable "users" {\n  default = {}\n}\n' + user("each.key", more="for_each = var.users")
    assert accounts(text) == ["?@%"]


def test_none_of_a_resource_is_none(accounts: Shown) -> None:
    assert accounts(user(more="count = 0")) == []


def test_a_condition_that_is_known_is_followed(accounts: Shown) -> None:
    text = 'variable "wide" {\n  default = false\n}\n' + user(host='var.wide ? "%" : "10.%"')
    assert accounts(text) == ["a@10.%"]
    assert accounts(user(host='var.wide ? "%" : "10.%"')) == ["a@?"]


def test_functions_are_not_evaluated(accounts: Shown) -> None:
    assert accounts(user(host='lookup({ a = "b" }, "a")')) == ["a@?"]


def test_the_database_of_another_resource(accounts: Shown) -> None:
    text = """
        resource "mysql_database" "shop" {
          name = "shop_${terraform.workspace}"
        }
        resource "mysql_database" "blog" {
          name = "my_blog"
        }
        resource "mysql_grant" "a" {
          user       = "a"
          host       = "%"
          database   = mysql_database.blog.name
          privileges = ["SELECT"]
        }
        resource "mysql_grant" "b" {
          user       = "a"
          host       = "%"
          database   = "${mysql_database.shop.name}"
          privileges = ["SELECT"]
        }
    """
    assert accounts(text) == ["+ a@%: SELECT ON my_blog.*; SELECT ON ?"]


def test_escapes_and_comments_are_those_of_hcl(accounts: Shown) -> None:
    text = user('"a$${b}\\"\\u00e9"', '"10.%" // wildcard')
    assert accounts(text) == ['a${b}"é@10.%']


def test_a_comment_inside_of_the_quotes_is_part_of_the_host(accounts: Shown) -> None:
    assert accounts(user(host="\"'%'  # any host\"")) == ["a@'%'  # any host"]


def test_a_password_in_the_default_of_a_variable_is_plain_and_hidden_there(reading: Reading, tmp_path: Path) -> None:
    tree = {
        "main.tf": user(more="plaintext_password = var.db_password"),
        "variables.tf": 'variable "db_password" {\n  default = "hunter2"\n}\n',
    }
    (found,) = reading("main.tf", tree=tree, at=tmp_path)
    authentication = found.accounts[0].authentication
    assert authentication is not None
    assert authentication.credential is not None
    source, start, end = authentication.credential.span
    assert authentication.credential.secrecy is Secrecy.PLAIN
    assert source.text[start:end] == '"hunter2"'
    assert (start, end) in source.secrets


def test_files_of_one_folder_are_one_unit_and_other_folders_are_not(reading: Reading, tmp_path: Path) -> None:
    tree = {"a/users.tf": user(), "a/more.tf": user(), "b/users.tf": user()}
    units = [reading(name, tree=tree, at=tmp_path)[0].unit for name in tree]
    assert units[0] == units[1] != units[2]


def test_a_resource_for_each_of_another(accounts: Shown) -> None:
    text = """
        resource "mysql_user" "all" {
          for_each = %s
          user     = each.key
        }
        resource "mysql_grant" "all" {
          for_each   = mysql_user.all
          user       = each.value.user
          host       = each.value.host
          database   = "shop"
          privileges = ["SELECT"]
        }
    """
    assert accounts(text % 'toset(["a", "b"])') == [
        "a@(localhost): SELECT ON shop.*",
        "b@(localhost): SELECT ON shop.*",
    ]
    assert accounts(text % "var.users") == ["?@(localhost): SELECT ON shop.*"]


def test_equal_and_not_equal_are_compared(accounts: Shown) -> None:
    text = 'variable "env" {\n  default = "dev"\n}\n'
    assert accounts(text + user(host='var.env == "dev" ? "10.%" : "%"')) == ["a@10.%"]
    assert accounts(text + user(host='var.env != "dev" ? "10.%" : "%"')) == ["a@%"]
    assert accounts(text + user(host='var.env == 1 ? "10.%" : "%"')) == ["a@?"]


MODULE = """
variable "name" { default = "app" }
variable "host" { default = "10.0.0.%" }
resource "mysql_user" "one" {
  user = var.name
  host = var.host
}
"""


@pytest.mark.parametrize(
    ("call", "made"),
    [
        ('module "a" {\n  source = "../../modules/db"\n}\n', ["app@10.0.0.%"]),
        ('module "a" {\n  source = "../../modules/db"\n  host = "%"\n}\n', ["app@?"]),
        ('module "a" {\n  source = "../../modules/other"\n  host = "%"\n}\n', ["app@10.0.0.%"]),
        ('module "a" {\n  source = "example/db/mysql"\n  host = "%"\n}\n', ["app@10.0.0.%"]),
    ],
)
def test_a_default_that_a_call_replaces_is_none(call: str, made: list[str], accounts: Shown, tmp_path: Path) -> None:
    tree = {".git/config": "", "envs/prod/main.tf": call, "modules/db/main.tf": MODULE}
    assert accounts("modules/db/main.tf", tree=tree, at=tmp_path) == made
