"""From items to values of the model: the leaves that every part of a policy is made of.

Nothing is explained here: what does not fit clears `fits`, and the schema finds the words for that one item.
A test holds the two against each other.
"""

from grantlint.model import Declarations, NotChecked
from grantlint.model.location import Flag, Located, Source, Text, Unresolved
from grantlint.platform.pattern import Pattern
from grantlint.reader.formats.policy.scalars import FALSE, NULLS, TRUE, plain_value
from grantlint.reader.yaml.items import STR_TAGS, UNQUOTED_TEMPLATE, Item, Mapping, Scalar, Sequence, bounds
from grantlint.reader.yaml.nodes import value_span

TEMPLATE = Pattern(r"\{\{|\$\{")
A_TEMPLATE = "a template"


class Binder:
    """Makes values of one document's items. Keeps count of what it could not read."""

    def __init__(self, source: Source, declarations: Declarations) -> None:
        self.source = source
        self.declarations = declarations
        self.fits = True

    def known(self, node: Mapping, names: frozenset[str]) -> dict[str, Item]:
        """Return the values of a mapping by key. Those of unknown keys are hidden."""
        fields = node.fields
        if not fields.keys() <= names:
            self.fits = False
            for name in fields.keys() - names:
                self.hide(fields[name])
        return fields

    def hide(self, node: Item) -> None:
        """Keep a value out of every snippet."""
        span = value_span(self.source, *bounds(node))
        self.source.hide(span.start, span.end)

    def text(self, node: Item | None) -> Text | None:
        """Return a scalar as written; None where there is none."""
        if type(node) is Scalar and node.tag is None and node.anchor is None:
            value = node.value
            if not node.style:
                if value in NULLS:
                    self.fits = False
                    return None
            elif node.style in "|>":
                return self._odd(node)
            if "{" in value and TEMPLATE.search(value):
                return self._odd(node)
            start = node.start_mark.index  # type: ignore[union-attr]  # both parsers mark every event
            return Located(value, self.source, start, node.end_mark.index)  # type: ignore[union-attr]  # as above
        return None if node is None else self._odd(node)

    def word(self, node: Item | None) -> Text | None:
        """Return a scalar that must not be empty."""
        text = self.text(node)
        if type(text) is Located and not text.value:
            self.fits = False
            return None
        return text

    def strict(self, node: Item | None) -> Text | None:
        """Return a scalar that all YAML readers take for text."""
        text = self.text(node)
        if (
            type(node) is Scalar
            and not node.style
            and node.tag is None
            and not isinstance(plain_value(node.value), str)
        ):
            self.fits = False
        return text

    def host(self, node: Item | None) -> Text | None:
        """Return a host value. An unquoted number is kept as written, and does not fit."""
        if type(node) is Scalar and not node.style and node.tag is None and node.value[:1] in "0123456789.+-":
            value = plain_value(node.value)
            if isinstance(value, int | float):
                self.fits = False
        return self.text(node)

    def flag(self, node: Item | None) -> Flag | None:
        """Return true or false, also written yes, no, on or off."""
        text = self.text(node)
        if type(text) is not Located or not isinstance(node, Scalar):
            return text if isinstance(text, Unresolved) else None
        quoted = bool(node.style) or node.tag is not None
        value = text.value
        if value in (QUOTED_TRUE if quoted else TRUE):
            return Located(True, text.source, text.start, text.end)  # noqa: FBT003 - the value that is located
        if value in (QUOTED_FALSE if quoted else FALSE):
            return Located(False, text.source, text.start, text.end)  # noqa: FBT003 - as above
        self.fits = False
        return None

    def items(self, node: Item | None, what: str) -> list[Item]:
        """Return the items of a list. A template in its place is counted as not checked."""
        if type(node) is Sequence and node.tag is None:
            return node.items
        if node is not None:
            self._unread(node, what)
        return []

    def filled(self, node: Item | None, what: str) -> list[Item]:
        """Return the items of a list that must have some."""
        items = self.items(node, what)
        if not items and type(node) is Sequence and node.tag is None:
            self.fits = False
        return items

    def mapping(self, node: Item | None, what: str) -> Mapping | None:
        """Return a mapping. A template in its place is counted as not checked."""
        if type(node) is Mapping and node.tag is None:
            return node
        if node is not None:
            self._unread(node, what)
        return None

    def texts(self, items: list[Item]) -> tuple[Text, ...]:
        """Return list items that are words."""
        return tuple(text for text in map(self.word, items) if text is not None)

    def not_checked(self, what: str, why: str, node: Item) -> None:
        """Count something that no rule can look at."""
        self.declarations.not_checked.append(NotChecked(what, why, value_span(self.source, *bounds(node))))

    def _unread(self, node: Item, what: str) -> None:
        value = self._odd(node)
        if isinstance(value, Unresolved):
            self.not_checked(what, value.reason, node)
        else:
            self.fits = False

    def _odd(self, node: Item) -> Text | None:
        """Return a value that is no ordinary scalar: tagged, anchored, a block, a template; None for a collection."""
        span = value_span(self.source, *bounds(node))
        if type(node) is not Scalar:  # nobody looks into it, so nobody knows what must not be shown
            self.source.hide(span.start, span.end)
        if node.tag is not None and not (type(node) is Scalar and node.tag in STR_TAGS):
            return Unresolved(A_TEMPLATE if node.tag == UNQUOTED_TEMPLATE else f"the tag {node.tag}", *span)
        if not isinstance(node, Scalar):
            self.fits = False
            return None
        if TEMPLATE.search(node.value):
            return Unresolved(A_TEMPLATE, *span)
        if node.tag is None and not node.style and node.value in NULLS:
            self.fits = False
            return None
        return Located(node.value, *span)


QUOTED_TRUE = frozenset({"yes", "on"})
QUOTED_FALSE = frozenset({"no", "off"})
