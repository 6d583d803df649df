"""docs/formats/policy.md: its example is right, and it names every key of the schema."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grantlint.model.location import Source
from grantlint.reader.formats.policy.document import read
from grantlint.reader.schema import schema_text

PAGE = (Path(__file__).parents[3] / "docs" / "formats" / "policy.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"```yaml title=\"policy.yml\"\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_is_right() -> None:
    (found,) = read(Source("policy.yml", EXAMPLE))
    assert not found.faults
    assert not found.not_checked
    assert [str(account) for account in found.accounts] == [
        "'shop'@'10.1.2.%'",
        "'report'@'10.1.2.%'",
        "'report'@'localhost'",
    ]


def test_every_key_of_the_schema_is_named() -> None:
    schema = json.loads(schema_text())
    parts = [schema, *schema["$defs"].values()]
    keys = {key for part in parts for key in part.get("properties", {})}
    assert {key for key in keys if f"`{key}`" not in PAGE} == set()


@pytest.mark.e2e
def test_a_policy_without_a_fault_loads_nothing_that_finds_words() -> None:
    program = (
        "import sys\n"
        "from grantlint.model.location import Source\n"
        "from grantlint.reader.formats.policy.document import read\n"
        "(found,) = read(Source('p.yml', sys.stdin.read()))\n"
        "heavy = {'jsonschema', 'json', 'difflib', 'importlib.resources'}\n"
        "print(len(found.accounts), sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], input=EXAMPLE, capture_output=True, text=True, check=True)
    assert ran.stdout == "3 []\n"
