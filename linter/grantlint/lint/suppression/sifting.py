"""Findings sifted by the comments of their files: what is left, what is silenced, and which comment does nothing."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from grantlint.lint.faults import UNSEEN
from grantlint.lint.finding import Finding
from grantlint.lint.suppression import complaints
from grantlint.lint.suppression.comments import FILE, ITEM, VERBS, Comment, comments
from grantlint.lint.suppression.reach import Items, Reach
from grantlint.lint.suppression.sifted import Heeding, Sifted, Suppressed
from grantlint.lint.suppression.today import today
from grantlint.model.location import Source, Span
from grantlint.model.remedy import Remove, Retype
from grantlint.platform.pattern import Pattern
from grantlint.platform.record import NamedTuple

_RULE_NAME = Pattern(r"[a-z][a-z0-9_-]{0,60}\Z")
_SAYS = Pattern(r"\w")
_GUESSES = 100  # complaints, behind which no unknown name is looked for among the known ones: that takes long


class _Lines(NamedTuple):
    """The lines that a comment speaks of: one, those of an item, or (0, 0) for the whole file."""

    first: int
    last: int


_WHOLE_FILE = _Lines(0, 0)


class _Name(NamedTuple):
    """One name of one comment, and its removal."""

    name: str
    lines: _Lines
    comment: Comment
    span: Span
    removal: Remove | Retype | None


_Key = tuple[str, str, _Lines]  # path, rule, lines


def sift(
    found: list[Finding],
    sources: Iterable[Source],
    *,
    active: Collection[str],
    known: Collection[str],
    heeding: Heeding,
    statements: Callable[[Source], Iterable[Span]],
) -> Sifted:
    """Return what `sifted.sift` does, of the sources with comments."""
    wrong: list[Finding] = []
    names: dict[_Key, list[_Name]] = {}
    for source in sources:
        for name in _names(source, statements(source), heeding, wrong):
            names.setdefault((source.path, name.name, name.lines), []).append(name)
    if not names:
        return Sifted(found + wrong, [])
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    used: set[_Key] = set()
    speakers = _Speakers(names, {*UNSEEN, *heeding.unsuppressible})
    for finding in found:
        key = speakers.key_for(finding)
        if key is None:
            kept.append(finding)
        else:
            used.add(key)
            comment = names[key][0].comment
            suppressed.append(Suppressed(finding, comment.reason, comment.until))
    for key, same in names.items():
        # A second comment for the same lines and rule does nothing that the first does not.
        for name in same[1:] if key in used else same:
            guesses = known if len(wrong) < _GUESSES else ()
            complaint = _idle(name, active, known, guesses, heeding, used=key in used)
            if complaint:
                wrong.append(complaint)
    return Sifted(kept + wrong, suppressed)


class _Speakers:
    """The comment that silences each finding.

    It is that of its line, else of the item it is in, else of its file.
    """

    def __init__(self, names: Mapping[_Key, object], unsuppressible: Collection[str]) -> None:
        self._names = names
        self._unsuppressible = unsuppressible
        lines: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for path, rule, (first, last) in names:
            if first < last:
                lines.setdefault((path, rule), []).append((first, last))
        self._items = {key: Items(each) for key, each in lines.items()}

    def key_for(self, finding: Finding) -> _Key | None:
        if finding.rule in self._unsuppressible:
            return None
        source, start, _ = finding.span
        line, _ = source.position(start)
        path, rule = source.path, finding.rule
        keys: list[_Key] = [(path, rule, _Lines(line, line))]
        items = self._items.get((path, rule))
        around = items.around(line) if items is not None else None
        keys += [(path, rule, _Lines(*around))] if around is not None else []
        return next((key for key in (*keys, (path, rule, _WHOLE_FILE)) if key in self._names), None)


def _names(source: Source, statements: Iterable[Span], heeding: Heeding, wrong: list[Finding]) -> Iterator[_Name]:
    """Yield the names that comments of a source silence; what is wrong with a comment is added to `wrong`."""
    reach = Reach(source, statements)
    for comment in comments(source):
        whole = comment.bounds.span
        if comment.verb not in VERBS:
            wrong.append(complaints.misspelt(comment, whole, is_word=bool(_RULE_NAME.match(comment.verb))))
            continue
        if not comment.names or not any(name for name, _ in comment.names):
            said = f"`grantlint: {comment.verb}` names no rule, so it silences none"
            wrong.append(complaints.unused(said, whole, complaints.without(comment.bounds)))
            continue
        lines = _lines_of(comment, reach)
        good = [(name, place) for name, place in comment.names if _RULE_NAME.match(name)]
        bad = [place for name, place in comment.names if name and not _RULE_NAME.match(name)]
        wrong += [complaints.unused("this names no rule", place, _removal(comment, place)) for place in bad]
        for _, place in good:
            source.show(place.start, place.end)
        if comment.until and not comment.is_dated:
            wrong.append(complaints.undated(comment, whole))
        elif heeding.requires_reason and not _SAYS.search(comment.reason):
            wrong.append(complaints.unreasoned(comment, whole))
        elif comment.until and comment.until < today():
            wrong += [complaints.expired(one, comment.until, at, _removal(comment, at)) for one, at in good]
        else:
            yield from (_Name(name, lines, comment, place, _removal(comment, place)) for name, place in good)


def _lines_of(comment: Comment, reach: Reach) -> _Lines:
    if comment.verb == FILE:
        return _WHOLE_FILE
    line = reach.line_of(comment.bounds)
    return _Lines(line, reach.item_from(line) if comment.verb == ITEM else line)


def _removal(comment: Comment, place: Span) -> Remove | Retype | None:
    names = comment.names or ()  # of which there may be many: each is asked about, and none looks at the others
    if not names or len(names) == 1:
        return complaints.without(comment.bounds)
    return complaints.without_name(place, last=place == names[-1][1])


def _idle(
    one: _Name,
    active: Collection[str],
    known: Collection[str],
    guesses: Collection[str],
    heeding: Heeding,
    *,
    used: bool,
) -> Finding | None:
    name = one.name
    if name in UNSEEN or name in heeding.unsuppressible:
        return complaints.unsuppressible(name, one.span, one.removal, unread=name in UNSEEN)
    if used:
        said = f"the suppression of {name} stands twice for the same line"
        return complaints.unused(said, one.span, one.removal)
    if name not in known:
        return complaints.unknown(name, one.span, guesses, one.removal)
    if name not in active:
        return None  # the rule did not run: nobody knows
    first, last = one.lines
    lines = f"on line {first}" if first == last else f"on lines {first} to {last}"
    said = f"{name} has nothing to report {lines if first else 'in this file'}"
    return complaints.unused(said, one.span, one.removal)
