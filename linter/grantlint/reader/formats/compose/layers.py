"""What the files of a project say of one service: what it extends, what each file lays over it, the last uppermost.

Source: the Compose specification, Extends: paths of another file begin in its own folder.
"""

import os
from collections.abc import Mapping

from grantlint.model import NotChecked
from grantlint.model.location import Source
from grantlint.reader.formats.compose.override import Files, Layer, Other, extended_file
from grantlint.reader.tree.surroundings import OUTSIDE
from grantlint.reader.yaml.mapping import Entry, entries, word_of
from grantlint.reader.yaml.nodes import Node, ScalarNode, span_of

_DEEPEST = 100
"""Services that one extends by way of others; people write three."""


class Layers:
    """The layers of a service. `not_checked`: each `extends` that cannot be followed."""

    __slots__ = ("all", "not_checked")

    def __init__(self) -> None:
        self.all: list[Layer] = []
        self.not_checked: list[NotChecked] = []

    @property
    def service(self) -> Mapping[str, Entry]:
        """The service as the layers leave it, where one key replaces another."""
        return {name: entry for layer in self.all for name, entry in layer.service.items()}

    @property
    def image(self) -> Layer:
        """The uppermost layer with an image or a build.

        The first where none has.
        """
        return next((layer for layer in reversed(self.all) if {"image", "build"} & layer.service.keys()), self.all[0])


def layers_of(name: str, source: Source, services: Mapping[str, Entry], files: Files) -> Layers:
    """Return all that the project says of a service of this file."""
    found = Layers()
    _add(found, Layer(source, entries(services[name].value), files.folder), services, ())
    for other in files.above:
        if other.source is not None and name in other.services:
            layer = Layer(other.source, entries(other.services[name].value), files.folder)
            _add(found, layer, other.services, ())
    return found


def _add(found: Layers, layer: Layer, services: Mapping[str, Entry], seen: tuple[str, ...]) -> None:
    """Add a layer above what it extends. `seen`: the services on the way to it."""
    extends = layer.service.get("extends")
    if extends is not None:
        _extend(found, layer, extends.value, services, seen)
    found.all.append(layer)


def _extend(found: Layers, layer: Layer, extends: Node, services: Mapping[str, Entry], seen: tuple[str, ...]) -> None:
    fields = entries(extends)
    file = fields.get("file")
    name = word_of(fields.get("service")) or (extends.value if isinstance(extends, ScalarNode) else "")
    other, folder = Other(layer.source, services), layer.folder
    if file is not None:
        other = extended_file(layer, word_of(file))
        folder = os.path.normpath(os.path.join(folder, os.path.dirname(word_of(file))))
    way = f"{other.source.path if other.source else ''}\0{name}"
    is_followed = other.source is not None and name in other.services and way not in seen and len(seen) < _DEEPEST
    if is_followed and not layer.source.may_repeat(1):
        why = "services of this file extend others more often than can be followed"
        found.not_checked.append(NotChecked("accounts", why, span_of(layer.source, extends)))
    elif is_followed and other.source is not None:
        base = Layer(other.source, entries(other.services[name].value), folder)
        _add(found, base, other.services, (*seen, way))
    elif other.unread.endswith(OUTSIDE) or "://" in word_of(file):
        return  # counted with all that lies outside
    elif file is not None or len(seen) == _DEEPEST:
        why = "the service extends one of another file" if file is not None else f"it extends more than {_DEEPEST}"
        found.not_checked.append(NotChecked("accounts", why, span_of(layer.source, extends)))
