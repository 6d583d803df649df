"""Resources that start containers: which kinds they are, and what each container of one declares."""

from collections.abc import Callable
from functools import partial

from grantlint.model import Declarations
from grantlint.reader.formats.terraform.module.instance import Instance
from grantlint.reader.formats.terraform.module.names import Module
from grantlint.reader.formats.terraform.servers.containers import docker, task
from grantlint.reader.formats.terraform.servers.pods import PODS, Held, containers, pod
from grantlint.reader.formats.terraform.values import Items

_DOCKER, _TASK = "docker_container", "aws_ecs_task_definition"
STARTED = frozenset({_DOCKER, _TASK, *PODS})
"""The kinds of resources that start containers."""


class Started:
    """The containers that the resources of a module start."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._held = Held(module)

    def by(self, instance: Instance) -> list[Callable[[Declarations], bool]]:
        """Return what adds the declarations of each container of a resource. It says whether that runs a server."""
        if instance.kind == _DOCKER:
            return [partial(docker, instance, self._module)]
        if instance.kind == _TASK:
            listed = instance.value("container_definitions")
            return [partial(task, instance, each) for each in (listed.values if isinstance(listed, Items) else ())]
        return [partial(pod, container, self._held) for container in containers(instance)]
