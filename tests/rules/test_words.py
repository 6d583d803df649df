"""What each rule says in its examples, word by word. `GOLDENS=update pytest tests/rules` writes it: read the diff."""

import os
from pathlib import Path

import pytest

import grantlint_rules
from grantlint.testing import said

GOLDENS = Path(__file__).parent / "goldens"
PACK = Path(grantlint_rules.__file__).parent
ROOMS = {
    room.name: [rule for rule in grantlint_rules.RULES if (room / f"{rule.name.replace('-', '_')}.py").is_file()]
    for room in sorted(PACK.iterdir())
    if (room / "__init__.py").is_file()
}


@pytest.mark.parametrize("room", ROOMS)
def test_rules_say_what_they_said_before(room: str) -> None:
    words = "\n".join(map(said, ROOMS[room]))
    golden = GOLDENS / f"{room}.txt"
    if os.environ.get("GOLDENS") == "update":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(words, encoding="utf-8")
    assert words == golden.read_text(encoding="utf-8")


def test_every_golden_belongs_to_a_room() -> None:
    assert {golden.stem for golden in GOLDENS.iterdir()} == {*ROOMS}
    assert sum(map(len, ROOMS.values())) == len(grantlint_rules.RULES)
