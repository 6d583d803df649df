"""The names that git tracks, read from its index where git itself cannot be asked.

Format: Documentation/gitformat-index.txt of git, versions 2 to 4. Only names and what tells where they end is read.
"""

import os
import stat

from grantlint.platform.opening import TooLargeError, read_file

_MOST = 256 << 20  # bytes: two million files
_BEFORE_OBJECT_NAME = 40
_EXTENDED = 0x4000
_OBJECT_NAMES = (20, 32)  # SHA-1, SHA-256
_NO_NAMES = {b"", b".", b"..", b".git"}  # no part of a path is called so
_KINDS = (stat.S_IFREG, stat.S_IFLNK, 0o160000)  # the last: a commit of another repository


class _OddIndexError(Exception):
    """Bytes that are no index, or one whose names stand elsewhere (a split or a sparse one)."""


def tracked_names(git_folder: str) -> list[str] | None:
    """Return the names in a git folder's index. None where it cannot be read; [] where there is no index."""
    try:
        data = read_file(os.path.join(git_folder, "index"), _MOST)
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TooLargeError):
        return None
    for size in _OBJECT_NAMES:
        try:
            return [os.fsdecode(name) for name in _names(data, size)]
        except (_OddIndexError, IndexError, ValueError):
            continue
    return None


def _names(data: bytes, object_name: int) -> list[bytes]:
    version, count = _number(data, 4), _number(data, 8)
    if data[:4] != b"DIRC" or version not in {2, 3, 4}:
        raise _OddIndexError
    names: list[bytes] = []
    at, last = 12, b""
    for _ in range(count):
        begin = at
        if stat.S_IFMT(_number(data, at + 24)) not in _KINDS:
            raise _OddIndexError
        at += _BEFORE_OBJECT_NAME + object_name
        at += 4 if int.from_bytes(data[at : at + 2]) & _EXTENDED and version > 2 else 2  # noqa: PLR2004 - as in the format
        kept = b""
        if version == 4:  # noqa: PLR2004 - as in the format
            dropped, at = _varying(data, at)
            kept = last[: len(last) - dropped]
        end = data.index(b"\0", at)
        name = kept + data[at:end]
        if name < last or not _NO_NAMES.isdisjoint(name.split(b"/")):
            raise _OddIndexError
        names.append(name)
        last = name
        at = end + 1 if version == 4 else begin + (end - begin + 8) // 8 * 8  # noqa: PLR2004 - as in the format
    while at < len(data) - object_name:
        if data[at : at + 1].islower():  # an extension without which the entries are not what they seem
            raise _OddIndexError
        at += 8 + _number(data, at + 4)
    if at != len(data) - object_name:
        raise _OddIndexError
    return names


def _number(data: bytes, at: int) -> int:
    if at + 4 > len(data):
        raise _OddIndexError
    return int.from_bytes(data[at : at + 4])


def _varying(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of varying width, as git writes the offsets of packs, and where it ends."""
    value = data[at] & 127
    while data[at] & 128:
        at += 1
        value = ((value + 1) << 7) | (data[at] & 127)
    return value, at + 1
