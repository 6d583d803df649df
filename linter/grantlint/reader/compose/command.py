"""What a service's container runs: the server, with which options, or something else in the same image."""

import re
import shlex
from collections.abc import Iterator, Mapping

from grantlint.location import Located, Source, Span, Text, Unresolved
from grantlint.reader.compose.environment import text_of
from grantlint.reader.server_option import option
from grantlint.reader.yaml_mapping import Entry, is_null
from grantlint.reader.yaml_nodes import Node, ScalarNode, SequenceNode, span_of

_SERVER = re.compile(r"(?:^|[\s/;&\"'])(?:mysqld(?:_safe)?|mariadbd(?:-safe)?|(?:docker-)?entrypoint\.sh|run\.sh)\b")


def runs_server(service: Mapping[str, Entry]) -> bool:
    """Return whether the container runs the image's entry point and with it the server, as far as one can tell."""
    entry_point, command = _words_of(service, "entrypoint"), _words_of(service, "command")
    if entry_point and not _SERVER.search(entry_point):
        return False
    return not command or command.startswith(("-", "$", "{")) or _SERVER.search(command) is not None


def _words_of(service: Mapping[str, Entry], key: str) -> str:
    entry = service.get(key)
    if entry is None or is_null(entry.value):
        return ""
    nodes = entry.value.value if isinstance(entry.value, SequenceNode) else [entry.value]
    return " ".join(node.value for node in nodes if isinstance(node, ScalarNode)).strip()


def settings_of(service: Mapping[str, Entry], source: Source, variables: Mapping[str, str]) -> dict[str, Text]:
    """Return the settings that the command's options give the server; the last of two counts."""
    entry = service.get("command")
    settings: dict[str, Text] = {}
    if entry is None:
        return settings
    words = _words(entry.value, source, variables)
    for index, word in enumerate(words):
        if not isinstance(word, Located) or not word.value.startswith("--"):
            continue
        name, sign, value = word.value[2:].partition("=")
        found = option(name, value if sign else None)
        if found is None:
            continue
        following = words[index + 1] if index + 1 < len(words) else None
        if not sign and found.name == "bind_address" and following is not None:
            settings[found.name] = following  # the one setting here whose value may be a word of its own
        else:
            settings[found.name] = Located(found.value, *word.span)
    for word in words:
        if isinstance(word, Unresolved):
            text = word.source.text[word.start : word.end]
            found = option(text.strip("\"' -").partition("=")[0], "")
            if found is not None and found.name not in settings:
                settings[found.name] = word
    return settings


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
