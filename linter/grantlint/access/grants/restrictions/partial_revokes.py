"""Partial revokes: global privileges that a grantee lacks on single databases.

Source: MySQL sql/auth/partial_revokes.cc.
"""

from collections.abc import Iterable, Mapping

from grantlint.access.grants.row import Grantee, Origins, add, remove
from grantlint.model.scope import Level, Scope


class Restrictions:
    """For each grantee, database and privilege what took it away."""

    __slots__ = ("_of",)

    def __init__(self) -> None:
        self._of: dict[Grantee, dict[str, dict[str, Origins]]] = {}

    def of(self, grantee: Grantee, database: str) -> Mapping[str, Origins]:
        """Return the privileges that a grantee lacks on a database.

        Each comes with what took it away.
        """
        return self._of.get(grantee, {}).get(database, {})

    def add(self, grantee: Grantee, database: str, privileges: Iterable[str], origin: object) -> None:
        """Keep privileges that the grantee holds globally from a database."""
        add(self._of.setdefault(grantee, {}).setdefault(database, {}), privileges, origin)

    def lift(self, grantee: Grantee, scope: Scope, privileges: Iterable[str]) -> None:
        """End restrictions as a renewed grant does.

        On a database its own end, globally all; a global revoke does the same. So it is for an administrator without
        restrictions.
        """
        restricted = self._of.get(grantee)
        if not restricted or scope.level not in (Level.GLOBAL, Level.DATABASE):
            return
        for database in [*restricted] if scope.level is Level.GLOBAL else [scope.database]:
            remove(restricted.get(database, {}), privileges)

    def forget(self, grantee: Grantee) -> None:
        """End all restrictions of a grantee."""
        self._of.pop(grantee, None)
