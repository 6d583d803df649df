"""A grant as declared: privileges on a target, and to whom where it stands apart from the account."""

from enum import Enum
from typing import NamedTuple

from grantlint.location import Flag, Located, Span, Text
from grantlint.model.privilege import ALL, GRANT_OPTION, parse_privilege
from grantlint.model.scope import Level, Scope, ScopeSyntaxError, parse_scope


class Naming(Enum):
    """What becomes of the words that name a grant's target, which decides what can be written in their place."""

    STATEMENT = "statement"  # they are the statement's as they stand
    NAMES = "names"  # a tool puts backticks around them
    SHARED = "shared"  # the database that they name is made by them, too


class Grant(NamedTuple):
    """`GRANT privileges ON target`: each privilege as written, with its column list if it has one."""

    privileges: tuple[Text, ...]
    target: Text  # as SQL writes it after ON: *.*, db.*, `my\_db`.*, db.table, PROCEDURE db.p, PROXY 'u'@'h'
    span: Span
    option: Flag | None = None  # WITH GRANT OPTION
    naming: Naming = Naming.STATEMENT
    repeated: Span | None = None  # where the format wants the target once more

    @property
    def scope(self) -> Scope | None:
        """What the grant is on; None where nobody knows or can read it."""
        if not isinstance(self.target, Located):
            return None
        try:
            return parse_scope(self.target.value)
        except ScopeSyntaxError:
            return None

    def gives_all(self, level: Level) -> bool:
        """Return whether the grant is known to give ALL PRIVILEGES at a level."""
        scope = self.scope
        return (
            scope is not None
            and scope.level is level
            and any(isinstance(leaf, Located) and parse_privilege(leaf.value).name == ALL for leaf in self.privileges)
        )

    @property
    def option_span(self) -> Span | None:
        """Where the grant says WITH GRANT OPTION, as an option or among its privileges; None if it does not."""
        if isinstance(self.option, Located) and self.option.value:
            return self.option.span
        for leaf in self.privileges:
            if isinstance(leaf, Located) and parse_privilege(leaf.value).name == GRANT_OPTION:
                return leaf.span
        return None


class GrantTo(NamedTuple):
    """A grant that names its account, as SQL, Terraform and Kubernetes write it."""

    user: Text
    host: Text
    grant: Grant
