"""The hint behind a name that nobody knows."""

from collections.abc import Collection


def nearest(word: str, known: Collection[str]) -> str:
    """Return the nearest name, '' where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for a slip, and slow to import

    return next(iter(get_close_matches(word, known, 1)), "")


def hint(word: str, known: Collection[str], others: str = "") -> str:
    """Return the nearest name as a question.

    If none is near, `others`, else all names that are known.
    """
    near = nearest(word, known)
    return f"did you mean {near!r}?" if near else others or f"known: {', '.join(known)}"
