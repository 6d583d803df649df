"""Words in lines that fit a terminal of eighty columns."""

from collections.abc import Iterator

from grantlint.report.visible import visible, width

COLUMNS = 80


def wrapped(words: str, begun: int, indent: int) -> Iterator[str]:
    """Yield words in lines of at most COLUMNS, cut at blanks.

    A word that is longer stands alone. begun: how many columns of the first line are taken; indent: how many of the
    others, which begin with blanks.
    """
    shown = visible(words)
    columns = len if shown.isascii() else width
    if begun + columns(shown) <= COLUMNS:
        yield shown
        return
    lead = len(shown) - len(shown.lstrip(" "))
    first, *rest = shown[lead:].split(" ")
    line = " " * lead + first
    column = begun + lead + columns(first)
    for word in rest:
        long = columns(word)
        if column + 1 + long > COLUMNS:
            yield line
            line = " " * (indent + lead) + word
            column = indent + lead + long
        else:
            line = f"{line} {word}"
            column += 1 + long
    yield line
