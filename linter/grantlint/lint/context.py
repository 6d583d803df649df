"""How much a problem weighs where it stands: what files tell around it, and what a rule makes of that."""

from collections.abc import Callable, Hashable, Iterator

from grantlint.lint.finding import Profile, Related, SlipError
from grantlint.model import Account, Container, DeclaredServer, Grant, Role
from grantlint.model.location import Located, Source
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple

_CREATED = Pattern(r"(?i)\bcreate\s+(?:database|schema)\s+(?:if\s+not\s+exists\s+)?[\\`'\"]{0,2}([\w$-]+)")
_ESCAPED = Pattern(r"(?s)\\(.)")
_LETTER = Pattern(r"(?s)\\.|.")


class Weight(NamedTuple):
    """How much a problem weighs. profile: the smallest set that reports it, None for that of its rule.

    related: places that make it grave. same: equal for problems of a rule that are one mistake in a file. weaker_than:
    rules that speak for it where they find something at its place.
    """

    profile: Profile | None = None
    related: tuple[Related, ...] = ()
    same: Hashable = None
    weaker_than: tuple[str, ...] = ()


NO_WEIGHT = Weight()
"""That of problems of which a rule says nothing."""


def weight_in(said: object) -> Weight:
    """Return the weight that a rule tells.

    Raises SlipError for what is none.
    """
    if said is None:
        return NO_WEIGHT
    if not isinstance(said, Weight):
        raise SlipError(f"its weigh returns something of type {type(said).__name__}, which is no Weight")
    return said


class Context:
    """What the files of a declared server tell around its problems."""

    __slots__ = ("_databases", "container", "declared")

    def __init__(self, declared: DeclaredServer) -> None:
        self.declared = declared
        self.container: Container | None = next((fact.container for fact in declared.facts if fact.container), None)
        self._databases: dict[int, set[str]] | None = None

    def databases_like(self, pattern: str) -> set[str]:
        """Return the other databases of the files that a pattern takes."""
        if self._databases is None:
            self._databases = {}
            for known in self._named():
                name = _ESCAPED.compiled.sub(r"\1", known)
                self._databases.setdefault(len(name), set()).add(name)
        own = _ESCAPED.compiled.sub(r"\1", pattern)
        letters = _LETTER.findall(pattern)
        near = self._databases.get(len(own), set()) - {own}
        return {name for name in near if all(map(_is_taken, letters, name))}

    def _named(self) -> Iterator[str]:
        """Yield the databases that grants name, and those that a text makes."""
        declared = self.declared
        texts: dict[Source, None] = {}
        holders: list[Account | Role] = [*declared.accounts, *declared.grantees, *declared.roles]
        for holder in holders:
            texts[holder.span.source] = None
            for grant in holder.grants:
                target = grant.target
                if isinstance(target, Located) and target.value.database:
                    yield target.value.database
        for source in texts:
            yield from _CREATED.findall(source.text)


def _is_taken(letter: str, other: str) -> bool:
    return letter in {"_", other, f"\\{other}"}


Weigh = Callable[[Account | Role | None, Grant | None, Context], Weight | None]
"""What a rule makes of the context of a problem: whom or what it is about comes first."""
