"""From what was named on the command line to the files that hold accounts; what is passed over is counted.

A file is read as bytes and searched for the words of the formats that may claim it before anything is decoded:
a tree without accounts costs little more than a search for a word.
"""

import errno
import os
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grantlint.model import Fault
from grantlint.platform.errors import UsageError
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
from grantlint.reader.files.other.names import is_packed_sql
from grantlint.reader.files.recognition import NO_FORMAT, REASONS, Candidate, Recognition, fault, too_large
from grantlint.reader.tree.listing import NO_FILE, OTHER_REPOSITORY, SKIPPED_FOLDERS, list_files
from grantlint.reader.tree.shares import split
from grantlint.reader.tree.surroundings import ENDLESS, UnreadError, resolve

EXCLUDED = "excluded by the configuration"
LINK_OUT = "a symbolic link out of the tree"
LINK_BROKEN = "a symbolic link to nothing"
LINK_FOLDER = "a symbolic link to a folder"
GONE = "deleted, still known to git"

_A_FORMAT = 2


class _Place(NamedTuple):
    shown: str  # the path as people see it
    real: str  # the same without links, but for the file itself where it was not named
    named: bool  # by the command line itself: it may be anywhere, and have any name
    asked: bool
    walked: bool  # a link counts where it leads to


class Search:
    """One look through files and folders: iterate it for the candidates, then ask what else it saw.

    `passed_over` says why, and which files; `faults` are findings; `remarks` say how it looked;
    `looked_at` counts the files. `named` are those passed over that the command line names.
    """

    def __init__(
        self,
        paths: Sequence[str],
        *,
        scope: str | None = None,
        exclude: Sequence[str] = (),
        stdin_filename: str | None = None,
        input_format: str | None = None,
    ) -> None:
        self.passed_over: dict[str, list[str]] = {}
        self.faults: list[Fault] = []
        self.remarks: list[str] = []
        self.looked_at = 0
        self.named: list[str] = []
        self._seen: set[str] = set()
        self._asked: set[str] = set()
        self._scope = scope
        self._exclude = exclude
        self._stdin = stdin_filename
        self._recognition = Recognition(input_format)
        self.paths = list(dict.fromkeys(paths))
        self._listed: set[str] = set()
        for path in (*self.paths, *([scope] if scope else [])):
            if path != STDIN:
                must_exist(path)
        self._roots = roots_of([*self.paths, *([scope] if scope else [])], stdin_filename)

    def __iter__(self) -> Iterator[Candidate]:
        """Yield what formats claim, in the order of the command line and of names; with a scope, of names alone."""
        if STDIN in self.paths:
            yield from self._standard_input()
        places = self._places()
        # A scope must not change which of two declarations comes first.
        ordered = sorted(places, key=lambda place: place.real) if self._scope else [*places]
        for place, reason in split(ordered, self._reason):
            if place.real in self._seen:
                continue
            self._seen.add(place.real)
            self.looked_at += 1
            if self._exclude and not place.named and self._excluded(place.shown):
                self.pass_over(place.shown, EXCLUDED)
            elif reason:
                self.pass_over(place.shown, REASONS[reason - 1])
            elif candidate := self._file(place):
                yield candidate

    def concerns(self, *paths: str) -> bool:
        """Return whether findings are wanted in one of these files; with no scope, in all."""
        return self._scope is None or not self._asked.isdisjoint(paths)

    def want(self, path: str) -> None:
        """Ask for the findings in one more file, which is not itself looked for."""
        self._asked.add(path)

    def pass_over(self, path: str, why: str) -> None:
        """Count a file that is not read."""
        self.passed_over.setdefault(why, []).append(path)

    def _places(self) -> Iterator[_Place]:
        asked: set[str] = set()
        links: deque[_Place] = deque()
        for path in self.paths:
            if path == STDIN:
                continue
            if os.path.isdir(path):
                places = self._below(path, os.path.realpath(path), links, asked=True)
            else:
                places = iter((self._named(path),))
            for place in places:
                asked.add(place.real)
                self._asked.add(place.shown)
                yield place
        if self._scope:
            below = self._below(self._scope, os.path.realpath(self._scope), links, asked=False)
            yield from (place for place in below if place.real not in asked)
        while links:  # after all else: most of what they lead to is read by its own name
            yield from self._behind(links.popleft(), links)

    def _named(self, path: str) -> _Place:
        if not self._scope:
            return _Place(path, os.path.realpath(path), named=True, asked=True, walked=False)
        folder, name = os.path.split(path)
        return _Place(path, os.path.join(os.path.realpath(folder), name), named=False, asked=True, walked=True)

    def _below(self, folder: str, real: str, links: deque[_Place], *, asked: bool) -> Iterator[_Place]:
        """Yield the files below a folder whose names some format has; links that no format has are put aside."""
        shown = "" if folder in {".", "./"} else os.path.join(folder, "")
        self._listed.add(real)
        real = os.path.join(real, "")
        listing = list_files(folder)
        if listing.remark:
            self.remarks.append(listing.remark)
        for name, error in listing.unreadable:
            message = f"the folder cannot be read: {error.strerror}"
            self.faults.append(fault("unreadable-file", shown + (name or "."), message))
        for name, why in listing.left_out:
            self.pass_over(shown + name, why)
        suffixes = self._recognition.suffixes
        without_format: list[str] = []
        hopes: dict[str, int] = {}  # most names end in what no format has, and there are few such endings
        by_link: dict[str, bool] = {"": False}  # folders, and whether a link is on the way to them
        above, led = "", False
        for name in listing.names:
            if name[: name.rfind("/") + 1] != above:
                above = name[: name.rfind("/") + 1]
                led = _is_behind_link(real, above, by_link)
            ending = name[name.rfind(".") :]
            if ending not in hopes:
                hopes[ending] = self._recognition.hope(ending)
            hope = hopes[ending]
            is_link = led or ((hope < _A_FORMAT or not name.lower().endswith(suffixes)) and listing.is_link(real, name))
            if hope or is_link or is_packed_sql(name):
                place = _Place(shown + name, real + name, named=False, asked=asked, walked=True)
                if is_link:
                    links.append(place)
                else:
                    yield place
            else:
                without_format.append(shown + name)
        if without_format:
            self.looked_at += len(without_format)
            self.passed_over.setdefault(NO_FORMAT, []).extend(without_format)

    def _behind(self, link: _Place, links: deque[_Place]) -> Iterator[_Place]:
        """Yield the files of a folder in the tree that a link leads to and no other name."""
        self.looked_at += 1
        target = self._target(link)
        if target is None:
            return
        if not os.path.isdir(target):
            self.pass_over(link.shown, NO_FORMAT if os.path.islink(link.real) else LINK_FOLDER)
        elif self._is_listed(target):
            self.pass_over(link.shown, LINK_FOLDER)
        else:
            yield from self._below(link.shown, target, links, asked=link.asked)

    def _is_listed(self, folder: str) -> bool:
        """Whether the files of a real folder were among those of one that was listed."""
        while folder not in self._listed:
            repository = os.path.lexists(os.path.join(folder, ".git"))
            if repository or folder == "/" or os.path.basename(folder) in SKIPPED_FOLDERS:
                return False
            folder = os.path.dirname(folder)
        return True

    def _target(self, link: _Place) -> str | None:
        """Return where a link leads, None with a word on it where that is nowhere or out of the tree."""
        folder, name = os.path.split(link.real)
        try:
            target = resolve(folder, name, self._roots)
        except UnreadError as error:
            self.pass_over(link.shown, LINK_BROKEN if str(error) == ENDLESS else LINK_OUT)
            return None
        if not os.path.exists(target):
            self.pass_over(link.shown, LINK_BROKEN)
            return None
        return target

    def _reason(self, place: _Place) -> int:
        """Return why a file is passed over, counted from 1 among REASONS; 0 says nothing. For another process."""
        if not place.walked:
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

    def _file(self, place: _Place) -> Candidate | None:
        try:
            judged = self._judged(place)
        except TooLargeError as error:
            self.faults.append(too_large(place.shown, str(error), self._recognition.limit))
        except OSError as error:
            if place.walked and error.errno == errno.ELOOP:
                return self._link(place)
            if place.walked and error.errno in {errno.ENOENT, errno.EISDIR}:
                self.pass_over(place.shown, GONE if error.errno == errno.ENOENT else OTHER_REPOSITORY)
            elif place.walked and isinstance(error, SpecialFileError):
                self.pass_over(place.shown, NO_FILE)
            else:
                message = f"the file cannot be read: {error.strerror or error}"
                self.faults.append(fault("unreadable-file", place.shown, message))
        else:
            if place.named and isinstance(judged, str):
                self.named.append(place.shown)
            return self._taken(place.shown, judged)
        return None

    def _judged(self, place: _Place) -> Candidate | Fault | str:
        own = own_descriptor(place.shown) if place.named else None
        if own is not None:
            data = read_stream(own, self._recognition.limit)
        else:
            file = open_listed(place.shown) if place.walked else open_file(place.shown, follow=True)
            try:
                limit = self._recognition.least
                if file.size > limit:
                    refused = self._recognition.too_much(place.shown, file, strict=place.named)
                    if refused is not None:
                        return refused
                    limit = file.size
                data = read_opened(file, limit)
            finally:
                os.close(file.handle)
        return self._recognition.judge(place.shown, data, strict=place.named, asked=place.asked)

    def _link(self, place: _Place) -> Candidate | None:
        """Read what a link stands for where it lies in the same tree and is not read under its own name."""
        target = self._target(place)
        if target is None:
            return None
        if os.path.isdir(target):
            self.pass_over(place.shown, LINK_FOLDER)
        elif target not in self._seen:
            self._seen.add(target)
            return self._file(place._replace(walked=False))
        return None

    def _standard_input(self) -> Iterator[Candidate]:
        shown = self._stdin or "<stdin>"
        self._asked.add(shown)
        if self._stdin:
            self._seen.add(os.path.realpath(self._stdin))
        self.looked_at += 1
        try:
            data = read_stream(0, self._recognition.limit)
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
            self.pass_over(path, judged)
        elif isinstance(judged, Fault):
            self.faults.append(judged)
        else:
            judged.source.roots = self._roots
            return judged
        return None

    def _excluded(self, path: str) -> bool:
        from fnmatch import fnmatch  # noqa: PLC0415 - imports re; only where something is excluded

        return any(fnmatch(path, pattern) or fnmatch(path, f"{pattern.rstrip('/')}/*") for pattern in self._exclude)


def _is_behind_link(real: str, folder: str, known: dict[str, bool]) -> bool:
    """Whether a link is on the way to a folder (with `/` at its end), as where git knows files of what is one now."""
    if folder not in known:
        above = folder[: folder.rfind("/", 0, -1) + 1]
        known[folder] = _is_behind_link(real, above, known) or os.path.islink(real + folder[:-1])
    return known[folder]
