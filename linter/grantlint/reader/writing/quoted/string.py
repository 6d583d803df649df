"""A string of a file, or bare text, and the quotes around it."""

from typing import NamedTuple

from grantlint.reader.writing.quotes import Quotes


class Quoted(NamedTuple):
    """The string or bare text that a place is in: its bounds, quotes included, and all quotes, the outermost first."""

    start: int
    end: int
    quotes: tuple[Quotes, ...]
    is_folded: bool = False  # whether its line breaks are none of its value
