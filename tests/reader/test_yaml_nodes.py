"""YAML as nodes: the same from libyaml and from PyYAML's own parser, and each span exactly the value."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from grantlint.model import Fault
from grantlint.model.location import Source
from grantlint.reader.formats.policy.document import read
from grantlint.reader.yaml import nodes as yaml_nodes
from grantlint.reader.yaml import parser as yaml_parser
from grantlint.reader.yaml.parser import Parser, PythonParser


@pytest.fixture(params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Parser]:
    """Run a test with both parsers."""
    made: Callable[[str], Parser] = PythonParser if request.param == "python" else yaml_parser.parser
    monkeypatch.setattr(yaml_nodes, "parser", made)
    return made


def scalars(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
    for each in node.value if isinstance(node, SequenceNode | MappingNode) else ():
        for part in each if isinstance(each, tuple) else (each,):
            yield from scalars(part)


def spelled(text: str) -> list[str]:
    """Return every scalar of a text as its span has it."""
    source = Source("a.yml", text)
    found: list[str] = []
    for node in yaml_nodes.documents(source):
        assert not isinstance(node, Fault), node
        for scalar in scalars(node):
            span = yaml_nodes.span_of(source, scalar)
            found.append(text[span.start : span.end])
    return found


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b", ["a", "b"]),
        ("a: 'it''s'\r\nb: \"x\\ty\"\r\n", ["a", "'it''s'", "b", '"x\\ty"']),
        ("a: |\n  one\n  two\n\n# comment\nb: >-\n  three\n", ["a", "|\n  one\n  two", "b", ">-\n  three"]),
        ("a: &x !vault |\n  one\nb: &y two\n", ["a", "|\n  one", "b", "two"]),
        ("[a, {b: 'c'}, d]", ["a", "b", "'c'", "d"]),
        ("\U0001f600: ü\nb: '\U0001f600 x'\n", ["\U0001f600", "ü", "b", "'\U0001f600 x'"]),
        ("a: b\n---\nc: d\n...\n---\ne\n", ["a", "b", "c", "d", "e"]),
        ("a: one\n  two\nb: c", ["a", "one\n  two", "b", "c"]),
        ("a:\nb:", ["a", "", "b", ""]),
    ],
)
def test_a_span_is_exactly_what_is_written(text: str, expected: list[str]) -> None:
    assert spelled(text) == expected


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n  - b: c\n    d: e\n\n  # comment\n\n  - f\n", "b: c\n    d: e"),
        ("a:\n  - {b: c,\n     d: e} # x\n", "{b: c,\n     d: e}"),
        ("a:\n  - b: |\n      x\n\n", "b: |\n      x"),
        ("a:\n  - &n\n    b: c\n  # x\n", "b: c"),
    ],
)
def test_the_span_of_a_block_ends_with_its_last_value(text: str, expected: str) -> None:
    source = Source("a.yml", text)
    (root,) = yaml_nodes.documents(source)
    assert isinstance(root, MappingNode)
    span = yaml_nodes.span_of(source, root.value[0][1].value[0])
    assert text[span.start : span.end] == expected


@pytest.mark.usefixtures("parser")
def test_scalars_stay_as_written_and_untagged() -> None:
    (root,) = yaml_nodes.documents(Source("a.yml", "- NO\n- 0123\n- '1'\n- !x 1e3\n"))
    assert isinstance(root, SequenceNode)
    assert [(node.value, node.tag, yaml_nodes.is_plain(node)) for node in root.value] == [
        ("NO", None, True),
        ("0123", None, True),
        ("1", None, False),
        ("1e3", "!x", False),
    ]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("ü: 1\nhost: %\n", 11, "may not begin with %"),
        ("a: 1\n\tb: 2\n", 5, "a tab stands"),
        ("a: @b\n", 3, "may not begin with @"),
        ("a: *.*\n", None, "alias"),
        ("ü: \x01\n", 3, "control character"),
        ("a: 'b\n", None, "never closed"),
        ("a:\n  b\n  c: 1\n", None, "where the value of the line above goes on"),
        ("[" * 300, 200, "levels deep"),
        (
            "a: &a [" + "x, " * 1000 + "]\nb: &b [" + "*a, " * 1000 + "]\nc: [" + "*b, " * 1000 + "]",
            None,
            "aliases repeat",
        ),
    ],
)
def test_a_fault_is_told_in_plain_words_at_its_character(text: str, at: int | None, message: str) -> None:
    found = list(yaml_nodes.documents(Source("a.yml", text)))
    fault = found[-1]
    assert isinstance(fault, Fault)
    assert message in fault.message
    if at is not None:
        assert fault.span.start == at


POLICY = """\
server: {name: é, settings: {skip-name-resolve: on}}
x-a: &a
  authentication: {secret: 'env:A'}
users:
  - <<: *a
    user: "app"
    host: 10.%
    comment: >
      folded
      text
    grants: &g
      - {privileges: [SELECT], target: '*.*'}
  - {user: b, hosts: [x, '%'], grants: *g, lokced: 1}
"""


@pytest.mark.parametrize("text", [POLICY, POLICY.replace("\n", "\r\n"), POLICY + "---\n" + POLICY, POLICY + "  - ]\n"])
def test_a_policy_is_the_same_from_both_parsers(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def everything() -> list[object]:
        source = Source("a.yml", text)
        return [
            (
                [(str(a), a.span[1:], a.grants and a.grants[0].span[1:]) for a in found.accounts],
                [(fault.message, fault.span[1:]) for fault in found.faults],
                sorted(source.secrets),
            )
            for found in read(source)
        ]

    fast = everything()
    monkeypatch.setattr("grantlint.reader.formats.policy.document.parser", PythonParser)
    slow = everything()
    if "]\n" not in text[-3:]:
        assert fast == slow
    assert len(fast) == len(slow)


@pytest.mark.e2e
def test_without_libyaml_the_parser_in_python_is_taken() -> None:
    program = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "from grantlint.reader.yaml.parser import parser\n"
        "print(type(parser('a')).__name__)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "PythonParser\n"


@pytest.mark.parametrize("text", ["a: [", 'a: "', "- {", "a: [*"])
def test_what_is_missing_at_the_end_is_told_at_the_end(text: str) -> None:
    (fault,) = (found for found in yaml_nodes.documents(Source("a.yml", text)) if isinstance(found, Fault))
    assert fault.span.end <= len(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("&a\n- *a\n", (3, 7)),
        ("x: &a\n  y: *a\n  z: &b [*b]\n", (22, 26)),
        ("x:\n  - &a\n    - b\n    - [c, {d: *a}]\n", (14, 36)),
    ],
)
def test_what_contains_itself_is_a_fault_and_the_documents_behind_it_are_read(
    text: str, place: tuple[int, int]
) -> None:
    first, second = yaml_nodes.documents(Source("a.yml", f"{text}---\nb: &b [1]\nc: [*b, *b]\n"))
    assert isinstance(first, Fault)
    assert first.span[1:] == place
    assert isinstance(second, MappingNode)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- &a 1\n- *a\n- &a 2\n- *a\n", ["1", "1", "2", "2"]),
        ("a: &x [&b 1, *b, &b 2]\nb: *b\n", ["a", "1", "1", "2", "b", "2"]),
        ("- &a 1\n- &a 2\n- &a 3\n- *a\n- &b 4\n- *b\n", ["1", "2", "3", "3", "4", "4"]),
        ("- &a 1\n---\n- &a 2\n- &a 3\n- *a\n", ["1", "2", "3", "3"]),
    ],
)
def test_an_anchor_that_is_given_twice_counts_from_there_on(text: str, said: list[str]) -> None:
    assert [scalar.value for root in yaml_nodes.documents(Source("a.yml", text)) for scalar in scalars(root)] == said


def test_an_anchor_that_no_name_is_left_for_is_a_fault() -> None:
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    text = "".join(f"- &{letter} 1\n" for letter in letters + "a")
    *_, last = yaml_nodes.documents(Source("a.yml", text))
    assert isinstance(last, Fault)
    assert "given to two values" in last.message


def test_ten_thousand_anchors_of_one_name_are_told_apart() -> None:
    text = "".join(f"- &anchor {number}\n- *anchor\n" for number in range(10_000))
    (root,) = yaml_nodes.documents(Source("a.yml", text))
    assert not isinstance(root, Fault)
    assert [scalar.value for scalar in scalars(root)][-2:] == ["9999", "9999"]
