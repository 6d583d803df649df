"""Findings that somebody has recorded, told from those that are new, by the key of each (see `fingerprint`)."""

from collections.abc import Callable, Iterable, Sequence

from grantlint.lint.faults import UNSEEN
from grantlint.lint.finding import Finding
from grantlint.lint.triage.fingerprint import fingerprint
from grantlint.platform.record import NamedTuple


class Entry(NamedTuple):
    """A finding as it is recorded. path: where it stood, which may have changed since; message: for who reads it."""

    key: str
    rule: str
    path: str
    message: str


class Compared(NamedTuple):
    """Findings against a baseline: new, known, and entries now gone."""

    new: Sequence[Finding]
    known: Sequence[Finding] = ()
    gone: Sequence[Entry] = ()


class Tree(NamedTuple):
    """The files of a run as entries name them. entry_path: of a finding's path; covers: whether a file was looked for.

    is_there: whether a file is in the tree still.
    """

    entry_path: Callable[[str], str]
    covers: Callable[[str], bool]
    is_there: Callable[[str], bool]


def entries_of(findings: Iterable[Finding], tree: Tree) -> list[Entry]:
    """Return the findings as sorted entries.

    What was not read is left out, as nobody knows what it hides.
    """
    made = [
        Entry(fingerprint(one), one.rule, tree.entry_path(one.span.source.path), one.message)
        for one in findings
        if one.rule not in UNSEEN
    ]
    return sorted(made, key=lambda entry: (entry.path, entry.rule, entry.key))


def compare(findings: Iterable[Finding], entries: Iterable[Entry], tree: Tree) -> Compared:
    """Return which findings are new. An entry stands for one finding: of its own file, else of where that moved to.

    An entry of a file that is there and was not looked for stands for nothing elsewhere, nor is it gone.
    """
    waiting: dict[str, list[Entry]] = {}
    for entry in entries:
        waiting.setdefault(entry.key, []).append(entry)
    known: set[int] = set()
    strays: list[tuple[int, str]] = []
    listed = [*findings]
    for number, finding in enumerate(listed if waiting else ()):
        if finding.rule in UNSEEN:
            continue
        key, path = fingerprint(finding), tree.entry_path(finding.span.source.path)
        same = next((entry for entry in waiting.get(key, ()) if entry.path == path), None)
        if same is None:
            strays.append((number, key))
        else:
            waiting[key].remove(same)
            known.add(number)
    missing = [entry for left in waiting.values() for entry in left if _is_missing(entry, tree)]
    moved: dict[str, list[Entry]] = {}
    for entry in missing:
        moved.setdefault(entry.key, []).append(entry)
    for number, key in strays:
        if moved.get(key):
            missing.remove(moved[key].pop(0))
            known.add(number)
    return Compared(
        [one for number, one in enumerate(listed) if number not in known],
        [one for number, one in enumerate(listed) if number in known],
        missing,
    )


def _is_missing(entry: Entry, tree: Tree) -> bool:
    return tree.covers(entry.path) or not tree.is_there(entry.path)
