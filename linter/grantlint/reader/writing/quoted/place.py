"""Which quotes a place of a file is in, for those who want to say what to write there."""

from functools import lru_cache

from grantlint.model.location import Source
from grantlint.reader.writing.quoted.string import Quoted
from grantlint.reader.writing.quotes import HCL_DOUBLE

_NO_STRINGS = frozenset({"sql", "mycnf"})


@lru_cache(maxsize=8)  # a remedy asks several times
def quoted_at(source: Source, offset: int) -> Quoted | None:
    """Return the quotes around a place of a source. None where it is unquoted, or nobody can tell."""
    name = source.path.lower()
    if source.format in _NO_STRINGS:
        return None
    if source.format == "shell":
        from grantlint.reader.writing.quoted import shell  # noqa: PLC0415 - it loads a parser, for these files alone

        return shell.quoted_at(source, offset)
    if name.endswith((".tf", ".tofu")):
        return _of_hcl(source, offset)
    if name.endswith(".pp"):
        from grantlint.reader.writing.quoted import puppet  # noqa: PLC0415 - as above

        return puppet.quoted_at(source, offset)
    from grantlint.reader.writing.quoted import yaml  # noqa: PLC0415 - as above

    return yaml.quoted_at(source, offset)


def _of_hcl(source: Source, offset: int) -> Quoted | None:
    """Return the string whose opening quote is at a place: values are told with their quotes."""
    text = source.text
    if not text.startswith('"', offset):
        return None
    end = offset + 1
    while end < len(text) and text[end] != '"':
        end += 2 if text[end] == "\\" else 1
    return Quoted(offset, end + 1, (HCL_DOUBLE,))
