"""Which formats a file may be of: by its name, then by the words in its bytes."""

from collections.abc import Sequence

from grantlint.reader.formats import Format
from grantlint.reader.words import Sieve

_BARE = "/"  # stands for names without a dot where names are sorted by what follows it


class Kind:
    """The formats that have files of some name."""

    __slots__ = ("_sieve", "formats")

    def __init__(self, formats: Sequence[Format]) -> None:
        self.formats = formats
        self._sieve = Sieve([known.words for known in formats])

    def holding(self, data: bytes) -> list[Format]:
        """Return the formats one of whose words is in a file's bytes."""
        return [self.formats[place] for place in self._sieve.matches(data)]


class Kinds:
    """The kinds of file that some formats have."""

    def __init__(self, formats: Sequence[Format], *, forced: bool) -> None:
        self._formats = formats
        self._forced = forced
        self._suffixes = tuple(suffix for known in formats for suffix in known.suffixes)
        self._endings = {suffix[suffix.rfind(".") :] for suffix in self._suffixes}
        self._kinds: dict[tuple[Format, ...], Kind] = {}
        self._by_ending: dict[str, Kind] = {}

    def has_suffix(self, name: str) -> bool:
        """Return whether a name ends as files of a format do."""
        # Most names end in nothing that any format has, which a look at the last part tells.
        return name[name.rfind(".") :].lower() in self._endings and name.lower().endswith(self._suffixes)

    @property
    def without_suffix(self) -> bool:
        """Whether a format has files without a dot in their name."""
        return any(known.without_suffix for known in self._formats)

    def of(self, path: str, *, named: bool) -> Kind:
        """Return what a file of this name may be: anything, where it was named and has no suffix."""
        _, dot, ending = path.rpartition("/")[2].lower().partition(".")
        ending = "" if self._forced or (named and not dot) else ending if dot else _BARE
        kind = self._by_ending.get(ending)
        if kind is None:
            formats = tuple(known for known in self._formats if not ending or _has_files(known, ending))
            kind = self._by_ending[ending] = self._kinds.setdefault(formats, Kind(formats))
        return kind


def _has_files(known: Format, ending: str) -> bool:
    return known.without_suffix if ending == _BARE else f".{ending}".endswith(known.suffixes)
