"""The account of a platform's administrator, where its password stands in the file: who it is, and what it is told.

Source: the registries' pages of the resources in PLATFORMS. Its host is any, and its rights are the platform's own.
"""

from grantlint.model import Account, Authentication, Credential, Grant, Secrecy
from grantlint.model.location import Implied, Unresolved
from grantlint.reader.formats.terraform.attributes import Attributes, text_of
from grantlint.reader.formats.terraform.values import Scalar
from grantlint.reader.leaf.changes import line_end

_OF_AZURE = ("administrator_login", "administrator_login_password")
_NAMED = {
    "aws_db_instance": ("username", "password"),
    "aws_rds_cluster": ("master_username", "master_password"),
    "alicloud_db_account": ("account_name", "account_password"),
    "alicloud_rds_account": ("account_name", "account_password"),
    "azurerm_mariadb_server": _OF_AZURE,
    "azurerm_mysql_server": _OF_AZURE,
    "azurerm_mysql_flexible_server": ("administrator_login", "administrator_password"),
    "aiven_mysql_user": ("username", "password"),
    "oci_mysql_mysql_db_system": ("admin_username", "admin_password"),
    "tencentcloud_mysql_account": ("name", "password"),
    "yandex_mdb_mysql_user": ("name", "password"),
}
"""The attributes that name the user and the password of each resource."""

_RIGHTS = "the platform decides what it may do"
_NAMELESS = "the resource does not name it"


def administrator(resource: Attributes) -> Account | None:
    """Return the account of a resource whose password is a literal. None of any other."""
    names = _NAMED.get(resource.kind)
    password = resource.value(names[1]) if names is not None else None
    if names is None or not isinstance(password, Scalar):
        return None
    password.source.hide(password.start, password.end)
    secrecy = Secrecy.PLAIN if password.text else Secrecy.EMPTY
    credential = Credential(secrecy, password.span, line_end(password.text, password.span))
    rights = Unresolved(_RIGHTS, *resource.span)
    user = text_of(resource, names[0]) or Unresolved(_NAMELESS, *resource.span)
    host = Implied("%", *resource.span, "")
    grants = (Grant((rights,), rights, resource.span),)
    return Account(user, host, resource.span, Authentication(None, credential), grants=grants, amends=True)
