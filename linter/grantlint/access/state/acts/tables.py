"""Writes to the grant tables, as what they do to accounts and grants once the server reads its tables again."""

import re
from collections.abc import Sequence

from grantlint.access.state.acts.amendment import unsaid
from grantlint.access.state.acts.roles import choose, join
from grantlint.access.state.acts.users import change
from grantlint.access.state.book.entries import Held, Made, MadeRole
from grantlint.access.state.book.names import Key, is_known
from grantlint.access.state.book.paths import always
from grantlint.access.state.book.row_writes import delete_row, insert_row, move_row, replace_row
from grantlint.access.state.progress import Progress
from grantlint.model.account import Account
from grantlint.model.grant import Grant
from grantlint.model.location import Implied, Located, Text, Unresolved
from grantlint.model.scope import Level, Scope
from grantlint.model.step.acts import AccountName, Condition, TableRow, WriteTable

EVERY_HOST = "every host that the user has on the server"
_DUPLICATE = 1062
_ACCOUNTS = frozenset({"user", "global_priv"})
_GRANTS = {
    "db": Level.DATABASE,
    "tables_priv": Level.TABLE,
    "columns_priv": Level.TABLE,
    "procs_priv": Level.ROUTINE,
    "proxies_priv": Level.PROXY,
    "global_grants": Level.GLOBAL,
}
_ROLES = frozenset({"roles_mapping", "role_edges", "default_roles"})
_WHO = frozenset({"user", "host", "db"})
_LIKE = {"%": ".*", "_": "."}


def write_table(act: WriteTable, progress: Progress) -> None:
    """Do a write to a grant table.

    What nobody can follow is noted.
    """
    is_told = act.table in _ACCOUNTS or act.table in _GRANTS or (act.table in _ROLES and not act.changes)
    if not is_told:
        if act.rows or act.verb == "UPDATE":
            progress.cannot_tell(f"it writes grants or roles to mysql.{act.table}, and those are not followed")
    elif act.verb == "DROP" and act.table == "user" and progress.rules.target.traits.user_table_is_view:
        pass  # DROP TABLE IF EXISTS drops no view
    elif act.verb in {"DELETE", "DROP"}:
        _delete(act, progress)
    elif act.verb == "UPDATE" and act.changes is not None:
        _update(act, act.changes, progress)
    else:
        _insert_all(act, progress)


def _insert_all(act: WriteTable, progress: Progress) -> None:
    """Do an INSERT or REPLACE, row by row.

    A row that is there ends an INSERT; from MySQL 8.0 on nothing of it is done then (facts: I41).
    """
    is_plain = act.verb == "INSERT" and not act.may_be_there and progress.rules.strict
    if is_plain and progress.rules.target.traits.atomic_statements:
        again = [name for row in act.rows if (name := _again(act, row, progress)) is not None]
        if again:
            _refuse_again(again[0], progress)
            return
    for row in act.rows:
        there = _again(act, row, progress) if progress.rules.strict else None
        if there is not None and is_plain:
            _refuse_again(there, progress)
            return
        if there is None or act.verb == "REPLACE" or act.shown:
            _insert(act, row, progress)


def _again(act: WriteTable, row: TableRow, progress: Progress) -> AccountName | None:
    """Return the account of which a table surely has a row of the same key."""
    if row.user is None or row.host is None:
        return None
    name = AccountName(row.user, row.host, row.span)
    key = progress.book.key(name)
    if not is_known(key):
        return None
    if act.table in _ACCOUNTS:
        made = progress.book.accounts.get(key, ())
        return name if any(always(one.under, progress.step.under) for one in made) else None
    is_there = act.table == "db" and row.grant is not None and _of_target(key, row.grant, progress)
    return name if is_there else None


def _of_target(key: Key, grant: Grant, progress: Progress) -> list[Held]:
    """Return what an account surely holds on a database, of which there is one row."""
    if not progress.book.spellings.may_be_on(key, grant):  # most rows: thousands may be of one account
        return []
    held = progress.book.grants.get(key, ())
    return [one for one in held if one.grant.scope == grant.scope and always(one.under, progress.step.under)]


def _take_database(key: Key, grant: Grant, progress: Progress) -> None:
    """Take away what an account holds on a database, whose row is written anew."""
    others = _of_target(key, grant, progress)
    if others:
        held = progress.book.grants[key]
        held[:] = [one for one in held if one not in others]


def _refuse_again(name: AccountName, progress: Progress) -> None:
    progress.refuse(_DUPLICATE, f"Duplicate entry for key 'PRIMARY' of {name}", "exists", name)


def _insert(act: WriteTable, row: TableRow, progress: Progress) -> None:
    book = progress.book
    if row.user is None or row.host is None:
        progress.cannot_tell("the row's user and host are no literals", "account", may_make=True)
        return
    name = AccountName(row.user, row.host, row.span)
    unwritten = AccountName(row.user, Implied("%", *row.span), row.span)  # as statements name MariaDB's roles
    has_host = not isinstance(row.host, Located) or row.host.value != ""
    is_role = row.is_role or (not has_host and progress.rules.target.product == "mariadb")
    if act.table in _ACCOUNTS and is_role:
        name = unwritten
        book.roles[book.key(name)] = MadeRole(name, progress.step.under)
    elif act.table in _ACCOUNTS:
        _make(act, row, name, progress)
    elif not has_host and book.key(unwritten) in book.roles:
        name = unwritten
    if row.grant is not None:
        if act.verb == "REPLACE" and act.table == "db":
            _take_database(book.key(name), row.grant, progress)
        _hold(name, row.grant, progress)
    if row.denied:
        denied = [Held(name, grant, progress.step.under) for grant in row.denied]
        book.denied.setdefault(book.grantee_key(name), []).extend(denied)
    if row.role is not None:
        if act.table == "default_roles" or act.table in _ACCOUNTS:
            choose(row.role, name, progress)
        else:
            join(row.role, name, progress, admin=row.admin)


def _make(act: WriteTable, row: TableRow, name: AccountName, progress: Progress) -> None:
    book = progress.book
    key = book.key(name)
    account = unsaid(name)._replace(locked=row.locked, expired=row.expired)
    if row.authentication is not None:
        account = account._replace(authentication=row.authentication)
    made = Made(account, progress.step.under)
    may_be_there = (act.verb == "REPLACE" or act.may_be_there) and not progress.is_gone(key)
    if act.verb == "REPLACE" and key in book.accounts:
        if progress.reaches_all(book.accounts[key]):
            replace_row(book, key, made)
    elif may_be_there or key in book.accounts or not is_known(key):
        book.add(key, made)
    else:
        insert_row(book, key, made)


def _hold(name: AccountName, grant: Grant, progress: Progress) -> None:
    held = Held(name, grant, progress.step.under)
    key = progress.book.key(name)
    progress.book.grants.setdefault(key, []).append(held)
    progress.book.spellings.note(key, grant)


def _delete(act: WriteTable, progress: Progress) -> None:
    book = progress.book
    book.removals += 1
    level = _GRANTS.get(act.table)
    if not all(map(_is_literal, act.where)) or act.table in _ROLES:
        if book.accounts if level is None else any(book.grants.values()):
            progress.cannot_tell("which rows it deletes is not told by literals")
        return
    if level is not None:
        for key, grants in book.grants.items():
            named = [one for one in grants if _is_row(key, one.grant, level, act.where)]
            if named and progress.reaches_all(named):
                book.rows.short.add(key)
                gone = set(map(id, named))
                grants[:] = [one for one in grants if id(one) not in gone]
        return
    for key in [key for key in dict.fromkeys((*book.accounts, *book.roles)) if _matches(key, act.where)]:
        role = book.roles.get(key)
        made: Sequence[Made | MadeRole] = book.accounts.get(key) or ([role] if role is not None else [])
        if progress.reaches_all(made):
            delete_row(book, key, parts=progress.rules.strict)


def _is_literal(condition: Condition) -> bool:
    return condition.operator != "?" and condition.column in _WHO


def _is_row(key: Key, grant: Grant, level: Level, where: tuple[Condition, ...]) -> bool:
    """Return whether a WHERE matches a grant in its table.

    The table is that of a level.
    """
    scope = grant.scope
    if scope is None or scope.level is not level or not _matches(key, where):
        return False
    return all(_holds(scope.database, one) for one in where if one.column == "db")


def _matches(key: Key, where: tuple[Condition, ...]) -> bool:
    """Return whether a WHERE matches the row of an account."""
    cells = {"user": key[0], "host": key[1]}
    return all(_holds(cells[one.column], one) for one in where if one.column in cells)


def _holds(value: object, condition: Condition) -> bool:
    """Return whether a value surely meets a condition."""
    cell = value.lower() if isinstance(value, str) else "\0"
    texts = [leaf.value.lower() if isinstance(leaf, Located) else "\0\0" for leaf in condition.values]
    if condition.operator in {"=", "IN"}:
        return cell in texts
    if not isinstance(value, str) or not all(isinstance(leaf, Located) for leaf in condition.values):
        return False  # that an unknown name is another one nobody can tell
    if condition.operator in {"!=", "NOT IN"}:
        return cell not in texts
    like = re.sub(r"\\?.", lambda found: _LIKE.get(found[0]) or re.escape(found[0][-1]), texts[0], flags=re.DOTALL)
    return (re.fullmatch(like, cell, re.DOTALL) is not None) is (condition.operator == "LIKE")


def _update(act: WriteTable, changes: TableRow, progress: Progress) -> None:
    """Do an UPDATE whose WHERE names accounts by literals.

    It may move them to another user or host.
    """
    known = {one.column: one.values[0] for one in act.where if one.operator == "=" and len(one.values) == 1}
    told = len(known) == len(act.where) and known.keys() <= _WHO
    accounts = progress.book.accounts
    matched = [key for key in accounts if told and _matches(key, act.where)]
    of_role = any(_matches(key, act.where) for key in progress.book.roles)
    if act.table not in _ACCOUNTS or not told or of_role or not (matched or "user" in known):
        progress.cannot_tell("which rows it changes is not told by literals", may_make=True)
    elif matched:
        made = (accounts[key][-1].account for key in matched)
        _change_all([AccountName(one.user, one.host, one.span) for one in made], changes, progress)
    else:
        key = progress.book.key(_named(known))
        if not progress.is_gone(key) and not progress.is_deleted(key):
            _change_all([_named(known)], changes, progress)


def _change_all(names: Sequence[AccountName], changes: TableRow, progress: Progress) -> None:
    """Change the rows of accounts, or none where two would be of one name.

    Before MySQL 8.0 those before the second stay changed, in an order that the table alone knows (facts: I41).
    """
    book = progress.book
    taken: set[Key] = set()
    again: list[AccountName] = []
    others = 0
    for old in names:
        new = _renamed(old, changes)
        after = book.key(new)
        if after != book.key(old) and progress.rules.strict and (after in book.accounts or after in taken):
            again.append(new)
        elif after != book.key(old) or changes.authentication is not None or changes.grant is not None:
            others += 1
        taken.add(after)
    if not again:
        for name in names:
            _change(name, changes, progress)
        return
    _refuse_again(again[0], progress)
    if others and not progress.rules.target.traits.atomic_statements:
        progress.cannot_tell("it ends at a row that is there already, and rows before that stay changed")


def _renamed(old: AccountName, changes: TableRow) -> AccountName:
    user, host = changes.user or old.user, changes.host or old.host
    return AccountName(user, host, changes.span if changes.user or changes.host else old.span)


def _named(known: dict[str, Text]) -> AccountName:
    """Return the account that WHERE names and no file makes."""
    user = known["user"]
    return AccountName(user, known.get("host") or Unresolved(EVERY_HOST, *user.span, same=EVERY_HOST), user.span)


def _change(old: AccountName, changes: TableRow, progress: Progress) -> None:
    book = progress.book
    new = _renamed(old, changes)
    before, after = book.key(old), book.key(new)
    if after != before:
        made = book.accounts.get(before, ())
        if made and progress.reaches_all(made):
            move_row(book, before, after, new)
        elif not made:
            insert_row(book, after, Made(unsaid(new), progress.step.under))
            book.rows.deleted.add(before)
    change(Account(new.user, new.host, new.span, authentication=changes.authentication), after, progress)
    if changes.grant is not None:
        _hold(new, changes.grant._replace(target=Located(Scope(Level.GLOBAL), *new.span)), progress)
