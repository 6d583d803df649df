"""The Chart.yaml beside a file of values: which chart stands behind each of its keys."""

import os
import re
from collections.abc import Iterator

from grantlint.model import Fault
from grantlint.model.location import Source
from grantlint.reader.tree.surroundings import UnreadError, surroundings_of
from grantlint.reader.yaml.mapping import entries, word_of
from grantlint.reader.yaml.nodes import Node, SequenceNode, documents

_MAX_BYTES = 1 << 18
_FILES = ("Chart.yaml", "requirements.yaml")  # the second until Helm 3
_NAMES_ONE = re.compile(r"mysql|mariadb", re.IGNORECASE)  # what a file of values is recognised by
_VALUES = re.compile(r"values[\w.-]*\.ya?ml\Z")


def values_beside(chart: Source) -> Iterator[Source]:
    """Yield the values files beside a Chart.yaml that name no server.

    They are found by nobody else: where an alias stands for the chart, no word in them tells what they are.
    """
    around = surroundings_of(chart)
    try:
        names = [entry.name for entry in around.listed(around.folder) if _VALUES.match(entry.name)]
    except UnreadError:
        return
    for name in names:
        try:
            source = around.source(os.path.join(around.folder, name), _MAX_BYTES)
        except UnreadError:
            continue
        if source is not None and not _NAMES_ONE.search(source.text):
            yield source


def charts_beside(source: Source) -> dict[str, str]:
    """Return the chart of each key of a values file. The key '' stands for the whole file.

    A chart is told by its name alone where it is a dependency; the chart that holds the values, where it is Bitnami's.
    """
    around = surroundings_of(source)
    found: dict[str, str] = {}
    for name in _FILES:
        try:
            beside = around.source(os.path.join(around.folder, name), _MAX_BYTES)
        except UnreadError:
            continue
        roots = [root for root in documents(beside) if not isinstance(root, Fault)] if beside else []
        for root in roots[:1]:
            found |= _named_in(root, is_bitnami="bitnami" in beside.text if beside else False)
    return found


def _named_in(root: Node, *, is_bitnami: bool) -> dict[str, str]:
    chart = entries(root)
    found = {"": word_of(chart.get("name"))} if is_bitnami else {}
    listed = chart.get("dependencies")
    if listed is not None and isinstance(listed.value, SequenceNode):
        for item in listed.value.value:
            dependency = entries(item)
            name = word_of(dependency.get("name"))
            found[word_of(dependency.get("alias")) or name] = name
    return found
