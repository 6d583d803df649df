"""In which order Salt runs the states of a file, and which are not run where another fails.

Source: Salt's manual, "Requisites and Other Global State Arguments" and "Ordering States"; facts: Q2.
"""

from collections.abc import Hashable, Iterator, Sequence

from grantlint.model.location import Span
from grantlint.model.step import Hindrance, Part, Step
from grantlint.model.step.acts import Act
from grantlint.platform.record import NamedTuple
from grantlint.reader.yaml.mapping import Entry, word_of
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_WAITS = frozenset({"require", "watch", "onchanges"})
_AFTER = frozenset({*_WAITS, "onfail", "require_any", "watch_any", "onchanges_any", "onfail_any"})
_ON_FAILURE = frozenset({"onfail", "onfail_any"})
_QUERY = "mysql_query"
_FIRST, _LAST, _UNTOLD = 0, 2_000_000, 1_000_000
_TRUE = frozenset({"true", "yes", "on"})


class Wish(NamedTuple):
    """A requisite of a state. `kind`: its word. `module`: '' where any state of the ID is meant. `name`: ID or name."""

    kind: str
    module: str
    name: str


class Run:
    """One state as it is run. It knows what it sends, and why it fails."""

    __slots__ = (
        "acts",
        "ends_all",
        "fails",
        "gives_password",
        "is_idle",
        "module",
        "names",
        "order",
        "span",
        "unsent",
        "wishes",
    )

    def __init__(self, module: str, names: set[str], span: Span, arguments: dict[str, Entry]) -> None:
        self.module = module
        self.names = names
        self.span = span
        self.acts: list[tuple[Act, Span, Hindrance | None]] = []
        self.fails = False
        self.is_idle = False  # not run, as one that it requires surely fails
        self.unsent: list[Step] = []  # steps of its SQL
        self.wishes = [*_wishes(arguments)]
        self.order = _order(word_of(arguments.get("order")))
        self.ends_all = word_of(arguments.get("failhard")).lower() in _TRUE
        self.gives_password = word_of(arguments.get("password")) != ""

    @property
    def untold(self) -> str:
        """Why nobody can tell what it does, '' where it is run."""
        if any(wish.kind in _ON_FAILURE for wish in self.wishes):
            return "it is run only where another state fails"
        return "it is not run, as a state that it requires fails" if self.fails else ""

    @property
    def surely_fails(self) -> bool:
        """Whether it fails on every server."""
        return self.fails or any(no is not None and no.since is None for _, _, no in self.acts)

    def has(self, span: Span) -> bool:
        """Return whether a place stands in its arguments."""
        return self.span.start <= span.start < self.span.end

    def is_meant(self, wish: Wish) -> bool:
        """Return whether a requisite names it."""
        return wish.module in {"", self.module} and wish.name in self.names


def _wishes(arguments: dict[str, Entry]) -> Iterator[Wish]:
    for key, entry in arguments.items():
        kind = key.removesuffix("_in")
        if kind in _AFTER:
            for module, name in _named(entry.value):
                yield Wish(key, module, name)


def _named(node: Node) -> Iterator[tuple[str, str]]:
    for item in node.value if isinstance(node, SequenceNode) else [node]:
        if isinstance(item, ScalarNode):
            yield "", item.value
        elif isinstance(item, MappingNode):
            yield from ((key.value, value.value) for key, value in item.value if isinstance(value, ScalarNode))


def _order(word: str) -> int:
    if word in {"first", "last"}:
        return _FIRST if word == "first" else _LAST
    try:
        number = int(word)
    except ValueError:
        return _UNTOLD
    return number if number >= 0 else _LAST + number


class Plan:
    """The runs of a file in turn. Each knows those without which it is not run."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.runs: list[Run] = []
        self._needs: dict[int, list[Run]] = {}
        self._before: dict[int, list[Run]] = {}
        self._takes_over: dict[int, list[Run]] = {}
        if any(run.wishes for run in runs):
            self._find(runs)
        begun: set[int] = set()
        for first in sorted(runs, key=lambda run: run.order):
            self._take(first, begun)
        queries: list[Run] = []
        for run in self.runs:
            if run.module == _QUERY and run.unsent:
                queries.append(run)
            elif run.acts and queries:  # it takes over the error of one that is refused (facts: Q4)
                self._takes_over[id(run)] = queries
                queries = []

    def _find(self, runs: Sequence[Run]) -> None:
        """Note which runs come before others, and whose failure keeps them from being run."""
        named: dict[str, list[Run]] = {}
        for run in runs:
            for name in run.names:
                named.setdefault(name, []).append(run)
        for run in runs:
            for wish in run.wishes:
                turned = wish.kind.endswith("_in")
                for other in named.get(wish.name, ()):
                    if other is run or not other.is_meant(wish):
                        continue
                    first, second = (run, other) if turned else (other, run)
                    self._before.setdefault(id(second), []).append(first)
                    if wish.kind.removesuffix("_in") in _WAITS:
                        self._needs.setdefault(id(second), []).append(first)

    def _take(self, first: Run, begun: set[int]) -> None:
        """Add a run behind those that come before it. Those that wait for each other are refused by Salt."""
        pending = [first]
        while pending:
            run = pending[-1]
            if id(run) in begun:
                pending.pop()
                continue
            waiting = [one for one in self._before.get(id(run), ()) if id(one) not in begun and one not in pending]
            if waiting:
                pending += reversed(waiting)
                continue
            begun.add(id(run))
            self.runs.append(run)

    def parts(self, path: str) -> Iterator[tuple[Run, Part]]:
        """Yield the runs in turn, each with its part in the whole."""
        whole: Hashable = ("salt", path)
        within: dict[int, tuple[Hashable, ...]] = {}
        needed = {id(one) for needs in (*self._needs.values(), *self._takes_over.values()) for one in needs}
        for turn, run in enumerate(self.runs):
            own: Hashable = whole if run.ends_all else ("state", id(run))
            needs = self._needs.get(id(run), ())
            run.fails = run.fails or any(need.fails for need in needs)
            run.is_idle = any(need.is_idle or need.surely_fails for need in needs)
            around = [one for need in needs for one in within.get(id(need), ())[1:]]
            around += [("state", id(query)) for query in self._takes_over.get(id(run), ())]
            within[id(run)] = (whole, *dict.fromkeys(around), own)
            yield run, Part(within[id(run)], turn, turn, ends=run.ends_all or id(run) in needed)
