"""Workloads that run a database server: the accounts that its image's entry point makes of a container's variables."""

from collections.abc import Iterator, Mapping

from grantlint.model import Declarations
from grantlint.model.location import Located, Span, Unresolved
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.kubernetes.held import Held, Values
from grantlint.reader.formats.kubernetes.objects import Object, text_of
from grantlint.reader.images.environment import Environment, Variable, is_secret
from grantlint.reader.images.references import READ_BY_IMAGES, Recognised, recognised
from grantlint.reader.images.started import Start, declares
from grantlint.reader.leaf.changes import line_end
from grantlint.reader.yaml.nodes import span_of

PODS: Mapping[str, tuple[str, ...]] = {
    "Pod": ("spec",),
    **dict.fromkeys(
        ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"),
        ("spec", "template", "spec"),
    ),
    "CronJob": ("spec", "jobTemplate", "spec", "template", "spec"),
}
"""Where each kind of object says what its pods are."""


_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")


class Server(NamedTuple):
    """The declarations of a server's container, and its ConfigMaps. Its image reads files from these."""

    declarations: Declarations
    mounted: tuple[str, ...]


def servers_in(workload: Object, values: Values) -> Iterator[Server]:
    """Yield a server for each container of a workload that runs one."""
    pod = workload.part(*PODS[workload.word("kind")])
    for container in pod.parts("containers") if pod else ():
        declarations = _declared(workload, container, values)
        if pod and declarations:
            yield Server(declarations, tuple(_mounted(pod, container)))


def _declared(workload: Object, container: Object, values: Values) -> Declarations | None:
    source = workload.source
    named = container.at("name") or container.at("image") or container.node
    span = span_of(source, named)
    name = workload.word("metadata", "name") or str(span.start)
    unit = f"kubernetes:{source.path}:{workload.word('kind')}/{name}/{container.word('name')}"
    declarations = Declarations("kubernetes", source.path, unit=unit)
    declarations.includes = ()  # what is mounted runs after it
    targets = [mount.word("mountPath") for mount in container.parts("volumeMounts")]
    image = span_of(source, container.at("image") or named)
    start = Start(
        _image(container),
        _environment(container, values),
        container.texts("command"),
        container.texts("args"),
        targets,
        span,
        image,
    )
    if not declares(start, declarations):
        return None
    for probe in _PROBES if "-p" in source.text else ():
        command = container.at(probe, "exec", "command")
        if command is not None:
            from grantlint.reader.formats.shell.clients.probes import logins_of  # noqa: PLC0415 - few log in

            declarations.logins += logins_of(command, source)
    return declarations


def _image(container: Object) -> Recognised:
    node = container.at("image")
    if node is None:
        return Recognised(None, None, "the image is named elsewhere")
    span = span_of(container.source, node)
    written = container.source.text[span.start : span.end].strip("'\"")
    return recognised(text_of(node, container.source), written)


def _environment(container: Object, values: Values) -> Environment:
    found: dict[str, Variable] = {}
    unread = ""
    for part in container.parts("envFrom"):
        kind, named = ("ConfigMap", "configMapRef") if part.at("configMapRef") is not None else ("Secret", "secretRef")
        name, prefix = part.word(named, "name"), part.word("prefix")
        held = values.of(kind, name)
        if held is None:
            unread = f"the {kind} {name} is in no file of this folder" if name else "envFrom is a template"
            continue
        for key, value in held.items():
            found[prefix + key] = _variable(prefix + key, value, value.text.span)
    for item in container.parts("env"):
        at = item.at("name")
        if at is not None and item.word("name"):
            line = span_of(container.source, at)
            value = _value(item, values) or Held(Located("", *line))
            found[item.word("name")] = _variable(item.word("name"), value, line)
    if any(map(container.may_be_filled, ("env", "envFrom"))):
        unread = "a template may add variables"
    return Environment(found, unread)


def _variable(name: str, held: Held, line: Span) -> Variable:
    text = held.text
    if is_secret(name):
        text.source.hide(text.start, text.end)
    changed = line_end(text.value, text.span) if isinstance(text, Located) else None
    return Variable(text, line, changed=changed, encoded=held.encoded)


def _value(item: Object, values: Values) -> Held | None:
    """Return the value of a variable; None where it has none."""
    text = item.text("value")
    if text is not None:
        return Held(text)
    for kind, named in (("ConfigMap", "configMapKeyRef"), ("Secret", "secretKeyRef")):
        reference = item.part("valueFrom", named)
        if reference is not None:
            found = (values.of(kind, reference.word("name")) or {}).get(reference.word("key"))
            return found or Held(Unresolved(f"it stands in a {kind}", *span_of(item.source, reference.node)))
    other = item.at("valueFrom")
    return Held(Unresolved("the pod tells it", *span_of(item.source, other))) if other is not None else None


def _mounted(pod: Object, container: Object) -> Iterator[str]:
    """Yield the names of the ConfigMaps that are mounted where the image looks for scripts and option files."""
    held = {volume.word("name"): volume.word("configMap", "name") for volume in pod.parts("volumes")}
    for mount in container.parts("volumeMounts"):
        name = held.get(mount.word("name"), "")
        if name and READ_BY_IMAGES.match(mount.word("mountPath")):
            yield name
