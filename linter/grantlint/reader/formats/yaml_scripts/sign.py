"""What YAML with scripts in it is known by: account statements, and none of another format's words."""

from grantlint.platform.pattern import LinePattern, Pattern
from grantlint.reader.files.other.decoding import is_decoded_for_a_client
from grantlint.reader.files.other.leftover import holds_statements
from grantlint.reader.formats.kubernetes.sign import OF_OPERATORS, OF_SCRIPTS
from grantlint.reader.sql.sign import has_statement


def claims(path: str, text: str) -> bool:
    """Return whether YAML has scripts with account statements. Test runs and definitions do not count."""
    if "kind: CustomResourceDefinition" in text:  # most of them are large
        return False
    if _is_of_a_chart(text) or (is_chart(path) and _DEPENDENCY.search(text) and "alias:" in text):
        return True
    decoded = is_decoded_for_a_client(text)
    passwords = _sets_passwords(text)
    if not (decoded or passwords or has_statement(text) or holds_statements(text)):
        return False
    if _OF_TEST_RUNS.search(path):
        return False
    if OF_OPERATORS.in_a_line_of(text) or OF_SCRIPTS.in_a_line_of(text):
        return False
    return decoded or passwords or _OF_YAML.search(text) is not None or holds_statements(text)


def _sets_passwords(text: str) -> bool:
    if all(word not in text for word in ("mysqladmin", "mariadb-admin", "debconf")):
        return False
    from grantlint.reader.formats.shell.commands.root_password import sets_passwords  # noqa: PLC0415 - for few files

    return sets_passwords(text)


def is_chart(path: str) -> bool:
    """Return whether a file names the charts beside it. requirements.yaml is that of Helm 2."""
    return path.rpartition("/")[2] in {"Chart.yaml", "requirements.yaml"}


def _is_of_a_chart(text: str) -> bool:
    if _OF_STABLE_CHARTS.in_a_line_of(text):
        return True
    if _OF_CHARTS.in_a_line_of(text) and _USER_OF_CHART.in_a_line_of(text):
        return True
    return _OF_EARLIER_CHARTS.in_a_line_of(text) and _DATABASE_OF_CHART.search(text) is not None


_DEPENDENCY = Pattern(r"\bname:[ \t]*[\"']?(?:mysql|mariadb)\b")
_OF_CHARTS = LinePattern(("auth",), r"""^[ \t{-]*["']?auth["']?:""")
_USER_OF_CHART = LinePattern(
    ("username", "rootPassword"),
    r"""^[^#\n]*\b(?:username|rootPassword)["']?:[ \t]*(?!["']{2}[ \t]*(?:#|\r?$))[^\s#]""",
)
_OF_STABLE_CHARTS = LinePattern(
    ("mysqlUser", "mysqlRootPassword"),
    r"""^[^#\n]*\bmysql(?:User|RootPassword)["']?:[ \t]*(?!["']{2}[ \t]*(?:#|\r?$))[^\s#]""",
)
_OF_EARLIER_CHARTS = LinePattern(("db:", "root:", "rootUser:"), r"^[ \t]+(?:db|root|rootUser):[ \t]*(?:#|\{|\r?$)")
_DATABASE_OF_CHART = Pattern(
    r"(?m:^)[ \t]*(?:mysql|mariadb)(?:-galera)?:[ \t\r]*\n(?:[ \t][^\n]*\n|\r?\n){0,60}?[ \t]+(?:db|root|rootUser):"
)
_OF_TEST_RUNS = Pattern(
    r"(?:^|/)(?:\.github|\.circleci|\.buildkite|\.gitlab-ci\.yml|\.travis\.yml|azure-pipelines\.yml|\.drone\.yml)"
)
_OF_YAML = Pattern(
    r"(?i:init.?db|init.?script|init.?sql|\.sql|\.sh)[\w-]*[\"']?:|(?i:\bsql):[ \t]*[|>]"
    r"|content:[ \t]*[|>]|\b(?:mysql|mariadb)[ \t][^\n]{0,1000}(?:-\w*e\b|<<|--execute)"
    r"|\|(?:[ \t]|\\\r?\n)*(?:sudo[ \t]+(?:[^\s|;&]+[ \t]+){0,6}?)?(?:mysql|mariadb)\b"
)
