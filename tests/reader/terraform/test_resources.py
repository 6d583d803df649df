from collections.abc import Callable

import pytest

from grantlint.model import Account, Declarations, Secrecy
from grantlint.model.location import Implied, Located, Source, Span, Unresolved
from grantlint.reader.formats.terraform.document import read

Reading = Callable[..., list[Declarations]]
Shown = Callable[..., list[str]]


def written(span: Span) -> str:
    return span.source.text[span.start : span.end]


def only(text: str) -> Account:
    (found,) = read(Source("main.tf", text))
    (account,) = found.accounts
    return account


def test_an_account_keeps_the_place_of_each_leaf() -> None:
    account = only(
        """
resource "mysql_user" "app" {
  user               = "app"
  host               = "10.%"
  auth_plugin        = "caching_sha2_password"
  tls_option         = "x509"
  max_user_connections = 5
}
"""
    )
    assert written(account.span) == 'resource "mysql_user" "app"'
    assert (str(account), written(account.user.span), written(account.host.span)) == (
        "'app'@'10.%'",
        '"app"',
        '"10.%"',
    )
    assert account.authentication is not None
    assert account.authentication.plugin is not None
    assert written(account.authentication.plugin.span) == '"caching_sha2_password"'
    (require,) = account.require
    assert isinstance(require, Located)
    assert (require.value, written(require.span)) == ("X509", '"x509"')
    (limit,) = account.limits
    assert (limit.name.value, written(limit.value.span)) == ("MAX_USER_CONNECTIONS", "5")


def test_places_count_characters_also_after_letters_of_several_bytes() -> None:
    account = only('# größe 😀 ß\nresource "mysql_user" "ü" {\n  user = "é" # 日本\n  host = "10.%"\n}\n')
    assert (written(account.user.span), written(account.host.span)) == ('"é"', '"10.%"')


def test_a_user_without_host_is_one_of_localhost() -> None:
    account = only('resource "mysql_user" "a" {\n  user = "a"\n}')
    assert isinstance(account.host, Implied)
    assert (account.host.value, written(account.host.span)) == ("localhost", 'resource "mysql_user" "a"')


def test_null_is_absent_and_none_requires_nothing() -> None:
    account = only('resource "mysql_user" "a" {\n  user = "a"\n  host = null\n  tls_option = "NONE"\n}')
    assert isinstance(account.host, Implied)
    assert account.require == ()


def test_a_grant_without_database_is_a_global_one(accounts: Shown) -> None:
    text = """
        resource "mysql_user" "a" {
          user = "a"
        }
        resource "mysql_grant" "a" {
          user       = "a"
          privileges = ["SELECT"]
        }
    """
    assert accounts(text) == ["a@(localhost): SELECT ON (*.*)"]


def test_a_grant_without_host_misses_the_user_of_any_host(accounts: Shown) -> None:
    text = """
        resource "mysql_user" "a" {
          user = "a"
          host = "%"
        }
        resource "mysql_grant" "a" {
          user       = mysql_user.a.user
          database   = "shop"
          privileges = ["SELECT"]
        }
    """
    assert accounts(text) == ["a@%", "+ a@(localhost): SELECT ON shop.*"]


@pytest.mark.parametrize(
    ("attributes", "target"),
    [
        ('database = "shop"', "shop.*"),
        ('database = "my-shop"', "`my-shop`.*"),
        ('database = "my_shop"\ntable = "orders"', "my_shop.orders"),
        ('database = "%"', "`%`.*"),
        ('database = "PROCEDURE shop.refund"', "PROCEDURE shop.refund"),
        ('database = "function shop"\ntable = "tax"', "FUNCTION shop.tax"),
        ('database = "shop"\ntable = ""', "shop.*"),
    ],
)
def test_targets_are_written_as_the_provider_writes_them(accounts: Shown, attributes: str, target: str) -> None:
    text = f'resource "mysql_grant" "a" {{\nuser = "a"\nhost = "%"\n{attributes}\nprivileges = ["EXECUTE"]\n}}'
    assert accounts(text) == [f"+ a@%: EXECUTE ON {target}"]


def test_a_target_that_no_grant_can_be_on_is_a_fault(reading: Callable[[str], list[Declarations]]) -> None:
    (found,) = reading(
        'resource "mysql_grant" "a" {\nuser = "a"\nhost = "%"\ntable = "orders"\nprivileges = ["SELECT"]\n}'
    )
    assert [fault.message for fault in found.faults] == ["'*.orders' names a table but leaves its database open"]
    assert isinstance(found.grants[0].grant.target, Unresolved)


def test_grant_is_the_grant_option_and_backquotes_around_privileges_fall(accounts: Shown) -> None:
    text = """
        resource "mysql_grant" "a" {
          user       = "a"
          host       = "%"
          database   = "shop"
          privileges = ["`SELECT`", "UPDATE (id, name), INSERT"]
          grant      = true
        }
    """
    assert accounts(text) == ["+ a@%: SELECT,UPDATE (id, name),INSERT ON shop.* +GRANT"]


def test_roles_their_grants_and_members(reading: Reading) -> None:
    text = """
        resource "mysql_role" "dev" {
          name = "dev"
        }
        resource "mysql_grant" "dev" {
          role       = mysql_role.dev.name
          database   = "shop"
          privileges = ["SELECT"]
        }
        resource "mysql_grant" "member" {
          user  = "a"
          host  = "%"
          roles = [mysql_role.dev.name]
          grant = true
        }
        resource "mysql_default_roles" "a" {
          user  = "a"
          roles = ["dev"]
        }
    """
    (found,) = reading(text)
    assert [str(role) for role in found.roles] == ["'dev'", "'dev'"]
    (target,) = [grant.target for role in found.roles for grant in role.grants]
    assert isinstance(target, Located)
    assert str(target.value) == "`shop`.*"
    (member,), (default,) = found.memberships, found.default_roles
    assert isinstance(member.admin, Located)
    assert isinstance(default.host, Implied)
    assert (default.host.value, isinstance(default.default, Located)) == ("localhost", True)


@pytest.mark.parametrize(
    ("attribute", "secrecy"),
    [
        ('plaintext_password = "hunter2"', Secrecy.PLAIN),
        ('password = "hunter2"', Secrecy.PLAIN),
        ('password_wo = "hunter2"', Secrecy.PLAIN),
        ('plaintext_password = ""', Secrecy.EMPTY),
        ('auth_string_hashed = "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19"', Secrecy.HASH),
        ("plaintext_password = random_password.a.result", Secrecy.REFERENCE),
        ('plaintext_password = "${data.vault.a.value}"', Secrecy.REFERENCE),
        ('plaintext_password = "x${var.a}"', Secrecy.REFERENCE),
    ],
)
def test_how_a_password_stands_is_known_and_the_password_is_not_shown(attribute: str, secrecy: Secrecy) -> None:
    account = only(f'resource "mysql_user" "a" {{\n  user = "a"\n  {attribute}\n}}')
    assert account.authentication is not None
    credential = account.authentication.credential
    assert credential is not None
    assert credential.secrecy is secrecy
    hidden = [account.span.source.text[start:end] for start, end in account.span.source.secrets]
    for secret in ("hunter2", "2470C0C0"):
        assert secret not in attribute or any(secret in text for text in hidden)


def test_a_password_of_its_own_resource_belongs_to_the_account(reading: Reading) -> None:
    text = """
        resource "mysql_user" "a" {
          user = "a"
        }
        resource "mysql_user_password" "a" {
          user               = mysql_user.a.user
          plaintext_password = "hunter2"
        }
    """
    (found,) = reading(text)
    (account,) = found.accounts
    assert account.authentication is not None
    assert account.authentication.credential is not None
    assert account.authentication.credential.secrecy is Secrecy.PLAIN


def test_the_other_family_names_accounts_by_name_and_means_any_host(accounts: Shown) -> None:
    text = """
        resource "mysql_user" "app" {
          name = "app"
          lock = true
          auth_option {
            plugin      = "caching_sha2_password"
            auth_string = "hunter2"
          }
        }
        resource "mysql_grant_privilege" "app" {
          privilege {
            priv_type = "SELECT"
            columns   = ["id", "name"]
          }
          privilege {
            priv_type = "INSERT"
          }
          on {
            database = "shop"
            table    = "users"
          }
          to {
            name = mysql_user.app.name
          }
          grant_option = true
        }
    """
    assert accounts(text) == ["app@(%): SELECT (id, name),INSERT ON shop.users +GRANT"]


def test_grants_by_blocks_find_the_roles_of_the_module(reading: Reading) -> None:
    text = """
        resource "mysql_role" "w" {
          name = "w"
        }
        resource "mysql_grant_privilege" "w" {
          privilege {
            priv_type = "SELECT"
          }
          on {
            database = "*"
            table    = "*"
          }
          to {
            name = mysql_role.w.name
          }
        }
        resource "mysql_grant_role" "app" {
          to {
            name = "app"
          }
          role {
            name = mysql_role.w.name
          }
        }
        resource "mysql_default_roles" "app" {
          user = "app"
          default_role {
            name = "w"
          }
        }
    """
    (found,) = reading(text)
    assert [len(role.grants) for role in found.roles] == [0, 1]
    assert found.grants == []
    (granted,), (default,) = found.memberships, found.default_roles
    assert isinstance(granted.host, Implied)
    assert isinstance(default.host, Implied)
    assert (granted.host.value, default.host.value) == ("%", "%")


CLOUD = """
resource "google_sql_database_instance" "main" {
  name             = "main"
  database_version = "%s"
}
resource "google_sql_user" "app" {
  name     = "app"
  instance = google_sql_database_instance.main.name
  password = "hunter2"
}
"""


def test_users_of_cloud_sql_count_for_mysql_instances_only(accounts: Shown) -> None:
    assert accounts(CLOUD % "MYSQL_8_0") == ["app@(%): ? ON *.*"]
    assert accounts(CLOUD % "POSTGRES_15") == []
    (found,) = read(Source("main.tf", CLOUD % "MYSQL_8_0"))
    assert found.server is not None
    assert isinstance(found.server.product, Located)
    assert found.server.product.value == "cloudsql-mysql-8.0"
    by_another_name = CLOUD.replace("google_sql_database_instance.main.name", "var.instance")
    assert accounts(by_another_name % "POSTGRES_15") == []


def test_a_cloud_user_of_an_unknown_product_is_not_checked_unless_it_has_a_host(reading: Reading) -> None:
    (found,) = reading('resource "google_sql_user" "a" {\n  name = "a"\n  instance = var.i\n}')
    assert (found.accounts, [each.what for each in found.not_checked]) == (
        [],
        ["whether the account is one of MySQL"],
    )
    (found,) = reading('resource "google_sql_user" "a" {\n  name = "a"\n  instance = var.i\n  host = "10.%"\n}')
    assert len(found.accounts) == 1


def test_resources_of_two_providers_are_two_servers(reading: Reading) -> None:
    text = """
        resource "mysql_user" "one" {
          provider = mysql.one
          user     = "a"
        }
        resource "mysql_user" "two" {
          provider = mysql.two
          user     = "a"
        }
    """
    assert sorted(found.unit for found in reading(text)) == ["terraform:. mysql.one", "terraform:. mysql.two"]


def test_what_is_removed_is_a_removal(reading: Reading) -> None:
    (found,) = reading("removed {\n  from = mysql_user.old\n}")
    assert (found.removals, found.accounts) == (1, [])


def test_other_resources_say_nothing(reading: Reading) -> None:
    assert reading('resource "aws_db_instance" "a" {\n  username = "root"\n}\ndata "mysql_user" "a" {}') == []


@pytest.mark.parametrize("field", ["user", "host", "database"])
def test_an_empty_default_is_filled_in_by_whoever_calls_the_module(field: str, reading: Reading) -> None:
    values = {"user": '"app"', "host": '"h"', "database": '"d"', field: "var.x"}
    lines = "\n".join(f"  {name} = {value}" for name, value in values.items())
    text = (
        f'variable "x" {{\n  default = ""\n}}\nresource "mysql_grant" "a" {{\n{lines}\n  privileges = ["SELECT"]\n}}\n'
    )
    (found,) = reading(text)
    assert found.faults == []
    (grant,) = found.grants
    leaf = {"user": grant.user, "host": grant.host, "database": grant.grant.target}[field]
    assert isinstance(leaf, Unresolved)
