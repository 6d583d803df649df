"""A configuration file: its bytes, the table in it that is grantlint's, and where its keys stand."""

import os
from collections.abc import Mapping
from functools import cache

from grantlint.platform.errors import ConfigError
from grantlint.platform.opening import TooLargeError, open_file, read_opened
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import cast
from grantlint.run.configuration.toml import PROJECT_FILE
from grantlint.run.configuration.toml.lines import Path, lines_of

_INSIDE_PROJECT: Path = ("tool", "grantlint")
_MAX_BYTES = 1 << 22


class ConfigFile(NamedTuple):
    """A configuration file's text, and its table of settings."""

    path: str
    text: str
    table: Mapping[str, object]

    @property
    def folder(self) -> str:
        """The folder that paths in it are relative to."""
        return os.path.dirname(self.path)

    def line(self, keys: Path) -> int:
        """Return the line of a key, from 1.

        Where it has none, that of the innermost table or key that holds it.
        """
        lines = _lines(self.text)
        keys = (*_INSIDE_PROJECT, *keys) if os.path.basename(self.path) == PROJECT_FILE else keys
        return next((lines[keys[:end]] for end in range(len(keys), 0, -1) if keys[:end] in lines), 1)

    def place(self, *keys: str | int) -> str:
        """Return a key's place in words, such as `grantlint.toml:3: severity.any-host`."""
        return f"{self.path}:{self.line(keys)}: {in_words(keys)}"


@cache
def _lines(text: str) -> Mapping[Path, int]:
    return lines_of(text)


def in_words(keys: Path) -> str:
    """Return a key as a person names it.

    Such as `severity.any-host`, `[[path]] number 2: globs`.
    """
    said = ""
    for key in keys:
        if isinstance(key, int):
            said = f"[[{said}]] number {key + 1}"
        elif said.startswith("[["):
            said += f": {key}"
        else:
            said += f".{key}" if said else key
    return said


def config_file(path: str, data: bytes | None = None) -> ConfigFile:
    """Return the configuration file at a path.

    data: its bytes, if they are not to be read. Raises ConfigError for what cannot be read or is no TOML.
    """
    data = bytes_of(path) if data is None else data
    table = parsed(path, data)
    if os.path.basename(path) == PROJECT_FILE:
        for key in _INSIDE_PROJECT:
            table = _table(table.get(str(key), {}), path, str(key))
    return ConfigFile(path, data.decode(), table)


def _table(value: object, path: str, key: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ConfigError(f"{path}: {key} must be a table")
    return cast("dict[str, object]", value)


def parsed(path: str, data: bytes) -> Mapping[str, object]:
    """Return the TOML of a file, raising ConfigError where it is none."""
    import tomllib  # noqa: PLC0415 - 3 ms, only where there is a file

    try:
        return cast("Mapping[str, object]", tomllib.loads(data.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from error
    except ValueError as error:  # Python reads no number of thousands of digits
        raise ConfigError(f"{path} holds a number with too many digits") from error
    except RecursionError as error:
        raise ConfigError(f"{path} nests too deep to be read") from error


def bytes_of(path: str) -> bytes:
    """Return the bytes of a file.

    Raises ConfigError where it cannot be read or holds too much.
    """
    try:
        opened = open_file(path, follow=True)
        try:
            return read_opened(opened, _MAX_BYTES)
        finally:
            os.close(opened.handle)
    except TooLargeError as error:
        most = f"{_MAX_BYTES / 1_000_000:,.0f} MB"
        raise ConfigError(f"{path} holds {error}, and no more than {most} are read") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror or error}") from error
