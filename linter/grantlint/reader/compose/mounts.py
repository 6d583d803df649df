"""Which files of the project a container sees where its image looks for scripts and for option files."""

import os
from collections.abc import Iterator, Mapping

from grantlint.location import Located, Source
from grantlint.reader.compose.environment import text_of
from grantlint.reader.images.references import READ_BY_IMAGES
from grantlint.reader.yaml_mapping import Entry, entries
from grantlint.reader.yaml_nodes import Node, ScalarNode, SequenceNode


def mounted(service: Mapping[str, Entry], source: Source, variables: Mapping[str, str]) -> tuple[str, ...]:
    """Return the files and folders of the project that are mounted there, as paths like the Compose file's own."""
    return tuple(dict.fromkeys(_mounted(service, source, variables)))


def _mounted(service: Mapping[str, Entry], source: Source, variables: Mapping[str, str]) -> Iterator[str]:
    folder = os.path.dirname(source.path)
    for outside, inside in _mounts(service, source, variables):
        if outside.startswith(".") and READ_BY_IMAGES.match(inside):
            yield os.path.normpath(os.path.join(folder, outside))


def targets(service: Mapping[str, Entry]) -> Iterator[str]:
    """Yield the paths in the container where something is mounted, as they are written, and outside ones among them."""
    for key in ("volumes", "configs"):
        entry = service.get(key)
        for node in entry.value.value if entry and isinstance(entry.value, SequenceNode) else ():
            target = entries(node).get("target")
            written = target.value if target else node
            yield from written.value.split(":") if isinstance(written, ScalarNode) else ()


def _mounts(service: Mapping[str, Entry], source: Source, variables: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    volumes = service.get("volumes")
    for node in volumes.value.value if volumes and isinstance(volumes.value, SequenceNode) else ():
        yield _ends(node, source, variables)


def _ends(node: Node, source: Source, variables: Mapping[str, str]) -> tuple[str, str]:
    """Return a mount's path outside and inside the container; '' where there is none or it is not known."""
    if isinstance(node, ScalarNode):
        text = text_of(node, source, variables)
        outside, _, rest = text.value.partition(":") if isinstance(text, Located) else ("", "", "")
        return outside, rest.partition(":")[0]
    fields = entries(node)
    ends = [_text(fields.get(name), source, variables) for name in ("source", "target")]
    return ends[0], ends[1]


def _text(entry: Entry | None, source: Source, variables: Mapping[str, str]) -> str:
    text = text_of(entry.value, source, variables) if entry else None
    return text.value if isinstance(text, Located) else ""
