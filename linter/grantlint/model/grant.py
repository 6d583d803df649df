"""A grant as declared: privileges on a target, and to whom where it stands apart from the account."""

from enum import Enum

from grantlint.model.location import Flag, Located, Span, Text, Unresolved
from grantlint.model.privilege import ALL, GRANT_OPTION, Privilege
from grantlint.model.scope import Level, Scope
from grantlint.platform.record import NamedTuple

GrantTarget = Located[Scope] | Unresolved
GrantedPrivilege = Located[Privilege] | Unresolved


_STATIC = """
SELECT,INSERT,UPDATE,DELETE,CREATE,DROP,RELOAD,SHUTDOWN,PROCESS,FILE,REFERENCES,INDEX,ALTER,SHOW DATABASES,SUPER
CREATE TEMPORARY TABLES,LOCK TABLES,EXECUTE,REPLICATION SLAVE,CREATE VIEW,SHOW VIEW,CREATE ROUTINE,ALTER ROUTINE
CREATE USER
"""
# Those that every server has, and that include all others that came later, by SUPER.
_EVERY_GLOBAL = frozenset(_STATIC.strip().replace("\n", ",").split(","))


class Naming(Enum):
    """How a format writes the target of a grant.

    It decides what can be written in the target's place.
    """

    STATEMENT = "statement"  # they are the statement's as they stand
    NAMES = "names"  # a tool puts backticks around them
    SHARED = "shared"  # the database that they name is made by them, too
    GIVEN = "given"  # an image makes the grant, and the database, of a word


class SomeDatabase(Unresolved):
    """The target of a grant on a database whose name nobody knows.

    What is said of every database holds of it. Where a template brings `*` after all, more is granted.
    """

    __slots__ = ()

    @classmethod
    def of(cls, name: Unresolved, place: Span | None = None) -> "SomeDatabase":
        """Return the target by an unresolved name of its database."""
        return cls(name.reason, *(place or name.span), same=name.same)


class Grant(NamedTuple):
    """`GRANT privileges ON target`."""

    privileges: tuple[GrantedPrivilege, ...]
    target: GrantTarget
    span: Span
    option: Flag | None = None  # WITH GRANT OPTION
    naming: Naming = Naming.STATEMENT
    repeated: Span | None = None  # where the format wants the target once more

    @property
    def scope(self) -> Scope | None:
        """The target, None where it is unresolved."""
        return self.target.value if isinstance(self.target, Located) else None

    @property
    def level(self) -> Level | None:
        """The target's level, None where nobody knows it."""
        target = self.target
        if isinstance(target, SomeDatabase):
            return Level.DATABASE
        return target.value.level if isinstance(target, Located) else None

    @property
    def known_privileges(self) -> tuple[Privilege, ...] | None:
        """The privileges, None where some are unresolved."""
        known = tuple([leaf.value for leaf in self.privileges if isinstance(leaf, Located)])
        return known if len(known) == len(self.privileges) else None

    def gives_all(self, level: Level) -> bool:
        """Return whether the grant surely gives all privileges of a level."""
        scope = self.scope
        if scope is None or scope.level is not level:
            return False
        if any(_is(leaf, ALL) for leaf in self.privileges):
            return True
        listed = {leaf.value.name for leaf in self.privileges if isinstance(leaf, Located)}
        return level is Level.GLOBAL and listed >= _EVERY_GLOBAL

    @property
    def has_option(self) -> bool:
        """Whether WITH GRANT OPTION is said, beside the privileges."""
        return isinstance(self.option, Located) and self.option.value

    @property
    def option_span(self) -> Span | None:
        """The place of WITH GRANT OPTION, None if there is none.

        It stands as an option or among the privileges.
        """
        if isinstance(self.option, Located) and self.option.value:
            return self.option.span
        for leaf in self.privileges:
            if isinstance(leaf, Located) and leaf.value.name == GRANT_OPTION:
                return leaf.span
        return None


def _is(leaf: GrantedPrivilege, name: str) -> bool:
    return isinstance(leaf, Located) and leaf.value.name == name


class GrantTo(NamedTuple):
    """A grant apart from its account, which it names.

    SQL, Terraform and Kubernetes write grants so. `again`: the host where the format wants the account once more.
    """

    user: Text
    host: Text
    grant: Grant
    again: Text | None = None
