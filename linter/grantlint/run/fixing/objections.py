"""What speaks against fixes once their result was read and judged: then none of them is made."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from grantlint.lint.finding import Finding
from grantlint.platform.record import NamedTuple
from grantlint.report.findings.content import Report
from grantlint.run.fixing.access import Access
from grantlint.run.fixing.texts import Edited
from grantlint.run.loading import Loaded


class Judged(NamedTuple):
    """Files as they are, or would be, with their findings.

    `access`: asked only where it must not change.
    """

    loaded: Loaded
    report: Report
    access: Callable[[], Sequence[Access]]


def objection(before: Judged, after: Judged, fixed: Sequence[Finding], texts: Mapping[str, Edited]) -> str:
    """Return why fixes are not made, as a clause, or ''."""
    is_safe = all(finding.fix is not None and finding.fix.effect.is_safe for finding in fixed)
    return (
        _unread(before.loaded, after.loaded)
        or _found(before.report, after.report, fixed, texts)
        or _not_checked(before.report, after.report)
        or (_access(before.access(), after.access()) if is_safe else "")
    )


def _unread(before: Loaded, after: Loaded) -> str:
    read = {(part.path, part.format) for part in after.declarations}
    lost = sorted(part.path for part in before.declarations if (part.path, part.format) not in read)
    return f"{lost[0]} would no longer be read as declarations" if lost else ""


def _found(before: Report, after: Report, fixed: Sequence[Finding], texts: Mapping[str, Edited]) -> str:
    """Return which finding is new after fixes, as a clause, or ''.

    Findings are compared by rule and place: one whose message changed with a name is the same one.
    """
    mended = {id(finding) for finding in fixed}
    expected = [_Place(finding, texts) for finding in before.findings if id(finding) not in mended]
    gone = [_Place(finding, texts) for finding in before.findings if id(finding) in mended]
    by_rule: dict[tuple[str, str], list[_Place]] = {}
    for place in expected:
        by_rule.setdefault(place.key, []).append(place)
    for finding in after.findings:
        places = by_rule.get((finding.rule, finding.span.source.path), [])
        same = next((place for place in places if place.holds(finding)), None)
        if same is not None:
            places.remove(same)
        elif any(place.holds(finding) for place in gone if place.key == (finding.rule, finding.span.source.path)):
            return f"{finding.rule} would still be found"
        else:
            return f"{finding.rule} would be found in line {finding.span.line}"
    return ""


class _Place:
    """Where a finding would be found again."""

    def __init__(self, finding: Finding, texts: Mapping[str, Edited]) -> None:
        span = finding.span
        self.key = (finding.rule, span.source.path)
        text = texts.get(span.source.path)
        self._first, self._last = text.place_of(span.start) if text else (span.start, span.start)

    def holds(self, finding: Finding) -> bool:
        return self._first <= finding.span.start <= self._last


def _not_checked(before: Report, after: Report) -> str:
    known = Counter(one.what for one in before.not_checked)
    more = Counter(one.what for one in after.not_checked) - known
    return f"{next(iter(more))} would be there that nobody can check" if more else ""


def _access(before: Sequence[Access], after: Sequence[Access]) -> str:
    if [one.of for one in before] != [one.of for one in after]:
        return "other servers would be declared"
    changed = [had.product for had, has in zip(before, after, strict=True) if had.held != has.held]
    return f"somebody's access would change on {', '.join(dict.fromkeys(changed))}" if changed else ""
