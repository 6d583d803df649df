"""Reading scripts, and showing what was understood in few words."""

from collections.abc import Callable

import pytest

from grantlint.model import Declarations
from grantlint.model.location import Implied, Located, Source, Unresolved
from grantlint.reader.formats.shell.document import read


@pytest.fixture
def reading() -> Callable[..., list[Declarations]]:
    """Read a script: `reading(text, path="setup.sh")`."""
    return lambda text, path="setup.sh": list(read(Source(path, text)))


@pytest.fixture
def shown(reading: Callable[..., list[Declarations]]) -> Callable[[str], list[str]]:
    """Read a script and return each account and grant as a line; `?` is unresolved, brackets are what nobody wrote."""

    def lines(text: str) -> list[str]:
        found: list[str] = []
        for declarations in reading(text):
            found += [f"{_text(one.user)}@{_text(one.host)}" for one in declarations.accounts]
            for to in declarations.grants:
                privileges = ",".join(map(_text, to.grant.privileges))
                option = " +GRANT" if to.grant.option else ""
                found.append(f"{privileges} ON {_text(to.grant.target)} TO {_text(to.user)}@{_text(to.host)}{option}")
        return found

    return lines


def _text(leaf: Located[object] | Unresolved) -> str:
    if not isinstance(leaf, Located):
        return "?"
    return f"({leaf.value})" if isinstance(leaf, Implied) else str(leaf.value)
