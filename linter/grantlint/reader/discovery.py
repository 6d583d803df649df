"""From what was named on the command line to the files that hold accounts; what is passed over is counted.

A file is read as bytes and searched for the words of the formats that may claim it before anything is decoded:
a tree without accounts costs little more than a search for a word.
"""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grantlint.errors import UsageError
from grantlint.model import Fault
from grantlint.reader.claims import is_bare
from grantlint.reader.contents import TooLargeError, is_script, read_bytes, read_stream
from grantlint.reader.recognition import NO_FORMAT, REASONS, Candidate, Recognition, fault, too_large
from grantlint.reader.shares import split
from grantlint.reader.tree import list_files, repository_of

STDIN = "-"

EXCLUDED = "excluded by the configuration"
LINK_OUT = "a symbolic link out of the tree"
LINK_BROKEN = "a symbolic link to nothing"
LINK_FOLDER = "a symbolic link to a folder"
GONE = "deleted, still known to git"


class _Place(NamedTuple):
    shown: str  # the path as people see it
    real: str  # the same without links
    named: bool  # by the command line itself
    asked: bool
    tree: str = ""  # where a link may lead


class Search:
    """One look through files and folders: iterate it for the candidates, then ask what else it saw.

    `passed_over` says why, and which files; `faults` are findings; `looked_at` counts the files.
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
        self.looked_at = 0
        self._seen: set[str] = set()
        self._asked: set[str] = set()
        self._scope = scope
        self._exclude = exclude
        self._stdin = stdin_filename
        self._recognition = Recognition(input_format)
        self._paths = list(dict.fromkeys(paths))
        for path in (*self._paths, *([scope] if scope else [])):
            if path != STDIN:
                _must_exist(path)

    def __iter__(self) -> Iterator[Candidate]:
        """Yield what formats claim, in the order of the command line and of names; with a scope, of names alone."""
        if STDIN in self._paths:
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

    def pass_over(self, path: str, why: str) -> None:
        """Count a file that is not read."""
        self.passed_over.setdefault(why, []).append(path)

    def _places(self) -> Iterator[_Place]:
        asked: set[str] = set()
        for path in self._paths:
            if path == STDIN:
                continue
            for place in self._below(path, asked=True) if os.path.isdir(path) else [self._named(path)]:
                asked.add(place.real)
                self._asked.add(place.shown)
                yield place
        if self._scope:
            yield from (place for place in self._below(self._scope, asked=False) if place.real not in asked)

    def _named(self, path: str) -> _Place:
        return _Place(path, os.path.realpath(path), named=not self._scope, asked=True)

    def _below(self, folder: str, *, asked: bool) -> Iterator[_Place]:
        shown = "" if folder in {".", "./"} else os.path.join(folder, "")
        real = os.path.join(os.path.realpath(folder), "")
        tree = os.path.join(repository_of(folder) or real, "")
        listing = list_files(folder)
        for name, error in listing.unreadable:
            message = f"the folder cannot be read: {error.strerror}"
            self.faults.append(fault("unreadable-file", shown + (name or "."), message))
        for name, why in listing.left_out:
            self.pass_over(shown + name, why)
        suffixes, endings = self._recognition.suffixes, self._recognition.endings
        scripts = self._recognition.without_suffix
        without_format: list[str] = []
        hopeless: dict[str, bool] = {}  # most names end in what no format has, and there are few such endings
        for name in listing.names:
            ending = name[name.rfind(".") :]
            if ending not in hopeless:
                hopeless[ending] = ending.startswith(".") and "/" not in ending and ending.lower() not in endings
            if hopeless[ending]:
                without_format.append(shown + name)
            elif name.lower().endswith(suffixes) or (scripts and is_bare(name) and is_script(shown + name)):
                yield _Place(shown + name, real + name, named=False, asked=asked, tree=tree)
            else:
                without_format.append(shown + name)
        if without_format:
            self.looked_at += len(without_format)
            self.passed_over.setdefault(NO_FORMAT, []).extend(without_format)

    def _reason(self, place: _Place) -> int:
        """Return why a file is passed over, counted from 1 among REASONS; 0 says nothing. For another process."""
        if not place.tree:
            return 0
        try:
            data = read_bytes(place.shown, self._recognition.limit, follow=False)
        except (TooLargeError, OSError):
            return 0
        judged = self._recognition.judge(place.shown, data, strict=False, asked=False)
        return 1 + REASONS.index(judged) if isinstance(judged, str) else 0

    def _file(self, place: _Place) -> Candidate | None:
        try:
            data = read_bytes(place.shown, self._recognition.limit, follow=not place.tree)
        except TooLargeError as error:
            self.faults.append(too_large(place.shown, str(error), self._recognition.limit))
        except OSError as error:
            if place.tree and error.errno == errno.ELOOP:
                return self._link(place)
            if place.tree and error.errno in {errno.ENOENT, errno.EISDIR}:
                self.pass_over(place.shown, GONE if error.errno == errno.ENOENT else "a repository of its own")
            else:
                message = f"the file cannot be read: {error.strerror or error}"
                self.faults.append(fault("unreadable-file", place.shown, message))
        else:
            return self._taken(
                place.shown, self._recognition.judge(place.shown, data, strict=place.named, asked=place.asked)
            )
        return None

    def _link(self, place: _Place) -> Candidate | None:
        """Read what a link stands for where it lies in the same tree and is not read under its own name."""
        target = os.path.realpath(place.real)
        if not f"{target}/".startswith(place.tree):
            self.pass_over(place.shown, LINK_OUT)
        elif not os.path.exists(target):
            self.pass_over(place.shown, LINK_BROKEN)
        elif os.path.isdir(target):
            self.pass_over(place.shown, LINK_FOLDER)
        elif target not in self._seen:
            self._seen.add(target)
            return self._file(place._replace(tree=""))
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
            return judged
        return None

    def _excluded(self, path: str) -> bool:
        from fnmatch import fnmatch  # noqa: PLC0415 - imports re; only where something is excluded

        return any(fnmatch(path, pattern) or fnmatch(path, f"{pattern.rstrip('/')}/*") for pattern in self._exclude)


def _must_exist(path: str) -> None:
    """Raise UsageError for a path that leads nowhere, with the nearest name that does, or to a device."""
    if not path:
        raise UsageError("a path is empty")
    if "\0" in path:
        raise UsageError(f"{path}: a NUL character stands in no path")
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        near = _nearest(path)
        hint = f"; did you mean {near}?" if near else ""
        what = "a symbolic link to nothing" if os.path.islink(path) else "no such file or folder"
        raise UsageError(f"{path}: {what}{hint}") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISFIFO(mode)):
        raise UsageError(f"{path}: neither a file nor a folder")


def _nearest(path: str) -> str | None:
    """Return the path with its first missing part replaced by the name that is most like it."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

    parent = os.path.dirname(path.rstrip("/"))
    while parent and not os.path.isdir(parent):
        path, parent = parent, os.path.dirname(parent)
    try:
        names = os.listdir(parent or ".")
    except OSError:
        return None
    name = os.path.basename(path.rstrip("/"))
    near = [each for each in get_close_matches(name, names, 2) if each != name]
    return os.path.join(parent, near[0]) if near else None
