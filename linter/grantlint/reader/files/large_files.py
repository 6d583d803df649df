"""A large file searched in pieces, in constant memory."""

import os
from collections.abc import Iterator

_PIECE = 1 << 20
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
