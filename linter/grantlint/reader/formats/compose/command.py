"""The command of a service, in words with their places."""

import shlex
from collections.abc import Iterable, Iterator, Mapping

from grantlint.model import NotChecked
from grantlint.model.location import Located, Source, Span, Text, Unresolved
from grantlint.reader.formats.compose.environment import text_of
from grantlint.reader.images import command
from grantlint.reader.yaml.mapping import Entry, entries, is_null
from grantlint.reader.yaml.nodes import Node, ScalarNode, SequenceNode, span_of


def runs_entry_point(service: Mapping[str, Entry]) -> bool:
    """Return whether a service seems to start by its image's entry point.

    Not where it has no container: `scale`, or `replicas` of `deploy`, is 0.
    """
    deploy = service.get("deploy")
    numbers = service.get("scale"), entries(deploy.value).get("replicas") if deploy is not None else None
    if any(one is not None and isinstance(one.value, ScalarNode) and one.value.value == "0" for one in numbers):
        return False
    return command.runs_entry_point(_joined(service, "entrypoint"), _joined(service, "command"))


def starts_by_mount(service: Mapping[str, Entry], mounts: Iterable[str]) -> bool:
    """Return whether a service starts by a mounted file."""
    return command.is_mounted(_joined(service, "entrypoint"), mounts)


def _joined(service: Mapping[str, Entry], key: str) -> str:
    entry = service.get(key)
    if entry is None or is_null(entry.value):
        return ""
    nodes = entry.value.value if isinstance(entry.value, SequenceNode) else [entry.value]
    return " ".join(node.value for node in nodes if isinstance(node, ScalarNode)).strip()


def settings_of(service: Mapping[str, Entry], source: Source, variables: Mapping[str, str]) -> dict[str, Text]:
    """Return the settings that the command's options give the server."""
    entry = service.get("command")
    return command.settings_of(_words(entry.value, source, variables)) if entry else {}


def scripts_of(service: Mapping[str, Entry], source: Source, variables: Mapping[str, str]) -> list[NotChecked]:
    """Return the options of the command that name a file of statements."""
    entry = service.get("command")
    return command.scripts_of(_words(entry.value, source, variables)) if entry else []


def _words(node: Node, source: Source, variables: Mapping[str, str]) -> list[Text]:
    """Return the words of a command, each at its place."""
    if isinstance(node, SequenceNode):
        return [text_of(item, source, variables) for item in node.value]
    if not isinstance(node, ScalarNode) or is_null(node):
        return []
    return list(_split(node, source, variables))


def _split(node: ScalarNode, source: Source, variables: Mapping[str, str]) -> Iterator[Text]:
    span = span_of(source, node)
    try:
        words = shlex.split(node.value)
    except ValueError:
        words = node.value.split()
    at = span.start
    for word in words:
        start = source.text.find(word, at, span.end)
        place = Span(source, start, start + len(word)) if start >= 0 else span
        at = place.end if start >= 0 else at
        piece = ScalarNode("", word, node.start_mark, node.end_mark)
        text = text_of(piece, source, variables)
        yield Located(text.value, *place) if isinstance(text, Located) else Unresolved(text.reason, *place)
