"""A string of a file, or bare text, and the quotes around it."""

from grantlint.platform.record import NamedTuple
from grantlint.reader.writing.quotes import Quotes


class Quoted(NamedTuple):
    """The string or bare text around a place, and its quotes.

    Bounds include quotes; the outermost quotes come first.
    """

    start: int
    end: int
    quotes: tuple[Quotes, ...]
    is_folded: bool = False  # whether its line breaks are none of its value
