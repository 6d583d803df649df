"""Which configuration file counts: the nearest one from each path upward, so that runs from any folder say the same.

It is `grantlint.toml`, or the table `[tool.grantlint]` of a pyproject.toml, up to the root of the path's git
repository; outside of a repository up to the current folder, or in the path's own folder alone.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from grantlint.platform.errors import ConfigError, UsageError
from grantlint.run.configuration.toml.file import FILE, PROJECT_FILE, bytes_of, parsed

if TYPE_CHECKING:  # for who asks for a revision
    from grantlint.reader.tree.revision import Revision

_STDIN = "-"


class SeveralError(UsageError):
    """Paths have different configurations. groups: which paths have which, None for none."""

    def __init__(self, message: str, groups: Mapping[str | None, Sequence[str]]) -> None:
        super().__init__(message)
        self.groups = groups


def config_of(paths: Sequence[str], scope: str | None = None, stdin_filename: str | None = None) -> str | None:
    """Return the one configuration file for all paths, or None.

    Raises SeveralError where two of them have different ones. With a scope, what counts there: the paths are a part of
    it.
    """
    meant = _meant(paths, scope, stdin_filename)
    files: dict[str | None, str] = {}
    folders: dict[str, str] = {}
    for path in meant:
        folders.setdefault(_folder_of(path), path)
    for folder, path in folders.items():
        files.setdefault(find_config(folder), path)
    if len(files) > 1:
        groups: dict[str | None, list[str]] = {}
        for given, path in zip(paths, meant, strict=True):
            groups.setdefault(find_config(_folder_of(path)), []).append(given)
        raise SeveralError(_different((path, file) for file, path in files.items()), groups)
    return next(iter(files), None)


class Meant(NamedTuple):
    """The paths of a command line for which a configuration is sought."""

    paths: Sequence[str]
    scope: str | None = None
    stdin_filename: str | None = None

    def find(self) -> str | None:
        """Return the configuration file that counts, or None.

        Raises SeveralError where paths have different ones.
        """
        return config_of(self.paths, self.scope, self.stdin_filename)

    def find_at(self, revision: "Revision") -> tuple[str, bytes] | None:
        """Return the file that counted at a revision, with its bytes.

        None where none did; raises as `find` does.
        """
        meant = _meant(self.paths, self.scope, self.stdin_filename)
        found: dict[str, tuple[tuple[str, bytes] | None, str]] = {}
        for path in meant:
            at = _config_at(revision, _folder_of(path))
            found.setdefault(at[0] if at is not None else "", (at, path))
        if len(found) > 1:
            raise UsageError(_different((path, file) for file, (_, path) in found.items()))
        return next(iter(found.values()))[0]


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


def _meant(paths: Sequence[str], scope: str | None, stdin_filename: str | None) -> Sequence[str]:
    if scope:
        return [scope]
    piped = stdin_filename or "."
    return [piped if path == _STDIN else path for path in paths or ["."]]


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
        if _is_there(project, folders[-1]) and _has_table(project, bytes_of(project)):
            return os.path.relpath(project)
    return None


def _has_table(project: str, data: bytes) -> bool:
    """Whether a pyproject.toml has grantlint's table.

    Those that hold the name, perhaps as a dependency, are parsed: a table is written in several ways.
    """
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
