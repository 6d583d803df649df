"""What is wrong with a comment that is to silence a rule, as a finding with a fix."""

from collections.abc import Collection, Sequence

from grantlint.lint.finding import Finding, Mend, Severity
from grantlint.lint.suppression.comments import VERBS, Bounds, Comment
from grantlint.lint.suppression.sifted import WORD
from grantlint.model.location import Span
from grantlint.model.remedy import Effect, Remedy, Remove, Retype

UNUSED_RULE = "unused-suppression"
EXPIRED_RULE = "expired-suppression"
UNREASONED_RULE = "suppression-without-reason"

_WRITE = "Write `grantlint: ignore[rule] reason` on the finding's line or above it; take out what is idle."
_MEND = "Mend what it is about, or leave the file out (`exclude` in the configuration), which the summary counts."
_OVER = "Mend what it is about, take the comment out, or agree on another day."
_SAY_WHY = "Write why behind the brackets: `grantlint: ignore[rule] reason`."
_DAY = "Write the last day on which it holds, such as `until 2027-01-31`."


def unused(message: str, span: Span, mend: Remedy | None = None) -> Finding:
    """Return that a comment, or a name in it, silences nothing."""
    return _complaint(UNUSED_RULE, message, span, _WRITE, mend)


def unsuppressible(name: str, span: Span, mend: Remedy | None, *, unread: bool) -> Finding:
    """Return a finding that a comment may not silence its rule.

    unread: the rule tells of what was not read, and nobody knows what that hides.
    """
    why = "nobody knows what was not read" if unread else "the configuration says so (unsuppressible)"
    return _complaint(UNUSED_RULE, f"{name} cannot be suppressed: {why}", span, _MEND, mend)


def unknown(name: str, span: Span, guesses: Collection[str], removal: Remedy | None) -> Finding:
    """Return a finding that no rule has this name.

    The fix writes the nearest name, or takes it out.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

    near: Sequence[str] = get_close_matches(name, guesses, 1) if guesses else ()
    hint = f"; did you mean {near[0]!r}?" if near else ""
    mend = Retype(span, near[0], Effect.NONE) if near else removal
    return _complaint(UNUSED_RULE, f"no rule is named {name!r}{hint}", span, _WRITE, mend)


def expired(name: str, until: str, span: Span, mend: Remedy | None) -> Finding:
    """Return a finding that a comment's day is over.

    Until that day it silenced a rule.
    """
    return _complaint(EXPIRED_RULE, f"the suppression of {name} held until {until}", span, _OVER, mend)


def unreasoned(comment: Comment, span: Span) -> Finding:
    """Return that a comment gives no reason, and so silences nothing."""
    message = f"`grantlint: {comment.verb}` gives no reason, so it silences nothing (require-reason)"
    return _complaint(UNREASONED_RULE, message, span, _SAY_WHY, without(comment.bounds))


def undated(comment: Comment, span: Span) -> Finding:
    """Return a finding that a comment's day is none.

    It silences nothing then.
    """
    said = f"`until {comment.until}` is no day, so this silences nothing"
    return _complaint(UNUSED_RULE, said, span, _DAY, without(comment.bounds))


def misspelt(comment: Comment, span: Span, *, is_word: bool) -> Finding:
    """Return a finding that the word behind `grantlint:` is none.

    The fix writes the nearest one, and leaves other prose alone.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

    said = f"`grantlint: {comment.verb}`" if is_word else "this"
    near = get_close_matches(comment.verb, VERBS, 1) if is_word else []
    if not near:
        return unused(f"{said} is no suppression", span)
    source, start, _ = span
    at = source.text.index(comment.verb, source.text.index(WORD, start) + len(WORD))
    mend = Retype(Span(source, at, at + len(comment.verb)), near[0], Effect.NONE)
    return unused(f"{said} is no suppression; did you mean {near[0]!r}?", span, mend)


def without(bounds: Bounds) -> Remove | None:
    """Return the removal of a whole comment, or None.

    None where its end is not seen.
    """
    return Remove(bounds.span, "the comment", Effect.NONE) if bounds.is_whole else None


def without_name(place: Span, *, last: bool) -> Retype:
    """Return the removal of a name from a list.

    The comma that parts it from the next goes too, or from the one before.
    """
    source, start, end = place
    text = source.text
    if last:
        return Retype(Span(source, text.rindex(",", 0, start), end), "", Effect.NONE)
    after = text.index(",", end) + 1
    while text[after : after + 1] == " ":
        after += 1
    return Retype(Span(source, start, after), "", Effect.NONE)


def _complaint(rule: str, message: str, span: Span, remedy: str, mend: Remedy | None = None) -> Finding:
    return Finding(rule, Severity.WARNING, message, span, help=remedy, mend=Mend(mend) if mend is not None else None)
