"""What a plan or state of Terraform is known by: its format version, and the type of a resource."""

from grantlint.platform.pattern import Pattern


def claims(path: str, text: str) -> bool:
    """Claim a plan or state that `terraform show -json` wrote."""
    del path
    return "format_version" in text[:200] and _OF_PLAN.search(text) is not None


_OF_PLAN = Pattern(r'\btype"?\s*:\s*"?(?:mysql_(?:user|grant|role|default_roles)|google_sql_user)')
