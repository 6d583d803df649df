"""What the program says of a few files, in words that do not depend on their format."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol


class Seen(NamedTuple):
    """What was seen in some files; places are `path:line`.

    `declared`: accounts, grants, roles and memberships in few words, sorted; `?` is not known. `counted`: what is not
    checked. `findings`: place and rule. `messages` with their help; `err`: standard error.
    """

    declared: list[str]
    counted: list[str]
    findings: list[str]
    messages: str
    err: str

    def of(self, rule: str) -> list[str]:
        """Return where a rule has findings."""
        return [place for place, name in (finding.split(" ") for finding in self.findings) if name == rule]


class Look(Protocol):
    """Writes files and returns what is seen in them; `arguments` go to `check`."""

    def __call__(self, files: Mapping[str, str], *arguments: str, only: str = ".") -> Seen:
        """Look at `only` of the files."""
        ...


def told(line: dict[str, Any]) -> str:
    """Return a line of `convert --to json` in few words; '' for what is no declaration."""
    values = line.get("values", {})
    match line["kind"]:
        case "account":
            return f"{_leaf(values['user'])}@{_leaf(values['host'])}"
        case "grant":
            privileges = ",".join(map(_leaf, values["privileges"]))
            option = " +GRANT" if values["option"] is not None else ""
            return f"{privileges} ON {_leaf(values['on']).replace('`', '')} TO {_who(values['to'])}{option}"
        case "role":
            return f"role {_leaf(values['user'])}"
        case "membership":
            return f"{_leaf(values['role'])} TO {_who(values['to'])}{' +ADMIN' if values['admin'] is not None else ''}"
    return ""


def _who(who: dict[str, Any]) -> str:
    return _leaf(who["user"]) + ("" if who["host"] is None else f"@{_leaf(who['host'])}")


def _leaf(leaf: object) -> str:
    match leaf:
        case {"implied": value}:
            return str(value)
        case dict():
            return "?"
    return str(leaf)
