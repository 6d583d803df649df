"""An answer as somebody asked for it: of which server, how the client was read, with which error in the hand."""

from grantlint.access.server.answer import Answer
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Protocol


class Asking(NamedTuple):
    """An answer with the name of its server.

    remark: how the client was read from the command line.
    """

    name: str
    answer: Answer
    remark: str
    assumed: bool = False  # nobody says which product the server is
    complaint: "Complaint | None" = None


class Complaint(Protocol):
    """An error that somebody has and wants explained."""

    @property
    def errno(self) -> int:
        """Its number."""
        ...

    @property
    def password(self) -> bool | None:
        """Whether a password was sent, None where that is not told."""
        ...

    @property
    def account(self) -> str | None:
        """The host of an account that it names, not a client's."""
        ...
