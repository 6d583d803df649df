"""From the characters of a scalar's value back to the characters of the file.

YAML folds lines, drops indentation and unescapes; a caret under one privilege of a long `priv` needs the way back.
"""

from collections.abc import Sequence

from grantlint.model.location import Source
from grantlint.reader.yaml.nodes import ScalarNode, span_of

_ESCAPE_LENGTHS = {"x": 4, "u": 6, "U": 10}


def offsets(source: Source, node: ScalarNode) -> Sequence[int] | None:
    """Return the offset in `source.text` of each character of `node.value`. None where they cannot be told."""
    text, value = source.text, node.value
    start = node.start_mark.index + (node.style in {"'", '"'})
    if text.startswith(value, start):
        return range(start, start + len(value))
    if node.style in {"|", ">"}:
        start = text.find("\n", start) + 1
    return _aligned(text, start, span_of(source, node).end, value, node.style)


def _aligned(text: str, at: int, end: int, value: str, style: str | None) -> list[int] | None:
    found: list[int] = []
    for character in value:
        if style == '"' and text.startswith("\\", at) and not text.startswith("\\\n", at):
            found.append(at)
            at += _ESCAPE_LENGTHS.get(text[at + 1 : at + 2], 2)
            continue
        if not text.startswith(character, at) and not character.isspace():
            at = _past_blanks(text, at, style)
        if at < end and text[at] == character:
            found.append(at)
            at += 2 if style == "'" and character == "'" else 1
        elif character.isspace():  # a line break that was folded into a blank, or the end of a block
            found.append(min(at, end))
            if character == " ":
                at = _past_blanks(text, at, style)
        else:
            return None
    return found


def _past_blanks(text: str, at: int, style: str | None) -> int:
    while at < len(text) and (text[at].isspace() or (style == '"' and text.startswith("\\\n", at))):
        at += 1
    return at
