"""The expression by which a text of SQL is cut into tokens, as the servers' lexer cuts it.

Its parts cannot backtrack, so the time is linear whatever stands in the text.
"""

import re
from functools import lru_cache

from grantlint.platform.regex import compiled
from grantlint.reader.sql.syntax.tokens.templates import DIRECTIVE, EXPRESSION

# Letters, digits, _, $ and all that is not ASCII, told by what of ASCII is not meant: a class that names characters
# beyond 255 is worked out for 65,536 of them whenever it is compiled, half of a run over a small file.
NAME_CHARACTER = r"[^\x00-#%-/:-@\[-^`{-\x7f]"
_HOST_CHARACTER = r"[^\x00-#%-\-/:-@\[-^`{-\x7f]"  # and the point
_BUT_DOLLAR = r"[^\x00-/:-@\[-^`{-\x7f]"
_BLANK = r"[ \t\n\x0b\f\r]++|\\\n"  # the client leaves out a backslash that ends a line (facts: I28)
(
    G_DELIMITER, G_BLANK, G_TEMPLATE, G_WORD, G_SINGLE, G_DOUBLE, G_BACKTICK, G_DIGIT, G_AT, G_COMMENT, G_LINE_COMMENT,
    G_PREFIXED, G_MARK,
) = range(1, 14)  # fmt: skip
"""The groups of the expression, as they stand in it."""


@lru_cache(maxsize=64)
def cutter(*, ansi_quotes: bool, escapes: bool, dollars: bool, templates: bool, delimiter: str) -> re.Pattern[str]:
    """Return the expression for a quoting mode and a delimiter.

    Without a delimiter a statement goes on to the end of the text.
    """
    single = _string("'", escapes=escapes, templates=templates)
    double = _string('"', escapes=escapes and not ansi_quotes, templates=templates)
    stop = f"(?!{re.escape(delimiter)})" if delimiter not in {"", ";"} else ""
    character = rf"(?:{stop}{NAME_CHARACTER})"
    host = rf"{stop}{_HOST_CHARACTER}"
    template, at, blank = r"(?!)", rf"@(?=['\"`])|@@|@(?:{host})*+", rf"(?:{_BLANK})++"
    if templates:
        character = rf"(?:{stop}(?:{_BUT_DOLLAR}|\$(?![{{(])))"
        template = rf"(?:{character}*+(?:{EXPRESSION}))++{character}*+"
        at = rf"@(?=['\"`])|@(?:{EXPRESSION}|{host})++|@@|@"
        blank = rf"(?:{_BLANK}|{DIRECTIVE})++"
    dollar = rf"\$(?:(?!\$){character})*+\$" if dollars else r"(?!)"
    parts = (
        (re.escape(delimiter) + r"|\\[gG]") if delimiter else r"(?!)",
        blank,
        template,
        rf"(?![xXbBnN]')(?![0-9])(?!{dollar}){character}++",
        single,
        double,
        r"`(?:[^`]++|``)*+(?:`|\Z)",
        r"[0-9]",
        at,
        r"/\*",
        r"#[^\n\0]*+|--(?=[\x00-\x20\x7f]|[; \t\n\x0b\f\r]*+\Z)[^\n\0]*+",  # a `;` at the end is dropped before
        rf"[xX]'(?:[0-9A-Fa-f]{{2}})*+'|[nN]{single}|[bB]'[01]*+'|{dollar}",
        r":=|.",
    )
    return compiled("|".join(f"({part})" for part in parts), re.DOTALL)


def _string(quote: str, *, escapes: bool, templates: bool) -> str:
    parts = [rf"[^{quote}\\{{<$@]++" if templates else rf"[^{quote}\\]++", quote + quote]
    parts.append(r"\\." if escapes else r"\\")
    if templates:
        parts += [EXPRESSION, r"[{<$@]"]
    return rf"{quote}(?:{'|'.join(parts)})*+(?:{quote}|\\?\Z)"  # one that is never closed takes all the rest
