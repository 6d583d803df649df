"""Containers of Docker, and tasks of ECS, that run a server's image.

Source: the registry's pages of docker_container (kreuzwerker/docker) and aws_ecs_task_definition (hashicorp/aws).
"""

from grantlint.model import Container, Declarations
from grantlint.model.location import Located, Span, Text
from grantlint.reader.formats.terraform.attributes import as_text, text_of, texts_of
from grantlint.reader.formats.terraform.hcl.assignments import assignments
from grantlint.reader.formats.terraform.module.instance import Instance
from grantlint.reader.formats.terraform.module.names import Module
from grantlint.reader.formats.terraform.servers.environment import variable
from grantlint.reader.formats.terraform.values import Items, Members, Scalar, Value
from grantlint.reader.images.environment import Environment
from grantlint.reader.images.references import Recognised, recognised
from grantlint.reader.images.started import Start, declares

_LOCAL = ("127.", "::1", "localhost")


def docker(instance: Instance, module: Module, into: Declarations) -> bool:
    """Add what a docker_container declares. False where it runs no server."""
    block, span = instance.block, instance.span
    env = block.attributes.get("env")
    said = [*assignments(env, instance.scope)] if env is not None else []
    unread = "" if said or env is None else "the variables stand elsewhere"
    environment = Environment({one.name: variable(one.name, one.value, one.span) for one in said}, unread)
    image = _image_of(instance, module)
    if image is None:
        return False
    mounts = [(one, "container_path") for one in instance.blocks("volumes")]
    mounts += [(one, "target") for one in instance.blocks("mounts")]
    paths = [text_of(one, name) for one, name in mounts]
    targets = [path.value for path in paths if isinstance(path, Located)]
    entry_point, command = texts_of(instance.value("entrypoint")), texts_of(instance.value("command"))
    named = block.attributes["image"].span
    start = Start(_known(image), environment, entry_point, command, targets, span, named, Container(_opened(instance)))
    return declares(start, into)


def _image_of(instance: Instance, module: Module) -> Text | None:
    """Return what a container's image is called: itself, or by the resource that pulls it."""
    written = instance.block.attributes.get("image")
    if written is None:
        return None
    label = written.text.removeprefix('"${').split(".")
    if label[0] == "docker_image" and len(label) > 1:
        for block in module.resources("docker_image"):
            if block.labels[1:] == (label[1].partition("[")[0],):
                return text_of(module.instances(block)[0], "name") if module.instances(block) else None
    value = instance.value("image")
    return as_text(value) if value is not None else None


def _known(image: Text) -> Recognised:
    return recognised(image, image.source.text[image.start : image.end].strip('"'))


def _opened(instance: Instance) -> Span | None:
    """Return where a port is opened to other machines. None where none is."""
    for ports in instance.blocks("ports"):
        address = text_of(ports, "ip")
        if ports.value("external") is not None and not (
            isinstance(address, Located) and address.value.startswith(_LOCAL)
        ):
            return ports.block.header
    host = text_of(instance, "network_mode")
    return host.span if isinstance(host, Located) and host.value == "host" else None


def task(instance: Instance, each: Value, into: Declarations) -> bool:
    """Add what a container of a task of ECS declares. False where it runs no server."""
    if not isinstance(each, Members) or (image := each.values.get("image")) is None:
        return False
    said = {
        name.text: variable(name.text, one.values.get("value"), one.span)
        for key in ("environment", "secrets")
        for one in _objects(each.values.get(key))
        if isinstance(name := one.values.get("name"), Scalar)
    }
    entry_point, command = texts_of(each.values.get("entryPoint")), texts_of(each.values.get("command"))
    text, span = as_text(image), instance.span if each.span.source is not instance.span.source else each.span
    return declares(Start(_known(text), Environment(said, ""), entry_point, command, (), span, text.span), into)


def _objects(value: Value | None) -> list[Members]:
    return [one for one in value.values if isinstance(one, Members)] if isinstance(value, Items) else []
