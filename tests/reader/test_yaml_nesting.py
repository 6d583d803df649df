"""Our limit of nesting speaks before a parser's, whichever parser reads, and always at the same place."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from draws import examples
from grantlint.model import Fault
from grantlint.model.location import Source
from grantlint.reader.formats.policy import document as policy
from grantlint.reader.yaml import nesting as yaml_nesting
from grantlint.reader.yaml import nodes as yaml_nodes
from grantlint.reader.yaml import parser as yaml_parser
from grantlint.reader.yaml.parser import MAX_DEPTH, Parser, PythonParser, is_shallow

PARSERS: dict[str, Callable[[str], Parser]] = {"libyaml": yaml_parser.parser, "python": PythonParser}
FLOW = {
    "[": (0,), "{a: ": (0,), "{? ": (0,), "[\n": (0,), "&": (0,), "!t {a: ": (0,), "[x, ": (0,), "{b: 1, a: ": (0,),
    "[a: ": (0, 1), "[? ": (0, 1),
}  # fmt: skip
"""What opens a list or mapping, and where in it each begins: a pair within a list is a mapping of its own."""
BLOCK = ("- ", "? ")
AFTER = (
    "",
    "x",
    "%",
    "'open",
    '"\\q"',
    "\x01",
    "*no",
    "\t@",
    "]",
    "}",
    "&",
    "!<",
    "|",
    "x: y: z",
    "\ufffe",
    '"\\UFFFFFFFF"',
)


class Nest(NamedTuple):
    """A text in which nothing is closed, and where its lists and mappings begin."""

    text: str
    starts: list[int]


@st.composite
def nests(draw: st.DrawFn) -> Nest:
    """Draw a text that nests to about the limit, or past those of parsers, and then breaks off."""
    depth = draw(st.integers(MAX_DEPTH - 20, MAX_DEPTH + 20) | st.sampled_from([990, 1001, 1100]))
    of_block = draw(st.integers(0, depth))
    marks = draw(st.lists(st.sampled_from(BLOCK), min_size=1, max_size=4))
    pieces = draw(st.lists(st.sampled_from(sorted(FLOW)), min_size=1, max_size=4))
    text = draw(st.sampled_from(["", "a: 1\n---\n", "users:\n  "]))
    starts = [0] if text.startswith("users") else []
    for at in range(of_block):
        starts.append(len(text))
        text += marks[at % len(marks)]
    for at in range(depth - of_block):
        piece = pieces[at % len(pieces)]
        starts += [len(text) + place for place in FLOW[piece]]
        text += f"&x{at} [" if piece == "&" else piece.replace("\n", "\n" + " " * (2 * of_block + 4))
    return Nest(text + draw(st.sampled_from(AFTER)), starts)


def faults(text: str, made: Callable[[str], Parser]) -> list[list[Fault]]:
    """Return the faults of a text from both ways to read YAML, with one of the parsers."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (yaml_nodes, yaml_nesting, policy):
            patch.setattr(module, "parser", made)
        source = Source("x.yml", text)
        nodes = [found for found in yaml_nodes.documents(source) if isinstance(found, Fault)]
        parts = [fault for part in policy.read(source) for fault in part.faults]
    return [nodes, parts]


def deep(found: list[Fault]) -> list[int]:
    """Return where faults say that it nests too deep."""
    return [fault.span.start for fault in found if "levels deep" in fault.message]


@pytest.mark.parametrize("made", PARSERS.values(), ids=PARSERS)
@examples(12)
@given(nest=nests())
@example(nest=Nest("[" * 3_000, [*range(3_000)]))
@example(nest=Nest("users: " + "[" * 1100, [0, *range(7, 1107)]))
@example(nest=Nest("- " * 3_000 + "a", [*range(0, 6_000, 2)]))
@example(nest=Nest("? " * 3_000, [*range(0, 6_000, 2)]))
@example(nest=Nest("[" * 201 + "]" * 201, [*range(201)]))
@example(nest=Nest("[" * 200 + "x" + "]" * 200, [*range(200)]))
def test_what_nests_too_deep_is_told_at_its_first_place(nest: Nest, made: Callable[[str], Parser]) -> None:
    for found in faults(nest.text, made):
        assert deep(found) == nest.starts[MAX_DEPTH : MAX_DEPTH + 1]


@pytest.mark.parametrize("made", PARSERS.values(), ids=PARSERS)
@pytest.mark.parametrize("step", [1, 10, 150])
def test_aliases_nest_as_what_they_repeat(made: Callable[[str], Parser], step: int) -> None:
    lines = ["x-0: &a0 [x]"]
    while len(lines) * step <= MAX_DEPTH + step:
        level = len(lines)
        lines.append(f"x-{level}: &a{level} {'[' * step}*a{level - 1}{']' * step}")
        deepest = 2 + level * step  # the mapping, the first list, and what each line adds
        if level % 20 and abs(deepest - MAX_DEPTH) > 2 * step:
            continue  # far from the limit a few will do: a look at each was a twelfth of the tests of readers
        for found in faults("\n".join(lines), made):
            assert len(deep(found)) == (deepest > MAX_DEPTH)


def test_an_alias_in_the_middle_of_what_is_repeated_counts() -> None:
    """The level below an anchor is the deepest of its values, not the last."""
    inner = "[" * 150 + "x" + "]" * 150
    for found in faults(f"a: &a [{inner}, y]\nb: {'[' * 60}*a{']' * 60}\n", yaml_parser.parser):
        assert len(deep(found)) == 1
    for found in faults(f"a: &a [{inner}, y]\nb: {'[' * 40}*a{']' * 40}\n", yaml_parser.parser):
        assert not deep(found)


@pytest.mark.parametrize("made", PARSERS.values(), ids=PARSERS)
@pytest.mark.parametrize("text", ['a: "\\UFFFFFFFF"\n', '"\\U00110000": b\n', f"%YAML 1.{'9' * 5000}\n--- a\n", "\x01"])
def test_numbers_and_characters_that_a_parser_cannot_take_are_faults(made: Callable[[str], Parser], text: str) -> None:
    for found in faults(text, made):
        assert [fault.rule for fault in found] == ["syntax-error"]


@examples(40)
@given(
    lines=st.integers(0, 70),
    breaks=st.sampled_from(["\n", "\r\n", "\r", "\x85", "\u2028"]),
    brackets=st.lists(st.sampled_from(["[a: ", "[? ", "{a: ", "["]), max_size=2).flatmap(
        lambda pieces: st.builds(lambda times: "".join(pieces) * times, st.integers(0, 40))
    ),
)
@example(lines=63, breaks="\n", brackets="[a: " * 31)
@example(lines=63, breaks="\n", brackets="{a: " * 63)
@example(lines=100, breaks="\r", brackets="[[")
@example(lines=0, breaks="\n", brackets="[" * 32)
def test_what_is_taken_for_shallow_never_nests_too_deep(lines: int, breaks: str, brackets: str) -> None:
    """Each line makes two levels a column, the most that there can be: a key, and a list in the same column."""
    text = "".join(f"{' ' * at}a:{breaks}{' ' * at}-{breaks}" for at in range(lines)) + " " * lines + brackets
    shallow = is_shallow(text)
    assert not shallow or yaml_nesting.too_deep(Source("x.yml", text), len(text)) is None
    assert shallow or lines >= 64 or brackets.count("[") + brackets.count("{") >= 32 or breaks != "\n"
