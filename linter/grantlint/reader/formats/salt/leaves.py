"""The leaves of an SLS file: texts with their places, and what Jinja would fill in as unresolved."""

import re
from bisect import bisect_right

from grantlint.model import Credential, Secrecy
from grantlint.model.location import Flag, Located, Source, Span, Text, Unresolved
from grantlint.platform.typed import cast
from grantlint.reader.formats.salt.pillars import looked_up
from grantlint.reader.formats.salt.turns import Turns
from grantlint.reader.leaf.changes import in_yaml
from grantlint.reader.yaml.blanking import MARK
from grantlint.reader.yaml.mapping import Entry, entries, is_null
from grantlint.reader.yaml.nodes import Node, ScalarNode, SequenceNode, span_of

_LOOP = re.compile(r"\{%[-+]?\s*(?P<word>for|endfor)\b")
_SECRET_NAME = re.compile(r"pass|secret|token|hash|pwd", re.IGNORECASE)
_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})
_ALONE = frozenset({"SSL", "X509"})
_ENCRYPTED = "-----BEGIN PGP"


class Leaves:
    """Takes leaves from the nodes of one file."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.turns = Turns(source)
        self._loops = _outer_loops(source.text)
        self._starts = [start for start, _ in self._loops]

    def span(self, node: Node) -> Span:
        """Return where a node stands in the file."""
        return span_of(self.source, node)

    def text(self, node: Node) -> Text:
        """Return a scalar as a text. Unresolved where any of it is Jinja's."""
        span = self.span(node)
        if not isinstance(node, ScalarNode):
            return Unresolved("a list or a mapping where a text belongs", *span)
        tag = cast("str | None", node.tag)
        if tag and not tag.startswith("tag:yaml.org,2002:") and tag != "!":
            return Unresolved(f"the tag {tag}", *span)
        if MARK in node.value:
            unknown = Unresolved("a Jinja template", *span, same=self._same(span))
            return self.turns.text(self.source.text[span.start : span.end].strip("'\""), unknown)
        return Located(cast("str", node.value), *span)

    def optional(self, entry: Entry | None) -> Text | None:
        """Return the text of an entry. None where there is none, or null."""
        return None if entry is None or is_null(entry.value) else self.text(entry.value)

    def flag(self, entry: Entry | None) -> Flag | None:
        """Return an entry as true or false."""
        text = self.optional(entry)
        if isinstance(text, Located):
            word = text.value.strip().lower()
            if word in _TRUE or word in _FALSE:
                return Located(word in _TRUE, *text.span)
            return Unresolved("neither true nor false", *text.span)
        return text

    def texts(self, node: Node) -> list[Text]:
        """Return the texts of a list. Or the one text that stands for a list."""
        if isinstance(node, SequenceNode):
            return [self.text(each) for each in node.value]
        return [self.text(node)]

    def credential(self, entry: Entry, *, is_hash: bool) -> Credential | None:
        """Return the form of a password or hash. None for null. The text is hidden."""
        text = self.optional(entry)
        if text is None:
            return None
        self.source.hide(text.start, text.end)
        given = self._given(text) if isinstance(text, Unresolved) else None
        if given is not None:
            given.source.hide(given.start, given.end)
            return Credential(Secrecy.HASH if is_hash else Secrecy.PLAIN, given.span)
        if isinstance(text, Unresolved) or text.value.lstrip().startswith(_ENCRYPTED):
            return Credential(Secrecy.REFERENCE, text.span)
        if not text.value:
            return Credential(Secrecy.EMPTY, text.span)
        changed = in_yaml(entry.value, text.span, go=False) if isinstance(entry.value, ScalarNode) else None
        return Credential(Secrecy.HASH if is_hash else Secrecy.PLAIN, text.span, changed)

    def _given(self, text: Unresolved) -> Located[str] | None:
        """Return the text that a template has by the pillar, or for want of another."""
        told = looked_up(self.source, text.span.text)
        if told is None:
            return self.turns.given(text.span)
        return told if told.value and not told.value.lstrip().startswith(_ENCRYPTED) else None

    def tls(self, entry: Entry | None) -> tuple[Text, ...]:
        """Return what `ssl_option` asks for.

        It is a list of mappings of one pair each.
        """
        found: list[Text] = []
        for item in entry.value.value if entry is not None and isinstance(entry.value, SequenceNode) else ():
            for name, inner in entries(item).items():
                word, said = name.strip().upper(), self.flag(inner)
                if word in _ALONE and isinstance(said, Located) and not said.value:
                    continue
                found.append(Located(word, *self.span(inner.key)))
        return tuple(found)

    def hide_secrets(self, found: dict[str, Entry]) -> None:
        """Hide the values of keys that have a secret's name."""
        for name, entry in found.items():
            if _SECRET_NAME.search(name):
                self.source.hide(*self.span(entry.value)[1:])

    def _same(self, span: Span) -> str:
        """Return a key that equal expressions of one loop share.

        In the next loop a name may stand for another value.
        """
        number = bisect_right(self._starts, span.start) - 1
        loop = number if number >= 0 and span.start < self._loops[number][1] else -1
        words = "".join(self.source.text[span.start : span.end].split()).strip("'\"")
        return f"{loop}\0{words}"


def _outer_loops(text: str) -> list[tuple[int, int]]:
    """Return where the loops begin and end that stand in no other."""
    found: list[tuple[int, int]] = []
    depth = start = 0
    for match in _LOOP.finditer(text):
        if match["word"] == "for":
            if depth == 0:
                start = match.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append((start, match.end()))
    if depth:
        found.append((start, len(text)))
    return found
