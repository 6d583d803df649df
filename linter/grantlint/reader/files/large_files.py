"""A large file searched in pieces, in constant memory."""

import os
from codecs import getincrementaldecoder
from collections.abc import Iterator

_PIECE = 1 << 20
_SMALL = 1 << 16
_OVERLAP = 64  # bytes: no word that is searched for is longer


def pieces(handle: int) -> Iterator[bytes]:
    """Yield an open file's bytes in overlapping pieces. The file position stays as it is.

    What is no longer there, as where a file is cut meanwhile, is left out.
    """
    at, end = 0, b""
    while piece := os.pread(handle, _PIECE, at):
        yield end + piece
        at += len(piece)
        end = piece[-_OVERLAP:]


def head(handle: int) -> bytes:
    """Return the first bytes of an open file."""
    return os.pread(handle, _PIECE, 0)


def text_of(handle: int) -> str | None:
    """Return the text of an open file in UTF-8.

    None where it is in another encoding, or no text. Its bytes are never there as a whole, and the text is there once:
    CPython lengthens in place what only one name has.
    """
    decoder = getincrementaldecoder("utf-8-sig")()
    text = ""
    try:
        for piece in _small_pieces(handle):
            if b"\0" in piece:
                return None
            text += decoder.decode(piece)
        text += decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return text


def _small_pieces(handle: int) -> Iterator[bytes]:
    at = 0
    while piece := os.pread(handle, _SMALL, at):
        yield piece
        at += len(piece)
