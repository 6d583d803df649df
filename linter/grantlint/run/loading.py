"""Paths to declarations: what every command that reads accounts begins with."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from grantlint.model import Declarations, Fault, NotChecked
from grantlint.model.location import Source, Span
from grantlint.model.server import NOT_REACHED
from grantlint.platform.deadline import Deadline, TimeIsUpError
from grantlint.platform.record import NamedTuple
from grantlint.reader.files.discovery import Search
from grantlint.reader.files.recognition import DOUBTFUL, Candidate
from grantlint.report.findings.content import Summary
from grantlint.run.progress import with_progress
from grantlint.run.settings import Settings


class Request(NamedTuple):
    """Which files to read. scope: the folder below which others are read, too, so that the paths are understood.

    stdin_filename: the path that standard input stands for; input_format: as which format every file is read.
    texts: what stands in for files, by their real paths, and for standard input, by `-`.
    """

    paths: Sequence[str]
    scope: str | None = None
    stdin_filename: str | None = None
    input_format: str | None = None
    texts: Mapping[str, bytes] = {}

    def search(self, settings: Settings, deadline: Deadline | None = None) -> Search:
        """Return the search for these files. `deadline`: when to look at no more.

        Raises UsageError for a path or a format that does not exist.
        """
        return Search(
            self.paths,
            scope=self.scope,
            exclude=settings.exclude,
            stdin_filename=self.stdin_filename,
            input_format=self.input_format,
            texts=self.texts,
            deadline=deadline,
        )


class Loaded(NamedTuple):
    """What the files declare. asked: the sources in which findings are wanted (all, without a scope).

    settings: what steered the run. sources: all files that were read, also those that declare nothing. deadline: of the
    run that they were read for.
    """

    declarations: list[Declarations]
    asked: list[Source]
    faults: list[Fault]
    search: Search
    settings: Settings
    sources: Sequence[Source] = ()
    deadline: Deadline = Deadline()

    @property
    def summary(self) -> Summary:
        """What was looked at, before anything is judged."""
        passed_over = {why: len(files) for why, files in self.search.passed_over.items()}
        return Summary(
            len({part.path for part in self.declarations}),
            self.accounts,
            0,
            passed_over=passed_over,
            remarks=(*self.search.remarks,),
            configuration=self.settings.file,
            named_by=self.settings.named_by,
            switched_off=self.settings.switched_off,
        )

    def statements_in(self, source: Source) -> Iterator[Span]:
        """Yield the statements of SQL in a source."""
        for part in self.declarations:
            if part.path == source.path:
                yield from (one.span for one in part.statements if one.span.source is source)

    @property
    def unread(self) -> list[tuple[str, Span]]:
        """The named parts of servers that exist and were not read.

        Each comes with the place of the file that names it.
        """
        read = {os.path.normpath(part.path) for part in self.declarations}
        named = {os.path.normpath(path): part for part in self.declarations for path in part.includes or ()}
        return [
            (path, _place(part)) for path, part in sorted(named.items()) if path not in read and _is_script(path, read)
        ]

    @property
    def not_checked(self) -> list[NotChecked]:
        """What the readers saw and could not resolve."""
        late = [NotChecked("file", NOT_REACHED, Span(Source(path, ""), 0, 0)) for path in self.search.late]
        return [one for part in self.declarations for one in part.not_checked] + late

    @property
    def accounts(self) -> int:
        """How many accounts are declared."""
        return sum(len(part.accounts) for part in self.declarations)

    @property
    def is_empty(self) -> bool:
        """Whether no file held a declaration.

        Unresolved, dropped and faulty ones count as declarations.
        """
        return not (self.faults or self.search.late) and not any(
            part.accounts or part.grants or part.roles or part.memberships or part.removals or part.not_checked
            for part in self.declarations
            if not part.only_settings
        )


def load(request: Request, settings: Settings, deadline: Deadline | None = None) -> Loaded:
    """Return the declarations of all files that hold accounts. `deadline`: of the run, where that has begun before.

    Raises UsageError for a path or a format that does not exist.
    """
    deadline = deadline or Deadline(settings.time_limit)
    search = request.search(settings, deadline)
    declarations: list[Declarations] = []
    asked: list[Source] = []
    sources: list[Source] = []
    for candidate, parts in read_all(search, deadline):
        if settings.configured:
            from grantlint.servers.configured import attach  # noqa: PLC0415 - few configurations tell of servers

            attach(parts, settings.configured)
        declarations += parts
        sources.append(candidate.source)
        if candidate.asked:
            asked.append(candidate.source)
    if any(part.server is not None and part.server.runs for part in declarations):
        from grantlint.reader.files.first_start import forget_unread  # noqa: PLC0415 - few services mount scripts

        forget_unread(declarations, search)
    faults = [fault for part in declarations for fault in part.faults]
    return Loaded(declarations, asked, search.faults + faults, search, settings, sources, deadline)


def read_all(search: Search, deadline: Deadline | None = None) -> Iterator[tuple[Candidate, tuple[Declarations, ...]]]:
    """Yield each file that a format claims, with what it declares.

    Last come those of which only the server that runs them tells whose SQL they hold. What the deadline leaves unread
    says so.
    """
    named: list[str] = []
    for candidate in with_progress(chain(search, _doubtful(search, named)), "files read"):
        try:
            parts = _read(candidate, deadline)
        except Exception as error:
            error.add_note(f"while reading {candidate.source.path}")
            raise
        named += [path for part in parts for path in part.includes or ()]
        yield candidate, parts


def _doubtful(search: Search, named: Sequence[str]) -> Iterator[Candidate]:
    """Yield what servers run; they are known once the search is over."""
    if search.passed_over.get(DOUBTFUL):
        yield from search.doubtful(named)


def _read(candidate: Candidate, deadline: Deadline | None) -> tuple[Declarations, ...]:
    source = candidate.source
    if deadline is None:
        return candidate.format.read(source)
    try:
        return deadline.run(lambda: candidate.format.read(source))
    except TimeIsUpError:
        unread = Declarations(candidate.format.name, source.path)
        unread.not_checked.append(NotChecked("file", NOT_REACHED, Span(source, 0, 0)))
        return (unread,)


def _place(part: Declarations) -> Span:
    return part.server.span if part.server is not None else Span(Source(part.path, ""), 0, 0)


def _is_script(path: str, read: Iterable[str]) -> bool:
    """Return whether a path is a script, or a folder with scripts of which none was read."""
    if not os.path.isdir(path):
        return path.endswith(_SCRIPTS) and os.path.isfile(path)
    if any(one.startswith(os.path.join(path, "")) for one in read):
        return False
    try:
        return any(name.endswith(_SCRIPTS) for name in os.listdir(path))
    except OSError:
        return True


_SCRIPTS = (".sql", ".sh", ".sql.gz")
