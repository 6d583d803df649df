"""The hint behind a name that nobody knows."""

from collections.abc import Collection


def hint(word: str, known: Collection[str], others: str = "") -> str:
    """Return the nearest name as a question, else `others`, else all names that are known."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for a slip, and slow to import

    near = get_close_matches(word, known, 1)
    return f"did you mean {near[0]!r}?" if near else others or f"known: {', '.join(known)}"
