"""States that `onlyif` or `unless` surely keeps from running (Salt's manual, requisites)."""

import re
from collections.abc import Mapping

from grantlint.model.location import Span
from grantlint.reader.yaml.mapping import Entry
from grantlint.reader.yaml.nodes import ScalarNode, SequenceNode

_FALSE = frozenset({"false", "/bin/false", "/usr/bin/false"})
_CONDITION = re.compile(r"\{%[-+]?\s*(if|endif)\b")
_NEVER = {"onlyif": _FALSE, "unless": frozenset({"true", "/bin/true", "/usr/bin/true", ":"})}


def is_never_run(arguments: Mapping[str, Entry], span: Span) -> bool:
    """Return whether a state is surely not run. `span`: from its ID on."""
    return any(
        _is_literal(arguments.get(name), words) and not _is_conditional(arguments[name], span)
        for name, words in _NEVER.items()
    )


def _is_literal(entry: Entry | None, words: frozenset[str]) -> bool:
    """Return whether an argument is one of some words, or a list with one of them alone."""
    node = entry.value if entry is not None else None
    if isinstance(node, SequenceNode) and len(node.value) == 1:
        (node,) = node.value
    return isinstance(node, ScalarNode) and node.value.strip().lower() in words


def _is_conditional(entry: Entry, span: Span) -> bool:
    """Return whether a condition in the state itself decides on an argument."""
    words = _CONDITION.findall(span.source.text, span.start, entry.value.start_mark.index)
    return words.count("if") > words.count("endif")
