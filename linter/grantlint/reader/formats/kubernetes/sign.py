"""What objects of Kubernetes are known by: operators' own, workloads of a server, scripts in ConfigMaps."""

from grantlint.platform.pattern import LinePattern


def claims(path: str, text: str) -> bool:
    """Return whether a file holds objects about a server's accounts.

    Objects of operators, workloads that run a server, and ConfigMaps and Secrets with account statements.
    """
    return (
        OF_OPERATORS.in_a_line_of(text)
        or (_TEMPLATED_GROUP.in_a_line_of(text) and _OF_THEIR_FIELDS.in_a_line_of(text))
        or (_OF_WORKLOADS.in_a_line_of(text) and _OF_SERVERS.in_a_line_of(text))
        or (OF_SCRIPTS.in_a_line_of(text) and _holds_scripts(path, text))
    )


OF_OPERATORS = LinePattern(
    ("mariadb.", "mysql.", ".percona.com/", "kubedb.com/", "moco.cybozu.com/"),
    r"""^[ \t-]*["']?apiVersion["']?:[ \t]+["']?(?:k8s\.mariadb\.com|mariadb\.mmontes\.io|enterprise\.mariadb\.com"""
    r"""|mysql\.sql\.(?:m\.)?crossplane\.io|mysql\.presslabs\.org|mysql\.radondb\.com|mysql\.oracle\.com|(?:moco\.cybozu|kubedb)\.com"""
    r"""|p(?:xc|s)\.percona\.com)/""",
)
_TEMPLATED_GROUP = LinePattern(("apiVersion",), r"""^[ \t-]*["']?apiVersion["']?:[ \t]+["']?\{\{""")
_OF_THEIR_FIELDS = LinePattern(
    ("mariaDbRef", "MysqlUser", "PerconaXtraDBCluster", "PerconaServerMySQL"),
    r"^[ \t]*(?:mariaDbRef:|kind:[ \t]+(?:MysqlUser|PerconaXtraDBCluster|PerconaServerMySQL)\b)",
)
_OF_WORKLOADS = LinePattern(
    ("kind:",),
    r"""^[ \t-]*kind:[ \t]+["']?(?:Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController)\b""",
)
_OF_SERVERS = LinePattern(
    ("MYSQL_", "MARIADB_", "mysql", "mariadb", "percona"),  # variables, images, and where the data lies
    r"""^[^#\n]*\bname["']?:[ \t]+["']?(?:MYSQL|MARIADB)_(?:ROOT_|ALLOW_EMPTY_|RANDOM_|USER\b)"""
    r"""|^[^#\n]*\bimage["']?:[ \t]+["']?(?:\S*/)?(?:mysql|mariadb|percona|(?:percona|mysql|community)-server"""
    r"""|percona-xtradb-cluster)"""
    r"""(?=[:@"'\s]|$)"""
    r"""|^[^#\n]*\bmountPath["']?:[ \t]+["']?/(?:var/lib/mysql|bitnami/(?:mysql|mariadb))/?["']?[ \t]*$""",
)
OF_SCRIPTS = LinePattern(("ConfigMap", "Secret"), r"^[ \t-]*kind:[ \t]+[\"']?(?:ConfigMap|Secret)\b")


def _holds_scripts(path: str, text: str) -> bool:
    from grantlint.reader.files.other.leftover import encoded_scripts  # noqa: PLC0415 - its expressions cost time to compile
    from grantlint.reader.sql.sign import claims as is_sql  # noqa: PLC0415 - as above

    return is_sql(path, text) or (".sql" in text and next(encoded_scripts(text), None) is not None)
