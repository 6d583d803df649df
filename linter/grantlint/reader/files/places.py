"""The files that the command line names and those below the folders that it names, links where they lead."""

import os
from collections import deque
from collections.abc import Iterator, Sequence

from grantlint.model import Fault
from grantlint.platform.record import NamedTuple
from grantlint.reader.files.named_paths import STDIN
from grantlint.reader.files.other.names import is_packed_sql
from grantlint.reader.files.recognition import NO_FORMAT, Recognition, fault
from grantlint.reader.tree.listing import SKIPPED_FOLDERS, list_files
from grantlint.reader.tree.surroundings import ENDLESS, UnreadError, resolve

EXCLUDED = "excluded by the configuration"
LINK_OUT = "a symbolic link out of the tree"
LINK_BROKEN = "a symbolic link to nothing"
LINK_FOLDER = "a symbolic link to a folder"
GONE = "deleted, still known to git"

_A_FORMAT = 2


class Place(NamedTuple):
    """A file that is looked at."""

    shown: str  # the path as people see it
    real: str  # the same without links, but for the file itself where it was not named
    named: bool  # by the command line itself: it may be anywhere, and have any name
    asked: bool
    walked: bool  # a link counts where it leads to


class Places:
    """The places where files may hold accounts, in order. Standard input is none.

    `passed_over` says why, and which files; `faults` are findings; `remarks` say how it looked; `asked` are the files
    in which findings are wanted.
    """

    def __init__(
        self, paths: Sequence[str], scope: str | None, roots: tuple[str, ...], recognition: Recognition
    ) -> None:
        self._paths = paths
        self._scope = scope
        self._roots = roots
        self._recognition = recognition
        self._listed: set[str] = set()
        self.asked: set[str] = set()
        self.passed_over: dict[str, list[str]] = {}
        self.faults: list[Fault] = []
        self.remarks: list[str] = []

    def __iter__(self) -> Iterator[Place]:
        asked: set[str] = set()
        links: deque[Place] = deque()
        for path in self._paths:
            if path == STDIN:
                continue
            if os.path.isdir(path):
                places = self._below(path, os.path.realpath(path), links, asked=True)
            else:
                places = iter((self._named(path),))
            for place in places:
                asked.add(place.real)
                self.asked.add(place.shown)
                yield place
        if self._scope:
            below = self._below(self._scope, os.path.realpath(self._scope), links, asked=False)
            yield from (place for place in below if place.real not in asked)
        while links:  # after all else: most of what they lead to is read by its own name
            yield from self._behind(links.popleft(), links)

    def pass_over(self, path: str, why: str) -> None:
        """Count a file that is not read."""
        self.passed_over.setdefault(why, []).append(path)

    def target(self, link: Place) -> str | None:
        """Return where a link leads. None, and counted, where that is nowhere or out of the tree."""
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

    def _named(self, path: str) -> Place:
        if not self._scope:
            return Place(path, os.path.realpath(path), named=True, asked=True, walked=False)
        folder, name = os.path.split(path)
        return Place(path, os.path.join(os.path.realpath(folder), name), named=False, asked=True, walked=True)

    def _below(self, folder: str, real: str, links: deque[Place], *, asked: bool) -> Iterator[Place]:
        """Yield the files below a folder that have a format's name. Links without one are put aside."""
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
                place = Place(shown + name, real + name, named=False, asked=asked, walked=True)
                if is_link:
                    links.append(place)
                else:
                    yield place
            else:
                without_format.append(shown + name)
        if without_format:
            self.passed_over.setdefault(NO_FORMAT, []).extend(without_format)

    def _behind(self, link: Place, links: deque[Place]) -> Iterator[Place]:
        """Yield the files of a folder reached by a link alone."""
        target = self.target(link)
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


def _is_behind_link(real: str, folder: str, known: dict[str, bool]) -> bool:
    """Whether a link is on the way to a folder, which ends in `/`."""
    if folder not in known:
        above = folder[: folder.rfind("/", 0, -1) + 1]
        known[folder] = _is_behind_link(real, above, known) or os.path.islink(real + folder[:-1])
    return known[folder]
