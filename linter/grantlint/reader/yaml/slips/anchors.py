"""Anchors that are given twice: YAML lets the later one count, and PyYAML's composer refuses them.

Sources: YAML 1.1, 3.2.2.2, Anchors and Aliases; `anchor` of go-yaml v3's decode.go, which Compose, Kubernetes and Helm
use, and Psych of Puppet's Hiera take the later one; PyYAML, composer.py, of Ansible and Salt, raises.
"""

import re
from collections.abc import Iterator
from itertools import product
from string import ascii_letters

from grantlint.reader.yaml.library import AliasEvent, DocumentStartEvent, NodeEvent, YAMLError
from grantlint.reader.yaml.parser import parser, start_of

REFUSED_BY = frozenset({"ansible", "salt"})
"""Formats of which the tool refuses an anchor that is given twice."""

_NAME = re.compile(r"[&*]([\w-]+)")


def gives_twice(error: YAMLError) -> bool:
    """Whether an error is that an anchor is given twice."""
    return "duplicate anchor" in str(getattr(error, "context", ""))


def told_apart(text: str) -> str:
    """Return a text in which no anchor is given twice.

    All else stays at its place: the new names are as long as the old ones, and aliases follow the anchor before them.
    """
    taken = {*_NAME.findall(text)}
    pieces: list[str] = []
    at = 0
    for place, name in _renamed(text, taken):
        pieces += [text[at:place], name]
        at = place + len(name)
    return "".join((*pieces, text[at:]))


def _renamed(text: str, taken: set[str]) -> Iterator[tuple[int, str]]:
    """Yield where another name stands for an anchor or alias, and which."""
    names: dict[str, str] = {}
    spare: dict[int, Iterator[str]] = {}
    events = parser(text)
    try:
        while events.check_event():
            event = events.get_event()
            if isinstance(event, DocumentStartEvent):
                names.clear()
            if not isinstance(event, NodeEvent) or not event.anchor:
                continue
            name = event.anchor
            if not isinstance(event, AliasEvent):
                unused = spare.setdefault(len(name), _unused(len(name), taken))
                names[name] = next(unused, name) if name in names else name
            if names.get(name, name) != name:
                sign = "*" if isinstance(event, AliasEvent) else "&"
                yield text.index(sign + name, start_of(event)) + 1, names[name]
    except YAMLError:  # whoever composes it says so
        return
    finally:
        events.dispose()


def _unused(length: int, taken: set[str]) -> Iterator[str]:
    """Yield names of a length that are not taken, each once."""
    for letters in product(ascii_letters, repeat=length):
        made = "".join(letters)
        if made not in taken:
            yield made
