"""The tokens of a Puppet manifest (Puppet language specification, lexical structure), in one pass over the text.

Comments and the bodies of heredocs are left out. A string in double quotes is one token, with all that it
interpolates.
"""

import re

from grantlint.model.location import Source, Span
from grantlint.platform.record import NamedTuple
from grantlint.platform.regex import compiled
from grantlint.reader.formats.puppet.language.values import OPAQUE, String

WORD, VARIABLE, SINGLE, DOUBLE, HEREDOC, REGEX, OTHER = "word", "variable", "'", '"', "heredoc", "regex", "other"

_TOKEN = compiled(
    r"""(?P<blank>\s+|\#[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<variable>\$(?:::)?\w+(?:::\w+)*)
    |(?P<word>(?:::)?\w+(?:::\w+)*(?:-\w+)*)
    |(?P<single>'(?:[^'\\]+|\\.)*+(?P<closed>')?)
    |(?P<double>")
    |(?P<heredoc>@\([ \t]*(?P<tag>"[^"\n]{1,99}"|[^:/\r\n)"]{1,99})[^)\n]{0,99}\))
    |(?P<sign>=>|\+>|->|~>|<-|<~|=~|!~|==|!=|<=|>=|<<\||<\||\|>>|\|>|.)""",
    re.DOTALL | re.VERBOSE,
)
_REGEX = compiled(r"/(?:[^/\\\n]+|\\.)++/")
_INSIDE_DOUBLE = re.compile(r'[^"\\$]+|\\.|\$\{|"|[$\\]', re.DOTALL)
_INSIDE_BRACES = compiled(r"""[^{}'"\\]+|'(?:[^'\\]+|\\.)*+'|[{}"'\\]""", re.DOTALL)
_VARIABLE = re.compile(r"\$(?:::)?[a-z_]\w*(?:::\w+)*")
_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "s": " ", "\n": "", "\\": "\\", "'": "'", '"': '"', "$": "$"}
_OPENING = {"(": ")", "[": "]", "{": "}"}
_CLOSING = frozenset(_OPENING.values())
_MAX_CODE = 0x10FFFF


class Token(NamedTuple):
    """A token: its kind and bounds. The kind of a sign is the sign itself."""

    kind: str
    start: int
    end: int


class Tokens(NamedTuple):
    """The tokens of a text. `closing` says for each opening bracket which token closes it.

    `broken` is the offset of the first string or bracket that is opened and never closed.
    """

    tokens: list[Token]
    closing: dict[int, int]
    broken: int | None


def tokens_of(text: str) -> Tokens:
    """Return the tokens of a manifest."""
    lexer = _Lexer(text)
    lexer.run()
    closing, unclosed = _brackets(lexer.found)
    opened = [each for each in (lexer.broken, unclosed) if each is not None]
    return Tokens(lexer.found, closing, min(opened) if opened else None)


class _Lexer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Token] = []
        self.broken: int | None = None
        self._line_end = -1  # of the line that a heredoc is opened in
        self._body_end = 0

    def run(self) -> None:
        text, size, found = self.text, len(self.text), self.found
        at = 0
        while at < size:
            match = _TOKEN.match(text, at)
            assert match is not None  # noqa: S101 - its last alternative takes any character
            kind, end = str(match.lastgroup), match.end()
            if kind == "blank":
                end = self._past_blank(end)
            elif kind == "single":
                if match["closed"] is None:
                    self._breaks(at)
                found.append(Token(SINGLE, at, end))
            elif kind == "double":
                end = self._double(at)
            elif kind == "heredoc":
                self._heredoc(at, end, match["tag"].strip('" \t'))
            elif kind == "sign":
                end = self._sign(match["sign"], at, end)
            else:
                found.append(Token(kind, at, end))
            at = end

    def _breaks(self, at: int) -> None:
        self.broken = at if self.broken is None else self.broken

    def _past_blank(self, end: int) -> int:
        """Return the end of a blank. A heredoc that begins behind its line belongs to it."""
        if 0 <= self._line_end < end:
            self._line_end = -1
            return max(end, self._body_end)
        return end

    def _double(self, at: int) -> int:
        end = end_of_double(self.text, at)
        if end > len(self.text):
            self._breaks(at)
            end = len(self.text)
        self.found.append(Token(DOUBLE, at, end))
        return end

    def _heredoc(self, at: int, end: int, tag: str) -> None:
        self.found.append(Token(HEREDOC, at, end))
        if self._line_end < 0:
            line_end = self.text.find("\n", end)
            self._line_end = self._body_end = len(self.text) if line_end < 0 else line_end
        self._body_end = _end_of_heredoc(self.text, self._body_end, tag)

    def _sign(self, sign: str, at: int, end: int) -> int:
        regex = _REGEX.match(self.text, at) if sign == "/" and self._may_begin_regex() else None
        self.found.append(Token(REGEX, at, regex.end()) if regex else Token(sign, at, end))
        return regex.end() if regex else end

    def _may_begin_regex(self) -> bool:
        """Whether a `/` is no division: nothing that could be divided stands before it."""
        return not self.found or self.found[-1].kind not in {VARIABLE, SINGLE, DOUBLE, ")", "]"}


def _end_of_heredoc(text: str, start: int, tag: str) -> int:
    """Return where the line ends that ends a heredoc; the end of the text where there is none."""
    found = re.compile(rf"^[ \t]*\|?[ \t]*-?[ \t]*{re.escape(tag)}[ \t]*\r?$", re.MULTILINE).search(text, start + 1)
    return found.end() if found else len(text)


def _brackets(tokens: list[Token]) -> tuple[dict[int, int], int | None]:
    """Return which token closes which, and the offset of the first bracket that nothing closes."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    waiting = dict.fromkeys(_CLOSING, 0)
    unclosed: int | None = None
    for index, (kind, _, _) in enumerate(tokens):
        if kind in _OPENING:
            opened.append(index)
            waiting[_OPENING[kind]] += 1
        elif kind in _CLOSING and waiting[kind]:
            while True:
                last = opened.pop()
                wanted = _OPENING[tokens[last].kind]
                waiting[wanted] -= 1
                if wanted == kind:
                    closing[last] = index
                    break
                unclosed = tokens[last].start if unclosed is None else min(unclosed, tokens[last].start)
    if opened:
        first = tokens[opened[0]].start
        unclosed = first if unclosed is None else min(unclosed, first)
    return closing, unclosed


def end_of_double(text: str, start: int) -> int:
    """Return the offset behind a string in double quotes. More than the text has if none closes it.

    Strings may stand in `${}` inside of strings, and so on.
    """
    opened = ['"']
    at = start + 1
    while opened:
        match = (_INSIDE_DOUBLE if opened[-1] == '"' else _INSIDE_BRACES).match(text, at)
        if match is None:
            return len(text) + 1
        at = match.end()
        piece = match.group()
        if piece == '"' and opened[-1] == '"':
            opened.pop()
        elif piece in {"${", "{"}:
            opened.append("{")
        elif piece == "}":
            opened.pop()
        elif piece == '"':
            opened.append('"')
    return at


def string_of(source: Source, token: Token, scope: str) -> String:
    """Return the text of a string or word token. Interpolations are OPAQUE in it."""
    _, start, end = token
    text, span = source.text, Span(source, start, end)
    if token.kind == WORD:
        return String(text[start:end], span, range(start, end + 1))
    inside, last = start + 1, max(end - 1, start + 1)
    raw = text[inside:last]
    if "\\" not in raw and (token.kind == SINGLE or "$" not in raw):
        return String(raw, span, range(inside, last + 1))
    value: list[str] = []
    places: list[int] = []
    at = inside
    while at < last:
        places.append(at)
        character, at = _in_single(text, at) if token.kind == SINGLE else _in_double(text, at)
        value.append(character)
        if not character:
            places.pop()
    return String("".join(value), span, [*places, last], scope)


def _in_single(text: str, at: int) -> tuple[str, int]:
    if text[at] == "\\" and text[at + 1 : at + 2] in {"\\", "'"}:
        return text[at + 1], at + 2
    return text[at], at + 1


def _in_double(text: str, at: int) -> tuple[str, int]:
    """Return the next character of a string in double quotes, and where the one after it stands."""
    if text[at] == "$":
        if text.startswith("${", at):
            return OPAQUE, _end_of_braces(text, at)
        variable = _VARIABLE.match(text, at)
        return (OPAQUE, variable.end()) if variable else ("$", at + 1)
    escape = _ESCAPE.match(text, at)
    if escape is None:
        return text[at], at + 1
    code = escape[1] or escape[2]
    if code:
        return (chr(int(code, 16)) if int(code, 16) <= _MAX_CODE else "?"), escape.end()
    if escape[3] in _ESCAPED:
        return _ESCAPED[escape[3]], escape.end()
    return ("\\", at + 1)  # an escape that is none: Puppet leaves the backslash where it is


def _end_of_braces(text: str, start: int) -> int:
    """Return the offset behind the `}` that belongs to the `${` at an offset, in a string that is closed."""
    opened = ["{"]
    at = start + 2
    while opened:
        match = (_INSIDE_DOUBLE if opened[-1] == '"' else _INSIDE_BRACES).match(text, at)
        if match is None:
            return len(text)
        at = match.end()
        piece = match.group()
        if (piece == '"' and opened[-1] == '"') or piece == "}":
            opened.pop()
        elif piece in {"${", "{"}:
            opened.append("{")
        elif piece == '"':
            opened.append('"')
    return at
