"""An image that is built of a known one: the last stage of a plain Dockerfile, and what it copies.

Source: Docker's manual, Dockerfile reference. With a start of its own, variables of a server or a stage that is named
nobody knows what the image makes.
"""

import os
import re
from collections.abc import Iterator

from grantlint.model.location import Located, Source
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.files.other.dockerfile import made_by_image
from grantlint.reader.formats.compose.override import Layer
from grantlint.reader.images.references import READ_BY_IMAGES
from grantlint.reader.tree.surroundings import UnreadError, surroundings_of
from grantlint.reader.yaml.mapping import entries, word_of
from grantlint.reader.yaml.nodes import ScalarNode

_MAX_BYTES = 1 << 18
_OTHERWISE = frozenset({"target", "dockerfile_inline", "additional_contexts"})
_FROM = Pattern(
    r"^[ \t]*FROM[ \t]+(?:--platform=\S+[ \t]+)?(?P<image>[^\s$]+)(?:[ \t]+AS[ \t]+(?P<stage>\S+))?[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)
_ANY_FROM = Pattern(r"^[ \t]*FROM[ \t]", re.MULTILINE | re.IGNORECASE)
_START = Pattern(
    r"^[ \t]*(?:ENTRYPOINT\b|CMD[ \t]+(?!\[[ \t]*\"(?:mysqld|mariadbd)\"[ \t]*\]|(?:mysqld|mariadbd)[ \t]*\r?$))",
    re.MULTILINE | re.IGNORECASE,
)
_COPIED = Pattern(
    r"^[ \t]*(?:COPY|ADD)[ \t]+(?P<flags>(?:--\S+[ \t]+)*)(?P<what>[^\n\\\[$*?]+?)[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)


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
    if _OTHERWISE & fields.keys() or "$" in context + file or "://" in context:
        return None
    folder = os.path.normpath(os.path.join(layer.folder, context))
    try:
        source = surroundings_of(layer.source).source(os.path.join(folder, file), _MAX_BYTES)
    except UnreadError:
        return None
    return None if source is None else _last_stage(source, folder)


def _last_stage(source: Source, folder: str) -> Built | None:
    text = source.text
    stages = [*_FROM.finditer(text)]
    if not stages or len(stages) < len([*_ANY_FROM.finditer(text)]):
        return None
    last = stages[-1]
    if last["image"] in {stage["stage"] for stage in stages} or made_by_image(text) or _START.search(text, last.end()):
        return None
    return Built(Located(last["image"], source, *last.span("image")), tuple(_copied(text, last.end(), folder)))


def _copied(text: str, start: int, folder: str) -> Iterator[tuple[str, str]]:
    for found in _COPIED.finditer(text, start):
        *files, inside = found["what"].split()
        if "--from" not in found["flags"] and READ_BY_IMAGES.match(inside):
            yield from [(os.path.normpath(os.path.join(folder, file)), inside) for file in files]
