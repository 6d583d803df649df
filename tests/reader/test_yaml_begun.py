"""Broken YAML is told where it began: at the quote or bracket that is open, not where a parser gave up."""

from collections.abc import Callable

import pytest

from grantlint.model import Fault
from grantlint.model.location import Source
from grantlint.reader.yaml import nodes as yaml_nodes
from grantlint.reader.yaml import parser as yaml_parser
from grantlint.reader.yaml.nodes import documents
from grantlint.reader.yaml.parser import Parser, PythonParser
from grantlint.reader.yaml.slips import begun as yaml_begun

PARSERS: dict[str, Callable[[str], Parser]] = {"libyaml": yaml_parser.parser, "python": PythonParser}
USER = "users:\n  - user: app\n    host: "
NEXT = "  - user: b\n    host: 10.0.3.8\n"

BROKEN = {  # what is wrong (behind §: the place), and the words of it
    "double quote": (f'{USER}§"10.0.3.7\n{NEXT}', "opened and never closed"),
    "single quote": (f"{USER}§'10.0.3.7\n{NEXT}", "opened and never closed"),
    "before a next document": (f"{USER}§'10.0.3.7\n---\n{NEXT}", "opened and never closed"),
    "double quote that a later one closes": (f'{USER}§"10.0.3.7\n  - user: "b"\n', "closed only on line 4"),
    "single quote that a later one closes": (f"{USER}§'10.0.3.7\n{NEXT}  - user: 'c'\n", "closed only on line 6"),
    "in a list of a line": (f"{USER}a\n    hosts: ['b, '§c']\n", None),
    "list": (f"{USER}a\n    grants:\n    - privileges: §[SELECT, DROP\n      target: 'a.*'\n", "expected on line 6"),
    "list in a list": ("a: [[1, 2], §[3, 4\nb: 1\n", "never closed"),
    "mapping": (f"users:\n  - §{{user: app, host: h\n{NEXT}", "`,` or `}` was expected on line 3"),
    "mapping at the end": ("users:\n  - §{user: app, host: h\n", "the file ends first"),
    "another bracket": ("users: [{user: a, host: h§]]\n", "`,` or `}` was expected here"),
    "comma": ("users: [{user: 'a' §host: h}]\n", None),
    "quote within a value": (f'{USER}"a"§b"\n', "behind the quote that ends the value"),
    "key without its sign": ("users:\n  - user: a\n    §host h\n    locked: yes\n", "a key without a `:`"),
    "tab": ("users:\n§\t- user: a\n", "a tab stands where"),
    "item further in": ("users:\n  - user: a\n   §host: h\n", "indentation"),
    "item further out": ("users:\n  - user: a\n §- user: b\n", "indentation"),
    "second sign": (f"{USER}a§: b\n", "a second `: `"),
    "anchor": ("users:\n  - &a {user: a}\n  - §&a {user: b}\n", "the first on line 2"),
    "text behind a block's sign": ("a: |§x\n  b\n", "more stands behind `|` or `>`"),
    "no value": ("a: [1, §}\n", "a value was expected here"),
}


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("name", BROKEN)
def test_a_slip_is_told_where_it_began(name: str, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (yaml_nodes, yaml_begun):
        monkeypatch.setattr(module, "parser", PARSERS[parser])
    marked, words = BROKEN[name]
    text = marked.replace("§", "")
    source = Source("a.yml", text)
    source.format = "ansible"  # which refuses what others take
    (fault,) = [root for root in documents(source) if isinstance(root, Fault)]
    assert fault.span.start == marked.index("§")
    assert words is None or words in fault.message
    assert fault.help


def test_a_quote_over_several_lines_is_not_blamed_for_what_comes_later() -> None:
    text = 'a: "b\n  c"\nd:\n  - e\n f: g\n'
    (fault,) = [root for root in documents(Source("a.yml", text)) if isinstance(root, Fault)]
    assert fault.span.start == text.index("f:")
