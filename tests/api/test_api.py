"""`from grantlint import lint, Access`: the same answers as the command line's, as values."""

import doctest
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import grantlint
import grantlint.doors.api
from grantlint import Access, lint
from grantlint.platform.errors import GrantlintError

POLICY = "server: {product: mysql-8.4}\nusers:\n  - user: app\n    host: '%'\n  - user: ''\n    host: 10.0.3.7\n"


def test_the_examples_of_its_docs_hold() -> None:
    assert doctest.testmod(grantlint.doors.api).failed == 0
    assert doctest.testmod(grantlint.doors.api).attempted > 3


@pytest.mark.e2e
def test_paths_give_what_the_command_line_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shop.yml").write_text(POLICY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    command = [sys.executable, "-m", "grantlint", "--output", "json", "shop.yml"]
    told = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)["findings"]
    for made in (lint("shop.yml"), lint(Path("shop.yml")), lint(text=POLICY, filename="shop.yml")):
        assert [(found.rule, found.place.path, found.line, found.message) for found in made.findings] == [
            (found["rule"], found["path"], found["line"], found["message"]) for found in told
        ]
        assert made.findings
        assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own


def test_rules_and_servers_are_chosen_and_a_configuration_only_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shop.yml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "grantlint.toml").write_text("ignore = 'any-host'\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert {found.rule for found in lint("shop.yml", select=["any-host"]).findings} == {"any-host"}
    named = lint("shop.yml", select=["any-host"], config="grantlint.toml")
    assert named.findings == ()
    assert "any-host" not in {found.rule for found in lint("shop.yml", ignore=["any-host"]).findings}


def test_who_a_client_is_and_whether_it_is_let_in() -> None:
    access = Access(text=POLICY)
    assert access.accounts == ("'app'@'%'", "''@'10.0.3.7'")
    (who,) = access.who("app", "10.0.3.7")
    assert (who.judged_as, who.account, who.admitted, who.known) == ("mysql-8.4", "''@'10.0.3.7'", True, True)
    assert access.admits("app", "10.0.3.8")
    (refused,) = Access(text=POLICY.replace("'%'", "10.0.9.9").replace("10.0.3.7", "10.0.9.8")).who("app", "10.0.3.8")
    assert (refused.error, refused.account, refused.admitted) == (1130, "", False)
    assert not access.admits("app", "10.0.3.8", privileges=["SELECT"], database="shop")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lint, "give paths, or a text"),
        (lambda: lint("x", text="y"), "give paths, or a text"),
        (lambda: lint("no-such-file"), "no-such-file"),
        (lambda: lint(text=POLICY, select=["any-hots"]), "any-host"),
        (lambda: lint(text=POLICY, servers=["oracle-19"]), "oracle-19"),
        (lambda: Access(text=POLICY).who("app", "10.0.0"), "10.0.0"),
    ],
)
def test_misuse_is_an_error_with_a_sentence(call: object, words: str) -> None:
    with pytest.raises(GrantlintError, match=words):
        call()  # type: ignore[operator]  # a lambda of the list


@pytest.mark.e2e
@pytest.mark.parametrize("first", ["", "import grantlint.lint.engine; "])
def test_the_function_is_there_whatever_was_imported_first(first: str) -> None:
    program = f"{first}from grantlint import lint; print(lint(text={POLICY!r}, select=['any-host']).findings[0].rule)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "any-host\n"
