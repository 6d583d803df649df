"""Hiera data: the keys that the class `mysql::server` looks up, and hashes of resources, in YAML or JSON.

A manifest gives hashes of other keys, such as `profile::mysql::databases`, to create_resources. They are known by the
attributes of their entries. `%{...}` is an interpolation, `ENC[...]` is encrypted by hiera-eyaml; neither is known.
"""

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from grantlint.model import Fault
from grantlint.model.location import Source
from grantlint.reader.formats.puppet.accounts import OF_DATABASE
from grantlint.reader.formats.puppet.catalogue import Catalogues
from grantlint.reader.formats.puppet.language.expressions import MAX_DEPTH
from grantlint.reader.formats.puppet.language.resources import CLASS, Resource, each_of, members_of
from grantlint.reader.formats.puppet.language.values import OPAQUE, Items, Members, String, Unknown, Value
from grantlint.reader.leaf.secrets import hide_likely
from grantlint.reader.yaml.mapping import pairs_of
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, documents, span_of

_OF_SERVER = re.compile(r"mysql|mariadb")
_INTERPOLATION = re.compile(r"%\{[^}]*\}")
_PARAMETERS = frozenset({"users", "grants", "override_options", "options", "root_password", "create_root_user"})
_HASHES = {
    "mysql::db": "mysql::db",
    "mysql::dbs": "mysql::db",
    "mysql::server::db": "mysql::db",
    "mysql::user": "mysql_user",
    "mysql::grant": "mysql_grant",
}
_TITLED = {"mysql_user": re.compile(r"[^@]*@[^@/]+"), "mysql_grant": re.compile(r"[^@]*@[^@/]+/.+")}
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def read_data(source: Source, catalogues: Catalogues) -> None:
    """Add the declarations of a data file's keys. Broken YAML is a fault."""
    for root in documents(source):
        if isinstance(root, Fault):
            catalogues.faults.append(root)
            hide_likely(source)
            continue
        data = value_of(root, source)
        if isinstance(data, Members):
            _read(data, catalogues)


def _read(data: Members, catalogues: Catalogues) -> None:
    attributes: dict[str, Value] = {}
    for key, value in _last(data, catalogues, _is_looked_up).pairs:
        name = key.value.removeprefix("::")
        if name.startswith(f"{CLASS}::") and name.removeprefix(f"{CLASS}::") in _PARAMETERS:
            known = _last(value, catalogues) if isinstance(value, Members) else value
            attributes[name.removeprefix(f"{CLASS}::")] = known
            continue
        kind = _HASHES.get(name) or (_kind_of(value) if _OF_SERVER.search(name) else None)
        if kind:
            value = _last(value, catalogues) if isinstance(value, Members) else value  # noqa: PLW2901 - the same, once
            for each in each_of(kind, value, None, value.span):
                catalogues.add(each)
    if attributes:
        catalogues.add(Resource(CLASS, None, attributes, None, data.span))


def _is_looked_up(name: str) -> bool:
    return _OF_SERVER.search(name) is not None


def _last(hash_: Members, catalogues: Catalogues, counts: Callable[[str], bool] = bool) -> Members:
    """Return a hash with the last of each key, as Ruby loads it. One written before is a fault where it counts."""
    last = {key.value: (key, value) for key, value in hash_.pairs}
    if len(last) == len(hash_.pairs):
        return hash_
    for key, _ in hash_.pairs:
        if last[key.value][0] is not key and counts(key.value):
            message = "this key is written again below; Puppet takes the last, and nothing of this one"
            catalogues.faults.append(Fault("duplicate-key", message, key.span, "Write one title for each."))
            hide_likely(key.span.source)
    return Members((*last.values(),), hash_.span)


def _kind_of(value: Value) -> str | None:
    """Return which resource each entry of a hash can only be."""
    entries = value.pairs if isinstance(value, Members) else ()
    kinds = {_kind(title.value, members_of(attributes).keys()) for title, attributes in entries}
    return kinds.pop() if len(kinds) == 1 else None


def _kind(title: str, names: AbstractSet[str]) -> str | None:
    if "password" in names and "user" in names and names <= OF_DATABASE:
        return "mysql::db"
    if {"user", "table", "privileges"} <= names and _TITLED["mysql_grant"].fullmatch(title):
        return "mysql_grant"
    return "mysql_user" if "password_hash" in names and _TITLED["mysql_user"].fullmatch(title) else None


def value_of(node: Node, source: Source, depth: int = 0) -> Value:
    """Return a node as a value."""
    is_tagged = node.tag and not str(node.tag).startswith("tag:yaml.org,2002:")
    if isinstance(node, ScalarNode) and not is_tagged and depth <= MAX_DEPTH:
        return _string(node, source)
    span = span_of(source, node)
    if is_tagged:
        return Unknown(f"the tag {node.tag}", span)
    if depth > MAX_DEPTH:
        return Unknown("it nests too deep", span)
    if isinstance(node, MappingNode):
        pairs: list[tuple[String, Value]] = []
        for key, value in pairs_of(node):
            if not (isinstance(value, ScalarNode) and _is_null(value)):
                pairs.append((_string(key, source), value_of(value, source, depth + 1)))
        return Members(tuple(pairs), span)
    if isinstance(node, SequenceNode):
        return Items(tuple([value_of(each, source, depth + 1) for each in node.value]), span)
    return Unknown("not a text", span)


def _is_null(node: ScalarNode) -> bool:
    return not node.style and not node.tag and node.value in _NULLS


def _string(node: ScalarNode, source: Source) -> String:
    span = span_of(source, node)
    text: str = node.value
    start = span.start + (node.style in {"'", '"'})
    if source.text.startswith(text, start):
        places: list[int] | range = range(start, start + len(text) + 1)
    else:  # escaped or folded: the whole value is the place of each part
        places = [span.start] * len(text) + [span.end]
    if "%{" not in text:
        return String(text, span, places)
    value: list[str] = []
    kept: list[int] = []
    at = 0
    for match in _INTERPOLATION.finditer(text):
        value += (text[at : match.start()], OPAQUE)
        kept += (*places[at : match.start()], places[match.start()])
        at = match.end()
    return String("".join((*value, text[at:])), span, [*kept, *places[at:]], "hiera")
