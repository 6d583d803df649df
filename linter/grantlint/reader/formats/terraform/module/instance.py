"""One instance of a resource, as for_each and count make them, and what the provider takes for an absent host."""

from collections.abc import Iterator

from grantlint.model.location import Span
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.terraform.attributes import HOST_DEFAULTS
from grantlint.reader.formats.terraform.hcl.expressions import evaluate
from grantlint.reader.formats.terraform.hcl.references import Scope
from grantlint.reader.formats.terraform.hcl.syntax import Block
from grantlint.reader.formats.terraform.values import NULL, Items, Scalar, Value, entries_of, identity


class Instance(NamedTuple):
    """One instance of a resource, or of a block in it. Its attributes stand in `scope`."""

    block: Block
    scope: Scope

    @property
    def kind(self) -> str:
        """The type of the resource."""
        return self.block.labels[0] if self.block.labels else ""

    @property
    def span(self) -> Span:
        """Where it begins: its type and name."""
        return self.block.header

    @property
    def default_host(self) -> str:
        """The provider's default host."""
        return default_host(self.block)

    def blocks(self, kind: str) -> list["Instance"]:
        """Return the blocks of one kind in it. A `dynamic` one stands for any number."""
        return [Instance(block, self.scope) for block in self.block.named(kind)]

    def reference(self, name: str) -> Span | None:
        """Return where an attribute names a database resource. None where it says anything else."""
        written = self.block.attributes.get(name)
        if written is None or not written.text.startswith("mysql_database."):
            return None
        return written.span

    def value(self, name: str) -> Value | None:
        """Return an attribute's value; None where it is not written, or null."""
        written = self.block.attributes.get(name)
        if written is None:
            return None
        value = evaluate(written, self.scope)
        return None if isinstance(value, Scalar) and value.kind == NULL else value


def default_host(block: Block) -> str:
    """Return the host that the provider takes for an absent one.

    okkez/mysql names accounts by `name`, and takes `%`.
    """
    kind = block.labels[0]
    other = "name" in block.attributes or (kind == "mysql_default_roles" and bool(block.named("default_role")))
    return "%" if other else HOST_DEFAULTS.get(kind, "%")


def turns_of(value: Value) -> Iterator[tuple[Value, Value]]:
    """Yield the keys and values that `for_each` goes through. Of a map, or of a set, where both are the same."""
    if isinstance(value, Items):
        once = {identity(item) or str(at): item for at, item in enumerate(value.values)}
        yield from ((item, item) for item in once.values())
    else:
        yield from entries_of(value)
