"""One cause of a refusal, and whether it is one here."""

from grantlint.platform.record import NamedTuple


class Cause(NamedTuple):
    """A usual cause of a refusal, and whether it applies here.

    `change`: what to change where it applies.
    """

    name: str
    title: str
    applies: bool
    why: str
    change: str = ""


def yes(name: str, title: str, why: str, change: str) -> Cause:
    """Return a cause that applies."""
    return Cause(name, title, applies=True, why=why, change=change)


def no(name: str, title: str, why: str) -> Cause:
    """Return a cause that does not apply."""
    return Cause(name, title, applies=False, why=why)
