"""mariadb-operator: api/v1alpha1/user_types.go, grant_types.go."""

import re

from grantlint.model import (
    Account,
    Authentication,
    Credential,
    Declarations,
    Grant,
    GrantTo,
    Naming,
    NotChecked,
    Secrecy,
    ServerFacts,
)
from grantlint.model.location import Implied, Located, Text, Unresolved
from grantlint.model.privilege import ALL, Privilege
from grantlint.reader.formats.kubernetes.objects import Object
from grantlint.reader.formats.kubernetes.operators.fields import (
    ANY_HOST,
    grant_of,
    limits_of,
    own_name,
    place_of,
    target_of,
)

_IMAGE = re.compile(r"(?:^|/)(?:mariadb|mariadb-enterprise-server):(?P<version>\d+\.\d+(?:\.\d+)?)")


def read_user(user: Object, to: Declarations) -> None:
    """Read a User of mariadb-operator. One without password and requirement is made, locked and expired."""
    authentication = _password(user)
    require = _require(user)
    limits = limits_of(user, "spec", names={"maxUserConnections": "MAX_USER_CONNECTIONS"})
    open_to_none = authentication is None and user.at("spec", "require") is None and not user.is_open
    locked = Implied(True, *user.span) if open_to_none else None  # noqa: FBT003 - the value it locates
    name = user.text("spec", "name") or own_name(user)
    host = user.text("spec", "host") or user.absent(ANY_HOST)
    to.accounts.append(Account(name, host, user.span, authentication, require, limits, locked, expired=locked))


def _password(of: Object) -> Authentication | None:
    plugin = of.at("spec", "passwordPlugin")
    if plugin is not None:
        place = place_of(of, plugin)
        return Authentication(Unresolved("it stands in a secret", *place), Credential(Secrecy.REFERENCE, place))
    node = of.at("spec", "passwordSecretKeyRef") or of.at("spec", "passwordHashSecretKeyRef")
    return Authentication(None, Credential(Secrecy.REFERENCE, place_of(of, node))) if node is not None else None


def _require(user: Object) -> tuple[Text, ...]:
    found: list[Text] = []
    for name in ("ssl", "x509"):
        flag = user.flag("spec", "require", name)
        if isinstance(flag, Located) and flag.value:
            found.append(Located(name.upper(), *flag.span))
    for name in ("subject", "issuer"):
        text = user.text("spec", "require", name)
        if isinstance(text, Located):
            found.append(Located(f"{name.upper()} '{text.value}'", *text.span))
        elif text:
            found.append(text)
    return tuple(found)


def read_grant(grant: Object, to: Declarations) -> None:
    """Read a Grant of mariadb-operator. One without a database is on all."""
    user = grant.text("spec", "username") or Unresolved("the grant names no user", *grant.span)
    host = grant.text("spec", "host") or grant.absent(ANY_HOST)
    database = grant.text("spec", "database") or grant.absent("*")
    target = target_of(database, grant.text("spec", "table"), grant.span, to)
    made = grant_of(grant, grant.texts("spec", "privileges"), target)
    if made is None:
        to.not_checked.append(NotChecked("grant", "its privileges do not stand in it", grant.span))
    else:
        option = grant.flag("spec", "grantOption") or made.option
        to.grants.append(GrantTo(user, host, made._replace(option=option)))


def read_server(server: Object, to: Declarations) -> None:
    """Read a server object: its version, and its first user and database. The user has all privileges on the database.

    The user is one of any host (internal/controller/mariadb_controller.go, reconcileUsers).
    """
    to.not_checked.append(
        NotChecked("accounts", "mariadb-operator makes them, root of a secret among them", server.span)
    )
    image = server.text("spec", "image")
    found = _IMAGE.search(image.value) if isinstance(image, Located) else None
    if image and found:
        to.server = ServerFacts(server.span, product=Located(f"mariadb-{found['version']}", *image.span))
    name, database = server.text("spec", "username"), server.text("spec", "database")
    if name and database:
        place = name.span
        authentication = _password(server) or Authentication(None, Credential(Secrecy.REFERENCE, place))
        everything = Implied(Privilege(ALL), *place, key="")  # no field says otherwise, nor of the host
        grant = Grant((everything,), target_of(database, None, place, to), place, naming=Naming.SHARED)
        to.accounts.append(Account(name, Implied(ANY_HOST, *place, key=""), place, authentication, grants=(grant,)))
