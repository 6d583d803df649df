"""What a server answers to a GRANT: which privileges it refuses at which level, and with which error."""

from collections.abc import Sequence
from functools import lru_cache

from grantlint.access.product.catalogue import Version
from grantlint.access.product.platforms import kept
from grantlint.access.product.privileges.meaning import Server, canonical, is_dynamic, levels_of
from grantlint.model.privilege import ALL, GRANT_OPTION, PROXY, Privilege, is_words
from grantlint.model.scope import Level
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import Protocol


class Managed(Server, Protocol):
    """A server, and by whom it is managed."""

    @property
    def platform(self) -> str:
        """The platform, '' where there is none."""
        ...


class Refusal(NamedTuple):
    """The error with which a server answers a GRANT.

    The message is the server's own.
    """

    errno: int
    message: str


def refusal(privilege: str, target: Managed, level: Level, *, columns: bool = False) -> Refusal | None:
    """Return the server's error for a GRANT at a level, or None.

    `columns` says that a column list stands after the privilege. A privilege of an optional component is taken, since
    nobody can see from here whether it is installed. Measured on MySQL 5.6.24 and 9.7.4 and on MariaDB 10.11.19 and
    11.8.9 (grammar, items 16 to 19).
    """
    name = canonical(privilege, target)
    if level is Level.GLOBAL and kept_by(name, target):
        return _NOT_HELD
    levels = levels_of(name, target)
    if not levels or name == PROXY:
        return _unknown(name, target, level)
    if is_dynamic(name, target):  # a column list after it is read and forgotten
        return None if level is Level.GLOBAL else _not_below_global(name)
    if columns:
        return _of_columns(name, levels, level)
    if level in levels:
        return None
    return _GLOBAL_ONLY if level is Level.DATABASE else _ILLEGAL


def _of_columns(name: str, levels: frozenset[Level], level: Level) -> Refusal | None:
    if Level.COLUMN not in levels or level is Level.ROUTINE:
        return _syntax_error(name)
    return None if level is Level.TABLE else _ILLEGAL


def kept_by(privilege: str, target: Managed) -> str:
    """Return the platform that keeps a privilege to itself, '' for none.

    It keeps all of the global level as well, which holds that privilege.
    """
    return target.platform if canonical(privilege, target) in (ALL, *kept(target)) else ""


def beside_all(privileges: Sequence[Privilege]) -> int | None:
    """Return the position of the first privilege wrongly beside ALL.

    None if there is none; it is error 1064 everywhere. The grammar has ALL or a list; GRANT in a list of a tool is the
    grant option, and no part of it.
    """
    every = next((number for number, one in enumerate(privileges) if one.name == ALL), None)
    if every is None:
        return None
    others = (number for number, one in enumerate(privileges) if number != every and one.name != GRANT_OPTION)
    return next(others, None)


def is_refused(privileges: tuple[Privilege, ...], target: Managed, level: Level) -> bool:
    """Return whether a server answers a GRANT of privileges with an error."""
    return _is_refused(privileges, target.product, target.version, target.platform, level)


class _Version(NamedTuple):
    product: str
    version: Version
    platform: str = ""


@lru_cache(maxsize=4096)
def _is_refused(privileges: tuple[Privilege, ...], product: str, version: Version, platform: str, level: Level) -> bool:
    target = _Version(product, version, platform)
    if beside_all(privileges) is not None:
        return True
    return any(refusal(name, target, level, columns=bool(columns)) for name, columns in privileges)


def _unknown(name: str, target: Server, level: Level) -> Refusal:
    if target.product != "mysql" or target.version < _WORDS_ARE_NAMES or " " in name or name in _NO_NAMES:
        return _syntax_error(name)
    return _NO_SUCH_NAME if level is Level.GLOBAL else _not_below_global(name)


def _syntax_error(name: str) -> Refusal:
    near = f" near '{name}'" if is_words(name) else ""
    return Refusal(1064, f"You have an error in your SQL syntax{near}")


def _not_below_global(name: str) -> Refusal:
    return Refusal(3619, f"Illegal privilege level specified for {name if is_words(name) else 'this'}")


# From here on any single word stands for a dynamic privilege, except those that SQL keeps to itself.
_WORDS_ARE_NAMES = (8, 0)
_NO_NAMES = frozenset({
    "ANALYZE", "CALL", "EXPLAIN", "GRANT", "KILL", "LOAD", "LOCK", "OPTIMIZE", "PROXY", "READ", "REPLICATION", "SHOW",
    "TABLE", "USE", "WRITE",
})  # fmt: skip
_NO_SUCH_NAME = Refusal(1149, "You have an error in your SQL syntax")
_GLOBAL_ONLY = Refusal(1221, "Incorrect usage of DB GRANT and GLOBAL PRIVILEGES")
NOT_HELD = 1045
_NOT_HELD = Refusal(NOT_HELD, "Access denied for user (using password: YES)")
"""What an administrator gets who lacks what he grants on `*.*` (facts: I23)."""
_ILLEGAL = Refusal(1144, "Illegal GRANT/REVOKE command; please consult the manual to see which privileges can be used")
