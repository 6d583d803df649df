"""Servers that a configuration tells of: what is read below their paths is of them, and is judged so."""

from collections.abc import Sequence

from grantlint.model import Declarations, ServerFacts
from grantlint.model.location import Located
from grantlint.platform.globs import Globs
from grantlint.platform.record import NamedTuple


class ConfiguredServer(NamedTuple):
    """Paths, and the facts of the server that is declared there.

    name: of the one server that all of it makes; '' where the files make as many as they would without a word.
    """

    paths: Globs
    facts: ServerFacts
    name: str = ""


def attach(parts: Sequence[Declarations], configured: Sequence[ConfiguredServer]) -> None:
    """Give a file's declarations the facts configured for its path.

    Of several entries the later goes before. What the file says itself goes before all of them, but administrators add
    up. A file that declares several servers, such as the services of a composition, keeps them apart.
    """
    mine = [one for one in configured if parts and one.paths.match(parts[0].path)]
    units = {part.unit for part in parts}
    for one in reversed(mine):
        for part in parts:
            part.server = _joined(part.server, one.facts)
    name = next((one.name for one in reversed(mine) if one.name), "")
    for part in parts if name and len(units) <= 1 else ():
        part.unit = name


def _joined(own: ServerFacts | None, more: ServerFacts) -> ServerFacts:
    if own is None:
        return more
    known = isinstance(own.product, Located)
    return own._replace(
        product=own.product if known else more.product or own.product,
        settings={**more.settings, **own.settings},
        administrators=(*own.administrators, *more.administrators),
    )
