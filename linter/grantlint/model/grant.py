"""A grant as declared: privileges on a target, and to whom where it stands apart from the account."""

from dataclasses import dataclass
from typing import NamedTuple

from grantlint.location import Flag, Located, Span, Text


@dataclass(frozen=True, slots=True, eq=False)
class Grant:
    """`GRANT privileges ON target`: each privilege as written, with its column list if it has one."""

    privileges: tuple[Text, ...]
    target: Text  # as SQL writes it after ON: *.*, db.*, `my\_db`.*, db.table, PROCEDURE db.p, PROXY 'u'@'h'
    span: Span
    option: Flag | None = None  # WITH GRANT OPTION

    @property
    def resolved(self) -> bool:
        """Whether target and all privileges are known."""
        return isinstance(self.target, Located) and all(isinstance(p, Located) for p in self.privileges)


class GrantTo(NamedTuple):
    """A grant that names its account, as SQL, Terraform and Kubernetes write it."""

    user: Text
    host: Text
    grant: Grant
