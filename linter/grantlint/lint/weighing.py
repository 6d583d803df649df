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

    related: places that make it grave. same: equal for problems of a rule that are one mistake in a file, a frozenset
    where one of several need be equal. weaker_than: rules that speak for it where they find something at its place.
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

    __slots__ = ("_alike", "_databases", "_like", "container", "declared")

    def __init__(self, declared: DeclaredServer) -> None:
        self.declared = declared
        self.container: Container | None = next((fact.container for fact in declared.facts if fact.container), None)
        self._databases: dict[int, set[str]] | None = None  # by the number of their letters
        self._alike: dict[tuple[int, tuple[int, ...]], dict[str, set[str]]] = {}
        self._like: dict[str, set[str]] = {}

    def databases_like(self, pattern: str) -> set[str]:
        """Return the other databases of the files that a pattern takes."""
        known = self._like.get(pattern)
        if known is None:
            known = self._like[pattern] = self._looked_for(pattern)
        return known

    def _looked_for(self, pattern: str) -> set[str]:
        own = _unescaped(pattern)
        if self._of_length(len(own)) <= {own}:  # as most
            return set()
        letters = _LETTER.findall(pattern)
        open_at = tuple([at for at, letter in enumerate(letters) if letter == "_"])
        return self._alike_but(open_at, len(own)).get(_blanked(own, open_at), set()) - {own} if open_at else set()

    def _alike_but(self, places: tuple[int, ...], length: int) -> dict[str, set[str]]:
        """Return the databases of some length by what they are apart from these letters.

        Few patterns differ in where they are open: the names are looked through once for each of those.
        """
        if (length, places) not in self._alike:
            alike = self._alike[length, places] = dict[str, set[str]]()
            for name in self._of_length(length):
                alike.setdefault(_blanked(name, places), set()).add(name)
        return self._alike[length, places]

    def _of_length(self, length: int) -> set[str]:
        if self._databases is None:
            self._databases = {}
            for known in {*self._named()}:
                name = _unescaped(known)
                self._databases.setdefault(len(name), set()).add(name)
        return self._databases.get(length, set())

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
            if "create" in source.text.lower():  # many times as fast as an expression that ignores case
                yield from _CREATED.findall(source.text)


def _unescaped(name: str) -> str:
    return _ESCAPED.sub(r"\1", name) if "\\" in name else name


def _blanked(name: str, places: tuple[int, ...]) -> str:
    letters = [*name]
    for place in places:
        letters[place] = "_"
    return "".join(letters)


Weigh = Callable[[Account | Role | None, Grant | None, Context], Weight | None]
"""What a rule makes of the context of a problem: whom or what it is about comes first."""
