"""What a file of Ansible is known by: a call of a module that makes accounts, or a list of users for a role."""

import re

from grantlint.platform.pattern import LinePattern, Pattern
from grantlint.reader.formats.terraform.sign import IN_JSON


def claims(path: str, text: str) -> bool:
    """Return whether a file declares accounts by Ansible, or is encrypted.

    By a module's call, or a list of users for a role.
    """
    if path.lower().endswith(IN_JSON) or ("apiVersion:" in text and _OBJECT.search(text)):
        return False
    if _OF_ANSIBLE.in_a_line_of(text) or text.startswith("$ANSIBLE_VAULT"):
        return True
    if _OF_ROOT.in_a_line_of(text) and (
        _VARIABLES.search(path) or _PLAY.search(text) or _OF_INVENTORY.in_a_line_of(text)
    ):
        return True
    return _OF_CONTAINERS.in_a_line_of(text) and _ROOT_OF_CONTAINER.in_a_line_of(text)


# A Secret of Kubernetes may have keys like a module's name or a role's variable.
_OBJECT = Pattern(r"^apiVersion:[ \t]", re.MULTILINE)

# Salt and Hiera may have a variable of this name as well.
_OF_ROOT = LinePattern(
    ("_root_p",),
    r"""^[ \t]*["']?\w*(?:mysql|mariadb)_(?:\w*_)?root_(?:pass(?:word|wd)?|pwd)["']?:[ \t]+"""
    r"""(?!["']?\{\{|!vault|\#)\S""",
)
_VARIABLES = Pattern(r"(?:^|[\\/])(?:group_vars|host_vars|defaults|vars)[\\/]")
_OF_INVENTORY = LinePattern(("ansible_",), r"^[ \t]+[\"']?ansible_(?:host|port|user|connection)[\"']?:")
_PLAY = Pattern(r"^-[ \t]+(?:hosts|name:[^\n]*\n[ \t]+hosts):", re.MULTILINE)
_OF_CONTAINERS = LinePattern(("_container:",), r"^[ \t-]+(?:[a-z]+\.[a-z]+\.)?(?:docker|podman)_container:(?=\s)")
_ROOT_OF_CONTAINER = LinePattern(
    ("MYSQL_", "MARIADB_"), r"^[^#\n]*\b(?:MYSQL|MARIADB)_(?:ROOT_|ALLOW_EMPTY_|RANDOM_)[\w]*[\"']?:"
)


# A module with arguments or list as a key, or a module after `action:`; words in prose, comments and `name:` are none.
_OF_ANSIBLE = LinePattern(
    ("mysql_", "mariadb_"),
    r"""^[ \t{,-]+["']?(?:[a-z]+\.[a-z]+\.)?mysql_(?:user|role|variables|query)["']?:"""
    r"""(?=\s+(?:[{>|&*!\#\r\n]|["']?(?:\w+=[^=\s]|\{\{))|\s*$)"""
    r"""|^[ \t{,-]*["']?(?:\w+__)?(?:mysql|mariadb)(?:_server)?__?(?:(?:[a-z]+_)?users\w*|replication_user)["']?:"""
    r"""(?=[ \t]*(?:[\[{"'&#>\r-]|$))"""
    r"""|(?:\b|_)(?:action|module|module_name):\s+["']?(?:[a-z]+\.[a-z]+\.)?mysql_(?:user|role|variables|query)\b""",
)
