"""What the ConfigMaps and Secrets of a file and its folder hold: variables, passwords and mounts refer to them."""

from binascii import a2b_base64
from collections.abc import Iterable, Mapping

from grantlint.model.location import Located, Source, Text, Unresolved
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.kubernetes.beside import KINDS, beside
from grantlint.reader.formats.kubernetes.objects import Object, text_of


class Held(NamedTuple):
    """A value by its key. `encoded`: it stands there as base64."""

    text: Text
    encoded: bool = False


class Values(NamedTuple):
    """The ConfigMaps and Secrets of a file, by kind and name. Those of its folder are looked for when asked for."""

    objects: Mapping[tuple[str, str], Object]
    source: Source

    @classmethod
    def among(cls, objects: Iterable[Object], source: Source) -> "Values":
        """Return those that are among some objects of a file."""
        held = [each for each in objects if each.word("kind") in KINDS]
        return cls({(each.word("kind"), each.word("metadata", "name")): each for each in held}, source)

    def texts_of(self, name: str) -> Object | None:
        """Return the texts of a ConfigMap by name. None where there is none."""
        found = self.objects.get(("ConfigMap", name))
        return found.part("data") if found else None

    def of(self, kind: str, name: str) -> Mapping[str, Held] | None:
        """Return what an object holds, by key. None where it is in no file of the folder.

        What a Secret's `stringData` says goes before its `data`, which is hidden from reports.
        """
        found = self.objects.get((kind, name)) or (beside(self.source, kind, name) if name else None)
        if found is None:
            return None
        data, plain = found.part("data"), found.part("stringData")
        is_secret = kind == "Secret"
        held = {key: _decoded(text) if is_secret else Held(text) for key, text in _texts(data)}
        return {**held, **{key: Held(text) for key, text in _texts(plain)}} if is_secret else held


def _texts(part: Object | None) -> Iterable[tuple[str, Text]]:
    return [] if part is None else [(key, text_of(node, part.source)) for key, node in part.fields.items()]


def _decoded(encoded: Text) -> Held:
    if isinstance(encoded, Unresolved):
        return Held(encoded)
    encoded.source.hide(encoded.start, encoded.end)
    try:
        text = a2b_base64("".join(encoded.value.split()), strict_mode=True).decode()
    except ValueError:
        return Held(Unresolved("it is no text in base64", *encoded.span))
    return Held(Located(text, *encoded.span), encoded=True)
