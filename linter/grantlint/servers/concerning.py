"""Whether a declared server has something to do with some files."""

from collections.abc import Callable, Iterable, Mapping

from grantlint.model import DeclaredServer, Statement
from grantlint.model.location import Located, Source, Unresolved
from grantlint.platform.typed import cast


def is_of(declared: DeclaredServer, is_wanted: Callable[[str], bool]) -> bool:
    """Return whether a part of a server stands in a wanted file.

    A value may stand in another file than the declaration that it is used in.
    """
    sources: set[Source] = set()
    seen: set[int] = set()
    pending: list[object] = [declared]
    while pending:
        one = pending.pop()
        if isinstance(one, (Located, Unresolved)):
            one = one.source
        elif isinstance(one, Statement):
            one = one.span.source
        if isinstance(one, Source):
            if one not in sources and is_wanted(one.path):
                return True
            sources.add(one)
        elif isinstance(one, (tuple, list, frozenset)):
            if id(one) not in seen:  # pyright: ignore[reportUnknownArgumentType] # of whatever
                seen.add(id(one))  # pyright: ignore[reportUnknownArgumentType] # as above
                pending.extend(cast("Iterable[object]", one))
        elif isinstance(one, Mapping):
            pending.extend(cast("Mapping[object, object]", one).values())
    return False
