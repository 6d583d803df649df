"""What an account or role is and has, as a book holds it."""

from grantlint.access.state.book.names import Key
from grantlint.model import Account, Grant
from grantlint.model.location import Flag
from grantlint.model.step import Path
from grantlint.model.step.acts import AccountName
from grantlint.platform.record import NamedTuple


class Made(NamedTuple):
    """An account or role that is there.

    `account`: its name as it was made or last renamed.
    """

    account: Account
    under: Path


class Held(NamedTuple):
    """A grant in force."""

    name: AccountName
    grant: Grant
    under: Path


class Member(NamedTuple):
    """That an account or role has a role, whose key is `key`."""

    key: Key
    role: AccountName
    name: AccountName
    admin: Flag | None
    default: Flag | None
    under: Path


class MadeRole(NamedTuple):
    """A role that is there."""

    name: AccountName
    under: Path


Entry = Made | MadeRole | Held | Member
