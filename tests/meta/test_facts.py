"""What docstrings cite of docs/facts.md stands there."""

import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
FACTS = set(re.findall(r"^\| ([A-P]\d+) \|", (PROJECT / "docs" / "facts.md").read_text(encoding="utf-8"), re.MULTILINE))
CITED = re.compile(r"[Ff]acts:? (?P<numbers>[A-P]\d+(?:, [A-P]\d+)*)")
CODE = sorted([*(PROJECT / "linter").rglob("*.py"), *(PROJECT / "rules").rglob("*.py")])


def citations() -> dict[str, list[str]]:
    """Return the numbers that each module cites."""
    return {
        file.relative_to(PROJECT).as_posix(): [
            number
            for match in CITED.finditer(file.read_text(encoding="utf-8"))
            for number in match["numbers"].split(", ")
        ]
        for file in CODE
    }


def test_every_citation_leads_to_a_fact() -> None:
    cited = citations()
    assert sum(map(len, cited.values())) > 20
    assert {file: set(numbers) - FACTS for file, numbers in cited.items() if set(numbers) - FACTS} == {}


def test_no_docstring_cites_what_nobody_has() -> None:
    unknown = re.compile(r"[Mm]easured(?::| \(|:? section) ?[A-L]\d*\b|semantics\.md|measured(?:-2)?\.md")
    assert [str(file) for file in CODE if unknown.search(file.read_text(encoding="utf-8"))] == []
