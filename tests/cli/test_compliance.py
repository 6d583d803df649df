"""Evidence: passed, failed, shown in part or not at all; silence about what was not seen is no pass."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from grantlint.lint.controls import every_control, query_of
from runs import Run

GOOD = (
    "server: {name: shop, product: mysql-8.0}\nusers:\n  - user: app\n    host: 10.0.3.7\n"
    "    authentication: {secret: vault:db/app}\n"
)
EDITIONS = ("cis-mysql-8.0", "cis-mysql-8.4", "cis-mysql-9.7", "cis-mariadb-10.11", "stig-mysql-8.0", "pci-dss-4.0")
WILDCARD = "7.6"


def _verdict(here: Path, grantlint: Run, text: str, control: str = WILDCARD) -> dict[str, object]:
    (here / "p.yml").write_text(text, encoding="utf-8")
    ran = grantlint("--format", "compliance-json", "--edition", "cis-mysql-9.7")
    (edition,) = json.loads(ran.out)["editions"]
    (found,) = [one for one in edition["controls"] if one["control"] == control]
    return found


def test_a_control_passes_where_rules_looked_and_found_nothing(here: Path, grantlint: Run) -> None:
    found = _verdict(here, grantlint, GOOD)
    assert found["verdict"] == "passed"
    assert "any-host" in found["rules"]  # type: ignore[operator]  # JSON of this shape


def test_a_control_fails_at_a_place(here: Path, grantlint: Run) -> None:
    found = _verdict(here, grantlint, GOOD.replace("10.0.3.7", "'%'"))
    assert found["verdict"] == "failed"
    (place, *_) = found["places"]  # type: ignore[misc]  # JSON of this shape
    assert (place["path"], place["line"], place["rule"]) == ("p.yml", 4, "any-host")


def test_an_exception_is_no_pass_and_its_reason_is_told(here: Path, grantlint: Run) -> None:
    found = _verdict(here, grantlint, GOOD.replace("10.0.3.7", "'%' # grantlint: ignore[any-host] behind a proxy"))
    assert found["verdict"] == "partly"
    assert found["places"][0]["exception"] == "behind a proxy"  # type: ignore[index]  # JSON of this shape


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("10.0.3.7", "'{{ host }}'"),
        GOOD + "  - user: web\n    hots: 10.0.3.8\n    authentication: {secret: vault:db/web}\n",
    ],
    ids=["template", "fault"],
)
def test_what_was_not_seen_is_no_pass(text: str, here: Path, grantlint: Run) -> None:
    assert _verdict(here, grantlint, text)["verdict"] == "partly"


def test_what_was_not_asked_or_left_out_is_no_pass(here: Path, grantlint: Run) -> None:
    (here / "p.yml").write_text(GOOD, encoding="utf-8")
    asked = ("--format", "compliance-json", "--edition", "cis-mysql-9.7")

    def verdict(*more: str) -> object:
        (edition,) = json.loads(grantlint(*asked, *more).out)["editions"]
        return next(one["verdict"] for one in edition["controls"] if one["control"] == WILDCARD)

    assert verdict() == "passed"
    assert verdict("--ignore", "any-host-all-privileges") == "partly"
    (here / "q.yml").write_text(GOOD, encoding="utf-8")
    (here / "grantlint.toml").write_text("exclude = ['q.yml']\n", encoding="utf-8")
    assert verdict() == "partly"


def test_what_only_a_server_shows_comes_with_its_query(here: Path, grantlint: Run) -> None:
    found = _verdict(here, grantlint, GOOD, "4.7")
    assert found["verdict"] == "not checkable from declarations"
    assert found["query"] == "SHOW GLOBAL VARIABLES LIKE 'secure_file_priv'"


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_control_that_declarations_do_not_decide_has_a_query(edition: str) -> None:
    controls = [control for control in every_control().values() if control.edition == edition]
    assert controls
    assert [control.name for control in controls if control.shown != "yes" and not query_of(control)] == []


def test_each_form_is_dated_and_names_tool_edition_and_files(here: Path, grantlint: Run) -> None:
    (here / "p.yml").write_text(GOOD.replace("10.0.3.7", "'%'"), encoding="utf-8")
    for form in ("compliance", "compliance-markdown", "compliance-html", "compliance-csv", "compliance-json"):
        said = grantlint("--format", form, "--edition", "cis-mysql-9.7").out.replace("\\", "")
        assert "2026-11-30" in said, form
        assert "grantlint 0." in said, form
        assert "cis-mysql-9.7" in said, form
        assert "p.yml" in said, form
        assert "failed" in said, form
    rows = [*csv.DictReader(StringIO(grantlint("--format", "compliance-csv", "--edition", "cis-mysql-9.7").out))]
    assert {row["verdict"] for row in rows if row["control"] == WILDCARD} == {"failed"}


def test_without_an_edition_those_of_the_servers_are_told(here: Path, grantlint: Run) -> None:
    (here / "p.yml").write_text(GOOD, encoding="utf-8")
    told = json.loads(grantlint("--format", "compliance-json").out)
    names = [edition["edition"] for edition in told["editions"]]
    assert names == ["cis-mysql-8.0", "stig-mysql-8.0", "pci-dss-4.0", "dev-sec-5.1"]


def test_misuse_is_told(here: Path, grantlint: Run) -> None:
    (here / "p.yml").write_text(GOOD, encoding="utf-8")
    assert grantlint("--edition", "cis-mysql-9.7").status == 2
    slip = grantlint("--format", "compliance", "--edition", "cis-mysql-9")
    assert slip.status == 2
    assert "no edition is named 'cis-mysql-9'; there are cis-mariadb-10.11, " in slip.err


def test_what_a_file_is_called_is_no_markup(here: Path, grantlint: Run) -> None:
    (here / "<b>.yml").write_text(GOOD.replace("10.0.3.7", "'%'"), encoding="utf-8")
    assert "<b>" not in grantlint("--format", "compliance-html", "--edition", "cis-mysql-9.7").out
