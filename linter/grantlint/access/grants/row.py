"""One row of the grant tables: what one grantee holds at one scope, what gave it, and which of several comes first.

Each version has an order over host, database and user: less is tried first; equal is a tie, whose winner depends on the
order of the statements, on FLUSH and on restarts. Facts: I2; read in MySQL's sql_auth_cache.cc (ACL_compare, get_sort)
and MariaDB's sql_acl.cc (acl_db_compare, get_magic_sort "hdu").
"""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache

from grantlint.access.accounts.order import host_key, magic_value, prefix_value
from grantlint.access.host.value import HostValue
from grantlint.model.scope import Level, Scope
from grantlint.model.sql import account

_DATABASE_LENGTH = 64
Key = tuple[int, ...]
Grantee = tuple[str, str]
"""User and host as stored; a MariaDB role is (name, "")."""
Origins = list[object]
"""What gave a privilege, in order. It grows while statements are taken."""


class GrantRow:
    """A grantee's privileges at one scope.

    It is one row of mysql.user, db, tables_priv, procs_priv or proxies_priv. `privileges` maps each to the origins that
    gave it, `columns` each column to such a map; `denied` and `denied_columns` are what DENY of MariaDB keeps from the
    grantee there, likewise (facts: M3); `index` tells rows of equal rank apart: those that were made first
    come first.
    """

    __slots__ = ("_rank", "columns", "denied", "denied_columns", "index", "privileges", "scope", "user", "value")

    def __init__(self, user: str, value: HostValue, scope: Scope, index: int = 0) -> None:
        self.user = user
        self.value = value
        self.scope = scope
        self.index = index
        self.privileges: dict[str, Origins] = {}
        self.columns: dict[str, dict[str, Origins]] = {}
        self.denied: dict[str, Origins] = {}
        self.denied_columns: dict[str, dict[str, Origins]] = {}
        self._rank: Key | None = None

    @property
    def rank(self) -> Key:
        """The sort key among the rows that one look-up finds.

        Less is tried first, equal is a tie.
        """
        if self._rank is None:
            database = self.scope.level is Level.DATABASE
            found = (
                _database_key(self.value, self.scope.database, self.user) if database else (_object_key(self.value),)
            )
            self._rank = found
        return self._rank

    @property
    def host(self) -> str:
        """The host value as stored; '' for a MariaDB role."""
        return self.value.text

    @property
    def grantee(self) -> Grantee:
        """User and host as stored."""
        return self.user, self.value.text

    @property
    def gives(self) -> bool:
        """Whether it gives anything."""
        return bool(self.privileges or self.columns)

    @property
    def denies(self) -> bool:
        """Whether it keeps anything from the grantee."""
        return bool(self.denied or self.denied_columns)

    def denial(self, names: Iterable[str], column: str | None = None) -> Origins:
        """Return what denies one of these privileges.

        On the column, if one is named.
        """
        of_column = self.denied_columns.get(column, {}) if column else {}
        return [origin for name in names for origin in (*self.denied.get(name, ()), *of_column.get(name, ()))]

    @property
    def origins(self) -> tuple[object, ...]:
        """Everything that gave a privilege of this row, each once, in order."""
        maps = (self.privileges, *self.columns.values())
        distinct = {id(origins): origins for given in maps for origins in given.values()}.values()
        return tuple(dict.fromkeys(origin for origins in distinct for origin in origins))

    def take(self, column: str, names: Iterable[str]) -> None:
        """Take privileges on a column away; a column without any is forgotten."""
        held = self.columns.get(column, {})
        remove(held, names)
        if not held:
            self.columns.pop(column, None)

    def __str__(self) -> str:
        return f"{self.scope} TO {shown(self.grantee)}"

    def __repr__(self) -> str:
        return f"GrantRow({', '.join(self.privileges)} ON {self})"


@lru_cache(maxsize=1 << 14)
def _database_key(value: HostValue, database: str, user: str) -> Key:
    """Return the sort key of a row of mysql.db.

    The host counts first, then the database, then the user: a row for more specific hosts hides one for a
    more specific database, and an anonymous row at a more specific host or database hides a named one.
    """
    traits = value.traits
    if traits.sort_order == "magic":
        pattern = magic_value(database, _DATABASE_LENGTH, traits.magic_cap)
        return (host_key(value), pattern, not user)
    by_text = (-_weight(value.text, value), -_weight(database, value), -_weight(user, value))
    if traits.sort_order == "ip823" and value.network:
        return (host_key(value), *by_text) if traits.equal_networks_sorted else (host_key(value), 0, 0, 0)
    return (host_key(value), *by_text)


def _object_key(value: HostValue) -> int:
    """Return the sort key of a table or routine row.

    It orders rows for the same user, database and name, so that only the host differs. MySQL has no numeric addresses
    here: `table_hash_search` compares the plain sort number.
    """
    if value.traits.sort_order == "magic":
        return host_key(value)
    return -_weight(value.text, value)


def _weight(text: str, value: HostValue) -> int:
    return prefix_value(text, percent_is_last=value.traits.sort_order != "prefix55")


def order_for(user: str) -> Callable[[GrantRow], tuple[object, ...]]:
    """Return the sort key of rows that may serve a user.

    Among those of equal rank the user's own stand first.
    """
    return lambda row: (row.rank, row.user != user, row.index)


def add(privileges: dict[str, Origins], names: Iterable[str], origin: object) -> None:
    """Note the origin of each of these privileges.

    Those that were given together before share one list of origins, which grows in place: a copy for each of as many
    equal grants would cost their square.
    """
    if not privileges:
        _share(privileges, names, [origin])
        return
    together: dict[int, list[str]] = {}
    for name in names:
        together.setdefault(id(privileges.get(name)), []).append(name)
    sharing = Counter(map(id, privileges.values()))
    for shared, same in together.items():
        origins = privileges.get(same[0])
        if origins is not None and len(same) == sharing[shared]:
            origins.append(origin)
        else:
            _share(privileges, same, [*(origins or ()), origin])


def _share(privileges: dict[str, Origins], names: Iterable[str], origins: Origins) -> None:
    for name in names:
        privileges[name] = origins


def remove(privileges: dict[str, Origins], names: Iterable[str]) -> None:
    """Take privileges away, whatever gave them."""
    for name in names:
        privileges.pop(name, None)


def shown(grantee: Grantee) -> str:
    """Return an account as the server writes it.

    Of a MariaDB role that is its name alone.
    """
    user, host = grantee
    return account(user, host) if host or not user else user
