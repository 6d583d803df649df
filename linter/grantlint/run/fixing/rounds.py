"""From findings to changed texts: fixes made together, judged, taken apart where something speaks against them."""

from collections.abc import Callable, Mapping, Sequence

from grantlint.lint.finding import Finding
from grantlint.model.remedy import Edit
from grantlint.platform.opening import as_if
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Protocol
from grantlint.reader.tree.contents import decode, encode_like
from grantlint.report.findings.content import Report
from grantlint.run.fixing.access import Access, access_of
from grantlint.run.fixing.objections import Judged, objection
from grantlint.run.fixing.texts import Edited, by_path, edited
from grantlint.run.fixing.writable import ANOTHER_TEXT, bytes_of
from grantlint.run.judging.plan import Plan
from grantlint.run.loading import Loaded
from grantlint.servers.grouping import group

_MOST_RUNS = 200  # of reading and judging all again


class Change(NamedTuple):
    """A file that is to be written, before and after."""

    path: str
    before: bytes
    after: bytes


class Kept(NamedTuple):
    """A finding whose fix is not made, and why, as a clause."""

    finding: Finding
    why: str


class Fixed(NamedTuple):
    """The outcome of fixing.

    report: of what is left. changes: the files to write. mended: what was fixed. kept: what was not.
    """

    loaded: Loaded
    report: Report
    changes: Sequence[Change]
    mended: Sequence[Finding]
    kept: Sequence[Kept]


class Fixes(Protocol):
    """The choice of fixes to make.

    They are those of the findings, or others in their place.
    """

    def put(self, loaded: Loaded, report: Report) -> Report:
        """Return a report with the fixes to make."""
        ...

    def another(self, finding: Finding) -> Finding | None:
        """Return a finding with another fix, None where there is none.

        It takes the place of one that something speaks against.
        """
        ...


class OwnFixes:
    """The fixes that the findings have."""

    def put(self, loaded: Loaded, report: Report) -> Report:
        """Return the report as it is."""
        del loaded
        return report

    def another(self, finding: Finding) -> Finding | None:
        """Return None: a rule has one remedy."""
        del finding
        return None


def fixed(loaded: Loaded, load: Callable[[], Loaded], plan: Plan, *, unsafe: bool, fixes: Fixes | None = None) -> Fixed:
    """Return what is left after every fix without an objection.

    Nothing is written. load: reads all files again. fixes: those to make, by default the findings' own.
    """
    return _Rounds(loaded, load, plan, fixes or OwnFixes(), unsafe=unsafe).all()


class _Batch(NamedTuple):
    findings: list[Finding]
    texts: Mapping[str, Edited]


class _Rounds:
    def __init__(self, loaded: Loaded, load: Callable[[], Loaded], plan: Plan, fixes: Fixes, *, unsafe: bool) -> None:
        self.load, self.plan, self.fixes, self.unsafe = load, plan, fixes, unsafe
        self.now = self.judged(loaded)
        self.original: dict[str, bytes] = {}
        self.contents: dict[str, bytes] = {}
        self.mended: list[Finding] = []
        self.kept: dict[object, Kept] = {}
        self.most = 1 << 30
        self.runs = 0

    def judged(self, loaded: Loaded) -> Judged:
        def access() -> Sequence[Access]:
            return access_of(self.plan.products.panels(group(loaded.declarations)).made)

        return Judged(loaded, self.fixes.put(loaded, self.plan.judge(loaded)), access)

    def all(self) -> Fixed:
        while batch := self.batch():
            self.try_out(batch)
        changes = [
            Change(path, self.original[path], after)
            for path, after in sorted(self.contents.items())
            if after != self.original[path]
        ]
        return Fixed(self.now.loaded, self.now.report, changes, self.mended, [*self.kept.values()])

    def batch(self) -> _Batch | None:
        """Return fixes that do not touch each other.

        Safe ones come apart from the others.
        """
        chosen: list[Finding] = []
        edits: dict[str, list[Edit]] = {}
        safe: bool | None = None
        for finding in self.now.report.findings:
            fix = finding.fix
            if fix is None or not (self.unsafe or fix.effect.is_safe) or _key(finding) in self.kept:
                continue
            if safe is not None and fix.effect.is_safe is not safe:
                continue
            why = self.unwritable(fix.edits)
            if why:
                self.kept[_key(finding)] = Kept(finding, why)
                continue
            both = {
                path: [*edits.get(path, ()), *[edit for edit in more if edit not in edits.get(path, ())]]
                for path, more in by_path(fix.edits).items()
            }
            if any(edited(more[0].span.source.text, more) is None for more in both.values()):
                if not chosen:
                    self.kept[_key(finding)] = Kept(finding, "its own changes touch each other")
                continue
            safe = fix.effect.is_safe
            chosen.append(finding)
            edits.update(both)
            if len(chosen) >= self.most:
                break
        made = {path: edited(more[0].span.source.text, more) for path, more in edits.items()}
        texts = {path: text for path, text in made.items() if text is not None}
        return _Batch(chosen, texts) if chosen else None

    def unwritable(self, edits: Sequence[Edit]) -> str:
        for path, several in by_path(edits).items():
            source = several[0].span.source
            if path not in self.contents:
                found = bytes_of(source)
                if isinstance(found, str):
                    return f"{path} is not changed: {found}"
                self.original[path] = self.contents[path] = found
            elif decode(self.contents[path]) != source.text:
                return f"{path} is not changed: {ANOTHER_TEXT}"
        return ""

    def try_out(self, batch: _Batch) -> None:
        """Make fixes in memory, and keep them if nothing speaks against.

        All is read and judged again.
        """
        contents = dict(self.contents)
        for path, text in batch.texts.items():
            data = encode_like(text.text, self.original[path])
            if data is None:
                self.keep_one_or_try_fewer(batch, f"{path} cannot be written in its encoding")
                return
            contents[path] = data
        self.runs += 1
        if self.runs > _MOST_RUNS:
            for finding in batch.findings:
                self.kept[_key(finding)] = Kept(finding, "too many fixes were tried before it; run again")
            return
        with as_if(contents):
            after = self.judged(self.load())
        why = objection(self.now, after, batch.findings, batch.texts)
        if why:
            self.keep_one_or_try_fewer(batch, why)
            return
        self.now, self.contents = after, contents
        self.mended += batch.findings
        self.most = max(self.most, 1) * 2

    def keep_one_or_try_fewer(self, batch: _Batch, why: str) -> None:
        if len(batch.findings) == 1:
            finding = batch.findings[0]
            another = self.fixes.another(finding)
            if another is None:
                self.kept[_key(finding)] = Kept(finding, why)
            else:
                left = [another if one is finding else one for one in self.now.report.findings]
                self.now = self.now._replace(report=self.now.report._replace(findings=left))
            self.most = 1 << 30
        else:
            self.most = (len(batch.findings) + 1) // 2


def _key(finding: Finding) -> object:
    edits = finding.fix.edits if finding.fix else ()
    return finding.rule, finding.span.source.path, finding.message, tuple((edit.text,) for edit in edits)
