"""Reports of parts of one run, each judged by a configuration of its own, as one report."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from grantlint.lint.triage.standing import Standing
from grantlint.report.findings.content import Remembered, Report, Since, Summary, by_place


def joined(reports: Sequence[Report]) -> Report:
    """Return reports as one, its findings by place."""
    rules = {name: rule for report in reports for name, rule in report.rules.items()}
    unasked = {rule.name: rule for report in reports for rule in report.unasked if rule.name not in rules}
    return Report(
        sorted(chain.from_iterable(report.findings for report in reports), key=by_place),
        [*chain.from_iterable(report.not_checked for report in reports)],
        [*chain.from_iterable(report.suppressed for report in reports)],
        {name: error for report in reports for name, error in report.crashes.items()},
        _summary([report.summary for report in reports]),
        rules,
        [*chain.from_iterable(report.sources for report in reports)],
        [*unasked.values()],
        baseline=_remembered([report.baseline for report in reports if report.baseline is not None]),
        judged=[*chain.from_iterable(report.judged for report in reports)],
        since=_since([report.since for report in reports if report.since is not None]),
        folded=[*chain.from_iterable(report.folded for report in reports)],
        unsaid=[*chain.from_iterable(report.unsaid for report in reports)],
    )


def _summary(parts: Sequence[Summary]) -> Summary:
    passed_over: Counter[str] = Counter()
    for part in parts:
        passed_over.update(part.passed_over)
    numbers = ("files", "accounts", "servers", "spoken_for", "softened", "beyond", "outside", "kept_back", "later")
    first = parts[0]._replace(**{name: sum(getattr(part, name) for part in parts) for name in numbers})
    files = _each(part.configuration or "none" for part in parts)
    apart = (
        f"{len(files)} configurations: each judges its own paths, and accounts of one are not compared with another's"
    )
    return first._replace(
        judged_as=_each(chain.from_iterable(part.judged_as for part in parts)),
        assumed=any(part.assumed for part in parts),
        passed_over=passed_over,
        remarks=(*_each(chain.from_iterable(part.remarks for part in parts)), apart),
        configuration=", ".join(files),
        named_by="",
        switched_off=tuple([f"{said} ({part.configuration})" for part in parts for said in part.switched_off]),
        standing=_standing([part.standing for part in parts]),
        touched=_each(chain.from_iterable(part.touched for part in parts)),
        rules_as_of=", ".join(_each(part.rules_as_of for part in parts if part.rules_as_of)),
    )


def _each(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _standing(parts: Sequence[Standing]) -> Standing:
    passed = [part.passes for part in parts if part.passes is not None]
    asked = min(part.asked for part in parts)
    passes = min(*passed, asked) if len(passed) == len(parts) else None
    return Standing(asked, passes, whole=all(part.whole for part in parts))


def _remembered(parts: Sequence[Remembered]) -> Remembered | None:
    if not parts:
        return None
    known = [finding for part in parts for finding in part.known]
    gone = [entry for part in parts for entry in part.gone]
    return Remembered(", ".join(_each(part.file for part in parts)), known, gone)


def _since(parts: Sequence[Since]) -> Since | None:
    if not parts:
        return None
    commits = ", ".join(_each(part.commit for part in parts))
    return Since(parts[0].revision, commits, sum(part.before for part in parts))
