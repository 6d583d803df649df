"""One row of the grant tables: what one grantee holds at one scope, and what gave it."""

from collections import Counter
from collections.abc import Callable, Iterable

from grantlint.access.grants.order import Key, database_key, object_key
from grantlint.access.host.value import HostValue
from grantlint.model.scope import Level, Scope
from grantlint.model.sql import account

Grantee = tuple[str, str]
"""User and host as stored; a MariaDB role is (name, "")."""
Origins = list[object]
"""What gave a privilege, in order. It grows while statements are taken."""


class GrantRow:
    """A grantee's privileges at one scope.

    It is one row of mysql.user, db, tables_priv, procs_priv or proxies_priv. `privileges` maps each to the origins that
    gave it, `columns` each column to such a map; `index` tells rows of equal rank apart: those that were made first
    come first.
    """

    __slots__ = ("_rank", "columns", "index", "privileges", "scope", "user", "value")

    def __init__(self, user: str, value: HostValue, scope: Scope, index: int = 0) -> None:
        self.user = user
        self.value = value
        self.scope = scope
        self.index = index
        self.privileges: dict[str, Origins] = {}
        self.columns: dict[str, dict[str, Origins]] = {}
        self._rank: Key | None = None

    @property
    def rank(self) -> Key:
        """The sort key among the rows that one look-up finds.

        Less is tried first, equal is a tie.
        """
        if self._rank is None:
            database = self.scope.level is Level.DATABASE
            found = database_key(self.value, self.scope.database, self.user) if database else (object_key(self.value),)
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
