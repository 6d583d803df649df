"""The text of a file's bytes, with the byte order mark off."""

_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BIG_ENDIAN = (b"\0\0\xfe\xff", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"
_LAST_OF_ASCII = 0x7F
_REMARKS = (b"#", b"--", b"//", b";")


class NotTextError(Exception):
    """Bytes that are no text: what is wrong, and where. The line and column are 1-based."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def likely_text(data: bytes) -> str:
    """Return an approximate text of bytes that do not decode. Enough to see whether the file would matter."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "latin-1")
    return data.decode(encoding, "replace")


def decode(data: bytes) -> str:
    """Return the text of UTF-8, or marked UTF-16 or UTF-32. Raises NotTextError.

    Bytes of another encoding in lines that are remarks are replaced: what is declared is told without them.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8-sig")
    if encoding == "utf-8-sig" and b"\0" in data:
        raise NotTextError("the file holds NUL bytes: it is binary, or UTF-16 without a byte order mark")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig" and _is_of_remarks(data):
            return data.decode(encoding, "replace")
        before = data[: error.start].decode(encoding, "replace")
        byte = f"byte 0x{data[error.start]:02x}"
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise NotTextError(f"the file is not {encoding.removesuffix('-sig').upper()}: {byte}", line, column) from None
    if "\0" in text:
        raise NotTextError("the file holds NUL characters: it is binary")
    return text


def _is_of_remarks(data: bytes) -> bool:
    """Whether all bytes of another encoding stand in remarks: nothing is declared there."""
    return all(_is_utf8(line) or _begins_remark(line) for line in data.splitlines() if not line.isascii())


def _begins_remark(line: bytes) -> bool:
    """Whether a remark begins before the first byte that is not ASCII."""
    before = line[: next(at for at, byte in enumerate(line) if byte > _LAST_OF_ASCII)]
    if before.lstrip().startswith(_REMARKS):
        return True
    return (b" #" in before or b"\t#" in before) and b"'" not in before and b'"' not in before


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def encode_like(text: str, data: bytes) -> bytes | None:
    """Return a text in the encoding of other bytes, mark included. None where it cannot be told for sure."""
    mark, name = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    if not mark and data.startswith(_UTF8_MARK):
        mark = _UTF8_MARK
    order = ""
    if name != "utf-8":
        order = "-be" if mark in _BIG_ENDIAN else "-le"
    try:
        before, after = decode(data), mark + text.encode(name + order)
        return after if mark + before.encode(name + order) == data else None
    except (NotTextError, UnicodeEncodeError):
        return None


def marked_wide(data: bytes) -> bool:
    """Whether bytes begin with the mark of UTF-16 or UTF-32. No ASCII word is found in those as bytes."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
