import importlib.util
import json
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest

import grantlint_rules
from grantlint.cli.commands.check import EPILOG
from grantlint.lint.registry import chosen, rule_set
from grantlint.run.configuration.keys import IN_FILES, SETTINGS
from grantlint.run.configuration.reading import read_config
from grantlint.run.configuration.toml.file import config_file

PACK = Path(grantlint_rules.__file__).parent
DOCS = Path(__file__).parents[2] / "docs"


def _build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BUILD = _build()
PAGES = BUILD.pages()


@pytest.mark.parametrize("name", PAGES)
def test_the_page_of_a_rule_is_what_the_rule_says(name: str) -> None:
    assert (DOCS / "rules" / name).read_text(encoding="utf-8") == PAGES[name], "run `make docs`"


def test_the_index_of_the_pack_says_what_the_rule_files_say() -> None:
    assert (PACK / "index.py").read_text(encoding="utf-8") == BUILD.index(), "run `make docs`"


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    assert {file.name for file in (DOCS / "rules").glob("*.md")} == {*PAGES}


def test_the_configuration_that_the_guide_shows_is_taken(tmp_path: Path) -> None:
    guide = (DOCS / "using.md").read_text(encoding="utf-8")
    file = tmp_path / "grantlint.toml"
    file.write_text(guide.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    settings = read_config(str(file))
    rules = rule_set()
    assert chosen(rules, settings.select, settings.ignore)
    assert {*settings.severity} <= {rule.name for rule in rules}
    assert {setting.key for setting in IN_FILES} == {*config_file(str(file)).table}, "the guide shows every setting"


def test_the_guide_names_every_variable() -> None:
    guide = (DOCS / "using.md").read_text(encoding="utf-8")
    assert [one.variable for one in SETTINGS if one.variable and f"`{one.variable}`" not in guide] == []


def test_the_page_on_declarations_tells_every_kind_act_and_outcome() -> None:
    page = (DOCS / "declarations.md").read_text(encoding="utf-8")
    schema = files("grantlint.report.declared").joinpath("declarations.schema.json").read_text(encoding="utf-8")
    defined = json.loads(schema)["$defs"]
    kinds = [defined[one["$ref"].rpartition("/")[2]]["properties"]["kind"] for one in json.loads(schema)["oneOf"]]
    words = {word for kind in kinds for word in kind.get("enum", [kind.get("const")])}
    acts = defined["step"]["properties"]["values"]["oneOf"]
    words |= {act["properties"]["act"]["const"] for act in acts}
    words |= {*defined["became"]["items"]["properties"]["outcome"]["enum"]}
    assert len(words) == 15 + len(acts) + 11 - 1, "revoke is a kind and an act"
    assert {word for word in words if f"| `{word}` |" not in page} == {"grantlint"}


def test_the_guide_tells_every_exit_status() -> None:
    guide = (DOCS / "using.md").read_text(encoding="utf-8")
    for line in EPILOG.split("exit status:\n")[1].splitlines():
        assert line.split()[0] in guide.split("## Exit status")[1]
