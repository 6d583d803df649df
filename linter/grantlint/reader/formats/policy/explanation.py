"""What does not fit the schema: which items are asked about, and each fault only once."""

from collections.abc import Iterable

from grantlint.model import Declarations, Fault
from grantlint.model.location import Source
from grantlint.model.remedy import Effect, Retype
from grantlint.platform.typed import cast
from grantlint.reader.formats.policy.scalars import plain_value
from grantlint.reader.formats.policy.sentences import Misfit, Saying, first_line, sentences
from grantlint.reader.schema import Data, Mismatch, mismatches
from grantlint.reader.yaml.items import STR_TAGS, Item, Mapping, Scalar, Sequence

MOST_ITEMS = 100
"""Items that are explained one by one (0.3 ms each); a file that is wrong throughout says the same again and again."""

MOST_NODES = 20_000
"""An item with more nodes is not explained: only aliases make one."""

_LISTS = frozenset({"users", "hosts", "roles"})


class Explainer:
    """Turns the mismatches of items into faults, each once."""

    def __init__(self, source: Source, declarations: Declarations) -> None:
        self.source = source
        self.declarations = declarations
        self._said: set[tuple[int, str]] = set()
        self._items = 0

    def explain(self, item: Item, definition: str, key: str = "") -> None:
        """Add the faults of an item that does not fit its definition. `key`: that under which the item stands."""
        self._items += 1
        if self._items > MOST_ITEMS:
            if self._items == MOST_ITEMS + 1:
                message = (
                    f"more than {MOST_ITEMS} items do not fit the schema; this one and later ones are not explained"
                )
                self._add(Saying(message, "Mend those above and run again.", first_line(self.source, item)))
            return
        data = plain_data(item)
        if data is TOO_LARGE:
            why = "the item does not fit the schema, and is too large to say why"
            self._add(Saying(why, "Split it.", first_line(self.source, item)))
            return
        self._explain(item, mismatches(data, definition), key)

    def explain_document(self, root: Item) -> None:
        """Add the faults at the top of a document. Its lists and server are left out."""
        if not isinstance(root, Mapping):
            self._explain(root, mismatches(plain_data(root)))
            return
        fields = {name: value for name, value in root.fields.items() if name != "server" and not name.startswith("x-")}
        listed = [name for name, value in fields.items() if name in _LISTS and isinstance(value, Sequence)]
        rest = {name: plain_data(value) for name, value in fields.items() if name not in listed}
        self._explain(root, mismatches(rest | {name: [] for name in listed}))

    def _explain(self, item: Item, found: Iterable[Mismatch], key: str = "") -> None:
        sayings = [saying for each in found for saying in sentences(self.source, _misfit(item, each, key))]
        if not sayings:  # the binder is stricter than the schema, which a test rules out: better said than silent
            at = first_line(self.source, item)
            sayings = [Saying("this does not fit the schema", "See `grantlint schema policy`.", at)]
        for saying in sayings:
            self._add(saying)

    def _add(self, saying: Saying) -> None:
        message, remedy, span, meant = saying
        if (span.start, message) not in self._said:
            self._said.add((span.start, message))
            mend = Retype(span, meant, Effect.GIVES) if meant else None
            self.declarations.faults.append(Fault("schema-error", message, span, remedy, mend))


def _misfit(item: Item, mismatch: Mismatch, key: str) -> Misfit:
    """Follow the path of a mismatch to its node; the item itself may stand under a key."""
    node = item
    steps: list[str | int] = [key] if key else []
    for step in mismatch.path:
        inside = node.fields if isinstance(node, Mapping) else dict(enumerate(cast("Sequence", node).items))
        node = cast("dict[str | int, Item]", inside)[step]
        steps.append(step)
    name = next((step for step in reversed(steps) if isinstance(step, str)), "")
    what = f"`{name}`" if steps and name is steps[-1] else str(mismatch.schema.get("title", "it"))
    return Misfit(mismatch, node, name, what)


class _TooLarge:
    """The type of TOO_LARGE."""


TOO_LARGE: Data = cast("Data", _TooLarge())
"""Stands for an item that is too large to be explained."""


def plain_data(node: Item) -> Data:
    """Return a node as plain data for the schema. A tagged value is like a template.

    A number whose value YAML readers do not agree on is some number that is not whole.
    """
    budget = [MOST_NODES]
    data = _data(node, budget)
    return TOO_LARGE if budget[0] < 0 else data


def _data(node: Item, budget: list[int]) -> Data:
    budget[0] -= 1
    if budget[0] < 0:
        return None
    if node.tag is not None and not (isinstance(node, Scalar) and node.tag in STR_TAGS):
        return "${tag}"
    if isinstance(node, Mapping):
        return {name: _data(value, budget) for name, value in node.fields.items()}
    if isinstance(node, Sequence):
        return [_data(value, budget) for value in node.items]
    return node.value if node.style or node.tag is not None else plain_value(node.value)
