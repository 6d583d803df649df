"""Environment files beside a Compose file: `.env` for its variables, `env_file` for those of a container.

Read from the disk as far as they lie there; a secret store writes others on the day.
"""

import os
import re
from functools import lru_cache
from typing import NamedTuple

from grantlint.location import Source

MAX_BYTES = 1 << 18

_LINE = re.compile(
    r"""^[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_][\w.-]*)[ \t]*=[ \t]*
    (?:"(?P<double>(?:[^"\\\n]|\\.)*)"|'(?P<single>[^'\n]*)'|(?P<plain>[^\n]*?))[ \t]*(?:(?<=[\s"'])\#[^\n]*)?$""",
    re.MULTILINE | re.VERBOSE,
)


class Setting(NamedTuple):
    """A variable's value and where it stands; `literal`: whether no `$` and no backslash is in it."""

    value: str
    source: Source
    start: int
    end: int
    literal: bool


def env_file(compose_path: str, name: str) -> dict[str, Setting] | None:
    """Return the variables of a file that is named relative to a Compose file; None where it cannot be read."""
    if os.path.isabs(name) or not os.path.isfile(compose_path):
        return None
    path = os.path.normpath(os.path.join(os.path.dirname(compose_path), name))
    try:
        facts = os.stat(path)
    except OSError:
        return None
    return _read(path, facts.st_mtime_ns, facts.st_size) if facts.st_size <= MAX_BYTES else None


@lru_cache(maxsize=64)
def _read(path: str, modified: int, size: int) -> dict[str, Setting] | None:
    del modified, size  # part of the key: a file that changed is read again
    try:
        with open(path, encoding="utf-8-sig") as file:
            source = Source(path, file.read())
    except (OSError, UnicodeDecodeError):
        return None
    found: dict[str, Setting] = {}
    for match in _LINE.finditer(source.text.replace("\r", " ")):
        kind = next(group for group in ("double", "single", "plain") if match[group] is not None)
        start, end = match.span(kind)
        value = match[kind]
        literal = kind == "single" or not ("$" in value or "\\" in value)
        found[match["name"]] = Setting(value, source, start, end, literal)
        source.hide(start, end)
    return found
