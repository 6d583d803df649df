"""The built-in rules. They come in by the door that plug-ins use; the order is that of `grantlint rules`.

`RULES` is read from index.py when it is asked for, so that a run imports only the files of rules that it asks;
catalogue.py imports them all.
"""

from grantlint import Rule, indexed


def __getattr__(name: str) -> tuple[Rule, ...]:
    """Return RULES, raising AttributeError for any other name."""
    if name != "RULES":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from grantlint_rules.index import ENTRIES  # noqa: PLC0415 - for who asks for all rules

    rules = indexed(ENTRIES)
    globals()[name] = rules
    return rules
