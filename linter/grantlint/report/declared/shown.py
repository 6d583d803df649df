"""Values of declarations and steps as JSON: what may be shown of them, and why the rest is not known."""

import re
from collections.abc import Mapping

from grantlint.model import Account, Authentication, Grant, GrantedPrivilege, Membership, NamedHost, ServerFacts
from grantlint.model.location import Implied, Located, Span, Text, Unresolved
from grantlint.model.privilege import is_words
from grantlint.model.step.acts import AccountName, Act, Condition, RoleChoice, TableRow
from grantlint.platform.typed import cast
from grantlint.reader.leaf.secrets import is_name, is_variable, may_be_plugin
from grantlint.report.secrecy.hidden import Hidden
from grantlint.report.secrecy.settings import may_show_setting

Json = Mapping[str, object]

_NAMING = frozenset({"user", "host", "db"})  # columns of grant tables whose values are names
_LONGEST = 500  # characters of an expression
_INNER = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Shown:
    """The values of a document as JSON.

    No password, hash or comment is ever among it.
    """

    __slots__ = ("_hidden",)

    def __init__(self) -> None:
        self._hidden = Hidden()

    def leaf(self, leaf: Located[object] | Unresolved | None) -> object:
        """Return a value as JSON, null where there is none.

        An object says why a value is not there.
        """
        if leaf is None:
            return None
        is_hidden = not isinstance(leaf, Implied) and self._hidden.touches(leaf.span)
        if isinstance(leaf, Unresolved):
            written = leaf.source.text[leaf.start : min(leaf.end, leaf.start + _LONGEST)]
            return {
                "unresolved": leaf.reason,
                "expression": written if is_variable(written) and not is_hidden else None,
            }
        if is_hidden:
            return {"hidden": True}
        return leaf.value if isinstance(leaf.value, bool) else str(leaf.value)

    def who(self, user: Text, host: Text | None) -> Json:
        """Return an account or role by its name.

        No host: it is that of a role of MariaDB.
        """
        return {"user": self.leaf(user), "host": self.leaf(host)}

    def account(self, account: Account) -> dict[str, object]:
        """Return what an account is, its grants left out."""
        return {
            **self.who(account.user, account.host),
            **self._authentication(account.authentication),
            "require": [*map(self.leaf, account.require)],
            "limits": {limit.name.value: self.leaf(limit.value) for limit in account.limits},
            "locked": self.leaf(account.locked),
            "expired": self.leaf(account.expired),
            "comment": account.comment and {"hidden": True},
            "amends": account.amends,
        }

    def _authentication(self, said: Authentication | None) -> Json:
        credential, plugin = (said.credential, said.plugin) if said else (None, None)
        # A step is as it was read, before what its names swallowed is taken out of accounts: a cell that is broken.
        is_other = isinstance(plugin, Located) and not may_be_plugin(plugin.value)
        return {
            "plugin": {"hidden": True} if is_other else self.leaf(plugin),
            "credential": credential.secrecy.value if credential else None,
        }

    def grant(self, grant: Grant) -> dict[str, object]:
        """Return privileges and target as SQL has them."""
        scope = grant.scope
        return {
            "privileges": [*map(self._privilege, grant.privileges)],
            "on": self.leaf(grant.target),
            "level": scope and scope.level.value,
            "option": self.leaf(grant.option),
        }

    def _privilege(self, leaf: GrantedPrivilege) -> object:
        if isinstance(leaf, Located):  # its value, also where its place is that of a longer text
            return str(leaf.value) if is_words(leaf.value.name) else {"hidden": True}
        return self.leaf(leaf)

    def membership(self, membership: Membership) -> Json:
        """Return a role and who has it."""
        return {
            "role": self.leaf(membership.role),
            "to": self.who(membership.user, membership.host),
            "admin": self.leaf(membership.admin),
            "default": self.leaf(membership.default),
        }

    def host(self, host: NamedHost) -> Json:
        """Return a client that has a name."""
        return {
            "name": self.leaf(host.name),
            "addresses": [*map(self.leaf, host.addresses)],
            "dns_names": [*map(self.leaf, host.dns_names)],
        }

    def setting(self, name: str, value: Text) -> object:
        """Return the value of a setting, unless it may be secret."""
        if isinstance(value, Located) and not may_show_setting(name, value.value):
            return {"hidden": True}
        return self.leaf(value)

    def facts(self, facts: ServerFacts) -> Json:
        """Return what is said of a server, its settings left out."""
        return {
            "name": self.leaf(facts.name),
            "product": self.leaf(facts.product),
            "administrators": [*map(self.leaf, facts.administrators)],
        }

    def act(self, act: Act) -> Json:
        """Return a step by its kind and its parts.

        The kind of its act is in words, and each part has its name in model/step/acts.py.
        """
        kind = _INNER.sub("-", type(act).__name__).lower()
        parts: Mapping[str, object] = act._asdict()
        return {"act": kind, **{name: self._part(part) for name, part in parts.items()}}

    def _part(self, part: object) -> object:  # noqa: PLR0911 - one return for each kind of part
        match part:
            case Located() | Unresolved():
                return self.leaf(cast("Located[object] | Unresolved", part))
            case Account():
                return self.account(part)
            case AccountName():
                return self.who(part.user, part.host)
            case Grant():
                return self.grant(part)
            case Authentication():
                return self._authentication(part)
            case Condition():
                return self._condition(part)
            case RoleChoice() | TableRow():
                fields: Mapping[str, object] = part._asdict()
                return {name: self._part(each) for name, each in fields.items() if not isinstance(each, Span)}
            case frozenset():
                columns = sorted(cast("frozenset[str]", part))
                return [column for column in columns if is_name(column)]
            case tuple():
                return [*map(self._part, cast("tuple[object, ...]", part))]
            case _:
                return part

    def _condition(self, condition: Condition) -> Json:
        values = [*map(self.leaf, condition.values)] if condition.column in _NAMING else []
        column = condition.column if is_name(condition.column) else "?"
        return {"column": column, "operator": condition.operator, "values": values}
