"""What a repository's ignore files leave out, where git cannot be asked: globs by pathspec, precedence as in git.

What cannot be taken at reasonable cost ignores nothing, and neither do the ignore files above it: more is read then,
never less.
"""

import os
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter

from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from grantlint.platform.opening import TooLargeError, read_file
from grantlint.platform.record import NamedTuple

_NAME = ".gitignore"
_LARGEST = 1 << 17  # bytes
_MOST = 1_000  # patterns in force at one place
_STARS = 2  # in one part of a path; each more multiplies the time by the length of a name
_ANY = "**"
_UNLIKE_RE = ("[[", "\\", "--", "&&", "||", "~~")  # what git and re read differently inside brackets
_ANYWHERE = 2  # parts of a pattern that speaks of a name wherever it is
_LITERAL = re.compile(r"[\w.+-]+").fullmatch
_NAMED = re.compile(r"\(\?P<\w+>")
_OPEN = re.compile(r"\[[^\]]*\Z")


class _Pattern(NamedTuple):
    parts: tuple[str, ...]
    ignores: bool
    folders_only: bool

    def fits(self, path: Sequence[str], *, folder: bool) -> bool:
        """Whether the pattern matches this very path, relative to its file.

        What lies in an ignored folder is never asked for.
        """
        if self.folders_only and not folder:
            return False
        if len(self.parts) == _ANYWHERE and self.parts[0] == _ANY != self.parts[1]:
            return _fits(self.parts[1], path[-1])  # most of them are of this kind
        states = _skipped({0}, self.parts)
        for name in path:
            states = _skipped({after for state in states for after in self._after(state, name)}, self.parts)
            if not states:
                return False
        return len(self.parts) in states

    def _after(self, state: int, name: str) -> Iterator[int]:
        if state == len(self.parts):
            return
        if self.parts[state] == _ANY:
            yield state
            if state == len(self.parts) - 1:
                yield state + 1
        elif _fits(self.parts[state], name):
            yield state + 1


_Numbered = tuple[int, _Pattern]


class _File(NamedTuple):
    """The patterns of one ignore file, each with its number, by what the last name of a path is like that they fit."""

    depth: int  # of the folder that they speak of
    named: dict[str, list[_Numbered]]
    globbed: list[_Numbered]
    globs: re.Pattern[str] | None  # one for all of them
    others: list[_Numbered]

    def near(self, path: Sequence[str]) -> Iterator[_Pattern]:
        """Yield the patterns that may fit a path, the last first."""
        name = path[-1]
        found = [*self.named.get(name, ()), *self.others]
        if self.globs is not None and self.globs.fullmatch(name):
            found += [one for one in self.globbed if _fits(one[1].parts[-1], name)]
        found.sort(key=_number, reverse=True)
        return (pattern for _, pattern in found if pattern.parts[0] == _ANY or _fits(pattern.parts[0], path[0]))


_number = itemgetter(0)


def _file_of(depth: int, patterns: Sequence[_Pattern]) -> _File:
    named: dict[str, list[_Numbered]] = {}
    globbed: list[_Numbered] = []
    others: list[_Numbered] = []
    for number, pattern in enumerate(patterns):
        last = pattern.parts[-1]
        if last == _ANY:
            others.append((number, pattern))
        elif _LITERAL(last):
            named.setdefault(last, []).append((number, pattern))
        else:
            globbed.append((number, pattern))
    parts = dict.fromkeys(pattern.parts[-1] for _, pattern in globbed)
    globs = [f"(?:{_NAMED.sub('(?:', glob.pattern)})" for part in parts if (glob := _glob(part))]
    return _File(depth, named, globbed, re.compile("|".join(globs)) if globs else None, others)


class Ignoring(NamedTuple):
    """The ignore files that count at one place, the nearest last."""

    files: tuple[_File, ...] = ()
    total: int = 0  # of their patterns
    everything_is_read: bool = False

    def joined_by(self, folder: str, depth: int) -> "Ignoring":
        """Return these with a folder's own ignore file added. It comes before those above."""
        return self.joined_by_file(os.path.join(folder, _NAME), depth)

    def joined_by_file(self, file: str, depth: int) -> "Ignoring":
        """Return these with one more ignore file added. Its patterns are about the folders from a depth on."""
        try:
            data = read_file(file, _LARGEST)
        except TooLargeError:
            return Ignoring(everything_is_read=True)
        except OSError:
            return self
        lines = os.fsdecode(data.removeprefix(b"\xef\xbb\xbf")).split("\n")
        patterns = [pattern for line in lines if (pattern := _read(line)) is not None]
        too_many = len(patterns) + self.total > _MOST
        if self.everything_is_read or too_many or any(map(_is_dear, patterns)):
            return Ignoring(everything_is_read=True)
        if not patterns:
            return self
        return Ignoring((*self.files, _file_of(depth, patterns)), self.total + len(patterns))

    def leaves_out(self, path: Sequence[str], *, folder: bool) -> bool:
        """Whether a path, by its parts from the root, is ignored. Those above it must have been asked for before."""
        for file in reversed(self.files):
            below = path[file.depth :]
            for pattern in file.near(below):
                if pattern.fits(below, folder=folder):
                    return pattern.ignores
        return False


def _skipped(states: set[int], parts: Sequence[str]) -> set[int]:
    """Return the states with those behind each `**` added. In front and in the middle it may match no folder."""
    for state in sorted(states):
        after = state
        while after < len(parts) - 1 and parts[after] == _ANY:
            after += 1
            states.add(after)
    return states


def _read(line: str) -> _Pattern | None:
    """Return what a line of an ignore file says, as git takes it apart; None for one that says nothing."""
    line = line.removesuffix("\r")
    if line.startswith("#"):
        return None
    bare = line.rstrip(" ")
    odd = (len(bare) - len(bare.rstrip("\\"))) % 2
    if odd and len(bare) < len(line):
        bare += " "  # a blank with a backslash before it
    ignores = not bare.startswith("!")
    body = bare if ignores else bare[1:]
    folders_only = body.endswith("/")
    body = body.removesuffix("/")
    if not body:
        return None
    parts = body.removeprefix("/").split("/") if "/" in body else [_ANY, body]
    if "" in parts:
        return None
    return _Pattern(tuple(_plain(part) for part in parts), ignores, folders_only)


def _plain(part: str) -> str:
    """Return a part of a pattern with runs of stars as one, except a lone `**`."""
    if part == _ANY:
        return part
    while _ANY in part:
        part = part.replace(_ANY, "*")
    return part


def _is_dear(pattern: _Pattern) -> bool:
    """Return whether a pattern costs too much, or is not read as git reads it."""
    if any(_OPEN.search(part) for part in pattern.parts[:-1]):  # git lets brackets hold a slash
        return True
    return any(
        (part != _ANY and part.count("*") > _STARS) or ("[" in part and any(odd in part for odd in _UNLIKE_RE))
        for part in pattern.parts
    )


def _fits(part: str, name: str) -> bool:
    glob = _glob(part)
    return glob is not None and glob.fullmatch(name) is not None


@lru_cache(maxsize=4096)
def _glob(part: str) -> re.Pattern[str] | None:
    """Return the expression for one part of a pattern. None for one that matches nothing in git either."""
    try:
        return GitIgnoreSpecPattern(f"/{part}").regex  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] # a pattern of what is not said there
    except (ValueError, re.error):
        return None
