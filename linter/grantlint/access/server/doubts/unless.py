"""What nobody can read in the files and might change an answer: it is named, and where it decides nothing is known."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from grantlint.access.accounts.stored import stored_user, takes_client
from grantlint.access.grants.rights import Right
from grantlint.access.grants.row import GrantRow, shown
from grantlint.access.host.client import Client
from grantlint.access.product.target import Target
from grantlint.model import Account, DeclaredServer, Grant
from grantlint.model.location import Located, Span, Text, Unresolved
from grantlint.model.scope import Level
from grantlint.model.scope.databases import may_name
from grantlint.platform.record import NamedTuple

_SWITCHES = (
    "skip_name_resolve", "skip_grant_tables", "skip_networking", "offline_mode", "read_only", "super_read_only",
    "require_secure_transport", "partial_revokes", "activate_all_roles_on_login",
)  # fmt: skip


_LISTENING = "bind_address"


class Unless(NamedTuple):
    """A clause that would change an answer, and its place."""

    what: str
    span: Span


class Asked(NamedTuple):
    """The user and client that an answer is about.

    The client is as the server sees it; `database` where one is asked for.
    """

    user: str
    client: Client
    database: str | None = None


def of_login(declared: DeclaredServer, target: Target, asked: Asked) -> Iterator[Unless]:
    """Yield the accounts that might let a refused client in.

    They are those with unread names, and those that only grants name.
    """
    for account in declared.accounts:
        if account.known_name is None and _may_be(account, target, asked):
            yield Unless(f"{account} is for this client: {_reason(account)}", account.span)
    for account in declared.grantees:
        if account.grants and _may_be(account, target, asked):  # without any: the server has refused them
            made = "there: a grant names it, and no file makes it"
            yield Unless(f"{account} is {made}", account.span)


def of_glimpses(declared: DeclaredServer) -> Iterator[Unless]:
    """Yield that accounts not shown might let a refused client in.

    A client has not printed them of the server.
    """
    for glimpse in declared.glimpses:
        if not glimpse.lists:
            what = "an account takes it that this text does not show: SELECT user, host FROM mysql.user lists them"
            yield Unless(what, glimpse.span)


def of_grants_not_shown(declared: DeclaredServer, target: Target, asked: Asked) -> Iterator[Unless]:
    """Yield whose grants are not shown and might give a right.

    A client has not printed them of the server.
    """
    for glimpse in declared.glimpses:
        if glimpse.granted is None:
            continue
        source = glimpse.span.source
        for account in declared.accounts:
            here = account.span.source is source and _may_be(account, target, asked)
            if here and account.known_name not in glimpse.granted:
                what = f"the grants of {account} give it, which this text does not show: SHOW GRANTS FOR {account}"
                yield Unless(what, account.span)
        for member in declared.memberships:
            role = member.role
            if not isinstance(role, Located) or role.source is not source:
                continue
            unseen = all(role.value != user for user, _ in glimpse.granted)
            if unseen and _is_or_unknown(member.user, asked.user, target):
                yield Unless(f"the role {role.value!r} gives it, whose grants this text does not show", role.span)


def of_rights(declared: DeclaredServer, target: Target, asked: Asked) -> Iterator[Unless]:
    """Yield the unknown grants and roles that might give a right.

    They are those of the user's accounts.
    """
    for account in (*declared.accounts, *declared.grantees):
        if _may_be(account, target, asked):
            for grant in account.grants:
                why = _open(grant, asked.database)
                if why:
                    yield Unless(f"a grant to {account} gives it: {why}", grant.span)
    for member in declared.memberships:
        leaf = next((one for one in (member.role, member.user, member.host) if isinstance(one, Unresolved)), None)
        if leaf is not None and _is_or_unknown(member.user, asked.user, target):
            yield Unless(f"a role gives it that is not known: {leaf.reason}", leaf.span)
    yield from _of_roles_elsewhere(declared, target, asked)
    for role in declared.roles:
        for grant in role.grants:
            why = _open(grant, asked.database)
            if why and any(_is_or_unknown(member.user, asked.user, target) for member in declared.memberships):
                yield Unless(f"a grant to the role {role} gives it: {why}", grant.span)


def _of_roles_elsewhere(declared: DeclaredServer, target: Target, asked: Asked) -> Iterator[Unless]:
    """Yield the user's roles that no file makes or grants anything to: they have their grants elsewhere.

    Those of a text that shows a part of a server are told by what it does not show.
    """
    if not declared.memberships:
        return
    told = {name.value for role in declared.roles if isinstance(name := role.name, Located)}
    told |= {user.value for one in (*declared.accounts, *declared.grantees) if isinstance(user := one.user, Located)}
    shown_in = [one.span.source for one in declared.glimpses if one.granted is not None]
    roles_of = defaultdict[object, list[Located[str]]](list)
    for member in declared.memberships:
        if isinstance(member.role, Located) and isinstance(member.user, Located):
            roles_of[stored_user(member.user.value, target)].append(member.role)
    left, seen = [asked.user, ""], {asked.user}
    while left:
        for role in roles_of[left.pop()]:
            if role.value in seen:
                continue
            seen.add(role.value)
            left.append(role.value)
            if role.value not in told and role.source not in shown_in:
                yield Unless(f"the role {role.value!r} gives it, which no file makes", role.span)


def of_absent(declared: DeclaredServer, target: Target, rights: Iterable[Right]) -> Iterator[Unless]:
    """Yield the rights that rest on a refused grant.

    It is to an account that no file makes, whose user is declared at other hosts.
    """
    errno = target.traits.grant_to_nobody
    absent = {shown(name): one for one in declared.grantees if errno and (name := one.known_name) is not None}
    for grantee in dict.fromkeys(shown(right.row.grantee) for right in rights) if absent else ():
        if grantee in absent:
            what = f"{grantee} is not there, as no file makes it: then its grant gets ERROR {errno}"
            yield Unless(what, absent[grantee].span)


def of_settings(declared: DeclaredServer) -> Iterator[tuple[str, Unless]]:
    """Yield the switches of the server whose value nobody knows."""
    for fact in declared.facts:
        for name in _SWITCHES:
            leaf = fact.settings.get(name)
            if isinstance(leaf, Unresolved):
                yield name, Unless(f"{name} is on ({leaf.reason})", leaf.span)
        leaf = fact.settings.get(_LISTENING)
        if isinstance(leaf, Unresolved):
            yield _LISTENING, Unless(f"{_LISTENING} leaves the client out ({leaf.reason})", leaf.span)
    for one in declared.not_checked:
        name = one.what.removeprefix("setting ")
        if name in _SWITCHES:
            yield name, Unless(f"{name} is on ({one.why})", one.span)


def of_ties(rows: Iterable[GrantRow]) -> Iterator[Unless]:
    """Yield the grants that a tie may put before what serves."""
    for row in rows:
        span = next((one.span for one in row.origins if isinstance(one, Grant)), None)
        if span is not None:
            yield Unless(f"{row} comes first, with which it ties: a restart may turn that", span)


def of_denials(declared: DeclaredServer, target: Target, asked: Asked) -> Iterator[Unless]:
    """Yield the DENY statements with unknown parts.

    They may take a right away, being to the user, to PUBLIC or to roles.
    """
    roles = {role.name.value for role in declared.roles if isinstance(role.name, Located)} | {"PUBLIC"}
    for user, host, denied, _ in declared.denied:
        if isinstance(user, Located) and user.value not in roles and not _is_or_unknown(user, asked.user, target):
            continue
        leaf = next((one for one in (user, host) if isinstance(one, Unresolved)), None)
        why = f"to whom it is, is not known: {leaf.reason}" if leaf is not None else _open(denied, asked.database)
        if why:
            yield Unless(f"a DENY takes it: {why}", denied.span)


def of_doubts(rows: Iterable[GrantRow]) -> Iterator[Unless]:
    """Yield the denials of which nobody knows whether they count."""
    for row in rows:
        denied = (*row.denied.values(), *(each for kept in row.denied_columns.values() for each in kept.values()))
        span = next((one.span for origins in denied for one in origins if isinstance(one, Grant)), None)
        if span is not None:
            yield Unless(f"the DENY on {row}, the row of another account, counts or not: nobody has settled it", span)


def _open(grant: Grant, database: str | None) -> str:
    """Return why a grant's effect there is not known, '' where it is."""
    if isinstance(grant.target, Unresolved):
        return f"on what it is, is not known: {grant.target.reason}"
    scope = grant.target.value
    other = database is not None and scope.level is not Level.GLOBAL and not may_name(scope.database, database)
    if other or grant.known_privileges is not None:
        return ""
    leaf = next(one for one in grant.privileges if isinstance(one, Unresolved))
    return f"its privileges are not known: {leaf.reason}"


def _may_be(account: Account, target: Target, asked: Asked) -> bool:
    if not _is_or_unknown(account.user, asked.user, target):
        return False
    if not isinstance(account.host, Located):
        return True
    return takes_client(account.host.value, asked.client, target)


def _is_or_unknown(leaf: Text, user: str, target: Target) -> bool:
    return not isinstance(leaf, Located) or stored_user(leaf.value, target) in {user, ""}


def _reason(account: Account) -> str:
    unknown = {"user": account.user, "host": account.host}
    return ", ".join(f"its {part} is {leaf.reason}" for part, leaf in unknown.items() if isinstance(leaf, Unresolved))
