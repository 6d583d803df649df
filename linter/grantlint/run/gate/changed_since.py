"""What a change brings: findings on lines that it touched, and those elsewhere that were not there before it."""

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager

from grantlint.lint.faults import UNSEEN
from grantlint.lint.finding import Finding
from grantlint.lint.triage.baseline import Tree, compare, entries_of
from grantlint.model.location import Source
from grantlint.platform.errors import UsageError
from grantlint.platform.record import NamedTuple
from grantlint.reader.tree.listing import repository_of
from grantlint.reader.tree.past import tree_of
from grantlint.report.findings.content import Report, Since
from grantlint.run.loading import Loaded, Request, load


def with_changes_alone(
    loaded: Loaded, report: Report, request: Request, judge: Callable[[Loaded], Report], revision: str
) -> Report:
    """Return the report with what the change since a revision brings.

    Raises UsageError where there is no such revision. judge: says what is found in what was loaded of the revision.
    """
    root = root_of(request)
    with tree_of(root, revision) as past:
        with _in_folder(past.folder, root):
            before = _before(request, loaded, root, past.folder, judge)
        seen = _Seen(before, os.path.relpath(os.path.realpath("."), root), past.folder)
        left = seen.left_of(report.findings)
    since = Since(revision, past.commit, len(report.findings) - len(left))
    return report._replace(findings=left, since=since)


def root_of(request: Request) -> str:
    """Return the repository of the current folder.

    Raises UsageError where a path lies outside of it.
    """
    root = repository_of(".")
    if root is None:
        raise UsageError("--changed-since needs a git repository: run it in the folder of one")
    if "-" in request.paths:
        raise UsageError("--changed-since looks at files: standard input has no revision")
    outside = next((path for path in request.paths if repository_of(os.path.dirname(path) or ".") != root), None)
    if outside is not None and repository_of(outside) != root:
        raise UsageError(f"--changed-since: {outside} lies outside of the repository {root}")
    return root


@contextmanager
def _in_folder(folder: str, root: str) -> Generator[None, None, None]:
    """While entered, be at this folder's place in another tree.

    Relative paths mean its files.
    """
    here = os.getcwd()
    there = os.path.normpath(os.path.join(folder, os.path.relpath(os.path.realpath(here), root)))
    os.makedirs(there, exist_ok=True)
    os.chdir(there)
    try:
        yield
    finally:
        os.chdir(here)


class _Before(NamedTuple):
    """The findings and files of the earlier revision.

    Files have the paths that they would have now.
    """

    findings: Sequence[Finding]
    sources: Sequence[Source]


def _before(request: Request, now: Loaded, root: str, folder: str, judge: Callable[[Loaded], Report]) -> _Before:
    def moved(path: str) -> str:
        real = os.path.realpath(path) if os.path.isabs(path) else path
        return os.path.join(folder, os.path.relpath(real, root)) if real.startswith(os.path.join(root, "")) else path

    paths = [moved(path) for path in request.paths if os.path.lexists(moved(path))]
    scope = moved(request.scope) if request.scope else None
    if not paths or (scope is not None and not os.path.lexists(scope)):
        return _Before((), ())
    exclude = now.settings.exclude
    then = now.settings._replace(exclude=exclude._replace(folder=moved(exclude.folder)))
    loaded = load(request._replace(paths=paths, scope=scope), then, now.deadline)
    return _Before(judge(loaded).findings, loaded.sources)


class _Seen:
    """What was there before the change: findings by their keys, and the lines of each file."""

    def __init__(self, before: _Before, here: str, folder: str) -> None:
        self._folder = os.path.normpath(os.path.join(folder, here))
        self._tree = Tree(self._name, _looked_for, os.path.lexists)
        self._entries = entries_of(before.findings, self._tree)
        self._texts = {self._name(source.path): source.text for source in before.sources}
        self._unread = {(one.rule, self._name(one.span.source.path)) for one in before.findings if one.rule in UNSEEN}
        self._lines: dict[str, frozenset[str]] = {}

    def left_of(self, findings: Sequence[Finding]) -> list[Finding]:
        """Return the findings that are new or on new lines.

        Of two that are alike the one on a new line is new.
        """
        touched = {id(one) for one in findings if self._is_touched(one)}
        ordered = sorted(findings, key=lambda one: id(one) in touched)
        new = {id(one) for one in compare(ordered, self._entries, self._tree).new}
        return [one for one in findings if id(one) in touched or (id(one) in new and not self._was_unread(one))]

    def _name(self, path: str) -> str:
        """Return a path of either tree, relative to the current folder."""
        if os.path.isabs(path):
            real = os.path.realpath(path)
            inside = real.startswith(os.path.join(self._folder, ""))
            return os.path.relpath(real, self._folder) if inside else os.path.relpath(path)
        return os.path.normpath(path)

    def _was_unread(self, finding: Finding) -> bool:
        """Return whether an unreadable file is as it was."""
        source = finding.span.source
        name = self._name(source.path)
        return (finding.rule, name) in self._unread and self._texts.get(name) == source.text

    def _is_touched(self, finding: Finding) -> bool:
        source = finding.span.source
        if self._texts.get(self._name(source.path)) == source.text:
            return False
        known = self._lines_before(self._name(source.path))
        return any(line not in known for line in _lines(finding))

    def _lines_before(self, name: str) -> frozenset[str]:
        """Return the lines that a file had before.

        Of a new one, those of all files that are gone: one of them it was.
        """
        if name not in self._lines:
            gone = [text for path, text in self._texts.items() if not os.path.lexists(path)]
            texts = [self._texts[name]] if name in self._texts else gone
            self._lines[name] = frozenset(line.strip() for text in texts for line in text.splitlines())
        return self._lines[name]


def _looked_for(path: str) -> bool:
    """Return True: what was found then and is not now is gone, wherever it stood."""
    del path
    return True


def _lines(finding: Finding) -> Iterator[str]:
    """Yield the lines that a finding stands on, without the blanks around them."""
    source, start, end = finding.span
    first, last = source.position(start)[0], source.position(max(start, end - 1))[0]
    for line in range(first, last + 1):
        yield source.text[slice(*source.line_bounds(line))].strip()
