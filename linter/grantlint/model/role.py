"""Roles and who has them."""

from grantlint.model.account import Identity, identity, written
from grantlint.model.grant import Grant
from grantlint.model.location import Flag, Implied, Located, Span, Text
from grantlint.platform.record import NamedTuple


class Membership(NamedTuple):
    """A role granted to an account or another role.

    On MariaDB `host` is None where the grantee is a role.
    """

    role: Text
    user: Text
    host: Text | None
    admin: Flag | None = None  # WITH ADMIN OPTION
    default: Flag | None = None  # active at login
    role_host: Text | None = None  # of MySQL's role; None where none is written, which is `%`

    @property
    def identity(self) -> tuple[Identity, Identity]:
        """A key of role and grantee.

        The grant of a role and what makes it active have the same.
        """
        anywhere = Implied("%", *self.role.span)
        return identity(self.role, self.role_host or anywhere), identity(self.user, self.host or anywhere)


class EveryRole(NamedTuple):
    """An account all of whose roles are active at login.

    That is SET DEFAULT ROLE ALL, which MariaDB does not have.
    """

    user: Text
    host: Text


class Role(NamedTuple):
    """A role with its grants and members.

    `host` is None unless written: MySQL stores '%' then, MariaDB has none.
    """

    name: Text
    host: Text | None
    span: Span
    grants: tuple[Grant, ...] = ()
    members: tuple[Membership, ...] = ()

    def __str__(self) -> str:
        return written(self.name) + (f"@{written(self.host)}" if isinstance(self.host, Located) else "")
