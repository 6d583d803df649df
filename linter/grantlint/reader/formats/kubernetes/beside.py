"""ConfigMaps and Secrets of other files of a folder, which `kubectl apply -f FOLDER` applies with the one at hand."""

from functools import lru_cache

from grantlint.model import Fault
from grantlint.model.location import Source
from grantlint.reader.formats.kubernetes.objects import Object, objects_in
from grantlint.reader.tree.surroundings import Found, UnreadError, read, surroundings_of
from grantlint.reader.yaml.blanking import has_templates
from grantlint.reader.yaml.nodes import documents, span_of

MAX_FILES = 100
MAX_BYTES = 1 << 18
KINDS = frozenset({"ConfigMap", "Secret"})
"""What holds values for other objects."""

_ENDINGS = (".yml", ".yaml")


def beside(source: Source, kind: str, name: str) -> Object | None:
    """Return the object of another file of the folder. None where there is none, or more than one: clusters differ."""
    around = surroundings_of(source)
    found: list[Object] = []
    try:
        names = around.names(around.folder, _ENDINGS) if around.roots else ()
    except UnreadError:
        return None
    own = source.path.rpartition("/")[2]
    for other in [each for each in names if each != own][:MAX_FILES]:
        try:
            file = around.find(f"{around.folder}/{other}" if around.folder else other, MAX_BYTES)
            found += _held(file).get((kind, name), ()) if file else ()
        except UnreadError:
            continue
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=256)
def _held(file: Found) -> dict[tuple[str, str], list[Object]]:
    """Return the objects of a file that hold values. Templates hold what nobody knows yet."""
    source = read(file)
    source.format = "kubernetes"
    held: dict[tuple[str, str], list[Object]] = {}
    if not any(f"kind: {kind}" in source.text for kind in KINDS) or has_templates(source.text):
        return held
    roots = [root for root in documents(source) if not isinstance(root, Fault)]
    for each in (one for root in roots for one in objects_in(root, source)):
        if each.word("kind") in KINDS:
            held.setdefault((each.word("kind"), each.word("metadata", "name")), []).append(each)
        if each.word("kind") == "Secret":
            for part in filter(None, (each.part("data"), each.part("stringData"))):
                for node in part.fields.values():
                    source.hide(*span_of(source, node)[1:])
    return held
