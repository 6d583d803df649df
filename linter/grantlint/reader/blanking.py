"""Templates of YAML (Helm, Jinja) made readable as YAML: every line and every offset stays where it is.

What stands alone on its line controls the template or brings in lines of its own, and becomes a comment. What stands
in a value becomes marks, so that the value is seen to be there and not known. Both branches of a condition are read,
and the body of a loop once.
"""

import re

MARK = "\ue000"  # a character of the private use area: YAML takes it in a plain scalar, and nobody writes it

_TEMPLATE = re.compile(r"\{\{(?:[^}]|\}(?!\}))*\}\}|\{%(?:[^%]|%(?!\}))*%\}|\{#(?:[^#]|#(?!\}))*#\}")
_OPENERS = ("{{", "{%", "{#")


def has_templates(text: str) -> bool:
    """Whether a text may hold a template."""
    return any(opener in text for opener in _OPENERS)


def blanked(text: str) -> str:
    """Return a text of the same length with its templates made blank.

    >>> blanked("user: {{ name }}").replace(MARK, "*")
    'user: **********'
    """
    pieces: list[str] = []
    at = 0
    for found in _TEMPLATE.finditer(text):
        start, end = found.span()
        if start < at:
            continue
        pieces.append(text[at:start])
        alone = _stands_alone(text, start, end)
        pieces.append(_filled(found[0], "#" if alone else MARK))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether nothing else but templates stands on the lines from start to end."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    around = text[first:start] + text[end : last if last >= 0 else len(text)]
    return not _TEMPLATE.sub("", around).strip()


def _filled(template: str, character: str) -> str:
    """Return a template of such characters; its line breaks stay, and a line that goes on is a comment, too."""
    first, *more = template.split("\n")
    return "\n".join([character * len(first), *("#" * len(line) for line in more)])
