"""A file whose name no format has: what may make accounts in it is counted."""

from grantlint.model import Declarations, NotChecked
from grantlint.model.location import Source, Span
from grantlint.reader.files.other.sign import unread


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the unread sources of accounts in a file, as not checked."""
    found = Declarations("other", source.path)
    found.not_checked += [
        NotChecked(what, why, Span(source, at, at + 1)) for at, what, why in unread(source.path, source.text)
    ]
    return (found,) if found.not_checked else ()
