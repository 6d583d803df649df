"""The file of a baseline: read, and written whole or not at all.

One JSON object: the version, and the findings, an entry a line, so that two branches merge and a review reads it.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from grantlint.lint.triage.baseline import Entry
from grantlint.platform.errors import ConfigError, UsageError
from grantlint.platform.opening import TooLargeError, open_file, read_opened
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from grantlint.reader.tree.revision import Revision

NAME = "grantlint-baseline.json"
VERSION = 1
_MAX_BYTES = 1 << 28
_PATIENCE, _GLANCE = 10.0, 0.05  # seconds
_ANEW = "record it anew with `grantlint baseline`"


class Baseline(NamedTuple):
    """The entries of a baseline file.

    Paths in them are relative to its folder, with `/` between their parts.
    """

    file: str
    entries: Sequence[Entry] = ()

    def entry_path(self, path: str) -> str:
        """Return a path as an entry has it.

        The given one is relative to the current folder.
        """
        return os.path.relpath(path, os.path.dirname(self.file) or ".").replace(os.sep, "/")

    def path_of(self, entry_path: str) -> str:
        """Return the path of an entry, relative to the current folder."""
        return os.path.normpath(os.path.join(os.path.dirname(self.file), entry_path))


def read_baseline(file: str, revision: "Revision | None" = None) -> Baseline:
    """Return a baseline from its file.

    With a revision, as it was then. Raises ConfigError where it is none, or one of a newer version.
    """
    from json import loads  # noqa: PLC0415 - for a baseline alone

    try:
        data = _bytes(file) if revision is None else revision.read(file)
        if data is None:
            raise ConfigError(f"there is no baseline {file} at {revision.name if revision is not None else file}")
        return Baseline(file, _entries(loads(data.decode()), file))
    except FileNotFoundError as error:
        raise ConfigError(f"there is no baseline {file}; `grantlint baseline` records one") from error
    except OSError as error:
        raise ConfigError(f"the baseline {file} cannot be read: {error.strerror or error}") from error
    except TooLargeError as error:
        raise ConfigError(f"the baseline {file} holds {error}, and no more than 268 MB are read") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"the baseline {file} is not valid JSON: {_ANEW}") from error


def _bytes(file: str) -> bytes:
    opened = open_file(file, follow=True)
    try:
        return read_opened(opened, _MAX_BYTES)
    finally:
        os.close(opened.handle)


def _entries(data: object, file: str) -> tuple[Entry, ...]:
    if not isinstance(data, dict):
        raise ConfigError(f"{file} is no baseline of grantlint")
    read = cast("dict[str, object]", data)
    version, findings = read.get("version"), read.get("findings")
    if isinstance(version, int) and version > VERSION:
        raise ConfigError(
            f"the baseline {file} is of a newer grantlint (version {version}, this one reads {VERSION}): "
            "upgrade grantlint; the file is left as it is"
        )
    if version != VERSION or not isinstance(findings, list):
        raise ConfigError(f"{file} is no baseline of grantlint")
    entries: list[Entry] = []
    for number, one in enumerate(cast("list[object]", findings), 1):
        fields = cast("dict[str, object]", one) if isinstance(one, dict) else {}
        words = [word for word in map(fields.get, Entry._fields) if isinstance(word, str)]
        if len(words) != len(Entry._fields):
            raise ConfigError(f"{file}: entry {number} is no finding: {_ANEW}")
        entries.append(Entry(*words))
    return tuple(entries)


def check_baseline(file: str) -> None:
    """Raise ConfigError for a file that cannot be recorded in."""
    if os.path.lexists(file):
        read_baseline(file)


def update(file: str, change: Callable[[Sequence[Entry]], Iterable[Entry]]) -> None:
    """Write the changed entries of a baseline file.

    There are none where there is no file yet; no other run comes between. Raises ConfigError for a file that is no
    baseline and UsageError where it cannot be written; it is as it was then.
    """
    folder = os.path.dirname(file) or "."
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise _unwritten(file, error) from error
    try:
        _lock(handle, file)
        before = read_baseline(file).entries if os.path.lexists(file) else ()
        _write(file, _text(change(before)))
    finally:
        os.close(handle)


def _lock(handle: int, file: str) -> None:
    """Wait until no other run records in the folder."""
    from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415 - for who records alone
    from time import monotonic, sleep  # noqa: PLC0415 - as above

    end = monotonic() + _PATIENCE
    while True:
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except BlockingIOError as error:
            if monotonic() > end:
                raise UsageError(f"another grantlint is recording {file}: try again when it has ended") from error
            sleep(_GLANCE)
        except OSError:
            return  # a file system without locks: what is written is whole all the same
        else:
            return


def _text(entries: Iterable[Entry]) -> str:
    from grantlint.report.strict_json import encoded  # noqa: PLC0415 - for who records alone

    lines = ",\n".join(encoded(entry._asdict(), spaced=True) for entry in entries)
    return f'{{"version": {VERSION}, "findings": [\n{lines}\n]}}\n'


def _write(file: str, text: str) -> None:
    """Put a file in place at once, so that who reads it sees the old one or the new one."""
    target = os.path.realpath(file)
    fresh = f"{target}.{os.getpid()}.new"
    try:
        with open(fresh, "x", encoding="ascii") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(fresh, target)
    except OSError as error:
        with suppress(OSError):
            os.unlink(fresh)
        raise _unwritten(file, error) from error


def _unwritten(file: str, error: OSError) -> UsageError:
    return UsageError(f"the baseline {file} cannot be written: {error.strerror}; what was there is as it was")
