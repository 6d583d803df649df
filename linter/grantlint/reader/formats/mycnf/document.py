"""One option file from its text to the settings of the server that reads it."""

import os
import re
from functools import lru_cache

from grantlint.access.product.target import parse_target
from grantlint.model import Declarations, NotChecked, ServerFacts
from grantlint.model.location import Located, Source, Span, Text, Unresolved
from grantlint.platform.errors import TargetError
from grantlint.platform.record import NamedTuple
from grantlint.reader.formats.mycnf.lines import Line, lines
from grantlint.reader.leaf.server_option import RUN_AT_START, Option, names_script, option
from grantlint.reader.tree.surroundings import Found, Surroundings, UnreadError, as_written, surroundings_of
from grantlint.reader.tree.surroundings import read as read_found

MAX_DEPTH = 10  # of files that include one another, as in the server (mysys/my_default.cc, max_recursion_level)
MAX_BYTES = 1 << 20
MAX_FILES = 500  # that one includes, each as often as it is; files that include each other make it grow without end

MAX_INCLUDES = 20 * MAX_FILES  # lines that ask for a file, be it there or not

_GROUP = re.compile(r"(mysqld|server|mariadbd?|client-server|galera)(?:-(\d+\.\d+))?\Z")
_MARIADB = frozenset({"mariadb", "mariadbd", "client-server", "galera"})
_FIRST_MARIADB = 10  # MySQL has no version 10, MariaDB none from 6 to 9


class _Group(NamedTuple):
    """A group that servers read: whose it is, and of which version alone."""

    mariadb: bool
    version: str


class _Found:
    """What a file and those that it includes say."""

    def __init__(self) -> None:
        self.settings: dict[str, Text] = {}
        self.products: dict[str, Text] = {}
        self.first: Span | None = None
        self.not_checked: list[NotChecked] = []
        self.scripts: list[NotChecked] = []
        self.files = 0
        self.includes = 0
        self.sought: dict[str, Found | None] = {}


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the account settings of an option file. () where the file has none.

    Of two the last counts. What only a template's run knows is unresolved, and so is what one version alone reads.
    """
    found = _Found()
    _read_into(found, source, (os.path.realpath(source.path),))
    if found.first is None and not (found.not_checked or found.scripts):
        return ()
    if found.files > MAX_FILES:  # of two the last counts, and it may be one that is not read
        unknown = {
            name: Unresolved(f"more than {MAX_FILES} files are included", *value.span)
            for name, value in found.settings.items()
        }
        found.settings.update(unknown)
    declarations = Declarations("mycnf", source.path)
    if found.first is not None:
        declarations.server = ServerFacts(found.first, product=_product(found), settings=found.settings)
    declarations.not_checked = found.not_checked
    declarations.only_settings = True
    if not found.scripts:
        return (declarations,)
    accounts = Declarations("mycnf", source.path)  # what a server runs is more than a setting
    accounts.not_checked = found.scripts
    return (declarations, accounts)


def _read_into(found: _Found, source: Source, chain: tuple[str, ...]) -> None:
    group: _Group | None = None
    goes_on = len(chain) < MAX_DEPTH and found.files <= MAX_FILES
    for line in _lines(source) if goes_on else _settings(source):
        if line.kind == "group":
            group = None if line.template else _group(line.name)
            if group is not None:
                _note_product(found, group, line, source)
        elif line.kind == "option":
            if group is not None:
                _set(found, line, group, source)
        elif line.template or line.condition:
            what, why = "settings of an included file", "a template decides whether it is included"
            found.not_checked.append(NotChecked(what, why, Span(source, line.start, line.end)))
        elif found.files <= MAX_FILES:
            _include(found, line, source, chain)


@lru_cache(maxsize=512)  # files that include each other are read over and over
def _source(file: Found) -> Source:
    return read_found(file)


@lru_cache(maxsize=512)
def _lines(source: Source) -> tuple[Line, ...]:
    return tuple(lines(source.text))


@lru_cache(maxsize=512)
def _settings(source: Source) -> tuple[Line, ...]:
    """Return the lines that count where nothing more is included: of a mesh of files these are few."""
    return tuple(
        [line for line in _lines(source) if line.kind in {"group", "option"} or line.template or line.condition]
    )


def _include(found: _Found, line: Line, source: Source, chain: tuple[str, ...]) -> None:
    """Read the files that a line includes and that lie in the tree; others are on the server alone, and counted."""
    found.includes += 1
    if found.includes == MAX_INCLUDES:
        found.files = MAX_FILES
        _spend(found, line, source)
        return
    around = surroundings_of(source)
    for written in _included(found, line, source, around):
        path = os.path.normpath(os.path.join(around.folder, written))
        try:
            if path not in found.sought:
                found.sought[path] = around.find(path, MAX_BYTES)
            other = found.sought[path]
            if other is not None and other.real not in chain and _spend(found, line, source):
                _read_into(found, _source(other), (*chain, other.real))
        except UnreadError as error:
            _miss(found, written, error, Span(source, line.start, line.end))


def _spend(found: _Found, line: Line, source: Source) -> bool:
    """Count a file that is included; say once that the rest is not read."""
    found.files += 1
    if found.files == MAX_FILES + 1:
        what = NotChecked(
            "settings of included files", f"more than {MAX_FILES} are read", Span(source, line.start, line.end)
        )
        found.not_checked.append(what)
    return found.files <= MAX_FILES


def _included(found: _Found, line: Line, source: Source, around: Surroundings) -> list[str]:
    """Return the files as the line says where they are."""
    if line.kind == "include":
        return [line.name]
    try:
        entries = around.listed(os.path.normpath(os.path.join(around.folder, line.name)))
    except UnreadError as error:
        _miss(found, line.name, error, Span(source, line.start, line.end))
        return []
    names = [entry.name for entry in entries if not entry.is_folder]
    return [os.path.join(line.name, name) for name in names if name.endswith((".cnf", ".ini"))]


def _miss(found: _Found, written: str, error: UnreadError, place: Span) -> None:
    found.not_checked.append(NotChecked("settings of an included file", f"{as_written(written)} {error}", place))


def _group(name: str) -> _Group | None:
    found = _GROUP.match(name)
    if found is None:
        return None
    version = found[2] or ""
    return _Group(found[1] in _MARIADB or _major(version) >= _FIRST_MARIADB, version)


def _major(version: str) -> int:
    return int(version.partition(".")[0][:9] or 0)  # Python reads no number of thousands of digits


def _note_product(found: _Found, group: _Group, line: Line, source: Source) -> None:
    family = "mariadb" if group.mariadb else "mysql"
    name = f"{family}-{group.version}" if group.version else family
    if not group.mariadb and not group.version:
        return  # both products read [mysqld] and [server]
    try:
        parse_target(name)
    except TargetError:
        return
    found.products.setdefault(name, Located(name, source, line.start, line.end))


def _product(found: _Found) -> Text | None:
    """Return the product that the groups are for: with its version, where they name one; None where they differ."""
    families = {name.partition("-")[0] for name in found.products}
    versions = [text for name, text in found.products.items() if "-" in name]
    if len(families) != 1 or len(versions) > 1:
        return None
    return versions[0] if versions else next(iter(found.products.values()))


def _set(found: _Found, line: Line, group: _Group, source: Source) -> None:
    if names_script(line.name):
        found.scripts.append(NotChecked(*RUN_AT_START, Span(source, line.start, line.end)))
    made = option(line.name, line.value)
    if made is None:
        return
    found.first = found.first or Span(source, line.start, line.end)
    found.settings[made.name] = _text(made, line, group, source)


def _text(made: Option, line: Line, group: _Group, source: Source) -> Text:
    place = Span(source, line.start, line.end)
    if line.template:
        return Unresolved("a template", *place)
    if line.condition:
        return Unresolved("a template decides whether it is there", *place)
    if group.version:
        return Unresolved(f"only version {group.version} reads its group", *place)
    return Located(made.value, *place)
