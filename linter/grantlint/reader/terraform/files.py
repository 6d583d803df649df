"""The files of one module: what stands beside a file in its folder, read when asked for, within limits."""

import os
import re
from functools import lru_cache
from typing import NamedTuple

from tree_sitter import Node

from grantlint.location import Source
from grantlint.reader.secrets import hide_likely
from grantlint.reader.terraform.syntax import Block, Document, attributes_of, blocks_of

SUFFIXES = (".tf", ".tofu")
MAX_FILES = 200
MAX_BYTES = 1 << 19

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
    """A file of variable values; `automatic`: Terraform reads it unasked."""

    name: str
    automatic: bool
    document: Document
    attributes: dict[str, Node]


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


def beside(path: str) -> list[Parsed]:
    """Return the other files of the module that a file belongs to; none for text that is in no file."""
    folder, own = os.path.split(path)
    return [_parsed(*version) for name, version in _listed(folder, SUFFIXES) if name != own] if _on_disk(path) else []


def variable_values(path: str) -> list[Values]:
    """Return the files of variable values in the folder of a file, in the order in which Terraform reads them."""
    found = _listed(os.path.dirname(path), (".tfvars",)) if _on_disk(path) else []
    values: list[Values] = []
    for name, version in found:
        document = _parsed(*version).document
        body = next((node for node in document.root.children if node.type == "body"), None)
        automatic = name == "terraform.tfvars" or name.endswith(".auto.tfvars")
        values.append(Values(name, automatic, document, attributes_of(document, body) if body else {}))
    return sorted(values, key=lambda each: (each.name != "terraform.tfvars", each.name))


def _on_disk(path: str) -> bool:
    return bool(path) and os.path.isfile(path)


Version = tuple[str, int, int]


def _listed(folder: str, suffixes: tuple[str, ...]) -> list[tuple[str, Version]]:
    """Return the files of a folder by name, each with what tells that it changed; links and large files left out."""
    found: list[tuple[str, Version]] = []
    try:
        with os.scandir(folder or ".") as entries:
            for entry in entries:
                if entry.name.endswith(suffixes) and entry.is_file(follow_symlinks=False):
                    stat = entry.stat(follow_symlinks=False)
                    if stat.st_size <= MAX_BYTES:
                        path = os.path.join(folder, entry.name)
                        found.append((entry.name, (path, stat.st_mtime_ns, stat.st_size)))
    except OSError:
        return []
    return sorted(found)[:MAX_FILES]


@lru_cache(maxsize=256)
def _parsed(path: str, modified: int, size: int) -> Parsed:
    """Parse a file; what cannot be read is empty."""
    del modified, size  # part of the key: a file that changed is read again
    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read(MAX_BYTES)
    except (OSError, UnicodeDecodeError):
        text = ""
    return parsed(Source(path, text))
