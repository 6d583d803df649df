"""The objects of the operators that make accounts, each with the meaning of what it leaves out.

mariadb-operator: api/v1alpha1/user_types.go, grant_types.go. Crossplane's provider-sql: apis/*/mysql/v1alpha1,
pkg/clients/mysql (SplitUserHost). Presslabs' and Bitpoke's mysql-operator: mysqluser_types.go, pkg/internal/mysql.
RadonDB: mysqluser_types.go. Percona: pkg/controller/pxc/users_custom.go (upsertUserQuery).
"""

import re
from collections.abc import Callable, Mapping, Sequence

from grantlint.model import (
    Account,
    Authentication,
    Credential,
    Declarations,
    Grant,
    GrantedPrivilege,
    GrantTarget,
    GrantTo,
    Limit,
    Naming,
    NotChecked,
    Secrecy,
    ServerFacts,
)
from grantlint.model.location import Implied, Located, Span, Text, Unresolved
from grantlint.model.privilege import ALL, GRANT_OPTION, USAGE, Privilege, parse_privilege, split_privileges
from grantlint.model.scope import Level, Scope
from grantlint.reader.formats.kubernetes.objects import Object
from grantlint.reader.leaf.targets import Targets
from grantlint.reader.yaml.nodes import Node, span_of

Reader = Callable[[Object, Declarations], None]

_PLAIN_NAME = re.compile(r"(?!\d+\Z)[0-9A-Za-z_$]+\Z")
_IMAGE = re.compile(r"(?:^|/)(?:mariadb|mariadb-enterprise-server):(?P<version>\d+\.\d+(?:\.\d+)?)")
_EXTERNAL_NAME = "crossplane.io/external-name"
_ANY = "%"
_CROSSPLANE_LIMITS = {
    "maxQueriesPerHour": "MAX_QUERIES_PER_HOUR",
    "maxUpdatesPerHour": "MAX_UPDATES_PER_HOUR",
    "maxConnectionsPerHour": "MAX_CONNECTIONS_PER_HOUR",
    "maxUserConnections": "MAX_USER_CONNECTIONS",
}


def _mariadb_user(user: Object, to: Declarations) -> None:
    """Read a User of mariadb-operator; one without password and requirement is made, locked and expired."""
    authentication = _mariadb_password(user)
    require = _mariadb_require(user)
    limits = _limits(user, "spec", names={"maxUserConnections": "MAX_USER_CONNECTIONS"})
    open_to_none = authentication is None and user.at("spec", "require") is None and not user.is_open
    locked = Implied(True, *user.span) if open_to_none else None  # noqa: FBT003 - the value it locates
    name = user.text("spec", "name") or _named(user)
    host = user.text("spec", "host") or user.absent(_ANY)
    to.accounts.append(Account(name, host, user.span, authentication, require, limits, locked, expired=locked))


def _mariadb_password(of: Object) -> Authentication | None:
    plugin = of.at("spec", "passwordPlugin")
    if plugin is not None:
        place = _span(of, plugin)
        return Authentication(Unresolved("it stands in a secret", *place), Credential(Secrecy.REFERENCE, place))
    node = of.at("spec", "passwordSecretKeyRef") or of.at("spec", "passwordHashSecretKeyRef")
    return Authentication(None, Credential(Secrecy.REFERENCE, _span(of, node))) if node is not None else None


def _mariadb_require(user: Object) -> tuple[Text, ...]:
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


def _mariadb_grant(grant: Object, to: Declarations) -> None:
    user = grant.text("spec", "username") or Unresolved("the grant names no user", *grant.span)
    host = grant.text("spec", "host") or grant.absent(_ANY)
    database = grant.text("spec", "database") or grant.absent("*")
    target = _target(database, grant.text("spec", "table"), grant.span, to)
    made = _grant(grant, grant.texts("spec", "privileges"), target)
    if made is None:
        to.not_checked.append(NotChecked("grant", "its privileges do not stand in it", grant.span))
    else:
        option = grant.flag("spec", "grantOption") or made.option
        to.grants.append(GrantTo(user, host, made._replace(option=option)))


def _mariadb(server: Object, to: Declarations) -> None:
    """Read the server itself: its image says which version, and its first user may do all to its first database.

    The user is one of any host (internal/controller/mariadb_controller.go, reconcileUsers).
    """
    image = server.text("spec", "image")
    found = _IMAGE.search(image.value) if isinstance(image, Located) else None
    if image and found:
        to.server = ServerFacts(server.span, product=Located(f"mariadb-{found['version']}", *image.span))
    name, database = server.text("spec", "username"), server.text("spec", "database")
    if name and database:
        place = name.span
        authentication = _mariadb_password(server) or Authentication(None, Credential(Secrecy.REFERENCE, place))
        grant = Grant(
            (Implied(Privilege(ALL), *place),), _target(database, None, place, to), place, naming=Naming.SHARED
        )
        to.accounts.append(Account(name, Implied(_ANY, *place), place, authentication, grants=(grant,)))


def _crossplane_user(user: Object, to: Declarations) -> None:
    name, host = _split(user.text("metadata", "annotations", _EXTERNAL_NAME) or _named(user), user.span)
    spec = user.part("spec", "forProvider") or user
    plugin = spec.text("authenticationPlugin", "name")
    place = spec.at("passwordSecretRef") or spec.at("authenticationPlugin", "authString")
    credential = Credential(Secrecy.REFERENCE, _span(user, place) if place else user.span)  # else it makes one up
    limits = _limits(spec, "resourceOptions", names=_CROSSPLANE_LIMITS)
    to.accounts.append(Account(name, host, user.span, Authentication(plugin, credential), limits=limits))


def _crossplane_grant(grant: Object, to: Declarations) -> None:
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
    target = _target(database, spec.text("table"), grant.span, to)
    made = _grant(grant, spec.texts("privileges"), target, naming=naming)
    if made:
        to.grants.append(GrantTo(user, host, made))


def _presslabs_user(user: Object, to: Declarations) -> None:
    """Read a MysqlUser of Presslabs, Bitpoke or RadonDB: an account for each host, with its permissions."""
    name = user.text("spec", "user") or _named(user)
    secret = user.at("spec", "password") or user.at("spec", "secretSelector")
    authentication = Authentication(None, Credential(Secrecy.REFERENCE, _span(user, secret))) if secret else None
    grants: list[Grant] = []
    for permission in user.parts("spec", "permissions"):
        privileges = permission.texts("permissions") or permission.texts("privileges")
        database = permission.text("schema") or permission.text("database")
        for table in permission.texts("tables"):
            made = _grant(permission, privileges, _target(database, table, permission.span, to))
            if made:
                option = user.flag("spec", "withGrantOption") or made.option
                grants.append(made._replace(option=option))
    limits = _limits(user, "spec", "resourceLimits", names=None)
    hosts = user.texts("spec", "allowedHosts") or user.texts("spec", "hosts")
    for host in hosts or [Unresolved("the object names no host", *user.span)]:
        to.accounts.append(Account(name, host, user.span, authentication, (), limits, None, None, tuple(grants)))


def _percona_cluster(cluster: Object, to: Declarations) -> None:
    """Read the users of a Percona cluster: grants on `db.*` for each database as it is written, on `*.*` without."""
    for user in cluster.parts("spec", "users"):
        name = user.text("name") or Unresolved("the user has no name", *user.span)
        place = name.span
        secret = user.at("passwordSecretRef")
        credential = Credential(Secrecy.REFERENCE, _span(user, secret) if secret else place)
        targets: list[GrantTarget] = [
            Targets(to.faults).parsed(f"{database.value}.*", database.span)
            if isinstance(database, Located)
            else database
            for database in user.texts("dbs")
        ]
        grants: list[Grant] = []
        for target in targets or [Implied(Scope(Level.GLOBAL), *place)]:
            made = _grant(user, user.texts("grants"), target, place, Naming.STATEMENT)
            if made:
                option = user.flag("withGrantOption") or made.option
                grants.append(made._replace(option=option))
        for host in user.texts("hosts") or [Implied(_ANY, *place)]:
            to.accounts.append(
                Account(name, host, place, Authentication(None, credential), grants=tuple(grants)),
            )


def _grant(
    of: Object,
    privileges: Sequence[Text],
    target: GrantTarget,
    place: Span | None = None,
    naming: Naming = Naming.NAMES,
) -> Grant | None:
    """Return a grant; GRANT OPTION among its privileges is its option. The operators join what is written by commas."""
    given = [part for text in privileges for part in _parts(text)]
    option = next((leaf for leaf in given if isinstance(leaf, Located) and leaf.value.name == GRANT_OPTION), None)
    others = tuple([leaf for leaf in given if leaf is not option])
    if not others and option is None:
        return None
    flag = Located(True, *option.span) if option else None  # noqa: FBT003 - the value it locates
    return Grant(others or (Located(Privilege(USAGE), *target.span),), target, place or of.span, flag, naming)


def _parts(text: Text) -> list[GrantedPrivilege]:
    if isinstance(text, Unresolved):
        return [text]
    parts = split_privileges(text.value) if "," in text.value else (text.value,)
    return [Located(parse_privilege(part), *text.span) for part in parts]


def _target(database: Text | None, table: Text | None, span: Span, to: Declarations) -> GrantTarget:
    """Return what a grant is on; the operators put names in backquotes and escape nothing, so a pattern stays one."""
    if isinstance(database, Implied) and table is None:
        return Implied(Scope(Level.GLOBAL), *span)
    for part in (database, table):
        if isinstance(part, Unresolved):
            return part
    place = (database or table or Implied("*", *span)).span
    name = database.value if isinstance(database, Located) else "*"
    inside = table.value if isinstance(table, Located) else "*"
    return Targets(to.faults).named(name.strip("`"), inside.strip("`"), place)


def _named(of: Object) -> Text:
    """Return the object's own name, which stands in for the account's."""
    name = of.text("metadata", "name")
    if isinstance(name, Located):
        return Unresolved("a template may say it", *of.span) if of.is_open else Implied(name.value, *name.span)
    return name or Unresolved("the object has no name", *of.span)


def _split(name: Text, place: Span) -> tuple[Text, Text]:
    """Split `user@host` at the first @; any host without one."""
    if isinstance(name, Unresolved):
        host = Unresolved(name.reason, *name.span, name.same and f"{name.same}@")
        return name, host
    user, at, host_name = name.value.partition("@")
    if not at:
        return name, Implied(_ANY, *place)
    return Located(user, *name.span), Located(host_name, *name.span)


def _limits(of: Object, *path: str, names: Mapping[str, str] | None) -> tuple[Limit, ...]:
    part = of.part(*path)
    if part is None:
        return ()
    wanted = {name: name for name in part.fields} if names is None else names
    found: list[Limit] = []
    for name, limit in wanted.items():
        value = part.text(name)
        if value:
            found.append(Limit(Located(limit.upper(), *value.span), value))
    return tuple(found)


def _span(of: Object, node: Node) -> Span:
    return span_of(of.source, node)


OPERATORS: Mapping[tuple[str, str], Reader] = {
    **{
        (group, kind): reader
        for group in ("k8s.mariadb.com", "mariadb.mmontes.io", "enterprise.mariadb.com")
        for kind, reader in (("User", _mariadb_user), ("Grant", _mariadb_grant), ("MariaDB", _mariadb))
    },
    **{
        (group, kind): reader
        for group in ("mysql.sql.crossplane.io", "mysql.sql.m.crossplane.io")
        for kind, reader in (("User", _crossplane_user), ("Grant", _crossplane_grant))
    },
    ("mysql.presslabs.org", "MysqlUser"): _presslabs_user,
    ("mysql.radondb.com", "MysqlUser"): _presslabs_user,
    ("pxc.percona.com", "PerconaXtraDBCluster"): _percona_cluster,
    ("ps.percona.com", "PerconaServerMySQL"): _percona_cluster,
}
"""What reads an object, by the group of its apiVersion and its kind."""


_TOLD_BY = (  # kinds that several groups have are told by what they refer to
    ("User", "mariaDbRef", "k8s.mariadb.com"),
    ("Grant", "mariaDbRef", "k8s.mariadb.com"),
    ("MysqlUser", "clusterRef", "mysql.presslabs.org"),
    ("MysqlUser", "userOwner", "mysql.radondb.com"),
    ("PerconaXtraDBCluster", "users", "pxc.percona.com"),
    ("PerconaServerMySQL", "users", "ps.percona.com"),
)


def group_of(found: Object) -> str:
    """Return the group of an object; where a template says it, that of the operator whose fields it has."""
    said = found.text("apiVersion")
    if isinstance(said, Located):
        return said.value.partition("/")[0]
    kind = found.word("kind")
    return next((group for name, field, group in _TOLD_BY if name == kind and found.at("spec", field)), "")


def server_of(found: Object, group: str, folder: str) -> str:
    """Return what tells the server of an object from others.

    The object that it refers to, with its namespace; where no namespace is written the folder decides, as it does for
    kustomize.
    """
    own = found.word("metadata", "namespace")
    if "percona" in group or found.word("kind") == "MariaDB":
        name, namespace = found.word("metadata", "name"), own
    elif "crossplane" in group:
        name, namespace = found.word("spec", "providerConfigRef", "name") or "default", ""
    else:
        reference = next((key for key in ("mariaDbRef", "clusterRef", "userOwner") if found.at("spec", key)), "")
        name = found.word("spec", reference, "name") or found.word("spec", reference, "clusterName")
        namespace = found.word("spec", reference, "namespace") or found.word("spec", reference, "nameSpace") or own
    kind = "mariadb" if "mariadb" in group else group
    return f"kubernetes:{kind}/{namespace}/{name}" if namespace and name else f"kubernetes:{kind}/{folder}/{name}"
