"""A replay under way: the book so far, and what the server said to the steps."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from grantlint.access.product.target import Target
from grantlint.access.state.book.book import Book, Entry
from grantlint.access.state.book.names import Key, is_known
from grantlint.access.state.book.paths import always, never
from grantlint.access.state.outcome import Outcome, Refused, Undecided, Why
from grantlint.model.step import AccountName, Step

CONDITION = "a condition of the template decides whether it has an effect"


class Rules(NamedTuple):
    """By which server steps are taken.

    strict: it refuses what it cannot do; else each step is taken at its word, as a file is read that names no server.
    grant_to_nobody: what GRANT answers where the account is missing, 0 if it makes it. administrators: users that an
    installation may have made.
    """

    target: Target
    strict: bool = True
    grant_to_nobody: int = 0
    administrators: frozenset[str] = frozenset()


class Progress:
    """What the steps so far have left, and their outcomes; `step` is the one at hand."""

    __slots__ = ("book", "outcomes", "rules", "step", "unclear")

    step: Step

    def __init__(self, rules: Rules, book: Book) -> None:
        self.rules = rules
        self.book = book
        self.outcomes: list[Outcome] = []
        self.unclear = False  # whether an earlier step may have made accounts of any name

    def refuse(self, errno: int, message: str, why: Why, account: AccountName) -> None:
        """Note that the step at hand is refused because of an account."""
        self.outcomes.append(Refused(self.step, account.span, errno, message, why, account=account))

    def cannot_tell(self, why: str, what: str = "statement", *, may_make: bool = False) -> None:
        """Note that nobody can tell what the step at hand does; `may_make`: accounts of any name."""
        self.unclear = self.unclear or may_make
        self.outcomes.append(Undecided(self.step, why, what))

    def goes_on(self, refused: Sequence[AccountName], among: Sequence[object]) -> bool:
        """Return whether a statement of which some accounts are refused does its work on the others."""
        return not refused or (len(refused) < len(among) and not self.rules.target.traits.atomic_statements)

    def reached(self, entries: Iterable[Entry]) -> list[bool] | None:
        """Return for each entry whether the step at hand reaches it; None, noted, where a condition decides."""
        under = self.step.under
        found: list[bool] = []
        for entry in entries:
            found.append(always(under, entry.under))
            if not found[-1] and not never(under, entry.under):
                self.cannot_tell(CONDITION)
                return None
        return found

    def reaches_all(self, entries: Iterable[Entry]) -> bool:
        """Return whether the step at hand reaches every entry."""
        reached = self.reached(entries)
        return reached is not None and all(reached)

    def forget(self, key: Key) -> None:
        """Remove an account or role as far as the step at hand reaches what made it."""
        reached = self.reached(self.book.entries(key))
        if reached is None:
            return
        if all(reached):
            self.book.remove(key, surely=not self.step.under)
        else:
            self.book.remove_some(key, self.step.under)

    def is_taken(self, name: AccountName) -> bool:
        """Return whether an account is surely there, so that no other can be made or given its name."""
        key = self.book.key(name)
        if not self.rules.strict or not is_known(key):
            return False
        made = self.book.accounts.get(key, ())
        left_over = key in self.book.gone and bool(self.book.grants.get(key))
        return key in self.book.deleted or left_over or any(always(one.under, self.step.under) for one in made)

    def is_gone(self, name: AccountName) -> bool:
        """Return whether an account was surely taken away."""
        return self.rules.strict and not self.unclear and self.book.key(name) in self.book.gone

    def is_deleted(self, name: AccountName) -> bool:
        """Return whether the row of an account is deleted, and the server does not know yet."""
        return self.rules.strict and self.book.key(name) in self.book.deleted

    def is_absent(self, name: AccountName) -> bool:
        """Return whether an account is surely not there: taken away, or its user made at other hosts alone.

        A user that no step makes may be made elsewhere, and so may those that every installation has.
        """
        key, book = self.book.key(name), self.book
        if not is_known(key) or key in book.accounts or key in book.roles or self.unclear or book.may_be(key):
            return False
        return key in book.gone or (self._is_of_known_user(key) and key[0] not in self.rules.administrators)

    def _is_of_known_user(self, key: Key) -> bool:
        book = self.book
        return bool(book.namesakes(key)) and all(role[0] != key[0] for role in book.roles)


def failed(operation: str, names: Iterable[AccountName]) -> str:
    """Return the message of error 1396, as all servers word it."""
    return f"Operation {operation} failed for {', '.join(map(str, names))}"
