"""What the rules over whole servers cost as one dimension of a file grows: calls are counted, never seconds."""

from collections.abc import Callable, Iterable

import pytest

import grantlint_rules
from counting import profiled
from grantlint.testing import findings

pytestmark = pytest.mark.slow

DATABASES = ("a", "b", "c")
Shape = Callable[[int], list[str]]


def addresses(number: int) -> list[str]:
    return [f"10.0.{one // 200}.{one % 200 + 1}" for one in range(number)]


def user(name: str, hosts: Iterable[str], *grants: tuple[str, str]) -> str:
    given = "".join(f"\n      - {{privileges: [{privileges}], target: '{target}'}}" for privileges, target in grants)
    listed = ", ".join(f"'{host}'" for host in hosts)
    return f"  - user: '{name}'\n    hosts: [{listed}]\n    grants:{given or ' []'}"


def same_grants_at_each_host(size: int) -> list[str]:
    return [user("app", addresses(size), *(("ALL", f"{name}.*") for name in DATABASES))]


def another_grant_at_each_host(size: int) -> list[str]:
    names = ("SELECT", "INSERT", "DELETE")
    return [
        user("app", [host], (names[number % 3], "a_b.*"), (names[(number + 1) % 3], "`a%`.*"))
        for number, host in enumerate(addresses(size))
    ]


def anonymous_rows_beside_users(size: int) -> list[str]:
    nobody = user("", addresses(20), ("SELECT", "test.*"), ("INSERT", "`test%`.*"))
    return [nobody, *(user(f"u{number}", ["%"], ("SELECT", "a.*")) for number in range(size))]


def members_of_a_role(size: int) -> list[str]:
    users = [
        f"  - {{user: u{number}, hosts: ['%', {host}], roles: [r], default_roles: [r]}}"
        for number, host in enumerate(addresses(size))
    ]
    return [*users, "roles:", "  - {role: r, grants: [{privileges: [SELECT], target: 'a.*'}]}"]


SHAPES: tuple[Shape, ...] = (
    same_grants_at_each_host,
    another_grant_at_each_host,
    anonymous_rows_beside_users,
    members_of_a_role,
)


def calls(shape: Shape, size: int) -> int:
    """Return how many functions, Python's own too, are called to judge a policy."""
    text = "\n".join(["server: {name: shop}", "users:", *shape(size), ""])
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    with profiled(count):
        findings(text, grantlint_rules.RULES)
    return counted


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_twice_as_much_costs_twice_as_much(shape: Shape) -> None:
    calls(shape, 15)  # what is made once, such as a grammar's expressions
    once, twice, four_times = calls(shape, 30), calls(shape, 60), calls(shape, 120)
    assert twice < 2.3 * once
    assert four_times < 2.3 * twice


def test_one_user_at_thirty_hosts_with_three_databases_each_is_cheap() -> None:
    calls(same_grants_at_each_host, 15)
    assert calls(same_grants_at_each_host, 30) < 300_000
