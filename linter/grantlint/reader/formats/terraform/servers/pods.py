"""Pods of Kubernetes that a resource declares, and the Secrets and ConfigMaps that they take variables from.

Source: the registry's pages of hashicorp/kubernetes; `data` of a Secret is written there as it is, not as base64.
"""

import re
from collections.abc import Iterator, Mapping

from grantlint.model import Declarations
from grantlint.model.location import Located, Unresolved
from grantlint.reader.formats.terraform.attributes import as_text, text_of, texts_of
from grantlint.reader.formats.terraform.module.instance import Instance
from grantlint.reader.formats.terraform.module.names import Module
from grantlint.reader.formats.terraform.servers.environment import variable
from grantlint.reader.formats.terraform.values import Members, identity
from grantlint.reader.images.environment import Environment, Variable
from grantlint.reader.images.references import recognised
from grantlint.reader.images.started import Start, declares

_PODS: Mapping[str, tuple[str, ...]] = {
    "kubernetes_pod": ("spec",),
    "kubernetes_cron_job": ("spec", "job_template", "spec", "template", "spec"),
    **dict.fromkeys(
        (
            "kubernetes_deployment",
            "kubernetes_stateful_set",
            "kubernetes_daemonset",
            "kubernetes_daemon_set",
            "kubernetes_replication_controller",
            "kubernetes_job",
        ),
        ("spec", "template", "spec"),
    ),
}
PODS = {**_PODS, **{f"{kind}_v1": path for kind, path in _PODS.items()}}
"""Where each resource says what its pods are."""

_HOLDERS = {
    "secret": ("kubernetes_secret", "kubernetes_secret_v1"),
    "config_map": ("kubernetes_config_map", "kubernetes_config_map_v1"),
}
_RESOURCE = re.compile(r'"?(?:\$\{)?(kubernetes_\w+)\.([\w-]+)\.metadata\b')
_ELSEWHERE = "it stands in a Secret or ConfigMap"


class Held:
    """What the Secrets and ConfigMaps of a module hold. They are looked through once."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._known: dict[tuple[str, ...], Members] | None = None

    def of(self, holder: str, reference: Instance) -> Members | None:
        """Return what the one that a block names holds. None where the module does not write it."""
        if self._known is None:
            self._known = dict(self._all())
        name, written = reference.value("name"), reference.block.attributes.get("name")
        named = _RESOURCE.match(written.text) if written is not None else None
        by_label = self._known.get(named.groups()) if named is not None else None
        return by_label or self._known.get((holder, "" if name is None else identity(name), ""))

    def _all(self) -> Iterator[tuple[tuple[str, ...], Members]]:
        """Yield each by its resource's type and label, and by its name."""
        for holder, kinds in _HOLDERS.items():
            for one in (one for kind in kinds for one in self._module.instances_of_kind(kind)):
                data = one.value("data")
                if isinstance(data, Members):
                    yield one.block.labels, data
                    names = [value for meta in one.blocks("metadata") if (value := meta.value("name")) is not None]
                    yield from (((holder, identity(name), ""), data) for name in names if identity(name))


def containers(instance: Instance) -> list[Instance]:
    """Return the containers of a resource's pods."""
    inside = [instance]
    for kind in PODS[instance.kind]:
        inside = [block for one in inside for block in one.blocks(kind)]
    return [container for one in inside for container in one.blocks("container")]


def pod(container: Instance, held: Held, into: Declarations) -> bool:
    """Add what a container of a pod declares. False where it runs no server."""
    image = container.value("image")
    if image is None:
        return False
    text, named = as_text(image), container.block.attributes["image"]
    unread: list[str] = []
    environment = {**dict(_held(container, held, unread)), **dict(_own(container, held))}
    targets = [
        path.value
        for one in container.blocks("volume_mount")
        if isinstance(path := text_of(one, "mount_path"), Located)
    ]
    start = Start(
        recognised(text, named.text.strip('"')),
        Environment(environment, unread[0] if unread else ""),
        texts_of(container.value("command")),
        texts_of(container.value("args")),
        targets,
        container.span,
        named.span,
    )
    return declares(start, into)


def _own(container: Instance, held: Held) -> Iterator[tuple[str, Variable]]:
    """Yield the variables of `env` blocks."""
    for block in container.blocks("env"):
        name = text_of(block, "name")
        if not isinstance(name, Located):
            continue
        value = block.value("value")
        if value is None:
            value = Unresolved(_ELSEWHERE, *block.span)
            for reference, holder in (("secret_key_ref", "secret"), ("config_map_key_ref", "config_map")):
                for one in (inner for source in block.blocks("value_from") for inner in source.blocks(reference)):
                    key = text_of(one, "key")
                    data = held.of(holder, one)
                    if data is not None and isinstance(key, Located):
                        value = data.values.get(key.value, value)
        yield name.value, variable(name.value, value, name.span)


def _held(container: Instance, held: Held, unread: list[str]) -> Iterator[tuple[str, Variable]]:
    """Yield the variables of `env_from` blocks; note those that are not written here."""
    for block in container.blocks("env_from"):
        prefix = text_of(block, "prefix")
        before = prefix.value if isinstance(prefix, Located) else ""
        for reference, holder in (("secret_ref", "secret"), ("config_map_ref", "config_map")):
            for one in block.blocks(reference):
                data = held.of(holder, one)
                if data is None:
                    unread.append("a Secret or ConfigMap that this module does not write holds variables")
                    continue
                for name, value in data.values.items():
                    yield before + name, variable(before + name, value, data.keys[name].span)
