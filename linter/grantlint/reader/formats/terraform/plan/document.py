"""A plan or state as `terraform show -json` writes it: every value known except what only applying it will tell.

What the planned state holds is declared, what the plan only deletes is a removal. Such a file repeats secrets in many
places (variables, what was before, other resources), so all of it is hidden but what accounts are made of.
Format: developer.hashicorp.com/terraform/internals/json-format, version 1.
"""

import os
import re
from collections.abc import Iterator
from functools import cached_property

from grantlint.model import Declarations, Fault
from grantlint.model.location import Source, Span, Unresolved
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.terraform.in_json.text import (
    SHOWN,
    Fields,
    elements,
    fields_of,
    hide_all_but,
    objects,
    roots,
    value_of,
    word,
)
from grantlint.reader.formats.terraform.resources import KINDS, Siblings, declare
from grantlint.reader.formats.terraform.values import NULL, Scalar, Value
from grantlint.reader.yaml.nodes import Node, ScalarNode, SequenceNode, span_of

FORMAT = "terraform-plan"

_INDEX = re.compile(r"\[(?:\"(?:[^\"\\]|\\.)*\"|\d+)\]")


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the declarations of a plan or state. One Declarations for each provider that its resources go to."""
    found: list[Declarations] = []
    shown: list[Span] = []
    for root in roots(source):
        if isinstance(root, Fault):
            declarations = Declarations(FORMAT, source.path)
            declarations.faults.append(root)
            found.append(declarations)
        else:
            plan = _Plan(source, root)
            found += plan.declarations()
            shown += plan.shown
    hide_all_but(source, shown)
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
        """The host that okkez/mysql takes for an absent one. The others write theirs into the plan."""
        return "%"

    def value(self, name: str) -> Value | None:
        """Return an attribute's value; None where it is absent or null."""
        unknown = self.unknown.get(name)
        if isinstance(unknown, ScalarNode) and unknown.value == "true":
            return Unresolved("known only after apply", *self.span)
        node = self.fields.get(name)
        value = value_of(self.plan.source, node) if node is not None else None
        if value is None or (isinstance(value, Scalar) and value.kind == NULL):
            return None
        if name in SHOWN:
            if name in self.sensitive:  # true, or for each part that is
                return Unresolved("marked as sensitive", *value.span)
            self.plan.shown.append(value.span)
        return value

    def reference(self, name: str) -> None:
        """Return None: references are not followed here."""
        del name

    def blocks(self, kind: str) -> list["_Resource"]:
        """Return the blocks of one kind in it."""
        return [
            _Resource(self.plan, self.kind, span_of(self.plan.source, each), fields_of(each), {}, {})
            for each in objects(self.fields.get(kind))
        ]


class _Plan:
    """One document: its resources by module, and what else it says of them."""

    def __init__(self, source: Source, root: Node) -> None:
        self.source = source
        self.top = fields_of(root)
        self.shown: list[Span] = []

    def declarations(self) -> list[Declarations]:
        """Return the declared and removed accounts and grants."""
        found: dict[str, Declarations] = {}
        siblings = Siblings(lambda kind: [each for _, each in self.resources if each.kind == kind])
        for address, resource in self.resources:
            if resource.kind == "google_sql_user" and not self._is_of_mysql(resource):
                continue
            to = self._of(found, self.providers.get(_INDEX.sub("", address), ""))
            self.shown.append(resource.span)
            declare(resource, siblings, to)
        for fields in map(fields_of, elements(self.top.get("resource_changes"))):
            actions = [word(each) for each in elements(fields_of(fields.get("change")).get("actions"))]
            if word(fields.get("type")) in KINDS and actions == ["delete"]:
                self._of(found, "").removals += 1
        return [*found.values()]

    def _is_of_mysql(self, user: _Resource) -> bool:
        """Whether a user of Cloud SQL is one of MySQL: only those have a host."""
        if word(user.fields.get("host")) not in {"", "null"}:
            return True
        return self.instances.get(word(user.fields.get("instance")), "").startswith("MYSQL")

    @cached_property
    def instances(self) -> dict[str, str]:
        """The product and version of each Cloud SQL instance, by its name."""
        changes = [fields_of(fields_of(each).get("change")) for each in elements(self.top.get("resource_changes"))]
        values = [fields_of(each.get("after")) for each in changes]
        return {word(each.get("name")): word(each["database_version"]) for each in values if "database_version" in each}

    @cached_property
    def resources(self) -> list[tuple[str, _Resource]]:
        """The resources of KINDS in the planned state, with their addresses. Or in the state."""
        values = fields_of(self.top.get("planned_values", self.top.get("values")))
        return list(self._in_module(values.get("root_module")))

    @cached_property
    def unknown(self) -> dict[str, Fields]:
        """The values known only after applying, by resource address."""
        changes = [fields_of(each) for each in elements(self.top.get("resource_changes"))]
        return {
            word(each.get("address")): fields_of(fields_of(each.get("change")).get("after_unknown")) for each in changes
        }

    @cached_property
    def providers(self) -> dict[str, str]:
        """The provider aliases of resources, by address without indexes."""
        root = fields_of(self.top.get("configuration")).get("root_module")
        return dict(self._providers(root, ""))

    def _in_module(self, module: Node | None) -> Iterator[tuple[str, _Resource]]:
        fields = fields_of(module)
        for each in map(fields_of, elements(fields.get("resources"))):
            kind, address = word(each.get("type")), each.get("address")
            if kind in KINDS and address is not None and word(each.get("mode")) in {"managed", ""}:
                name = word(address)
                unknown = self.unknown.get(name, {})
                place = span_of(self.source, address)
                sensitive = {
                    key: node for key, node in fields_of(each.get("sensitive_values")).items() if _is_marked(node)
                }
                yield name, _Resource(self, kind, place, fields_of(each.get("values")), unknown, sensitive)
        for child in elements(fields.get("child_modules")):
            yield from self._in_module(child)

    def _providers(self, module: Node | None, prefix: str) -> Iterator[tuple[str, str]]:
        fields = fields_of(module)
        for each in map(fields_of, elements(fields.get("resources"))):
            key = word(each.get("provider_config_key")).rpartition(":")[2]
            if "." in key:
                yield prefix + word(each.get("address")), key
        for name, call in fields_of(fields.get("module_calls")).items():
            yield from self._providers(fields_of(call).get("module"), f"{prefix}module.{name}.")

    def _of(self, found: dict[str, Declarations], server: str) -> Declarations:
        if server not in found:
            unit = f"terraform-plan:{os.path.normpath(self.source.path)} {server}".rstrip()
            found[server] = Declarations(FORMAT, self.source.path, unit=unit)
        return found[server]


def _is_marked(node: Node) -> bool:
    """Whether a value, or a part of it, is sensitive: `true`, or lists and objects with it."""
    if isinstance(node, SequenceNode):
        return any(map(_is_marked, elements(node)))
    return word(node) == "true" or any(map(_is_marked, fields_of(node).values()))
