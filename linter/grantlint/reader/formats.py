"""The formats that accounts are read from. Light on purpose: no parser is imported before a file needs it.

A new format is a module beside this one with `read(source) -> tuple[Declarations, ...]`, and a line in FORMATS.
"""

import re
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from grantlint.location import Source
from grantlint.model import Declarations
from grantlint.pattern import Pattern

MEBIBYTE = 1 << 20


class ReaderModule(Protocol):
    """What a module that reads a format offers."""

    def read(self, source: Source) -> tuple[Declarations, ...]:
        """Return what the file declares, one for each server that it keeps apart.

        Bad input is a fault in them, never an exception; a file that declares nothing and has no fault is ().
        """
        ...


class Format(NamedTuple):
    """A format by its name, the files it may claim, and the module that reads it."""

    name: str
    suffixes: tuple[str, ...]  # lower case, with the dot
    needles: tuple[bytes, ...]  # a file that could hold accounts contains one of these bytes
    claims: Callable[[str, str], bool]  # (path, text) -> whether the file is of this format
    module: str  # in grantlint.reader
    max_bytes: int = 16 * MEBIBYTE
    without_suffix: bool = False  # whether it also has files without a dot in their name

    def read(self, source: Source) -> tuple[Declarations, ...]:
        """Read a file of this format."""
        module = cast("ReaderModule", import_module(f"grantlint.reader.{self.module}"))
        return module.read(source)


def _claims_policy(path: str, text: str) -> bool:
    """Claim what names the schema, or has a policy's sections at the left margin and a policy's keys in them.

    `users:` with `name`, `groups` and `shell` is a list for another machine, `server:` with `port` another server.
    """
    del path
    if "policy.schema.json" in text[:1000]:
        return True
    at_margin = {*re.findall(_MARGIN_KEY, text[:_MARGIN_SAMPLE], re.MULTILINE)}
    if len(at_margin - {*_KEYS_OF}) > len(at_margin & {*_KEYS_OF}):
        return False  # data for something else, with a section of that name among others
    return "\napiVersion:" not in f"\n{text}" and any(
        re.search(opening, text, re.MULTILINE) and re.search(key, text, re.MULTILINE)
        for opening, key in _KEYS_OF.values()
    )


# Patterns are compiled by whoever first meets a file that needs them: most runs need few.
_MARGIN_KEY = r"^([\w.:-]*\w)[ \t]*:(?!\S|[ \t]*&)"  # one that holds an anchor is a note
_MARGIN_SAMPLE = 1 << 16  # characters: enough to see what a file is, and cheap on a large one
_LIST = r":(?:[ \t\r]*(?:\#[^\n]*)?\n)*[ \t]*[-\[&*!]"
_ACCOUNT_KEY = r"""^[^#\n]*[ \t{,\[-]["']?(?:user|role|hosts?|grants|privileges|priv|authentication)["']?:(?!\S)"""
_KEYS_OF = {
    "users": (rf"^users{_LIST}", _ACCOUNT_KEY),
    "roles": (rf"^roles{_LIST}", _ACCOUNT_KEY),
    "hosts": (rf"^hosts{_LIST}", r"^[^#\n]*[ \t{,\[-](?:addresses|dns_names):(?!\S)"),
    "server": (r"^server:", r"^[^#\n]*[ \t{,](?:product|settings|administrators):(?!\S)"),
}


def _claims_ansible(path: str, text: str) -> bool:
    """Claim what calls a module that makes accounts or holds a list of users for a role, and encrypted files."""
    del path
    return _OF_ANSIBLE.search(text) is not None or text.startswith("$ANSIBLE_VAULT")


# A module or list as a key, or a module after `action:`; names in prose, comments and `name:` are neither.
_OF_ANSIBLE = Pattern(
    r"""^[ \t{,-]+["']?(?:[a-z]+\.[a-z]+\.)?mysql_(?:user|role|variables|query)["']?:(?=\s)"""
    r"""|^[ \t{,-]*["']?(?:\w+__)?(?:mysql|mariadb)(?:_server)?__?(?:(?:[a-z]+_)?users\w*|replication_user)["']?:"""
    r"""(?=[ \t]*(?:[\[{"'&#>\r-]|$))"""
    r"""|\b(?:action|module|module_name):\s+["']?(?:[a-z]+\.[a-z]+\.)?mysql_(?:user|role|variables|query)\b""",
    re.MULTILINE,
)


def _claims_sql(path: str, text: str) -> bool:
    """Claim what holds account statements of MySQL or MariaDB, and not of another database."""
    from grantlint.reader.sql_claims import claims  # noqa: PLC0415 - its expressions cost time to compile

    return claims(path, text)


def _claims_compose(path: str, text: str) -> bool:
    """Claim what has services, one of which has an image or variables of a MySQL or MariaDB server."""
    if not (text.startswith("services:") or "\nservices:" in text or "compose" in path.rpartition("/")[2].lower()):
        return False
    return re.search(_OF_COMPOSE, text, re.MULTILINE) is not None


_OF_COMPOSE = (
    r"""^[^#\n]*\bimage["']?:[ \t]*["']?\S*(?:mysql|mariadb|percona)"""
    r"""|^[^#\n]*\b(?:MYSQL|MARIADB)_(?:ROOT_|ALLOW_EMPTY_|RANDOM_|USER\b)"""
)


def _claims_mycnf(path: str, text: str) -> bool:
    """Claim what has a group of options that a server reads; which settings count is known to its reader."""
    del path
    return re.search(_OF_MYCNF, text, re.MULTILINE) is not None


_OF_MYCNF = r"^[ \t]*\[(?:mysqld|server|mariadbd?|client-server|galera)(?:-\d+\.\d+)?\]"

YAML_SUFFIXES = (".yml", ".yaml")
TEMPLATED_YAML_SUFFIXES = (*YAML_SUFFIXES, ".yml.j2", ".yaml.j2", ".yml.tpl", ".yaml.tpl")


def _claims_terraform(path: str, text: str) -> bool:
    """Claim what has a resource that makes accounts."""
    del path
    return re.search(_OF_TERRAFORM, text, re.MULTILINE) is not None


def _claims_plan(path: str, text: str) -> bool:
    """Claim a plan or state that `terraform show -json` wrote."""
    del path
    return '"format_version"' in text[:200] and re.search(_OF_PLAN, text) is not None


_OF_PLAN = r'"type"\s*:\s*"(?:mysql_(?:user|grant|role|default_roles)|google_sql_user)'
_OF_TERRAFORM = (  # compiled for the first file that asks
    r"""^[ \t]*resource[ \t]+"?(?:mysql_(?:user|user_password|role|grant|default_roles|grant_privilege|grant_role)"""
    r"""|google_sql_user)["\s]"""
)


def _claims_puppet(path: str, text: str) -> bool:
    """Claim manifests with resources of the MySQL module, and data for its class."""
    return re.search(_OF_MANIFESTS if path.lower().endswith(".pp") else _OF_HIERA, text, re.MULTILINE) is not None


_OF_MANIFESTS = r"""^[^#\n]*(?:\b[Mm]ysql_(?:user|grant)\b|\bmysql::db\b|\b[Mm]ysql::[Dd]b\b|["']:*mysql::server["'])"""
_OF_HIERA = (
    r"""^["']?(?:::)?mysql::(?:server::(?:users|grants|root_password|(?:override_)?options)|dbs?|users|grants)["']?:"""
    r"""(?=\s)"""
)


def _claims_salt(path: str, text: str) -> bool:
    """Claim states of accounts, and pillars with a key of mysql-formula."""
    del path
    if text.startswith("#!") and ("mysql_user" in text or "mysql_grants" in text):
        return True
    return re.search(_OF_STATES, text, re.MULTILINE) is not None or re.search(_OF_PILLARS, text) is not None


_OF_STATES = (
    r"""^[ \t]+["']?mysql_(?:user|grants)(?:\.\w+)?["']?:[ \t]*(?:[#\[\r]|$)"""
    r"""|^[^#\n]+:[ \t]+mysql_(?:user|grants)\.\w+[ \t]*(?:[#\r]|$)"""
)
_OF_PILLARS = r"(?:^|\n)mysql:[ \t]*(?:#[^\n]*|\r)?\n(?:[ \t#\r][^\n]*\n|\n)*?[ \t]+(?:user|server):"


def _claims_kubernetes(path: str, text: str) -> bool:
    """Claim objects of the operators that make accounts, and ConfigMaps and Secrets with account statements."""
    if re.search(_OF_OPERATORS, text, re.MULTILINE):
        return True
    return re.search(_OF_SCRIPTS, text, re.MULTILINE) is not None and _claims_sql(path, text)


_OF_OPERATORS = (
    r"""^[ \t-]*["']?apiVersion["']?:[ \t]+["']?(?:k8s\.mariadb\.com|mariadb\.mmontes\.io|enterprise\.mariadb\.com"""
    r"""|mysql\.sql\.(?:m\.)?crossplane\.io|mysql\.presslabs\.org|mysql\.radondb\.com|p(?:xc|s)\.percona\.com)/"""
)
_OF_SCRIPTS = r"^[ \t-]*kind:[ \t]+[\"']?(?:ConfigMap|Secret)\b"
KUBERNETES_NEEDLES = (b"mariadb", b"mysql.", b"percona.com/", b"ConfigMap", b"Secret")


def _claims_shell(path: str, text: str) -> bool:
    """Claim a script that speaks of accounts; a file without a suffix only where its first line names a shell."""
    named = "." in path.rpartition("/")[2]
    if not named and re.match(r"#![^\n]*(?:\b|/)(?:ba|da|k|z|a)?sh\b", text) is None:
        return False
    return re.search(_OF_SHELL, text, re.IGNORECASE) is not None


def _claims_yaml(path: str, text: str) -> bool:
    """Claim what has scripts with account statements in it, and is neither a test run nor a definition."""
    lowered = text.lower()
    if not any(word in lowered for word in _STATEMENT_WORDS):  # a tenth of the time of what follows
        return False
    if re.search(_OF_TEST_RUNS, path) or "kind: CustomResourceDefinition" in text:
        return False
    if re.search(_OF_OPERATORS, text, re.MULTILINE) or re.search(_OF_SCRIPTS, text, re.MULTILINE):
        return False
    return re.search(_OF_SHELL, text, re.IGNORECASE) is not None and re.search(_OF_YAML, text) is not None


_STATEMENT_WORDS = ("grant", "revoke", "user", "role", "password", "mysql.db", "mysql`", "mysql\\", "global_priv")
"""Of which each text has one that `_OF_SHELL` finds something in, unless it writes `mysql . db` with blanks."""
_OF_TEST_RUNS = (
    r"(?:^|/)(?:\.github|\.circleci|\.buildkite|\.gitlab-ci\.yml|\.travis\.yml|azure-pipelines\.yml|\.drone\.yml)"
)
_OF_YAML = (
    r"(?i:init.?db|init.?script|init.?sql|\.sql|\.sh)[\w-]*[\"']?:|(?i:\bsql):[ \t]*[|>]"
    r"|content:[ \t]*[|>]|\b(?:mysql|mariadb)[ \t][^\n]*(?:-\w*e\b|<<|--execute)"
    r"|\|[ \t]*(?:mysql|mariadb)\b"
)
_OF_SHELL = (
    r"\b(?:GRANT|REVOKE)\s+\S|\b(?:CREATE|ALTER|DROP|RENAME)\s+(?:OR\s+REPLACE\s+)?(?:USER|ROLE)\s"
    r"|\bSET\s+(?:PASSWORD|DEFAULT\s+ROLE)\b|\bmysql\\?`?\s*\.\s*\\?`?(?:user|db|global_priv)\b"
)
SHELL_SUFFIXES = (
    *(".sh", ".bash", ".zsh", ".ksh", ".sh.j2", ".sh.erb", ".sh.epp", ".sh.tmpl", ".sh.tpl", ".sh.template", ".sh.in"),
    *(".sh.tftpl", ".bash.j2"),
)
SQL_SUFFIXES = (".sql", ".sql.j2", ".sql.erb", ".sql.tmpl", ".sql.tpl", ".sql.template", ".sql.in", ".sql.dist")
SQL_NEEDLES = (
    *(b"GRANT", b"grant", b"Grant", b"REVOKE", b"revoke", b"IDENTIFIED", b"identified", b"mysql", b"MYSQL"),
    *(b" USER", b" user", b" User", b" ROLE", b" role", b"PASSWORD", b"password"),
)
CNF_SUFFIXES = (
    *(".cnf", ".ini", ".cnf.j2", ".cnf.erb", ".cnf.epp", ".cnf.tmpl", ".cnf.tpl", ".cnf.template", ".cnf.in"),
    ".cnf.dist",
)
CNF_NEEDLES = (b"[mysqld", b"[mariadb", b"[server", b"[client-server", b"[galera")

FORMATS: tuple[Format, ...] = (
    Format("ansible", YAML_SUFFIXES, (b"mysql_", b"mariadb_", b"$ANSIBLE_VAULT"), _claims_ansible, "ansible"),
    Format(
        "policy",
        YAML_SUFFIXES,
        (b"users:", b"roles:", b"server:", b"hosts:", b"policy.schema.json"),
        _claims_policy,
        "policy",
        512 * MEBIBYTE,
    ),
    Format(
        "compose",
        YAML_SUFFIXES,
        (b"mysql", b"mariadb", b"percona", b"MYSQL_", b"MARIADB_"),
        _claims_compose,
        "compose",
    ),
    Format("mycnf", CNF_SUFFIXES, CNF_NEEDLES, _claims_mycnf, "mycnf", MEBIBYTE),
    Format("sql", SQL_SUFFIXES, SQL_NEEDLES, _claims_sql, "sql", 64 * MEBIBYTE),
    Format(
        "terraform",
        (".tf", ".tofu"),
        (b"mysql_", b"google_sql_user"),
        _claims_terraform,
        "terraform",
    ),
    Format(
        "terraform-plan",
        (".json",),
        (b'"mysql_', b'"google_sql_user'),
        _claims_plan,
        "terraform.plan",
        64 * MEBIBYTE,
    ),
    Format("kubernetes", TEMPLATED_YAML_SUFFIXES, KUBERNETES_NEEDLES, _claims_kubernetes, "kubernetes"),
    Format("salt", (".sls", "pillar.example"), (b"mysql_user", b"mysql_grants", b"mysql:"), _claims_salt, "salt"),
    Format(
        "puppet",
        (".pp", ".eyaml", *YAML_SUFFIXES),
        (b"mysql::", b"Mysql::", b"mysql_user", b"Mysql_user", b"mysql_grant", b"Mysql_grant"),
        _claims_puppet,
        "puppet",
    ),
    Format("shell", SHELL_SUFFIXES, (b"mysql", b"mariadb", b"GRANT"), _claims_shell, "shell", without_suffix=True),
    Format("yaml", YAML_SUFFIXES, (b"mysql", b"mariadb"), _claims_yaml, "yaml_scripts"),
)


def format_named(name: str) -> Format | None:
    """Return the format of that name, or None."""
    return next((known for known in FORMATS if known.name == name), None)
