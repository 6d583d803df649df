"""Lines of YAML that tell their scalars alone, held against a parser, which has the last word."""

from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws import examples
from grantlint.model.location import Source
from grantlint.reader.writing.quoted import yaml
from grantlint.reader.writing.quoted.yaml_lines import Scalar, scalar_at, simple_lines
from grantlint.reader.yaml.library import ScalarEvent, YAMLError
from grantlint.reader.yaml.nodes import value_span
from grantlint.reader.yaml.parser import end_of, parser, start_of

_PARTS = (
    "a:", "a: ", "host: ", "- ", " ", "  ", "\n", "\n", "\n", "host: 'v'\n", '  host: "w"\n', "  host: w\n",
    "- host: w\n", "'x'", "'x y'", '"y"', "foo", "foo bar", "10.0.0.%", "x:y", "a#b", "::1", "'", '"', "|", ">", "# c",
    " # c", "{", "}", "[", "]", ",", "&a ", "*a", "!t ", "---\n", "? ", "<<: ", ":", "\t", "\\", "\r", "\u2028", "é",
)  # fmt: skip


def _parsed(text: str) -> list[ScalarEvent]:
    found: list[ScalarEvent] = []
    events = parser(text)
    try:
        while events.check_event():
            event = events.get_event()
            if isinstance(event, ScalarEvent):
                found.append(event)
    except YAMLError:
        pass
    return found


@examples(400)
@given(st.lists(st.sampled_from(_PARTS), min_size=2, max_size=20))
def test_a_line_tells_what_a_parser_tells(parts: list[str]) -> None:
    text = "".join((*parts, "\n"))
    events = _parsed(text)
    starts = [*map(start_of, events)]
    last = end_of(events[-1]) if events else -1  # behind it the parser may have given up, and nothing was read
    for offset in range(simple_lines(text)):
        told = scalar_at(text, offset)
        if told is None or offset > last:
            continue
        event = events[bisect_right(starts, offset) - 1]
        _, start, end = value_span(Source("a.yml", text), start_of(event), end_of(event))
        assert told == Scalar(start, end, event.style or "", event.value)


HEAD = "---\n# Accounts\n- hosts: db  # all of them\n  tasks:\n    - name: Account of shop\n      mysql_user:\n"
OPEN = {
    "quotes": 'note: "x\n  host: 10.0.0.7\n  y"\n',
    "block": "note: |\n  host: 10.0.0.7\n",
    "brackets": "note: {a: b,\n  host: 10.0.0.7\n}\n",
    "value that goes on": "host: 10.0.0.7\n  more\n",
    "value behind an empty line": "host: 10.0.0.7\n\n  more\n",
    "escape": '- host: "\\x310.0.0.7"\n',
    "break of another kind": "note: a\x85host: 10.0.0.7\n",
}


@pytest.mark.parametrize("value", ["'10.0.0.7'", '"10.0.0.7"', "10.0.0.7"])
def test_the_value_of_a_key_is_told_without_a_parser(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(text: str) -> None:
        raise AssertionError(f"the whole of {text!r} was read again")

    monkeypatch.setattr(yaml, "parser", refuse)
    text = f"{HEAD}        host: {value}\n        name: app\n"
    found = yaml.quoted_at(Source("a.yml", text), text.index(value))
    assert found is not None
    assert text[found.start : found.end] == value


@pytest.mark.parametrize("name", OPEN)
def test_what_may_be_part_of_something_else_is_left_to_a_parser(name: str) -> None:
    text = OPEN[name]
    offset = text.index("0.0.7")
    assert offset >= simple_lines(text) or scalar_at(text, offset) is None
