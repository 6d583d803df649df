"""HCL as blocks with attributes. Expressions stay nodes of the syntax tree until somebody asks for their value.

The parser is tree-sitter's: it never fails, gives a place for everything, and goes on after an error.
"""

import re
from bisect import bisect_left
from time import process_time

import tree_sitter_hcl
from tree_sitter import Language, Node, Parser, Tree

from grantlint.model.location import Source, Span
from grantlint.platform.record import NamedTuple

MAX_DEPTH = 100
"""Levels of blocks and expressions that are looked into; real files stay under 20."""

PATIENCE = 5.0
"""Seconds of the processor for one file, and one more for each megabyte; sound ones take a fifth of that."""

_CHUNK = 4096


def _parser() -> Parser:
    """Return the parser of HCL; one that does not fit tree-sitter's version is as good as none."""
    try:
        return Parser(Language(tree_sitter_hcl.language()))
    except ValueError as error:
        raise ImportError(str(error), name="tree_sitter_hcl") from error


_PARSER = _parser()
_ESCAPE = re.compile(r"\\(?:([nrt\"\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))|\$\$\{|%%\{")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


def _tree(data: bytes) -> Tree | None:
    """Parse, or give up: the parser's search for a way out of an error takes time by the square of what follows."""
    if len(data) <= _CHUNK:
        return _PARSER.parse(data)
    end = process_time() + PATIENCE + len(data) / 1_000_000

    def is_late(*_: object) -> bool:
        return process_time() > end

    try:
        return _PARSER.parse(lambda at, _: data[at : at + _CHUNK], progress_callback=is_late)
    except ValueError:  # what it raises when it is told to stop
        _PARSER.reset()
        return None


class Document:
    """One parsed file: its text and its nodes' offsets. They count characters here, and bytes in the parser.

    `given_up`: the text is so broken that it was not parsed to its end; there are no nodes then.
    """

    __slots__ = ("_wide", "data", "given_up", "root", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.data = source.text.encode("utf-8", "replace")
        tree = _tree(self.data)
        self.given_up = tree is None
        self.root = (tree or _PARSER.parse(b"")).root_node
        ascii_only = len(self.data) == len(source.text)
        self._wide = [] if ascii_only else [at for at, byte in enumerate(self.data) if byte & 0xC0 == 0x80]  # noqa: PLR2004 - the bytes that continue a UTF-8 character

    def offset(self, byte: int) -> int:
        """Return the offset in characters of an offset in bytes."""
        return byte - bisect_left(self._wide, byte) if self._wide else byte

    def span(self, first: Node, last: Node | None = None) -> Span:
        """Return the span of a node, or of several. They reach from the first to the last."""
        return Span(self.source, self.offset(first.start_byte), self.offset((last or first).end_byte))

    def text(self, node: Node) -> str:
        """Return a node as it is written."""
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def first_error(self) -> Node | None:
        """Return the node at which the text stops being HCL."""
        node = self.root
        if not node.has_error:
            return None
        for _ in range(MAX_DEPTH):
            inner = next((child for child in node.children if child.has_error or child.is_missing), None)
            if inner is None or (node.is_error and not inner.is_error and not inner.is_missing):
                break
            node = inner
        return node


class Expression(NamedTuple):
    """The expression of an attribute, and the file around it."""

    document: Document
    node: Node

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.document.span(self.node)

    @property
    def text(self) -> str:
        """The expression as it is written."""
        return self.document.text(self.node)


class Block(NamedTuple):
    """`kind "label" ... { attributes and blocks }`."""

    kind: str
    labels: tuple[str, ...]
    attributes: dict[str, Expression]
    blocks: list["Block"]
    document: Document
    header: Span

    def named(self, kind: str) -> list["Block"]:
        """Return the blocks in it of one kind."""
        return [block for block in self.blocks if block.kind == kind]


def blocks_of(document: Document) -> list[Block]:
    """Return the blocks of a file. Those with a syntax error in them are left out."""
    body = next((node for node in document.root.children if node.type == "body"), None)
    return _blocks(document, body, 0) if body else []


def _blocks(document: Document, body: Node, depth: int) -> list[Block]:
    found = [_block(document, node, depth) for node in body.children if node.type == "block"]
    return [block for block in found if block]


def _block(document: Document, node: Node, depth: int) -> Block | None:
    if depth > MAX_DEPTH:
        span = document.span(node)
        document.source.leave_unread(span.start, span.start + 1, f"blocks nest more than {MAX_DEPTH} levels deep")
        return None
    if node.has_error:
        return None
    kind, labels, last = "", list[str](), node
    attributes: dict[str, Expression] = {}
    blocks: list[Block] = []
    for child in node.children:
        if child.type == "identifier" and not kind:
            kind, last = document.text(child), child
        elif child.type in {"identifier", "string_lit"}:
            labels.append(document.text(child).strip('"'))
            last = child
        elif child.type == "body":
            attributes = attributes_of(document, child)
            blocks = _blocks(document, child, depth + 1)
    return Block(kind, tuple(labels), attributes, blocks, document, document.span(node, last))


def attributes_of(document: Document, body: Node) -> dict[str, Expression]:
    """Return the expressions of a body by attribute name. Of two the first."""
    found: dict[str, Expression] = {}
    for node in body.children:
        if node.type == "attribute" and not node.has_error:
            named = node.named_children
            if len(named) > 1 and named[-1].type == "expression":
                found.setdefault(document.text(named[0]), Expression(document, named[-1]))
    return found


def unescaped(text: str) -> str:
    r"""Return the text of a string literal. Escapes are `\n`, `\"`, `é`, and `$${` for `${`."""
    return _ESCAPE.sub(_plain, text) if "\\" in text or "{" in text else text


def _plain(match: re.Match[str]) -> str:
    short, four, eight = match.groups()
    if short:
        return _ESCAPED[short]
    code = int(four or eight or "0", 16)
    if code:
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "�"  # noqa: PLR2004 - Unicode's bounds
    return match[0][1:]
