"""The configuration file: where it is found, what it may say, what a slip in it is told."""

import os
from pathlib import Path

import pytest

from grantlint.lint.finding import Severity
from grantlint.platform.errors import ConfigError, UsageError
from grantlint.platform.globs import Globs
from grantlint.run.configuration.config_search import Meant, find_config
from grantlint.run.configuration.keys import IN_FILES
from grantlint.run.configuration.reading import read_config
from grantlint.run.configuration.toml.lines import lines_of
from grantlint.run.judging.planning import plan
from grantlint.run.settings import NamedRule, Settings


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def config(text: str, name: str = "grantlint.toml") -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_every_setting_is_read() -> None:
    settings = read_config(
        config(
            'select = ["hosts"]\nignore = "any-host"\nserver = ["mysql-8.4"]\nadministrators = ["dba"]\n'
            'rules-dir = "checks"\nexclude = ["old/*"]\n[severity]\nany-host = "error"\nhost-list = "off"\n'
        )
    )
    assert settings == Settings(
        select=("hosts",),
        ignore=("any-host",),
        servers=("mysql-8.4",),
        administrators=("dba",),
        not_loaded=("checks",),
        rules_dir_line=5,
        exclude=Globs(("old/*",)),
        severity={"any-host": Severity.ERROR, "host-list": None},
        file="grantlint.toml",
        switched_off=(
            "select hosts", "ignore any-host", "exclude old/*", "administrators dba", "any-host is error",
            "host-list is off",
        ),
        named_rules=(
            NamedRule("hosts", "grantlint.toml:1: select"),
            NamedRule("any-host", "grantlint.toml:2: ignore"),
            NamedRule("any-host", "grantlint.toml:8: severity.any-host", or_tag=False),
            NamedRule("host-list", "grantlint.toml:9: severity.host-list", or_tag=False),
        ),
    )  # fmt: skip


def test_folders_in_it_are_seen_from_where_it_stands() -> None:
    settings = read_config(config('rules-dir = "checks"\nexclude = ["old"]\n', "up/grantlint.toml"))
    assert settings.not_loaded == ("up/checks",)
    assert settings.exclude == Globs(("old",), "up")


def test_a_pyproject_counts_where_it_has_the_table() -> None:
    config("[project]\nname = 'x'\n", "pyproject.toml")
    assert find_config() is None
    file = config("[tool.grantlint]\nselect = ['any-host']\n", "pyproject.toml")
    assert find_config() == file
    assert read_config(file).select == ("any-host",)


@pytest.mark.parametrize("table", ["[tool]\ngrantlint.ignore = ['any-host']", "[tool.'grantlint']\nignore = 'any-host'",
                                   "[ tool . grantlint ]\nignore = ['any-host']"])  # fmt: skip
def test_a_table_of_a_pyproject_counts_however_it_is_written(table: str) -> None:
    file = config(f"{table}\n", "pyproject.toml")
    assert find_config() == file
    assert read_config("pyproject.toml").ignore == ("any-host",)


def test_a_pyproject_that_only_names_grantlint_has_no_table() -> None:
    config("[project]\ndependencies = ['grantlint']\n# tool.grantlint\n", "pyproject.toml")
    assert find_config() is None


def test_a_file_of_its_own_comes_before_a_pyproject() -> None:
    config("[tool.grantlint]\n", "pyproject.toml")
    config("", "grantlint.toml")
    assert find_config() == "grantlint.toml"


def test_the_nearest_file_up_to_the_root_of_the_repository_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    config("", "grantlint.toml")
    Path("repository/.git").mkdir(parents=True)
    Path("repository/a/b").mkdir(parents=True)
    monkeypatch.chdir("repository/a/b")
    assert find_config() is None
    config("", "../../grantlint.toml")
    assert find_config() == "../../grantlint.toml"
    config("", "../grantlint.toml")
    assert find_config() == "../grantlint.toml"


def test_outside_a_repository_only_the_current_folder_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    config("")
    Path("a").mkdir()
    monkeypatch.chdir("a")
    assert find_config() is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("selct = []", "grantlint.toml:1: no setting is named 'selct'; did you mean 'select'?"),
        (
            "zzzz = 1",
            (f"grantlint.toml:1: no setting is named 'zzzz'; known: {', '.join(setting.key for setting in IN_FILES)}"),
        ),
        ("select = 1", "grantlint.toml:1: select takes a text or a list of texts"),
        ("select = ['a', 1]", "grantlint.toml:1: select takes a text or a list of texts"),
        ("severity = 'error'", "grantlint.toml:1: severity must be a table"),
        (
            "[severity]\nany-host = 'fatal'",
            "grantlint.toml:2: severity.any-host takes one of error, warning, info, off, not 'fatal'",
        ),
        ("select = [", "grantlint.toml is not valid TOML: Invalid value (at end of document)"),
        (f"select = {'9' * 5000}", "grantlint.toml holds a number with too many digits"),
        (f"select = {'[' * 50_000}{']' * 50_000}", "grantlint.toml nests too deep to be read"),
    ],
)
def test_a_slip_is_told_with_its_key(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_config(config(text))
    assert str(caught.value) == said


def test_a_file_that_is_no_text_or_not_there_is_told() -> None:
    Path("grantlint.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match=r"grantlint.toml is not valid TOML: .*decode"):
        read_config("grantlint.toml")
    with pytest.raises(ConfigError, match=r"gone.toml cannot be read: No such file"):
        read_config("gone.toml")


@pytest.mark.parametrize("folder", [".", "repository", "repository/policies/shop", "/"])
def test_a_path_finds_its_configuration_from_any_folder(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config("", "repository/grantlint.toml")
    Path("repository/.git").mkdir()
    Path("repository/policies/shop").mkdir(parents=True)
    target = tmp_path / "repository/policies/shop/a.yml"
    target.touch()
    monkeypatch.chdir(folder)
    for path in (os.path.relpath(target), str(target.parent)):
        found = Meant([path]).find()
        assert found is not None
        assert os.path.samefile(found, tmp_path / "repository/grantlint.toml")


def test_paths_with_different_configurations_are_run_apart() -> None:
    config("", "one/grantlint.toml")
    config("", "two/grantlint.toml")
    Path("three").mkdir()
    assert Meant(["one", "one"]).find() == "one/grantlint.toml"
    for paths, said in ((["one", "two"], "one by one/grantlint.toml, two by two/grantlint.toml"),
                        (["one", "three"], "one by one/grantlint.toml, three by none")):  # fmt: skip
        with pytest.raises(UsageError) as caught:
            Meant(paths).find()
        assert str(caught.value) == (
            f"these paths have different configurations ({said}): run them apart, or name one with --config"
        )
    assert Meant(["one", "two"], scope=".").find() is None, "what counts in the scope counts for all"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[path]", "grantlint.toml:1: path is a list of tables: write [[path]] above each"),
        ("[[path]]", "grantlint.toml:1: [[path]] number 1 has no globs"),
        ("[[path]]\nglobs = 'a'\n[[path]]\nglob = 'b'", "toml:4: [[path]] number 2: no key is named 'glob'"),
        ("[[path]]\nglobs = 'a'\nseverity = 'off'", "severity takes one of error, warning, info, not 'off'"),
        ("fail-on = 'errors'", "fail-on takes one of error, warning, info, never, not 'errors'"),
        ("min-confidence = 3", "min-confidence takes one of high, medium, low, not 3"),
        ("baseline = 3", "grantlint.toml:1: baseline takes a text"),
    ],
)  # fmt: skip
def test_a_slip_in_a_newer_key_is_told(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_config(config(text))
    assert said in str(caught.value)


def test_a_slip_is_told_with_its_line() -> None:
    with pytest.raises(ConfigError) as caught:
        read_config(config("[project]\nname = 'x'\n[tool.grantlint]\nselect = []\nignroe = []\n", "pyproject.toml"))
    assert str(caught.value) == "pyproject.toml:5: no setting is named 'ignroe'; did you mean 'ignore'?"


@pytest.mark.parametrize(
    ("text", "keys", "line"),
    [
        ("a = 1\n[path]\nx.y = 2\n", ("path", "x", "y"), 3),
        ("a = '''\nb = 1\n'''\nb = 2\n", ("b",), 4),
        ('a = """\n[b]\\"""\n""""\nb = 2\n', ("b",), 4),
        ("a = [ # ]\n  'b = 1',\n  { c = 1 },\n]\nb = 2\n", ("b",), 5),
        ("[[path]]\nglobs = 1\n[[path]]\n\nglobs = 2 # x\n[path.inner]\nz = 1\n", ("path", 1, "globs"), 5),
        ("[[path]]\n[[path]]\n[path.inner]\nz = 1\n", ("path", 1, "inner", "z"), 4),
        ("\r\n\"a\\u002db\" = 1\r\n'c.d' = 2\r\n", ("a-b",), 2),
        ("\r\n\"a\\u002db\" = 1\r\n'c.d' = 2\r\n", ("c.d",), 3),
    ],
)
def test_the_line_of_a_key_is_known(text: str, keys: tuple[str | int, ...], line: int) -> None:
    found = lines_of(text)
    assert found[keys] == line
    assert ("z",) not in found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ignore = ['any-hots']\n", "grantlint.toml:1: ignore: no rule or tag is named 'any-hots'; did you mean"),
        ("\n[severity]\nhosts = 'off'\n", "grantlint.toml:3: severity.hosts: no rule is named 'hosts'"),
        (
            "[[path]]\nglobs = 'a'\nignore = 'any-hots'\n",
            "grantlint.toml:3: [[path]] number 1: ignore: no rule or tag is named 'any-hots'",
        ),
        (
            "[[rule]]\nname = 'a'\nmessage = 'b'\ntemplate = 'names-match'\n\npattern = 'a'\nusrs = 'b'\n",
            "grantlint.toml:7: rule 1 (a): this template has no key 'usrs'; did you mean 'users'?",
        ),
    ],
)
def test_a_name_that_no_rule_has_is_told_at_every_level(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        plan(read_config(config(text)))
    assert str(caught.value).startswith(said)
