"""An attribute added to a resource of Terraform, on a line behind the one that is known, or to one of Puppet."""

import re

from grantlint.model.location import Span
from grantlint.model.remedy import Edit
from grantlint.reader.writing.adding.words import Words
from grantlint.reader.writing.comment_lines import line_break

_LINE = re.compile(r"[ \t]*\w+[ \t]*=[ \t]*\Z")
_REST = re.compile(r"[ \t]*(?:(?:#|//)[^\n]*)?(?=\r?\n)")
_END = re.compile(r"^[\w}]", re.MULTILINE)
_COLON = re.compile(r"['\"]?[ \t]*:[ \t]*")


_RESOURCE = re.compile(r"^[ \t]*resource[ \t]+\"?([\w-]+)", re.MULTILINE)


def resource_at(place: Span) -> str:
    """Return the type of the resource around a place. '' where none begins before it."""
    text, at = place.source.text, place.start
    while (at := text.rfind("resource", 0, at)) >= 0:
        found = _RESOURCE.match(text, text.rfind("\n", 0, at) + 1)
        if found is not None:
            return found[1]
    return ""


def in_hcl(words: Words, place: Span, whole: Span) -> Edit | None:
    """Return the edit behind an attribute on its own line, else None."""
    source, start, end = place
    text = source.text
    if source is not whole.source or start < whole.end or _END.search(text, whole.end, start):
        return None
    line = text.rfind("\n", 0, start) + 1
    rest = _REST.match(text, end)
    closing = re.compile(r"^[ \t]*\}", re.MULTILINE).search(text, end)
    block = text[whole.end : closing.start()] if closing else ""
    if re.search(rf"^[ \t]*{words.key}[ \t]*=", block, re.MULTILINE):
        return None
    if rest is None or not _LINE.match(text, line, start):
        return None
    indent = text[line : line + len(text[line:start]) - len(text[line:start].lstrip())]
    newline = line_break(source)
    return Edit(Span(source, rest.end(), rest.end()), f"{newline}{indent}{words.text}")


def in_puppet(words: Words, place: Span, whole: Span) -> Edit | None:
    """Return the edit right behind the title of a resource."""
    source, start, _ = place
    text = source.text
    if source is not whole.source or not whole.start <= start < whole.end:
        return None
    colon = _COLON.match(text, whole.end)
    body = text[whole.end : text.find("}", whole.end)]
    if colon is None or words.key in body:
        return None
    line = re.compile(r"\r?\n[ \t]*(?=\w)").match(text, colon.end())
    if line is not None:
        return Edit(Span(source, line.end(), line.end()), f"{words.text},{line[0]}")
    return Edit(Span(source, colon.end(), colon.end()), f"{words.text}, ")
