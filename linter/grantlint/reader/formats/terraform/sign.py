"""What a configuration of Terraform is known by: a resource that makes accounts."""

from grantlint.platform.pattern import LinePattern, Pattern
from grantlint.reader.files.other.commands import CONTAINER_VARIABLE
from grantlint.reader.files.words import has_account_words
from grantlint.reader.formats.terraform.servers.platforms import PLATFORMS

IN_JSON = (".tf.json", ".tofu.json")


def claims(path: str, text: str) -> bool:
    """Return whether a file has a resource that makes accounts."""
    if path.lower().endswith(IN_JSON):
        return _RESOURCE_IN_JSON.search(text) is not None
    if _OF_TERRAFORM.in_a_line_of(text) or _OF_PLATFORMS.in_a_line_of(text):
        return True
    if _OF_CONTAINERS.in_a_line_of(text) and _NAMES_A_SERVER.search(text):
        return True
    if "#!" in text and CONTAINER_VARIABLE.in_a_line_of(text):
        return True
    if not has_account_words(text):
        return False
    from grantlint.reader.files.other.leftover import holds_statements  # noqa: PLC0415 - few files have account words

    return holds_statements(text)


_OF_TERRAFORM = LinePattern(
    ("mysql_", "google_sql_user"),
    r"""^[ \t]*resource[ \t]+"?(?:mysql_(?:user|user_password|role|grant|default_roles|grant_privilege|grant_role)"""
    r"""|google_sql_user)["\s]""",
)
_OF_PLATFORMS = LinePattern(
    tuple(PLATFORMS),
    rf"""^[ \t]*resource[ \t]+"?(?:{"|".join(PLATFORMS)})["\s]""",
)
_OF_CONTAINERS = LinePattern(
    ("docker_container", "kubernetes_", "helm_release", "aws_ecs_task_definition"),
    r"""^[ \t]*resource[ \t]+"?(?:docker_container|kubernetes_(?:pod|deployment|stateful_set|daemon_?set|job|cron_job"""
    r"""|replication_controller)(?:_v1)?|helm_release|aws_ecs_task_definition)["\s]""",
)
_NAMES_A_SERVER = Pattern(
    r"""(?:MYSQL|MARIADB)_[A-Z]|chart[ \t]*=[ \t]*"(?:[^"\n]*/)?(?:mysql|mariadb)"""
    r"""|image["\s]*[:=][^\n]{0,200}(?:mysql|mariadb|percona)"""
)
_RESOURCE_IN_JSON = Pattern(
    r"""["\s](?:mysql_(?:user|user_password|role|grant|default_roles|grant_privilege|grant_role)|google_sql_user)"?\s*:"""
)
