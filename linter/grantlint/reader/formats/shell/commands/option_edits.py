"""Options that a script writes into a server's option file: with sed, with echo, printf or tee, in a here-document.

Source: POSIX.1-2024, sed, and GNU sed's `-i`, `a text`.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from grantlint.model.location import Source, Span, Text
from grantlint.platform.pattern import Pattern
from grantlint.reader.formats.mycnf.edits import Edit, is_option_file, of_sed, settings, written
from grantlint.reader.formats.shell.passage import Passage, formatted
from grantlint.reader.formats.shell.script import Pipeline, Script, Word
from grantlint.reader.leaf.variables import Variables, put_in

_HINT = Pattern(
    r"^(?=[^#\n]*(?:sed|tee|>))(?=[^\n]*(?:\.cnf|my\.ini|(?i:(?:my|sql|mysqld|mariadbd?)_?(?:cnf|conf)))).",
    re.MULTILINE,
)
_EDITS = Pattern(r"\bsed\b|\btee\b|>")
_SED = Pattern(r"(?:\S*/)?g?sed\Z")
_PRINTS = Pattern(r"(?:echo|printf|print)\Z")
_FORMATS = Pattern(r"printf\b|echo -\w*e")
_BEFORE = Pattern(r"(?:sudo|exec|then|do|else|if|!|\{|env|-E|\w+=.*)\Z", re.DOTALL)
_IN_PLACE = Pattern(r"-(?:[a-zA-Z]*i|-in-place)")
_TAKES_SCRIPT = Pattern(r"(?:-[nrEsuz]*e|--expression)\Z")
_DEPTH = 3
"""How deep scripts within scripts are looked into: `sudo sh -c "echo ... >> my.cnf"` is one."""


def settings_written(
    source: Source, script: Passage, variables: Variables, never: Callable[[int], bool]
) -> dict[str, Text]:
    """Return the settings that a script writes into option files.

    never: whether what stands at an offset never runs.
    """
    if _HINT.search(script.text) is None:
        return {}
    found = (
        (_known(edit, place, variables), place) for edit, place in edits_in(script, source) if not never(place.start)
    )
    return settings(found)


def _known(edit: Edit, place: Span, variables: Variables) -> Edit:
    """Return an edit with a variable of the script put in that is all of its value."""
    if edit.value is not None:
        return edit
    text = place.source.text[place.start : place.end]
    filled = put_in(text, text, variables.at(place.start, text)[0])
    made = next((one for one in _of_text(filled) if one.name == edit.name), None) if filled is not None else None
    return made or edit


def _of_text(text: str) -> Iterator[Edit]:
    text = text.strip("'\"")
    yield from of_sed(text) if text[:1] in {"s", "/", "$"} or text[:1].isdigit() else written(text)


def edits_in(script: Passage, source: Source, depth: int = 0) -> Iterator[tuple[Edit, Span]]:
    """Yield the options that the commands of a script write. `depth`: of scripts around it."""
    for pipeline in Script(script):
        words = pipeline.words
        first = next((at for at, word in enumerate(words) if not _BEFORE.match(word.passage.text)), len(words))
        if first == len(words):
            continue
        words = words[first:]
        if _SED.match(words[0].passage.text):
            yield from _of_sed(words[1:], source)
        elif any(is_option_file(word.passage.text) for word in words[1:]):
            yield from _of_output(pipeline, words, source)
        elif depth < _DEPTH:
            for word in words:
                if word.quoted and _EDITS.search(word.passage.text) and _HINT.search(word.passage.text):
                    yield from edits_in(word.passage, source, depth + 1)


def _of_sed(words: Sequence[Word], source: Source) -> Iterator[tuple[Edit, Span]]:
    if not any(_IN_PLACE.match(word.passage.text) for word in words):
        return
    if not any(is_option_file(word.passage.text) for word in words):
        return
    scripts: list[Passage] = []
    expected = False
    for word in words:
        text = word.passage.text
        if expected or (not text.startswith("-") and not scripts and text):
            scripts.append(word.passage)
        expected = _TAKES_SCRIPT.match(text) is not None
    for script in scripts:
        place = _place(script, source)
        yield from ((edit, place) for edit in of_sed(script.text) if place is not None)


def _of_output(pipeline: Pipeline, words: Sequence[Word], source: Source) -> Iterator[tuple[Edit, Span]]:
    """Yield what a text sets that is printed into an option file, by `>` or by tee."""
    if not (pipeline.writes or any(word.passage.text == "tee" for word in words)):
        return
    texts = [*pipeline.documents]
    if _PRINTS.match(words[0].passage.text):
        formats = _FORMATS.match(" ".join(word.passage.text for word in words[:2])) is not None
        texts += [formatted(word.passage) if formats else word.passage for word in words[1:]]
    of_server = True
    for text in texts:
        if "[client" in text.text or "[mysql]" in text.text:
            of_server = "[mysqld" in text.text or "[mariadb" in text.text or "[server" in text.text
        for edit in written(text.text) if of_server and not is_option_file(text.text) else ():
            yield edit, Span(source, text.at[edit.start], text.at[edit.end - 1] + 1)


def _place(text: Passage, source: Source) -> Span | None:
    return Span(source, text.at[0], text.at[-1] + 1) if text.text else None
