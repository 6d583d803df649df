"""The file that Compose lays over its own of its own accord: `compose.override.yaml` beside `compose.yaml`.

Source: the Compose specification, Merge, and the default file names of compose-go. With `-f` none is
laid over.
"""

import os
from collections.abc import Mapping
from functools import lru_cache

from grantlint.model import Fault
from grantlint.model.location import Source
from grantlint.platform.record import NamedTuple
from grantlint.reader.tree.surroundings import UnreadError, surroundings_of
from grantlint.reader.yaml.blanking import blanked, has_templates
from grantlint.reader.yaml.mapping import Entry, entries
from grantlint.reader.yaml.nodes import documents

_MAX_BYTES = 1 << 20
_FILES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
_OVERRIDES = (
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
)


class Layer(NamedTuple):
    """One file's definition of one service."""

    source: Source
    service: Mapping[str, Entry]


class Override(NamedTuple):
    """The services of an override file. `unread`: why nobody knows them, '' where that is not so."""

    source: Source | None = None
    services: Mapping[str, Entry] = {}
    unread: str = ""

    def of(self, name: str) -> Layer | None:
        """Return the file's definition of a service."""
        entry = self.services.get(name)
        return None if entry is None or self.source is None else Layer(self.source, entries(entry.value))


def override_of(source: Source) -> Override:
    """Return the override file of a Compose file. Empty for a file name that Compose does not look for."""
    return _beside(source, _OVERRIDES) if os.path.basename(source.path) in _FILES else Override()


def is_laid_over(source: Source, name: str) -> bool:
    """Return whether a file overrides this service of another file."""
    return os.path.basename(source.path) in _OVERRIDES and name in _beside(source, _FILES).services


def _beside(source: Source, names: tuple[str, ...]) -> Override:
    around = surroundings_of(source)
    for name in names:
        try:
            found = around.source(os.path.normpath(os.path.join(around.folder, name)), _MAX_BYTES)
        except UnreadError as error:
            return Override(unread=f"{name} {error}")
        if found is not None:
            return _read(found)
    return Override()


@lru_cache(maxsize=64)
def _read(source: Source) -> Override:
    readable = Source(source.path, blanked(source.text)) if has_templates(source.text) else source
    for root in documents(readable):
        if isinstance(root, Fault):
            return Override(unread=f"{os.path.basename(source.path)} is no YAML")
        top = entries(root)
        return Override(source, entries(top["services"].value) if "services" in top else {})
    return Override()
