"""One module, the folder of a file: its variables, locals and resources, and the instances of a resource."""

import os
from collections.abc import Iterable, Iterator
from itertools import count, islice

from grantlint.model.location import Source, Span, Unresolved
from grantlint.reader.formats.terraform.attributes import HOST_DEFAULTS
from grantlint.reader.formats.terraform.hcl.expressions import ENDLESS, evaluate
from grantlint.reader.formats.terraform.hcl.references import Path, Scope
from grantlint.reader.formats.terraform.hcl.syntax import Block, Expression
from grantlint.reader.formats.terraform.module.beside import is_override
from grantlint.reader.formats.terraform.module.by_key import ByKey
from grantlint.reader.formats.terraform.module.callers import set_by_calls
from grantlint.reader.formats.terraform.module.files import (
    Beside,
    Overrides,
    Parsed,
    Values,
    beside,
    overrides,
    variable_values,
)
from grantlint.reader.formats.terraform.module.instance import Instance, default_host, turns_of
from grantlint.reader.formats.terraform.module.outside import NAMES, VARIABLES, is_set_outside
from grantlint.reader.formats.terraform.values import NULL, NUMBER, STRING, Members, Scalar, Value, identity
from grantlint.reader.tree.surroundings import as_written

MAX_INSTANCES = 1000
MAX_CHAIN = 5
MAX_EXPRESSIONS = 50_000
"""So many are evaluated for one file, and more for a large one: references can repeat each other without end."""

_numbers = count()


class Module:
    """The names of one module."""

    def __init__(self, source: Source, own: Parsed) -> None:
        self.source = source
        self.name = os.path.dirname(source.path)
        self._left = MAX_EXPRESSIONS + 2 * len(own.document.data)
        self._files: Beside | None = None
        self._given: list[Values] | None = None
        self._blocks: dict[tuple[str, ...], Block] = {}
        self._values: dict[str, Value] = {}
        self._under_way: set[int] = set()  # resources whose instances are being worked out
        self._instances_of: dict[tuple[int, int], list[Instance]] = {}  # by resource and depth
        self._keyed: dict[tuple[int, int], ByKey] = {}
        self._attributes: dict[tuple[int, str, str, int], Value | None] = {}  # by resource, instance, name and depth
        self._attributes_under_way: set[tuple[int, str]] = set()
        changes = overrides(source)
        self.unread = changes.unread
        """The files that were looked for and are not read, by name, and why."""
        self._overrides = Overrides(changes.files)
        if is_override(source.path):
            self.blocks = own.blocks
        else:
            self._index(self._overrides.locals)
            self.blocks = [*self._overrides.applied(own.blocks)]
            """Those of the file itself, as override files leave them."""
            self._index(self.blocks)

    @property
    def scope(self) -> Scope:
        """The scope outside of any instance."""
        return Scope(self, {})

    def spend(self) -> bool:
        """Count an expression."""
        self._left -= 1
        return self._left > 0

    def leave(self, span: Span, limit: str) -> None:
        """Note a limit that keeps an expression from being read. In another file: as what this one refers to."""
        if span.source is self.source:
            self.source.leave_unread(span.start, span.end, limit)
        else:
            self.source.leave_unread(0, 1, f"in {as_written(span.source.path)}, which this file refers to, {limit}")

    def resources(self, kind: str) -> Iterator[Block]:
        """Yield the resources of one type in all files of the module."""
        self._load()
        for key, block in self._blocks.items():
            if key[:2] == ("resource", kind):
                yield block

    def instances_of_kind(self, kind: str) -> list[Instance]:
        """Return the instances of all resources of a type."""
        return [one for block in self.resources(kind) for one in self.instances(block)]

    def forget(self) -> None:
        """Let go of the instances.

        Their scopes lead back here, and a run collects nothing that leads in a circle.
        """
        self._instances_of.clear()
        self._keyed.clear()
        self._attributes.clear()

    def has(self, block: Block) -> bool:
        """Whether another file of the module has a block so named."""
        return self._block(block.kind, *block.labels) is not None

    def look_up(self, path: Path, scope: Scope) -> Value | None:
        """Return the value of a reference. None where the module says nothing of it."""
        name = path.name(0)
        if not name:
            return None
        if path.root in {"var", "local"}:
            return path.rest(self._value(path, name, scope), 1)
        block = self._block("resource", path.root, name)
        return self._of_resource(block, path, scope) if block else None

    def instances(self, block: Block, depth: int = 0) -> list[Instance]:
        """Return the instances of a resource. One that stands for all where their number is not known."""
        if id(block) in self._under_way:  # it refers to itself, which Terraform refuses
            key = Unresolved("it refers to itself", *block.header)
            return [Instance(block, self._in_turn(block, key, self.scope._replace(depth=depth)))]
        known = self._instances_of.get((id(block), depth))
        if known is None:
            self._under_way.add(id(block))
            known = self._instances_of[id(block), depth] = self._worked_out(block, depth)
            self._under_way.discard(id(block))
        return known

    def _worked_out(self, block: Block, depth: int) -> list[Instance]:
        scope = self.scope._replace(depth=depth)
        for_each, number = block.attributes.get("for_each"), block.attributes.get("count")
        if for_each is not None:
            chained = self._chained(block, for_each, scope)
            if chained is not None:
                return chained
            value = evaluate(for_each, scope)
            text = "".join(for_each.text.split())
            turns = list(islice(turns_of(value), MAX_INSTANCES + 1))
            if len(turns) > MAX_INSTANCES:
                self._leave(for_each)
                del turns[MAX_INSTANCES:]
            if isinstance(value, Unresolved | Scalar) or (
                not turns and is_set_outside(for_each, VARIABLES, self._behind)
            ):  # who sets the variable fills it
                key = Unresolved("a key of a loop", *value.span, f"{self.name}|{text}|each.key")
                return [Instance(block, self._in_turn(block, key, scope))]
            return [Instance(block, self._in_turn(block, key, scope, inner)) for key, inner in turns]
        if number is not None:
            value = evaluate(number, scope)
            if isinstance(value, Scalar) and value.text.isascii() and value.text.isdigit():
                # 0 by a condition on a variable: some call the module with 1.
                many = int(value.text[:9]) or is_set_outside(number, NAMES, self._behind)
                if many > MAX_INSTANCES:
                    self._leave(number)
                keys = [Scalar(str(at), NUMBER, *value.span) for at in range(min(many, MAX_INSTANCES))]
                return [Instance(block, self._in_turn(block, key, scope)) for key in keys]
            span, text = number.span, "".join(number.text.split())
            key = Unresolved("a number that only a run knows", *span, f"{self.name}|{text}|count.index")
            return [Instance(block, self._in_turn(block, key, scope))]
        return [Instance(block, scope)]

    def _leave(self, number: Expression) -> None:
        self.leave(number.span, f"a resource has more than {MAX_INSTANCES:,} instances")

    def _chained(self, block: Block, for_each: Expression, scope: Scope) -> list[Instance] | None:
        """Return one instance for each of another resource, where `for_each` names one; None where it does not."""
        kind, _, name = for_each.text.partition(".")
        source = self._block("resource", kind, name)
        if source is None or source is block or "for_each" not in source.attributes or scope.depth > MAX_CHAIN:
            return None
        made: list[Instance] = []
        for one in self.instances(source, scope.depth + 1):
            each = one.scope.bound.get("each")
            if not isinstance(each, Members):
                return None
            values = {
                attribute: value for attribute in source.attributes if (value := one.value(attribute)) is not None
            }
            if kind in HOST_DEFAULTS:
                values.setdefault("host", Scalar(default_host(source), STRING, *source.header))
            whole = Members(values, {}, *source.header)
            made.append(Instance(block, self._in_turn(block, each.values["key"], scope, whole)))
        return made

    def _in_turn(self, block: Block, key: Value, scope: Scope, value: Value | None = None) -> Scope:
        """Return the scope of one turn of `for_each` or `count`."""
        over = block.attributes.get("for_each", block.attributes.get("count"))
        text = "".join(over.text.split()) if over else ""
        instance = f"{text}|{identity(key) or next(_numbers)}"
        if "for_each" not in block.attributes:
            bound: dict[str, Value] = {"count": Members({"index": key}, {}, *key.span)}
        else:
            each = Unresolved("a value of a loop", *key.span, f"{self.name}|{instance}|each.value")
            bound = {"each": Members({"key": key, "value": each if value is None else value}, {}, *key.span)}
        return scope._replace(bound=bound, instance=instance)

    def _of_resource(self, block: Block, path: Path, scope: Scope) -> Value | None:
        """Return an attribute of a resource, of the instance that an index names."""
        at, which = 1, ""
        several = "for_each" in block.attributes or "count" in block.attributes
        if several:
            if len(path.steps) < 3 and not (len(path.steps) == 2 and isinstance(path.steps[1], Scalar)):  # noqa: PLR2004 - a step into the value itself
                return None
            key = path.steps[1]
            at, which = 2, identity(key) or f" {next(_numbers)}"
            instance = self._instance(block, key, scope)
            if instance is None:
                return None
        else:
            instance = Instance(block, self.scope._replace(depth=scope.depth))
        name = path.name(at)
        if not name:
            return None
        value = self._attribute(instance, which, name)
        if value is None and name == "host" and block.labels[0] in HOST_DEFAULTS:
            value = Scalar(default_host(block), STRING, *path.span)
        return None if value is None else path.rest(value, at + 1)

    def _attribute(self, instance: Instance, which: str, name: str) -> Value | None:
        """Return an attribute that is referred to, worked out once however often that is."""
        block, depth = instance.block, instance.scope.depth
        if (id(block), name) in self._attributes_under_way:
            return Unresolved(ENDLESS, *block.attributes[name].span)
        key = (id(block), which, name, depth)
        if key not in self._attributes:
            self._attributes_under_way.add((id(block), name))
            self._attributes[key] = instance.value(name)
            self._attributes_under_way.discard((id(block), name))
        return self._attributes[key]

    def _instance(self, block: Block, key: Value, scope: Scope) -> Instance | None:
        known = self._known_instances(block, scope.depth + 1)
        instance = known.of(key)
        if instance is None and known.is_open:
            return Instance(block, self._in_turn(block, key, self.scope._replace(depth=scope.depth + 1)))
        return instance

    def _known_instances(self, block: Block, depth: int) -> ByKey:
        """Return the instances of a resource by their keys; those that are being worked out are not kept."""
        if id(block) in self._under_way:
            return ByKey(self.instances(block, depth))
        known = self._keyed.get((id(block), depth))
        if known is None:
            known = self._keyed[id(block), depth] = ByKey(self.instances(block, depth))
        return known

    def _value(self, path: Path, name: str, scope: Scope) -> Value:
        """Return a variable or local; each is worked out once."""
        address = f"{path.root}.{name}"
        known = self._values.get(address)
        if known is None:
            self._values[address] = Unresolved("it refers to itself", *path.span)
            found = self._local(name, scope) if path.root == "local" else self._variable(name, scope)
            known = found or Unresolved(f"{address} is not set here", *path.span)
            self._values[address] = known
        if isinstance(known, Unresolved):
            return Unresolved(known.reason, *path.span, known.same or f"{self.name}|{address}")
        return known

    def _local(self, name: str, scope: Scope) -> Value | None:
        behind = self._behind(name)
        return evaluate(behind, self._outside(scope)) if behind else None

    def _behind(self, name: str) -> Expression | None:
        block = self._block("locals", name)
        return block.attributes[name] if block and self.spend() else None

    def _variable(self, name: str, scope: Scope) -> Value | None:
        """Return what a variable is where nobody sets it on the command line.

        Terraform takes terraform.tfvars and *.auto.tfvars unasked, the last wins; any other file that sets the
        variable makes it unknown.
        """
        if self._given is None:
            self._given = variable_values(self.source)
        block = self._block("variable", name)
        unread = next((values for values in self._given if values.unread), None)
        if unread and block:
            return Unresolved(f"var.{name} depends on {unread.name}, which {unread.unread}", *block.header)
        given = [(values, place) for values in self._given if (place := values.place(name))]
        other = next((values.name for values, _ in given if not values.automatic), None)
        if other:
            return Unresolved(
                f"var.{name} depends on whether {other} is given", *(block.header if block else given[0][1])
            )
        if given:
            values, _ = given[-1]
            if name in values.attributes:
                return evaluate(values.attributes[name], self._outside(scope))
            return values.literals[name]
        return self._default(name, block, scope) if block else None

    def _default(self, name: str, block: Block, scope: Scope) -> Value | None:
        default = block.attributes.get("default")
        if default is None:
            return None
        value = evaluate(default, self._outside(scope))
        if isinstance(value, Scalar) and (value.kind == NULL or not value.text):
            return None  # whoever calls the module fills it in
        if name in set_by_calls(self.source):
            return Unresolved(f"a call of this module sets var.{name}", *block.header)
        return value

    def _outside(self, scope: Scope) -> Scope:
        return self.scope._replace(depth=scope.depth)

    def _block(self, *key: str) -> Block | None:
        found = self._blocks.get(key)
        if found is None:
            self._load()
            found = self._blocks.get(key)
        return found

    def _load(self) -> None:
        if self._files is None:
            self._files = beside(self.source)
            self.unread |= self._files.unread
            for each in self._files.files:
                self._index(self._overrides.applied(each.blocks))

    def _index(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if block.kind == "locals":
                for name in block.attributes:
                    self._blocks.setdefault(("locals", name), block)
            else:
                self._blocks.setdefault((block.kind, *block.labels), block)
