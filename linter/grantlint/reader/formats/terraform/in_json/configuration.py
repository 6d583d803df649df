"""A configuration written as JSON, `*.tf.json`: resources as people and generators write them, nothing evaluated.

A string with an expression in it is unresolved. Nothing else of the module is looked up, and no parser of HCL needed.
Format: developer.hashicorp.com/terraform/language/syntax/json.
"""

import os
import re
from collections.abc import Iterator

from grantlint.model import Declarations, Fault, NotChecked
from grantlint.model.location import Source, Span, Unresolved
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.terraform.attributes import HOST_DEFAULTS
from grantlint.reader.formats.terraform.in_json.text import (
    SHOWN,
    Fields,
    elements,
    fields_of,
    hide_all_but,
    members,
    objects,
    roots,
    value_of,
    word,
)
from grantlint.reader.formats.terraform.module.beside import changed_by, is_override
from grantlint.reader.formats.terraform.resources import KINDS, Siblings, declare
from grantlint.reader.formats.terraform.values import NULL, STRING, Items, Scalar, Value
from grantlint.reader.tree.surroundings import as_written
from grantlint.reader.yaml.nodes import Node, ScalarNode, SequenceNode, span_of

FORMAT = "terraform"

_EXPRESSION = re.compile(r"[$%]\{")
_NAME = re.compile(r"\$\{\s*((?:var|local)\.[\w-]+)\s*\}\Z")
_OF_CLOUD_SQL = "google_sql_user"


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the declarations of a JSON configuration. One Declarations for each provider that its resources go to."""
    reading = _Reading(source)
    for root in roots(source):
        if isinstance(root, Fault):
            reading.of("").faults.append(root)
        else:
            reading.read(root)
    hide_all_but(source, reading.shown)
    return tuple(reading.found.values())


class _Resource(NamedTuple):
    """A resource, or a block in it."""

    reading: "_Reading"
    kind: str
    name: str
    span: Span
    fields: Fields

    @property
    def default_host(self) -> str:
        """The host that the provider takes for an absent one. okkez/mysql names accounts by `name`, and takes `%`."""
        other = "name" in self.fields or (self.kind == "mysql_default_roles" and "default_role" in self.fields)
        return "%" if other else HOST_DEFAULTS.get(self.kind, "%")

    def value(self, name: str) -> Value | None:
        """Return an attribute's value; None where it is absent or null."""
        node = self.fields.get(name)
        value = self.reading.resolved(value_of(self.reading.source, node)) if node is not None else None
        if value is None or (isinstance(value, Scalar) and value.kind == NULL):
            return None
        if name in SHOWN:
            self.reading.shown.append(value.span)
        return value

    def reference(self, name: str) -> None:
        """Return None: references are not followed here."""
        del name

    def blocks(self, kind: str) -> list["_Resource"]:
        """Return the blocks of one kind in it. An object, or an array of objects."""
        return [
            _Resource(self.reading, self.kind, self.name, span_of(self.reading.source, each), fields_of(each))
            for each in objects(self.fields.get(kind))
        ]


class _Reading:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.folder = os.path.dirname(source.path)
        self.found: dict[str, Declarations] = {}
        self.shown: list[Span] = []

    def read(self, root: Node) -> None:
        """Read the declarations of a file."""
        resources = [*self.resources(root)]
        siblings = Siblings(lambda kind: [each for each in resources if each.kind == kind])
        for each in resources:
            self.shown.append(each.span)
            to = self.of(self.server(each))
            changed = changed_by(self.source, each.kind, each.name)
            if changed or is_override(self.source.path):
                why = f"{as_written(changed)} may change it" if changed else "it changes one of another file"
                to.not_checked.append(NotChecked("resource", why, each.span))
            elif each.kind == _OF_CLOUD_SQL and each.value("host") is None:
                why = "the product of its instance is not looked up from JSON"
                to.not_checked.append(NotChecked("whether the account is one of MySQL", why, each.span))
            else:
                declare(each, siblings, to)
        for removed in _named(root, "removed"):
            if word(fields_of(removed).get("from")).split(".")[0] in KINDS:
                self.of("").removals += 1

    def resources(self, root: Node) -> Iterator[_Resource]:
        """Yield the resources of KINDS. Those of which there are none are left out."""
        for block in _named(root, "resource"):
            for kind, of_kind in members(block):
                for each in _objects(of_kind) if kind.value in KINDS else ():
                    for name, inside in members(each):
                        yield from self.bodies(kind.value, name, inside)

    def bodies(self, kind: str, name: ScalarNode, inside: Node) -> Iterator[_Resource]:
        """Yield the resources under a resource's name."""
        place = span_of(self.source, name)
        for body in _objects(inside):
            fields = fields_of(body)
            many = fields.get("count")
            if not (isinstance(many, ScalarNode) and many.value == "0"):
                yield _Resource(self, kind, name.value, place, fields)

    def server(self, resource: _Resource) -> str:
        """Return the name of a resource's server within the module. It is a provider's alias."""
        alias = word(resource.fields.get("provider")).strip("${} ")
        return alias if "." in alias and resource.kind != _OF_CLOUD_SQL else ""

    def resolved(self, value: Value) -> Value:
        """Return a value, unresolved where only a run could know it."""
        if isinstance(value, Items):
            return value._replace(values=[self.resolved(each) for each in value.values])
        if isinstance(value, Scalar) and value.kind == STRING and _EXPRESSION.search(value.text):
            name = _NAME.match(value.text)
            return Unresolved("an expression in JSON", *value.span, f"{self.folder}|{name[1]}" if name else "")
        return value

    def of(self, server: str) -> Declarations:
        """Return a server's declarations, made on first use."""
        if server not in self.found:
            unit = f"terraform:{self.folder or '.'} {server}".rstrip()
            self.found[server] = Declarations(FORMAT, self.source.path, unit=unit)
        return self.found[server]


def _objects(node: Node) -> Iterator[Node]:
    """Yield an object, or those of an array: a block may be written either way."""
    if isinstance(node, SequenceNode):
        for each in elements(node):
            yield from _objects(each)
    else:
        yield node


def _named(root: Node, kind: str) -> Iterator[Node]:
    """Yield the blocks of a kind at the top level."""
    for top in _objects(root):
        for key, value in members(top):
            if key.value == kind:
                yield from _objects(value)
