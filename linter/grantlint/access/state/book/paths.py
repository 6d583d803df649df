"""Which steps are run together: those in branches of one file's conditions.

All branches are read, as if each were run. What one of them takes away is gone only where it is run with what made it.
"""

from grantlint.model.step import Path


def always(first: Path, then: Path) -> bool:
    """Return whether `first` is run whenever `then` is.

    Each is the conditions around a step.
    """
    return then[: len(first)] == first


def never(first: Path, second: Path) -> bool:
    """Return whether two places are in two branches of one condition."""
    for one, other in zip(first, second, strict=False):
        if one != other:
            return one[:2] == other[:2]
    return False
