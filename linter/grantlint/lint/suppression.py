"""What an author chose not to see, by a comment that names the rule: always counted, and reported where it is idle.

`# grantlint: ignore[rule, rule] reason` at the end of a finding's line, or on a line of its own above it;
`# grantlint: ignore-file[rule] reason` anywhere in the file. SQL's `--` and `//` begin a comment as well. What could
not be read is never silenced: a file does not answer for what nobody has seen of it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from grantlint.lint.faults import UNSEEN
from grantlint.lint.finding import Finding, Mend, Severity
from grantlint.model.location import Source, Span
from grantlint.model.remedy import Effect, Remedy, Remove, Retype
from grantlint.platform.pattern import Pattern

RULE = "unused-suppression"

_WORD = "grantlint:"
_COMMENT = Pattern(
    r"(?:\#|--|//|/\*)[ \t]*grantlint:[ \t]*(?P<verb>[\w-]*)(?:\[(?P<names>[^\]\n]*)\])?[ \t]*(?P<reason>[^\r\n]*)"
)
_RULE_NAME = Pattern(r"[a-z][a-z0-9_-]{0,60}\Z")
_OPENING = ("#", "--", "//", "/*", "{#", "{{/*", "{{- /*", "<%#", "<%-#")
_BEFORE_SIGN = frozenset({"{", "<%", "<%-", "{{", "{{-", "{{- "})  # of a template's own comments
_CLOSING = Pattern(r"[ \t]*(?:\*/[ \t]*(?:-?\}\})?|-?\#\}|-?%>)[ \t]*\Z")


class Suppressed(NamedTuple):
    """A finding that a comment silences, and the reason that the comment gives."""

    finding: Finding
    reason: str


_GUESSES = 100  # complaints, behind which no unknown name is looked for among the known ones: that takes long


class Sifted(NamedTuple):
    """What is left to report (idle comments among it), and what comments silence."""

    findings: list[Finding]
    suppressed: list[Suppressed]


class _Comment(NamedTuple):
    """One name of one comment: `line` is the 1-based line it speaks of, 0 for the whole file."""

    name: str
    line: int
    reason: str
    span: Span
    removal: Remove | Retype | None = None


def sift(
    findings: Iterable[Finding], sources: Iterable[Source], *, active: Collection[str], known: Collection[str]
) -> Sifted:
    """Return the findings without those that comments in the sources silence.

    active: rules that ran; a comment that silences none of their findings is reported. known: every name there is.
    """
    found = [*findings]
    comments: dict[tuple[str, int, str], list[_Comment]] = {}
    complaints: list[Finding] = []
    for source in sources:
        if _WORD in source.text:
            for comment in _comments(source, complaints):
                comments.setdefault((source.path, comment.line, comment.name), []).append(comment)
    if not comments:
        return Sifted(found + complaints, [])
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    used: set[tuple[str, int, str]] = set()
    for finding in found:
        path = finding.span.source.path
        keys = ((path, line, finding.rule) for line in (finding.span.source.position(finding.span.start)[0], 0))
        key = None if finding.rule in UNSEEN else next((key for key in keys if key in comments), None)
        if key is None:
            kept.append(finding)
        else:
            used.add(key)
            suppressed.append(Suppressed(finding, comments[key][0].reason))
    for key, same in comments.items():
        # A second comment for the same line and rule does nothing that the first does not.
        for comment in same[1:] if key in used else same:
            guesses = known if len(complaints) < _GUESSES else ()
            complaint = _idle(comment, active, known, guesses, used=key in used)
            if complaint:
                complaints.append(complaint)
    return Sifted(kept + complaints, suppressed)


def _comments(source: Source, complaints: list[Finding]) -> Iterator[_Comment]:
    lines = _Lines(source)
    for match in _COMMENT.finditer(source.text):
        whole = Span(source, match.start(), match.end())
        verb, names = match["verb"], match["names"]
        if verb not in {"ignore", "ignore-file"}:
            said = f"`grantlint: {verb}`" if _RULE_NAME.match(verb) else "this"
            complaints.append(_complaint(f"{said} is no suppression", whole))
            continue
        if not names or not names.strip():
            complaints.append(_complaint(f"`grantlint: {verb}` names no rule, so it silences none", whole))
            continue
        line = 0 if verb == "ignore-file" else lines.meant(match.start())
        reason = _CLOSING.compiled.sub("", match["reason"]).strip()
        at = match.start("names")
        pieces = names.split(",")
        for number, piece in enumerate(pieces):
            name = piece.strip()
            start = at + len(piece) - len(piece.lstrip())
            at += len(piece) + 1
            if _RULE_NAME.match(name):
                source.show(start, start + len(name))
                place = Span(source, start, start + len(name))
                last = number == len(pieces) - 1
                removal = _without_name(place, last=last) if len(pieces) > 1 else _without_comment(whole)
                yield _Comment(name, line, reason, place, removal)
            elif name:
                complaints.append(_complaint("this names no rule", Span(source, start, start + len(name))))


def _without_comment(whole: Span) -> Remove | None:
    """Return that a comment goes which ends with its line; of one that a sign ends nobody knows what follows."""
    text = whole.source.text
    if text[whole.start] in "#-" or text.startswith("//", whole.start):
        is_block = text[max(whole.start - 1, 0)] in "{%"
        return None if is_block else Remove(whole, "the comment", Effect.NONE)
    return None


def _without_name(place: Span, *, last: bool) -> Retype:
    """Return that a name goes from a list, with the comma that parts it from the next, or from the one before."""
    source, start, end = place
    text = source.text
    if last:
        return Retype(Span(source, text.rindex(",", 0, start), end), "", Effect.NONE)
    after = text.index(",", end) + 1
    while text[after : after + 1] == " ":
        after += 1
    return Retype(Span(source, start, after), "", Effect.NONE)


class _Lines:
    """The lines of a file, as the comments in them mean them: asked from the first to the last."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._last, _ = source.position(len(source.text))
        self._ahead = range(0)  # lines that hold nothing but comments, up to the one that they mean

    def meant(self, offset: int) -> int:
        """Return the line of a comment behind something, else the next line that is more than a comment."""
        line, _ = self._source.position(offset)
        start, _ = self._source.line_bounds(line)
        before = self._source.text[start:offset].strip()
        if before and before not in _BEFORE_SIGN:
            return line
        if line not in self._ahead:
            self._ahead = range(line, next(filter(self._is_more, range(line + 1, self._last + 1)), self._last + 1))
        return self._ahead.stop if self._ahead.stop <= self._last else line

    def _is_more(self, line: int) -> bool:
        start, end = self._source.line_bounds(line)
        text = self._source.text[start:end].lstrip()
        return bool(text) and not text.startswith(_OPENING)


def _idle(
    comment: _Comment, active: Collection[str], known: Collection[str], guesses: Collection[str], *, used: bool
) -> Finding | None:
    name = comment.name
    if name in UNSEEN:
        return _complaint(f"{name} cannot be suppressed: nobody knows what was not read", comment.span, _MEND)
    if used:
        return _complaint(
            f"the suppression of {name} stands twice for the same line", comment.span, mend=comment.removal
        )
    if name not in known:
        return _complaint(f"no rule is named {name!r}{_nearest(name, guesses)}", comment.span)
    if name not in active:
        return None  # the rule did not run: nobody knows
    where = f"on line {comment.line}" if comment.line else "in this file"
    return _complaint(f"{name} has nothing to report {where}", comment.span, mend=comment.removal)


def _nearest(name: str, guesses: Collection[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

    near: Sequence[str] = get_close_matches(name, guesses, 1)
    return f"; did you mean {near[0]!r}?" if near else ""


_WRITE = "Write `grantlint: ignore[rule] reason` on the finding's line or above it; take out what is idle."
_MEND = "Mend what it is about, or leave the file out (`exclude` in the configuration), which the summary counts."


def _complaint(message: str, span: Span, remedy: str = _WRITE, mend: Remedy | None = None) -> Finding:
    return Finding(RULE, Severity.WARNING, message, span, help=remedy, mend=Mend(mend) if mend is not None else None)
