"""Values of Helm charts that run a server, wherever they stand: values.yaml, a release of Flux, Argo CD or helmfile."""

import re
from collections.abc import Iterator
from functools import cached_property

from grantlint.model import Declarations, Fault, NotChecked, ServerFacts
from grantlint.model.location import Source, Span
from grantlint.reader.images.accounts import Accounts
from grantlint.reader.images.charts.folder import charts_beside, values_beside
from grantlint.reader.images.charts.variables import Settings, holds_settings
from grantlint.reader.yaml.blanking import blanked, has_templates
from grantlint.reader.yaml.mapping import Entry, entries, word_of
from grantlint.reader.yaml.nodes import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    documents,
    documents_within,
    span_of,
)

_FAMILY = re.compile(r"(?:\S*/)?(mysql|mariadb)(?:-galera)?\Z", re.IGNORECASE)
_NAMES_ONE = re.compile(r"mysql|mariadb|percona", re.IGNORECASE)
_OTHERS = re.compile(r"postgres|mongo|redis|rabbit|external|keycloak|elastic|minio|kafka", re.IGNORECASE)
_HOLDERS = frozenset({"", "values", "valuesObject", "global"})
_BLOCK = re.compile(r"[|>][0-9+-]*[ \t]*(?:#[^\n]*)?\n")


def accounts_in(root: Node, source: Source) -> Iterator[Declarations]:
    """Yield what each chart's values declare. Those of an unnamed chart are counted."""
    yield from _Walk(source).through(root)


def accounts_of(root: Node, chart: str, source: Source) -> Iterator[Declarations]:
    """Yield what the values of a named chart declare."""
    yield from _Walk(source).through(root, chart)


def accounts_beside(chart: Source) -> Iterator[Declarations]:
    """Yield what the values files beside a Chart.yaml declare. Where an alias in it says whose they are."""
    for source in values_beside(chart):
        text = blanked(source.text) if has_templates(source.text) else source.text
        for root in documents(Source(source.path, text)):
            if not isinstance(root, Fault):
                yield from accounts_in(root, source)


class _Walk:
    def __init__(self, source: Source) -> None:
        self._source = source

    @cached_property
    def _beside(self) -> dict[str, str]:
        return charts_beside(self._source)

    def through(self, root: Node, chart: str = "") -> Iterator[Declarations]:
        seen: set[int] = set()
        pending: list[tuple[Node, str, str]] = [(root, "", chart)]
        while pending:
            node, key, chart = pending.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            if isinstance(node, SequenceNode):
                pending += [(item, key, chart) for item in reversed(node.value)]
            elif isinstance(node, MappingNode):
                found = entries(node)
                chart = _chart_of(found) or chart
                if holds_settings(found) and not _is_off(found):
                    yield from self._values(found, chart if key in _HOLDERS else key, node, is_whole=node is root)
                pending += [(entry.value, name, chart) for name, entry in reversed(found.items())]
            elif isinstance(node, ScalarNode) and key == "values" and chart:
                yield from self._text_of_values(node, chart)

    def _text_of_values(self, node: ScalarNode, chart: str) -> Iterator[Declarations]:
        """Read the values that a release of Argo CD holds as text, each at its own place."""
        text = self._source.text
        start, end = span_of(self._source, node)[1:]
        header = _BLOCK.match(text, start)
        if header is None or _FAMILY.match(chart) is None:
            return
        for root in documents_within(self._source, header.end(), end):
            yield from self.through(root, chart)

    def _values(self, found: dict[str, Entry], name: str, node: Node, *, is_whole: bool) -> Iterator[Declarations]:
        span = span_of(self._source, node)
        family = _FAMILY.match(name) or _FAMILY.match(self._beside.get("" if is_whole else name, ""))
        place = _first_key(found, span, self._source)
        settings = Settings(found, self._source, place)
        named = settings.named()
        declarations = Declarations("yaml", self._source.path)
        if family is None:
            told = "auth" in settings.parts or settings.is_stable
            names_one = settings.is_stable or _NAMES_ONE.search(name or self._source.path) is not None
            if named and told and names_one and not _OTHERS.search(name):
                declarations.not_checked.append(NotChecked("account", "values of a chart that is not told", named.span))
                yield declarations
            return
        image = settings.image(family[1].lower())
        declarations.unit = f"chart:{self._source.path}:{place.start}"
        if image.image is None:
            why = image.why or "nothing is known of the image that the chart runs"
            declarations.not_checked.append(NotChecked("accounts", why, place))
            yield declarations
            return
        accounts = Accounts(image.image, settings.environment(image.image.prefixes[0]), place)
        accounts.put_into(declarations)
        declarations.server = ServerFacts(place, product=image.product)
        yield declarations


def _first_key(found: dict[str, Entry], otherwise: Span, source: Source) -> Span:
    """Return where the first key stands that says what the chart is given."""
    for entry in found.values():
        if holds_settings({entry.key.value: entry}):
            return span_of(source, entry.key)
    return otherwise


def _chart_of(found: dict[str, Entry]) -> str:
    """Return the chart that a release names beside its values, '' where none is named."""
    entry = found.get("chart")
    while entry is not None and isinstance(entry.value, MappingNode):
        inside = entries(entry.value)
        entry = inside.get("spec") or inside.get("chart")
    return word_of(entry)


def _is_off(found: dict[str, Entry]) -> bool:
    return word_of(found.get("enabled")).lower() == "false"
