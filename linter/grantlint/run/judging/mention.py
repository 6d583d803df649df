"""The places where declarations name an account: all of them change together where it gets another name."""

from collections.abc import Iterable, Iterator

from grantlint.model.account import Identity, identity
from grantlint.model.declarations import Declarations
from grantlint.model.location import Located, Text
from grantlint.platform.record import NamedTuple
from grantlint.platform.typed import TYPE_CHECKING

if TYPE_CHECKING:  # twenty records that only files with steps need
    from grantlint.model.step import Step
    from grantlint.model.step.acts import TableRow


class Mention(NamedTuple):
    """User and host as one place names them.

    A host of None is none that could be named.
    """

    user: Text
    host: Text | None


def mentions(parts: Iterable[Declarations]) -> Iterator[Mention]:
    """Yield every place of declarations that names an account.

    Those of the steps are included.
    """
    for part in parts:
        for account in part.accounts:
            yield Mention(account.user, account.host)
        for grant in (*part.grants, *part.revoked, *part.denied):
            yield Mention(grant.user, grant.host)
            if grant.again is not None:
                yield Mention(grant.user, grant.again)
        for member in (*part.memberships, *(one for role in part.roles for one in role.members)):
            yield Mention(member.user, member.host)
        for each in part.every_role:
            yield Mention(each.user, each.host)
        for step in part.steps:
            yield from _of_step(step)


def hosts_named(parts: Iterable[Declarations]) -> dict[Identity, list[Located[str]]]:
    """Return the places of each account's host, each once."""
    found: dict[Identity, dict[tuple[str, int], Located[str]]] = {}
    for user, host in mentions(parts):
        if isinstance(host, Located):
            found.setdefault(identity(user, host), {}).setdefault((host.source.path, host.start), host)
    return {account: [*places.values()] for account, places in found.items()}


def _of_step(step: "Step") -> Iterator[Mention]:
    from grantlint.model.step.acts import GrantPrivileges, GrantRoles, WriteTable, names_of  # noqa: PLC0415 - as above

    act = step.act
    for name in names_of(act):
        yield Mention(name.user, name.host)
    if isinstance(act, GrantPrivileges | GrantRoles):
        for account in act.says:
            yield Mention(account.user, account.host)
    if isinstance(act, WriteTable):
        for row in (*act.rows, *([act.changes] if act.changes else [])):
            yield from _of_row(row)
        users = [value for one in act.where if one.column == "user" and one.operator == "=" for value in one.values]
        hosts = [value for one in act.where if one.column == "host" and one.operator == "=" for value in one.values]
        if len(users) == len(hosts) == 1:
            yield Mention(users[0], hosts[0])


def _of_row(row: "TableRow") -> Iterator[Mention]:
    if row.user is not None and row.host is not None:
        yield Mention(row.user, row.host)
