"""Whose a file is: what each format claims, by path and text.

A tree may hold thousands of files with the word `mysql` in them, so an expression meets only lines that hold a word
of it (`LinePattern`), and dearer looks come after cheaper ones. None is compiled before a file needs it.
"""

import re

from grantlint.platform.pattern import LinePattern, Pattern
from grantlint.reader.files.commands import CONTAINER_VARIABLE, ENV_FILE, INIT_FILE, NEW_PASSWORD, SERVER_IMAGE

OF_TEMPLATES = (".erb", ".epp", ".j2")
"""Suffixes that only say that a file is a template."""


def is_bare(path: str) -> bool:
    """Whether a file's name has no suffix, but for that of a template of anything."""
    name = path[path.rfind("/") + 1 :]
    at = name.find(".")
    return at < 0 or (at > 0 and name[at:].lower() in OF_TEMPLATES)


def policy(path: str, text: str) -> bool:
    """Claim what names the schema, or has a policy's sections at the left margin and a policy's keys in them.

    `users:` with `name`, `groups` and `shell` is a list for another machine, `server:` with `port` another server.
    """
    del path
    if "policy.schema.json" in text[:1000]:
        return True
    from_margin = f"\n{text}"
    if "\napiVersion:" in from_margin or not any(
        opening.search(from_margin) and keys.in_a_line_of(text) for opening, keys in _SECTIONS.values()
    ):
        return False
    at_margin = {*_MARGIN_KEY.findall(text[:_MARGIN_SAMPLE])}
    # Else it is data for something else, with a section of that name among others.
    return len(at_margin - _SECTIONS.keys()) <= len(at_margin & _SECTIONS.keys())


_MARGIN_KEY = Pattern(r"^([\w.:-]*\w)[ \t]*:(?!\S|[ \t]*&)", re.MULTILINE)  # one that holds an anchor is a note
_MARGIN_SAMPLE = 1 << 16  # characters: enough to see what a file is, and cheap on a large one
_LIST = r":(?:[ \t\r]*(?:\#[^\n]*)?\n)*[ \t]*[-\[&*!]"
_USER_KEY = LinePattern(
    ("user", "host", "grants", "priv", "authentication"),
    r"""^[^#\n]*[ \t{,\[-]["']?(?:user|hosts?|grants|privileges|priv|authentication)["']?:(?!\S)""",
)
_ROLE_KEY = LinePattern(
    ("role", "grants", "priv"), r"""^[^#\n]*[ \t{,\[-]["']?(?:role|grants|privileges|priv)["']?:(?!\S)"""
)
_SECTIONS = {
    "users": (Pattern(rf"\nusers{_LIST}"), _USER_KEY),
    "roles": (Pattern(rf"\nroles{_LIST}"), _ROLE_KEY),
    "hosts": (
        Pattern(rf"\nhosts{_LIST}"),
        LinePattern(("addresses:", "dns_names:"), r"^[^#\n]*[ \t{,\[-](?:addresses|dns_names):(?!\S)"),
    ),
    "server": (
        Pattern(r"\nserver:"),
        LinePattern(
            ("product:", "settings:", "administrators:"),
            r"^[^#\n]*[ \t{,](?:product|settings|administrators):(?!\S)",
        ),
    ),
}


def ansible(path: str, text: str) -> bool:
    """Claim what calls a module that makes accounts or holds a list of users for a role, and encrypted files."""
    if path.lower().endswith(_OF_TERRAFORM_IN_JSON):
        return False
    if _OF_ANSIBLE.in_a_line_of(text) or text.startswith("$ANSIBLE_VAULT"):
        return True
    return _OF_CONTAINERS.in_a_line_of(text) and _ROOT_OF_CONTAINER.in_a_line_of(text)


_OF_CONTAINERS = LinePattern(("_container:",), r"^[ \t-]+(?:[a-z]+\.[a-z]+\.)?(?:docker|podman)_container:(?=\s)")
_ROOT_OF_CONTAINER = LinePattern(
    ("MYSQL_", "MARIADB_"), r"^[^#\n]*\b(?:MYSQL|MARIADB)_(?:ROOT_|ALLOW_EMPTY_|RANDOM_)[\w]*[\"']?:"
)


# A module or list as a key, or a module after `action:`; names in prose, comments and `name:` are neither.
_OF_ANSIBLE = LinePattern(
    ("mysql_", "mariadb_"),
    r"""^[ \t{,-]+["']?(?:[a-z]+\.[a-z]+\.)?mysql_(?:user|role|variables|query)["']?:(?=\s)"""
    r"""|^[ \t{,-]*["']?(?:\w+__)?(?:mysql|mariadb)(?:_server)?__?(?:(?:[a-z]+_)?users\w*|replication_user)["']?:"""
    r"""(?=[ \t]*(?:[\[{"'&#>\r-]|$))"""
    r"""|(?:\b|_)(?:action|module|module_name):\s+["']?(?:[a-z]+\.[a-z]+\.)?mysql_(?:user|role|variables|query)\b""",
)


def written_otherwise(path: str, text: str) -> bool:
    """Return whether a text of YAML may hold account words in a way that claims do not know: see `yaml_outline`."""
    if any(sign in text for sign in _SIGNS) or ("\\" in text and ESCAPED.search(text.encode()) is not None):
        return True
    if path.lower().endswith(".json"):
        return any(all(sign in text for sign in signs) for signs in _SIGNS_IN_JSON)
    if _AT_MARGIN.search(f"\n{text}") is not None:
        return True
    return ("users" in text and _USER_LISTS.search(text) is not None) or (
        "\r" in text and _RETURN.search(text) is not None
    )


ESCAPED = re.compile(
    rb"\\(?:(?:x|u00|U000000)(?:2[0-5a-fA-F]|3[0-9abdABD]|[4-7])"
    rb"|(?:(?<=[\w@:.$\[{-]\\)|(?<=ysql \\)|(?<=iadb \\))\r?\n[ \t]*[\w@:.$\[{-])"
)
"""Where double quotes hide a part of an account word: as an escape, or by a line break within it."""

_SIGNS = (
    *("\x85", "\u2028", "\u2029"),
    *("mysql_user", "mysql_role", "mysql_variables", "mysql_query", "mysql_grants", "replication_user", "mysql::"),
    *("mariadb.com/", "mmontes.io/", "crossplane.io/", "presslabs.org/", "radondb.com/", "percona.com/"),
)
_SIGNS_IN_JSON = (('"apiVersion"', '"kind"'), ('"services"',), ("mysql", "users"), ("mariadb", "users"))
_AT_MARGIN = Pattern(r"""\n(?:---[ \t]+)?(?:\[|\{(?![{%])|["'?!&*]|\w+[ \t]+:\s)""")
_USER_LISTS = Pattern(r"(?:mysql|mariadb)\w*users\b")
_RETURN = Pattern(r"\r(?!\n)")


def sql(path: str, text: str) -> bool:
    """Claim what holds account statements of MySQL or MariaDB, and not of another database."""
    from grantlint.reader.files.sql_claims import claims  # noqa: PLC0415 - its expressions cost time to compile

    return claims(path, text)


def printed(path: str, text: str) -> bool:
    """Claim what a client printed of a server."""
    from grantlint.reader.files.printed_claims import claims  # noqa: PLC0415 - as above

    return claims(path, text)


def compose(path: str, text: str) -> bool:
    """Claim what has services, one of which has an image or variables of a MySQL or MariaDB server."""
    if not (text.startswith("services:") or "\nservices:" in text or "compose" in path.rpartition("/")[2].lower()):
        return False
    return _OF_COMPOSE.in_a_line_of(text)


_OF_COMPOSE = LinePattern(
    ("mysql", "mariadb", "percona", "MYSQL_", "MARIADB_"),
    r"""^[^#\n]*\bimage["']?:[ \t]*["']?\S*(?:mysql|mariadb|percona)"""
    r"""|^[^#\n]*\b(?:MYSQL|MARIADB)_(?:ROOT_|ALLOW_EMPTY_|RANDOM_|USER\b)""",
)


def mycnf(path: str, text: str) -> bool:
    """Claim what has a group of options that a server reads; which settings count is known to its reader."""
    del path
    return _OF_MYCNF.search(text) is not None


_OF_MYCNF = Pattern(r"^[ \t]*\[(?:mysqld|server|mariadbd?|client-server|galera)(?:-\d+\.\d+)?\]", re.MULTILINE)


def terraform(path: str, text: str) -> bool:
    """Claim what has a resource that makes accounts."""
    if path.lower().endswith(_OF_TERRAFORM_IN_JSON):
        return _RESOURCE_IN_JSON.search(text) is not None
    return _OF_TERRAFORM.in_a_line_of(text)


_OF_TERRAFORM = LinePattern(
    ("mysql_", "google_sql_user"),
    r"""^[ \t]*resource[ \t]+"?(?:mysql_(?:user|user_password|role|grant|default_roles|grant_privilege|grant_role)"""
    r"""|google_sql_user)["\s]""",
)
_OF_TERRAFORM_IN_JSON = (".tf.json", ".tofu.json")
_RESOURCE_IN_JSON = Pattern(
    r"""["\s](?:mysql_(?:user|user_password|role|grant|default_roles|grant_privilege|grant_role)|google_sql_user)"?\s*:"""
)


def terraform_plan(path: str, text: str) -> bool:
    """Claim a plan or state that `terraform show -json` wrote."""
    del path
    return "format_version" in text[:200] and _OF_PLAN.search(text) is not None


_OF_PLAN = Pattern(r'\btype"?\s*:\s*"?(?:mysql_(?:user|grant|role|default_roles)|google_sql_user)')


def puppet(path: str, text: str) -> bool:
    """Claim manifests with resources of the MySQL module or with SQL about accounts, and data for its class."""
    if not path.lower().endswith(".pp"):
        return _OF_HIERA.in_a_line_of(text) or ("<<" in text and _MERGED_HIERA.in_a_line_of(text))
    return _OF_MANIFESTS.in_a_line_of(text) or (_has_statement(text) and _has_sql_in_strings(text))


def _has_sql_in_strings(text: str) -> bool:
    lines = (
        text[text.rfind("\n", 0, found.start()) + 1 : found.start() + 1]
        for found in _OF_SQL_IN_MANIFESTS.finditer(text)
    )
    return any(("'" in line or '"' in line) and not line.lstrip().startswith("#") for line in lines)


_OF_MANIFESTS = LinePattern(
    ("ysql_user", "ysql_grant", "ysql::", '"mysql_$'),
    r"""^[^#\n]*(?:\b[Mm]ysql_(?:user|grant)\b|\bmysql::db\b|\b[Mm]ysql::[Dd]b\b|["']:*mysql::server["']|"mysql_\$)""",
)
_OF_SQL_IN_MANIFESTS = Pattern(
    r"""[\s"'](?:(?:GRANT|REVOKE)\s[^\n]{1,300}?\sON\s|(?:CREATE|ALTER|DROP|RENAME)\s+USER\s|SET\s+PASSWORD\b"""
    r"""|(?:UPDATE|INTO|FROM)\s+(?:mysql\.)?user\s)""",
    re.IGNORECASE,
)
_HIERA_KEY = (
    r"""["']?(?:::)?mysql::(?:server::(?:users|grants|root_password|(?:override_)?options)|dbs?|users|grants)["']?:"""
    r"""(?=\s)"""
)
_OF_HIERA = LinePattern(("mysql::",), f"^{_HIERA_KEY}")
_MERGED_HIERA = LinePattern(("mysql::",), rf"^[ \t]+{_HIERA_KEY}")  # which a merge may bring to the margin


def salt(path: str, text: str) -> bool:
    """Claim states of accounts, also in .yml; pillars of mysql-formula, and SQL in commands and queries."""
    if path.lower().endswith((".yml", ".yaml")):
        return _IN_YAML.in_a_line_of(text)
    if text.startswith("#!") and ("mysql_user" in text or "mysql_grants" in text):
        return True
    return (
        _OF_STATES.in_a_line_of(text)
        or ("mysql:" in text and _OF_PILLARS.search(text) is not None)
        or (_OF_SQL_IN_STATES.in_a_line_of(text) and _has_statement(text))
        or (has_account_words(text) and _holds_statements(text))
    )


_OF_STATES = LinePattern(
    ("mysql_user", "mysql_grants"),
    r"""^[ \t]+["']?mysql_(?:user|grants)(?:\.\w+)?["']?:[ \t]*(?:[#\[\r]|$)"""
    r"""|^[^#\n]+:[ \t]+mysql_(?:user|grants)\.\w+[ \t]*(?:[#\r]|$)""",
)
_IN_YAML = LinePattern(
    ("mysql_user.", "mysql_grants."),
    r"""^[ \t]+["']?mysql_(?:user|grants)\.(?:present|absent)["']?:[ \t]*(?:[#\[\r]|$)"""
    r"""|^[ \t]*-[ \t]+mysql_(?:user|grants)\.(?:present|absent)[ \t]*(?:[#\r]|$)""",
)
_OF_SQL_IN_STATES = LinePattern(
    ("mysql", "mariadb"),
    r"""^[^#\n]*(?:\b(?:mysql|mariadb)[ \t][^\n]{0,1000}(?:-\w*e\b|-e["']|--execute|<<)|\|[ \t]*(?:mysql|mariadb)\b"""
    r"""|\bmysql_query\.run\b|\bmysql\.query\b)""",
)
_OF_PILLARS = Pattern(r"(?:^|\n)mysql:[ \t]*(?:#[^\n]*|\r)?\n(?:[ \t#\r][^\n]*\n|\n)*?[ \t]+(?:user|server):")


def kubernetes(path: str, text: str) -> bool:
    """Claim objects of operators, workloads that run a server, and ConfigMaps and Secrets with account statements."""
    return (
        _OF_OPERATORS.in_a_line_of(text)
        or (_TEMPLATED_GROUP.in_a_line_of(text) and _OF_THEIR_FIELDS.in_a_line_of(text))
        or (_OF_WORKLOADS.in_a_line_of(text) and _OF_SERVERS.in_a_line_of(text))
        or (_OF_SCRIPTS.in_a_line_of(text) and (sql(path, text) or _holds_encoded(text)))
    )


_OF_OPERATORS = LinePattern(
    ("mariadb.", "mysql.", ".percona.com/"),
    r"""^[ \t-]*["']?apiVersion["']?:[ \t]+["']?(?:k8s\.mariadb\.com|mariadb\.mmontes\.io|enterprise\.mariadb\.com"""
    r"""|mysql\.sql\.(?:m\.)?crossplane\.io|mysql\.presslabs\.org|mysql\.radondb\.com|p(?:xc|s)\.percona\.com)/""",
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
    ("MYSQL_", "MARIADB_", "mysql", "mariadb", "percona"),
    r"""^[^#\n]*\bname["']?:[ \t]+["']?(?:MYSQL|MARIADB)_(?:ROOT_|ALLOW_EMPTY_|RANDOM_|USER\b)"""
    r"""|^[^#\n]*\bimage["']?:[ \t]+["']?(?:\S*/)?(?:mysql|mariadb|percona|(?:percona|mysql|community)-server"""
    r"""|percona-xtradb-cluster)"""
    r"""(?=[:@"'\s]|$)""",
)
_OF_SCRIPTS = LinePattern(("ConfigMap", "Secret"), r"^[ \t-]*kind:[ \t]+[\"']?(?:ConfigMap|Secret)\b")


def shell(path: str, text: str) -> bool:
    """Claim a script that speaks of accounts; a file without a suffix only where its first line names a shell."""
    if is_bare(path) and re.match(r"#![^\n]*(?:\b|/)(?:ba|da|k|z|a)?sh\b", text) is None:
        return False
    return (
        _has_statement(text)
        or _has_statement(_unquoted(text))
        or CONTAINER_VARIABLE.in_a_line_of(text)
        or NEW_PASSWORD.in_a_line_of(text)
        or (ENV_FILE.in_a_line_of(text) and SERVER_IMAGE.search(text) is not None)
        or INIT_FILE.in_a_line_of(text)
        or _hands_on(text)
    )


def _hands_on(text: str) -> bool:
    """Return whether a command decodes what a client of a server gets."""
    if not any(word in text for word in ("base64", "openssl", "xxd")):
        return False
    from grantlint.reader.files.decoding import decoded_for_a_client  # noqa: PLC0415 - as above

    return next(decoded_for_a_client(text), None) is not None


def _unquoted(text: str) -> str:
    """Return about what a shell makes of a text in which quotes part its words."""
    return _QUOTING.compiled.sub(_character, text)


def _character(quoting: re.Match[str]) -> str:
    if quoting["hex"]:
        return chr(int(quoting["hex"], 16))
    return chr(int(quoting["octal"], 8)) if quoting["octal"] else ""


_QUOTING = Pattern(r"""\\x(?P<hex>[0-9A-Fa-f]{1,2})|\\(?P<octal>[0-7]{1,3})|\\(?:\r?\n)?|["']""")


def yaml_scripts(path: str, text: str) -> bool:
    """Claim what has scripts with account statements in it, and is neither a test run nor a definition."""
    decoded = _hands_on(text)
    if not (decoded or _has_statement(text)):
        return False
    if _OF_TEST_RUNS.search(path) or "kind: CustomResourceDefinition" in text:
        return False
    if _OF_OPERATORS.in_a_line_of(text) or _OF_SCRIPTS.in_a_line_of(text):
        return False
    return decoded or _OF_YAML.search(text) is not None or _holds_statements(text)


def other(path: str, text: str) -> bool:
    """Claim a file whose name no format has, for what stands in it and may make accounts."""
    from grantlint.reader.files.other.reading import claims  # noqa: PLC0415 - as above

    return claims(path, text)


def _holds_statements(text: str) -> bool:
    from grantlint.reader.files.leftover import holds_statements  # noqa: PLC0415 - as above

    return holds_statements(text)


def _holds_encoded(text: str) -> bool:
    if ".sql" not in text:
        return False
    from grantlint.reader.files.leftover import encoded_scripts  # noqa: PLC0415 - as above

    return next(encoded_scripts(text), None) is not None


def has_account_words(text: str) -> bool:
    """Return whether a word of an account statement stands in a text: cheap, and often wrong."""
    lower = text.lower()
    return any(word in lower for word in ("grant", "user", "password"))


def _has_statement(text: str) -> bool:
    from grantlint.reader.files.sql_claims import has_statement  # noqa: PLC0415 - as above

    return has_statement(text)


_OF_TEST_RUNS = Pattern(
    r"(?:^|/)(?:\.github|\.circleci|\.buildkite|\.gitlab-ci\.yml|\.travis\.yml|azure-pipelines\.yml|\.drone\.yml)"
)
_OF_YAML = Pattern(
    r"(?i:init.?db|init.?script|init.?sql|\.sql|\.sh)[\w-]*[\"']?:|(?i:\bsql):[ \t]*[|>]"
    r"|content:[ \t]*[|>]|\b(?:mysql|mariadb)[ \t][^\n]{0,1000}(?:-\w*e\b|<<|--execute)"
    r"|\|(?:[ \t]|\\\r?\n)*(?:sudo[ \t]+(?:[^\s|;&]+[ \t]+){0,6}?)?(?:mysql|mariadb)\b"
)
