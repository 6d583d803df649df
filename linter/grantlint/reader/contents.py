"""A file's bytes, and their text: read by the operating system's calls, decoded with the byte order mark off."""

import os
import stat

_CHUNK = 1 << 16  # most files end in the first read; a larger buffer is felt on ten thousand of them
_MEBIBYTE = 1 << 20
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class TooLargeError(Exception):
    """A file with more bytes than any reader takes; the message says how many."""


class NotTextError(Exception):
    """Bytes that are no text, with what is wrong and the line and column (both 1-based) where it shows."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def read_bytes(path: str, limit: int, *, follow: bool) -> bytes:
    """Return a file's bytes, raising OSError, or TooLargeError above the limit; never waits for a pipe unless follow.

    Without `follow` a symbolic link raises OSError with errno ELOOP.
    """
    handle = os.open(path, os.O_RDONLY | (0 if follow else os.O_NOFOLLOW | os.O_NONBLOCK))
    try:
        data = os.read(handle, _CHUNK)
        if len(data) < _CHUNK and (not follow or stat.S_ISREG(os.fstat(handle).st_mode)):
            return data  # all of it; a pipe, which only a path that was named can be, may have more to come
        return _rest(handle, data, limit)
    finally:
        os.close(handle)


def is_script(path: str) -> bool:
    """Whether a file begins as one that a program on its first line runs; not for links and what cannot be read."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        return os.read(handle, 2) == b"#!"
    except OSError:
        return False
    finally:
        os.close(handle)


def read_stream(handle: int, limit: int) -> bytes:
    """Return all that a stream holds, raising TooLargeError above the limit."""
    return _rest(handle, os.read(handle, _CHUNK), limit)


def _rest(handle: int, first: bytes, limit: int) -> bytes:
    pieces = [first]
    size = len(first)
    known = os.fstat(handle).st_size
    while pieces[-1] and max(size, known) <= limit:
        pieces.append(os.read(handle, _MEBIBYTE))
        size += len(pieces[-1])
    if max(size, known) > limit:
        raise TooLargeError(f"{max(size, known) / 1_000_000:,.0f} MB")
    return b"".join(pieces)


def likely_text(data: bytes) -> str:
    """Return about what bytes say that are no proper text: enough to see whether it would matter."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "latin-1")
    return data.decode(encoding, "replace")


def decode(data: bytes) -> str:
    """Return the text of UTF-8, or of UTF-16 and UTF-32 with a byte order mark, raising NotTextError."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8-sig")
    if encoding == "utf-8-sig" and b"\0" in data:
        raise NotTextError("the file holds NUL bytes: it is binary, or UTF-16 without a byte order mark")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        byte = f"byte 0x{data[error.start]:02x}"
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise NotTextError(f"the file is not {encoding.removesuffix('-sig').upper()}: {byte}", line, column) from None
    if "\0" in text:
        raise NotTextError("the file holds NUL characters: it is binary")
    return text


def marked_wide(data: bytes) -> bool:
    """Whether the bytes begin with the mark of UTF-16 or UTF-32, in which no ASCII word is found as bytes."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
