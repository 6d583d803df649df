"""Containers of a database server that a task starts: their image makes accounts of the variables."""

from collections.abc import Iterator, Mapping

from grantlint.model import NotChecked
from grantlint.model.location import Source
from grantlint.reader.images.environment import ROOT_PASSWORD, is_secret
from grantlint.reader.yaml.mapping import entries
from grantlint.reader.yaml.nodes import Node, span_of

_MODULES = (
    *("docker_container", "community.docker.docker_container", "community.general.docker_container"),
    *("podman_container", "containers.podman.podman_container"),
)
_WHY = "a container that the task starts makes them of its variables"


def containers(task: Mapping[str, Node], source: Source) -> Iterator[NotChecked]:
    """Yield that a server container's accounts are not checked. Hides the passwords among its variables."""
    for name in _MODULES:
        environment = entries(entries(task[name])["env"].value) if name in task and "env" in entries(task[name]) else {}
        if not any(map(ROOT_PASSWORD.match, environment)):
            continue
        for variable, entry in environment.items():
            if is_secret(variable):
                source.hide(*span_of(source, entry.value)[1:])
        yield NotChecked("accounts", _WHY, span_of(source, task[name]))
