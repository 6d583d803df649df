"""The key of a finding: what does not change it, what does, and that no two findings of a run share one."""

import doctest
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.lint.finding import Finding, Severity
from grantlint.lint.triage import fingerprint as module
from grantlint.lint.triage.fingerprint import fingerprint, fingerprints, names_in
from grantlint.model.location import Source, Span
from grantlint.run.judging.planning import plan
from grantlint.run.loading import Request, load
from grantlint.run.settings import Settings

SECRET = "Canary-0xC0FFEE"  # noqa: S105 - what must not show


def finding(message: str, rule: str = "any-host", at: int = 0, path: str = "x.yml") -> Finding:
    return Finding(rule, Severity.ERROR, message, Span(Source(path, "x" * 100), at, at + 1))


def keys(folder: Path) -> Counter[tuple[str, str]]:
    settings = Settings()
    report = plan(settings).judge(load(Request([str(folder)]), settings))
    return Counter((one.rule, fingerprint(one)) for one in report.findings)


def test_the_examples_hold() -> None:
    assert doctest.testmod(module).failed == 0


def test_the_place_does_not_count_and_what_is_named_does() -> None:
    one = fingerprint(finding("'a'@'%' may connect from any host"))
    assert one == fingerprint(finding("'a'@'%' may connect from any host", at=40, path="y.yml"))
    assert one == fingerprint(finding("from any host, 'a'@'%' may connect")), "another release words it anew"
    assert one != fingerprint(finding("'b'@'%' may connect from any host"))
    assert one != fingerprint(finding("'a'@'%' may connect from any host", rule="grant-option"))
    assert len(one) == 32


def test_names_of_all_kinds_are_told_from_prose() -> None:
    assert names_in("'o''x'@'10.0.%' has SELECT, ALL PRIVILEGES on `a``b`.* and *.*; the server's 3rd, mysql-8.4") == (
        "'o''x'@'10.0.%'", "*.*", ".*", "ALL PRIVILEGES", "SELECT", "`a``b`",
    )  # fmt: skip
    assert names_in("no account lets web1 (10.0.3.7) in") == ("10.0.3.7",)
    assert names_in("line 3 has a tab") == names_in("line 9 has a tab")


def test_the_same_twice_has_two_keys() -> None:
    same = [finding("'a'@'%' may", at=at) for at in range(3)]
    listed = fingerprints(same)
    assert len({*listed}) == 3
    assert listed[0] == fingerprint(same[0])
    assert listed == fingerprints(same)


ACCOUNTS = st.lists(
    st.tuples(
        st.sampled_from(["app", "web", "o'x", "", "größe"]),
        st.sampled_from(["%", "10.0.3.0/24", "localhost", "10.0.3.%", "%.%.%.%"]),
        st.lists(st.sampled_from(["*.*", "`shop_eu`.*", "`x`.*"]), unique=True, max_size=2),
    ),
    unique_by=lambda account: account[:2],
    min_size=1,
    max_size=5,
)
Accounts = list[tuple[str, str, list[str]]]


def quoted(text: str, quote: str) -> str:
    return quote + (text.replace("'", "''") if quote == "'" else text) + quote


def block(accounts: Accounts, blank: int) -> str:
    lines = ["users:"]
    for user, host, targets in accounts:
        lines += ["" for _ in range(blank)]
        lines += [f"  - user: {quoted(user, chr(39))}", f"    host: {quoted(host, chr(39))}"]
        lines += [f"    authentication: {{password: {SECRET}}}"]
        lines += ["    grants:"] * bool(targets)
        lines += [f"      - {{privileges: [SELECT, ALL PRIVILEGES], target: '{target}'}}" for target in targets]
    return "\n".join(lines) + "\n"


def flow(accounts: Accounts) -> str:
    items: list[str] = []
    for user, host, targets in accounts:
        grants = ", ".join(f'{{target: "{target}", privileges: ["select", "all privileges"]}}' for target in targets)
        items.append(
            f"{{host: {quoted(host, chr(34))}, user: {quoted(user, chr(34))}, grants: [{grants}],\n"
            f'   authentication: {{password: "{SECRET}"}}}}'
        )
    return "---\n# the same\nusers: [" + ",\n".join(items) + "]\n"


@given(accounts=ACCOUNTS, shuffled=st.randoms(use_true_random=False), blank=st.integers(0, 3))
@examples(12)
def test_keys_outlive_moves_renames_reordering_and_another_layout(
    accounts: Accounts, shuffled: Random, blank: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    first, second = (tmp_path_factory.mktemp("one") for _ in range(2))
    (first / "policy.yml").write_text(block(accounts, 0), encoding="utf-8")
    before = keys(first)
    assert before
    (first / "policy.yml").write_text(block(accounts, blank), encoding="utf-8")
    assert keys(first) == before
    moved = [*accounts]
    shuffled.shuffle(moved)
    (second / "elsewhere").mkdir()
    (second / "elsewhere/other.yaml").write_text(flow(moved), encoding="utf-8")
    about_order = {"duplicate-account"}  # which of two is the second, the order says
    after = Counter({key: number for key, number in keys(second).items() if key[0] not in about_order})
    assert after == Counter({key: number for key, number in before.items() if key[0] not in about_order})


def test_a_secret_changes_no_key(tmp_path: Path) -> None:
    seen: list[Counter[tuple[str, str]]] = []
    for secret in ("Canary-1", "another"):
        (tmp_path / "x.yml").write_text(block([("app", "%", ["*.*"])], 0).replace(SECRET, secret), encoding="utf-8")
        seen.append(keys(tmp_path))
    assert seen[0] == seen[1]
    assert any(rule == "plain-text-password" for rule, _ in seen[0])
