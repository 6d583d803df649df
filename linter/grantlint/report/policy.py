"""Declarations as a policy in the native format: one document for each server, in the order of the files.

What nobody knows stays a template, what a policy cannot say is left out with a comment, and no password or hash is
written: a reference to be filled in stands in its place.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from grantlint.access import parse_target
from grantlint.errors import TargetError
from grantlint.location import Flag, Implied, Located, Source, Span, Text, Unresolved
from grantlint.model import (
    Account,
    Authentication,
    Credential,
    DeclaredServer,
    EveryRole,
    Grant,
    Membership,
    NamedHost,
    Role,
    Secrecy,
)
from grantlint.reader.policy.accounts import KNOWN_STORES, LIMITS
from grantlint.reader.policy.binding import TEMPLATE
from grantlint.reader.policy.grants import TARGET
from grantlint.reader.policy.scalars import plain_value
from grantlint.reader.policy.servers import ADDRESS, SETTING

UNKNOWN = "{{ unresolved }}"
PLACEHOLDER = "vault:TODO/"

_PLAIN = re.compile(r"[A-Za-z_][\w./-]*(?:[: ][\w./-]+)*\Z", re.ASCII)
_PRINTABLE = re.compile(r"[^\x00-\x1f\x7f-\xa0\ud800-\udfff\ue000-\uf8ff\ufeff\ufffe\uffff\u2028\u2029]*\Z")
_JUST_A_NAME = re.compile(r"""['"]?(\{\{\s*[\w.]+\s*\}\}|\$\{\w+\})['"]?\Z""")
_REFERENCE = re.compile(r"""['"]?([a-z][a-z0-9+.-]*:[\w./:@#+-]+)['"]?\Z""")
_SUBJECT = re.compile(r"(SUBJECT|ISSUER|CIPHER)\s+(?:'(.*)'|([^'\s]+))\Z", re.DOTALL | re.IGNORECASE)
_SETTING_VALUE = re.compile(r"(?:true|false|ON|OFF|0|[1-9]\d{0,15})\Z")
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")
_KEYWORDS = frozenset({"SSL", "X509", "NONE"})


def policy(servers: Iterable[DeclaredServer]) -> str:
    """Return the servers as one policy that the schema accepts."""
    names: set[str] = set()
    return "---\n".join([_Document(server, names).text() for server in servers])


class _Document:
    def __init__(self, server: DeclaredServer, names: set[str]) -> None:
        self.server = server
        self.names = names
        self.left_out: list[str] = []
        self.unknown = 0
        self._hidden: dict[int, list[tuple[int, int]]] = {}
        self._secrets: dict[str, list[Credential]] = {}

    def text(self) -> str:
        """Return the document's lines, those on what is left out first."""
        lines = [*self._facts(), *self._hosts(), *self._users(), *self._roles()]
        for grantee in self.server.grantees:
            self.left_out.append(f"grants to {grantee}, which nothing declares")
        for revoked in self.server.revoked:
            whose = f"{self._scalar(revoked.user)}@{self._scalar(revoked.host)}"
            self.left_out.append(f"what is revoked from {whose} on a database")
        if self.server.statements:
            self.left_out.append("the statements themselves")
        comments = [f"# left out: {_one_line(what)}\n" for what in dict.fromkeys(self.left_out)]
        if self.unknown:
            comments.append(f"# not known before a run: the {self.unknown} values that are {UNKNOWN!r}\n")
        return "".join([*comments, *(f"{line}\n" for line in lines)]) or "{}\n"

    # The server

    def _facts(self) -> list[str]:
        facts = self.server.facts
        lines: list[str] = []
        name = next((fact.name for fact in facts if isinstance(fact.name, Located) and fact.name.value), None)
        if name and name.value not in self.names and self._known(name) is not None:
            self.names.add(name.value)
            lines.append(f"  name: {scalar(name.value)}")
        product = _product([fact.product for fact in facts if isinstance(fact.product, Located)])
        if product:
            lines.append(f"  product: {scalar(product)}")
        settings = list(self._settings())
        if settings:
            lines += ["  settings:", *settings]
        administrators = [leaf for fact in facts for leaf in fact.administrators]
        if administrators:
            lines.append(f"  administrators: {self._flow(administrators)}")
        return ["server:", *lines] if lines else []

    def _settings(self) -> Iterator[str]:
        stated: dict[str, Text] = {}
        for fact in self.server.facts:
            for name, value in fact.settings.items():
                if isinstance(value, Located) or name not in stated:
                    stated[name] = value
        for name, value in stated.items():
            known = self._known(value)
            if not SETTING.search(name) or (isinstance(value, Located) and known is None):
                self.left_out.append("a setting")
            elif known is not None and _SETTING_VALUE.match(known):
                yield f"    {name}: {known}"
            else:
                yield f"    {name}: {self._scalar(value)}"

    def _hosts(self) -> list[str]:
        lines = [line for host in self.server.hosts for line in self._named_host(host)]
        return ["hosts:", *lines] if lines else []

    def _named_host(self, host: NamedHost) -> list[str]:
        addresses = [each for each in host.addresses if not isinstance(each, Located) or ADDRESS.search(each.value)]
        lines = [f"  - name: {self._scalar(host.name)}"]
        if addresses:
            lines.append(f"    addresses: {self._flow(addresses)}")
        if host.dns_names:
            lines.append(f"    dns_names: {self._flow(host.dns_names)}")
        return lines if len(lines) > 1 else []

    # Accounts

    def _users(self) -> list[str]:
        lines: list[str] = []
        before: tuple[str, list[str]] | None = None
        hosts: list[str] = []
        for account in self.server.accounts:
            user, host, rest = self._scalar(account.user), self._scalar(account.host), self._account(account)
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
            lines.append(f"    locked: {self._flag(account.locked)}")
        if account.expired is not None:
            lines.append(f"    expired: {self._flag(account.expired)}")
        if account.comment is not None:
            lines.append(f"    comment: {self._scalar(account.comment)}")
        lines += self._granted_roles(account)
        return lines + self._grants(account.grants, f"of {account}")

    def _authentication(self, account: Account) -> list[str]:
        authentication: Authentication = account.authentication or Authentication()
        lines: list[str] = []
        plugin, credential = authentication.plugin, authentication.credential
        if plugin is not None and not (isinstance(plugin, Located) and not plugin.value):
            lines.append(f"      plugin: {self._scalar(plugin)}")
        if credential and credential.secrecy is Secrecy.EMPTY:
            lines.append("      password: ''")
        elif credential:
            lines.append(f"      secret: {self._reference(account, credential)}")
        return ["    authentication:", *lines] if lines else []

    def _reference(self, account: Account, credential: Credential) -> str:
        """Return a reference as it stands where it may be shown, else one to be filled in."""
        source, start, end = credential.span
        if credential.secrecy is Secrecy.REFERENCE and not self._is_hidden(credential.span):
            written = source.text[start:end]
            found = _REFERENCE.match(written) if KNOWN_STORES.match(written.strip("'\"")) else None
            found = found or _JUST_A_NAME.match(written)
            if found:
                return scalar(found[1])
        known = self._known(account.user)
        name = "unresolved" if known is None else _NOT_IN_A_NAME.sub("_", known) or "anonymous"
        same = self._secrets.setdefault(name, [])
        number = next((at for at, other in enumerate(same) if credential.is_same(other)), len(same))
        if number == len(same):
            same.append(credential)
        return scalar(f"{PLACEHOLDER}{name}-{number + 1}" if number else f"{PLACEHOLDER}{name}")

    def _require(self, account: Account) -> list[str]:
        leaves = account.require
        if len(leaves) == 1:
            leaf = leaves[0]
            if isinstance(leaf, Unresolved):
                return [f"    require: {self._scalar(leaf)}"]
            if leaf.value.upper() in _KEYWORDS:
                return [f"    require: {leaf.value.upper()}"]
        lines: list[str] = []
        for leaf in leaves:
            known = self._known(leaf)
            parts = _SUBJECT.match(known) if known is not None else None
            text = re.sub(r"\\(.)", r"\1", parts[2] if parts[2] is not None else parts[3]) if parts else ""
            if not parts or not text:
                self.left_out.append(f"a requirement of {account}")
            else:
                lines.append(f"      {parts[1].lower()}: {scalar(text)}")
        return ["    require:", *lines] if lines else []

    def _limit(self, name: str, value: Text) -> list[str]:
        key = name.lower()
        if isinstance(value, Unresolved):
            return [f"      {key}: {self._scalar(value)}"] if key in LIMITS else []
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
        target = grant.target
        privileges = [each for each in grant.privileges if not (isinstance(each, Located) and not each.value.strip())]
        if not privileges or (isinstance(target, Located) and not TARGET.search(target.value)):
            self.left_out.append(f"a grant {whose} on what a policy does not name")
            return []
        lines = [
            f"      - privileges: {self._flow(privileges)}",
            f"        target: {self._scalar(target, quoted=True)}",
        ]
        if grant.option is not None and not (isinstance(grant.option, Located) and not grant.option.value):
            lines.append(f"        grant_option: {self._flag(grant.option)}")
        return lines

    def _granted_roles(self, account: Account) -> list[str]:
        mine = [each for each in self.server.memberships if _is_account(each, account)]
        lines = [f"    roles: [{', '.join(dict.fromkeys(self._granted(each) for each in mine))}]"] if mine else []
        if any(_is_account(each, account) for each in self.server.every_role):
            return [*lines, "    default_roles: ALL"]
        defaults = [each.default for each in mine]
        active = [each.role for each in mine if isinstance(each.default, Located) and each.default.value]
        if active:
            lines.append(f"    default_roles: [{', '.join(dict.fromkeys(map(self._scalar, active)))}]")
        elif any(isinstance(each, Unresolved) for each in defaults):
            lines.append(f"    default_roles: {self._unknown()}")
        elif any(each is not None for each in defaults):
            lines.append("    default_roles: NONE")
        return lines

    def _granted(self, member: Membership) -> str:
        if member.admin is None:
            return self._scalar(member.role)
        return f"{{role: {self._scalar(member.role)}, admin: {self._flag(member.admin)}}}"

    def _roles(self) -> list[str]:
        lines = [line for role in self.server.roles for line in self._role(role)]
        users = {_names(account.user, account.host) for account in self.server.accounts}
        roles = {_names(role.name, role.host) for role in self.server.roles}
        for member in self.server.memberships:
            if _names(member.user, member.host) not in (roles if member.host is None else users | roles):
                self.left_out.append(f"that '{self._known(member.role)}' is granted to what nothing declares")
        return ["roles:", *lines] if lines else []

    def _role(self, role: Role) -> list[str]:
        if isinstance(role.name, Located) and not role.name.value:
            self.left_out.append("a role without a name")
            return []
        lines = [f"  - role: {self._scalar(role.name)}"]
        if role.host is not None:
            lines.append(f"    host: {self._scalar(role.host, quoted=True)}")
        inner = [each for each in self.server.memberships if _is_role(each, role)]
        if inner and role is self._first(role):
            lines.append(f"    roles: [{', '.join(self._granted(each) for each in inner)}]")
        if role.members:
            lines += ["    members:", *(f"      - {self._member(each)}" for each in role.members)]
        return lines + self._grants(role.grants, f"of the role {role}")

    def _first(self, role: Role) -> Role:
        """Return the first role of that name: the roles that it has itself are written there."""
        name = _names(role.name, role.host)
        return next(each for each in self.server.roles if _names(each.name, each.host) == name)

    def _member(self, member: Membership) -> str:
        pairs = [f"user: {self._scalar(member.user)}"]
        if member.host is not None:
            pairs.append(f"host: {self._scalar(member.host, quoted=True)}")
        if member.admin is not None:
            pairs.append(f"admin: {self._flag(member.admin)}")
        return f"{{{', '.join(pairs)}}}"

    # Leaves

    def _flow(self, leaves: Iterable[Text]) -> str:
        return f"[{', '.join(self._scalar(leaf) for leaf in leaves)}]"

    def _scalar(self, leaf: Text, *, quoted: bool = False) -> str:
        known = self._known(leaf)
        if known is not None:
            return scalar(known, quoted=quoted)
        written = leaf.source.text[leaf.start : leaf.end]
        template = _JUST_A_NAME.match(written) if isinstance(leaf, Unresolved) else None
        if template and template[1] != UNKNOWN and not self._is_hidden(leaf.span):
            return scalar(template[1])
        return self._unknown()

    def _flag(self, flag: Flag) -> str:
        return self._unknown() if isinstance(flag, Unresolved) else "true" if flag.value else "false"

    def _unknown(self) -> str:
        self.unknown += 1
        return scalar(UNKNOWN)

    def _known(self, leaf: Text) -> str | None:
        """Return a value that a policy can say and everybody may see; what a format supplies stands in no file."""
        if not isinstance(leaf, Located) or TEMPLATE.search(leaf.value):
            return None
        return None if not isinstance(leaf, Implied) and self._is_hidden(leaf.span) else leaf.value

    def _is_hidden(self, span: Span) -> bool:
        """Whether a part of a place must not be shown."""
        source, start, end = span
        hidden = self._hidden.get(id(source))
        if hidden is None:
            hidden = self._hidden[id(source)] = _merged(source)
        at = bisect_right(hidden, (end - 1, len(source.text))) - 1
        return start < end and at >= 0 and hidden[at][1] > start


def _merged(source: Source) -> list[tuple[int, int]]:
    """Return the hidden parts of a source in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(source.secrets):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def scalar(text: str, *, quoted: bool = False) -> str:
    r"""Return a text as YAML that every reader takes for that text.

    >>> print(scalar("app"), scalar("no"), scalar("it's %"), scalar("a\nb"))
    app 'no' 'it''s %' "a\nb"
    """
    if not _PRINTABLE.match(text):
        return '"' + "".join(map(_escaped, text)) + '"'
    if quoted or not _PLAIN.match(text) or not isinstance(plain_value(text), str):
        return "'" + text.replace("'", "''") + "'"
    return text


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    code = ord(character)
    if _PRINTABLE.match(character):
        return character
    return {10: "\\n", 9: "\\t", 13: "\\r"}.get(code, f"\\x{code:02x}" if code < 1 << 8 else f"\\u{code:04x}")


def _user(user: str, hosts: list[str], rest: list[str]) -> list[str]:
    line = f"    host: {hosts[0]}" if len(hosts) == 1 else f"    hosts: [{', '.join(hosts)}]"
    return [f"  - user: {user}", line, *rest]


def _product(products: Sequence[Located[str]]) -> str | None:
    """Return the first product that exists, as judging does; else the first."""
    for product in products:
        try:
            parse_target(product.value)
        except TargetError:
            continue
        return product.value
    return products[0].value if products else None


def _names(name: Text, host: Text | None) -> tuple[object, object]:
    return _name(name), None if host is None else _name(host)


def _name(leaf: Text) -> object:
    return leaf.value.lower() if isinstance(leaf, Located) else leaf.same or id(leaf)


def _is_account(member: Membership | EveryRole, account: Account) -> bool:
    if member.host is None:
        return False
    if isinstance(member.user, Located) and isinstance(account.user, Located):
        same_user = member.user.value == account.user.value
    else:
        same_user = _name(member.user) == _name(account.user)
    return same_user and _name(member.host) == _name(account.host)


def _is_role(member: Membership, role: Role) -> bool:
    return _names(member.user, member.host) == _names(role.name, role.host)


def _one_line(text: str) -> str:
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
