"""The server that a declaration is meant for: product and version, as people name them."""

import re
from functools import lru_cache
from typing import NamedTuple

from grantlint.access.product.traits import Product, Traits, Version, traits_of
from grantlint.errors import TargetError

DEFAULT_PANEL = ("mysql-8.0", "mysql-8.4", "mysql-9.7", "mariadb-10.11", "mariadb-11.8")
"""The servers assumed when nobody says which: the series in long-term support."""

_LAST: dict[Product, tuple[Version, ...]] = {
    "mysql": (
        (5, 5, 62), (5, 6, 51), (5, 7, 44), (8, 0, 46), (8, 1, 0), (8, 2, 0), (8, 3, 0), (8, 4, 13), (9, 0, 1),
        (9, 1, 0), (9, 2, 0), (9, 3, 0), (9, 4, 0), (9, 5, 0), (9, 6, 0), (9, 7, 4), (26, 10, 0),
    ),
    "mariadb": (
        (10, 1, 48), (10, 2, 44), (10, 3, 39), (10, 4, 34), (10, 5, 29), (10, 6, 28), (10, 7, 8), (10, 8, 8),
        (10, 9, 8), (10, 10, 7), (10, 11, 19), (11, 0, 6), (11, 1, 6), (11, 2, 6), (11, 3, 2), (11, 4, 9),
        (11, 5, 2), (11, 6, 2), (11, 7, 2), (11, 8, 9), (12, 0, 2), (12, 1, 2), (12, 2, 2), (12, 3, 1),
    ),
}  # fmt: skip
"""The last release known of every series."""

_NEWEST: dict[Product, Version] = {"mysql": (9, 7), "mariadb": (11, 8)}
_MEASURED = {
    ("mysql", (5, 6, 24)), ("mysql", (9, 7, 4)),
    ("mariadb", (10, 5, 23)), ("mariadb", (10, 11, 19)), ("mariadb", (11, 8, 9)),
}  # fmt: skip
_FAMILIES: dict[str, Product] = {
    "mysql": "mysql", "percona": "mysql", "percona-server": "mysql", "aurora": "mysql", "aurora-mysql": "mysql",
    "rds": "mysql", "rds-mysql": "mysql", "cloudsql": "mysql", "cloudsql-mysql": "mysql", "azure": "mysql",
    "azure-mysql": "mysql", "mariadb": "mariadb", "rds-mariadb": "mariadb", "azure-mariadb": "mariadb",
}  # fmt: skip
_AURORA: dict[Version, Version] = {(2,): (5, 7), (3,): (8, 0)}


class Target(NamedTuple):
    """A product and version to decide for."""

    product: Product
    version: Version
    label: str
    traits: Traits
    measured: bool
    """Whether real servers of this very release answered the questions that the tests replay."""
    note: str
    """How the name was read, and how sure its rules are."""

    @property
    def server_name(self) -> str:
        """What the server calls itself in its messages."""
        return "MySQL" if self.product == "mysql" else "MariaDB"

    def __str__(self) -> str:
        return self.label


_NAME = re.compile(r"([a-z]+(?:-[a-z]+)*)(?:-?([0-9].*))?").fullmatch
_VERSION = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,2}").fullmatch


@lru_cache(maxsize=256)
def parse_target(text: str) -> Target:
    """Return the server that `text` names.

    A series without a patch number means its last release, a product alone its newest long-term series.
    Percona, RDS, Cloud SQL and Azure follow the product and version they are built from, Aurora 2 and 3
    MySQL 5.7 and 8.0. Docker's `mysql:8.0` is understood, too.

    >>> parse_target("mysql-8.0").version
    (8, 0, 46)
    >>> parse_target("aurora-mysql-3").traits.sort_order
    'ip823'
    >>> parse_target("mariadb-10.11.19").measured
    True

    Raises TargetError, with the nearest known name, where no product or version is meant.
    """
    found = _NAME(text.strip().lower().replace(":", "-").replace(" ", "-").replace("_", "-"))
    family, digits = (found[1], found[2] or "") if found else ("", "")
    product = _FAMILIES.get(family)
    if product is None:
        raise TargetError(f"{text!r} names no server known here{_nearest_name(text)}")
    if digits and not _VERSION(digits):
        raise TargetError(f"{text!r} does not end in a version such as {_dotted(_NEWEST[product])}")
    said = tuple(map(int, digits.split("."))) if digits else _NEWEST[product]
    if family == "rds" and said >= (10,):
        product = "mariadb"
    label = f"{family}-{digits or _dotted(said)}"
    version, reading = _release(label, product, _AURORA.get(said[:1], said) if "aurora" in family else said)
    measured = family == product and (product, version) in _MEASURED
    note = f"{label} is read as {product} {_dotted(version)}{reading}; " + (
        "its rules were measured on that release"
        if measured
        else "its rules come from the nearest versions measured or read in source"
    )
    return Target(product, version, label, traits_of(product, version), measured, note)


def _release(label: str, product: Product, said: Version) -> tuple[Version, str]:
    """Return the full version and how it was come by."""
    known = _LAST[product]
    series = [release for release in known if release[: min(len(said), 2)] == said[:2]]
    if series:
        last = series[-1]
        if len(said) < len(last):
            return last, ", the last release known"
        return said, f", newer than {_dotted(last)}, the last release known" if said > last else ""
    if said > known[-1]:
        return said, f", newer than {_dotted(known[-1])}, the last release known"
    raise TargetError(f"there is no {label} known here{_nearest_version(product, said)}")


def _nearest_version(product: Product, said: Version) -> str:
    for other, releases in _LAST.items():
        if any(release[:2] == said[:2] for release in releases):
            return f"; there is {other}-{_dotted(said[:2])}"
    before = [release for release in _LAST[product] if release < said] or [_LAST[product][0]]
    return f"; the nearest is {product}-{_dotted(before[-1][:2])}"


def _nearest_name(text: str) -> str:
    import difflib  # noqa: PLC0415 - only when a name is wrong; costs 10 ms

    names = [f"{product}-{_dotted(r[:2])}" for product, releases in _LAST.items() for r in releases]
    near = difflib.get_close_matches(text.lower(), [*names, *_FAMILIES], n=1)
    return f"; the nearest is {near[0]}" if near else "; write mysql-8.4, mariadb-11.8 or the like"


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))
