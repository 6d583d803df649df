"""The mysql-operator of Presslabs and Bitpoke, and RadonDB's: mysqluser_types.go, pkg/internal/mysql."""

from grantlint.model import Account, Authentication, Credential, Declarations, Grant, Secrecy
from grantlint.model.location import Unresolved
from grantlint.reader.formats.kubernetes.objects import Object
from grantlint.reader.formats.kubernetes.operators.fields import grant_of, limits_of, own_name, place_of, target_of


def read_user(user: Object, to: Declarations) -> None:
    """Read a MysqlUser of Presslabs, Bitpoke or RadonDB. An account for each host, with its permissions."""
    name = user.text("spec", "user") or own_name(user)
    secret = user.at("spec", "password") or user.at("spec", "secretSelector")
    authentication = Authentication(None, Credential(Secrecy.REFERENCE, place_of(user, secret))) if secret else None
    grants: list[Grant] = []
    for permission in user.parts("spec", "permissions"):
        privileges = permission.texts("permissions") or permission.texts("privileges")
        database = permission.text("schema") or permission.text("database")
        for table in permission.texts("tables"):
            made = grant_of(permission, privileges, target_of(database, table, permission.span, to))
            if made:
                option = user.flag("spec", "withGrantOption") or made.option
                grants.append(made._replace(option=option))
    limits = limits_of(user, "spec", "resourceLimits", names=None)
    hosts = user.texts("spec", "allowedHosts") or user.texts("spec", "hosts")
    for host in hosts or [Unresolved("the object names no host", *user.span)]:
        to.accounts.append(Account(name, host, user.span, authentication, (), limits, None, None, tuple(grants)))
