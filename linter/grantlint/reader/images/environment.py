"""The variables that a container starts with, wherever they are written."""

import re
from collections.abc import Iterator, Mapping

from grantlint.model import Changed
from grantlint.model.location import Located, Span, Text, Unresolved
from grantlint.platform.record import NamedTuple

ROOT_PASSWORD = re.compile(
    r"(?:MYSQL|MARIADB)_(?:(?:ALLOW_EMPTY|RANDOM)_(?:ROOT_)?PASSWORD|ROOT_PASSWORD(?:_FILE|_HASH)?)\Z"
)
"""A variable that only a server is given."""

OF_A_SERVER = re.compile(r"(?:MYSQL|MARIADB)_(?:ROOT_HOST|USER|USER_HOST|PASSWORD|PASSWORD_FILE|DATABASE)\Z")
"""A variable that a server is given, and sometimes its clients."""

_SECRET_WORDS = ("PASSWORD", "PASSWD", "SECRET", "TOKEN", "_HASH", "_KEY")
_NO_SECRETS = ("_FILE", "_EMPTY_PASSWORD", "_EMPTY_ROOT_PASSWORD", "_RANDOM_ROOT_PASSWORD", "_ONETIME_PASSWORD")


class Variable(NamedTuple):
    """A variable's value, and the span of its line. `elsewhere`: whether the value comes from another file."""

    text: Text
    line: Span
    elsewhere: bool = False
    changed: Changed | None = None  # as a password
    encoded: bool = False  # as base64


class Environment:
    """The variables of one container. `unread`: why there may be others, '' where there are none."""

    __slots__ = ("_variables", "unread")

    def __init__(self, variables: Mapping[str, Variable], unread: str) -> None:
        self._variables = variables
        self.unread = unread

    def get(self, *names: str) -> Variable | None:
        """Return the first of these variables that is not empty.

        A file in the container may set it as well (`_FILE`).
        """
        for name in names:
            found = self._variables.get(name)
            if found is not None and not (isinstance(found.text, Located) and not found.text.value):
                return found
            file = self._variables.get(f"{name}_FILE")
            if file is not None:
                return Variable(Unresolved("it is read from a file in the container", *file.text.span), file.line)
        return None

    def own(self, name: str) -> Variable | None:
        """Return a variable as it is told, without its file."""
        return self._variables.get(name)

    def names(self) -> Iterator[str]:
        """Yield the names of all variables that are known."""
        return iter(self._variables)


def is_secret(name: str) -> bool:
    """Whether the value of a variable is secret."""
    upper = f"_{name.upper()}"
    return any(word in upper for word in _SECRET_WORDS) and not upper.endswith(_NO_SECRETS)
