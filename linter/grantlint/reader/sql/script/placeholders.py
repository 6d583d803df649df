"""Placeholders in capitals: a script of the same tree replaces them by unknown text before a server gets the file.

`s#PH_DB_USER#$ENV{DB_USER}#g` is the sign: in a script beside the file, in the folder above, in a comment of the file.
"""

import os
import re
from collections.abc import Iterator
from functools import lru_cache

from grantlint.model.location import Source
from grantlint.platform.pattern import Pattern
from grantlint.reader.tree.surroundings import Surroundings, UnreadError, surroundings_of

_WORD = re.compile(r"\b[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+\b")
_WRAPPED = Pattern(r"(?<!\w)(?P<sign>__|%%)(?P<word>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)(?P=sign)(?!\w)")
_PREFIXED = Pattern(r"PH(?<!\wPH)(?:_[A-Z0-9]+)+\b")
_REPLACED = Pattern(r"s(?<!\ws)([#/|,:@%!~])[_\W]{0,3}(?P<word>[A-Z][A-Z0-9_]+?)[_\W]{0,3}\1")
_SCRIPTS = (".sh", ".bash", ".pl", ".mk", ".py", ".yml", ".yaml")
_NAMES = frozenset({"makefile", "install", "configure", "setup", "dockerfile"})
_PREFIX = "PH_"
_MOST = 40  # files of a folder that are looked into
_BYTES = 1 << 18
_SIGNS = 3  # `${` and `}`
_SHORTEST = 5


def placeholders_marked(source: Source) -> str:
    """Return the source's text with placeholders written as `${...}`. Every offset stays the same."""
    text = source.text
    may_be_wrapped = ("_" in text and "__" in text) or ("%" in text and "%%" in text)
    wrapped = {found[0]: found["word"] for found in _WRAPPED.finditer(text)} if may_be_wrapped else {}
    if not wrapped and ("_" not in text or _WORD.search(text) is None):
        return text
    replaced = {found[0] for found in _PREFIXED.finditer(text)} if _PREFIX in text else set[str]()
    named = {found["word"] for found in _REPLACED.finditer(text)}
    if "'" in text or "`" in text:
        named |= _replaced_around(surroundings_of(source))
    for whole, word in wrapped.items():
        if word in named:
            text = text.replace(whole, f"${{{(word + '____')[: len(whole) - _SIGNS]}}}")
    replaced |= {word for word in named if word in text and _stands_in(text, word)}
    replaced = {word for word in replaced if len(word) >= _SHORTEST}
    if not replaced:
        return text
    marks = {word: f"${{{word[_SIGNS:]}}}" for word in replaced}
    if len(set(marks.values())) < len(marks):  # what the ends of two words have in common
        marks = {word: f"${{{word[:-_SIGNS]}}}" for word in replaced}
    return _WORD.sub(lambda found: marks.get(found[0], found[0]), text)


def _stands_in(text: str, word: str) -> bool:
    return _WORD.fullmatch(word) is not None and re.search(rf"\b{word}\b", text) is not None


@lru_cache(maxsize=64)
def _replaced_around(around: Surroundings) -> frozenset[str]:
    if not around.roots:
        return frozenset()
    folders = dict.fromkeys((around.folder, os.path.dirname(around.folder)))
    return frozenset(word for folder in folders for word in _replaced_in(around._replace(folder=folder)))


def _replaced_in(around: Surroundings) -> Iterator[str]:
    try:
        entries = around.listed(around.folder) if around.is_inside() else []
    except UnreadError:
        return
    names = [entry.name for entry in entries if not entry.is_folder and _may_replace(entry.name)]
    for name in names[:_MOST]:
        try:
            script = around.source(os.path.join(around.folder, name), _BYTES)
        except UnreadError:
            continue
        if script is not None:
            yield from (found["word"] for found in _REPLACED.finditer(script.text))


def _may_replace(name: str) -> bool:
    lower = name.lower()
    return lower.endswith(_SCRIPTS) or lower in _NAMES
