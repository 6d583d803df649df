"""Which value a variable has, as far as the files say: the nearest that is written, or the only one.

Ansible's order of precedence holds only within one run with one inventory. Vars of the task, its block and its play
are sure enough to be taken; of what role and inventory files define, only a name with a single value is.
"""

import re
from collections.abc import Mapping

from grantlint.model.location import Source
from grantlint.reader.formats.ansible.values.nodes import Item, Unknown, Value
from grantlint.reader.formats.ansible.values.tree import Tree
from grantlint.reader.yaml.nodes import ScalarNode

_MAGIC = frozenset(
    {
        "environment",
        "group_names",
        "groups",
        "hostvars",
        "inventory_dir",
        "inventory_file",
        "inventory_hostname",
        "inventory_hostname_short",
        "item",
        "omit",
        "play_hosts",
        "playbook_dir",
        "role_name",
        "role_path",
        "vars",
    },
)


class Scope:
    """The variables that a task sees. Its own, and those of the scopes around it.

    unread: why any variable may have another value than the scopes around it say, '' where none has. beyond: where
    those are looked up that none of these defines.
    """

    __slots__ = ("_beyond", "_names", "_outer", "_unread")

    def __init__(
        self,
        names: Mapping[str, Item | Unknown],
        outer: "Scope | FileScope",
        unread: str = "",
        *,
        beyond: "FileScope | None" = None,
    ) -> None:
        self._names = names
        self._outer = outer
        self._unread = unread
        self._beyond = beyond

    def find(self, name: str) -> Item | Unknown | None:
        """Return a variable's value. Unknown where only a run can tell, None where no file defines it."""
        found = self._names.get(name)
        if found is None and self._unread and name.isidentifier():
            return Unknown(self._unread)
        if found is None:
            found = self._outer.find(name)
        return self._beyond.find(name) if found is None and self._beyond is not None else found

    @property
    def file(self) -> "FileScope":
        """The outermost scope."""
        return self._outer.file


class FileScope:
    """The variables that a file and the tree around it define."""

    __slots__ = ("_found", "_own", "_set", "source", "tree")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.tree = Tree(source)
        self._set: set[str] | None = None  # what a task of the file may set
        self._own: dict[str, Item] = {}
        self._found: dict[str, Item | Unknown | None] = {}

    @property
    def file(self) -> "FileScope":
        """This scope."""
        return self

    def define(self, name: str, value: Item) -> None:
        """Add a top-level variable of the file, a file of variables."""
        self._own[name] = value

    def find(self, name: str) -> Item | Unknown | None:
        """Return a variable's value. Unknown where only a run can tell, None where no file defines it."""
        if name in self._own:
            return self._own[name]
        if name not in self._found:
            self._found[name] = self._look_for(name)
        return self._found[name]

    def _look_for(self, name: str) -> Item | Unknown | None:
        if name in _MAGIC or name.startswith("ansible_"):
            return Unknown("a fact of the run")
        if self._set_by_a_task(name):
            return Unknown("a variable that a task sets")
        if self.tree.unread:
            return Unknown(self.tree.unread.reason)
        found = self.tree.definitions(name)
        if not found:
            return None
        if len(found) > 1 and not _all_say_the_same(found):
            return Unknown("a variable with several values in this tree")
        return found[0]

    def _set_by_a_task(self, name: str) -> bool:
        if self._set is None:
            text = self.source.text
            self._set = {found[1] for found in _REGISTERED.finditer(text)} if "register:" in text else set()
            if "set_fact" in text:
                self._set |= {found[1] for found in _KEYS.finditer(text)}
        return name in self._set


_REGISTERED = re.compile(r"\bregister:\s*['\"]?(\w+)")
_KEYS = re.compile(r"^[ \t\r{,]*(\w+)\s*:", re.MULTILINE)


def _all_say_the_same(found: list[Value]) -> bool:
    texts = {value.node.value if isinstance(value.node, ScalarNode) else None for value in found}
    return len(texts) == 1 and None not in texts
