"""Which declarations of one file belong to one server: those of one play, one login host, one group of hosts."""

from collections.abc import Mapping

from grantlint.location import Source, Span, Text
from grantlint.model import Declarations, Fault, NotChecked, ServerFacts
from grantlint.reader.yaml_nodes import Node, ScalarNode

Key = tuple[str, ...]

_HERE = frozenset({"", "localhost", "127.0.0.1", "::1"})


class Servers:
    """What was found in a file, kept apart by server."""

    __slots__ = ("_by_key", "_settings", "faults", "not_checked", "path")

    def __init__(self, source: Source) -> None:
        self.path = source.path
        self.faults: list[Fault] = []
        self.not_checked: list[NotChecked] = []
        self._by_key: dict[Key, Declarations] = {}
        self._settings: dict[Key, dict[str, Text]] = {}

    def of(self, key: Key) -> Declarations:
        """Return the declarations of a server, begun here if need be."""
        found = self._by_key.get(key)
        if found is None:
            found = self._by_key[key] = Declarations("ansible", self.path)
        return found

    def set(self, key: Key, name: str, value: Text, span: Span) -> None:
        """Note a setting of a server."""
        settings = self._settings.get(key)
        if settings is None:
            settings = self._settings[key] = {}
            self.of(key).server = ServerFacts(span, settings=settings)
        settings[name] = value

    def declarations(self) -> tuple[Declarations, ...]:
        """Return all that was found; () if there is nothing to check and nothing to say."""
        found = list(self._by_key.values())
        if self.faults or self.not_checked:
            found = found or [Declarations("ansible", self.path)]
            found[0].faults[:0] = self.faults
            found[0].not_checked[:0] = self.not_checked
        return tuple(found)


def login_of(arguments: Mapping[str, Node], task: Mapping[str, Node]) -> Key:
    """Return what tells the server of one task from that of another: where it is sent, and where it logs in."""
    if "login_host" not in arguments and "login_port" not in arguments and "delegate_to" not in task:
        return ()
    return (
        _as_written(arguments.get("login_host")),
        _as_written(arguments.get("login_port")),
        _as_written(task.get("delegate_to")),
    )


def _as_written(node: Node | None) -> str:
    text = node.value if isinstance(node, ScalarNode) else ""
    return "" if text in _HERE else text
