"""SQL text to tokens as the servers' lexer cuts it, each with its character offsets.

Source: MYSQLlex in sql_lex.cc of MySQL 5.6 to 9.7 and MariaDB 10.11 and 11.8.
"""

import re

from grantlint.access.product.grammar import Grammar
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple
from grantlint.reader.sql.syntax.tokens.comments import comment_end
from grantlint.reader.sql.syntax.tokens.cutter import (
    G_AT,
    G_BACKTICK,
    G_BLANK,
    G_COMMENT,
    G_DELIMITER,
    G_DIGIT,
    G_DOUBLE,
    G_LINE_COMMENT,
    G_MARK,
    G_SINGLE,
    G_TEMPLATE,
    G_WORD,
    NAME_CHARACTER,
    cutter,
)
from grantlint.reader.sql.syntax.tokens.token import (
    AT,
    END,
    HEX,
    HEX_STRING,
    HOST,
    INTEGER,
    MARK,
    NAME,
    NUMBER,
    ODD,
    QUOTED_NAME,
    STRING,
    TEMPLATE,
    UNCLOSED,
    WORD,
    Token,
    words,
)

_CHARSETS = words(
    "ARMSCII8 ASCII BIG5 BINARY CP1250 CP1251 CP1256 CP1257 CP850 CP852 CP866 CP932 DEC8 EUCJPMS EUCKR GB18030 "
    "GB2312 GBK GEOSTD8 GREEK HEBREW HP8 KEYBCS2 KOI8R KOI8U LATIN1 LATIN2 LATIN5 LATIN7 MACCE MACROMAN SJIS SWE7 "
    "TIS620 UCS2 UJIS UTF16 UTF16LE UTF32 UTF8 UTF8MB3 UTF8MB4"
)

_INTEGER_LIMIT = (1 << 64) - 1
_LONG = 19  # every whole number of so many digits fits

_IGNORED = (G_BLANK, G_LINE_COMMENT)
_QUOTED = (G_SINGLE, G_DOUBLE, G_BACKTICK)

_DIGITS = Pattern(
    rf"(?P<hex>0x[0-9A-Fa-f]++(?!{NAME_CHARACTER}))|(?P<bits>0b[01]++(?!{NAME_CHARACTER}))"
    rf"|(?P<float>[0-9]++(?:\.[0-9]*+)?[eE][+-]?[0-9]++|[0-9]++\.[0-9]*+)"
    rf"|(?P<integer>[0-9]++(?!{NAME_CHARACTER}))|(?P<name>{NAME_CHARACTER}++)"
)
_DIGIT_KINDS = {"hex": HEX, "bits": ODD, "float": NUMBER, "integer": INTEGER, "name": NAME}
_FRACTION = Pattern(r"\.[0-9]++(?:[eE][+-]?[0-9]++)?")
_NAME_AT = Pattern(rf"{NAME_CHARACTER}++")
_ESCAPED = Pattern(r"\\.", re.DOTALL)


class Cut(NamedTuple):
    """The tokens of one statement, an END last. `end` is where the text goes on after it."""

    tokens: list[Token]
    end: int
    whole: bool  # the statement ended, and not only the number of tokens asked for


def cut(
    text: str,
    start: int,
    grammar: Grammar,
    *,
    templates: bool = False,
    delimiter: str = "",
    limit: int = 1 << 62,
    stop: int | None = None,
    dollars: bool = True,
) -> Cut:
    """Return the tokens from `start` up to the delimiter. They end at `stop`, the text's end or `limit` tokens too.

    `dollars`: whether there are any, which some grammars take for quotes.
    """
    pattern = cutter(
        ansi_quotes=grammar.ansi_quotes,
        escapes=grammar.backslash_escapes,
        dollars=dollars and grammar.dollar_quotes and not templates and "$" not in delimiter,
        templates=templates,
        delimiter=delimiter,
    )
    match = pattern.match
    position, length = start, len(text) if stop is None else stop
    cutting = _Cutting(text, length, grammar)
    tokens, other = cutting.tokens, cutting.other
    add = tokens.append
    while position < length and len(tokens) < limit:
        found = match(text, position, length)
        if found is None:  # cannot be: the last part takes any character
            break
        group = found.lastindex
        begin, position = position, found.end()
        if group in _IGNORED:
            continue
        if group == G_WORD:
            add(_word(found.group(), begin, position))
        elif group == G_DELIMITER and not cutting.runs:  # a comment that runs has no end but its own
            add(Token(END, begin, begin, ""))
            return Cut(tokens, position, whole=True)
        else:
            position = other(group, begin, position)
    whole = position >= length
    if cutting.runs and whole:
        add(Token(UNCLOSED, length, length, ""))
    add(Token(END, position, position, ""))
    return Cut(tokens, position, whole)


class _Cutting:
    """A statement that is being cut: what the less frequent tokens need to know of it."""

    __slots__ = ("grammar", "length", "runs", "text", "tokens")

    def __init__(self, text: str, length: int, grammar: Grammar) -> None:
        self.text = text
        self.length = length
        self.grammar = grammar
        self.tokens: list[Token] = []
        self.runs = False  # inside /*! ... */ whose content the server reads

    def other(self, group: int | None, begin: int, end: int) -> int:
        """Add the token of a group that is no word. Returns where to go on."""
        if group == G_MARK:
            return self._mark(begin, end)
        if group in _QUOTED:
            return self._quoted(group, begin, end)
        if group == G_COMMENT:
            return self.comment_end(begin)
        if group == G_DIGIT:
            token = _number(self.text, begin)
        elif group == G_AT:
            token = _at(self.text, begin, end)
        elif group == G_TEMPLATE:
            token = Token(TEMPLATE, begin, end, "")
        elif group == G_DELIMITER:
            token = Token(MARK, begin, end, self.text[begin])
        elif self.text[begin] == "$":
            token = self._dollars(begin, end)
        else:
            token = Token(HEX_STRING if self.text[begin] in "xX" else ODD, begin, end, "")
        self.tokens.append(token)
        return token.end

    def _mark(self, begin: int, end: int) -> int:
        mark = self.text[begin:end]
        if mark == ".":
            return _point(self.text, begin, self.tokens)
        if mark == "*" and self.runs and self.text.startswith("*/", begin):
            self.runs = False
            return begin + 2
        self.tokens.append(Token(MARK, begin, end, mark))
        return end

    def _quoted(self, group: int, begin: int, end: int) -> int:
        if end == self.length and not _closed(self.text[begin:end], self.grammar):
            self.tokens.append(Token(MARK, begin, end, self.text[begin]))
            return end
        name = group == G_BACKTICK or (group == G_DOUBLE and self.grammar.ansi_quotes)
        if name and "\0" in self.text[begin:end]:  # which ends the text for the lexer, within a name
            self.tokens.append(Token(MARK, begin, end, self.text[begin]))
            return end
        self.tokens.append(Token(QUOTED_NAME if name else STRING, begin, end, ""))
        return end

    def _dollars(self, begin: int, end: int) -> Token:
        """Cut $tag$text$tag$, which no account statement takes."""
        close = self.text.find(self.text[begin:end], end, self.length)
        if close < 0:
            return Token(MARK, begin, self.length, "'")
        return Token(ODD, begin, close + end - begin, "")

    def comment_end(self, begin: int) -> int:
        runs, end = comment_end(self.text, begin, self.length, self.grammar)
        self.runs = self.runs or runs
        if end > self.length:
            self.tokens.append(Token(UNCLOSED, begin, self.length, ""))
            return self.length
        return end


def _word(spelled: str, begin: int, end: int) -> Token:
    if not spelled.isascii():
        return Token(NAME, begin, end, "")
    word = spelled.upper()
    if word[0] == "_" and word[1:] in _CHARSETS:
        return Token(ODD, begin, end, "")
    return Token(WORD, begin, end, word)


def _closed(quoted: str, grammar: Grammar) -> bool:
    """Whether a string at the end of the text is closed. Its last character may be an escaped quote."""
    quote, inner = quoted[0], quoted[1:]
    if grammar.backslash_escapes and quote != "`":
        inner = _ESCAPED.sub("", inner)
    return len(inner) > 0 and (len(inner) - len(inner.rstrip(quote))) % 2 == 1


def _at(text: str, begin: int, end: int) -> Token:
    after = text[begin + 1 : begin + 2]
    if end == begin + 1 and after and after in "'\"`":
        return Token(AT, begin, end, "")
    if end == begin + 2 and after == "@":
        return Token(ODD, begin, end, "")
    return Token(HOST, begin, end, "")


def _number(text: str, begin: int) -> Token:
    found = _DIGITS.match(text, begin)
    if found is None:  # cannot be: a digit begins at least a name
        return Token(ODD, begin, begin + 1, "")
    kind = _DIGIT_KINDS[found.lastgroup or "name"]
    digits = found.group()
    if kind == INTEGER and len(digits) > _LONG:
        digits = digits.lstrip("0")
        if len(digits) > _LONG + 1 or (len(digits) > _LONG and int(digits) > _INTEGER_LIMIT):
            kind = NUMBER
    return Token(kind, begin, found.end(), "")


def _point(text: str, begin: int, tokens: list[Token]) -> int:
    """Add the tokens of a point. Between two names it makes names of them, before a digit it begins a number."""
    last = tokens[-1] if tokens else None
    after_name = last is not None and last.end == begin and last.kind in (WORD, NAME)
    name = _NAME_AT.match(text, begin + 1)
    if not after_name:
        fraction = _FRACTION.match(text, begin)
        if fraction is not None:
            tokens.append(Token(NUMBER, begin, fraction.end(), ""))
            return fraction.end()
    tokens.append(Token(MARK, begin, begin + 1, "."))
    if name is None:
        return begin + 1
    if after_name and last is not None:
        tokens[-2] = Token(NAME, last.start, last.end, "")
    tokens.append(Token(NAME, name.start(), name.end(), ""))
    return name.end()
