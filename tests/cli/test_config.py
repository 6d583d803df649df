"""`grantlint config`: what holds, and whose word it is."""

import json
import subprocess
import tomllib
from pathlib import Path

import pytest

from grantlint.run.configuration.keys import IN_FILES, SETTINGS
from grantlint.run.configuration.reading import read_config

from .conftest import Run

TEXT = """\
ignore = ["host-list"]
profile = "hardened"
max-findings = 2
baseline = "known.json"

[severity]
any-host = "off"

[[path]]
globs = ["old/*"]
ignore = "any-host"

[threshold]
network-broad = 20
"""


def test_each_value_tells_who_says_it(here: Path, process: Run) -> None:
    (here / "grantlint.toml").write_text(TEXT, encoding="utf-8")
    ran = process(
        "config", "--ignore", "any-host", "--fail-on", "never", GRANTLINT_PROFILE="pedantic", GRANTLINT_FAIL_ON="info"
    )
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "# configuration: grantlint.toml"
    for line in (
        'profile = "pedantic"  # GRANTLINT_PROFILE',
        'ignore = ["host-list", "any-host"]  # grantlint.toml:1, --ignore',
        'fail-on = "never"  # --fail-on',
        "max-findings = 2  # grantlint.toml:3",
        'baseline = "known.json"  # grantlint.toml:4',
        "select = []  # default",
        "# exit-zero = false  # default",
        'any-host = "off"  # grantlint.toml:7',
        'globs = ["old/*"]  # grantlint.toml:10',
        'ignore = ["any-host"]  # grantlint.toml:11',
    ):
        assert line in lines
    told = json.loads(process("config", "--format", "json", "--no-baseline").out)
    assert [one["key"] for one in told["settings"]] == [setting.key for setting in SETTINGS]
    by_key = {one["key"]: one for one in told["settings"]}
    assert (by_key["max-findings"]["value"], by_key["max-findings"]["origins"]) == (2, ["grantlint.toml:3"])
    assert (by_key["baseline"]["value"], by_key["baseline"]["origins"]) == ("", ["--no-baseline"])
    assert by_key["path"]["value"] == [{"globs": ["old/*"], "ignore": ["any-host"]}]


def test_what_is_printed_is_a_configuration_that_says_the_same(here: Path, process: Run) -> None:
    (here / "grantlint.toml").write_text(
        TEXT + '[[rule]]\nname = "a"\ntemplate = "names-match"\nmessage = "a \\"b\\" \\\\ \\u0007"\npattern = "a"\n',
        encoding="utf-8",
    )
    before = read_config("grantlint.toml")
    printed = process("config", GRANTLINT_FAIL_ON="").out
    assert {*tomllib.loads(printed)} == {one.key for one in IN_FILES} - {"server"} | {"server"}
    (here / "grantlint.toml").write_text(printed, encoding="utf-8")
    after = read_config("grantlint.toml")
    same = {name for name, value in before._asdict().items() if value == getattr(after, name)}
    assert {*before._asdict()} - same == {"named_rules", "rule_lines", "example_folders", "switched_off"}
    assert (after.own_rules, after.path_entries) == (before.own_rules, before.path_entries)


def test_what_names_or_refuses_the_file_is_told(here: Path, process: Run) -> None:
    (here / "other.toml").write_text("profile = 'correctness'\n", encoding="utf-8")
    assert process("config").out.startswith("# configuration: none\n")
    assert process("config", "--isolated").out.startswith("# configuration: none (--isolated)\n")
    assert process("config", GRANTLINT_ISOLATED="1").out.startswith("# configuration: none (GRANTLINT_ISOLATED)\n")
    named = process("config", GRANTLINT_CONFIG="other.toml", GRANTLINT_ISOLATED="0").out
    assert named.startswith("# configuration: other.toml (GRANTLINT_CONFIG)\n")
    assert 'profile = "correctness"  # other.toml:1\n' in named
    assert process("config", "--config", "other.toml", GRANTLINT_ISOLATED="1").out.startswith(
        "# configuration: other.toml (--config)\n"
    )


def test_a_run_ends_with_the_file_and_what_named_it(here: Path, process: Run) -> None:
    (here / "a.yml").write_text("users: [{user: app, host: 10.0.0.1}]\n", encoding="utf-8")
    (here / "other.toml").write_text("profile = 'correctness'\n", encoding="utf-8")
    for words, environment, line in (
        (("--config", "other.toml"), {}, "configuration: other.toml (--config)"),
        ((), {"GRANTLINT_CONFIG": "other.toml"}, "configuration: other.toml (GRANTLINT_CONFIG)"),
        (("--isolated",), {}, "configuration: none (--isolated)"),
    ):
        assert process("a.yml", *words, **environment).out.splitlines()[-1] == line
    assert "configuration" not in process("a.yml").out


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("GRANTLINT_FAIL_ON", "bad", "GRANTLINT_FAIL_ON takes one of error, warning, info, never, not 'bad'"),
        ("GRANTLINT_MAX_FINDINGS", "-1", "GRANTLINT_MAX_FINDINGS takes a number from 0, not '-1'"),
        ("GRANTLINT_EXIT_ZERO", "maybe", "GRANTLINT_EXIT_ZERO takes 1 or 0, not 'maybe'"),
        ("GRANTLINT_SELECT", " , ", "GRANTLINT_SELECT is given without a word in it"),
        ("GRANTLINT_OUTPUT", "sarfi", "no output is named 'sarfi'; did you mean sarif?"),
    ],
)
def test_a_slip_in_a_variable_is_told(variable: str, value: str, said: str, here: Path, process: Run) -> None:
    assert process(str(here), **{variable: value}) == (2, "", f"grantlint: {said}\n")


def test_each_option_of_a_build_server_has_a_variable(here: Path, process: Run) -> None:
    (here / "a.yml").write_text("users: [{user: app, host: '%'}]\n", encoding="utf-8")
    assert process("a.yml", GRANTLINT_EXIT_ZERO="1").status == 0
    assert process("a.yml", GRANTLINT_MAX_FINDINGS="9").status == 0
    assert process("a.yml", GRANTLINT_SELECT="hosts, secrets", GRANTLINT_IGNORE="any-host").status == 0
    assert "mariadb-11.8" in process("a.yml", GRANTLINT_SERVER="mariadb-11.8").out.split("judged as")[1]
    assert "profile correctness" in process("a.yml", GRANTLINT_PROFILE="correctness").out
    assert process("a.yml", GRANTLINT_OUTPUT="json").out.startswith('{"version"')
    assert process("none", GRANTLINT_ALLOW_EMPTY="1").status == 2
    (here / "none").mkdir()
    assert process("none", GRANTLINT_ALLOW_EMPTY="1").status == 0
    warned = process("config", GRANTLINT_FALI_ON="info").out
    assert "# GRANTLINT_FALI_ON is set and steers nothing: did you mean GRANTLINT_FAIL_ON?\n" in warned


def test_a_configuration_that_a_run_would_refuse_is_refused(here: Path, process: Run) -> None:
    (here / "grantlint.toml").write_text("baseline = '../x.json'\n", encoding="utf-8")
    assert process("config").err == (
        "grantlint: grantlint.toml:1: baseline: '../x.json' lies outside of this file's folder; "
        "--baseline may name it\n"
    )
    assert process("config", "--format", "yaml", "--isolated").err == (
        "grantlint: --format takes text or json here, not 'yaml'\n"
    )


@pytest.mark.parametrize("folder", [".", "repository", "repository/policies/shop", "/"])
def test_a_run_from_any_folder_says_the_same(folder: str, here: Path, process: Run) -> None:
    root = here / "repository"
    (root / "policies/shop").mkdir(parents=True)
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    (root / "grantlint.toml").write_text(
        "fail-on = 'info'\nexclude = ['policies/old']\n[severity]\nany-host = 'error'\n"
        "[[path]]\nglobs = ['policies/shop/soft.yml']\nseverity = 'info'\n",
        encoding="utf-8",
    )
    for name in ("shop/a.yml", "shop/soft.yml", "old/b.yml"):
        (root / "policies" / name).parent.mkdir(exist_ok=True)
        (root / "policies" / name).write_text("users: [{user: app, host: '%'}]\n", encoding="utf-8")
    for path in (str(root), "repository" if folder == "." else str(root / "policies")):
        ran = process("--format", "json", path, folder=here / folder, GRANTLINT_FAIL_ON="")
        told = json.loads(ran.out)
        found = {(Path(here / folder, one["path"]).name, one["severity"]) for one in told["findings"]
                 if one["rule"] == "any-host"}  # fmt: skip
        assert found == {("a.yml", "error"), ("soft.yml", "info")}
        assert (here / folder / told["summary"]["configuration"]).resolve() == root / "grantlint.toml"
        assert ran.status == 1
