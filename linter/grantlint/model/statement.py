"""A statement as a file has it, and what a server says that does not take it."""

from collections.abc import Callable

from grantlint.model.location import Span
from grantlint.platform.record import NamedTuple


class Refusal(NamedTuple):
    """A server's error for a statement it cannot parse.

    `span`: where it stops reading.
    """

    span: Span
    errno: int
    message: str
    help: str = ""


class Statement:
    """An account statement of SQL. Which servers take it is asked only where a rule wants to know."""

    __slots__ = ("_ask", "span")

    def __init__(self, span: Span, ask: Callable[[str, tuple[int, ...]], Refusal | None]) -> None:
        self.span = span
        self._ask = ask

    def refusal(self, product: str, version: tuple[int, ...]) -> Refusal | None:
        """Return the error of this product and version, None if it parses.

        The product is "mysql" or "mariadb".
        """
        return self._ask(product, version)
