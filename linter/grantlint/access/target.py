"""The server that a declaration is meant for: product and version, as people name them."""

from functools import lru_cache
from typing import NamedTuple

from grantlint.access.traits import Product, Traits, Version, traits_of
from grantlint.errors import TargetError

DEFAULT_PANEL = ("mysql-8.0", "mysql-8.4", "mysql-9.7", "mariadb-10.11", "mariadb-11.8")
"""The servers assumed when nobody says which: the series in long-term support."""

_LAST: dict[Product, tuple[Version, ...]] = {
    "mysql": (
        (5, 5, 62), (5, 6, 51), (5, 7, 44), (8, 0, 46), (8, 1, 0), (8, 2, 0), (8, 3, 0), (8, 4, 13), (9, 0, 1),
        (9, 1, 0), (9, 2, 0), (9, 3, 0), (9, 4, 0), (9, 5, 0), (9, 6, 0), (9, 7, 4), (26, 10, 0),
    ),
    "mariadb": (
        (10, 1, 48), (10, 2, 44), (10, 3, 39), (10, 4, 34), (10, 5, 29), (10, 6, 25), (10, 7, 8), (10, 8, 8),
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
    family, digits = _split(text)
    product = _FAMILIES.get(family)
    if product is None:
        raise TargetError(f"{text!r} names no server known here{_nearest(text)}")
    try:
        said = tuple(int(part) for part in digits.split(".")) if digits else ()
    except ValueError:
        raise TargetError(f"{text!r} does not end in a version such as 8.0 or 10.11{_nearest(text)}") from None
    if family == "rds" and said[:1] >= (10,):
        product = "mariadb"
    asked = _AURORA.get(said[:1], said) if family.startswith("aurora") and said[:2] < (5,) else said
    version, reading = _release(text, product, asked)
    label = f"{family}-{digits}" if digits else f"{product}-{_dotted(_NEWEST[product])}"
    measured = family == product and (product, version) in _MEASURED
    note = f"{label} is read as {product} {_dotted(version)}{reading}; " + (
        "its rules were measured on that release"
        if measured
        else "its rules come from the nearest versions measured or read in source"
    )
    return Target(product, version, label, traits_of(product, version), measured, note)


def _split(text: str) -> tuple[str, str]:
    plain = text.strip().lower().replace(":", "-").replace(" ", "-").replace("_", "-")
    family, _, digits = plain.rpartition("-")
    if family and digits[:1].isdigit():
        return family, digits.removeprefix("v")
    return plain, ""


def _release(text: str, product: Product, said: Version) -> tuple[Version, str]:
    """Return the full version and how it was come by."""
    last = _LAST[product]
    if not said:
        said = _NEWEST[product]
    if len(said) == 1:
        series = [release for release in last if release[0] == said[0]]
        if series:
            return series[-1], ", the last release known"
    if said[:2] < last[0][:2]:
        raise TargetError(f"{text!r} is older than {product}-{_dotted(last[0][:2])}, the first version known here")
    if said[:2] > last[-1][:2]:
        return said, f", newer than {_dotted(last[-1])}, the last release known"
    release = next((release for release in last if release[:2] == said[:2]), None)
    if release is None:
        raise TargetError(f"there is no {product} {_dotted(said)}{_nearest(text)}")
    if len(said) == 2:  # noqa: PLR2004 - major and minor: a series
        return release, ", the last release known"
    return said, "" if said <= release else f", newer than {_dotted(release)}, the last release known"


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))


def _nearest(text: str) -> str:
    import difflib  # noqa: PLC0415 - only when a name is wrong; costs 10 ms

    families = [family for family, product in _FAMILIES.items() if family == product or "-" in family]
    names = [f"{p}-{_dotted(release[:2])}" for p, releases in _LAST.items() for release in releases]
    near = difflib.get_close_matches(text.lower(), names + families, n=1, cutoff=0.4)
    return f"; the nearest is {near[0]}" if near else "; such as mysql-8.4 or mariadb-11.8"
