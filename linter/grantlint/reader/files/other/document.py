"""A file whose name no format has: what may make accounts in it is counted. A Dockerfile's variables are read."""

from grantlint.model import Declarations, NotChecked
from grantlint.model.location import Source, Span
from grantlint.reader.files.other.dockerfile import MADE, has_variables, is_dockerfile
from grantlint.reader.files.other.sign import unread


def read(source: Source) -> tuple[Declarations, ...]:
    """Return the accounts that a file makes of an image.

    Other sources of accounts are not checked.
    """
    made = None
    if is_dockerfile(source.path) and has_variables(source.text):
        from grantlint.reader.files.other.built import built  # noqa: PLC0415 - few files are read so

        made = built(source)
    found = Declarations("other", source.path)
    found.not_checked += [
        NotChecked(what, why, Span(source, at, at + 1))
        for at, what, why in unread(source.path, source.text)
        if made is None or why != MADE
    ]
    return tuple([part for part in (made, found) if part is not None and (part is made or part.not_checked)])
