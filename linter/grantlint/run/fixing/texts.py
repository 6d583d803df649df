"""Edits made to texts, and where what stood at a place stands then."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from grantlint.model.remedy import Edit
from grantlint.platform.record import NamedTuple


class Edited(NamedTuple):
    """A text after edits.

    They are in order and do not touch each other.
    """

    text: str
    edits: Sequence[Edit]

    def place_of(self, offset: int) -> tuple[int, int]:
        """Return the new bounds of what began at an old offset.

        They are one place, or those of an edit.
        """
        index = bisect_right(self.edits, offset, key=_start) - 1
        moved = sum(len(edit.text) - (edit.span.end - edit.span.start) for edit in self.edits[: max(index, 0)])
        if index < 0:
            return offset, offset
        last = self.edits[index]
        start = last.span.start + moved
        if offset < last.span.end or last.span.start == offset:
            return start, start + len(last.text)
        at = offset - last.span.end + start + len(last.text)
        return at, at


def _start(edit: Edit) -> int:
    return edit.span.start


def edited(text: str, edits: Iterable[Edit]) -> Edited | None:
    """Return a text with edits made.

    None where two of them want the same characters.
    """
    ordered = sorted({(edit.span.start, edit.span.end, edit.text): edit for edit in edits}.values(), key=_start)
    parts: list[str] = []
    done = 0
    for edit in ordered:
        if edit.span.start < done or (parts and edit.span.start == done and edit.span.start == edit.span.end):
            return None
        parts += [text[done : edit.span.start], edit.text]
        done = edit.span.end
    return Edited("".join([*parts, text[done:]]), ordered)


def by_path(edits: Iterable[Edit]) -> Mapping[str, list[Edit]]:
    """Return the edits of each file."""
    files: dict[str, list[Edit]] = {}
    for edit in edits:
        files.setdefault(edit.span.source.path, []).append(edit)
    return files
