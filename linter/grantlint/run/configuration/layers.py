"""Which value of a setting holds: the command line's, else the environment's, else the file's, else the default."""

from collections.abc import Mapping, Sequence

from grantlint.platform.errors import UsageError
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING, cast
from grantlint.run.configuration.keys import BY_KEY, SETTINGS
from grantlint.run.configuration.kinds import Setting
from grantlint.run.configuration.taking import said, taken_of
from grantlint.run.configuration.toml.file import ConfigFile

if TYPE_CHECKING:
    from grantlint.reader.tree.revision import Revision


class Held(NamedTuple):
    """The value of a setting, and who says it.

    origins: such as `grantlint.toml:3`, `--select`, `GRANTLINT_SELECT`; none for a default. in_file: what the file
    alone says, whether that holds or not; None where it says nothing.
    """

    value: object
    origins: tuple[str, ...] = ()
    in_file: object = None
    by_caller: bool = False


class Holding(NamedTuple):
    """Each setting's value by its key, and the file read.

    named_by: by what the file was named, '' where the paths find it. revision: where the file was read; touched: what
    the work tree has otherwise, a clause each.
    """

    file: ConfigFile | None
    named_by: str
    held: Mapping[str, Held]
    revision: "Revision | None" = None
    touched: tuple[str, ...] = ()


class Caller(NamedTuple):
    """The options and the environment of a caller.

    given: the options by name, as argparse has them.
    """

    given: Mapping[str, object]
    environment: Mapping[str, str]


def held(file: ConfigFile | None, caller: Caller) -> dict[str, Held]:
    """Return the value that holds for each setting.

    Raises ConfigError or UsageError for what cannot be taken.
    """
    in_file: Mapping[str, object] = taken_of(file) if file is not None else {}
    return {setting.key: _held(setting, in_file.get(setting.key), file, caller) for setting in SETTINGS}


def _held(setting: Setting, in_file: object, file: ConfigFile | None, caller: Caller) -> Held:
    said_by: list[tuple[object, str]] = []
    if in_file is not None and file is not None:
        said_by.append((in_file, f"{file.path}:{file.line((setting.key,))}"))
    number = len(said_by)
    said_by += _said_by(setting, caller)
    if not said_by:
        return Held(setting.default)
    by_caller = len(said_by) > number
    if setting.adds:
        words = [word for value, _ in said_by for word in cast("Sequence[str]", value)]
        return Held(tuple(words), tuple(origin for _, origin in said_by), in_file, by_caller)
    value, origin = said_by[-1]
    return Held(value, (origin,), in_file, by_caller)


def _said_by(setting: Setting, caller: Caller) -> list[tuple[object, str]]:
    """Return what the environment says and then what the command line says; an empty variable says nothing."""
    found: list[tuple[object, str]] = []
    text = caller.environment.get(setting.variable) if setting.variable else None
    if text:
        found.append((said(setting, text, setting.variable), setting.variable))
    given = caller.given.get(setting.attribute) if setting.option else None
    if isinstance(given, list):
        words = cast("list[str]", given)
        if words:
            found.append((_words(setting, words), setting.option))
    elif isinstance(given, str):
        found.append((said(setting, given, setting.option), setting.option))
    elif given is True:
        found.append((given, setting.option))
    if setting.option and caller.given.get(f"no_{setting.attribute}"):
        found.append(("", setting.option.replace("--", "--no-", 1)))
    return found


def _words(setting: Setting, given: Sequence[str]) -> tuple[str, ...]:
    """Return the words of an option that may be repeated and may hold several, with commas between them."""
    if setting.whole:
        return tuple(given)
    words = tuple(word for each in given for piece in each.split(",") if (word := piece.strip()))
    if not words:
        raise UsageError("an option is given without a word in it: --server, --select and --ignore take names")
    return words


def said_of(caller: Caller, key: str) -> str:
    """Return the caller's text for a setting, '' for none."""
    return next((str(value) for value, _ in reversed(_said_by(BY_KEY[key], caller))), "")


def named_file(caller: Caller) -> tuple[str, str] | None:
    """Return the configuration that the caller names, and by what.

    '' for none at all; None where the paths find it. The command line goes before the environment, and to read none
    before a name.
    """
    for said_by in (Caller(caller.given, {}), Caller({}, caller.environment)):
        for setting in (BY_KEY["isolated"], BY_KEY["config"]):
            for value, origin in _said_by(setting, said_by):
                if value:
                    return ("" if value is True else str(value)), origin
    return None
