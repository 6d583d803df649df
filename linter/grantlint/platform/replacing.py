"""A file replaced by another of the same name, as one step: who reads it has the old one or the new one."""

import os
import stat
from contextlib import suppress

from grantlint.platform.opening import open_file, read_opened


class NotReplacedError(Exception):
    """A file is left as it was.

    The message says why, and follows the file's name.
    """


def replace_file(path: str, before: bytes, after: bytes) -> None:
    """Write a file that still holds `before`.

    Mode, owner and the links to it stay. Raises NotReplacedError.
    """
    real = os.path.realpath(path)
    try:
        status = os.stat(real, follow_symlinks=False)
        _may_be_replaced(real, status)
        _is_unchanged(real, before)
        _replace(real, status, before, after)
    except OSError as error:
        raise NotReplacedError(f"cannot be written: {error.strerror or error}") from None


def _may_be_replaced(real: str, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise NotReplacedError("is no regular file")
    if status.st_nlink > 1:
        raise NotReplacedError("has other names (hard links), which would keep the old text")
    if not (status.st_mode & 0o222 and os.access(real, os.W_OK)):
        raise NotReplacedError("is not writable")


def _is_unchanged(real: str, before: bytes) -> None:
    opened = open_file(real)
    try:
        if opened.size != len(before) or read_opened(opened, len(before)) != before:
            raise NotReplacedError("changed while it was read; run again")
    finally:
        os.close(opened.handle)


def _replace(real: str, status: os.stat_result, before: bytes, after: bytes) -> None:
    from tempfile import mkstemp  # noqa: PLC0415 - for what writes alone

    folder, name = os.path.split(real)
    handle, beside = mkstemp(prefix=f".{name}.", suffix=".grantlint", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            _make_like(file.fileno(), real, status)
            os.fsync(file.fileno())
        _is_unchanged(real, before)
        os.replace(beside, real)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _make_like(handle: int, real: str, status: os.stat_result) -> None:
    """Give a new file the owner, mode and attributes of the one that it replaces, as far as the system allows."""
    with suppress(OSError):
        os.fchown(handle, status.st_uid, status.st_gid)
    os.fchmod(handle, stat.S_IMODE(status.st_mode))
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for attribute in os.listxattr(real):
                os.setxattr(handle, attribute, os.getxattr(real, attribute))
