"""CREATE and DROP ROLE, who has which role, and which are active at login."""

from collections.abc import Callable, Iterable, Iterator

from grantlint.access.state.book.book import Book, MadeRole, Member
from grantlint.access.state.book.names import Key
from grantlint.access.state.progress import Progress, failed
from grantlint.model.account import written
from grantlint.model.location import Flag, Located, Span
from grantlint.model.step import AccountName, CreateRole, GrantRoles, RevokeRoles, SetDefaultRole, SetRole

_EXISTS = 1396
_DUPLICATE = 1062
_READ_FIRST = "Write FLUSH PRIVILEGES in its place: the tables give the role already, and the server reads them then."
_NO_ROW = 1133
_NO_ROLE, _NOT_REVOKED, _NO_USER = 1959, 1962, 1960  # MariaDB
_LOOP, _LOOP_OF_MYSQL = 1961, 4027
_UNKNOWN, _NOT_GRANTED = 3523, 3530  # MySQL


def create_role(act: CreateRole, progress: Progress) -> None:
    """Make roles that are not there yet."""
    book = progress.book
    taken: list[AccountName] = []
    if not act.if_not_exists and not act.or_replace:
        taken = [role for role in act.roles if progress.is_taken(book.role_key(role))]
        if taken:
            progress.refuse(_EXISTS, failed("CREATE ROLE", taken), "exists", taken[0])
    if not progress.goes_on(taken, act.roles):
        return
    for role in act.roles:
        if role not in taken:
            _create(role, act, progress)
    if act.admin is not None:
        for role in act.roles:
            join(role, act.admin, progress, admin=_true(act.admin.span))


def _create(role: AccountName, act: CreateRole, progress: Progress) -> None:
    book, under = progress.book, progress.step.under
    key = book.role_key(role)
    if act.or_replace:
        progress.forget(key)
    if act.if_not_exists and (key in book.roles or progress.is_taken(key)):
        return
    book.roles[key] = MadeRole(role, under)
    book.note_new(key)
    if not under and not act.if_not_exists:
        book.whole.add(key)


def grant_roles(act: GrantRoles, to: Iterable[AccountName], progress: Progress) -> None:
    """Give roles to accounts or roles."""
    looped = refuse_loops(act, to, progress)
    for name in to:
        if name not in looped and (not looped or not progress.rules.target.traits.atomic_statements):
            for role in act.roles:
                if not _sleeps(role, name, progress):
                    join(role, name, progress, admin=act.admin)


def _sleeps(role: AccountName, name: AccountName, progress: Progress) -> bool:
    """Return whether the tables give an account a role already, and the server does not know it.

    MariaDB refuses to write it once more, which is noted; MySQL knows it from then on.
    """
    book, mariadb = progress.book, progress.rules.target.product == "mariadb"
    key, wanted = book.grantee_key(name), book.role_key(role)
    asleep = book.rows.asleep.get(key, frozenset())
    if wanted not in asleep:
        return False
    if mariadb:
        entry = "-".join([str(getattr(leaf, "value", "?")) for leaf in (name.host, name.user, role.user)])
        progress.refuse(_DUPLICATE, f"Duplicate entry '{entry}' for key 'PRIMARY'", "twice", name, _READ_FIRST)
    else:
        book.rows.asleep[key] = asleep - {wanted}
    return mariadb


def refuse_loops(act: GrantRoles, to: Iterable[AccountName], progress: Progress) -> list[AccountName]:
    """Return the grantees that would make a loop of roles.

    A role of the GRANT has them already; the first is noted as refused.
    """
    book = progress.book
    looped = [name for name in to if any(_has(book.role_key(role), book.grantee_key(name), book) for role in act.roles)]
    if looped and progress.rules.strict:
        if progress.rules.target.product == "mariadb":
            progress.refuse(_LOOP, f"Cannot grant role {written(act.roles[0].user)} to: {looped[0]}", "loop", looped[0])
        else:
            message = f"User account {looped[0]} is directly or indirectly granted to the role {act.roles[0]}"
            progress.refuse(_LOOP_OF_MYSQL, f"{message}. The GRANT would create a loop", "loop", looped[0])
    return looped


def _has(holder: Key, wanted: Key, book: Book) -> bool:
    """Return whether a role is one, or has it by others.

    It is sought from both ends, one step each: a chain of roles mostly grows at an end, behind which there is nothing.
    """
    if holder == wanted:
        return True
    above = _ways(wanted, lambda key: book.joined.get(key, ()))  # some had a role that they no longer have
    may_be = False
    for key in _ways(holder, lambda key: [member.key for member in book.members.get(key, ())]):
        if key == wanted:
            return True
        if not may_be:
            upper = next(above, None)
            if upper is None:
                return False
            may_be = upper == holder
    return False


def _ways(start: Key, ahead: Callable[[Key], Iterable[Key]]) -> Iterator[Key]:
    """Yield where each way from a role on leads; what several lead to is gone on from once."""
    known = {start}
    left = [start]
    while left:
        for key in ahead(left.pop()):
            yield key
            if key not in known:
                known.add(key)
                left.append(key)


def absent_roles(act: GrantRoles | RevokeRoles, progress: Progress) -> bool:
    """Return whether a role is surely absent, and refuse the step."""
    absent = [role for role in act.roles if progress.rules.strict and progress.is_absent(progress.book.role_key(role))]
    if absent:
        _refuse_role(absent[0], progress)
    return bool(absent)


def _refuse_role(role: AccountName, progress: Progress) -> None:
    """Refuse the step at hand because a role, or on MySQL an account, is not there."""
    if progress.rules.target.product == "mariadb":
        progress.refuse(_NO_ROLE, f"Invalid role specification {written(role.user)}", "absent", role)
    else:
        progress.refuse(_UNKNOWN, f"Unknown authorization ID {role}", "absent", role)


def join(
    role: AccountName, name: AccountName, progress: Progress, *, admin: Flag | None = None, by_default: bool = False
) -> None:
    """Give an account a role, once."""
    book = progress.book
    members = book.members.setdefault(book.grantee_key(name), [])
    key = book.role_key(role)
    book.joined[key][book.grantee_key(name)] = None
    default = _true(role.span) if by_default or _is_default(key, book.grantee_key(name), progress) else None
    for number, member in enumerate(members):
        if member.key == key:
            members[number] = member._replace(admin=member.admin or admin, default=default or member.default)
            return
    members.append(Member(key, role, name, admin, default, progress.step.under))


def choose(role: AccountName, name: AccountName, progress: Progress) -> None:
    """Make a role the default of an account.

    A row of a grant table does so, and does not make the account a member.
    """
    book = progress.book
    key, wanted = book.grantee_key(name), book.role_key(role)
    if progress.rules.target.product == "mariadb":
        book.defaults[key] = role
    book.chosen.add((key, wanted))
    members = book.members.get(key, [])
    for number, member in enumerate(members):
        if member.key == wanted:
            members[number] = member._replace(default=_true(role.span))


def _is_default(role: Key, key: Key, progress: Progress) -> bool:
    """Return whether a role is the default of an account already, before it is granted."""
    chosen = progress.book.defaults.get(key)
    written = (key, role) in progress.book.chosen
    return written or (chosen is not None and progress.book.role_key(chosen) == role)


def revoke_roles(act: RevokeRoles, progress: Progress) -> None:
    """Take roles, or the right to hand them on, from accounts."""
    book = progress.book
    if not act.if_exists and absent_roles(act, progress):
        return
    roles = {book.role_key(role) for role in act.roles}
    refused = _not_held(act, roles, progress)
    if not progress.goes_on(refused, act.accounts):
        return
    for name in act.accounts:
        members = book.members.get(book.grantee_key(name), [])
        named = [member for member in members if member.key in roles]
        reached = progress.reached(named) or ()
        _leave(members, [member for member, here in zip(named, reached, strict=False) if here], act)


def _not_held(act: RevokeRoles, roles: set[Key], progress: Progress) -> list[AccountName]:
    """Return the accounts that a REVOKE fails for: absent, or on MariaDB no members."""
    book, mariadb = progress.book, progress.rules.target.product == "mariadb"
    refused: list[AccountName] = []
    for name in act.accounts if progress.rules.strict and not act.if_exists else ():
        key = book.grantee_key(name)
        absent = progress.is_absent(key)
        has_none = mariadb and progress.is_whole(key) and not _has_one(key, roles, progress)
        if absent or has_none:
            refused.append(name)
    if refused and mariadb:
        message = f"Cannot revoke role {written(act.roles[0].user)} from: {refused[0]}"
        progress.refuse(_NOT_REVOKED, message, "not held", refused[0])
    elif refused:
        _refuse_role(refused[0], progress)
    return refused


def _has_one(key: Key, roles: set[Key], progress: Progress) -> bool:
    book = progress.book
    return any(member.key in roles and book.is_awake(member, key) for member in book.members.get(key, ()))


def _leave(members: list[Member], leaving: list[Member], act: RevokeRoles) -> None:
    for member in leaving:
        if act.admin_only:
            members[members.index(member)] = member._replace(admin=None)
        else:
            members.remove(member)


def set_role(act: SetRole, progress: Progress) -> None:
    """Refuse roles that the session surely lacks, whoever runs it.

    Who makes a role has it on MariaDB, and not on MySQL: there nobody has one that the script makes, but those to whom
    it is given, and whom the script makes as well are not its own session (facts: I24).
    """
    book, rules = progress.book, progress.rules
    for role in act.roles if rules.strict else ():
        key = book.role_key(role)
        if rules.target.product == "mariadb":
            if progress.is_gone(key):
                _refuse_role(role, progress)
                return
        elif progress.is_gone(key) or (progress.is_whole(key) and _is_for_others(key, progress)):
            progress.refuse(_NOT_GRANTED, f"{role} is not granted to the account of the session", "not held", role)
            return


def _is_for_others(role: Key, progress: Progress) -> bool:
    """Return whether only accounts that the script makes have a role."""
    book = progress.book
    if progress.rules.mandatory_roles:
        return False
    holders = [
        name for name, members in book.members.items() if any(book.role_key(one.role) == role for one in members)
    ]
    return all(progress.is_whole(name) for name in holders)


def set_default_role(act: SetDefaultRole, progress: Progress) -> None:
    """Make only the chosen roles of accounts active at login."""
    mariadb = progress.rules.target.product == "mariadb"
    if mariadb and _is_nobody(act, progress):
        return
    refused = _refused_default(act, progress)
    if refused is not None:
        if mariadb:
            message = f"User {refused} has not been granted role {written(act.choice.roles[0].user)}"
            progress.refuse(_NO_ROLE, message, "not held", refused)
        else:
            progress.refuse(_NOT_GRANTED, f"{act.choice.roles[0]} is not granted to {refused}", "not held", refused)
        return
    deleted = [name for name in act.accounts if mariadb and progress.is_deleted(progress.book.key(name))]
    if deleted:  # the server has not read that its row is gone (asked of 10.11.19 and 11.8.9)
        progress.refuse(_NO_ROW, "Can't find any matching row in the user table", "absent", deleted[0])
        return
    for name in act.accounts:
        if mariadb:
            _remember(act, name, progress)
        _choose(act, name, progress)


def _refused_default(act: SetDefaultRole, progress: Progress) -> AccountName | None:
    """Return an account that surely does not have a chosen role: on MariaDB none of its user has it."""
    book = progress.book
    chosen = {book.role_key(role) for role in act.choice.roles}
    if not progress.rules.strict or not chosen:
        return None
    for name in act.accounts:
        key = book.key(name)
        if progress.is_gone(key):
            return name
        keys = {key, *(book.namesakes(key) if progress.rules.target.product == "mariadb" else ())}
        if any(not progress.is_whole(one) for one in keys) and not all(progress.is_whole(one) for one in chosen):
            continue
        held = {member.key for one in keys for member in book.members.get(one, ()) if book.is_awake(member, one)}
        if not chosen <= held:
            return name
    return None


def _is_nobody(act: SetDefaultRole, progress: Progress) -> bool:
    """Return whether MariaDB misses the account, or the role before it, and note it."""
    book = progress.book
    absent = [role for role in act.choice.roles if progress.is_gone(book.role_key(role))]
    if absent:
        _refuse_role(absent[0], progress)
        return True
    gone = [name for name in act.accounts if progress.is_gone(book.key(name))]
    if gone and not act.choice.roles:
        user, _ = key = book.key(gone[0])
        known = (*book.namesakes(key), *book.rows.deleted)  # the server still knows those that a DELETE took
        if (user, "%") in known:
            progress.refuse(_NO_ROW, "Can't find any matching row in the user table", "absent", gone[0])
        else:
            progress.refuse(_NO_USER, "The current user is invalid", "absent", gone[0])
        return True
    return False


def _remember(act: SetDefaultRole, name: AccountName, progress: Progress) -> None:
    key = progress.book.key(name)
    if act.choice.roles:
        progress.book.defaults[key] = act.choice.roles[0]
    else:
        progress.book.defaults.pop(key, None)


def _choose(act: SetDefaultRole, name: AccountName, progress: Progress) -> None:
    """Mark the chosen ones of the roles that an account has."""
    book, choice = progress.book, act.choice
    chosen: set[Key] = {book.role_key(role) for role in choice.roles}
    members = book.members.get(book.key(name), [])
    for number, member in enumerate(members):
        if choice.mode == "ALL" or member.key in chosen:
            members[number] = member._replace(default=_true(progress.step.span))
        elif member.default is not None:
            members[number] = member._replace(default=None)


def _true(span: Span) -> Located[bool]:
    return Located(True, *span)  # noqa: FBT003 - the value that is located
