"""An option file line by line, with what a template makes of the lines.

Grammar: MySQL manual, Using Option Files; MariaDB adds groups of its own.
"""

import re
from collections.abc import Iterator

from grantlint.platform.record import NamedTuple

_GROUP = re.compile(r"\[([^\]\n]*)\]")
_DIRECTIVE = re.compile(r"!(include(?:dir)?)[ \t]+(.*)")
_OPTION = re.compile(r"([A-Za-z][\w-]*)[ \t]*(?:(=)[ \t]*(.*))?\Z")
_QUOTED = re.compile(r"""'([^'\n]*)'|"([^"\n]*)\"""")
_COMMENT_AFTER = re.compile(r"(?:^|[ \t])#.*")
_TEMPLATE = re.compile(r"\{\{|\{%|<%|\$\{|@@?\w+@@?|\{\#")
_BLANK = re.compile(r"\{#.*?#\}|<%#.*?%>", re.DOTALL)

# What opens and closes a part of a file that a template may leave out: Jinja, ERB and Go.
_OPENS = re.compile(
    r"\{%-?[ \t]*(?:if|for|macro|block|filter|call)\b"
    r"|<%-?(?!=)[^%\n]*(?:\b(?:if|unless|case|do|each|while)\b|\{[ \t]*(?:\|[^|\n]*\|)?[ \t]*-?%>)[^%\n]*"
    r"|\{\{-?[ \t]*(?:if|range|with|define|block)\b"
)
_CLOSES = re.compile(r"\{%-?[ \t]*end\w+|<%-?[ \t]*(?:end\b|\})|\{\{-?[ \t]*end\b")


class Line(NamedTuple):
    """A group's header, an option or an `!include`, by its `kind`.

    `value` is None for an option without `=`; start and end are the bounds of what is written. `condition`: whether
    only a run of the template knows if the line is there at all; `template`: whether the value is one.
    """

    kind: str  # "group", "option", "include", "includedir"
    name: str
    value: str | None
    start: int
    end: int
    condition: bool = False
    template: bool = False


def lines(text: str) -> Iterator[Line]:
    """Yield the lines with content, in order."""
    text = _BLANK.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    depth = 0
    at = 0
    for raw in text.split("\n"):
        depth = max(0, depth + len(_OPENS.findall(raw)) - len(_CLOSES.findall(raw)))
        made = _line(raw, at, condition=depth > 0 or _CLOSES.search(raw) is not None)
        if made is not None:
            yield made
        at += len(raw) + 1


def _line(raw: str, at: int, *, condition: bool) -> Line | None:
    stripped = raw.strip()
    if not stripped or stripped[0] in "#;":
        return None
    start = at + raw.index(stripped[0])
    if stripped[0] == "[":
        found = _GROUP.match(stripped)
        name = found[1].strip().lower() if found else ""
        template = found is None or _TEMPLATE.search(name) is not None
        return Line("group", name, None, start, start + (found.end() if found else len(stripped)), condition, template)
    found = _DIRECTIVE.match(stripped)
    if found is not None:
        template = _TEMPLATE.search(found[2]) is not None
        return Line(found[1], found[2].strip(), None, start, start + len(stripped), condition, template)
    return _option(stripped, start, condition=condition)


def _option(stripped: str, start: int, *, condition: bool) -> Line | None:
    found = _OPTION.match(stripped) or _OPTION.match(_COMMENT_AFTER.sub("", stripped).rstrip())
    if found is None:
        return None
    if found[2] is None:
        return Line("option", found[1], None, start, start + found.end(1), condition)
    value, width = _value(found[3])
    template = _TEMPLATE.search(found[3]) is not None
    if template:
        value, width = found[3], len(found[3])
    return Line("option", found[1], value, start, start + found.start(3) + width, condition, template)


def _value(written: str) -> tuple[str, int]:
    """Return a value without quotes and the comment after it, and how many characters of the line it takes."""
    quoted = _QUOTED.match(written)
    if quoted is not None:
        return quoted[1] if quoted[1] is not None else quoted[2], quoted.end()
    value = _COMMENT_AFTER.sub("", written).rstrip()
    return value, len(value)
