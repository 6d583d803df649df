"""XML by the standard library's writer, as a page: what a file says is made visible first, so that XML can hold it."""

from collections.abc import Mapping
from io import StringIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from grantlint.report.page import Page, document
from grantlint.report.visible import visible


class XmlPage:
    """An XML document written from start to end, an element a line."""

    def __init__(self) -> None:
        self._written = StringIO()
        self._writer = XMLGenerator(self._written, "utf-8", short_empty_elements=True)
        self._open: list[str] = []
        self._writer.startDocument()

    def begin(self, name: str, attributes: Mapping[str, object]) -> None:
        """Begin an element that has others in it."""
        self._indent()
        self._writer.startElement(name, _shown(attributes))
        self._writer.ignorableWhitespace("\n")
        self._open.append(name)

    def end(self) -> None:
        """End the element that was begun last."""
        name = self._open.pop()
        self._indent()
        self._writer.endElement(name)
        self._writer.ignorableWhitespace("\n")

    def element(self, name: str, attributes: Mapping[str, object], lines: str = "") -> None:
        """Write an element with text in it, or without.

        Line breaks in the text stay.
        """
        self._indent()
        self._writer.startElement(name, _shown(attributes))
        if lines:
            self._writer.characters("\n".join(map(visible, lines.split("\n"))))
        self._writer.endElement(name)
        self._writer.ignorableWhitespace("\n")

    def page(self) -> Page:
        """Return the document, with each element ended."""
        while self._open:
            self.end()
        return document(self._written.getvalue())

    def _indent(self) -> None:
        self._writer.ignorableWhitespace("  " * len(self._open))


def _shown(attributes: Mapping[str, object]) -> "AttributesImpl[str]":
    return AttributesImpl({key: visible(str(value)) for key, value in attributes.items()})
