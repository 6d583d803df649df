"""One mistake is one finding, and examples are no alarm."""

import pytest

from grantlint import lint
from grantlint.lint.finding import Finding, Related, Severity
from grantlint.lint.registry import rule_set
from grantlint.lint.triage.examples import EXAMPLES, example_in
from grantlint.lint.triage.signal import merged, softened
from grantlint.model.location import Source, Span

RULES = {rule.name: rule for rule in rule_set()}
STRONG, WEAK = "any-host-all-privileges", ("any-host", "all-privileges-global", "grant-option")


def finding(rule: str, account: str, path: str = "x.yml", severity: Severity = Severity.ERROR) -> Finding:
    return Finding(rule, severity, f"{account} is {rule}", Span(Source(path, "text"), 0, 1))


def names(found: list[Finding]) -> list[str]:
    return [one.rule for one in found]


def test_a_stronger_rule_speaks_for_the_weaker_ones_at_the_same_account() -> None:
    result = merged([finding(rule, "'a'@'%'") for rule in (*WEAK, STRONG)], (), RULES)
    assert (names(result.findings), result.spoken_for) == ([STRONG], 3)
    assert [note.message for note in result.findings[0].related] == [f"'a'@'%' is {rule}" for rule in WEAK]


def test_the_strongest_speaks_where_each_speaks_for_the_next() -> None:
    result = merged([finding(rule, "'a'@'%'") for rule in ("grant-option", "all-privileges-global")], (), RULES)
    assert names(result.findings) == ["all-privileges-global"]


@pytest.mark.parametrize(
    "other",
    [
        finding("any-host", "'b'@'%'"),
        finding("any-host", "'a'@'%.%'"),
        finding("any-host", "'a'@'%'", "y.yml"),
        finding("plain-text-password", "'a'@'%'"),
    ],
)
def test_another_account_file_or_mistake_stays(other: Finding) -> None:
    result = merged([other, finding(STRONG, "'a'@'%'")], (), RULES)
    assert (len(result.findings), result.spoken_for) == (2, 0)


def test_a_grant_in_another_file_is_of_the_account_that_names_it() -> None:
    grants = finding("all-privileges-global", "'a'@'%'", "grants.sql")
    strong = finding(STRONG, "'a'@'%'")._replace(related=(Related("granted here", grants.span),))
    assert names(merged([grants, strong], (), RULES).findings) == [STRONG]


def test_a_rule_that_counts_less_here_hides_nothing() -> None:
    weak, strong = finding("any-host", "'a'@'%'"), finding(STRONG, "'a'@'%'", severity=Severity.INFO)
    assert len(merged([weak, strong], (), RULES).findings) == 2


def test_who_accepts_the_stronger_accepts_the_weaker() -> None:
    assert merged([finding("any-host", "'a'@'%'")], [finding(STRONG, "'a'@'%'")], RULES).findings == []


@pytest.mark.parametrize(
    ("path", "soft"),
    [
        ("tests/x.yml", True), ("a/docs/b/x.yml", True), ("roles/geerlingguy.mysql/tasks/main.yml", True),
        ("molecule/default/x.yml", True), ("vendor/a/x.yml", True), ("x.yml", False), ("tests.yml", False),
        ("contest/x.yml", False), ("roles/db/x.yml", False), ("roles/.x/y.yml", False), ("policies/test", False),
        (".examples/full/compose.yml", True), ("_samples/x.sql", True), ("Docs/x.sql", True), ("pillar.example", True),
        ("compose.example.yml", True), ("values-sample.yaml", True), ("exampled.yml", False), ("test-a.yaml", False),
        ("charts/shop/ci/default-values.yaml", True), ("ci/accounts.yaml", False), ("ci/ops/values.yaml", False),
        ("e2e-tests/users/run.sql", True), ("src/integration-test/x.sql", True), ("__tests__/x.sql", True),
        ("kind-demos/x.yml", True), ("e2e/x.yml", True), ("shop-test/x.yml", False), ("shop-demo/x.yml", False),
        ("api-docs/x.yml", False), ("docker-compose.test.yml", True), ("compose-e2e.yaml", True),
        ("docker-compose.latest.yml", False), ("host_vars/test.yml", False),
    ],
)  # fmt: skip
def test_what_stands_in_an_example_is_info(path: str, soft: bool) -> None:  # noqa: FBT001 - a column
    found = softened([finding("any-host", "'a'@'%'", path)], EXAMPLES, str)
    assert (found.findings[0].severity is Severity.INFO, found.softened) == (soft, soft)
    assert softened([finding("any-host", "'a'@'%'", path)], (), str).softened == 0


@pytest.mark.parametrize(
    ("path", "below", "example"),
    [
        ("e2e-tests/a/x.sql", "e2e-tests/a/x.sql", "e2e-tests/"), ("../b/tests/x.sql", "b/tests/x.sql", "../b/tests/"),
        ("x.example.yml", "a/x.example.yml", "x.example.yml"), ("x.sql", "tests/x.sql", "./"),
        ("roles/a.b/tasks/x.yml", "roles/a.b/tasks/x.yml", "roles/a.b/"),
        ("/r/docs/a/x.sql", "docs/a/x.sql", "/r/docs/"),
        ("tests/examples/x.sql", "tests/examples/x.sql", "tests/"), ("policies/x.sql", "policies/x.sql", ""),
    ],
)  # fmt: skip
def test_the_outermost_folder_says_it(path: str, below: str, example: str) -> None:
    assert example_in(path, below, EXAMPLES) == example


def test_what_a_rule_says_twice_of_an_account_in_a_file_is_one_finding() -> None:
    twice = finding("any-host", "'a'@'%'"), finding("any-host", "'a'@'%'")
    result = merged(twice, (), RULES)
    assert (len(result.findings), len(result.findings[0].related), result.spoken_for) == (1, 1, 1)
    others = (
        finding("any-host", "'b'@'%'"),
        finding("any-host", "'a'@'%'", "y.yml"),
        finding("host-omitted", "'a'@'%'"),
    )
    assert len(merged([twice[0], *others], (), RULES).findings) == 4


def test_super_speaks_for_the_parts_of_it() -> None:
    """What a stronger rule says is evidence for the controls of the weaker one."""
    grants = "GRANT SUPER, SYSTEM_USER ON *.* TO 'm'@'10.0.0.1';\nGRANT ROLE_ADMIN ON *.* TO 'm'@'10.0.0.1';\n"
    found = lint(text=grants, filename="a.sql", servers=["mysql-8.4"]).findings
    assert [(one.rule, len(one.related)) for one in found] == [("privilege-super", 2)]
    assert {*RULES["privilege-settings"].controls} <= {*RULES["privilege-super"].controls}
    other = grants.replace("ROLE_ADMIN ON *.* TO 'm'", "ROLE_ADMIN ON *.* TO 'n'")
    assert "privilege-settings" in [one.rule for one in lint(text=other, filename="a.sql").findings]


def test_what_names_no_account_is_told_at_each_place() -> None:
    assert len(merged([finding("plain-text-password", "x")] * 2, (), RULES).findings) == 2


def test_what_speaks_of_another_file_or_was_not_read_stays_as_bad() -> None:
    shadow = finding("anonymous-shadows-named", "'a'@'%'", "tests/x.yml")
    shadow = shadow._replace(related=(Related("here", Span(Source("policies/x.yml", ""), 0, 0)),))
    assert softened([shadow, finding("syntax-error", "x", "tests/x.yml")], EXAMPLES, str).softened == 0
