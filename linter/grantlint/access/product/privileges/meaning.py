"""What a server takes for a privilege: is the name known, at which levels, what does ALL stand for.

Everything is read from the table in access.catalogue; the answers for one product and version are made once.
"""

from functools import lru_cache

from grantlint.access.product.catalogue import ALIASES, DYNAMIC, MARIADB, MEANT, MYSQL, SUPER_IMPLIES, Entry, Version
from grantlint.model.privilege import ALL, GRANT_OPTION, PROXY, USAGE, Privilege, normalise
from grantlint.model.scope import Level
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Protocol

_LETTERS = {"g": Level.GLOBAL, "d": Level.DATABASE, "t": Level.TABLE, "c": Level.COLUMN, "r": Level.ROUTINE}
_EVERY_LEVEL = "gdtr"
_OBJECT_LEVELS = (Level.GLOBAL, Level.DATABASE, Level.TABLE, Level.ROUTINE)


class Server(Protocol):
    """The product and version for which the catalogue is asked.

    The product is "mysql" or "mariadb".
    """

    @property
    def product(self) -> str:
        """The product whose rules hold."""
        ...

    @property
    def version(self) -> Version:
        """The release, most significant number first."""
        ...


class _Privileges(NamedTuple):
    entries: dict[str, Entry]
    aliases: dict[str, str]
    levels: dict[str, frozenset[Level]]
    everything: dict[Level, tuple[str, ...]]
    implied_by_super: tuple[str, ...]


@lru_cache(maxsize=64)
def _privileges(product: str, version: Version) -> _Privileges:
    table = MARIADB if product == "mariadb" else MYSQL + DYNAMIC
    entries = {entry.name: entry for entry in table if entry.since <= version < entry.until}
    aliases = {spelling: name for spelling, name, since in ALIASES[product] if since <= version}
    levels = {name: frozenset(_LETTERS[letter] for letter in entry.levels) for name, entry in entries.items()}
    everything = {
        level: tuple(n for n, entry in entries.items() if level in levels[n] and entry.group != "component")
        for level in _OBJECT_LEVELS
    }
    for name in (ALL, USAGE, GRANT_OPTION):
        levels[name] = frozenset(_LETTERS[letter] for letter in _EVERY_LEVEL)
    levels[PROXY] = frozenset((Level.PROXY,))
    implied: tuple[str, ...] = ()
    if product == "mariadb":
        implied = tuple(name for name, until in SUPER_IMPLIES if version < until and name in entries)
    return _Privileges(entries, aliases, levels, everything, implied)


def canonical(privilege: str, target: Server) -> str:
    """Return the server's own name for a privilege.

    Spelling is normalised, and aliases of that version are resolved.

    >>> from types import SimpleNamespace
    >>> canonical("replication client", SimpleNamespace(product="mariadb", version=(10, 11, 19)))
    'BINLOG MONITOR'
    """
    name = normalise(privilege)
    return _privileges(target.product, target.version).aliases.get(name, name)


def known(privilege: str, target: Server) -> bool:
    """Return whether a server knows the privilege.

    ALL, USAGE, GRANT OPTION, PROXY are known. Privileges of MySQL's optional components count as known.
    """
    return canonical(privilege, target) in _privileges(target.product, target.version).levels


def levels_of(privilege: str, target: Server) -> frozenset[Level]:
    """Return the levels at which the privilege can be granted.

    None if the server does not know it.
    """
    levels = _privileges(target.product, target.version).levels
    return levels.get(canonical(privilege, target), frozenset())


def expand_all(target: Server, level: Level) -> tuple[str, ...]:
    """Return the privileges that ALL stands for at a level.

    In the catalogue's order; never GRANT OPTION or PROXY. Nothing at the levels that take no ALL (columns, PROXY). On
    MySQL 8.0 and later `*.*` has the dynamic privileges that a server registers without optional components.
    """
    return _privileges(target.product, target.version).everything.get(level, ())


def expand(privilege: str, target: Server, level: Level) -> tuple[str, ...]:
    """Return the privileges that a name in a grant gives.

    ALL is expanded, USAGE gives nothing, another name gives itself.
    """
    name = canonical(privilege, target)
    if name == ALL:
        return expand_all(target, level)
    return () if name == USAGE else (name,)


def is_dynamic(privilege: str, target: Server) -> bool:
    """Return whether a privilege is one of MySQL's dynamic ones.

    They exist on `*.*` only.
    """
    entry = _privileges(target.product, target.version).entries.get(canonical(privilege, target))
    return entry is not None and entry.group != "static"


def implied_by(privilege: str, target: Server) -> tuple[str, ...]:
    """Return the further privileges that this one implies.

    SUPER has such on MariaDB before 11.0.
    """
    if canonical(privilege, target) != "SUPER":
        return ()
    return _privileges(target.product, target.version).implied_by_super


class Effect(NamedTuple):
    """The privileges that one privilege of a GRANT gives.

    `columns`: on which, or on all that the grant is on where there are none.
    """

    columns: tuple[str, ...]
    privileges: tuple[str, ...]


def effects(privileges: tuple[Privilege, ...], target: Server, level: Level) -> tuple[Effect, ...]:
    """Return what each privilege of a GRANT or REVOKE stands for."""
    return _effects(privileges, target.product, target.version, level)


class _Version(NamedTuple):
    product: str
    version: Version


@lru_cache(maxsize=4096)
def _effects(privileges: tuple[Privilege, ...], product: str, version: Version, level: Level) -> tuple[Effect, ...]:
    target = _Version(product, version)
    return tuple([Effect(columns, expand(name, target, level)) for name, columns in privileges])


def nearest(privilege: str, target: Server) -> str | None:
    """Return the known privilege that an unknown name means, or None.

    It is the likeliest.

    >>> from types import SimpleNamespace
    >>> nearest("ROLE ADMIN", SimpleNamespace(product="mysql", version=(8, 0, 46)))
    'ROLE_ADMIN'
    """
    levels = _privileges(target.product, target.version).levels
    name = canonical(privilege, target)
    for meant in MEANT.get(name, ()):
        if meant in levels:
            return meant
    by_letters = {_letters(known_name): known_name for known_name in levels}
    if (same := by_letters.get(_letters(name))) is not None:
        return same
    from difflib import get_close_matches  # noqa: PLC0415 - needed for a mistake only, and slow to import

    close = get_close_matches(_letters(name), by_letters, 1, 0.75)
    return by_letters[close[0]] if close else None


def _letters(name: str) -> str:
    return name.replace(" ", "").replace("_", "").replace("-", "")
