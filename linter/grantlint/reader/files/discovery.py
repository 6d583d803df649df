"""From what was named on the command line to the files that hold accounts; what is passed over is counted.

A file is read as bytes and searched for the words of the formats that may claim it before anything is decoded:
a tree without accounts costs little more than a search for a word.
"""

import errno
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from grantlint.model import Fault
from grantlint.platform.deadline import Deadline
from grantlint.platform.errors import UsageError
from grantlint.platform.globs import Globs
from grantlint.platform.opening import (
    SpecialFileError,
    TooLargeError,
    open_file,
    open_listed,
    own_descriptor,
    read_opened,
    read_stream,
)
from grantlint.reader.files.named_paths import STDIN, must_exist, roots_of
from grantlint.reader.files.places import EXCLUDED, GONE, LINK_FOLDER, Place, Places
from grantlint.reader.files.recognition import DOUBTFUL, REASONS, Candidate, Recognition, fault, too_large
from grantlint.reader.tree.listing import NO_FILE, OTHER_REPOSITORY
from grantlint.reader.tree.shares import split

_NOTHING = Globs()


class Search:
    """One search of files and folders for candidates, iterated once.

    Afterwards: `passed_over` says why, and which files; `faults` are findings; `remarks` say how it looked; `named` are
    those passed over that the command line names; `late` are those that there was no time to look at. texts: what
    stands in for files, by their real paths, and for standard input, by `-`: what an editor holds, or a caller.
    """

    def __init__(
        self,
        paths: Sequence[str],
        *,
        scope: str | None = None,
        exclude: Globs = _NOTHING,
        stdin_filename: str | None = None,
        input_format: str | None = None,
        texts: Mapping[str, bytes] | None = None,
        deadline: Deadline | None = None,
    ) -> None:
        self.named: list[str] = []
        self.late: list[str] = []
        self._deadline = deadline or Deadline()
        self._seen: set[str] = set()
        self._scope = scope
        self._exclude = exclude
        self._stdin = stdin_filename
        self._texts = texts or {}
        self._recognition = Recognition(input_format)
        self.paths = list(dict.fromkeys(paths))
        for path in (*self.paths, *([scope] if scope else [])):
            if path != STDIN:
                must_exist(path)
        self._roots = roots_of([*self.paths, *([scope] if scope else [])], stdin_filename)
        self._places = Places(self.paths, scope, self._roots, self._recognition)
        self._asked = self._places.asked
        self.passed_over = self._places.passed_over
        self.faults = self._places.faults
        self.remarks = self._places.remarks

    def __iter__(self) -> Iterator[Candidate]:
        """Yield the files that formats claim.

        In the order of the command line, then of names; with a scope, of names alone.
        """
        if STDIN in self.paths:
            yield from self._standard_input()
        places = iter(self._places)
        # A scope must not change which of two declarations comes first.
        ordered = sorted(places, key=lambda place: place.real) if self._scope else [*places]
        for place, reason in split(ordered, self._reason):
            if place.real in self._seen:
                continue
            self._seen.add(place.real)
            if self._exclude.patterns and not place.named and self._exclude.match(place.shown):
                self._places.pass_over(place.shown, EXCLUDED)
            elif self._deadline.is_over:
                self.late.append(place.shown)
            elif reason:
                self._places.pass_over(place.shown, REASONS[reason - 1])
            elif candidate := self._file(place):
                yield candidate

    def doubtful(self, parts: Iterable[str]) -> Iterator[Candidate]:
        """Yield the files of unknown dialect that are parts of a server.

        `parts`: its files and folders. What such a server runs is written for it.
        """
        named = {os.path.normpath(path) for path in parts}
        doubtful = self.passed_over.pop(DOUBTFUL, [])
        for path in doubtful:
            if self._deadline.is_over:
                self.late.append(path)
                continue
            if named.isdisjoint((path, os.path.dirname(path))):
                self._places.pass_over(path, DOUBTFUL)
                continue
            asked = self._scope is None or path in self._asked
            candidate = self._file(Place(path, os.path.realpath(path), named=True, asked=asked, walked=False))
            if candidate:
                yield candidate

    def concerns(self, *paths: str) -> bool:
        """Return whether findings are wanted in one of these files. Without a scope, in all."""
        return self._scope is None or not self._asked.isdisjoint(paths)

    def want(self, path: str) -> None:
        """Ask for the findings in one more file. The file itself is not looked for."""
        self._asked.add(path)

    def _reason(self, place: Place) -> int:
        """Return why a file is passed over, counted from 1 among REASONS; 0 says nothing. For another process."""
        if not place.walked or place.real in self._texts:
            return 0
        try:
            file = open_listed(place.shown)
            try:
                data = read_opened(file, self._recognition.least)
            finally:
                os.close(file.handle)
        except (TooLargeError, OSError):
            return 0
        judged = self._recognition.judge(place.shown, data, strict=False, asked=False)
        return 1 + REASONS.index(judged) if isinstance(judged, str) else 0

    def _file(self, place: Place) -> Candidate | None:
        try:
            judged = self._judged(place)
        except TooLargeError as error:
            self.faults.append(too_large(place.shown, str(error), self._recognition.limit))
        except OSError as error:
            if place.walked and error.errno == errno.ELOOP:
                return self._link(place)
            if place.walked and error.errno in {errno.ENOENT, errno.EISDIR}:
                self._places.pass_over(place.shown, GONE if error.errno == errno.ENOENT else OTHER_REPOSITORY)
            elif place.walked and isinstance(error, SpecialFileError):
                self._places.pass_over(place.shown, NO_FILE)
            else:
                message = f"the file cannot be read: {error.strerror or error}"
                self.faults.append(fault("unreadable-file", place.shown, message))
        else:
            if place.named and isinstance(judged, str):
                self.named.append(place.shown)
            return self._taken(place.shown, judged)
        return None

    def _judged(self, place: Place) -> Candidate | Fault | str:
        if place.real in self._texts:
            text = self._texts[place.real]
            return self._recognition.judge(place.shown, text, strict=place.named, asked=place.asked)
        own = own_descriptor(place.shown) if place.named else None
        looked = None
        if own is not None:
            data = read_stream(own, self._recognition.limit)
        else:
            file = open_listed(place.shown) if place.walked else open_file(place.shown, follow=True)
            try:
                limit = self._recognition.least
                if file.size > limit:
                    looked = self._recognition.looked_through(place.shown, file, strict=place.named)
                    if looked.refusal is not None:
                        return looked.refusal
                    large = self._recognition.large(place.shown, file, looked, asked=place.asked)
                    if large is not None:
                        return large
                    limit = file.size
                data = read_opened(file, limit)
            finally:
                os.close(file.handle)
        handed = [data]
        del data  # so that a large file's bytes are gone once they are text
        return self._recognition.judge(place.shown, handed.pop(), strict=place.named, asked=place.asked, looked=looked)

    def _link(self, place: Place) -> Candidate | None:
        """Read a link's target in the same tree, unless it is read by its own name."""
        target = self._places.target(place)
        if target is None:
            return None
        if os.path.isdir(target):
            self._places.pass_over(place.shown, LINK_FOLDER)
        elif target not in self._seen:
            self._seen.add(target)
            return self._file(place._replace(walked=False))
        return None

    def _standard_input(self) -> Iterator[Candidate]:
        shown = self._stdin or "<stdin>"
        self._asked.add(shown)
        if self._stdin:
            self._seen.add(os.path.realpath(self._stdin))
        try:
            data = self._texts[STDIN] if STDIN in self._texts else read_stream(0, self._recognition.limit)
        except TooLargeError as error:
            self.faults.append(too_large(shown, str(error), self._recognition.limit))
            return
        except (OSError, ValueError) as error:
            raise UsageError(f"standard input cannot be read: {error}") from error
        candidate = self._taken(shown, self._recognition.judge(shown, data, strict=True, asked=True))
        if candidate:
            yield candidate

    def _taken(self, path: str, judged: Candidate | Fault | str) -> Candidate | None:
        if isinstance(judged, str):
            self._places.pass_over(path, judged)
        elif isinstance(judged, Fault):
            self.faults.append(judged)
        else:
            judged.source.roots = self._roots
            return judged
        return None
