"""Statements in the order of a file to what they leave behind: a later REVOKE, DROP, RENAME or ALTER counts.

What a statement does to an account that the file does not make is kept as far as it declares something: ALTER USER
and SET PASSWORD of it, grants to it.
"""

from collections.abc import Iterable, Iterator
from typing import cast

from grantlint.access.grammar import Grammar
from grantlint.model.scope import Level
from grantlint.reader.sql import statements as s
from grantlint.reader.sql.branches import Branches
from grantlint.reader.sql.ledger import (
    CONDITION,
    TEMPLATE_SIGN,
    Key,
    Ledger,
    NetAccount,
    NetGrant,
    NetMember,
    identity_of,
    level_of,
    take_away,
)
from grantlint.reader.sql.table_writes import write_table

_LONE = frozenset({"MAX_STATEMENT_TIME", "FAILED_LOGIN_ATTEMPTS", "PASSWORD_LOCK_TIME", "COMMENT", "ATTRIBUTE"})


def apply(found: Iterable[s.Statement], grammar: Grammar, branches: Branches | None = None) -> Ledger:
    """Return what the statements leave of accounts, grants and roles; `branches`: those that they stand in."""
    ledger = Ledger(grammar, branches)
    database = ""
    for statement in found:
        if isinstance(statement, s.Use):
            database = "" if statement.database.unresolved else statement.database.text
        else:
            apply_one(statement, ledger, database)
    return ledger


def apply_one(statement: s.Statement, ledger: Ledger, database: str = "") -> None:
    """Apply one statement, with `database` as the current one."""
    match statement:
        case s.Compound(items=items) | s.SetVariables(items=items):
            for item in items:
                apply_one(item, ledger, database)
            return
        case s.Opaque(start=start, end=end, why=why):
            ledger.unclear.append(("statement", why, start, end))
        case s.TableWrite():
            write_table(statement, ledger)
        case s.Grant() | s.GrantRole() | s.GrantProxy():
            _grant(statement, ledger, database)
        case s.Revoke() | s.RevokeAll() | s.RevokeRole() | s.RevokeProxy():
            _revoke(statement, ledger, database)
        case s.CreateRole() | s.DropRole() | s.SetDefaultRole():
            _role(statement, ledger)
        case _:
            _user(statement, ledger)
    ledger.secrets.extend((secret.start, secret.end) for secret in secrets_in(statement) if secret.form != "random")


def secrets_in(value: object) -> Iterator[s.Secret]:
    """Yield every password and hash in a record."""
    if isinstance(value, s.Secret):
        yield value
    elif isinstance(value, tuple):
        for part in cast("tuple[object, ...]", value):
            yield from secrets_in(part)


def _user(statement: s.Statement, ledger: Ledger) -> None:
    match statement:
        case s.CreateUser():
            _create(statement, ledger)
        case s.AlterUser():
            _alter(statement, ledger)
        case s.SetPassword(account=account, secret=secret) if account is not None and account.kind == "account":
            changed = ledger.changed(account, account.start, account.end)
            plugin = changed.authentication[0].plugin if changed.authentication else None
            changed.authentication = (s.Authentication(plugin, secret, secret.start, secret.end),)
            changed.expired = None
        case s.SetPassword():
            _of_session(statement, ledger)
        case s.DropUser(accounts=accounts):
            for account in accounts:
                ledger.forget(ledger.key(account), (statement.start, statement.end))
                if ledger.branches.always(statement.start, 0):
                    ledger.dropped.append(account)
                ledger.removals += 1
        case s.RenameUser(pairs=pairs):
            for old, new in pairs:
                ledger.rename(old, new, new.start, new.end)
        case _:
            pass


def _create(statement: s.CreateUser, ledger: Ledger) -> None:
    for one in statement.subjects:
        if one.account.kind != "account":
            _of_session(statement, ledger)
            continue
        key = ledger.key(one.account)
        before = ledger.accounts.get(key, ())
        if TEMPLATE_SIGN not in "".join(key) and not all(
            ledger.branches.always(made.start, statement.start) for made in before
        ):
            ledger.unclear.append(("statement", CONDITION, statement.start, statement.end))
            continue
        if statement.if_not_exists and before:
            continue
        made = ledger.make(one.account, *_place(one, statement), replace=statement.or_replace)
        made.whole = True
        made.anew = not (statement.if_not_exists or statement.or_replace)
        _describe(made, one, statement.options)
        for role in statement.default_roles:
            _join(ledger, role, one.account, None, (role.start, role.end)).default = (role.start, role.end)


def _alter(statement: s.AlterUser, ledger: Ledger) -> None:
    for one in statement.subjects:
        if one.account.kind != "account":
            _of_session(statement, ledger)
            continue
        if one.authentication or statement.options:
            changed = ledger.changed(one.account, *_place(one, statement))
            _describe(changed, one, statement.options)
        if statement.default_roles is not None:
            _default(ledger, statement.default_roles, (one.account,), (statement.start, statement.end))


def _of_session(
    statement: s.CreateUser | s.AlterUser | s.SetPassword | s.Grant | s.GrantRole | s.GrantProxy, ledger: Ledger
) -> None:
    ledger.unclear.append(("account", "it is the one of the session", statement.start, statement.end))


def _place(one: s.Subject, statement: s.CreateUser | s.AlterUser | s.Grant) -> s.Place:
    """Return where an account is declared: the whole statement if it is the only one, else its own words."""
    if len(statement.subjects) == 1:
        return statement.start, statement.end
    end = one.authentication[-1].end if one.authentication else one.account.end
    return one.account.start, end


def _describe(net: NetAccount, one: s.Subject, options: tuple[s.Option, ...]) -> None:
    """Note what a statement says of an account; what it says again replaces what it said."""
    if one.authentication and not one.factors:
        net.authentication = one.authentication
        net.expired = None  # a new password is good again
    groups = {_group(option.name) for option in options}
    kept = {name: option for name, option in net.options.items() if _group(name) not in groups}
    net.options = kept | {option.name: option for option in options}
    for option in options:
        if option.name == "PASSWORD EXPIRE":  # NEVER, DEFAULT and INTERVAL only say what becomes of a good one
            net.expired = (option.start, option.end)


def _group(name: str) -> str:
    """Return what an option replaces: REQUIRE replaces REQUIRE, ACCOUNT LOCK replaces ACCOUNT UNLOCK."""
    if name in _LONE or name.startswith("MAX_"):
        return name
    words = name.split()
    return " ".join(words[: 2 if words[0] == "PASSWORD" else 1])


def _role(statement: s.CreateRole | s.DropRole | s.SetDefaultRole, ledger: Ledger) -> None:
    match statement:
        case s.CreateRole(roles=roles, if_not_exists=unless, or_replace=replace):
            for role in roles:
                key = ledger.key(role)
                if replace:
                    ledger.forget(key, (role.start, role.end))
                if not unless or key not in ledger.roles:
                    ledger.roles[key] = NetAccount(role, role.start, role.end)
                if statement.admin is not None and statement.admin.kind == "account":
                    place = (statement.admin.start, statement.admin.end)
                    _join(ledger, role, statement.admin, place, place)
        case s.DropRole(roles=roles):
            for role in roles:
                ledger.forget(ledger.key(role), (statement.start, statement.end))
                ledger.removals += 1
        case s.SetDefaultRole(choice=choice, accounts=accounts):
            _default(ledger, choice, accounts, (statement.start, statement.end))


def _join(ledger: Ledger, role: s.Account, account: s.Account, admin: s.Place | None, place: s.Place) -> NetMember:
    """Give an account a role, once."""
    members = ledger.members.setdefault(ledger.key(account), [])
    for member in members:
        if ledger.key(member.role) == ledger.key(role):
            member.admin = member.admin or admin
            return member
    made = NetMember(role, account, admin, place)
    members.append(made)
    return made


def _default(ledger: Ledger, choice: s.RoleChoice, accounts: tuple[s.Account, ...], place: s.Place) -> None:
    chosen = {ledger.key(role) for role in choice.roles}
    for account in accounts:
        for member in ledger.members.get(ledger.key(account), ()):
            is_chosen = choice.mode == "ALL" or ledger.key(member.role) in chosen
            member.default = place if is_chosen else None


def _grant(statement: s.Grant | s.GrantRole | s.GrantProxy, ledger: Ledger, database: str) -> None:
    place = (statement.start, statement.end)
    for one in statement.subjects:
        account = one.account
        if account.kind != "account":
            _of_session(statement, ledger)
            continue
        if one.authentication or (isinstance(statement, s.Grant) and statement.options):
            _declared_by_grant(statement, one, ledger)
        match statement:
            case s.GrantRole(roles=roles, admin_option=admin):
                for role in roles:
                    _join(ledger, role, account, admin, place)
                continue
            case s.GrantProxy(proxied=proxied, grant_option=option):
                given = NetGrant(account, [s.Privilege("PROXY", *place)], None, place)
                given.proxied = proxied
                given.option = option
            case s.Grant(privileges=privileges, target=target, grant_option=option):
                given = NetGrant(account, list(privileges), target, place, database=database)
                given.option = option
                _lift(ledger, given)
        ledger.grants.setdefault(ledger.key(account), []).append(given)


def _declared_by_grant(statement: s.Grant | s.GrantRole | s.GrantProxy, one: s.Subject, ledger: Ledger) -> None:
    """Note what the GRANTs of MySQL before 8.0 and of MariaDB say of the account itself."""
    options = statement.options if isinstance(statement, s.Grant) else ()
    made = ledger.changed(one.account, one.account.start, one.account.end)
    _describe(made, one, options)


def _revoke(statement: s.Revoke | s.RevokeAll | s.RevokeRole | s.RevokeProxy, ledger: Ledger, database: str) -> None:
    place = (statement.start, statement.end)
    for account in statement.accounts:
        key = ledger.key(account)
        if isinstance(statement, s.RevokeRole):
            _leave(ledger, key, {ledger.key(role) for role in statement.roles}, statement)
            continue
        grants = ledger.grants.get(key, [])
        named = _named(grants, statement, ledger, database)
        reached = ledger.reached(place, [grant.start for grant in named])
        if reached is None:
            continue
        taken_from = {grant for grant, here in zip(named, reached, strict=True) if here}
        if isinstance(statement, s.Revoke):
            for grant in taken_from:
                take_away(grant, statement.privileges, ledger.grammar)
            grants[:] = [grant for grant in grants if not grant.is_empty]
            if level_of(statement.target) is Level.DATABASE:
                taken = NetGrant(account, list(statement.privileges), statement.target, place, database=database)
                ledger.revoked.setdefault(key, []).append(taken)
        else:
            grants[:] = [grant for grant in grants if grant not in taken_from]
        if isinstance(statement, s.RevokeAll):
            ledger.revoked.pop(key, None)


def _named(
    grants: list[NetGrant], statement: s.Revoke | s.RevokeAll | s.RevokeProxy, ledger: Ledger, database: str
) -> list[NetGrant]:
    """Return the grants of an account that a statement takes something from."""
    match statement:
        case s.Revoke(target=target):
            identity = identity_of(target, database)
            return [grant for grant in grants if grant.target is not None and grant.identity == identity]
        case s.RevokeAll():
            return [grant for grant in grants if grant.target is not None]
        case s.RevokeProxy(proxied=proxied):
            gone = ledger.key(proxied)
            return [grant for grant in grants if grant.proxied is not None and ledger.key(grant.proxied) == gone]


def _lift(ledger: Ledger, given: NetGrant) -> None:
    """Drop what a grant on everything, or on the same database, gives back (MySQL: partial_revokes.cc)."""
    taken = ledger.revoked.get(ledger.key(given.account))
    if taken and given.target is not None and level_of(given.target) in (Level.GLOBAL, Level.DATABASE):
        for one in taken:
            if given.target.every == "*.*" or one.identity == given.identity:
                take_away(one, tuple(given.privileges), ledger.grammar)
        taken[:] = [one for one in taken if not one.is_empty]


def _leave(ledger: Ledger, key: Key, roles: set[Key], statement: s.RevokeRole) -> None:
    members = ledger.members.get(key, [])
    named = [member for member in members if ledger.key(member.role) in roles]
    reached = ledger.reached((statement.start, statement.end), [member.start for member in named])
    for member, here in zip(named, reached or (), strict=False):
        if here and statement.admin_only:
            member.admin = None
        elif here:
            members.remove(member)
