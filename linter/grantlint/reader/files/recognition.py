"""Which format a file is of: by its name, then by the words in its bytes, then by its text."""

from collections.abc import Iterable, Sequence

from grantlint.model import Fault
from grantlint.model.location import Source, Span
from grantlint.platform.errors import UsageError
from grantlint.platform.opening import Opened
from grantlint.platform.record import NamedTuple
from grantlint.reader.files.formats import FORMATS, OF_TEMPLATES, OTHER, Format, format_named, is_bare, is_makefile
from grantlint.reader.files.large_files import head, pieces, text_of
from grantlint.reader.files.other.names import is_env_file, is_packed_sql, looked_into
from grantlint.reader.files.unusual import hides_letters, written_otherwise
from grantlint.reader.files.words import Sieve
from grantlint.reader.tree.contents import NotTextError, decode, likely_text, marked_wide

NO_FORMAT = "no format has files of this name"
NO_WORDS = "no account words in it"
NO_CLAIM = "account words, but no declarations"
NO_TEXT = "no text, and no declarations in sight"
EMPTY = "empty"
DOUBTFUL = "account statements, and nothing tells of which database"
PACKED = "SQL that is packed"
LARGE = "account words, and too large to be looked into"
OF_IMAGE = "variables of a server's image, read where a Compose file names them"
REASONS = (NO_FORMAT, EMPTY, NO_WORDS, NO_CLAIM, NO_TEXT, DOUBTFUL, PACKED, LARGE, OF_IMAGE)
UNREAD = (DOUBTFUL, PACKED, LARGE)
"""Reasons of files that may declare accounts: summaries tell them, and OF_IMAGE."""
_LOOKED_THROUGH = 1 << 20  # characters of a file in vain that are tried as YAML
_BARE = "/"  # stands for names that say nothing where names are sorted by what follows their first dot


class Candidate(NamedTuple):
    """A file that a format claims. `asked`: whether the command line asks for findings in it."""

    format: Format
    source: Source
    asked: bool


class Recognition:
    """Tells which format a file is of. With an input format, each file is taken for one of that.

    suffixes: of the formats' files; least: bytes that every format reads; limit: that any does. Raises UsageError for
    an input format that does not exist.
    """

    def __init__(self, input_format: str | None = None) -> None:
        self._is_forced = input_format is not None
        self._formats = FORMATS if input_format is None else (_forced(input_format),)
        self.suffixes = tuple(suffix for known in self._formats for suffix in known.suffixes)
        self._endings = frozenset((*(suffix[suffix.rfind(".") :] for suffix in self.suffixes), *OF_TEMPLATES))
        self._whole = tuple(suffix for suffix in self.suffixes if not suffix.startswith("."))
        self.least = min(known.max_bytes for known in self._formats)
        self.limit = max(known.max_bytes for known in self._formats)
        self._other = _Kind((OTHER,))
        self._bare = _Kind(tuple(known for known in self._formats if known.without_suffix))
        self._kinds: dict[tuple[Format, ...], _Kind] = {}
        self._by_ending: dict[str, _Kind] = {_BARE: self._bare}
        any_name = [known for known in self._formats if known.any_name]
        self._any_name = _Kind(any_name, own=None)
        sql = next((known for known in self._formats if known.name == "sql"), None)
        self._as_sql = _Kind([*any_name, *([sql] if sql else [])], own=sql)

    def looked_through(self, path: str, file: Opened, *, strict: bool) -> "Looked":
        """Return what a large open file holds, looked through in pieces. Raises OSError."""
        kind = self._kind(path, named=strict)
        beginning = head(file.handle)
        if self._is_other(kind, beginning):
            if b"\0" in beginning and not marked_wide(beginning):
                return Looked(NO_FORMAT)
            return Looked(self._too_much_of_another(file))
        if file.size <= kind.least or not kind.formats:
            return Looked()
        size = f"{file.size / 1_000_000:,.0f} MB"
        if file.size > kind.most:
            return Looked(too_large(path, size, kind.most))
        formats = list(kind.formats) if self._is_forced else kind.holding_in(pieces(file.handle))
        if not formats:
            return Looked(NO_WORDS)
        start = likely_text(beginning)
        claimant = next((known for known in formats if self._is_forced or known.claims(path, start)), None)
        limit = claimant.max_bytes if claimant else min(known.max_bytes for known in formats)
        return Looked(too_large(path, size, limit) if file.size > limit else None, formats, claimant)

    def large(self, path: str, file: Opened, looked: "Looked", *, asked: bool) -> Candidate | None:
        """Return a large file that its beginning claims.

        None where its bytes have to be judged.
        """
        text = text_of(file.handle) if looked.claimant is not None else None
        if looked.claimant is None or text is None:
            return None
        return Candidate(looked.claimant, Source(path, text), asked)

    def _too_much_of_another(self, file: Opened) -> str | None:
        if file.size <= self._other.least:
            return None
        return LARGE if self._other.holding_in(pieces(file.handle)) else NO_FORMAT

    def judge(  # noqa: PLR0911 - one return for each end that a file comes to
        self, path: str, data: bytes, *, strict: bool, asked: bool, looked: "Looked | None" = None
    ) -> Candidate | Fault | str:
        """Return a file with its format, or why it is passed over. `looked`: what a look through it told before.

        A file that was named (`strict`) is read as what its name says, whatever words it holds. One that is no text is
        a finding there, elsewhere only if it holds account words.
        """
        kind = self._kind(path, named=strict)
        if self._is_other(kind, data) or (kind is self._any_name and self._is_binary(data)):
            return self._looked_into(path, data, asked=asked)
        if not kind.formats or not data or data.isspace():
            return EMPTY if kind.formats else NO_FORMAT
        wide = marked_wide(data)
        formats: Sequence[Format] = (
            kind.formats if wide or self._is_forced else ((looked and looked.holding) or kind.holding(data))
        )
        if not formats and not strict and not (kind.is_yaml and hides_letters(data)):
            return NO_WORDS
        try:
            text = decode(data)
        except NotTextError as error:
            if strict or any(known.claims(path, likely_text(data)) for known in formats):
                return fault("file-encoding", path, str(error), "Save it as UTF-8.", error.line, error.column)
            return NO_TEXT
        if wide and not self._is_forced:
            formats = kind.holding(text.encode())
        size = len(data)
        data = data if kind is self._any_name else b""  # a large file need not be there twice from here on
        formats = _by_first_line(formats, path, text)
        claimant = looked.claimant if looked else None  # what begins a large text speaks for all of it
        claimant = claimant or next((known for known in formats if self._is_forced or known.claims(path, text)), None)
        claimant = claimant or kind.second_look(path, text, named=strict)
        if claimant is None and kind is self._any_name:
            return self._looked_into(path, data, asked=asked)
        if claimant is None:
            broken = _no_yaml(path, text) if strict and kind.is_yaml else None
            return broken or self._unclaimed(path, text, formats, asked=asked)
        if size > claimant.max_bytes:
            return too_large(path, f"{size / 1_000_000:,.0f} MB", claimant.max_bytes)
        return Candidate(claimant, Source(path, text), asked)

    def hope(self, ending: str) -> int:
        """Return how files with this ending are looked at. `ending`: of the name, from the last dot on.

        2: some may be a format's; 1: looked into; 0: not at all.
        """
        if not ending.startswith(".") or "/" in ending or ending.lower() in self._endings:
            return 2
        return 1 if looked_into(ending) and not self._is_forced else 0

    def _unclaimed(self, path: str, text: str, formats: Sequence[Format], *, asked: bool) -> Candidate | str:
        # a script that no shell runs, variables of an image that no format has
        likely = is_bare(path) or is_makefile(path) or "SQL_" in text or "helm_release" in text
        if formats and likely and OTHER.claims(path, text):
            return Candidate(OTHER, Source(path, text), asked)
        if any(known.name == "sql" for known in formats):
            from grantlint.reader.sql.sign import is_doubtful  # noqa: PLC0415 - imports re; only for these

            if is_doubtful(text):
                return DOUBTFUL
        return NO_CLAIM if formats else NO_WORDS

    def _is_other(self, kind: "_Kind", data: bytes) -> bool:
        """Whether a file is none of the formats': by its name, or as one without a suffix that is no script."""
        return kind is self._other or (kind is self._bare and not (self._is_forced or data.startswith(b"#!")))

    def _is_binary(self, data: bytes) -> bool:
        return b"\0" in data and not marked_wide(data)

    def _looked_into(self, path: str, data: bytes, *, asked: bool) -> Candidate | str:
        """Return a file of no format that may make accounts, else NO_FORMAT."""
        if is_packed_sql(path):
            return PACKED
        if not marked_wide(data) and (b"\0" in data or not self._other.holding(data)):
            return NO_FORMAT
        text = likely_text(data)
        if OTHER.claims(path, text):
            return Candidate(OTHER, Source(path, text), asked)
        if is_env_file(path):
            from grantlint.reader.files.other.dockerfile import has_variables  # noqa: PLC0415 - imports re; for these

            return OF_IMAGE if has_variables(text) else NO_FORMAT
        return NO_FORMAT

    def _kind(self, path: str, *, named: bool) -> "_Kind":
        """Return what a file of this name may be: anything, where it was named and has no suffix."""
        name = path.rpartition("/")[2].lower()
        stem, dot, ending = name.partition(".")
        if self._is_forced or (named and not dot):
            ending = ""
        elif name.endswith(self._whole):  # pillar.example, Makefile: a suffix says nothing
            ending = name
        elif not dot or (stem and f".{ending}" in OF_TEMPLATES):
            ending = _BARE
        kind = self._by_ending.get(ending)
        if kind is None:
            formats = tuple(known for known in self._formats if not ending or f".{ending}".endswith(known.suffixes))
            if formats or not (looked_into(name[name.rfind(".") :]) or is_packed_sql(name)):
                kind = self._kinds.get(formats) or _Kind(formats)
                self._kinds[formats] = kind
            else:
                kind = self._other
            self._by_ending[ending] = kind
        if self._is_forced:
            return kind
        if kind.formats and all(known.name == "sql" for known in kind.formats):
            return self._as_sql
        nameless = not kind.formats or (kind is self._other and not is_packed_sql(name))
        return self._any_name if named and nameless else kind


class Looked(NamedTuple):
    """What a look through a large file tells.

    refusal: why it is not read. holding: the formats with a word in it, if known. claimant: the one that claims it, if
    its beginning tells.
    """

    refusal: Fault | str | None = None
    holding: Sequence[Format] | None = None
    claimant: Format | None = None


class _Kind:
    """The formats that have files of some name."""

    __slots__ = ("_sieve", "formats", "is_yaml", "least", "most", "own")

    def __init__(self, formats: Sequence[Format], *, own: Format | None = None) -> None:
        self.formats = formats
        alone = own is None and len(formats) == 1 and not formats[0].any_name
        self.own = formats[0] if alone else own  # the one that the name alone tells
        self.is_yaml = any(known.is_yaml for known in formats)
        self.least = min((known.max_bytes for known in formats), default=0)
        self.most = max((known.max_bytes for known in formats), default=0)
        self._sieve = Sieve([known.words for known in formats])

    def holding(self, data: bytes) -> list[Format]:
        """Return the formats with a word in a file's bytes."""
        return [self.formats[place] for place in self._sieve.matches(data)]

    def holding_in(self, pieces: Iterable[bytes]) -> list[Format]:
        """Return the formats whose words stand in a file's pieces. All, where words are no bytes in it."""
        found: set[int] = set()
        for piece in pieces:
            if marked_wide(piece) or (self.is_yaml and hides_letters(piece)):
                return [*self.formats]
            found.update(self._sieve.matches(piece))
            if len(found) == len(self.formats):
                break
        return [self.formats[place] for place in sorted(found)]

    def second_look(self, path: str, text: str, *, named: bool) -> Format | None:
        """Return the format of YAML that is written in an unusual way.

        Its content in the usual style is what formats are asked about. Of a file that was named, its name decides where
        it can be of one format alone.
        """
        if named and self.own is not None:
            return self.own
        if not self.is_yaml or not (named or written_otherwise(path, text)):
            return None
        from grantlint.reader.yaml.blanking import blanked, has_templates  # noqa: PLC0415 - as the next
        from grantlint.reader.yaml.outline import outline  # noqa: PLC0415 - few files are parsed before they are claimed

        plain = outline(text)
        if has_templates(text):
            plain = outline(blanked(text)) or plain
        return next((known for known in self.holding(plain.encode()) if known.claims(path, plain)), None)


def _no_yaml(path: str, text: str) -> Fault | None:
    """Return what keeps a file of YAML or JSON from being read; None where nothing does, or a template may mend it.

    Nobody knows what in it is a secret, so none of it is shown.
    """
    from grantlint.reader.yaml.blanking import has_templates  # noqa: PLC0415 - few files are named in vain
    from grantlint.reader.yaml.nodes import documents  # noqa: PLC0415 - as above

    if len(text) > _LOOKED_THROUGH or has_templates(text):
        return None
    source = Source(path, text)
    source.hide(0, len(text))
    return next((root for root in documents(source) if isinstance(root, Fault)), None)


def _by_first_line(formats: Sequence[Format], path: str, text: str) -> Sequence[Format]:
    """Return formats, those without suffixes first for a bare script. It is one by its first line."""
    if not text.startswith("#!") or not is_bare(path):
        return formats
    return sorted(formats, key=lambda known: not known.without_suffix)


def _forced(name: str) -> Format:
    known = format_named(name)
    if known is None:
        raise UsageError(f"no format is named {name!r}; known: {', '.join(known.name for known in FORMATS)}")
    return known


def too_large(path: str, size: str, limit: int) -> Fault:
    """Return the finding that a file is too large. `limit`: in bytes."""
    message = f"the file holds {size}, and no more than {limit / 1_000_000:,.0f} MB are read"
    return fault("file-too-large", path, message, "Split it, or leave it out.")


def fault(rule: str, path: str, message: str, remedy: str = "", line: int = 1, column: int = 1) -> Fault:
    """Return a finding at a line and column of an unread file. Its text is blank, so nothing of the file is shown."""
    blank = Source(path, "\n" * (line - 1) + " " * column)
    at = len(blank.text) - 1
    return Fault(rule, message, Span(blank, at, at), remedy or "Make it readable, or leave it out.")
