"""The files of one module: what stands beside a file in its folder, read when asked for, within limits."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from grantlint.model import Fault
from grantlint.model.location import Source, Span
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.terraform.hcl.syntax import Block, Document, Expression, attributes_of, blocks_of
from grantlint.reader.formats.terraform.in_json.text import fields_of, roots, value_of
from grantlint.reader.formats.terraform.module.beside import OVERRIDES, is_override, listed
from grantlint.reader.formats.terraform.values import Value
from grantlint.reader.leaf.secrets import hide_likely
from grantlint.reader.tree.surroundings import Found, UnreadError, read

SUFFIXES = (".tf", ".tofu")
_FIRST = ("terraform.tfvars", "terraform.tfvars.json")

_NAMES_OF_SECRETS = r"(?:passw(?:or)?d|secret|token|auth_string|private_key|credential)"
_SECRET = re.compile(
    rf"""^[ \t]*"?[\w-]{{0,100}}{_NAMES_OF_SECRETS}[\w-]{{0,100}}"?[ \t]*[=:][ \t]*(?P<value>[^\n]+)""",
    re.IGNORECASE | re.MULTILINE,
)
_REFERENCE = re.compile(r'"\$\{[^{}"]*\}"|[^"]*')
_SECRET_NAME = re.compile(_NAMES_OF_SECRETS, re.IGNORECASE)


class Parsed(NamedTuple):
    """A file with its blocks."""

    document: Document
    blocks: list[Block]


class Values(NamedTuple):
    """A file of variable values, in HCL (`attributes`) or in JSON (`literals`).

    `automatic`: Terraform reads it unasked; `unread`: why it was not read.
    """

    name: str
    attributes: dict[str, Expression]
    literals: Mapping[str, Value]
    unread: str = ""

    @property
    def automatic(self) -> bool:
        """Whether Terraform reads it unasked."""
        name = self.name.removesuffix(".json")
        return name == "terraform.tfvars" or name.endswith(".auto.tfvars")

    def place(self, variable: str) -> Span | None:
        """Return where a variable is set, None where it is not."""
        if variable in self.literals:
            return self.literals[variable].span
        return self.attributes[variable].span if variable in self.attributes else None


def parsed(source: Source) -> Parsed:
    """Return a file's blocks. What looks like a secret is hidden."""
    document = Document(source)
    blocks = blocks_of(document)
    hide_secrets(source, blocks)
    if document.root.has_error or document.given_up:
        hide_likely(source)
    return Parsed(document, blocks)


def hide_secrets(source: Source, blocks: list[Block]) -> None:
    """Hide the values of secret names, and such variables' defaults. A value that only refers to a secret stays."""
    for found in _SECRET.finditer(source.text):
        value = found["value"].strip()
        if not _REFERENCE.fullmatch(value.split(" #")[0].rstrip(", ")):
            source.hide(*found.span("value"))
    for block in blocks:
        if block.kind == "variable" and "default" in block.attributes and _SECRET_NAME.search("".join(block.labels)):
            span = block.attributes["default"].span
            source.hide(span.start, span.end)


class Beside(NamedTuple):
    """The other files of a module. `unread`: those that are not read, by name, and why."""

    files: list[Parsed]
    unread: dict[str, str]


def beside(source: Source) -> Beside:
    """Return the other files of a file's module. Empty for text that is in no file.

    Override files are not among them.
    """
    files, unread = listed(source, SUFFIXES, _parsed)
    return Beside([file for name, file in files if not is_override(name)], unread)


def overrides(source: Source) -> Beside:
    """Return the override files of the module, in order. Each changes what those before it left."""
    files, unread = listed(source, OVERRIDES[:2], _parsed)
    return Beside([file for name, file in files if is_override(name)], unread)


def variable_values(source: Source) -> list[Values]:
    """Return the variable values files of a folder, in Terraform's order."""
    found, unread = listed(source, (".tfvars", ".tfvars.json"), _values)
    files = [Values(name, {}, {}, why) for name, why in unread.items()]
    files += [values._replace(name=name) for name, values in found]
    return sorted(files, key=lambda each: (each.name not in _FIRST, each.name))


@lru_cache(maxsize=512)
def _values(found: Found) -> Values:
    """Return what a file sets; raises UnreadError."""
    if not found.path.endswith(".json"):
        document = _parsed(found).document
        body = next((node for node in document.root.children if node.type == "body"), None)
        return Values("", attributes_of(document, body) if body else {}, {})
    source = read(found)
    source.hide(0, len(source.text))
    literals: dict[str, Value] = {}
    for root in roots(source):
        if isinstance(root, Fault):
            raise UnreadError("is not valid JSON")
        literals |= {name: value_of(source, node) for name, node in fields_of(root).items()}
    return Values("", {}, literals)


@lru_cache(maxsize=512)
def _parsed(found: Found) -> Parsed:
    return parsed(read(found))


class Overrides:
    """The blocks of a module's override files. In the order of the files' names.

    An argument takes the place of its namesake, a nested block of all of its kind; `locals` go by name. Source:
    developer.hashicorp.com/terraform/language/files/override.
    """

    __slots__ = ("_by_header", "locals")

    def __init__(self, files: Iterable[Parsed]) -> None:
        self.locals: list[Block] = []
        self._by_header: dict[tuple[str, ...], list[Block]] = {}
        for block in (block for each in files for block in each.blocks):
            if block.kind == "locals":
                self.locals.insert(0, block)  # the last file has the last word
            else:
                self._by_header.setdefault((block.kind, *block.labels), []).append(block)

    def applied(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Yield blocks of other files as they are after all changes."""
        for block in blocks:
            changed = block
            for change in self._by_header.get((block.kind, *block.labels), ()):
                changed = _merged(changed, change)
            yield changed


def _merged(block: Block, change: Block) -> Block:
    replaced = {*map(_kind, change.blocks)}
    kept = [inner for inner in block.blocks if _kind(inner) not in replaced]
    return block._replace(attributes={**block.attributes, **change.attributes}, blocks=[*kept, *change.blocks])


def _kind(block: Block) -> str:
    """Return what a nested block is; a `dynamic` one is what it makes."""
    return block.labels[0] if block.kind == "dynamic" and block.labels else block.kind
