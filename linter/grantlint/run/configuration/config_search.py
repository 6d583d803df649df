"""Which configuration file counts: the nearest one from each path upward, so that runs from any folder say the same.

It is `grantlint.toml`, or the table `[tool.grantlint]` of a pyproject.toml, up to the root of the path's git
repository; outside of a repository up to the current folder, or in the path's own folder alone.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence

from grantlint.platform.errors import ConfigError, UsageError
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING
from grantlint.run.configuration.toml import FILE, PROJECT_FILE

if TYPE_CHECKING:  # for who asks for a revision
    from grantlint.reader.tree.revision import Revision

STDIN = "-"


class SeveralError(UsageError):
    """Paths have different configurations. groups: which paths have which, None for none."""

    def __init__(self, message: str, groups: Mapping[str | None, Sequence[str]]) -> None:
        super().__init__(message)
        self.groups = groups


class Meant(NamedTuple):
    """The paths of a command line for which a configuration is sought.

    With a scope, what counts there: the paths are a part of it.
    """

    paths: Sequence[str]
    scope: str | None = None
    stdin_filename: str | None = None

    def find(self) -> str | None:
        """Return the configuration file that counts, or None.

        Raises SeveralError where paths have different ones.
        """
        return self._one(find_config)

    def find_all(self) -> list[str]:
        """Return the configuration files that count for any of the paths."""
        found = dict.fromkeys(find_config(_folder_of(path)) for path in self._meant())
        return [file for file in found if file is not None]

    def find_at(self, revision: "Revision") -> tuple[str, bytes] | None:
        """Return the file that counted at a revision, with its bytes.

        None where none did; raises as `find` does.
        """
        contents: dict[str, bytes] = {}

        def find(folder: str) -> str | None:
            at = _config_at(revision, folder)
            if at is None:
                return None
            contents[at[0]] = at[1]
            return at[0]

        file = self._one(find)
        return None if file is None else (file, contents[file])

    def _meant(self) -> Sequence[str]:
        if self.scope:
            return [self.scope]
        piped = self.stdin_filename or "."
        return [piped if path == STDIN else path for path in self.paths or ["."]]

    def _one(self, find: Callable[[str], str | None]) -> str | None:
        """Return the file of all paths, by what finds that of a folder."""
        meant = self._meant()
        files: dict[str, str | None] = {}
        for path in meant:
            folder = _folder_of(path)
            if folder not in files:
                files[folder] = find(folder)
        if len({*files.values()}) > 1:
            groups: dict[str | None, list[str]] = {}
            first: dict[str | None, str] = {}
            for given, path in zip(self.paths, meant, strict=True):
                file = files[_folder_of(path)]
                groups.setdefault(file, []).append(given)
                first.setdefault(file, path)
            _refuse_overlap({path: files[_folder_of(path)] for path in meant})
            raise SeveralError(_different((path, file) for file, path in first.items()), groups)
        return next(iter(files.values()), None)


def _refuse_overlap(files: Mapping[str, str | None]) -> None:
    """Raise UsageError for a path in another one that has a different configuration.

    Either could judge it.
    """
    named = {os.path.realpath(path): path for path in files}
    for real, path in named.items():
        parts = real.split(os.sep)
        for depth in range(len(parts)):
            outer = named.get(os.sep.join(parts[:depth]) or os.sep)
            if outer is not None and files[outer] != files[path]:
                own, other = (files[one] or "none" for one in (path, outer))
                raise UsageError(f"{path} ({own}) lies in {outer} ({other}), which has another configuration: name one")


def _config_at(revision: "Revision", folder: str) -> tuple[str, bytes] | None:
    """Return the file that was nearest to a folder, up to the root."""
    here = revision.inside(os.path.join(folder, ""))
    while True:
        for name in (FILE, PROJECT_FILE):
            path = os.path.relpath(os.path.join(revision.root, here, name))
            data = revision.read(path)
            if data is not None and (name == FILE or _has_table(path, data)):
                return path, data
        if os.path.normpath(here) == ".":
            return None
        here = os.path.dirname(os.path.normpath(here))


def _different(found: Iterable[tuple[str, str | None]]) -> str:
    said = ", ".join(f"{path} by {file or 'none'}" for path, file in [*found][:2])
    return f"these paths have different configurations ({said}): run them apart, or name one with --config"


def _folder_of(path: str) -> str:
    return path if os.path.isdir(path) else os.path.dirname(path) or "."


def find_config(folder: str = ".") -> str | None:
    """Return the configuration file nearest to a folder, or None."""
    folders = _upward(os.path.abspath(folder))
    for here in folders:
        own = os.path.join(here, FILE)
        if _is_there(own, folders[-1]):
            return os.path.relpath(own)
        project = os.path.join(here, PROJECT_FILE)
        if _is_there(project, folders[-1]) and _holds_table(project):
            return os.path.relpath(project)
    return None


def _holds_table(project: str) -> bool:
    from grantlint.run.configuration.toml.file import bytes_of  # noqa: PLC0415 - for projects of Python

    return _has_table(project, bytes_of(project))


def _has_table(project: str, data: bytes) -> bool:
    """Whether a pyproject.toml has grantlint's table.

    Those that hold the name, perhaps as a dependency, are parsed: a table is written in several ways.
    """
    from grantlint.run.configuration.toml.file import parsed  # noqa: PLC0415 - as above

    tools = parsed(project, data).get("tool") if b"grantlint" in data else None
    return isinstance(tools, dict) and "grantlint" in tools


def _is_there(file: str, root: str) -> bool:
    """Return whether there is a file, raising ConfigError for a link that leads out of the repository."""
    if os.path.islink(file) and not os.path.realpath(file).startswith(os.path.join(os.path.realpath(root), "")):
        remedy = "name another with --config, or pass --isolated"
        raise ConfigError(f"{os.path.relpath(file)} is a symbolic link out of the tree and is not read; {remedy}")
    return os.path.lexists(file) and not os.path.isdir(file)


def _upward(folder: str) -> list[str]:
    """Return the folders from here to the root of the repository, or to the current folder, or this one alone."""
    passed = [folder]
    while not os.path.exists(os.path.join(passed[-1], ".git")):
        above = os.path.dirname(passed[-1])
        if above == passed[-1]:
            here = os.getcwd()
            return passed[: passed.index(here) + 1] if here in passed else passed[:1]
        passed.append(above)
    return passed
