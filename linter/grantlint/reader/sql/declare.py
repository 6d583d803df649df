"""From what statements leave behind to declarations, each value with its place in the source."""

from collections.abc import Iterator

from grantlint.location import Implied, Located, Source, Span, Text, Unresolved
from grantlint.model import (
    Account,
    Authentication,
    Credential,
    Declarations,
    Grant,
    GrantTo,
    Limit,
    Membership,
    NotChecked,
    Role,
    Secrecy,
)
from grantlint.model.privilege import Privilege as PrivilegeName
from grantlint.model.scope import quoted
from grantlint.reader.sql import statements as s
from grantlint.reader.sql.ledger import Key, Ledger, NetAccount, NetGrant, NetMember
from grantlint.reader.sql.table_writes import EVERY_HOST

TEMPLATE = "a template"


class Declarer:
    """Turns one ledger into declarations of one source; the same template is the same unresolved value throughout."""

    __slots__ = ("_ledger", "_source", "_unresolved")

    def __init__(self, ledger: Ledger, source: Source) -> None:
        self._ledger = ledger
        self._source = source
        self._unresolved: dict[str, Unresolved] = {}

    def into(self, declarations: Declarations) -> None:
        """Add everything to the declarations, and hide the secrets."""
        ledger = self._ledger
        for start, end in ledger.secrets:
            self._source.hide(start, end)
        declarations.removals += ledger.removals
        declarations.dropped.extend(
            (self._text(one.user), self._host(one)) for one in ledger.dropped if one.kind == "account"
        )
        declarations.accounts.extend(self._account(net) for nets in ledger.accounts.values() for net in nets)
        declarations.roles.extend(self._role(key, net) for key, net in ledger.roles.items())
        for key, grants in ledger.grants.items():
            if key not in ledger.roles:
                declarations.grants.extend(self._grant_to(net) for net in grants)
        for members in ledger.members.values():
            declarations.memberships.extend(self._membership(member) for member in members)
        declarations.revoked.extend(self._grant_to(net) for nets in ledger.revoked.values() for net in nets)
        for what, why, start, end in ledger.unclear:
            declarations.not_checked.append(NotChecked(what, why, self._span(start, end)))

    def _span(self, start: int, end: int) -> Span:
        return Span(self._source, start, end)

    def _text(self, name: s.Name, *, prefix: str = "") -> Text:
        if name.unresolved:
            known = self._unresolved.get(prefix + name.text)
            if known is None:
                reason = EVERY_HOST if name.text == EVERY_HOST else TEMPLATE
                known = Unresolved(reason, self._source, name.start, name.end)
                self._unresolved[prefix + name.text] = known
            return known
        return Located(name.text, self._source, name.start, name.end)

    def _host(self, account: s.Account) -> Text:
        if account.host is None and account.user.unresolved and not account.quoted:
            return self._text(account.user, prefix="host of ")  # a bare template may bring 'user'@'host'
        if account.host is None:
            return Implied("%", self._source, account.start, account.end)
        return self._text(account.host, prefix="@")

    def _account(self, net: NetAccount) -> Account:
        options = net.options.values()
        return Account(
            user=self._text(net.account.user),
            host=self._host(net.account),
            span=self._span(net.start, net.end),
            authentication=self._authentication(net),
            require=tuple(self._require(one) for one in options if one.name.startswith("REQUIRE ")),
            limits=tuple(self._limits(net)),
            locked=self._locked(net),
            comment=next((self._text(one.value) for one in options if one.name == "COMMENT" and one.value), None),
            amends=not net.anew,
            expired=None if net.expired is None else Located(True, self._source, *net.expired),  # noqa: FBT003 - as below
        )

    def _authentication(self, net: NetAccount) -> Authentication | None:
        """Return the first way to log in, or the one whose password stands in the file for everybody to read.

        An account that the file only changes has whatever it had: to the reader a reference to elsewhere.
        """
        proofs = net.authentication
        if not proofs:
            elsewhere = Credential(Secrecy.REFERENCE, self._span(net.start, net.end))
            return None if net.whole else Authentication(None, elsewhere)
        chosen = proofs[0]
        for proof in proofs:
            if proof.secret is not None and _secrecy(proof.secret) is Secrecy.PLAIN:
                chosen = proof
                break
        credential = None
        if chosen.secret is not None:
            credential = Credential(_secrecy(chosen.secret), self._span(chosen.secret.start, chosen.secret.end))
        return Authentication(self._text(chosen.plugin) if chosen.plugin else None, credential)

    def _require(self, option: s.Option) -> Text:
        words = option.name.removeprefix("REQUIRE ")
        if option.value is None:
            return Located(words, self._source, option.start, option.end)
        if option.value.unresolved:
            return self._text(option.value)
        value = option.value.text.replace("\\", "\\\\").replace("'", "\\'")
        return Located(f"{words} '{value}'", self._source, option.start, option.end)

    def _limits(self, net: NetAccount) -> Iterator[Limit]:
        for option in net.options.values():
            if option.name.startswith("MAX_") and option.value is not None:
                name = Located(option.name, self._source, option.start, option.start + len(option.name))
                yield Limit(name, self._text(option.value))

    def _locked(self, net: NetAccount) -> Located[bool] | None:
        for option in net.options.values():
            if option.name.startswith("ACCOUNT "):
                return Located(option.name == "ACCOUNT LOCK", self._source, option.start, option.end)
        return None

    def _grant(self, net: NetGrant) -> Grant:
        option = None
        if net.option is not None:
            option = Located(True, self._source, *net.option)  # noqa: FBT003 - the value that is located
        privileges = tuple(self._privilege(one) for one in net.privileges)
        return Grant(privileges, self._target(net), self._span(net.start, net.end), option)

    def _grant_to(self, net: NetGrant) -> GrantTo:
        return GrantTo(self._text(net.account.user), self._host(net.account), self._grant(net))

    def _privilege(self, privilege: s.Privilege) -> Text:
        if privilege.unresolved:
            return Unresolved(TEMPLATE, self._source, privilege.start, privilege.end)
        columns = tuple(column.text for column in privilege.columns)
        return Located(str(PrivilegeName(privilege.name, columns)), self._source, privilege.start, privilege.end)

    def _target(self, net: NetGrant) -> Text:
        """Return what the grant is on as SQL writes it, names in backticks, the current database put in."""
        target = net.target
        if target is None:
            return self._proxied(net)
        for part in (target.database, target.object):
            if part is not None and part.unresolved:
                return Unresolved(TEMPLATE, self._source, target.start, target.end)
        if target.every == "*.*":
            return Located("*.*", self._source, target.start, target.end)
        within = target.database.text if target.database is not None else net.database
        name = "*" if target.object is None else quoted(target.object.text)
        words = "" if target.kind in {"", "TABLE"} else f"{target.kind} "
        text = f"{words}{quoted(within)}.{name}" if within else f"{words}{name}"
        return Located(text, self._source, target.start, target.end)

    def _proxied(self, net: NetGrant) -> Text:
        proxied = net.proxied
        if proxied is None or proxied.kind != "account":
            return Unresolved("the account of the session", self._source, net.start, net.end)
        user, host = self._text(proxied.user), self._host(proxied)
        if isinstance(user, Located) and isinstance(host, Located):
            return Located(f"PROXY '{user.value}'@'{host.value}'", self._source, proxied.start, proxied.end)
        return Unresolved(TEMPLATE, self._source, proxied.start, proxied.end)

    def _role(self, key: Key, net: NetAccount) -> Role:
        host = self._text(net.account.host) if net.account.host is not None else None
        grants = tuple(self._grant(one) for one in self._ledger.grants.get(key, ()))
        return Role(self._text(net.account.user), host, self._span(net.start, net.end), grants)

    def _membership(self, member: NetMember) -> Membership:
        admin = default = None
        if member.admin is not None:
            admin = Located(True, self._source, *member.admin)  # noqa: FBT003 - the value that is located
        if member.default is not None:
            default = Located(True, self._source, *member.default)  # noqa: FBT003 - the value that is located
        to_role = self._ledger.grammar.mariadb and self._ledger.key(member.account) in self._ledger.roles
        host = None if to_role else self._host(member.account)
        return Membership(self._text(member.role.user), self._text(member.account.user), host, admin, default)


def _secrecy(secret: s.Secret) -> Secrecy:
    if secret.unresolved or secret.form == "random":
        return Secrecy.REFERENCE
    if secret.empty:
        return Secrecy.EMPTY
    return Secrecy.HASH if secret.form == "hash" else Secrecy.PLAIN
