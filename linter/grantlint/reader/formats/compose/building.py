"""An image that is built of a known one: the last stage of a Dockerfile or the one that is named, and what it copies.

With a start of its own, or variables of a server, nobody knows what the image makes.
"""

import os
import re
from collections.abc import Iterator

from grantlint.model.location import Located, Source
from grantlint.platform.record import NamedTuple
from grantlint.reader.files.other.dockerfile import made_by_image
from grantlint.reader.formats.compose.override import Layer
from grantlint.reader.images.references import READ_BY_IMAGES
from grantlint.reader.images.stages import Stage, brings_its_start, stage_of
from grantlint.reader.tree.surroundings import UnreadError, surroundings_of
from grantlint.reader.yaml.mapping import entries, word_of
from grantlint.reader.yaml.nodes import ScalarNode

_MAX_BYTES = 1 << 18
_OTHERWISE = frozenset({"dockerfile_inline", "additional_contexts"})
_SERVERS = frozenset({"mysqld", "mariadbd", *(f"/opt/bitnami/scripts/{name}/run.sh" for name in ("mysql", "mariadb"))})
_OF_IMAGE = re.compile(
    r"(?:/usr/local/bin/)?docker-entrypoint\.sh|/opt/bitnami/scripts/(?:mysql|mariadb)/entrypoint\.sh"
)
"""The start that the known images have, which some Dockerfiles say again."""


class Built(NamedTuple):
    """What an image is built of. `copied`: the project's files where the image reads them, and where that is."""

    image: Located[str]
    copied: tuple[tuple[str, str], ...]


def built_of(layer: Layer) -> Built | None:
    """Return what a service's image is built of. None where nobody knows."""
    build = layer.service["build"].value
    fields = entries(build)
    context = build.value if isinstance(build, ScalarNode) else word_of(fields.get("context")) or "."
    file = word_of(fields.get("dockerfile")) or "Dockerfile"
    target = word_of(fields.get("target")) or ""
    if _OTHERWISE & fields.keys() or "$" in context + file + target or "://" in context:
        return None
    if "target" in fields and not target:
        return None
    folder = os.path.normpath(os.path.join(layer.folder, context))
    try:
        source = surroundings_of(layer.source).source(os.path.join(folder, file), _MAX_BYTES)
    except UnreadError:
        return None
    return None if source is None else _built(source, folder, target)


def _built(source: Source, folder: str, target: str) -> Built | None:
    stage = stage_of(source, target)
    if stage is None or not isinstance(stage.image, Located) or made_by_image(source.text):
        return None
    if _starts_otherwise(stage) or stage.starts.get("CMD", "mysqld") not in _SERVERS:
        return None
    return Built(stage.image, tuple(_copied(stage, folder)))


def _starts_otherwise(stage: Stage) -> bool:
    start = stage.starts.get("ENTRYPOINT")
    return start is not None and (brings_its_start(stage) or _OF_IMAGE.fullmatch(start) is None)


def _copied(stage: Stage, folder: str) -> Iterator[tuple[str, str]]:
    for files, inside, from_stage in stage.copies:
        if not from_stage and READ_BY_IMAGES.match(inside):
            yield from [(os.path.normpath(os.path.join(folder, file)), inside) for file in files or ()]
