"""What holds, setting by setting, with where each value comes from: as lines of TOML, and as an object."""

from collections.abc import Iterator, Mapping

from grantlint.platform.nearest import nearest
from grantlint.platform.typed import cast
from grantlint.run.configuration.keys import SETTINGS
from grantlint.run.configuration.kinds import Setting
from grantlint.run.configuration.layers import Caller, Holding
from grantlint.run.configuration.toml.file import ConfigFile
from grantlint.run.configuration.toml.text import key, written

VERSION = 1
DEFAULT = "default"
_PREFIX = "GRANTLINT_"


def lines(holding: Holding, caller: Caller) -> Iterator[str]:
    """Yield all settings as TOML, each with its origin.

    A configuration may hold it.
    """
    named_by = f" ({holding.named_by})" if holding.named_by else ""
    yield f"# configuration: {holding.file.path if holding.file is not None else 'none'}{named_by}"
    values = [(setting, holding.held[setting.key].value) for setting in SETTINGS]
    for setting, value in values:
        if setting.in_file and value is not None and not _is_table(value):
            yield _line(setting, holding)
    yield from (f"# {_line(setting, holding)}" for setting in SETTINGS if not setting.in_file)
    yield from (f"# {sentence}" for sentence in unknown_variables(caller))
    for setting, value in values:
        if _is_table(value):
            yield from _table(setting.key, value, holding.file)


def as_object(holding: Holding, caller: Caller) -> Mapping[str, object]:
    """Return all settings as an object.

    Of each the value, its origins, and by what a caller may say it.
    """
    return {
        "version": VERSION,
        "configuration": holding.file.path if holding.file is not None else None,
        "configuration_named_by": holding.named_by or None,
        "settings": [
            {
                "key": setting.key,
                "value": holding.held[setting.key].value,
                "origins": holding.held[setting.key].origins,
                "option": setting.option or None,
                "variable": setting.variable or None,
                "in_file": setting.in_file,
            }
            for setting in SETTINGS
        ],
        "remarks": [*unknown_variables(caller)],
    }


def _line(setting: Setting, holding: Holding) -> str:
    origins = ", ".join(holding.held[setting.key].origins) or DEFAULT
    return f"{setting.key} = {written(holding.held[setting.key].value)}  # {origins}"


def _table(name: str, value: object, file: ConfigFile | None) -> Iterator[str]:
    if isinstance(value, tuple):
        for number, one in enumerate(cast("tuple[Mapping[str, object], ...]", value)):
            yield from ("", f"[[{name}]]")
            yield from _keys(one, file, (name, number))
    else:
        yield from ("", f"[{name}]")
        yield from _keys(cast("Mapping[str, object]", value), file, (name,))


def _keys(table: Mapping[str, object], file: ConfigFile | None, at: tuple[str | int, ...]) -> Iterator[str]:
    for name, value in table.items():
        origin = f"  # {file.path}:{file.line((*at, name))}" if file is not None else ""
        yield f"{key(name)} = {written(value)}{origin}"


def _is_table(value: object) -> bool:
    """Return whether a value is a table, or several."""
    several = cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
    return isinstance(value, Mapping) or (bool(several) and isinstance(several[0], Mapping))


def unknown_variables(caller: Caller) -> Iterator[str]:
    """Yield a sentence for each variable likely to be misspelt.

    Its name is nearly that of one that steers.
    """
    known = [setting.variable for setting in SETTINGS if setting.variable]
    for name in sorted(caller.environment):
        meant = nearest(name, known) if name.startswith(_PREFIX) and name not in known else ""
        if meant:
            yield f"{name} is set and steers nothing: did you mean {meant}?"
