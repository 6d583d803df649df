"""An item is taken out of a list by its own lines, and as it would be by the whole file."""

import pytest

from grantlint.model.location import Source, Span
from grantlint.model.remedy import Edit
from grantlint.reader.writing import lists
from grantlint.reader.yaml import nodes
from grantlint.reader.yaml.parser import Parser, parser

ITEMS = (
    "{user: '', host: a}  # one",
    "user: ''\n{}  host: a\n\n{}  # of it\n",
    "user: ''\n{}  hosts:\n{}    - a\n{}    - b",
    "&one {{user: a}}",
    "*one",
    "'a\n b'",
    "|\n{}  - a\n{}  - b",
    "- a\n{}  - b",
    "user: {{{{ a }}}}",
    "user: !vault |\n{}    6162",
    "a",
)


def edits(text: str) -> list[tuple[Edit | None, Edit | None]]:
    """Return what takes each item out: with and without a look at its own lines alone."""
    found: list[tuple[Edit | None, Edit | None]] = []
    for offset in (at + 2 for at in range(len(text)) if text.startswith("- ", at)):
        source = Source("a.yml", text)
        quick = lists._among_dashes(Span(source, offset, offset + 1))  # noqa: SLF001 - compared with the other way
        item = lists._items_of(source).around(offset)  # noqa: SLF001 - as above
        slow = None if item is None else nodes.span_of(source, item.node)
        if quick is not None and slow is not None and slow.start == offset:
            found.append((lists._of_block(source, quick), lists._of_block(source, slow)))  # noqa: SLF001 - as above
    return found


@pytest.mark.parametrize("indent", ["", "  ", "    "])
@pytest.mark.parametrize("head", ["users:\n", "a: 1\nusers:  # all\n\n"])
def test_its_own_lines_say_the_same_as_the_whole_file(head: str, indent: str) -> None:
    compared = 0
    for first in ITEMS:
        for second in ITEMS:
            lines = [f"{indent}- " + item.replace("{}", indent) + "\n" for item in (first, second, "user: z")]
            text = head + "".join(lines).replace("{{", "{").replace("}}", "}") + "rest: 1\n"
            for quick, slow in edits(text):
                assert quick == slow, text
                compared += 1
    assert compared > 50


def test_an_item_of_a_long_list_is_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    text = "users:\n" + "  - {user: a, host: b}\n" * 1000

    def noting(text: str) -> Parser:
        read.append(len(text))
        return parser(text)

    monkeypatch.setattr(nodes, "parser", noting)
    source = Source("a.yml", text)
    for start in (text.index("{"), text.index("{", 9000), text.rindex("{")):
        edit = lists.item_removed(Span(source, start, start + 1))
        assert edit is not None
        assert text[edit.span.start : edit.span.end] == "  - {user: a, host: b}\n"
    assert read == [len("  - {user: a, host: b}\n")] * 3
