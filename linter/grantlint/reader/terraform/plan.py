"""A plan or state as `terraform show -json` writes it: every value known except what only applying it will tell.

What the planned state holds is declared, what the plan only deletes is a removal. Such a file repeats secrets in many
places (variables, what was before, other resources), so all of it is hidden but what accounts are made of.
Format: developer.hashicorp.com/terraform/internals/json-format, version 1.
"""

import os
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, cast

from grantlint.location import Source, Span, Unresolved
from grantlint.model import Declarations, Fault
from grantlint.reader.terraform.resources import KINDS, Siblings, declare
from grantlint.reader.terraform.values import BOOL, NULL, NUMBER, STRING, Items, Members, Scalar, Value
from grantlint.reader.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, documents, span_of

FORMAT = "terraform-plan"

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_INDEX = re.compile(r"\[(?:\"(?:[^\"\\]|\\.)*\"|\d+)\]")
_SHOWN = frozenset(
    ("user", "name", "host", "role", "roles", "database", "table", "privileges", "priv_type", "columns", "grant")
)

Fields = Mapping[str, Node]


def read(source: Source) -> tuple[Declarations, ...]:
    """Return what a plan or state declares, one Declarations for each provider that its resources go to."""
    # YAML takes JSON as it is, except for halves of characters, which mean nothing for an account.
    readable = Source(source.path, _SURROGATE.sub(r"\\ufffd", source.text))
    found: list[Declarations] = []
    shown: list[Span] = []
    for root in documents(readable):
        if isinstance(root, Fault):
            declarations = Declarations(FORMAT, source.path)
            declarations.faults.append(root._replace(span=Span(source, root.span.start, root.span.end)))
            found.append(declarations)
        else:
            plan = _Plan(source, root)
            found += plan.declarations()
            shown += plan.shown
    _hide_all_but(source, shown)
    return tuple(found)


class _Resource(NamedTuple):
    """A resource of the planned state, or a block in it."""

    plan: "_Plan"
    kind: str
    span: Span
    fields: Fields
    unknown: Fields  # what only applying the plan will tell
    sensitive: Fields  # what is never to be shown

    @property
    def default_host(self) -> str:
        """What okkez/mysql takes for an absent host; the others write theirs into the plan."""
        return "%"

    def value(self, name: str) -> Value | None:
        """Return an attribute's value; None where it is absent or null."""
        unknown = self.unknown.get(name)
        if isinstance(unknown, ScalarNode) and unknown.value == "true":
            return Unresolved("known only after apply", *self.span)
        node = self.fields.get(name)
        value = self.plan.value(node) if node is not None else None
        if value is None or (isinstance(value, Scalar) and value.kind == NULL):
            return None
        if name in _SHOWN:
            if name in self.sensitive:  # true, or for each part that is
                return Unresolved("marked as sensitive", *value.span)
            self.plan.shown.append(value.span)
        return value

    def blocks(self, kind: str) -> list["_Resource"]:
        """Return the blocks of one kind in it."""
        node = self.fields.get(kind)
        inside = _elements(node) if isinstance(node, SequenceNode) else [node] if node is not None else []
        return [
            _Resource(self.plan, self.kind, span_of(self.plan.source, each), _fields(each), {}, {})
            for each in inside
            if isinstance(each, MappingNode)
        ]


class _Plan:
    """One document: its resources by module, and what else it says of them."""

    def __init__(self, source: Source, root: Node) -> None:
        self.source = source
        self.top = _fields(root)
        self.shown: list[Span] = []

    def declarations(self) -> list[Declarations]:
        """Return what is declared and removed."""
        found: dict[str, Declarations] = {}
        siblings = Siblings(lambda kind: [each for _, each in self.resources if each.kind == kind])
        for address, resource in self.resources:
            if resource.kind == "google_sql_user" and not self._is_of_mysql(resource):
                continue
            to = self._of(found, self.providers.get(_INDEX.sub("", address), ""))
            self.shown.append(resource.span)
            declare(resource, siblings, to)
        for fields in map(_fields, _elements(self.top.get("resource_changes"))):
            actions = [_word(each) for each in _elements(_fields(fields.get("change")).get("actions"))]
            if _word(fields.get("type")) in KINDS and actions == ["delete"]:
                self._of(found, "").removals += 1
        return [*found.values()]

    def _is_of_mysql(self, user: _Resource) -> bool:
        """Whether a user of Cloud SQL is on an instance of MySQL, or has a host, which the others know none of."""
        if _word(user.fields.get("host")) not in {"", "null"}:
            return True
        return self.instances.get(_word(user.fields.get("instance")), "").startswith("MYSQL")

    @cached_property
    def instances(self) -> dict[str, str]:
        """The product and version of each Cloud SQL instance, by its name."""
        changes = [_fields(_fields(each).get("change")) for each in _elements(self.top.get("resource_changes"))]
        values = [_fields(each.get("after")) for each in changes]
        return {
            _word(each.get("name")): _word(each["database_version"]) for each in values if "database_version" in each
        }

    @cached_property
    def resources(self) -> list[tuple[str, _Resource]]:
        """The resources of KINDS in the planned state, or in the state, each with its address."""
        values = _fields(self.top.get("planned_values", self.top.get("values")))
        return list(self._in_module(values.get("root_module")))

    @cached_property
    def unknown(self) -> dict[str, Fields]:
        """What only applying the plan will tell, by the address of the resource."""
        changes = [_fields(each) for each in _elements(self.top.get("resource_changes"))]
        return {
            _word(each.get("address")): _fields(_fields(each.get("change")).get("after_unknown")) for each in changes
        }

    @cached_property
    def providers(self) -> dict[str, str]:
        """The alias of the provider of each resource that has one, by its address without indexes."""
        root = _fields(self.top.get("configuration")).get("root_module")
        return dict(self._providers(root, ""))

    def value(self, node: Node) -> Value:
        """Return a node of JSON as a value."""
        span = span_of(self.source, node)
        if isinstance(node, ScalarNode):
            if node.style == '"':
                return Scalar(node.value, STRING, *span)
            kind = NULL if node.value == "null" else BOOL if node.value in {"true", "false"} else NUMBER
            return Scalar(node.value, kind, *span)
        if isinstance(node, SequenceNode):
            return Items([self.value(each) for each in _elements(node)], *span)
        return Members({name: self.value(each) for name, each in _fields(node).items()}, {}, *span)

    def _in_module(self, module: Node | None) -> Iterator[tuple[str, _Resource]]:
        fields = _fields(module)
        for each in map(_fields, _elements(fields.get("resources"))):
            kind, address = _word(each.get("type")), each.get("address")
            if kind in KINDS and address is not None and _word(each.get("mode")) in {"managed", ""}:
                name = _word(address)
                unknown = self.unknown.get(name, {})
                place = span_of(self.source, address)
                sensitive = {
                    key: node for key, node in _fields(each.get("sensitive_values")).items() if _is_marked(node)
                }
                yield name, _Resource(self, kind, place, _fields(each.get("values")), unknown, sensitive)
        for child in _elements(fields.get("child_modules")):
            yield from self._in_module(child)

    def _providers(self, module: Node | None, prefix: str) -> Iterator[tuple[str, str]]:
        fields = _fields(module)
        for each in map(_fields, _elements(fields.get("resources"))):
            key = _word(each.get("provider_config_key")).rpartition(":")[2]
            if "." in key:
                yield prefix + _word(each.get("address")), key
        for name, call in _fields(fields.get("module_calls")).items():
            yield from self._providers(_fields(call).get("module"), f"{prefix}module.{name}.")

    def _of(self, found: dict[str, Declarations], server: str) -> Declarations:
        if server not in found:
            unit = f"terraform-plan:{os.path.normpath(self.source.path)} {server}".rstrip()
            found[server] = Declarations(FORMAT, self.source.path, unit=unit)
        return found[server]


def _fields(node: Node | None) -> Fields:
    if not isinstance(node, MappingNode):
        return {}
    pairs = cast("list[tuple[Node, Node]]", node.value)
    return {key.value: value for key, value in pairs if isinstance(key, ScalarNode)}


def _elements(node: Node | None) -> list[Node]:
    return cast("list[Node]", node.value) if isinstance(node, SequenceNode) else []


def _is_marked(node: Node) -> bool:
    """Whether a value, or a part of it, is sensitive: `true`, or lists and objects with it."""
    if isinstance(node, SequenceNode):
        return any(map(_is_marked, _elements(node)))
    return _word(node) == "true" or any(map(_is_marked, _fields(node).values()))


def _word(node: Node | None) -> str:
    return node.value if isinstance(node, ScalarNode) else ""


def _hide_all_but(source: Source, shown: list[Span]) -> None:
    at = 0
    for span in sorted(set(shown), key=lambda each: each.start):
        source.hide(at, span.start)
        at = max(at, span.end)
    source.hide(at, len(source.text))
