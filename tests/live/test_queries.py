"""What the evidence for auditors names for a running server runs there: on the product of its edition."""

from collections.abc import Callable

import pytest

from grantlint.lint.controls import every_control, query_of
from live.servers import LiveServer

pytestmark = pytest.mark.live

PRODUCTS = {"cis-mariadb": "mariadb", "stig-mariadb": "mariadb", "cis-mysql": "mysql", "stig-mysql": "mysql"}


def queries(product: str, *, is_old: bool) -> set[str]:
    """Return the statements of all editions for a product, and of those for none."""
    found: set[str] = set()
    for control in every_control().values():
        its = next((name for begin, name in PRODUCTS.items() if control.edition.startswith(begin)), "")
        if its in {"", product} and ("-5." in control.edition) == is_old:
            mysql, _, mariadb = query_of(control).partition("; on MariaDB ")
            found.add(mariadb or mysql if product == "mariadb" else mysql)
    return {query for query in found if query.startswith(("SELECT", "SHOW"))}


def test_each_query_of_the_evidence_runs(server: LiveServer, count: Callable[[str], None]) -> None:
    target = server.target
    if target.product == "mysql" and (5, 7) <= target.version < (8,):
        pytest.skip("the editions of MySQL 5 are for 5.6 and 5.7")
    is_old = target.product == "mysql" and target.version < (8,)
    asked = sorted(queries(target.product, is_old=is_old))
    if target.version < (5, 7):
        asked = [query for query in asked if "authentication_string = ''" not in query]  # 5.7's column
    answers, _ = server.ask(asked)
    assert {query: error for query, error in zip(asked, answers, strict=True) if error is not None} == {}
    assert asked
    count(f"{len(asked)} queries of the evidence for auditors")
