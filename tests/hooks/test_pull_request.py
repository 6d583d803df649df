"""A pull request that moves fifty lines and lets one account in, by real git and the real pre-commit."""

import json
import sys

import pytest

from .repository import Repository

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("pre-commit")]  # they share an installation

ACCOUNT = "  - user: {}\n    host: '%'\n    authentication: {{secret: vault:db/{}}}\n    # kept for\n    # a while\n"
SHOP = "server: {name: shop, product: mysql-8.4}\nusers:\n"
REPORTS = ("sarif", "github", "gitlab", "markdown")


@pytest.fixture(scope="module")
def pull_request(hook: Repository) -> Repository:
    """Make a repository with findings on `main` that a baseline knows, and a branch that moves fifty lines and adds."""
    made = Repository(hook.folder.parent / "pulled")
    revision = hook.git("rev-parse", "HEAD")
    outputs = " ".join(f"--output {name}:report.{name}" for name in REPORTS)
    for name, option in (("baseline", "--baseline grantlint-baseline.json"), ("since", "--changed-since main")):
        (made.folder.parent / f"{name}.yaml").write_text(
            f"repos:\n  - repo: {hook.folder}\n    rev: {revision}\n    hooks:\n      - id: grantlint\n"
            f"        entry: grantlint --scope . --fail-on warning {option} {outputs} --\n",
            encoding="utf-8",
        )
    accounts = [ACCOUNT.format(f"app{number}", number) for number in range(26)]
    (made.folder / "shop.yml").write_text(SHOP + "".join(accounts), encoding="utf-8")
    status, said = made.run(sys.executable, "-m", "grantlint", "baseline")
    assert status == 0, said
    made.git("add", "-A")
    made.git("commit", "-qm", "x")
    made.git("branch", "-M", "main")
    made.git("checkout", "-q", "-b", "change")
    moved = [*accounts[13:18], ACCOUNT.format("fresh", "fresh"), *accounts[18:], *accounts[:13]]
    (made.folder / "shop.yml").write_text(SHOP + "".join(moved), encoding="utf-8")
    made.git("commit", "-qam", "move fifty lines, and let one in")
    assert int(made.git("diff", "--numstat", "main").split()[0]) > 50
    return made


@pytest.mark.parametrize("way", ["baseline", "since"])
def test_a_pull_request_shows_its_one_finding_on_the_added_line(pull_request: Repository, way: str) -> None:
    lines = (pull_request.folder / "shop.yml").read_text(encoding="utf-8").splitlines()
    added = lines.index("  - user: fresh") + 2
    config = str(pull_request.folder.parent / f"{way}.yaml")
    status, said = pull_request.pre_commit("run", "--from-ref", "main", "--to-ref", "HEAD", "--config", config)
    assert status == 1, said
    told = {name: (pull_request.folder / f"report.{name}").read_text(encoding="utf-8") for name in REPORTS}
    (result,) = json.loads(told["sarif"])["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == added
    (issue,) = json.loads(told["gitlab"])
    assert issue["location"]["lines"]["begin"] == added
    (command,) = [line for line in told["github"].splitlines() if line.startswith("::")]
    assert f"file=shop.yml,line={added}," in command
    assert told["markdown"].count("any-host") >= 1
    assert f"shop.yml:{added}" in told["markdown"]
    assert "app1" not in "".join(told.values())
