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
from grantlint.location import Source, Span
from grantlint.model import Fault
from grantlint.reader.contents import (
    NotTextError,
    TooLargeError,
    decode,
    is_script,
    likely_text,
    marked_wide,
    read_bytes,
    read_stream,
)
from grantlint.reader.formats import FORMATS, Format, format_named
from grantlint.reader.kinds import Kinds
from grantlint.reader.tree import list_files, repository_of

STDIN = "-"

NO_FORMAT = "no format has files of this name"
NO_WORDS = "no account words in it"
NO_CLAIM = "account words, but no declarations"
NO_TEXT = "no text, and no declarations in sight"
EMPTY = "empty"
EXCLUDED = "excluded by the configuration"
LINK_OUT = "a symbolic link out of the tree"
LINK_BROKEN = "a symbolic link to nothing"
LINK_FOLDER = "a symbolic link to a folder"
GONE = "deleted, still known to git"


class Candidate(NamedTuple):
    """A file that a format claims. `asked`: whether the command line asks for findings in it."""

    format: Format
    source: Source
    asked: bool


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
        self._forced = input_format is not None
        formats = FORMATS if input_format is None else (_forced(input_format),)
        self._kinds = Kinds(formats, forced=self._forced)
        self._limit = max(known.max_bytes for known in formats)
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
        for place in sorted(places, key=lambda place: place.real) if self._scope else places:
            if place.real not in self._seen:
                self._seen.add(place.real)
                self.looked_at += 1
                candidate = self._file(place)
                if candidate:
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
            self._fault("unreadable-file", shown + (name or "."), f"the folder cannot be read: {error.strerror}")
        for name, why in listing.left_out:
            self.pass_over(shown + name, why)
        has_suffix, scripts = self._kinds.has_suffix, self._kinds.without_suffix
        for name in listing.names:
            if has_suffix(name) or (scripts and "." not in name[name.rfind("/") + 1 :] and is_script(shown + name)):
                yield _Place(shown + name, real + name, named=False, asked=asked, tree=tree)
            else:
                self.looked_at += 1
                self.pass_over(shown + name, NO_FORMAT)

    def _file(self, place: _Place) -> Candidate | None:
        if self._exclude and not place.named and self._excluded(place.shown):
            self.pass_over(place.shown, EXCLUDED)
            return None
        try:
            data = read_bytes(place.shown, self._limit, follow=not place.tree)
        except TooLargeError as error:
            self._too_large(place.shown, str(error), self._limit)
            return None
        except OSError as error:
            if place.tree and error.errno == errno.ELOOP:
                return self._link(place)
            if place.tree and error.errno in {errno.ENOENT, errno.EISDIR}:
                self.pass_over(place.shown, GONE if error.errno == errno.ENOENT else "a repository of its own")
                return None
            self._fault("unreadable-file", place.shown, f"the file cannot be read: {error.strerror or error}")
            return None
        return self._claimed(place.shown, data, strict=place.named, asked=place.asked)

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
            data = read_stream(0, self._limit)
        except TooLargeError as error:
            self._too_large(shown, str(error), self._limit)
            return
        except (OSError, ValueError) as error:
            raise UsageError(f"standard input cannot be read: {error}") from error
        candidate = self._claimed(shown, data, strict=True, asked=True)
        if candidate:
            yield candidate

    def _claimed(self, path: str, data: bytes, *, strict: bool, asked: bool) -> Candidate | None:
        """Return a file with the format that claims it.

        A file that is no text is a finding where it was named (`strict`), elsewhere only if it holds account words.
        """
        kind = self._kinds.of(path, named=strict)
        formats = kind.formats
        why = NO_FORMAT if not formats else EMPTY if not data or data.isspace() else ""
        wide = marked_wide(data)
        if not why and not wide and not self._forced:
            formats = kind.holding(data)
            why = "" if formats or (strict and b"\0" in data) else NO_WORDS
        if why:
            self.pass_over(path, why)
            return None
        try:
            text = decode(data)
        except NotTextError as error:
            if strict or any(known.claims(path, likely_text(data)) for known in formats):
                self._fault("file-encoding", path, str(error), "Save it as UTF-8.", error.line, error.column)
            else:
                self.pass_over(path, NO_TEXT)
            return None
        if wide and not self._forced:
            formats = kind.holding(text.encode())
        claimant = next((known for known in formats if self._forced or known.claims(path, text)), None)
        if claimant is None:
            self.pass_over(path, NO_CLAIM)
        elif len(data) > claimant.max_bytes:
            self._too_large(path, f"{len(data) / 1_000_000:,.0f} MB", claimant.max_bytes)
        else:
            return Candidate(claimant, Source(path, text), asked)
        return None

    def _excluded(self, path: str) -> bool:
        from fnmatch import fnmatch  # noqa: PLC0415 - imports re; only where something is excluded

        return any(fnmatch(path, pattern) or fnmatch(path, f"{pattern.rstrip('/')}/*") for pattern in self._exclude)

    def _too_large(self, path: str, size: str, limit: int) -> None:
        message = f"the file holds {size}, and no more than {limit / 1_000_000:,.0f} MB are read"
        self._fault("file-too-large", path, message, "Split it, or leave it out.")

    def _fault(self, rule: str, path: str, message: str, remedy: str = "", line: int = 1, column: int = 1) -> None:
        """Put a finding at a line and column, over a text that shows nothing of the file."""
        blank = Source(path, "\n" * (line - 1) + " " * column)
        at = len(blank.text) - 1
        self.faults.append(Fault(rule, message, Span(blank, at, at), remedy or "Make it readable, or leave it out."))


def _forced(name: str) -> Format:
    known = format_named(name)
    if known is None:
        raise UsageError(f"no format is named {name!r}; known: {', '.join(known.name for known in FORMATS)}")
    return known


def _must_exist(path: str) -> None:
    """Raise UsageError for a path that leads nowhere, with the nearest name that does, or to a device."""
    if not path:
        raise UsageError("a path is empty")
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
