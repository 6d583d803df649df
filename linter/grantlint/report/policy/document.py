"""Declarations as a policy in the native format: one document for each server, in the order of the files.

What nobody knows stays a template, what a policy cannot say is left out with a comment, and no password or hash is
written: a reference to be filled in stands in its place.
"""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence

from grantlint.model import (
    Account,
    Authentication,
    DeclaredServer,
    Grant,
    GrantedPrivilege,
    GrantTarget,
    Membership,
    Role,
    Secrecy,
    SomeDatabase,
)
from grantlint.model.account import identity
from grantlint.model.location import Implied, Located, Text, Unresolved
from grantlint.reader.formats.policy.accounts import LIMITS
from grantlint.reader.formats.policy.grants import TARGET
from grantlint.reader.formats.policy.scalars import plain_value
from grantlint.report.page import Page, document
from grantlint.report.policy.scalar import scalar
from grantlint.report.policy.server import Facts
from grantlint.report.policy.values import UNKNOWN, Values
from grantlint.report.secrecy.hidden import Hidden
from grantlint.report.visible import visible

_SUBJECT = re.compile(r"(SUBJECT|ISSUER|CIPHER)\s+(?:'(.*)'|([^'\s]+))\Z", re.DOTALL | re.IGNORECASE)
_KEYWORDS = frozenset({"SSL", "X509", "NONE"})

Who = tuple[Hashable, Hashable]


def policy(servers: Iterable[DeclaredServer]) -> Page:
    """Return the servers as one policy that the schema accepts."""
    names: set[str] = set()
    hidden = Hidden()
    return document("---\n".join([_Document(server, names, Values(hidden)).text() for server in servers]))


class _Document:
    def __init__(self, server: DeclaredServer, names: set[str], values: Values) -> None:
        self.server = server
        self.left_out: list[str] = []
        self._server = Facts(server, names, values, self.left_out)
        self.values = values
        self.roles_of: dict[Who, list[Membership]] = {}
        self._accounts = {account.identity for account in server.accounts}
        self._named_roles = {_who(role.name, role.host) for role in server.roles}
        active = {one.identity: one.default for one in server.default_roles}
        for member in server.memberships:
            default = active.get(member.identity, member.default)
            self.roles_of.setdefault(self._holder(member), []).append(member._replace(default=default))
        granted = {member.identity for member in server.memberships}
        if any(one not in granted for one in active):
            self.left_out.append("default roles that nothing grants")
        self.every_role = {_who(each.user, each.host) for each in server.every_role}

    def _holder(self, member: Membership) -> Who:
        """Return who has a role.

        One whose host is not written, or is `%`, may be a role, which on MySQL is of that host.
        """
        who, role = _who(member.user, member.host), _who(member.user, None)
        is_role = isinstance(member.host, Located) and member.host.value == "%" and role in self._named_roles
        return role if is_role and who not in self._accounts else who

    def text(self) -> str:
        """Return the document's lines, those on what is left out first."""
        lines = [*self._server.facts(), *self._server.hosts(), *self._users(), *self._roles()]
        for grantee in self.server.grantees:
            self.left_out.append(f"grants to {grantee}, which nothing declares")
        for revoked in self.server.revoked:
            whose = f"{self.values.scalar(revoked.user)}@{self.values.scalar(revoked.host)}"
            self.left_out.append(f"what is revoked from {whose} on a database")
        for denied in self.server.denied:
            whose = f"{self.values.scalar(denied.user)}@{self.values.scalar(denied.host)}"
            self.left_out.append(f"what is denied to {whose}")
        if self.server.statements:
            self.left_out.append("the statements themselves")
        comments = [f"# left out: {visible(what)}\n" for what in dict.fromkeys(self.left_out)]
        if self.values.unknown:
            comments.append(f"# not known before a run: the {self.values.unknown} values that are {UNKNOWN!r}\n")
        return "".join([*comments, *(f"{line}\n" for line in lines)]) or "{}\n"

    # Accounts

    def _users(self) -> list[str]:
        lines: list[str] = []
        before: tuple[str, list[str]] | None = None
        hosts: list[str] = []
        for account in self.server.accounts:
            user, host, rest = (
                self.values.scalar(account.user),
                self.values.scalar(account.host),
                self._account(account),
            )
            if before == (user, rest) and host not in hosts:
                hosts.append(host)
                continue
            if before:
                lines += _user(before[0], hosts, before[1])
            before, hosts = (user, rest), [host]
        if before:
            lines += _user(before[0], hosts, before[1])
        return ["users:", *lines] if lines else []

    def _account(self, account: Account) -> list[str]:
        lines = self._authentication(account) if account.authentication else []
        lines += self._require(account)
        limits = [line for limit in account.limits for line in self._limit(limit.name.value, limit.value)]
        if limits:
            lines += ["    limits:", *limits]
        if account.locked is not None:
            lines.append(f"    locked: {self.values.flag(account.locked)}")
        if account.expired is not None:
            lines.append(f"    expired: {self.values.flag(account.expired)}")
        if account.comment is not None:
            self.left_out.append("a comment, which may hold anything")
        lines += self._granted_roles(account)
        return lines + self._grants(account.grants, f"of {account}")

    def _authentication(self, account: Account) -> list[str]:
        authentication: Authentication = account.authentication or Authentication()
        lines: list[str] = []
        plugin, credential = authentication.plugin, authentication.credential
        if plugin is not None and not (isinstance(plugin, Located) and not plugin.value):
            lines.append(f"      plugin: {self.values.scalar(plugin)}")
        if credential and credential.secrecy is Secrecy.EMPTY:
            lines.append("      password: ''")
        elif credential:
            lines.append(f"      secret: {self.values.reference(account, credential)}")
        return ["    authentication:", *lines] if lines else []

    def _require(self, account: Account) -> list[str]:
        leaves = account.require
        if len(leaves) == 1:
            leaf = leaves[0]
            if isinstance(leaf, Unresolved):
                return [f"    require: {self.values.scalar(leaf)}"]
            if leaf.value.upper() in _KEYWORDS:
                return [f"    require: {leaf.value.upper()}"]
        lines: list[str] = []
        for leaf in leaves:
            known = self.values.known(leaf)
            parts = _SUBJECT.match(known) if known is not None else None
            quoted = (parts[2] or parts[3]) if parts else ""
            text = re.sub(r"\\(.)", r"\1", quoted or "")
            if not parts or not text:
                self.left_out.append(f"a requirement of {account}")
            else:
                lines.append(f"      {parts[1].lower()}: {scalar(text)}")
        return ["    require:", *lines] if lines else []

    def _limit(self, name: str, value: Text) -> list[str]:
        key = name.lower()
        if isinstance(value, Unresolved):
            return [f"      {key}: {self.values.scalar(value)}"] if key in LIMITS else []
        number = plain_value(value.value.strip())
        fits = isinstance(number, int | float) and not isinstance(number, bool) and number >= -1
        if key in LIMITS and fits and (isinstance(number, int) or key == "max_statement_time"):
            return [f"      {key}: {value.value.strip()}"]
        self.left_out.append(f"the limit {name}")
        return []

    # Grants and roles

    def _grants(self, grants: Sequence[Grant], whose: str) -> list[str]:
        lines = [line for grant in grants for line in self._grant(grant, whose)]
        return ["    grants:", *lines] if lines else []

    def _grant(self, grant: Grant, whose: str) -> list[str]:
        target = _as_text(grant.target)
        leaves = map(_as_text, grant.privileges)
        privileges = [each for each in leaves if not (isinstance(each, Located) and not each.value)]
        if not privileges or (isinstance(target, Located) and not TARGET.search(target.value)):
            self.left_out.append(f"a grant {whose} on what a policy does not name")
            return []
        is_database = isinstance(grant.target, SomeDatabase)
        on = self.values.unknown_value(".*") if is_database else self.values.scalar(target, quoted=True)
        lines = [f"      - privileges: {self.values.flow(privileges)}", f"        target: {on}"]
        if grant.option is not None and not (isinstance(grant.option, Located) and not grant.option.value):
            lines.append(f"        grant_option: {self.values.flag(grant.option)}")
        return lines

    def _granted_roles(self, account: Account) -> list[str]:
        who = account.identity
        mine = self.roles_of.get(who, [])
        lines = [f"    roles: [{', '.join(dict.fromkeys(self._granted(each) for each in mine))}]"] if mine else []
        if who in self.every_role:
            return [*lines, "    default_roles: ALL"]
        defaults = [each.default for each in mine]
        active = [each.role for each in mine if isinstance(each.default, Located) and each.default.value]
        if active:
            lines.append(f"    default_roles: [{', '.join(dict.fromkeys(map(self.values.scalar, active)))}]")
        elif any(isinstance(each, Unresolved) for each in defaults):
            lines.append(f"    default_roles: {self.values.unknown_value()}")
        elif any(each is not None for each in defaults):
            lines.append("    default_roles: NONE")
        return lines

    def _granted(self, member: Membership) -> str:
        pairs = [f"role: {self.values.scalar(member.role)}"]
        host = member.role_host
        if host is not None and not isinstance(host, Implied):
            pairs.append(f"host: {self.values.scalar(host, quoted=True)}")
        if member.admin is not None:
            pairs.append(f"admin: {self.values.flag(member.admin)}")
        return self.values.scalar(member.role) if len(pairs) == 1 else f"{{{', '.join(pairs)}}}"

    def _roles(self) -> list[str]:
        first: dict[Who, Role] = {}
        for role in self.server.roles:
            first.setdefault(_who(role.name, role.host), role)
        lines = [line for role in self.server.roles for line in self._role(role, first)]
        declared = {*first, *self._accounts}
        for who, members in self.roles_of.items():
            if who not in declared:
                self.left_out += [
                    f"that '{self.values.known(each.role)}' is granted to {self._named(each)}, which nothing declares"
                    for each in members
                ]
        return ["roles:", *lines] if lines else []

    def _named(self, member: Membership) -> str:
        """Return who has a role, as a comment tells it."""
        leaves = [member.user] if member.host is None else [member.user, member.host]
        return "@".join("..." if (known := self.values.known(leaf)) is None else known for leaf in leaves)

    def _role(self, role: Role, first: Mapping[Who, Role]) -> list[str]:
        """Return a role; the roles that it has itself stand with the first of its name."""
        if isinstance(role.name, Located) and not role.name.value:
            self.left_out.append("a role without a name")
            return []
        lines = [f"  - role: {self.values.scalar(role.name)}"]
        if role.host is not None:
            lines.append(f"    host: {self.values.scalar(role.host, quoted=True)}")
        who = _who(role.name, role.host)
        inner = self.roles_of.get(who, []) if first[who] is role else []
        if inner:
            lines.append(f"    roles: [{', '.join(self._granted(each) for each in inner)}]")
        if role.members:
            lines += ["    members:", *(f"      - {self._member(each)}" for each in role.members)]
        return lines + self._grants(role.grants, f"of the role {role}")

    def _member(self, member: Membership) -> str:
        pairs = [f"user: {self.values.scalar(member.user)}"]
        if member.host is not None:
            pairs.append(f"host: {self.values.scalar(member.host, quoted=True)}")
        if member.admin is not None:
            pairs.append(f"admin: {self.values.flag(member.admin)}")
        return f"{{{', '.join(pairs)}}}"


def _user(user: str, hosts: list[str], rest: list[str]) -> list[str]:
    line = f"    host: {hosts[0]}" if len(hosts) == 1 else f"    hosts: [{', '.join(hosts)}]"
    return [f"  - user: {user}", line, *rest]


def _who(user: Text, host: Text | None) -> Who:
    """Return what tells accounts and roles apart."""
    return identity(user, host) if host is not None else (identity(user, user)[0], None)


def _as_text(leaf: GrantTarget | GrantedPrivilege) -> Text:
    """Return a value as SQL has it, at its place."""
    if isinstance(leaf, Unresolved):
        return leaf
    text = str(leaf.value)
    return Implied(text, *leaf.span) if isinstance(leaf, Implied) else Located(text, *leaf.span)
