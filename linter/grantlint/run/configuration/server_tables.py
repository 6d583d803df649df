"""`[[server]]` and the administrators of `[[path]]`, as facts of the servers that files declare."""

from collections.abc import Iterator, Mapping, Sequence

from grantlint.access import parse_target
from grantlint.model import ServerFacts
from grantlint.model.location import Located, Source
from grantlint.platform.errors import ConfigError, TargetError
from grantlint.platform.globs import Globs
from grantlint.platform.nearest import hint
from grantlint.platform.typed import cast
from grantlint.reader.leaf.server_option import ACCOUNT_SETTINGS, option
from grantlint.run.configuration.toml.file import ConfigFile
from grantlint.run.configuration.toml.lines import Path
from grantlint.servers.configured import ConfiguredServer

_EVERYWHERE = (".",)
Table = Mapping[str, object]


def of_servers(tables: Sequence[Table], file: ConfigFile) -> Iterator[ConfiguredServer]:
    """Yield the servers of a configuration's `[[server]]` tables.

    Raises ConfigError for a product or a setting that does not exist.
    """
    source = Source(file.path, file.text)
    for number, table in enumerate(tables):
        at: Path = ("server", number)
        product = cast("str | None", table.get("product"))
        facts = ServerFacts(
            _located("", source, file, at).span,
            product=_product(product, source, file, (*at, "product")) if product is not None else None,
            settings=dict(_settings(cast("Table", table.get("settings") or {}), source, file, (*at, "settings"))),
            administrators=_administrators(table, source, file, at),
        )
        paths = cast("tuple[str, ...]", table.get("paths") or _EVERYWHERE)
        yield ConfiguredServer(Globs(paths, file.folder), facts, str(table.get("name") or ""))


def of_paths(tables: Sequence[Table], file: ConfigFile) -> Iterator[ConfiguredServer]:
    """Yield what `[[path]]` entries say of the servers that their files declare."""
    source = Source(file.path, file.text)
    for number, table in enumerate(tables):
        at: Path = ("path", number)
        named = _administrators(table, source, file, at)
        if named:
            facts = ServerFacts(_located("", source, file, at).span, administrators=named)
            yield ConfiguredServer(Globs(cast("tuple[str, ...]", table["globs"]), file.folder), facts)


def _product(name: str, source: Source, file: ConfigFile, at: Path) -> Located[str]:
    try:
        parse_target(name)
    except TargetError as error:
        raise ConfigError(f"{file.place(*at)}: {error}") from error
    return _located(name, source, file, at)


def _settings(table: Table, source: Source, file: ConfigFile, at: Path) -> Iterator[tuple[str, Located[str]]]:
    for name, value in table.items():
        words = str(value)
        if isinstance(value, bool):
            words = "ON" if value else "OFF"
        stands_for = option(name, words)
        if stands_for is None:
            near = hint(name.lower().replace("-", "_"), sorted(ACCOUNT_SETTINGS))
            raise ConfigError(f"{file.place(*at, name)}: no setting of a server that decides about accounts; {near}")
        yield stands_for.name, _located(stands_for.value, source, file, (*at, name))


def _administrators(table: Table, source: Source, file: ConfigFile, at: Path) -> tuple[Located[str], ...]:
    names = cast("tuple[str, ...]", table.get("administrators") or ())
    return tuple(_located(name, source, file, (*at, "administrators")) for name in names)


def _located(value: str, source: Source, file: ConfigFile, at: Path) -> Located[str]:
    """Return a value at the line of its key."""
    start, end = source.line_bounds(file.line(at))
    return Located(value, source, start, end)
