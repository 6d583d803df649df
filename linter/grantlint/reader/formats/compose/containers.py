"""Who reaches a service: which of its ports are opened to other machines, and whether the project is for development.

Source: the Compose specification, `ports` and `network_mode`: without an address a port is opened at all of them.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence

from grantlint.model import Container
from grantlint.model.location import Located, Source, Span
from grantlint.reader.files.named_paths import below_root
from grantlint.reader.formats.compose.environment import text_of
from grantlint.reader.formats.compose.override import Layer
from grantlint.reader.yaml.mapping import Entry, entries, word_of
from grantlint.reader.yaml.nodes import Node, ScalarNode, SequenceNode, span_of

_OWN = re.compile(r"(?:127\.|\[::1\]|::1:|localhost:)")
_DEVELOPS = frozenset({"dev", "devel", "develop", "development", "devcontainer", "local", "override", "debug"})
_RUNS = frozenset({"prod", "production", "live", "stage", "staging"})
_WORDS = re.compile(r"[a-z]+")
_STAGE = re.compile(r"(?:NODE|APP|FLASK|RAILS|RACK|DJANGO|SYMFONY|LARAVEL|CI|GO|ASPNETCORE|ENV)?_?ENV(?:IRONMENT)?")
_DEBUGS = re.compile(r"(?:FLASK|APP|DJANGO)_DEBUG")
_WATCHES = re.compile(
    r"\b(?:runserver|nodemon|artisan serve|--reload|--watch|run (?:start[:-])?(?:dev|watch)\b|yarn dev|pnpm dev|bun dev"
    r"|rails s(?:erver)?\b|flask[^\n]*--debug|go run)"
)
_CATCHES_MAIL = re.compile(r"(?:\A|/)(?:mailhog|mailpit|maildev|mailcatcher)(?:[:@]|\Z)")


def container_of(layers: Sequence[Layer], variables: Mapping[str, str], development: Span | None) -> Container:
    """Return what is known of a service's container. development: what says so of its project."""
    places = [place for layer in layers for place in _opened(layer, variables)]
    return Container(next(iter(places), None), development)


def _opened(layer: Layer, variables: Mapping[str, str]) -> Iterator[Span]:
    """Yield the ports that a layer opens at another address than the machine's own; unknown ones may be."""
    service, source = layer.service, layer.source
    if word_of(service.get("network_mode")) == "host":
        yield span_of(source, service["network_mode"].value)
    ports = service.get("ports")
    for node in ports.value.value if ports and isinstance(ports.value, SequenceNode) else ():
        address = entries(node).get("host_ip")
        written = address.value if address else node
        text = text_of(written, source, variables)
        raw = written.value if isinstance(written, ScalarNode) else ""
        if not _OWN.match(f"{text.value if isinstance(text, Located) else raw}:"):
            yield span_of(source, node)


def development_of(source: Source, services: Mapping[str, Entry], variables: Mapping[str, str]) -> Span | None:
    """Return what says that a project is for development.

    None where nothing does. Its file's name does, sources that are mounted over what is built of them, settings of
    frameworks, servers that restart when a source changes, and mail that is caught.
    """
    path = below_root(source.path).lower()
    if not _RUNS.isdisjoint(_WORDS.findall(path)):
        return None
    folder, name = os.path.split(path)
    if not {*_WORDS.findall(name), *_WORDS.findall(os.path.basename(folder))[:1]}.isdisjoint(_DEVELOPS):
        return Span(source, 0, 0)
    for entry in services.values():
        service = entries(entry.value)
        for node in (*_mounted_sources(service, source, variables), *_settings(service, source), *_watching(service)):
            return span_of(source, node)
    return None


def _mounted_sources(service: Mapping[str, Entry], source: Source, variables: Mapping[str, str]) -> Iterator[Node]:
    """Yield the mounts of the project's folder, and of the folder that the service's image is built of."""
    build = service.get("build")
    context = entries(build.value).get("context") if build else None
    built = word_of(context) or word_of(build)
    roots = {".", os.path.normpath(built or ".")}
    volumes = service.get("volumes")
    for node in volumes.value.value if volumes and isinstance(volumes.value, SequenceNode) else ():
        fields = entries(node)
        text = text_of(fields["source"].value if "source" in fields else node, source, variables)
        outside = text.value.partition(":")[0] if isinstance(text, Located) else ""
        if outside.startswith(".") and (os.path.normpath(outside) in roots or os.path.basename(outside) == "src"):
            yield node


def _settings(service: Mapping[str, Entry], source: Source) -> Iterator[Node]:
    """Yield the settings that switch a framework to development."""
    environment = service.get("environment")
    if environment is None:
        return
    if isinstance(environment.value, SequenceNode):
        pairs = [(node.value.partition("="), node) for node in environment.value.value if isinstance(node, ScalarNode)]
        told = [(name, value, node) for (name, _, value), node in pairs]
    else:
        told = [
            (name, entry.value.value, entry.value)
            for name, entry in entries(environment.value).items()
            if isinstance(entry.value, ScalarNode)
        ]
    for name, value, node in told:
        text = text_of(ScalarNode("", value, node.start_mark, node.end_mark), source, {})
        word = text.value.strip().lower() if isinstance(text, Located) else ""
        if (_STAGE.fullmatch(name) and word in _DEVELOPS) or (_DEBUGS.fullmatch(name) and word in {"1", "true", "on"}):
            yield node


def _watching(service: Mapping[str, Entry]) -> Iterator[Node]:
    """Yield the commands that restart when a source changes, and images that catch mail."""
    for key in ("command", "entrypoint"):
        entry = service.get(key)
        if entry is None:
            continue
        parts = entry.value.value if isinstance(entry.value, SequenceNode) else [entry.value]
        if _WATCHES.search(" ".join([part.value for part in parts if isinstance(part, ScalarNode)])):
            yield entry.value
    if _CATCHES_MAIL.search(word_of(service.get("image"))):
        yield service["image"].value
