"""`--add-ignores`: a comment at each finding that silences it, in place of the fix that it has."""

from collections.abc import Collection, Iterable, Sequence

from grantlint.lint.faults import FAULT_NAMES, UNSEEN
from grantlint.lint.finding import Finding
from grantlint.lint.suppression.comments import DATE, FILE, ITEM, LINE, UNTIL, comments
from grantlint.lint.suppression.sifted import WORD
from grantlint.model.location import Span
from grantlint.model.remedy import Edit, Effect, Fix
from grantlint.platform.errors import UsageError
from grantlint.reader.writing import comment_lines
from grantlint.reader.writing.comment_lines import comments_for
from grantlint.report.findings.content import Report
from grantlint.run.fixing.rounds import Fixed, Kept
from grantlint.run.gate.baseline_file import Baseline
from grantlint.run.gate.remembered import with_baseline
from grantlint.run.loading import Loaded

_Line = tuple[str, int]  # a path, and a line from 1

_NO_COMMENTS = "its format has no comments; a [[path]] entry of the configuration may say it"
_ENDING = ("*/", "#}", "%>", "{{", "}}", "{%", "${")  # what would end a comment, or begin a template in it
_TITLE = "Suppress it by a comment."
_OF_COMMENTS = frozenset(name for name in FAULT_NAMES if "suppression" in name)


def checked_reason(reason: str) -> str:
    """Return a reason that can stand in every comment.

    Raises UsageError for one that cannot.
    """
    reason = reason.strip()
    if not any(letter.isalnum() for letter in reason) or not reason.isprintable():
        raise UsageError("--add-ignores takes a reason, as one line of text")
    ending = next((sign for sign in _ENDING if sign in reason), "")
    if ending:
        raise UsageError(f"--add-ignores: {ending!r} cannot stand in a comment of every format")
    until = UNTIL.search(reason)
    if until and not DATE.match(until["date"]):
        raise UsageError(f"--add-ignores: {until['date']} is no day: write it as 2027-01-31")
    return reason


class Ignores:
    """The comments to write, all with the same reason.

    kept: rules that no comment silences; baseline: what is known already, and needs none.
    """

    def __init__(self, reason: str, kept: Collection[str], baseline: Baseline | None) -> None:
        self._reason = reason
        self._kept = kept
        self._baseline = baseline
        self._ways: dict[_Line, list[Edit]] = {}
        self.left: list[Kept] = []

    def put(self, loaded: Loaded, report: Report) -> Report:
        """Return a report whose findings have comments as fixes.

        They do where one can be written.
        """
        self.left = []
        rules: dict[_Line, set[str]] = {}
        places: dict[_Line, Span] = {}
        wanted: dict[int, _Line] = {}
        for finding in self._new(loaded, report):
            why = self._why_not(finding)
            if why:
                self.left.append(Kept(finding, why))
                continue
            line = _line(finding)
            wanted[id(finding)] = line
            rules.setdefault(line, set()).add(finding.rule)
            places.setdefault(line, finding.span)
        self._ways = {line: [*comments_for(place, self._words(rules[line]))] for line, place in places.items()}
        made: list[Finding] = []
        for finding in report.findings:
            ways = self._ways[wanted[id(finding)]] if id(finding) in wanted else []
            if id(finding) in wanted and not ways:
                self.left.append(Kept(finding, _NO_COMMENTS))
            made.append(finding._replace(fix=_fix(ways[0]) if ways else None))
        return report._replace(findings=made)

    def another(self, finding: Finding) -> Finding | None:
        """Return a finding with the next comment to try, or None.

        It may do where another did not.
        """
        ways = self._ways.get(_line(finding), [])
        if finding.fix is None or finding.fix.edits[0] not in ways:
            return None
        behind = ways[ways.index(finding.fix.edits[0]) + 1 :]
        return finding._replace(fix=_fix(behind[0])) if behind else None

    def told(self, fixed: Fixed) -> Fixed:
        """Return what was done, with what has no comment and why.

        The report in it has no comments as fixes.
        """
        for source in fixed.loaded.sources:
            for comment in comments(source):
                words = comment.bounds.span.text
                if words.rstrip().endswith(self._reason):  # what the command line says is no secret of a file
                    source.show(comment.bounds.span.start, comment.bounds.span.end)
        findings = [finding._replace(fix=None) for finding in fixed.report.findings]
        return fixed._replace(report=fixed.report._replace(findings=findings), kept=[*fixed.kept, *self.left])

    def _new(self, loaded: Loaded, report: Report) -> Sequence[Finding]:
        return report.findings if self._baseline is None else with_baseline(loaded, report, self._baseline).findings

    def _why_not(self, finding: Finding) -> str:
        if finding.rule in UNSEEN:
            return "nobody knows what was not read"
        if finding.rule in self._kept:
            return "the configuration says that no comment silences it (unsuppressible)"
        return "--fix mends it" if finding.rule in _OF_COMMENTS else ""

    def _words(self, rules: Iterable[str]) -> dict[str, str]:
        names = ", ".join(sorted(rules))
        verbs = ((comment_lines.LINE, LINE), (comment_lines.ITEM, ITEM), (comment_lines.FILE, FILE))
        return {of: f"{WORD} {verb}[{names}] {self._reason}" for of, verb in verbs}


def _line(finding: Finding) -> _Line:
    source, start, _ = finding.span
    return source.path, source.position(start)[0]


def _fix(edit: Edit) -> Fix:
    return Fix(_TITLE, Effect.NONE, (edit,))
