"""Crossplane's provider-sql: apis/*/mysql/v1alpha1, pkg/clients/mysql (SplitUserHost)."""

from grantlint.model import Account, Authentication, Credential, Declarations, GrantTo, Naming, Secrecy
from grantlint.model.location import Implied, Located, Span, Text, Unresolved
from grantlint.reader.formats.kubernetes.objects import Object
from grantlint.reader.formats.kubernetes.operators.fields import (
    ANY_HOST,
    grant_of,
    limits_of,
    own_name,
    place_of,
    target_of,
)

_EXTERNAL_NAME = "crossplane.io/external-name"
_LIMITS = {
    "maxQueriesPerHour": "MAX_QUERIES_PER_HOUR",
    "maxUpdatesPerHour": "MAX_UPDATES_PER_HOUR",
    "maxConnectionsPerHour": "MAX_CONNECTIONS_PER_HOUR",
    "maxUserConnections": "MAX_USER_CONNECTIONS",
}


def read_user(user: Object, to: Declarations) -> None:
    """Read a User, whose name is `user@host`. Without a secret the provider makes a password up."""
    name, host = _split(user.text("metadata", "annotations", _EXTERNAL_NAME) or own_name(user), user.span)
    spec = user.part("spec", "forProvider") or user
    plugin = spec.text("authenticationPlugin", "name")
    place = spec.at("passwordSecretRef") or spec.at("authenticationPlugin", "authString")
    credential = Credential(Secrecy.REFERENCE, place_of(user, place) if place else user.span)  # else it makes one up
    limits = limits_of(spec, "resourceOptions", names=_LIMITS)
    to.accounts.append(Account(name, host, user.span, Authentication(plugin, credential), limits=limits))


def read_grant(grant: Object, to: Declarations) -> None:
    """Read a Grant. On all databases where none is named, referred to or selected."""
    spec = grant.part("spec", "forProvider")
    if spec is None:
        return
    named = spec.text("user") or spec.text("userRef", "name")
    user, host = _split(named or Unresolved("a selector chooses the user", *grant.span), grant.span)
    database = spec.text("database")
    naming = Naming.NAMES
    if database is None:
        database, naming = spec.text("databaseRef", "name"), Naming.SHARED
    if database is None and spec.at("databaseSelector"):
        database = Unresolved("a selector chooses the database", *grant.span)
    database = database or grant.absent("*")
    target = target_of(database, spec.text("table"), grant.span, to)
    made = grant_of(grant, spec.texts("privileges"), target, naming=naming)
    if made:
        to.grants.append(GrantTo(user, host, made))


def _split(name: Text, place: Span) -> tuple[Text, Text]:
    """Split `user@host` at the first @; any host without one."""
    if isinstance(name, Unresolved):
        host = Unresolved(name.reason, *name.span, name.same and f"{name.same}@")
        return name, host
    user, at, host_name = name.value.partition("@")
    if not at:
        return name, Implied(ANY_HOST, *place)
    return Located(user, *name.span), Located(host_name, *name.span)
