"""Which release of puppetlabs-mysql a manifest gets, where a file of its module or of the control repository says so.

Asked only where it decides: a Puppetfile's `mod`, the dependency in metadata.json, a fixture of .fixtures.yml.
"""

import os
import re
from collections.abc import Iterator

from grantlint.model.location import Source
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.tree.surroundings import UnreadError, surroundings_of

_MAX_BYTES = 1 << 18
_NUMBER = r"v?(?P<version>\d+(?:\.\d+){1,2})\b"
_FILES = {
    "Puppetfile": Pattern(
        r"""^[ \t]*mod[ (]*['"]puppetlabs[-/]mysql['"]\s*,(?:(?:(?!\bmod\b)[^#]){0,300}?,)??"""
        rf"""\s*(?::?(?:ref|tag)\s*(?:=>|:)\s*)?['"]{_NUMBER}""",
        re.MULTILINE,
    ),
    "metadata.json": Pattern(
        rf""""name"\s*:\s*"puppetlabs[-/]mysql"\s*,\s*"version_requirement"\s*:\s*"(?P<from>>?=?)\s*{_NUMBER}"""
    ),
    ".fixtures.yml": Pattern(
        rf"""^[ \t]+["']?mysql["']?:[ \t]*\n(?:[ \t][^\n]*\n)*?[ \t]+["']?(?:ref|tag)["']?:[ \t]*["']?{_NUMBER}""",
        re.MULTILINE,
    ),
}


class Release(NamedTuple):
    """A release of the module. `file` names it, `at_least`: or a later one."""

    version: tuple[int, ...]
    file: str
    at_least: bool

    @property
    def shown(self) -> str:
        """The release as people write it."""
        return ".".join(map(str, self.version))


def release_of(source: Source) -> Release | None:
    """Return the release that the nearest file names. None where none does."""
    around = surroundings_of(source)
    for folder in _upwards(around.folder):
        for name, pattern in _FILES.items():
            try:
                file = around.source(os.path.normpath(os.path.join(folder, name)), _MAX_BYTES)
            except UnreadError:
                continue
            found = None if file is None else pattern.search(file.text)
            if found is not None:
                version = tuple(map(int, found["version"].split(".")))
                return Release(version, name, at_least=">" in found.groupdict().get("from", ""))
    return None


def _upwards(folder: str) -> Iterator[str]:
    """Yield a folder and those around it, as far as its path is written."""
    while True:
        yield folder
        if folder in {"", "/", "."}:
            return
        folder = os.path.dirname(folder)
