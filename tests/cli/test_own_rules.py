"""Rules of a configuration, as a person meets them: they run, are listed, have a page, and are tried."""

from pathlib import Path

from runs import Run

RULE = """
[[rule]]
name = "app-hosts"
template = "hosts-within"
message = "applications come from 10.20.0.0/16"
severity = "error"
users = "app*"
hosts = "10.20.0.0/16"
bad = ["CREATE USER 'app'@'10.9.0.1';"]
good = ["CREATE USER 'app'@'10.20.0.1';"]
"""
POLICY = "users:\n  - user: app\n    host: 10.9.0.1\n"


def test_a_rule_of_the_configuration_runs_and_is_explained(grantlint: Run, tmp_path: Path) -> None:
    (tmp_path / "grantlint.toml").write_text(RULE, encoding="utf-8")
    (tmp_path / "x.yml").write_text(POLICY, encoding="utf-8")
    ran = grantlint("-q", "x.yml")
    assert ran.status == 1
    assert "x.yml:3:11: error[app-hosts]: applications come from 10.20.0.0/16" in ran.out
    assert "app-hosts" in grantlint("rules").out
    assert "Asked for by grantlint.toml" in grantlint("rule", "app-hosts").out
    assert grantlint("--ignore", "app-hosts", "-q", "x.yml").status == 0


def test_the_examples_of_a_rule_are_tried(grantlint: Run, tmp_path: Path) -> None:
    file = tmp_path / "grantlint.toml"
    file.write_text(RULE, encoding="utf-8")
    ran = grantlint("test-rules")
    assert (ran.status, ran.out) == (0, "app-hosts: as its examples say (1 bad, 1 good)\n")
    file.write_text(RULE.replace("10.9.0.1", "10.20.0.9"), encoding="utf-8")
    ran = grantlint("test-rules")
    assert (ran.status, ran.out) == (1, "app-hosts: bad example 1 is not reported\n")
    file.write_text(RULE.replace('good = ["CREATE', 'good = ["CRATE'), encoding="utf-8")
    assert grantlint("test-rules").status == 1
    file.write_text(RULE.partition("bad =")[0], encoding="utf-8")
    assert "has no example that is bad" in grantlint("test-rules").out
    file.write_text("", encoding="utf-8")
    assert "no [[rule]] in the configuration" in grantlint("test-rules").err


def test_a_rule_of_a_name_that_is_taken_is_refused(grantlint: Run, tmp_path: Path) -> None:
    (tmp_path / "grantlint.toml").write_text(RULE.replace("app-hosts", "any-host"), encoding="utf-8")
    (tmp_path / "x.yml").write_text(POLICY, encoding="utf-8")
    assert "two rules are named 'any-host'" in grantlint("x.yml").err
    assert grantlint("x.yml").status == 2
