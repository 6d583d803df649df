"""The server that a declaration is meant for: product and version, as people name them."""

from functools import lru_cache

from grantlint.access.product.platforms import AURORA, AZURE, CLOUD_SQL, RDS
from grantlint.access.product.releases import MEASURED, NEWEST, SERIES, dotted, releases_of
from grantlint.access.product.traits import Product, Traits, Version, traits_of
from grantlint.platform.errors import TargetError
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple

DEFAULT_PANEL = tuple(series.name for series in SERIES if series.assumed)
"""The servers assumed when nobody says which."""

_FAMILIES: dict[str, Product] = {
    "mysql": "mysql", "percona": "mysql", "percona-server": "mysql", "aurora": "mysql", "aurora-mysql": "mysql",
    "rds": "mysql", "rds-mysql": "mysql", "cloudsql": "mysql", "cloudsql-mysql": "mysql", "azure": "mysql",
    "azure-mysql": "mysql", "mariadb": "mariadb", "rds-mariadb": "mariadb", "azure-mariadb": "mariadb",
}  # fmt: skip
_PLATFORMS = {"rds": RDS, "aurora": AURORA, "azure": AZURE, "cloudsql": CLOUD_SQL}
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
    def platform(self) -> str:
        """The platform that manages the server, '' for none."""
        return _PLATFORMS.get(self.label.partition("-")[0], "")

    @property
    def server_name(self) -> str:
        """What the server calls itself in its messages."""
        return "MySQL" if self.product == "mysql" else "MariaDB"

    def __str__(self) -> str:
        return self.label


_NAME = Pattern(r"([a-z]+(?:-[a-z]+)*)(?:-?([0-9].*))?")
_VERSION = Pattern(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,2}")


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
    found = _NAME.fullmatch(text.strip().lower().replace(":", "-").replace(" ", "-").replace("_", "-"))
    family, digits = (found[1], found[2] or "") if found else ("", "")
    product = _FAMILIES.get(family)
    if product is None:
        raise TargetError(f"{text!r} names no server known here{_nearest_name(text)}")
    if digits and not _VERSION.fullmatch(digits):
        raise TargetError(f"{text!r} does not end in a version such as {dotted(NEWEST[product])}")
    said = tuple(map(int, digits.split("."))) if digits else NEWEST[product]
    meant = next((one[:2] for one in releases_of(product) if f"{one[0]}{one[1]}" == digits), None)
    if meant is not None:  # 84 for 8.4 would be a version of the next century
        raise TargetError(f"{text!r} names no server known here; the nearest is {family}-{dotted(meant)}")
    if family == "rds" and said >= (10,):
        product = "mariadb"
    label = f"{family}-{digits or dotted(said)}"
    version, reading = _release(label, product, _AURORA.get(said[:1], said) if "aurora" in family else said)
    measured = family == product and (product, version) in MEASURED
    note = f"{label} is read as {product} {dotted(version)}{reading}; " + (
        "its rules were measured on that release"
        if measured
        else "its rules come from the nearest versions measured or read in source"
    )
    return Target(product, version, label, traits_of(product, version), measured, note)


def _release(label: str, product: Product, said: Version) -> tuple[Version, str]:
    """Return the full version and how it was come by."""
    known = releases_of(product)
    series = [release for release in known if release[: min(len(said), 2)] == said[:2]]
    if series:
        last = series[-1]
        if len(said) < len(last):
            return last, ", the last release known"
        return said, f", newer than {dotted(last)}, the last release known" if said > last else ""
    if said > known[-1]:
        return said, f", newer than {dotted(known[-1])}, the last release known"
    raise TargetError(f"there is no {label} known here{_nearest_version(product, said)}")


def _nearest_version(product: Product, said: Version) -> str:
    other = next((series for series in SERIES if series.last[:2] == said[:2]), None)
    if other is not None:
        return f"; there is {other.name}"
    releases = releases_of(product)
    before = [release for release in releases if release < said] or [releases[0]]
    return f"; the nearest is {product}-{dotted(before[-1][:2])}"


def _nearest_name(text: str) -> str:
    import difflib  # noqa: PLC0415 - only when a name is wrong; costs 10 ms

    names = [series.name for series in SERIES]
    near = difflib.get_close_matches(text.lower(), [*names, *_FAMILIES], n=1)
    return f"; the nearest is {near[0]}" if near else "; write mysql-8.4, mariadb-11.8 or the like"
