"""Regular files, opened without waiting and read within a limit; a device, a pipe or a socket is never opened."""

import errno
import os
import stat
from collections.abc import Mapping
from types import TracebackType

from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import BinaryIO

_CHUNK = 1 << 16  # most files end in the first read; a larger buffer is felt on ten thousand of them
_MEBIBYTE = 1 << 20
_OWN_DESCRIPTORS = ("/dev/fd/", "/proc/self/fd/")  # where a shell has the output of `<(command)`
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


_as_if: dict[tuple[int, int], bytes] = {}  # by device and inode


class as_if:  # noqa: N801 - used as a function; contextlib, which would make one of it, is 3 million instructions
    """While entered, these files are read as if they held other bytes.

    So it is by whatever path or link; the disk is as it was. Raises OSError for a file that is not there.
    """

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._contents = contents
        self._before: dict[tuple[int, int], bytes] = {}

    def __enter__(self) -> None:
        self._before = dict(_as_if)
        for path, data in self._contents.items():
            status = os.stat(path)
            _as_if[status.st_dev, status.st_ino] = data

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        _as_if.clear()
        _as_if.update(self._before)


class TooLargeError(Exception):
    """A file with more bytes than are read.

    The message says how many.
    """


class SpecialFileError(OSError):
    """A path to neither a file nor a folder.

    Or to a folder where a file is wanted.
    """


class Opened(NamedTuple):
    """The descriptor of a regular file, and its size.

    The size is what it says to hold: 0 for files of the kernel.
    """

    handle: int
    size: int


def open_file(path: str, *, follow: bool = False, folder: int | None = None) -> Opened:
    """Open a regular file, raising SpecialFileError for anything else, and other OSErrors.

    Without `follow` a symbolic link raises OSError with errno ELOOP; `folder` is what the path is relative to.
    """
    mode = os.stat(path, dir_fd=folder, follow_symlinks=follow).st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
        raise _special(mode)  # to open a device may do something
    return _opened(os.open(path, _FLAGS if follow else _FLAGS | os.O_NOFOLLOW, dir_fd=folder))


def open_listed(path: str) -> Opened:
    """Open a file that its folder lists as regular or a link.

    Raises as open_file does.
    """
    return _opened(os.open(path, _FLAGS | os.O_NOFOLLOW))


def _opened(handle: int) -> Opened:
    status = os.fstat(handle)  # of what was opened, whatever took its place meanwhile
    if _as_if and (status.st_dev, status.st_ino) in _as_if:
        os.close(handle)
        return _pretended(_as_if[status.st_dev, status.st_ino])
    if stat.S_ISREG(status.st_mode):
        return Opened(handle, status.st_size)
    os.close(handle)
    raise _special(status.st_mode)


def _pretended(data: bytes) -> Opened:
    """Return a nameless file with these bytes."""
    from tempfile import TemporaryFile  # noqa: PLC0415 - for what fixes files alone

    with TemporaryFile(buffering=0) as file:
        file.write(data)
        handle = os.dup(file.fileno())
    os.lseek(handle, 0, os.SEEK_SET)
    return Opened(handle, len(data))


def _special(mode: int) -> SpecialFileError:
    if stat.S_ISDIR(mode):
        return SpecialFileError(errno.EISDIR, os.strerror(errno.EISDIR))
    return SpecialFileError(errno.ENXIO, "neither a file nor a folder")


def own_descriptor(path: str) -> int | None:
    """Return the open file of this process that a path names.

    None for other paths.
    """
    if path == "/dev/stdin":
        return 0
    number = next((path.removeprefix(folder) for folder in _OWN_DESCRIPTORS if path.startswith(folder)), "")
    return int(number) if number.isascii() and number.isdigit() and len(number) <= len("65535") else None


def open_named(path: str) -> BinaryIO:
    """Return a stream of a file that the command line names.

    `-`, `/dev/stdin` and `<(command)` are read too. Raises SpecialFileError for other pipes and for devices, and other
    OSErrors.
    """
    own = 0 if path == "-" else own_descriptor(path)
    if own is not None:
        return os.fdopen(own, "rb", closefd=False)
    return os.fdopen(open_file(path, follow=True).handle, "rb")


def read_opened(file: Opened, limit: int) -> bytes:
    """Return a file's bytes.

    Raises OSError, or TooLargeError above the limit with nothing of it read.
    """
    if file.size > limit:
        raise TooLargeError(f"{file.size / 1_000_000:,.0f} MB")
    first = os.read(file.handle, file.size + 1)
    return first if len(first) == file.size else _rest(file.handle, first, limit)  # it has grown, or does not know


def read_file(path: str, limit: int) -> bytes:
    """Return the bytes of a regular file that is no link.

    Raises as open_file and read_opened do.
    """
    opened = open_file(path)
    try:
        return read_opened(opened, limit)
    finally:
        os.close(opened.handle)


def read_stream(handle: int, limit: int) -> bytes:
    """Return all that a descriptor holds.

    Raises OSError, or TooLargeError above the limit.
    """
    return _rest(handle, os.read(handle, _CHUNK), limit)


def _rest(handle: int, first: bytes, limit: int) -> bytes:
    pieces = [first]
    size = len(first)
    while pieces[-1]:
        if size > limit:
            raise TooLargeError(f"more than {limit / 1_000_000:,.0f} MB")
        pieces.append(os.read(handle, _MEBIBYTE))
        size += len(pieces[-1])
    return b"".join(pieces)
