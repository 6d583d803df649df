"""Who may do what on the servers that files declare, as values to compare: places and order of words left out."""

from collections.abc import Hashable, Iterable, Iterator

from grantlint.access import Server
from grantlint.model import Account, Grant, GrantTo, Membership
from grantlint.model.location import Located, Unresolved
from grantlint.platform.record import NamedTuple
from grantlint.servers.panel import Panel


class Access(NamedTuple):
    """What a declared server holds as one product."""

    server: str
    product: str
    held: frozenset[Hashable]

    @property
    def of(self) -> tuple[str, str]:
        """Which server it is, and as which product."""
        return self.server, self.product


def access_of(panels: Iterable[Panel]) -> list[Access]:
    """Return what each server holds as each product, in order."""
    return [
        Access(panel.declared.name, server.installation.target.label, frozenset(_of_server(server)))
        for panel in panels
        for server in panel.servers
    ]


def _of_server(server: Server) -> Iterator[Hashable]:
    declared = server.declared
    yield "rows", tuple((row.user, row.host) for row in server.table.rows)
    for account in declared.accounts:
        yield from _of_account(server, account, _login(account))
    for account in declared.grantees:
        yield from _of_account(server, account, ())
    for role in declared.roles:
        name = _value(role.name), _value(role.host)
        yield "role", name
        for grant in role.grants:
            yield from _of_grant(name, grant)
        yield from map(_of_member, role.members)
    yield from map(_of_member, declared.memberships)
    for every in declared.every_role:
        yield "every role", _value(every.user), _value(every.host)
    yield from _taken("revoked", declared.revoked)
    yield from _taken("denied", declared.denied)
    for facts in declared.facts:
        for setting, value in facts.settings.items():
            yield "setting", setting, _value(value)


def _of_account(server: Server, account: Account, login: Hashable) -> Iterator[Hashable]:
    known = account.known_name is not None
    name = (server.user_of(account), server.host_of(account)) if known else (_value(account.user), _value(account.host))
    yield "account", name, login
    for grant in account.grants:
        yield from _of_grant(name, grant)


def _login(account: Account) -> Hashable:
    """Return how an account logs in; a password is compared and never told."""
    proof = account.authentication
    credential = proof.credential if proof else None
    text = credential.span.text if credential else None
    return (
        _value(proof.plugin) if proof else None,
        credential.secrecy if credential else None,
        text,
        tuple(_value(each) for each in account.require),
        tuple((limit.name.value, _value(limit.value)) for limit in account.limits),
        account.is_locked,
        account.is_expired,
    )


def _of_grant(name: Hashable, grant: Grant) -> Iterator[Hashable]:
    for privilege in grant.privileges:
        yield "grant", name, _value(grant.target), _value(privilege), grant.has_option


def _taken(how: str, taken: Iterable[GrantTo]) -> Iterator[Hashable]:
    for one in taken:
        for held in _of_grant((_value(one.user), _value(one.host)), one.grant):
            yield how, held


def _of_member(member: Membership) -> Hashable:
    names = (member.role, member.role_host, member.user, member.host)
    return "member", tuple(_value(name) for name in names), _value(member.admin), _value(member.default)


def _value(leaf: Located[str] | Located[bool] | Located[object] | Unresolved | None) -> Hashable:
    """Return a value without its place.

    Unresolved ones are the same where the same words stand for them.
    """
    if leaf is None:
        return None
    if isinstance(leaf, Unresolved):
        return leaf.reason, leaf.span.text
    value = leaf.value
    return value if isinstance(value, str | bool) else str(value)
