"""The table of one rule in a configuration, read key by key: what is wrong with it is said with its place."""

from collections.abc import Collection, Mapping
from fnmatch import fnmatchcase

from grantlint.platform.errors import ConfigError
from grantlint.platform.typed import cast


class Parameters:
    """The table of one rule, read key by key.

    Each key is asked for once, and `done` tells which keys nobody asked for. lines: on which line each key stands, and
    under '' the table; none where nobody knows.
    """

    def __init__(self, table: Mapping[str, object], file: str, name: str, lines: Mapping[str, int]) -> None:
        self._table = table
        self._asked: set[str] = set()
        self._file = file
        self._lines = lines
        self.name = name  # of the table, for who reads an error

    @property
    def where(self) -> str:
        """The place of the table in words."""
        return self._at("")

    def _at(self, key: str) -> str:
        line = self._lines.get(key) or self._lines.get("")
        return f"{self._file}:{line}: {self.name}" if line else f"{self._file}: {self.name}"

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; ConfigError where there is none and no default."""
        value = self._value(key, default)
        if not isinstance(value, str):
            raise ConfigError(f"{self._at(key)}: {key} takes a text, not {value!r}")
        return value

    def number(self, key: str) -> int:
        """Return a whole number from 1; ConfigError for anything else."""
        value = self._value(key, None)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ConfigError(f"{self._at(key)}: {key} takes a whole number from 1, not {value!r}")
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return the texts of a key, one or a list.

        Raises ConfigError where there is none and no default.
        """
        value = self._value(key, default)
        if not isinstance(value, str | list | tuple):
            raise ConfigError(f"{self._at(key)}: {key} takes a text or a list of texts, not {value!r}")
        listed: list[object] = [value] if isinstance(value, str) else [*cast("list[object]", value)]
        texts = [one for one in listed if isinstance(one, str)]
        if len(texts) < len(listed):
            raise ConfigError(f"{self._at(key)}: {key} takes a text or a list of texts")
        return tuple(texts)

    def choice(self, key: str, known: Collection[str], default: str | None = None) -> str:
        """Return one of the known words.

        Raises ConfigError for any other.
        """
        word = self.text(key, default)
        if word not in known:
            raise ConfigError(f"{self._at(key)}: {key} takes one of {', '.join(known)}, not {word!r}")
        return word

    def done(self) -> None:
        """Raise ConfigError for a key that means nothing here."""
        for key in self._table:
            if key not in self._asked:
                from grantlint.platform.nearest import hint  # noqa: PLC0415 - only for a slip

                near = hint(key, sorted(self._asked))
                raise ConfigError(f"{self._at(key)}: this template has no key {key!r}; {near}")

    def _value(self, key: str, default: object) -> object:
        self._asked.add(key)
        if key not in self._table and default is None:
            raise ConfigError(f"{self.where}: {key} is missing")
        return self._table.get(key, default)


def is_named(name: str, globs: Collection[str]) -> bool:
    """Return whether a name matches one of the globs.

    Globs are such as `app-*`; case counts.
    """
    return any(fnmatchcase(name, one) for one in globs)
