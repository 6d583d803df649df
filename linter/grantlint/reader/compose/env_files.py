"""Environment files beside a Compose file: `.env` for its variables, `env_file` for those of a container.

Read from the disk as far as they lie there; a secret store writes others on the day.
"""

import os
import re
import stat
from functools import lru_cache
from typing import NamedTuple

from grantlint.location import Source
from grantlint.reader.blanking import has_templates
from grantlint.reader.contents import NotTextError, TooLargeError, decode, read_bytes
from grantlint.reader.tree import lies_beside

MAX_BYTES = 1 << 18

_LINE = re.compile(
    r"""^[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_][\w.-]*)[ \t]*=[ \t]*
    (?:"(?P<double>(?:[^"\\\n]|\\.)*)"|'(?P<single>[^'\n]*)'|(?P<plain>[^\n]*?))[ \t]*(?:(?<=[\s"'])\#[^\n]*)?$""",
    re.MULTILINE | re.VERBOSE,
)


class Setting(NamedTuple):
    """A variable's value and where it stands; `literal`: whether no template, `$` or backslash is in it."""

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
    if not stat.S_ISREG(facts.st_mode) or not lies_beside(path, compose_path):
        return None
    return _read(path, facts.st_mtime_ns, facts.st_size)


@lru_cache(maxsize=64)
def _read(path: str, modified: int, size: int) -> dict[str, Setting] | None:
    del modified, size  # part of the key: a file that changed is read again
    try:
        source = Source(path, decode(read_bytes(os.path.realpath(path), MAX_BYTES, follow=False)))
    except (OSError, TooLargeError, NotTextError):
        return None
    found: dict[str, Setting] = {}
    for match in _LINE.finditer(source.text.replace("\r", " ")):
        kind = next(group for group in ("double", "single", "plain") if match[group] is not None)
        start, end = match.span(kind)
        value = match[kind]
        literal = not has_templates(value) and (kind == "single" or not ("$" in value or "\\" in value))
        found[match["name"]] = Setting(value, source, start, end, literal)
        source.hide(start, end)
    return found
