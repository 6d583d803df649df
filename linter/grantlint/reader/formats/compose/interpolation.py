"""`$NAME`, `${NAME}` and defaults in Compose values, as far as files tell them.

Grammar: the Compose specification, Interpolation. A variable of the shell that runs Compose is not known here.
"""

import re
from collections.abc import Mapping

from grantlint.platform.record import NamedTuple
from grantlint.reader.yaml.blanking import MARK

_DOLLAR = re.compile(r"\$(?:(?P<escaped>\$)|(?P<name>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)(?P<sign>:?[-?+])?)?")
_TEMPLATE = re.compile(rf"{MARK}|\{{\{{|\{{%|<%|@@\w+@@")
_SPECIAL = re.compile(rf"[${{<@{MARK}]")
_DEEPEST = 8  # defaults within defaults; people write two

TEMPLATE = "a template"


class Expanded(NamedTuple):
    """A value with its variables replaced. `text` is None where that cannot be, for the `reason`.

    `from_file`: whether a variable of an environment file is in it.
    """

    text: str | None
    reason: str = ""
    from_file: bool = False


def expanded(text: str, variables: Mapping[str, str]) -> Expanded:
    """Return a value as Compose gives it to the container. variables: those of the `.env` beside the file.

    >>> expanded("${DB:-shop}_$$", {}).text
    'shop_$'
    >>> expanded("${DB}", {}).reason
    'DB is a variable of the environment'
    """
    if not _SPECIAL.search(text):
        return Expanded(text)
    if _TEMPLATE.search(text):
        return Expanded(None, TEMPLATE)
    return _expanded(text, variables, 0)


def swallowed(text: str, variables: Mapping[str, str]) -> bool:
    """Return whether a `$` in a text begins an unset, unintended variable.

    Meant are those in braces or capitals, and what is all of the text.
    """
    for found in _DOLLAR.finditer(text):
        name = found["name"]
        if name is not None and found[0] != text and name not in variables and not name.isupper():
            return True
    return False


def _expanded(text: str, variables: Mapping[str, str], depth: int) -> Expanded:
    if depth > _DEEPEST:
        return Expanded(None, "defaults within defaults")
    pieces: list[str] = []
    at = 0
    from_file = False
    while (found := _DOLLAR.search(text, at)) is not None:
        pieces.append(text[at : found.start()])
        at = found.end()
        if found["escaped"]:
            pieces.append("$")
            continue
        name = found["name"] or found["braced"]
        if name is None:
            return Expanded(None, "a `$` that stands for no variable")
        word = ""
        if found["braced"]:
            end = _closing(text, at)
            if end is None:
                return Expanded(None, "a brace without its end")
            word, at = text[at:end], end + 1
            if word and not found["sign"]:
                return Expanded(None, "a `$` that stands for no variable")
        value = _value(name, found["sign"] or "", word, variables, depth)
        if value.text is None:
            return value
        pieces.append(value.text)
        from_file = from_file or value.from_file
    pieces.append(text[at:])
    return Expanded("".join(pieces), from_file=from_file)


def _value(name: str, sign: str, word: str, variables: Mapping[str, str], depth: int) -> Expanded:
    known = variables.get(name)
    if sign.startswith(":") and known == "":
        known = None
    if sign.endswith("+"):
        return _expanded(word, variables, depth + 1) if known is not None else _unknown(name)
    if known is not None:
        return Expanded(known, from_file=True)
    return _expanded(word, variables, depth + 1) if sign.endswith("-") else _unknown(name)


def _unknown(name: str) -> Expanded:
    return Expanded(None, f"{name} is a variable of the environment")


def _closing(text: str, at: int) -> int | None:
    depth = 1
    for offset in range(at, len(text)):
        if text[offset] == "{":
            depth += 1
        elif text[offset] == "}":
            depth -= 1
            if depth == 0:
                return offset
    return None
