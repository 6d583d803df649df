"""Containers of a database server that a task starts: their image makes accounts of the variables.

Source: docker_container (community.docker) and podman_container (containers.podman): arguments and their aliases.
"""

from collections.abc import Iterator, Mapping

from grantlint.model import Container, Declarations
from grantlint.model.location import Located, Source, Span, Unresolved
from grantlint.platform.typed import cast
from grantlint.reader.formats.ansible.modules.arguments import arguments_of
from grantlint.reader.formats.ansible.modules.fields import Fields
from grantlint.reader.formats.ansible.values.nodes import Omitted, Value, elements, entries, place
from grantlint.reader.formats.ansible.values.resolution import text_of
from grantlint.reader.formats.ansible.values.variables import FileScope, Scope
from grantlint.reader.images.environment import Environment, Variable, is_secret
from grantlint.reader.images.references import recognised
from grantlint.reader.images.started import Start, declares
from grantlint.reader.yaml.nodes import MappingNode, Node, span_of

_MODULES = (
    *("docker_container", "community.docker.docker_container", "community.general.docker_container"),
    *("podman_container", "containers.podman.podman_container"),
)
_LOCAL = ("127.", "localhost:", "[::1]")


def container(task: Mapping[str, Node], scope: Scope | FileScope, source: Source) -> Declarations | None:
    """Return what a task's container declares. None of a task that starts no server."""
    name = next((name for name in _MODULES if name in task), None)
    if name is None or not isinstance(task[name], MappingNode):
        return None
    fields = Fields(arguments_of(task[name], source), source, scope)
    image, span = fields.text("image"), span_of(source, fields.nodes.get("name", task[name]))
    if image is None:
        return None
    environment = fields.item("env")
    known = isinstance(environment, Value) and isinstance(environment.node, MappingNode)
    variables = dict(_variables(environment, scope)) if isinstance(environment, Value) and known else {}
    unread = "" if known or environment is None else "its variables are a template"
    mounts = [text.value.split(":") for text in _texts(fields, "volumes", "volume") if isinstance(text, Located)]
    targets = [parts[1] for parts in mounts if len(parts) > 1]
    written = fields.nodes["image"]
    start = Start(
        recognised(image, source.text[written.start_mark.index : written.end_mark.index].strip("'\"")),
        Environment(variables, unread),
        [*_texts(fields, "entrypoint")],
        [*_texts(fields, "command")],
        targets,
        span,
        place(source, written),
        Container(_opened(fields)),
    )
    found = Declarations("ansible", source.path, unit=f"container:{source.path}:{span.start}")
    found.includes = ()
    return found if declares(start, found) else None


def _variables(environment: Value, scope: Scope | FileScope) -> Iterator[tuple[str, Variable]]:
    for name, node in entries(environment.node).items():
        value = Value(node, environment.source)
        text = text_of(value, scope)
        if isinstance(text, Omitted):
            continue
        if is_secret(name):
            text.source.hide(text.start, text.end)
        yield name, Variable(text, _line(environment, node))


def _line(environment: Value, node: Node) -> Span:
    """Return where a variable stands: its name and value."""
    pairs = cast("list[tuple[Node, Node]]", environment.node.value if isinstance(environment.node, MappingNode) else [])
    key = next((key for key, value in pairs if value is node), node)
    return Span(environment.source, key.start_mark.index, place(environment.source, node).end)


def _texts(fields: Fields, *names: str) -> Iterator[Located[str] | Unresolved]:
    """Yield the texts of a list, or the one text that is written in its place."""
    item = fields.item(*names)
    for each in (elements(item) or [item]) if isinstance(item, Value) else ():
        text = text_of(each, fields.scope)
        if not isinstance(text, Omitted):
            yield text


def _opened(fields: Fields) -> Span | None:
    """Return where a port is opened to other machines. None where none is."""
    for port in _texts(fields, "published_ports", "ports", "publish"):
        said = port.value if isinstance(port, Located) else port.source.text[port.start : port.end].strip("'\"")
        if not said.startswith(_LOCAL):
            return port.span
    mode = fields.text("network_mode", "network")
    return mode.span if isinstance(mode, Located) and mode.value == "host" else None
