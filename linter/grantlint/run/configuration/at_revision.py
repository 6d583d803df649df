"""The configuration of the base of a change, read from git's objects; and what the change does to it."""

import os
from collections.abc import Iterator, Sequence

from grantlint.platform.errors import ConfigError, UsageError
from grantlint.reader.tree.revision import Revision, revision_of
from grantlint.run.configuration.config_search import Meant
from grantlint.run.configuration.layers import Caller, Holding, held
from grantlint.run.configuration.taking import taken_of
from grantlint.run.configuration.toml.file import ConfigFile, bytes_of, config_file

OPTION = "--config-from"


def held_at(name: str, caller: Caller, meant: Meant, named: tuple[str, str] | None) -> Holding:
    """Return what holds by the configuration of a revision.

    named: the one that the caller wants, and by what.
    """
    revision = revision_of(name)
    said_by = f"{OPTION} {name}"
    if named is not None and not named[0]:
        return Holding(None, named[1], held(None, caller), revision)
    found = meant.find_at(revision) if named is None else _named(named[0], revision)
    file = config_file(*found) if found is not None else None
    now = meant.find_all() if named is None else [named[0]]
    return Holding(file, said_by, held(file, caller), revision, (*_touched(file, now, name),))


def _named(path: str, revision: Revision) -> tuple[str, bytes]:
    data = revision.read(path)
    if data is None:
        raise UsageError(f"there is no {path} at {revision.name}: {OPTION} reads what --config names there")
    return path, data


def _touched(then: ConfigFile | None, now: Sequence[str], name: str) -> Iterator[str]:
    """Yield how the work tree's configuration differs: in which files it is, and in which settings.

    There are several where the change gives some of the paths another: then as now they are judged by one.
    """
    is_there = False
    for here in filter(os.path.lexists, now):
        if then is None or os.path.normpath(then.path) != os.path.normpath(here):
            yield f"configuration {here}: not at {name}, and not read"
            continue
        is_there = True
        keys = _different(then, here)
        if keys:
            yield f"configuration {here} ({', '.join(keys)}): as at {name}, not as it is"
    if then is not None and not is_there:
        yield f"configuration {then.path}: as at {name}, though it is none now"


def _different(then: ConfigFile, here: str) -> list[str]:
    try:
        data = bytes_of(here)
        if data == then.text.encode():
            return []
        before, after = taken_of(then), taken_of(config_file(here, data))
    except ConfigError as error:
        return [f"which is broken: {error}"]
    return sorted(key for key in {*before, *after} if before.get(key) != after.get(key)) or ["its comments"]
