"""Every series of MySQL and MariaDB: its last release, whether it is supported for long, and until when.

From the vendors' release notes and support policies, as of November 2026. What nobody says which server it is for is
judged as the series marked `assumed`. A new series is a line here, and a step in each trait that it changes.
"""

from grantlint.access.product.traits import Product, Version
from grantlint.platform.record import NamedTuple


class Series(NamedTuple):
    """A series of releases, with the last one known.

    `ends`: year and month in which its support ends, '' where nobody says.
    """

    product: Product
    last: Version
    long_term: bool = False
    ends: str = ""
    assumed: bool = False

    @property
    def name(self) -> str:
        """Return the product and the first two numbers, such as mysql-8.4."""
        return f"{self.product}-{dotted(self.last[:2])}"


SERIES = (
    Series("mysql", (5, 5, 62), long_term=True, ends="2018-12"),
    Series("mysql", (5, 6, 51), long_term=True, ends="2021-02"),
    Series("mysql", (5, 7, 44), long_term=True, ends="2023-10"),
    Series("mysql", (8, 0, 46), long_term=True, ends="2026-04"),
    Series("mysql", (8, 1, 0), ends="2023-10"),
    Series("mysql", (8, 2, 0), ends="2024-01"),
    Series("mysql", (8, 3, 0), ends="2024-04"),
    Series("mysql", (8, 4, 13), long_term=True, ends="2032-04", assumed=True),
    Series("mysql", (9, 0, 1), ends="2024-10"),
    Series("mysql", (9, 1, 0), ends="2025-01"),
    Series("mysql", (9, 2, 0), ends="2025-04"),
    Series("mysql", (9, 3, 0), ends="2025-07"),
    Series("mysql", (9, 4, 0), ends="2025-10"),
    Series("mysql", (9, 5, 0), ends="2026-01"),
    Series("mysql", (9, 6, 0), ends="2026-04"),
    Series("mysql", (9, 7, 4), long_term=True, ends="2034-04", assumed=True),
    Series("mysql", (26, 7, 0)),
    Series("mysql", (26, 10, 0)),
    Series("mariadb", (10, 1, 48), long_term=True, ends="2020-10"),
    Series("mariadb", (10, 2, 44), long_term=True, ends="2022-05"),
    Series("mariadb", (10, 3, 39), long_term=True, ends="2023-05"),
    Series("mariadb", (10, 4, 34), long_term=True, ends="2024-06"),
    Series("mariadb", (10, 5, 29), long_term=True, ends="2025-06"),
    Series("mariadb", (10, 6, 28), long_term=True, ends="2026-07"),
    Series("mariadb", (10, 7, 8), ends="2023-02"),
    Series("mariadb", (10, 8, 8), ends="2023-05"),
    Series("mariadb", (10, 9, 8), ends="2023-08"),
    Series("mariadb", (10, 10, 7), ends="2023-11"),
    Series("mariadb", (10, 11, 19), long_term=True, ends="2028-02", assumed=True),
    Series("mariadb", (11, 0, 6), ends="2024-06"),
    Series("mariadb", (11, 1, 6), ends="2024-08"),
    Series("mariadb", (11, 2, 6), ends="2024-11"),
    Series("mariadb", (11, 3, 2), ends="2024-05"),
    Series("mariadb", (11, 4, 9), long_term=True, ends="2029-05"),
    Series("mariadb", (11, 5, 2), ends="2024-11"),
    Series("mariadb", (11, 6, 2), ends="2025-02"),
    Series("mariadb", (11, 7, 2), ends="2025-05"),
    Series("mariadb", (11, 8, 9), long_term=True, ends="2028-06", assumed=True),
    Series("mariadb", (12, 0, 2)),
    Series("mariadb", (12, 1, 2)),
    Series("mariadb", (12, 2, 2)),
    Series("mariadb", (12, 3, 3), long_term=True),
)
NEWEST: dict[Product, Version] = {"mysql": (9, 7), "mariadb": (11, 8)}
"""The series that a product alone means: the newest in long-term support that was asked."""

MEASURED: frozenset[tuple[Product, Version]] = frozenset(
    {
        ("mysql", (5, 6, 24)),
        ("mysql", (9, 7, 4)),
        ("mariadb", (10, 5, 23)),
        ("mariadb", (10, 11, 19)),
        ("mariadb", (11, 8, 9)),
    }
)
"""The releases whose servers answered the questions that the tests replay."""


def releases_of(product: Product) -> tuple[Version, ...]:
    """Return the last release of every series of a product, in order."""
    return tuple(series.last for series in SERIES if series.product == product)


def dotted(version: Version) -> str:
    """Return a version as people write it."""
    return ".".join(map(str, version))
