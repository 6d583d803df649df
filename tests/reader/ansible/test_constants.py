"""Conditions of tasks that hold in every run, or in none."""

import pytest

from grantlint.model.location import Source
from grantlint.reader.formats.ansible.values.constants import constant
from grantlint.reader.yaml.mapping import entries
from grantlint.reader.yaml.nodes import documents


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("false", False),
        ("no", False),
        ("'no'", None),
        ("\"'false'\"", None),
        ("not true", False),
        ("not (1 == 2)", True),
        ("1 == 2", False),
        ("2 >= 1.5", True),
        ("'\"no\" | bool'", False),
        ("'\"yes\" | bool'", True),
        ("\"'a' != 'b'\"", True),
        ("0", False),
        ("none", False),
        ("'{{ false }}'", False),
        ("false and x", False),
        ("x == 1 and false", False),
        ("x.y(1) or true", True),
        ("x | bool", None),
        ("not x", None),
        ("not (x and false)", True),
        ("x or false", None),
        ("false and x if y else true", None),
        ("\"'x' in []\"", None),
        ("false is defined", None),
        ("[x, 1 == 2]", False),
        ("[x, 1 == 1]", None),
        ("[true, 'not False']", True),
        ("''", None),
        ("(" * 99, None),
        ("not " * 99 + "x", None),
    ],
)
def test_what_no_variable_changes_is_told(when: str, *, holds: bool | None) -> None:
    (root,) = documents(Source("x.yml", f"when: {when}\n"))
    assert constant(entries(root)["when"].value) is holds
