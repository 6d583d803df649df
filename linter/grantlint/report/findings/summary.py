"""The end of a report for people: what was looked at, what was found, what was not seen."""

from collections import Counter
from collections.abc import Iterator, Sequence

from grantlint.lint.finding import Finding, Profile, Severity, Unsaid
from grantlint.lint.suppression.sifted import Suppressed
from grantlint.lint.triage.standing import Standing
from grantlint.model import NotChecked
from grantlint.model.server import NOT_LISTED, NOT_REACHED
from grantlint.reader.files.places import EXCLUDED, LINK_OUT
from grantlint.reader.files.recognition import OF_IMAGE, UNREAD
from grantlint.reader.tree.listing import OTHER_REPOSITORY
from grantlint.report.findings import remembered
from grantlint.report.findings.content import Report, Summary
from grantlint.report.page import Ink, Line
from grantlint.report.places import position_of

COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}


def _fixable(report: Report) -> Iterator[Line]:
    """Yield how many findings have a fix, and by which options it is tried."""
    fixes = [finding.fix for finding in report.findings if finding.fix is not None]
    safe = sum(1 for fix in fixes if fix.effect.is_safe)
    more = len(fixes) - safe
    if safe:
        yield f"fixable: {safe:,} with --fix" + (f", {more:,} more with --fix --unsafe-fixes" if more else "")
    elif more:
        yield f"fixable: {more:,} with --fix --unsafe-fixes"


def summary_lines(report: Report) -> Iterator[Line]:
    """Yield the summary, the counts of findings in their colours."""
    summary = report.summary
    found: list[str | Ink] = []
    for severity in Severity:
        number = report.count(severity)
        if number:
            words = counted(number, severity.value, "info" if severity is Severity.INFO else "")
            found += [", " if found else ": ", Ink(words, COLOURS[severity])]
    looked = ", ".join(
        (
            counted(summary.files, "file"),
            counted(summary.accounts, "account"),
            counted(summary.servers, "server"),
        )
    )
    yield looked, *(found or [": no findings"])
    yield from _fixable(report)
    if summary.judged_as:
        why = " (assumed where no file names its server; --server does)" if summary.assumed else ""
        yield f"judged as: {', '.join(summary.judged_as)}{why}"
    yield _standing(summary.standing)
    yield from summary.remarks
    yield from _not_decided([one for one in report.not_checked if one.why == NOT_REACHED])
    yield from _not_listed([one for one in report.not_checked if one.why == NOT_LISTED])
    not_checked = [one for one in report.not_checked if one.why not in {NOT_REACHED, NOT_LISTED}]
    if not_checked:
        kinds = Counter(f"{what.what}: {what.why}" for what in not_checked)
        yield f"not checked: {counted(len(not_checked), 'value')} that only a run could know"
        first = {f"{what.what}: {what.why}": what.span for what in reversed(not_checked)}
        for kind, number in kinds.most_common():
            yield (f"  {number} x {kind} (first at {position_of(first[kind])})",)  # whole, whatever its width
    reasons = (EXCLUDED, *UNREAD, OF_IMAGE, LINK_OUT, OTHER_REPOSITORY)
    left_out = [(why, summary.passed_over[why]) for why in reasons if why in summary.passed_over]
    yield from (
        f"{why}: {counted(number, 'folder' if why == OTHER_REPOSITORY else 'file')}" for why, number in left_out
    )
    if report.suppressed:
        yield from _suppressed(report.suppressed)
    yield from _held_back(report)
    for rule in report.crashes:
        yield (Ink(f"crashed: rule {rule}; what it would have found is missing", COLOURS[Severity.ERROR]),)
    yield from _configuration(summary)


def _not_decided(unreached: Sequence[NotChecked]) -> Iterator[Line]:
    """Name what the time limit left out."""
    if unreached:
        kinds = Counter(one.what for one in unreached)
        what = " and ".join(counted(number, kind) for kind, number in kinds.items())
        yield f"not decided: {what}, as the time limit was over before"
        yield from [(f"  {one.what} {position_of(one.span)}",) for one in unreached[:_NAMED]]
        if len(unreached) > _NAMED:
            yield f"  {counted(len(unreached) - _NAMED, 'more', 'more')}: --output json has them all"


def _not_listed(findings: Sequence[NotChecked]) -> Iterator[Line]:
    """Count the findings that the time limit left no time to list."""
    if findings:
        kinds = Counter(one.what for one in findings)
        said = [counted(kinds[one.value], one.value, "info" if one is Severity.INFO else "") for one in Severity]
        yield f"not listed: {', '.join(one for one in said if one[0] != '0')}, as the time limit was over before"


_NAMED = 10  # of what is not decided


def _configuration(summary: Summary) -> Iterator[str]:
    """Yield which configuration file held.

    That none did is said where somebody asked for that.
    """
    yield from summary.touched
    named_by = f" ({summary.named_by})" if summary.named_by else ""
    if summary.configuration:
        switched_off = f": {'; '.join(summary.switched_off)}" if summary.switched_off else ""
        yield f"configuration: {summary.configuration}{named_by}{switched_off}"
    elif summary.named_by:
        yield f"configuration: none{named_by}"


def _suppressed(suppressed: Sequence[Suppressed]) -> Iterator[Line]:
    """Say how often each rule is silenced, and by which reasons."""
    rules = Counter(one.finding.rule for one in suppressed)
    yield "suppressed: " + ", ".join(f"{number} x {rule}" for rule, number in sorted(rules.items()))
    reasons = Counter((one.finding.rule, one.reason, one.until) for one in suppressed)
    told = sorted(reasons, key=lambda key: (-reasons[key], key))
    for rule, reason, until in told[:_REASONS]:
        day = f" (until {until})" if until else ""
        yield f"  {reasons[rule, reason, until]} x {rule}: {reason or 'no reason given'}{day}"
    if len(told) > _REASONS:
        yield f"  {counted(len(told) - _REASONS, 'more reason')}: --output json has them all"


_REASONS = 10
_UNSAID = {
    Unsaid.GIVEN: (
        "1 account is as its image or operator makes it, and no key here changes that",
        "accounts are as their image or operator makes them, and no key here changes that",
    ),
    Unsaid.UNKNOWN_USER: (
        "1 account has a user that nobody knows, who may be an administrator",
        "accounts have users that nobody knows, who may be administrators",
    ),
}


def _held_back(report: Report) -> Iterator[str]:
    """Yield which findings are not reported, or milder, and why."""
    summary = report.summary
    if report.baseline is not None:
        yield from remembered.lines(report.baseline)
    if report.since is not None:
        revision, commit, before = report.since
        there = counted(before, "finding that was", "findings that were")
        yield f"since {revision} ({commit}): {there} there before, not reported"
    for why, (one, more) in _UNSAID.items():
        number, rules = report.accounts_unsaid(why)
        if number:
            yield f"{one if number == 1 else f'{number:,} {more}'}: counted, not reported ({', '.join(rules)})"
    yield from _eased(report)
    if summary.kept_back:
        yield f"kept back by [[path]] entries of the configuration: {counted(summary.kept_back, 'finding')}"
    if summary.outside:
        yield f"outside of the files asked for, not reported: {counted(summary.outside, 'finding')}"


def _eased(report: Report) -> Iterator[str]:
    """Yield which findings are milder, or left out, for where they stand."""
    summary = report.summary
    if report.folded:
        yield f"{_EXAMPLES}, not listed: {_by_example(report.folded)} (--show-examples lists them)"
    elif summary.softened:
        yield f"{_EXAMPLES}: {counted(summary.softened, 'finding')}"
    if summary.beyond:
        where = "it stands" if summary.beyond == 1 else "they stand"
        left = f"{counted(summary.beyond, 'finding')} of little weight where {where}"
        yield f"{left}: left to larger profiles (--profile hardened, pedantic)"
    if summary.later:
        later = counted(summary.later, "finding")
        yield f"came with later versions than rules-as-of {summary.rules_as_of}, as info: {later}"


def _by_example(folded: Sequence[Finding]) -> str:
    """Return how many findings each example has, the most first."""
    groups = Counter(finding.example for finding in folded).most_common()
    named = [f"{number:,} in {example}" for example, number in groups[:_GROUPS]]
    rest = sum(number for _, number in groups[_GROUPS:])
    return ", ".join([*named, *([f"{rest:,} elsewhere"] if rest else [])])


_EXAMPLES = "in tests, examples, docs, development or what others wrote, as info"
_GROUPS = 4


def _standing(standing: Standing) -> str:
    """Return which profile the files pass."""
    asked, passes, whole = standing
    if not whole:
        return f"profile {asked}: not judged, since rules of it are left out"
    if passes is None:
        return f"profile {asked}: not passed" + (", nor any below it" if asked > min(Profile) else "")
    if passes < asked:
        return f"profile {asked}: not passed; {passes} is"
    return f"profile {passes}: passed"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
