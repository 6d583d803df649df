"""What a configuration of Terraform is known by: a resource that makes accounts."""

from grantlint.platform.pattern import LinePattern, Pattern

IN_JSON = (".tf.json", ".tofu.json")


def claims(path: str, text: str) -> bool:
    """Return whether a file has a resource that makes accounts."""
    if path.lower().endswith(IN_JSON):
        return _RESOURCE_IN_JSON.search(text) is not None
    return _OF_TERRAFORM.in_a_line_of(text)


_OF_TERRAFORM = LinePattern(
    ("mysql_", "google_sql_user"),
    r"""^[ \t]*resource[ \t]+"?(?:mysql_(?:user|user_password|role|grant|default_roles|grant_privilege|grant_role)"""
    r"""|google_sql_user)["\s]""",
)
_RESOURCE_IN_JSON = Pattern(
    r"""["\s](?:mysql_(?:user|user_password|role|grant|default_roles|grant_privilege|grant_role)|google_sql_user)"?\s*:"""
)
