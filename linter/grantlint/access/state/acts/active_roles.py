"""SET ROLE and SET DEFAULT ROLE: which roles are active, in a session and at login."""

from grantlint.access.state.acts.roles import flag_at, is_of_another, refuse_role
from grantlint.access.state.book.names import Key
from grantlint.access.state.progress import Progress
from grantlint.model.account import written
from grantlint.model.step.acts import AccountName, SetDefaultRole, SetRole

_NO_ROW = 1133
_NO_ROLE, _NO_USER = 1959, 1960  # MariaDB
_NOT_GRANTED = 3530  # MySQL


def set_role(act: SetRole, progress: Progress) -> None:
    """Refuse roles that the session surely lacks, whoever runs it.

    Who makes a role has it on MariaDB, and not on MySQL: there nobody has one that the script makes, but those to whom
    it is given, and whom the script makes as well are not its own session (facts: I24).
    """
    book, rules = progress.book, progress.rules
    for role in act.roles if rules.strict else ():
        key = book.role_key(role)
        if rules.target.product == "mariadb":
            if progress.is_gone(key) or is_of_another(key, progress):
                refuse_role(role, progress)
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
    if mariadb and _misses_any(act, progress):
        return
    if not mariadb and act.choice.mode == "ALL" and _is_any_gone(act, progress):
        return
    refused = _refused_default(act, progress)
    if refused is not None:
        if mariadb:
            message = f"User {refused} has not been granted role {written(act.choice.roles[0].user)}"
            progress.refuse(_NO_ROLE, message, "not held", refused)
        else:
            progress.refuse(_NOT_GRANTED, f"{act.choice.roles[0]} is not granted to {refused}", "not held", refused)
        return
    keys = {name: progress.book.key(name) for name in act.accounts if mariadb}
    missed = [name for name, key in keys.items() if progress.is_deleted(key) or progress.is_gone(key)]
    if missed:  # the server has not read that its row is gone, or takes a namesake (asked of 10.11.19 and 11.8.9)
        progress.refuse(_NO_ROW, "Can't find any matching row in the user table", "absent", missed[0])
        return
    for name in act.accounts:
        if mariadb:
            _remember(act, name, progress)
        _choose(act, name, progress)


def _is_any_gone(act: SetDefaultRole, progress: Progress) -> bool:
    """Return whether an account is not there that MySQL would look up the roles of, and note it."""
    gone = [name for name in act.accounts if progress.is_gone(progress.book.key(name))]
    if gone:
        refuse_role(gone[0], progress)
    return bool(gone)


def _refused_default(act: SetDefaultRole, progress: Progress) -> AccountName | None:
    """Return an account that surely does not have a chosen role: on MariaDB none that matches it has it."""
    book = progress.book
    chosen = {book.role_key(role) for role in act.choice.roles}
    if not progress.rules.strict or not chosen:
        return None
    mariadb = progress.rules.target.product == "mariadb"
    for name in act.accounts:
        key = book.key(name)
        gone = progress.is_gone(key)
        if gone and not mariadb:
            return name
        keys = {key, *(progress.takers(key, book.namesakes(key)) if mariadb else ())} - ({key} if gone else set())
        if any(not progress.is_whole(one) for one in keys) and not all(progress.is_whole(one) for one in chosen):
            continue
        held = {member.key for one in keys for member in book.members.get(one, ()) if book.is_awake(member, one)}
        if not chosen <= held:
            return name
    return None


def _misses_any(act: SetDefaultRole, progress: Progress) -> bool:
    """Return whether MariaDB misses the account, or the role before it, and note it."""
    book = progress.book
    absent = [role for role in act.choice.roles if progress.is_gone(book.role_key(role))]
    if absent:
        refuse_role(absent[0], progress)
        return True
    gone = [name for name in act.accounts if progress.is_gone(book.key(name))]
    if gone and not act.choice.roles:
        key = book.key(gone[0])
        deleted = [one for one in book.rows.deleted if one[0] == key[0]]  # the server still knows them
        known = [one for one in (*book.namesakes(key), *deleted) if not progress.is_unread(one)]
        if any(progress.takers(key, known)):
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
            members[number] = member._replace(default=flag_at(progress.step.span))
        elif member.default is not None:
            members[number] = member._replace(default=None)
