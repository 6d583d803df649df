"""What a write to the table of accounts does to a row: the server does not know of it before it reads the table."""

from collections.abc import Iterable

from grantlint.access.state.book.book import Book
from grantlint.access.state.book.entries import Held, Made
from grantlint.access.state.book.names import Key, is_known
from grantlint.access.state.book.parted import beside_row, in_row, is_global
from grantlint.model.step.acts import AccountName


def insert_row(book: Book, key: Key, made: Made) -> None:
    """Add the row of an account."""
    book.add(key, made)
    book.rows.note(key, is_there=True)


def replace_row(book: Book, key: Key, made: Made) -> None:
    """Put another row in the place of an account's.

    What other tables hold stays.
    """
    book.take_out(key)
    book.add(key, made)
    book.denied.pop(key, None)
    held = book.grants.get(key)
    if held:
        held[:] = _beside_row(book, held)


def delete_row(book: Book, key: Key, *, parts: bool = True) -> None:
    """Remove the row of an account and what it holds.

    That is its grants on everything; other tables keep theirs. `parts`: of those, too, where it is a server of which is
    known what it keeps in other tables.
    """
    book.take_out(key)
    _note_deleted(book, key)
    book.roles.pop(key, None)
    book.denied.pop(key, None)  # they stand in the row
    held = book.grants.get(key)
    if held:
        held[:] = _beside_row(book, held) if parts else [one for one in held if not is_global(one.grant)]


def move_row(book: Book, old: Key, new: Key, name: AccountName) -> None:
    """Rename the row of an account.

    What other tables hold stays with the name of before.
    """
    for made in book.take_out(old):
        book.add(new, made._replace(account=made.account._replace(user=name.user, host=name.host)))
    held = book.grants.get(old, [])
    parts = ((one, in_row(one.grant, book.names.target)) for one in held)
    moved = [one._replace(name=name, grant=part) for one, part in parts if part is not None]
    held[:] = _beside_row(book, held)
    if old in book.denied:
        book.denied[new] = [one._replace(name=name) for one in book.denied.pop(old)]
    if moved:
        book.grants.setdefault(new, []).extend(moved)
    if old in book.whole:
        book.whole.add(new)
    _note_deleted(book, old)
    book.rows.note(new, is_there=True)


def _beside_row(book: Book, held: Iterable[Held]) -> list[Held]:
    parts = ((one, beside_row(one.grant, book.names.target)) for one in held)
    return [one._replace(grant=part) for one, part in parts if part is not None]


def _note_deleted(book: Book, key: Key) -> None:
    if book.rows.note(key, is_there=False) and is_known(key):
        book.gone.add(key)
