"""Environment files beside a Compose file: `.env` for its variables, `env_file` for those of a container.

Read from the disk as far as they lie there; a secret store writes others on the day.
"""

import os
import re
from functools import lru_cache

from grantlint.model.location import Source
from grantlint.platform.record import NamedTuple
from grantlint.reader.tree.kept import is_kept_by_git
from grantlint.reader.tree.surroundings import Found, read, surroundings_of
from grantlint.reader.yaml.blanking import has_templates

MAX_BYTES = 1 << 18

_LINE = re.compile(
    r"""^[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_][\w.-]*)[ \t]*=[ \t]*
    (?:"(?P<double>(?:[^"\\\n]|\\.)*)"|'(?P<single>[^'\n]*)'|(?P<plain>[^\n]*?))[ \t]*(?:(?<=[\s"'])\#[^\n]*)?$""",
    re.MULTILINE | re.VERBOSE,
)


_CUT = re.compile(r"[ \t]+#[^\s#]")  # a comment has a blank behind its sign


class Setting(NamedTuple):
    """A variable's value and its place. `literal`: whether no template, `$` or backslash is in it."""

    value: str
    source: Source
    start: int
    end: int
    literal: bool
    cut: bool = False  # whether what follows a blank and a # may belong to it

    @property
    def is_published(self) -> bool:
        """Whether it stands as it is in a file of git."""
        return self.literal and bool(self.value) and is_kept_by_git(self.source.path)


def env_file(compose: Source, folder: str, name: str) -> dict[str, Setting] | None:
    """Return the variables of a file that a Compose file names. None where there is none. Raises UnreadError."""
    found = surroundings_of(compose).find(os.path.normpath(os.path.join(folder, name)), MAX_BYTES)
    return _read(found) if found else None


@lru_cache(maxsize=64)
def _read(file: Found) -> dict[str, Setting]:
    source = read(file)
    source.format = "env"
    found: dict[str, Setting] = {}
    for match in _LINE.finditer(source.text.replace("\r", " ")):
        kind = next(group for group in ("double", "single", "plain") if match[group] is not None)
        start, end = match.span(kind)
        value = match[kind]
        literal = not has_templates(value) and (kind == "single" or not ("$" in value or "\\" in value))
        cut = kind == "plain" and _CUT.match(source.text, end) is not None
        found[match["name"]] = Setting(value, source, start, end, literal, cut)
        source.hide(start, end)
    return found
