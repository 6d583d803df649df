"""Which operator an object is of, and which server it is about."""

from collections.abc import Callable, Mapping

from grantlint.model import Declarations
from grantlint.model.location import Located
from grantlint.reader.formats.kubernetes.objects import Object
from grantlint.reader.formats.kubernetes.operators import crossplane, mariadb, percona, presslabs

Reader = Callable[[Object, Declarations], None]

OPERATORS: Mapping[tuple[str, str], Reader] = {
    **{
        (group, kind): reader
        for group in ("k8s.mariadb.com", "mariadb.mmontes.io", "enterprise.mariadb.com")
        for kind, reader in (
            ("User", mariadb.read_user),
            ("Grant", mariadb.read_grant),
            ("MariaDB", mariadb.read_server),
        )
    },
    **{
        (group, kind): reader
        for group in ("mysql.sql.crossplane.io", "mysql.sql.m.crossplane.io")
        for kind, reader in (("User", crossplane.read_user), ("Grant", crossplane.read_grant))
    },
    ("mysql.presslabs.org", "MysqlUser"): presslabs.read_user,
    ("mysql.radondb.com", "MysqlUser"): presslabs.read_user,
    ("pxc.percona.com", "PerconaXtraDBCluster"): percona.read_cluster,
    ("ps.percona.com", "PerconaServerMySQL"): percona.read_cluster,
}
"""What reads an object, by the group of its apiVersion and its kind."""


MAKERS: Mapping[tuple[str, str], str] = {
    ("mysql.oracle.com", "InnoDBCluster"): "MySQL's operator",
    ("mysql.presslabs.org", "MysqlCluster"): "the operator of Presslabs",
    ("mysql.radondb.com", "MysqlCluster"): "the operator of RadonDB",
    ("moco.cybozu.com", "MySQLCluster"): "MOCO",
    ("kubedb.com", "MySQL"): "KubeDB",
    ("kubedb.com", "MariaDB"): "KubeDB",
    ("kubedb.com", "PerconaXtraDB"): "KubeDB",
}
"""Who makes accounts for an object that is a whole server, such as root of a secret: counted, and not followed."""

_TOLD_BY = (  # kinds that several groups have are told by what they refer to
    ("User", "mariaDbRef", "k8s.mariadb.com"),
    ("Grant", "mariaDbRef", "k8s.mariadb.com"),
    ("MysqlUser", "clusterRef", "mysql.presslabs.org"),
    ("MysqlUser", "userOwner", "mysql.radondb.com"),
    ("PerconaXtraDBCluster", "users", "pxc.percona.com"),
    ("PerconaServerMySQL", "users", "ps.percona.com"),
)


def group_of(found: Object) -> str:
    """Return the API group of an object. Where a template says it, that of the operator whose fields it has."""
    said = found.text("apiVersion")
    if isinstance(said, Located):
        return said.value.partition("/")[0]
    kind = found.word("kind")
    return next((group for name, field, group in _TOLD_BY if name == kind and found.at("spec", field)), "")


def server_of(found: Object, group: str, folder: str) -> str:
    """Return a key of the server that an object is about.

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
