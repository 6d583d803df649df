"""The lines of one part: what a file declares for one server."""

from collections.abc import Iterator, Sequence

from grantlint.model import Account, Declarations, Fault, Grant, Membership, NotChecked, Role
from grantlint.model.location import Implied, Span
from grantlint.platform.record import NamedTuple
from grantlint.report.declared.fates import Fate, Fates, Grantee
from grantlint.report.declared.shown import Json, Shown
from grantlint.report.places import span_of


class Line(NamedTuple):
    """A line of the page, for what stands at a place.

    `became` is None for what nothing becomes of, such as a fault.
    """

    kind: str
    span: Span
    values: Json
    became: list[Fate] | None = None


def fault(one: Fault) -> Line:
    """Return the line of a fault."""
    return Line("fault", one.span, {"rule": one.rule, "message": one.message, "help": one.help or None})


def not_checked(one: NotChecked) -> Line:
    """Return the line of what no rule could look at."""
    return Line("not-checked", one.span, {"what": one.what, "why": one.why})


class PartLines:
    """The lines of a part.

    `servers` are those that the part belongs to.
    """

    __slots__ = ("_part", "_servers", "_shown", "_stepped")

    def __init__(self, part: Declarations, shown: Shown, servers: Sequence[Fates]) -> None:
        self._part = part
        self._shown = shown
        self._servers = servers
        self._stepped = {id(one) for one in part.by_steps}

    def all(self) -> Iterator[Line]:
        """Yield every line, kind by kind."""
        part, shown = self._part, self._shown
        yield from self._server()
        yield from (Line("host", host.name.span, shown.host(host)) for host in part.hosts)
        for account in part.accounts:
            yield from self._account(account)
        for given in part.grants:
            yield self._grant("grant", given.grant, Grantee(given.user, given.host), self._is_stepped(given))
        for taken in part.revoked:
            yield self._grant("revoke", taken.grant, Grantee(taken.user, taken.host), self._is_stepped(taken))
        for denied in part.denied:
            yield self._grant("deny", denied.grant, Grantee(denied.user, denied.host), self._is_stepped(denied))
        for role in part.roles:
            yield from self._role(role)
        for member in part.memberships:
            yield self._membership(member, member.role.span)
        for one in part.default_roles:
            yield Line("default-role", one.role.span, shown.membership(one))
        yield from (Line("all-roles", one.user.span, shown.who(one.user, one.host)) for one in part.every_role)
        yield from self._steps()
        yield from map(fault, part.faults)
        yield from map(not_checked, part.not_checked)

    def _server(self) -> Iterator[Line]:
        facts = self._part.server
        if facts is None:
            return
        yield Line("server", facts.span, self._shown.facts(facts))
        for name, value in facts.settings.items():
            shown = self._shown.setting(name, value)
            values = {"name": name, "value": shown, "implied": isinstance(value, Implied)}
            yield Line("setting", value.span, values)

    def _account(self, account: Account) -> Iterator[Line]:
        stepped = self._is_stepped(account)
        values = {**self._shown.account(account), "by_steps": stepped}
        yield Line("account", span_of(account), values, [server.account(account) for server in self._servers])
        to = Grantee(account.user, account.host)
        yield from (self._grant("grant", grant, to, stepped) for grant in account.grants)

    def _role(self, role: Role) -> Iterator[Line]:
        stepped = self._is_stepped(role)
        values = {**self._shown.who(role.name, role.host), "by_steps": stepped}
        yield Line("role", span_of(role), values, [server.role(role) for server in self._servers])
        to = Grantee(role.name, role.host, is_role=True)
        yield from (self._grant("grant", grant, to, stepped) for grant in role.grants)
        yield from (self._membership(member, member.user.span) for member in role.members)

    def _grant(self, kind: str, grant: Grant, to: Grantee, stepped: bool) -> Line:  # noqa: FBT001 - as its values say
        whom = {**self._shown.who(to.user, to.host), "role": to.is_role}
        values = {**self._shown.grant(grant), "to": whom, "by_steps": stepped}
        return Line(kind, grant.span, values, [server.grant(grant, to, by_steps=stepped) for server in self._servers])

    def _membership(self, member: Membership, place: Span) -> Line:
        values = {**self._shown.membership(member), "by_steps": self._is_stepped(member)}
        return Line("membership", place, values, [server.membership(member) for server in self._servers])

    def _steps(self) -> Iterator[Line]:
        """Yield the steps, and the statements of which no step is made, such as one that sets a variable."""
        part = self._part
        for step in part.steps:
            values = {**self._shown.act(step.act), "conditional": bool(step.under)}
            yield Line("step", step.span, values, [server.step(step) for server in self._servers])
        sent = {id(step.statement) for step in part.steps}
        for one in part.statements:
            if id(one) not in sent:
                yield Line("statement", one.span, {}, [server.statement(one) for server in self._servers])

    def _is_stepped(self, one: object) -> bool:
        return id(one) in self._stepped
