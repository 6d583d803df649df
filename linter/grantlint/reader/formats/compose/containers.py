"""Who reaches a service: which of its ports are opened to other machines, and whether the project is for development.

Source: the Compose specification, `ports` and `network_mode`: without an address a port is opened at all of them.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence

from grantlint.model import Container
from grantlint.model.location import Located, Source, Span
from grantlint.platform.record import NamedTuple
from grantlint.reader.files.named_paths import below_root
from grantlint.reader.formats.compose.environment import text_of
from grantlint.reader.formats.compose.override import DEFAULT_NAMES, Layer, bases_of
from grantlint.reader.yaml.mapping import Entry, entries, word_of
from grantlint.reader.yaml.nodes import Node, ScalarNode, SequenceNode, span_of

_OWN = re.compile(r"(?:127\.|\[::1\]|::1:|localhost:)")
_DEVELOPS = frozenset({"dev", "devel", "develop", "development", "devcontainer", "local", "debug"})
_RUNS = frozenset({"prod", "production", "live", "stage", "staging"})
_WORDS = re.compile(r"[a-z]+")
_STAGE = re.compile(
    r"(?:NODE|APP|FLASK|RAILS|RACK|DJANGO|SYMFONY|LARAVEL|CI|GO|ASPNETCORE|DOTNET|ENV)?_?ENV(?:IRONMENT)?"
    r"|SPRING_PROFILES_ACTIVE"
)
_DEBUGS = re.compile(r"(?:FLASK|APP|DJANGO)_DEBUG|LARAVEL_SAIL|CHOKIDAR_USEPOLLING|WATCHPACK_POLLING")
_DATABASE = re.compile(r"(?:MYSQL|MARIADB)_(?:DATABASE|USER|(?:ROOT_)?PASSWORD)")
_PRODUCTION = frozenset({"prod", "production"})
_WATCHES = re.compile(
    r"\b(?:runserver|nodemon|artisan serve|--reload|--watch|run (?:start[:-])?(?:dev|watch)\b|yarn dev|pnpm dev|bun dev"
    r"|rails s(?:erver)?\b|flask[^\n]*--debug|go run)"
)
_CATCHES_MAIL = re.compile(r"(?:\A|/)(?:mailhog|mailpit|maildev|mailcatcher)(?:[:@]|\Z)")


class Development(NamedTuple):
    """The place that says that a project is for development.

    is_told: somebody named it so, or switched something to it, which holds whoever reaches its ports.
    """

    span: Span
    is_told: bool


def container_of(layers: Sequence[Layer], variables: Mapping[str, str], development: Development | None) -> Container:
    """Return what is known of a service's container. development: what says so of its project."""
    places = [place for layer in layers for place in _opened(layer, variables)]
    opened = next(iter(places), None)
    develops = development is not None and (development.is_told or opened is None)
    return Container(opened, development.span if development is not None and develops else None)


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


def development_of(source: Source, services: Mapping[str, Entry], variables: Mapping[str, str]) -> Development | None:
    """Return what says that a project is for development.

    None where nothing does, or a path or setting names production.
    """
    known = {name: entries(entry.value) for name, entry in services.items()}
    return next(_evidence(source, known, variables), None)


def _evidence(
    source: Source, named: Mapping[str, Mapping[str, Entry]], variables: Mapping[str, str]
) -> Iterator[Development]:
    """Yield what says so, the surest first.

    The file's name, settings of frameworks, servers that restart when a source changes, mail that is caught, another
    file for production beside it; less surely sources that are mounted over what is built of them.
    """
    services = [*named.values()]
    path = below_root(source.path).lower()
    folder, name = os.path.split(path)
    words = {*_WORDS.findall(name), *_WORDS.findall(os.path.basename(folder))[:1]}
    told = [one for service in services for one in _settings(service, source)]
    if not _RUNS.isdisjoint(_WORDS.findall(path)):
        return
    if not words.isdisjoint(_DEVELOPS):
        yield Development(Span(source, 0, 0), is_told=True)
    if any(_STAGE.fullmatch(name) and word in _RUNS for name, word, _ in told):
        return
    watching = [node for service in services for node in _watching(service)]
    for node in (*[node for name, word, node in told if _switches(name, word)], *watching):
        yield Development(span_of(source, node), is_told=True)
    if _runs_elsewhere(source, named):
        yield Development(Span(source, 0, 0), is_told=True)
    if "override" in words:
        yield Development(Span(source, 0, 0), is_told=False)
    for node in (node for service in services for node in _mounted_sources(service, source, variables)):
        yield Development(span_of(source, node), is_told=False)


def _runs_elsewhere(source: Source, services: Mapping[str, Mapping[str, Entry]]) -> bool:
    """Return whether a file for production beside this one has each server with an image and variables of its own.

    This one, which Compose takes without being told, is then for developers, whether the files are joined or not.
    """
    if os.path.basename(source.path) not in DEFAULT_NAMES:
        return False
    servers = [
        name for name, one in services.items() if any(_DATABASE.match(key) for key, *_ in _settings(one, source))
    ]
    return bool(servers) and all(
        any(
            not {"image", "build"}.isdisjoint(layer.service)
            and not {"environment", "env_file"}.isdisjoint(layer.service)
            for layer in bases_of(source, name, _PRODUCTION)
        )
        for name in servers
    )


def _switches(name: str, word: str) -> bool:
    """Return whether a setting switches a framework to development, or names a database of it."""
    if _STAGE.fullmatch(name) or name == "XDEBUG_MODE":
        return not _DEVELOPS.isdisjoint(word.split(","))
    if _DEBUGS.fullmatch(name):
        return word in {"1", "true", "on"}
    return _DATABASE.fullmatch(name) is not None and not _DEVELOPS.isdisjoint(_WORDS.findall(word))


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


def _settings(service: Mapping[str, Entry], source: Source) -> Iterator[tuple[str, str, Node]]:
    """Yield the names of settings with what they are, in small letters, and where."""
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
        yield name, text.value.strip().lower() if isinstance(text, Located) else "", node


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
