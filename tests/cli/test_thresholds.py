"""`[threshold]`: the number from which a rule reports, set for one's own house."""

import json
from pathlib import Path

import pytest

import grantlint_rules

from .conftest import Run

WITH_NUMBER = {rule.name: rule.threshold for rule in grantlint_rules.RULES if rule.threshold is not None}
LASTS = "CREATE USER app@localhost IDENTIFIED BY RANDOM PASSWORD PASSWORD EXPIRE INTERVAL 180 DAY;\n"
CASES = {
    "password-short": ("users: [{user: app, host: localhost, authentication: {password: Tr0ub4dorTr0ub4}}]\n", 12, 20),
    "network-broad": ("users: [{user: app, host: 10.20.%, authentication: {secret: vault:x}}]\n", 16, 24),
    "public-network": ("users: [{user: app, host: 52.1.2.%, authentication: {secret: vault:x}}]\n", 24, 32),
    "password-never-expires": (LASTS, 365, 90),
}


def _found(here: Path, grantlint: Run, name: str, number: int | None) -> list[str]:
    text = CASES[name][0]
    (here / ("p.sql" if "CREATE" in text else "p.yml")).write_text(text, encoding="utf-8")
    table = f"[threshold]\n{name} = {number}\n" if number is not None else ""
    (here / "grantlint.toml").write_text(f'profile = "pedantic"\n{table}', encoding="utf-8")
    ran = grantlint("--format", "json", ".")
    return [finding["rule"] for finding in json.loads(ran.out)["findings"] if finding["rule"] == name]


@pytest.mark.parametrize("name", CASES)
def test_another_number_is_heeded(name: str, here: Path, grantlint: Run) -> None:
    _, usual, stricter = CASES[name]
    assert WITH_NUMBER[name].number == usual
    assert _found(here, grantlint, name, None) == []
    assert _found(here, grantlint, name, usual) == []
    assert _found(here, grantlint, name, stricter) == [name]


def test_each_rule_with_a_number_is_tried() -> None:
    assert {*CASES} == {*WITH_NUMBER}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("any-host = 3", "any-host has no threshold; "),
        ("pasword-short = 3", "did you mean 'password-short'?"),
        ('password-short = "3"', "takes a number from 0"),
    ],
)
def test_a_slip_is_told_with_its_line(line: str, says: str, here: Path, grantlint: Run) -> None:
    (here / "p.yml").write_text(CASES["network-broad"][0], encoding="utf-8")
    (here / "grantlint.toml").write_text(f"[threshold]\n{line}\n", encoding="utf-8")
    ran = grantlint(".")
    assert ran.status == 2
    assert says in " ".join(ran.err.split())
    assert "grantlint.toml:2" in ran.err


def test_the_page_of_a_rule_says_what_it_counts(grantlint: Run) -> None:
    assert "Threshold: the characters that a password has at least, 12" in grantlint("rule", "password-short").out
