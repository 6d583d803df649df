"""Percona: pkg/controller/pxc/users_custom.go (upsertUserQuery)."""

from grantlint.model import Account, Authentication, Credential, Declarations, Grant, GrantTarget, Naming, Secrecy
from grantlint.model.location import Implied, Located, Unresolved
from grantlint.model.scope import Level, Scope
from grantlint.reader.formats.kubernetes.objects import Object
from grantlint.reader.formats.kubernetes.operators.fields import ANY_HOST, grant_of, place_of
from grantlint.reader.leaf.targets import Targets


def read_cluster(cluster: Object, to: Declarations) -> None:
    """Read the users of a Percona cluster.

    Grants are on `db.*` for each database as it is written, on `*.*` without.
    """
    for user in cluster.parts("spec", "users"):
        name = user.text("name") or Unresolved("the user has no name", *user.span)
        place = name.span
        secret = user.at("passwordSecretRef")
        credential = Credential(Secrecy.REFERENCE, place_of(user, secret) if secret else place)
        targets: list[GrantTarget] = [
            Targets(to.faults).parsed(f"{database.value}.*", database.span)
            if isinstance(database, Located)
            else database
            for database in user.texts("dbs")
        ]
        grants: list[Grant] = []
        for target in targets or [Implied(Scope(Level.GLOBAL), *place)]:
            made = grant_of(user, user.texts("grants"), target, place, Naming.STATEMENT)
            if made:
                option = user.flag("withGrantOption") or made.option
                grants.append(made._replace(option=option))
        for host in user.texts("hosts") or [Implied(ANY_HOST, *place)]:
            to.accounts.append(
                Account(name, host, place, Authentication(None, credential), grants=tuple(grants)),
            )
