"""What a setting takes: one description for the reader of files, the environment, the schema and the guide."""

from enum import Enum

from grantlint.platform.record import NamedTuple

VERSION = r"[0-9]{1,4}(\.[0-9]{1,4}){0,2}"
"""What a version looks like."""


class Plain(Enum):
    """Kinds that need no more words; each value says what is taken."""

    TEXT = "a text"
    WORDS = "a text or a list of texts"
    NUMBER = "a number from 0"
    FLAG = "true or false"
    VERSION = "a version such as 0.3"
    SCALARS = "a table of texts, numbers, true and false"
    RULES = "tables"  # of rules: a template says which keys each takes


class Choice(NamedTuple):
    """One of these words."""

    words: tuple[str, ...]


class Levels(NamedTuple):
    """A table that maps names of one's own to these words."""

    words: tuple[str, ...]


class Counts(NamedTuple):
    """A table that gives names of one's own a number."""

    number: Plain = Plain.NUMBER


class Key(NamedTuple):
    """A key of a table. says: a clause about it; required: whether a table must have it."""

    key: str
    kind: "Kind"
    says: str
    required: bool = False


class Tables(NamedTuple):
    """Tables that all take the same keys."""

    keys: tuple[Key, ...]


class WordsOrTables(NamedTuple):
    """Texts, or tables that all take the same keys."""

    keys: tuple[Key, ...]


Kind = Plain | Choice | Levels | Counts | Tables | WordsOrTables


class Setting(NamedTuple):
    """One setting with its key in a file and its kind.

    says: what it is for, as a clause. default: what holds where nobody says anything, as a file would say it; None for
    what has none. option: of the command line, which goes before the environment (`variable`) and that before the file;
    with `adds` all three count. in_file: whether a file may say it, or the caller alone. whole: a word of the option
    may hold commas.
    """

    key: str
    kind: Kind
    says: str
    default: object = None
    option: str = ""
    adds: bool = False
    in_file: bool = True
    whole: bool = False

    @property
    def attribute(self) -> str:
        """Its name among the options, as argparse makes it."""
        return self.option.lstrip("-").replace("-", "_")

    @property
    def variable(self) -> str:
        """The environment variable that says it, '' where none does."""
        return f"GRANTLINT_{self.attribute.upper()}" if self.option else ""
