"""CREATE ROLE, and who has which role."""

from collections.abc import Callable, Iterable, Iterator

from grantlint.access.state.book.book import Book
from grantlint.access.state.book.entries import MadeRole, Member
from grantlint.access.state.book.names import Key
from grantlint.access.state.progress import Progress, failed
from grantlint.model.account import written
from grantlint.model.location import Flag, Located, Span
from grantlint.model.step.acts import AccountName, CreateRole, GrantRoles, RevokeRoles

_EXISTS = 1396
_DUPLICATE = 1062
_DENIED = 1698
_ADMIN = "Write CREATE ROLE without WITH ADMIN, or with WITH ADMIN CURRENT_USER: the session has the role then."
_READ_FIRST = "Write FLUSH PRIVILEGES in its place: the tables give the role already, and the server reads them then."
_NO_ROLE, _NOT_REVOKED = 1959, 1962  # MariaDB
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
            book.admins[book.role_key(role)] = book.key(act.admin)
            join(role, act.admin, progress, admin=flag_at(act.admin.span))


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
    for key in roles_of(holder, book):
        if key == wanted:
            return True
        if not may_be:
            upper = next(above, None)
            if upper is None:
                return False
            may_be = upper == holder
    return False


def roles_of(key: Key, book: Book) -> Iterator[Key]:
    """Yield the roles of an account or role, nested ones too."""
    return _ways(key, lambda one: [member.key for member in book.members.get(one, ())])


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
    """Return whether a role is surely absent, or another's.

    The step is refused then.
    """
    book = progress.book
    keys = {role: book.role_key(role) for role in act.roles}
    known = isinstance(act, RevokeRoles) and progress.rules.target.product == "mysql"  # one that a DELETE took, too
    absent = [
        role
        for role, key in keys.items()
        if progress.rules.strict and progress.is_absent(key) and not (known and progress.is_deleted(key))
    ]
    others = [role for role in act.roles if is_of_another(book.role_key(role), progress)]
    if absent:
        refuse_role(absent[0], progress)
    elif others:
        progress.refuse(_DENIED, "Access denied for the account that runs this", "not held", others[0], _ADMIN)
    return bool(absent or others)


def is_of_another(role: Key, progress: Progress) -> bool:
    """Return whether a role was surely made for another account.

    On MariaDB the session does not have the role then, and may not hand it on (facts: I37).
    """
    admin = progress.book.admins.get(role)
    if admin is None or not progress.rules.strict:
        return False
    return progress.is_absent(admin) or progress.is_whole(admin)


def refuse_role(role: AccountName, progress: Progress) -> None:
    """Refuse the step at hand, as a role is not there.

    On MySQL an account may be one.
    """
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
    default = flag_at(role.span) if by_default or _is_default(key, book.grantee_key(name), progress) else None
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
            members[number] = member._replace(default=flag_at(role.span))


def _is_default(role: Key, key: Key, progress: Progress) -> bool:
    """Return whether a role is the default of an account already, before it is granted."""
    chosen = progress.book.defaults.get(key)
    written = (key, role) in progress.book.chosen
    return written or (chosen is not None and progress.book.role_key(chosen) == role)


def revoke_roles(act: RevokeRoles, progress: Progress) -> None:
    """Take roles, or the right to hand them on, from accounts."""
    book = progress.book
    unknown = [name for name in act.accounts if progress.rules.strict and _is_missing(name, progress)]
    all_ignored = act.ignores_unknown and len(unknown) == len(act.accounts)
    if not act.if_exists and not all_ignored and absent_roles(act, progress):
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
    for name in act.accounts if progress.rules.strict else ():
        key = book.grantee_key(name)
        absent = _is_missing(name, progress) and not act.ignores_unknown
        has_none = mariadb and not act.if_exists and progress.is_whole(key) and not _has_one(key, roles, progress)
        if absent or has_none:
            refused.append(name)
    if refused and mariadb:
        message = f"Cannot revoke role {written(act.roles[0].user)} from: {refused[0]}"
        progress.refuse(_NOT_REVOKED, message, "not held", refused[0])
    elif refused:
        refuse_role(refused[0], progress)
    return refused


def _is_missing(name: AccountName, progress: Progress) -> bool:
    """Return whether the server knows no such account; one whose row somebody deleted it still knows."""
    key = progress.book.grantee_key(name)
    return progress.is_absent(key) and not progress.is_deleted(key)


def _has_one(key: Key, roles: set[Key], progress: Progress) -> bool:
    book = progress.book
    return any(member.key in roles and book.is_awake(member, key) for member in book.members.get(key, ()))


def _leave(members: list[Member], leaving: list[Member], act: RevokeRoles) -> None:
    for member in leaving:
        if act.admin_only:
            members[members.index(member)] = member._replace(admin=None)
        else:
            members.remove(member)


def flag_at(span: Span) -> Located[bool]:
    """Return a flag that a statement sets."""
    return Located(True, *span)  # noqa: FBT003 - the value that is located
