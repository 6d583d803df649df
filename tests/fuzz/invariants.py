"""What holds whatever stands in a file: one text through a reader, or all the way to both reports.

Each function raises Broken with a sentence; what else a reader raises is broken as well.
"""

import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from time import process_time
from typing import NamedTuple

from grantlint.model import Declarations
from grantlint.model.location import Located, Source, Span, Unresolved
from grantlint.reader.files.discovery import Search
from grantlint.reader.files.formats import FORMATS, Format
from grantlint.report.findings.content import Look, Report
from grantlint.report.findings.outputs import OUTPUTS, rendered
from grantlint.run.judging.plan import Plan
from grantlint.run.judging.planning import plan
from grantlint.run.loading import Loaded, Request, load
from grantlint.run.settings import Settings

from .seeds import CUT

SECONDS_PER_BYTE = 1 / 100_000
GRACE = 0.5  # seconds, for what a first call imports
PATIENCE = {"terraform": 6.0}  # seconds until its parser gives up on what is broken
SHORTEST_SECRET = 6  # characters: shorter ones stand in the report's own words
SLOWNESS = float(os.environ.get("GRANTLINT_FUZZ_SLOWNESS", "1"))  # of code that is instrumented
LONGEST_NAME = 255  # bytes, on most file systems
_FILE = re.compile(f"^{CUT}", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*")


class Broken(AssertionError):  # noqa: N818 - what it says of an invariant
    """An invariant that does not hold, as a sentence."""


class Run(NamedTuple):
    """One text and what became of it."""

    sources: list[Source]
    report: Report
    said: str  # both reports


def read(known: Format, text: str) -> tuple[Source, tuple[Declarations, ...]]:
    """Read a text as a format does, and look that each place lies in its text and that it took no longer than it may.

    The file's folder does not exist, so that nothing is read beside it; each suffix of the format has its turn.
    """
    source = Source(f"nowhere/x{known.suffixes[len(text) % len(known.suffixes)]}", text)
    begin = process_time()
    parts = known.read(source)
    _in_time(begin, len(text), grace=PATIENCE.get(known.name, GRACE))
    for part in parts:
        _look(part, set())
    _within(source)
    return source, parts


def run(known: Format, text: str) -> Run:
    """Take a text all the way to both reports."""
    begin = process_time()
    source, parts = read(known, text)
    faults = [fault for part in parts for fault in part.faults]
    done = _judged(Loaded([*parts], [source], faults, Search([]), Settings()), [source])
    _in_time(begin, 2 * len(text), grace=PATIENCE.get(known.name, GRACE))
    return done


def run_tree(text: str, folder: Path) -> Run:
    """Write the files that a text is cut into below an empty folder, and take that to both reports."""
    files = tree_of(text)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    begin = process_time()
    loaded = load(Request([str(folder)]), Settings())
    for part in loaded.declarations:
        _look(part, set())
    done = _judged(loaded, loaded.asked)
    _in_time(begin, 2 * len(text), grace=sum((GRACE, *PATIENCE.values())))
    return done


def tree_of(text: str) -> Mapping[str, str]:
    """Return the files of a text: names that lead out of the folder, or into one another, are left out."""
    files: dict[str, str] = {}
    for piece in _FILE.split(text)[1:]:
        name, _, content = piece.partition("\n")
        above = {os.path.dirname(other) for other in files}
        if (
            _NAME.fullmatch(name)
            and max(map(len, name.split("/"))) <= LONGEST_NAME
            and {".", ".."}.isdisjoint(name.split("/"))
            and not name.startswith(".git")
            and not any(f"{path}/".startswith(f"{name}/") for path in above | set(files))
            and not any(name.startswith(f"{other}/") for other in files)
        ):
            files[name] = content
    return files


def check_run(known: Format, text: str) -> Run:
    """Run twice: the same report, no rule that crashes, no secret in it."""
    first, second = run(known, text), run(known, text)
    _same(first, second)
    for secret in _told(first):
        other = _turned(secret)
        turned = "".join(_shown_turned(first.sources[0]))
        if other in run(known, turned).said:
            raise Broken(f"a secret is told: {secret!r}")
    return first


def check_tree(text: str, folder: Path) -> Run:
    """Look at a tree twice, as above; `folder` is made and empty."""
    first, second = run_tree(text, folder), run_tree(text, folder)
    _same(first, second)
    return first


def _judged(loaded: Loaded, sources: list[Source]) -> Run:
    report = _plan().judge(loaded)
    for rule, error in report.crashes.items():
        raise Broken(f"rule {rule} crashed") from error
    _look(report.findings, set())
    return Run(sources, report, "".join(rendered(report, name, Look()) for name in OUTPUTS))


@cache
def _plan() -> Plan:
    made = plan(Settings())
    if not made.rules:
        raise Broken("no rules are found: install grantlint (pip install -e .)")
    return made


def _same(first: Run, second: Run) -> None:
    if first.said != second.said:
        raise Broken("two runs do not say the same")


def _in_time(begin: float, size: int, *, grace: float) -> None:
    taken = (process_time() - begin) / SLOWNESS
    most = grace + size * SECONDS_PER_BYTE
    if taken > most:
        raise Broken(f"{size:,} characters took {taken:.1f} s, and {most:.1f} s are allowed")


def _look(value: object, seen: set[int]) -> None:
    """Raise Broken for a place outside its text, in a value and all that it is made of."""
    if isinstance(value, str | int | bool | None) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, Span | Located | Unresolved) and not 0 <= value.start <= value.end <= len(value.source.text):
        raise Broken(f"a place outside its text: {value!r} {value.start}-{value.end} of {len(value.source.text)}")
    if isinstance(value, Source):
        _within(value)
    for part in _parts(value):
        _look(part, seen)


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, tuple | list | set | frozenset):
        yield from value
    else:
        for kind in type(value).__mro__:
            for name in getattr(kind, "__slots__", ()):
                yield getattr(value, name, None)


def _within(source: Source) -> None:
    for start, end in source.secrets:
        if not 0 <= start <= end <= len(source.text):
            raise Broken(f"a secret outside its text: {start}-{end} of {len(source.text)}")


def _told(done: Run) -> Iterator[str]:
    """Yield what was hidden and stands in a report all the same, where it stands nowhere else in the text."""
    for source in done.sources:
        open_text = _open(source)
        for start, end in source.secrets:
            for line in source.text[start:end].split("\n"):
                secret = line.strip(" \t\r'\"*")  # a mask is no secret
                if len(secret) >= SHORTEST_SECRET and secret in done.said and secret not in open_text:
                    yield secret


def _open(source: Source) -> str:
    letters = list(source.text)
    for start, end in source.secrets:
        letters[start:end] = "\n" * (end - start)
    return "".join(letters)


def _shown_turned(source: Source) -> list[str]:
    """Return the text with every secret replaced by another of its shape: a word of the report is no leak."""
    letters = list(source.text)
    for start, end in source.secrets:
        letters[start:end] = _turned(source.text[start:end])
    return letters


def _turned(text: str) -> str:
    return text.translate(_TURNED)


_LOWER, _UPPER, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
_TURNED = {
    ord(old): new
    for alphabet in (_LOWER, _UPPER, _DIGITS)
    for old, new in zip(alphabet, alphabet[5:] + alphabet[:5], strict=True)
}


def formats() -> dict[str, Format]:
    """Return the formats by name."""
    return {known.name: known for known in FORMATS}
