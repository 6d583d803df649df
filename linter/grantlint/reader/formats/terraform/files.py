"""The files of one module: what stands beside a file in its folder, read when asked for, within limits."""

import os
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar

from tree_sitter import Node

from grantlint.model import Fault
from grantlint.model.location import Source, Span
from grantlint.reader.formats.terraform.json_text import fields_of, roots, value_of
from grantlint.reader.formats.terraform.syntax import Block, Document, attributes_of, blocks_of
from grantlint.reader.formats.terraform.values import Value
from grantlint.reader.leaf.secrets import hide_likely
from grantlint.reader.tree.surroundings import Found, UnreadError, read, surroundings_of

SUFFIXES = (".tf", ".tofu")
MAX_FILES = 200
MAX_BYTES = 1 << 19

T = TypeVar("T")

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
    """A file of variable values, in HCL (`document`, `attributes`) or in JSON (`literals`).

    `automatic`: Terraform reads it unasked; `unread`: why it was not read.
    """

    name: str
    document: Document | None
    attributes: dict[str, Node]
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
        node = self.attributes.get(variable)
        return self.document.span(node) if self.document and node else None


def parsed(source: Source) -> Parsed:
    """Return a file's blocks, with what looks like a secret hidden."""
    document = Document(source)
    blocks = blocks_of(document)
    hide_secrets(source, blocks)
    if document.root.has_error or document.given_up:
        hide_likely(source)
    return Parsed(document, blocks)


def hide_secrets(source: Source, blocks: list[Block]) -> None:
    """Hide what is written after a secret's name, unless it only refers to one; and defaults of such variables."""
    for found in _SECRET.finditer(source.text):
        value = found["value"].strip()
        if not _REFERENCE.fullmatch(value.split(" #")[0].rstrip(", ")):
            source.hide(*found.span("value"))
    for block in blocks:
        if block.kind == "variable" and "default" in block.attributes and _SECRET_NAME.search("".join(block.labels)):
            span = block.document.span(block.attributes["default"])
            source.hide(span.start, span.end)


class Beside(NamedTuple):
    """The other files of a module; `unread`: those that are not read, by name, and why."""

    files: list[Parsed]
    unread: dict[str, str]


def beside(source: Source) -> Beside:
    """Return the other files of the module that a file belongs to; none for text that is in no file."""
    files, unread = _listed(source, SUFFIXES, _parsed)
    return Beside([file for _, file in files], unread)


def variable_values(source: Source) -> list[Values]:
    """Return the files of variable values in the folder of a file, in the order in which Terraform reads them."""
    found, unread = _listed(source, (".tfvars", ".tfvars.json"), _values)
    files = [Values(name, None, {}, {}, why) for name, why in unread.items()]
    files += [values._replace(name=name) for name, values in found]
    return sorted(files, key=lambda each: (each.name not in _FIRST, each.name))


@lru_cache(maxsize=256)
def _values(found: Found) -> Values:
    """Return what a file sets; raises UnreadError."""
    if not found.path.endswith(".json"):
        document = _parsed(found).document
        body = next((node for node in document.root.children if node.type == "body"), None)
        return Values("", document, attributes_of(document, body) if body else {}, {})
    source = read(found)
    source.hide(0, len(source.text))
    literals: dict[str, Value] = {}
    for root in roots(source):
        if isinstance(root, Fault):
            raise UnreadError("is not valid JSON")
        literals |= {name: value_of(source, node) for name, node in fields_of(root).items()}
    return Values("", None, {}, literals)


def _listed(
    source: Source, suffixes: tuple[str, ...], parse: Callable[[Found], T]
) -> tuple[list[tuple[str, T]], dict[str, str]]:
    """Return the other files of a folder by name, and those that are not read, each with the reason."""
    around, own = surroundings_of(source), os.path.basename(source.path)
    files: list[tuple[str, T]] = []
    unread: dict[str, str] = {}
    try:
        entries = around.listed(around.folder)
    except UnreadError as error:
        return [], {os.path.join(around.folder, ""): str(error)}
    for entry in entries:
        if entry.name.endswith(suffixes) and entry.name != own and not entry.is_folder:
            if len(files) == MAX_FILES:
                unread[entry.name] = f"is not read, as more than {MAX_FILES} files belong here"
                break
            try:
                found = around.find(os.path.join(around.folder, entry.name), MAX_BYTES)
                if found is not None:
                    files.append((entry.name, parse(found)))
            except UnreadError as error:
                unread[entry.name] = str(error)
    return files, unread


@lru_cache(maxsize=256)
def _parsed(found: Found) -> Parsed:
    return parsed(read(found))
