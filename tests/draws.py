"""How many examples hypothesis draws of a property."""

from hypothesis import settings  # noqa: TID251 - here it is said


def examples(number: int) -> settings:
    """Return that it draws so many, and a tenth of it in an everyday run (tests/conftest.py)."""
    return settings(max_examples=max(1, number * settings.default.max_examples // 100))
