"""What a shell script that makes accounts is known by: statements, however quoted, and variables and commands."""

import re

from grantlint.platform.pattern import Pattern
from grantlint.reader.files.formats import is_bare, is_makefile
from grantlint.reader.files.other.commands import (
    CHART,
    CONTAINER_VARIABLE,
    ENV_FILE,
    INIT_FILE,
    SERVER_IMAGE,
)
from grantlint.reader.files.other.decoding import is_decoded_for_a_client
from grantlint.reader.sql.sign import has_statement


def claims(path: str, text: str) -> bool:
    """Return whether a shell script or Makefile is about accounts.

    A file without a suffix is one only if its first line names a shell.
    """
    if is_makefile(path):
        from grantlint.reader.formats.shell.makefile import recipes  # noqa: PLC0415 - few scripts are Makefiles

        text = recipes(text)
    elif is_bare(path) and re.match(r"#![^\n]*(?:\b|/)(?:ba|da|k|z|a)?sh\b", text) is None:
        return False
    return (
        has_statement(text)
        or has_statement(_unquoted(text))
        or ("helm" in text and CHART.search(text) is not None)
        or CONTAINER_VARIABLE.in_a_line_of(text)
        or _sets_passwords(text)
        or (ENV_FILE.in_a_line_of(text) and SERVER_IMAGE.search(text) is not None)
        or INIT_FILE.in_a_line_of(text)
        or is_decoded_for_a_client(text)
    )


def _sets_passwords(text: str) -> bool:
    if "mysqladmin" not in text and "debconf" not in text and "mariadb-admin" not in text:
        return False
    from grantlint.reader.formats.shell.commands.root_password import sets_passwords  # noqa: PLC0415 - for few files

    return sets_passwords(text)


def _unquoted(text: str) -> str:
    """Return about what a shell makes of a text in which quotes part its words."""
    return _QUOTING.sub(_character, text)


def _character(quoting: re.Match[str]) -> str:
    if quoting["hex"]:
        return chr(int(quoting["hex"], 16))
    return chr(int(quoting["octal"], 8)) if quoting["octal"] else ""


_QUOTING = Pattern(r"""\\x(?P<hex>[0-9A-Fa-f]{1,2})|\\(?P<octal>[0-7]{1,3})|\\(?:\r?\n)?|["']""")
