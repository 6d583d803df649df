"""A passage of a file as a program gets it: quoting taken off, each character with the place that it came from."""

import re
from collections.abc import Iterable, Sequence

from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.leaf.variables import letter_of

_SUBSTITUTION = (
    r"\$\(\([^()\n]{0,200}+\)\)"
    r"|\$\((?![^)\n]{0,200}?\b(?:mysql|mariadb)[ \t]+-)"
    r"(?:[^()\n\"'`<]|<(?!<)|\"[^\"\n]{0,200}+\"|'[^'\n]{0,200}+'|\([^()\n]{0,200}+\)){0,300}+\)"
)
"""A command in the place of a value; one with a client of its own or a here-document in it is read as commands."""
EXPANSION = (
    rf"\$\{{(?:[^{{}}\n]|\{{[^{{}}\n]{{0,200}}+\}}){{0,300}}+\}}|{_SUBSTITUTION}|`[^`\n]{{0,400}}+`"
    r"|\$[0-9@*#?!$-]|\$[A-Za-z_]\w*+"
)
"""What the shell puts in before the server sees it; opened and not closed it costs no more than its bound."""

_WITHIN_DOUBLE = Pattern(rf"\\(?P<char>[$`\"\\])|(?P<joined>\\\r?\n)|(?P<expansion>{EXPANSION})")
_WITHIN_HERE = Pattern(rf"\\(?P<char>[$`\\])|(?P<joined>\\\r?\n)|(?P<expansion>{EXPANSION})")
_WITHIN_ANSI = Pattern(
    r"\\(?P<char>x[0-9A-Fa-f]{1,2}|u[0-9A-Fa-f]{1,4}|[0-7]{1,3}|.)|(?P<joined>\Z.)|(?P<expansion>\Z.)", re.DOTALL
)
_EXPANSION = Pattern(EXPANSION)
_UNFIT = Pattern(r"[{}$'\"`\\\n;]")
_LONGEST = 200  # characters of a template that the SQL reader takes for one
_SHORTEST = 3
_FORMAT = Pattern(r"\\(?P<blank>[ntr])|%(?P<percent>%)|(?P<value>%[-0-9.]*[a-z])")


class Passage(NamedTuple):
    """A text with the file offset of each character. The offsets only grow."""

    text: str
    at: Sequence[int]

    def part(self, start: int, end: int) -> "Passage":
        """Return text[start:end]."""
        return Passage(self.text[start:end], self.at[start:end])


def joined(passages: Iterable[Passage]) -> Passage:
    """Return passages as one."""
    parts = [one for one in passages if one.text]
    if len(parts) == 1:
        return parts[0]
    return Passage("".join(part.text for part in parts), [offset for part in parts for offset in part.at])


def in_double_quotes(raw: Passage) -> Passage:
    r"""Return the text between double quotes, unescaped.

    \", \`, \$ and \\ lose the backslash, expansions are marked.
    """
    return _unescaped(raw, _WITHIN_DOUBLE)


def in_here_document(raw: Passage) -> Passage:
    """Return the text of a here-document, unescaped. Its end mark is not quoted."""
    return _unescaped(raw, _WITHIN_HERE)


def in_ansi_quotes(raw: Passage) -> Passage:
    """Return the text between $'...', unescaped. Escapes that stand for blanks become one."""
    return _unescaped(raw, _WITHIN_ANSI)


def unquoted(raw: Passage) -> Passage:
    """Return a bare text with its expansions marked."""
    return Passage(_EXPANSION.sub(lambda found: _marked(found[0]), raw.text), raw.at)


def formatted(raw: Passage) -> Passage:
    r"""Return the text that `printf` or `echo -e` prints. \n is a line break, %% a percent sign, %s not known."""
    values = 0

    def put(found: re.Match[str]) -> str:
        nonlocal values
        if found["blank"]:
            return " \n"
        if found["percent"]:
            return "\0%"
        values += 1
        letters = chr(ord("a") + values % 26) * (len(found[0]) - 1)
        return f"${letters}"

    text = _FORMAT.sub(put, raw.text)
    kept = [index for index, character in enumerate(text) if character != "\0"]
    if len(kept) == len(text):
        return Passage(text, raw.at)
    return Passage(text.replace("\0", ""), [raw.at[index] for index in kept])


def _unescaped(raw: Passage, pattern: re.Pattern[str]) -> Passage:
    if "\\" not in raw.text and "$" not in raw.text and "`" not in raw.text:
        return raw
    parts: list[Passage] = []
    done = 0
    for found in pattern.finditer(raw.text):
        parts.append(raw.part(done, found.start()))
        done = found.end()
        if found["expansion"]:
            parts.append(Passage(_marked(found[0]), raw.at[found.start() : done]))
        elif found["char"]:
            character = found["char"]
            if pattern is _WITHIN_ANSI:
                character = _ansi(character)
            parts.append(Passage(character, raw.at[done - 1 : done]))
    if not done:
        return raw
    parts.append(raw.part(done, len(raw.text)))
    return joined(parts)


def _ansi(escape: str) -> str:
    """Return the character of an escape in $'...'; a blank for those that stand for blanks."""
    if escape in {"n", "t", "r"}:
        return " "
    if escape[0] in "xu" and len(escape) > 1:
        code = int(escape[1:], 16)
    elif escape[0] in "01234567":
        code = int(escape, 8)
    else:
        return escape
    return chr(code) if chr(code).isprintable() else " "


def _marked(expansion: str) -> str:
    """Return an expansion in the SQL reader's notation, of the same length. Different expansions stay different."""
    size = len(expansion)
    if expansion[0] == "$" and expansion[1] not in "({":
        return expansion if expansion[1].isalpha() or expansion[1] == "_" else f"${letter_of(expansion[1])}"
    if size < _SHORTEST or size > _LONGEST:
        return "$" + "_" * (size - 1)
    inner = expansion[2:-1]
    return f"${{{_UNFIT.sub('_', inner)}}}"
