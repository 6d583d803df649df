r"""Text from files and file names, made safe to look at: what would steer, hide or reorder it is shown, never sent.

A character that is not seen, or that moves what is, becomes `\n`, `\x1b`, `\u202e` or `\U000e0001`; a byte of a file
name that is no UTF-8 becomes `\xff`. A backslash stays what it is, so text that was made visible can be so once more.
"""

_BLANKS = frozenset("\u2800\u3164\u115f\u1160\uffa0\U0001d159")
"""What is drawn as nothing though Unicode calls it a letter or a symbol."""

_INVISIBLE_MARKS = frozenset(
    (0x034F, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), 0x16FE4, *range(0xE0100, 0xE01F0))
)
"""Marks that change how the character before them is drawn, or nothing at all: joiners and variation selectors."""

_MOST_MARKS = 4  # on one letter: Hebrew and Vietnamese have up to three, a flood has dozens
_OF_BYTES = range(0xDC80, 0xDD00)  # what stands in a file name for a byte that is no UTF-8 (PEP 383)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    r"""Return a text with each invisible character as its escape.

    >>> print(visible("a\x1b[31mb\u202ec\n"))
    a\x1b[31mb\u202ec\n
    """
    return text if is_plain(text) else "".join(visible_each(text))


def is_plain(text: str) -> bool:
    """Return whether each character shows itself in one column. So do ASCII, and the sign for what is left out."""
    plain = text if text.isascii() else text.replace("…", "")  # every second line of a report has that sign
    return plain.isascii() and plain.isprintable()


def visible_each(text: str) -> list[str]:
    """Return what is shown for each character of a text."""
    if is_plain(text):
        return [*text]
    if text.isascii():
        return [c if c.isprintable() else escape(c) for c in text]
    from unicodedata import category  # noqa: PLC0415 - a megabyte that few lines need

    shown: list[str] = []
    marks = _MOST_MARKS  # there is nothing yet that could bear one
    for character in text:
        kind = category(character)
        if kind in {"Mn", "Me"}:
            marks += 1
        else:
            marks = 0 if kind[0] in "LNM" else _MOST_MARKS  # on a quote or a blank it would change what is ours
        plain = character.isprintable() and character not in _BLANKS and ord(character) not in _INVISIBLE_MARKS
        shown.append(character if plain and (marks <= _MOST_MARKS or kind[0] != "M") else escape(character))
    return shown


def escape(character: str) -> str:
    """Return the escape that stands for a character."""
    code = ord(character)
    if code in _OF_BYTES:
        return f"\\x{code - 0xDC00:02x}"
    if code < 1 << 8:
        return _SHORT.get(character) or f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 1 << 16 else f"\\U{code:08x}"


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    Two for a wide character, none for a combining one.
    """
    if text.isascii() or is_plain(text):
        return len(text)
    from unicodedata import combining, east_asian_width  # noqa: PLC0415 - as above

    alone = [character for character in text if not combining(character)]
    return len(alone) + sum(1 for character in alone if east_asian_width(character) in "WF")
