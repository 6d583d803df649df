"""Values as a file or the environment gives them, held against what their setting takes."""

from collections.abc import Collection, Mapping

from grantlint.platform.errors import ConfigError, UsageError
from grantlint.platform.pattern import Pattern
from grantlint.platform.typed import cast
from grantlint.run.configuration.keys import BY_KEY, IN_FILES
from grantlint.run.configuration.kinds import (
    VERSION,
    Choice,
    Counts,
    Key,
    Kind,
    Levels,
    Plain,
    Setting,
    Tables,
    WordsOrTables,
)
from grantlint.run.configuration.toml.file import ConfigFile, in_words
from grantlint.run.configuration.toml.lines import Path

_FORMS = {Plain.NUMBER: Pattern(r"[0-9]{1,9}"), Plain.VERSION: Pattern(VERSION)}
MOST = 10**9
_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


def taken_of(file: ConfigFile) -> Mapping[str, object]:
    """Return a file's settings by key, in their own shapes.

    Raises ConfigError with the place of a slip. Texts and lists of texts are tuples of texts, tables are mappings,
    several tables a tuple of mappings.
    """
    for key in file.table:
        if key not in BY_KEY or not BY_KEY[key].in_file:
            _refuse(file, (), key, [setting.key for setting in IN_FILES])
    return {key: _taken(value, BY_KEY[key].kind, file, (key,)) for key, value in file.table.items()}


def _taken(value: object, kind: Kind, file: ConfigFile, at: Path) -> object:
    match kind:
        case Plain():
            return _plain(value, kind, file, at)
        case Choice(words):
            if not isinstance(value, str) or value not in words:
                raise ConfigError(f"{file.place(*at)} takes one of {', '.join(words)}, not {value!r}")
            return value
        case Levels():
            one = Choice(kind.words)
            return {name: _taken(each, one, file, (*at, name)) for name, each in _table(value, file, at).items()}
        case Counts(number):
            return {name: _plain(each, number, file, (*at, name)) for name, each in _table(value, file, at).items()}
        case WordsOrTables(keys):
            return _taken(value, Tables(keys) if _has_tables(value) else Plain.WORDS, file, at)
        case Tables(keys):
            return tuple(
                _by_keys(one, keys, file, (*at, number)) for number, one in enumerate(_tables(value, file, at))
            )


def _has_tables(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in cast("list[object]", value))


def _plain(value: object, kind: Plain, file: ConfigFile, at: Path) -> object:
    match kind:
        case Plain.RULES:
            return tuple(_table(one, file, (*at, number)) for number, one in enumerate(_tables(value, file, at)))
        case Plain.SCALARS:
            table = _table(value, file, at)
            wrong = next((key for key, one in table.items() if not isinstance(one, str | int | bool)), None)
            if wrong is not None:
                raise ConfigError(f"{file.place(*at, wrong)} takes a text, a whole number, true or false")
            return table
        case Plain.WORDS:
            listed = cast("list[object]", value) if isinstance(value, list) else [value]
            fits = all(isinstance(word, str) for word in listed)
            value = tuple(listed)
        case Plain.TEXT:
            fits = isinstance(value, str)
        case Plain.VERSION:
            fits = isinstance(value, str) and (not value or _FORMS[kind].fullmatch(value) is not None)
        case Plain.FLAG:
            fits = isinstance(value, bool)
        case Plain.NUMBER:
            fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MOST
    if not fits:
        raise ConfigError(f"{file.place(*at)} takes {kind.value}")
    return value


def _tables(value: object, file: ConfigFile, at: Path) -> list[object]:
    if not isinstance(value, list):
        raise ConfigError(f"{file.place(*at)} is a list of tables: write [[{at[-1]}]] above each")
    return cast("list[object]", value)


def _table(value: object, file: ConfigFile, at: Path) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ConfigError(f"{file.place(*at)} must be a table")
    return cast("dict[str, object]", value)


def _by_keys(value: object, keys: Collection[Key], file: ConfigFile, at: Path) -> Mapping[str, object]:
    table = _table(value, file, at)
    kinds = {key.key: key.kind for key in keys}
    for key in table:
        if key not in kinds:
            _refuse(file, at, key, [*kinds])
    missing = next((key.key for key in keys if key.required and not table.get(key.key)), None)
    if missing is not None:
        raise ConfigError(f"{file.place(*at)} has no {missing}")
    return {key: _taken(each, kinds[key], file, (*at, key)) for key, each in table.items()}


def _refuse(file: ConfigFile, table: Path, key: str, known: Collection[str]) -> None:
    """Raise ConfigError for a key that nothing knows."""
    from grantlint.platform.nearest import hint  # noqa: PLC0415 - only for a slip

    within = f"{in_words(table)}: no key" if table else "no setting"
    line = file.line((*table, key))
    raise ConfigError(f"{file.path}:{line}: {within} is named {key!r}; {hint(key, known)}")


def said(setting: Setting, text: str, name: str) -> object:
    """Return the value of a setting's text.

    The text is the environment's or an option's. Raises UsageError with the name of who says it.
    """
    words = tuple(word for piece in text.split(",") if (word := piece.strip()))
    match setting.kind:
        case Plain.WORDS | WordsOrTables():
            if not words:
                raise UsageError(f"{name} is given without a word in it")
            return words
        case Plain.FLAG:
            if text.lower() not in (*_YES, *_NO):
                raise UsageError(f"{name} takes {_YES[0]} or {_NO[0]}, not {text!r}")
            return text.lower() in _YES
        case Plain.NUMBER | Plain.VERSION:
            if not _FORMS[setting.kind].fullmatch(text):
                raise UsageError(f"{name} takes {setting.kind.value}, not {text!r}")
            return int(text) if setting.kind is Plain.NUMBER else text
        case Choice(known):
            if text not in known:
                raise UsageError(f"{name} takes one of {', '.join(known)}, not {text!r}")
            return text
        case _:
            return text
