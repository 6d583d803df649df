"""Where a server stops reading a statement: the delimiters and NULs at its end are no part of it."""

from grantlint.reader.sql.syntax.tokens.token import END, UNCLOSED, Token

BLANKS = " \t\n\v\f\r"


def without_terminators(tokens: list[Token], text: str) -> list[Token]:
    """Return the tokens up to where the server stops reading.

    It drops every `;` that only blanks follow, then takes one `;` more for the end, a NUL at the very end, and any
    NUL after a `;`, whatever follows it.
    """
    last = len(tokens) - 1
    stop = tokens[last].start
    while last > 0 and tokens[last - 1].word == ";" and not text[tokens[last - 1].end : stop].strip(BLANKS):
        last -= 1
        stop = tokens[last].start
    if last > 0 and tokens[last - 1].word == "\0" and not text[tokens[last - 1].end : stop].strip(BLANKS):
        last -= 1
    if text.find("\0", tokens[0].start, tokens[-1].start) >= 0:
        last = next((index for index in range(1, last) if _ends_at(tokens, index, text)), last)
    if last > 0 and tokens[last - 1].word == ";":
        last -= 1
    if last == len(tokens) - 1:
        return tokens
    end = tokens[last].start
    return [*tokens[:last], Token(END, end, end, "")]


def _ends_at(tokens: list[Token], index: int, text: str) -> bool:
    """Whether a NUL after a `;` stands here; the last character of the text ends no comment that runs."""
    if tokens[index - 1].word != ";" or tokens[index].word != "\0":
        return False
    return tokens[index + 1].kind != UNCLOSED or text[tokens[index].end : tokens[-1].start].strip(BLANKS + ";") != ""
