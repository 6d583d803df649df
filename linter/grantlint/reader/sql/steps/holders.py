"""Whom a server shows grants of: they exist, though nothing that it shows may say so."""

from collections.abc import Iterable, Iterator

from grantlint.access.state.acts.amendment import unsaid
from grantlint.model.location import Implied, Located, Text
from grantlint.model.step import Step
from grantlint.model.step import acts as m


def holders(told: Iterable[Step]) -> Iterator[Step]:
    """Yield steps that create every account or role granted to. MariaDB shows roles without a host, accounts never."""
    found: dict[tuple[object, object], Step] = {}
    for step in told:
        for name in _granted_to(step.act):
            act: m.Act = m.CreateUser((unsaid(name),), if_not_exists=True)
            if isinstance(name.host, Implied):
                act = m.CreateRole((name,), if_not_exists=True)
            found.setdefault(_key(name), Step(act, name.span))
    yield from found.values()


def _granted_to(act: m.Act) -> tuple[m.AccountName, ...]:
    if isinstance(act, m.GrantPrivileges | m.GrantRoles):
        return act.to
    if isinstance(act, m.Deny):
        return act.to
    return act.accounts if isinstance(act, m.SetDefaultRole) else ()


def _key(name: m.AccountName) -> tuple[object, object]:
    host = "" if isinstance(name.host, Implied) else _value(name.host)
    return _value(name.user), host


def _value(leaf: Text) -> object:
    return leaf.value if isinstance(leaf, Located) else leaf
