"""What an option file is known by: a group of options that a server reads."""

import re

from grantlint.platform.pattern import Pattern


def claims(path: str, text: str) -> bool:
    """Return whether a file has a group of server options. Which settings count is known to its reader."""
    del path
    return _OF_MYCNF.search(text) is not None


_OF_MYCNF = Pattern(r"^[ \t]*\[(?:mysqld|server|mariadbd?|client-server|galera)(?:-\d+\.\d+)?\]", re.MULTILINE)
