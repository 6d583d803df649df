"""What fuzzing begins with: the texts in the project's own tests and policies, and the words that formats look for.

A format that is registered has its seeds by that: the tests of its reader stand in a folder of the reader's name.
"""

import ast
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from textwrap import dedent

from grantlint.reader.files.formats import FORMATS, Format

PROJECT = Path(__file__).parents[2]
TESTS = PROJECT / "tests" / "reader"
POLICIES = PROJECT / "policies"
FEWEST = 12  # characters of a text that says something
_WORD = re.compile(r"[\w$@%*{}<>=.:'\"`#-]{2,30}")
CUT = "%% file "
"""Begins the line with the name of the file that follows, where one input is a tree."""


@cache
def texts_of(known: Format) -> tuple[str, ...]:
    """Return the texts of a format's tests, and the policies that the format claims, the shortest first."""
    folder = TESTS.joinpath(*known.folder.split(".")[1:])
    written = {dedent(text) for file in folder.glob("*.py") for text in _strings(file)}
    if ".json" in known.suffixes:
        written |= {text for file in folder.glob("*.py") for text in _objects(file)}
    written |= {text for _, text in policies() if known.claims(f"x{known.suffixes[0]}", text)}
    return tuple(sorted(written, key=lambda text: (len(text), text)))


@cache
def trees() -> tuple[str, ...]:
    """Return the folders that tests write, each as one text in which lines that begin with CUT part the files."""
    made = {joined(tree) for file in TESTS.rglob("*.py") for tree in _trees(file)}
    by_folder: dict[str, dict[str, str]] = {}
    for path, text in policies():
        by_folder.setdefault(path.partition("/")[0], {})[path] = text
    return tuple(sorted([*made, *(joined({path: text}) for path, text in policies()), joined(by_folder["fleet"])]))


@cache
def words() -> tuple[str, ...]:
    """Return the words that seeds are made of: what a mutation puts where it changes something."""
    found = {word.decode() for known in FORMATS for words in known.words for word in words}
    for known in FORMATS:
        for text in texts_of(known):
            found.update(_WORD.findall(text))
    return tuple(sorted(found))


@cache
def every_text() -> tuple[str, ...]:
    """Return the texts of all formats: one format's words in another's file are what nobody thinks of."""
    return tuple(dict.fromkeys(text for known in FORMATS for text in texts_of(known)))


def joined(tree: dict[str, str]) -> str:
    """Return a tree as one text."""
    return "".join(f"{CUT}{name}\n{text.rstrip()}\n" for name, text in tree.items())


@cache
def policies() -> tuple[tuple[str, str], ...]:
    """Return the files below policies/, each with its path there."""
    files = sorted(path for path in POLICIES.rglob("*") if path.is_file())
    return tuple((path.relative_to(POLICIES).as_posix(), path.read_text(encoding="utf-8")) for path in files)


def _strings(file: Path) -> Iterator[str]:
    module = ast.parse(file.read_text(encoding="utf-8"))
    constants = {
        target.id: _text(node.value)
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(module):
        text = _formatted(node, constants) if isinstance(node, ast.JoinedStr) else _text(node)
        if len(text) >= FEWEST:
            yield text


def _formatted(node: ast.JoinedStr, constants: dict[str, str]) -> str:
    """Return a formatted text with the module's own constants in it, and x for what only a run would know."""
    pieces: list[str] = []
    for part in node.values:
        inner = part.value if isinstance(part, ast.FormattedValue) else part
        pieces.append(constants.get(inner.id, "x") if isinstance(inner, ast.Name) else _text(inner) or "x")
    return "".join(pieces)


def _objects(file: Path) -> Iterator[str]:
    """Yield the dictionaries that are written in a test, as JSON on one line and on many."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Dict):
            with suppress(ValueError):  # what is no literal
                value: object = ast.literal_eval(node)
                yield json.dumps(value)
                yield json.dumps(value, indent=2)


def _trees(file: Path) -> Iterator[dict[str, str]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Dict) and len(node.keys) > 0:
            named = [(_text(key), _text(value)) for key, value in zip(node.keys, node.values, strict=True)]
            tree = {name: dedent(text) for name, text in named if name and text and ("." in name or "/" in name)}
            if len(tree) == len(node.keys):
                yield tree


def _text(node: ast.AST | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
