"""CREATE, ALTER, DROP and RENAME USER."""

from collections.abc import Iterable, Sequence

from grantlint.access.state.acts.amendment import amended, unsaid
from grantlint.access.state.acts.roles import join
from grantlint.access.state.book.book import Book
from grantlint.access.state.book.entries import Made
from grantlint.access.state.book.names import Key, is_known
from grantlint.access.state.book.paths import always
from grantlint.access.state.progress import CONDITION, Progress, failed
from grantlint.model.account import Account
from grantlint.model.location import Located
from grantlint.model.step import Path
from grantlint.model.step.acts import AccountName, AlterUser, CreateUser, DropRole, DropUser, RenameUser

_FAILED = 1396
_ROLE, _NO_ROLE = 3532, 3162  # MySQL
_NO_ROW = 1133
_WITHOUT_PASSWORD = frozenset({"auth_socket", "unix_socket", "mysql_no_login"})


def create(act: CreateUser, progress: Progress) -> None:
    """Make the accounts that are not there yet."""
    book = progress.book
    keys = [book.key(name_of(account)) for account in act.accounts]
    plain = not act.or_replace and not act.if_not_exists
    is_there = [plain and progress.is_taken(key) for key in keys]
    absent = [role for role in act.default_roles if progress.rules.strict and progress.is_absent(book.key(role))]
    behind = act.default_roles if sorted(is_there) != is_there else ()  # a new one behind one that is there (I38)
    if (absent or behind) and not all(is_there):
        missing = (*absent, *behind)[0]
        progress.refuse(_NO_ROLE, f"Authorization ID {missing} does not exist", "absent", missing)
        return
    is_refused = [there or (plain and again) for there, again in zip(is_there, _named_before(keys), strict=True)]
    taken = [name_of(account) for account, one in zip(act.accounts, is_refused, strict=True) if one]
    if taken:
        twice = book.key(taken[0]) in book.accounts
        progress.refuse(_FAILED, failed("CREATE USER", taken), "twice" if twice else "exists", taken[0])
    goes_on = progress.goes_on(taken, act.accounts)
    for account, key, refused in zip(act.accounts, keys, is_refused, strict=True):
        if refused:
            book.note_twice(key, account)
        elif goes_on:
            _create(account, act, progress)


def are_there(act: CreateUser, progress: Progress) -> bool:
    """Return whether all accounts are there already.

    MySQL makes none of them then, and asks for the plugin only where there is a password for it (asked of 9.7.4). Tools
    send nothing.
    """
    if not act.if_not_exists or not progress.rules.target.traits.atomic_statements:
        return False
    proofs = [one.authentication for one in act.accounts if one.authentication is not None]
    alone = progress.step.statement is None or all(
        proof.credential is None or proof.is_plugin_alone for proof in proofs
    )
    return alone and all(progress.is_taken(progress.book.key(name_of(account))) for account in act.accounts)


def _named_before(keys: Sequence[Key]) -> list[bool]:
    """Return of each account whether the statement has named it before: one is made once, and dropped once."""
    first = {key: at for at, key in reversed([*enumerate(keys)])}
    return [first[key] < at for at, key in enumerate(keys)]


def _create(account: Account, act: CreateUser, progress: Progress) -> None:
    book, under = progress.book, progress.step.under
    name = name_of(account)
    key = book.key(name)
    before = book.accounts.get(key, ())
    if is_known(key) and not _agrees(key, under, book):
        progress.cannot_tell(CONDITION)
        return
    if act.if_not_exists and (before or progress.is_taken(key)):  # also by grants that are left of it
        said_only = all(made.account.amends for made in before)
        if not account.amends and not said_only:  # a tool's own declaration of an account that another task has made
            book.note_twice(key, account)
        return
    if act.or_replace and (not progress.is_gone(key) or progress.has_left(key)):  # roles alone stay: facts, I26
        progress.forget(key)
    book.add(key, Made(account, under))
    if not under and not act.if_not_exists:
        book.whole.add(key)
    for role in act.default_roles:
        join(role, name, progress, by_default=True)


def _agrees(key: Key, under: Path, book: Book) -> bool:
    """Return whether a step that makes an account always follows what made it before.

    Thousands may make the same one: what was compared is not compared again.
    """
    made = book.accounts.get(key)
    if not made:
        return True
    before, many, path = book.agreed.get(key, (made, 0, under))
    first = many if before is made and path == under else 0
    if not all(always(one.under, under) for one in made[first:]):
        return False
    book.agreed[key] = (made, len(made), under)
    return True


def alter(act: AlterUser, progress: Progress) -> None:
    """Change accounts as ALTER USER does.

    One that no step has made is declared by what is said of it.
    """
    keys = {name: progress.book.key(name) for name in map(name_of, act.accounts)}
    absent = [name for name, key in keys.items() if _is_missed(key, progress)]
    if absent and not act.if_exists:
        if act.keeps_plugin:
            progress.refuse(_NO_ROW, "Can't find any matching row in the user table", "absent", absent[0])
        else:
            progress.refuse(_FAILED, failed("ALTER USER", absent), "absent", absent[0])
        if not progress.goes_on(absent, act.accounts):
            return
    missed = [name for name in keys if name not in absent and progress.misses(name)]
    if missed:
        progress.refuse_missed(missed[0])
        return
    if _without_password(act, progress):
        return
    refused = _keys(absent, progress)
    for said in act.accounts:
        key = progress.book.names.account(said.user, said.host)
        if key not in refused:
            change(_with_expiry(said, progress), key, progress, keeps_plugin=act.keeps_plugin)


def _with_expiry(said: Account, progress: Progress) -> Account:
    """Return what is said of an account, with the expiry that comes with it.

    MySQL empties the password where ALTER USER names a plugin alone, and it is to be changed then (facts: H7).
    """
    proof, run = said.authentication, progress.is_run and progress.rules.target.traits.plugin_alone_expires
    if not run or proof is None or not proof.is_plugin_alone:
        return said
    return said._replace(expired=Located(True, *said.span))  # noqa: FBT003 - the value that is located


def _without_password(act: AlterUser, progress: Progress) -> bool:
    """Return whether SET PASSWORD is refused for a plugin that keeps none.

    It is noted.
    """
    errno = progress.rules.target.traits.no_password_to_set
    for said in act.accounts if act.keeps_plugin and errno and progress.rules.strict else ():
        for made in progress.book.accounts.get(progress.book.names.account(said.user, said.host), ()):
            proof = made.account.authentication
            plugin = proof.plugin if proof is not None else None
            if isinstance(plugin, Located) and plugin.value.lower() in _WITHOUT_PASSWORD:
                message = f"SET PASSWORD is not applicable for users authenticating via {plugin.value} plugin"
                remedy = f"Write ALTER USER {made.account} IDENTIFIED WITH another plugin BY the password."
                progress.refuse(errno, message, "plugin", name_of(said), remedy)
                return True
    return False


def _is_missed(key: Key, progress: Progress) -> bool:
    """Return whether a server does not find an account both in its memory and in the table."""
    return progress.is_gone(key) or progress.is_deleted(key) or progress.is_unread(key)


def change(said: Account, key: Key, progress: Progress, *, keeps_plugin: bool = False) -> None:
    """Put what is said upon an account, whose key is `key`."""
    book = progress.book
    made = book.accounts.get(key)
    if not made:
        book.add(key, Made(unsaid(name_of(said)), progress.step.under))
        made = book.accounts[key]
    made[-1] = made[-1]._replace(account=amended(made[-1].account, said, keeps_plugin=keeps_plugin))


def drop(act: DropUser | DropRole, progress: Progress) -> None:
    """Take accounts or roles away, with all that they have."""
    book = progress.book
    names = act.accounts if isinstance(act, DropUser) else act.roles
    key_of = book.key if isinstance(act, DropUser) else book.role_key
    keys = [*map(key_of, names)]
    is_nobody = [again or progress.is_nowhere(key) for key, again in zip(keys, _named_before(keys), strict=True)]
    absent = [name for name, one in zip(names, is_nobody, strict=True) if one]
    if absent and not act.if_exists:
        verb = "DROP USER" if isinstance(act, DropUser) else "DROP ROLE"
        progress.refuse(_FAILED, failed(verb, absent), "absent", absent[0])
        if not progress.goes_on(absent, names):
            return
    for name in names:
        progress.forget(key_of(name))
        book.rows.leave(key_of(name))
        book.removals += 1


def rename(act: RenameUser, progress: Progress) -> None:
    """Give accounts other names.

    One that no step has made counts as made under the new one.
    """
    book = progress.book
    granted = [old for old, _ in act.pairs if progress.rules.strict and _is_granted(book.key(old), progress)]
    if granted:
        remedy = f"Write REVOKE {granted[0]} FROM each account that has it before, and GRANT it by its new name behind."
        progress.refuse(_ROLE, "Renaming of a role identifier is forbidden", "exists", granted[0], remedy)
        return
    failing: list[AccountName] = []
    left: set[Key] = set()  # by the pairs before
    made: set[Key] = set()
    for old, new in act.pairs:
        before, after = book.key(old), book.key(new)
        if before in left or (progress.is_nowhere(before) and before not in made):
            progress.refuse(_FAILED, failed("RENAME USER", (old,)), "absent", old)
        elif after in made or (progress.is_taken(after) and after not in left):
            progress.refuse(_FAILED, failed("RENAME USER", (old,)), "exists", new)
        else:
            left = (left | {before}) - {after}
            made = (made | {after}) - {before}
            continue
        failing.append(old)
    if progress.goes_on(failing, act.pairs):
        for old, new in act.pairs:
            if old not in failing:
                rename_one(old, new, progress)


def _is_granted(key: Key, progress: Progress) -> bool:
    """Return whether somebody has an account as a role, so that MySQL does not rename it (asked of 9.7.4)."""
    book = progress.book
    return any(member.key == key for name in book.joined.get(key, ()) for member in book.members.get(name, ()))


def rename_one(old: AccountName, new: AccountName, progress: Progress) -> None:
    """Give one account another name."""
    book = progress.book
    before, after = book.key(old), book.key(new)
    held = book.entries(before)
    if not progress.reaches_all(held):
        return
    if held or progress.is_deleted(before) or progress.is_unread(before):
        book.move(before, after, new, surely=not progress.step.under)
        if progress.is_now and progress.rules.target.product == "mariadb" and after in book.members:  # facts: I40
            book.members[after] = [member._replace(admin=None) for member in book.members[after]]
    else:
        book.add(after, Made(unsaid(new), progress.step.under))


def name_of(account: Account) -> AccountName:
    """Return an account's name, at its place."""
    return AccountName(account.user, account.host, account.span)


def _keys(names: Iterable[AccountName], progress: Progress) -> set[Key]:
    return {progress.book.key(name) for name in names}
