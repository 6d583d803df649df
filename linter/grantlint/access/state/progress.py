"""A replay under way: the book so far, and what the server said to the steps."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence

from grantlint.access.accounts.stored import stored_host
from grantlint.access.host.value import host_value
from grantlint.access.product.target import Target
from grantlint.access.state.book.book import Book
from grantlint.access.state.book.entries import Entry
from grantlint.access.state.book.names import Key, is_known
from grantlint.access.state.book.paths import always, never
from grantlint.access.state.instead import instead
from grantlint.access.state.outcome import Outcome, Refused, Undecided, Why
from grantlint.model.grant import Grant
from grantlint.model.location import Located
from grantlint.model.privilege import USAGE
from grantlint.model.scope import Level
from grantlint.model.step import Step
from grantlint.model.step.acts import AccountName
from grantlint.platform.record import NamedTuple

_BACKSLASH_HELP = (
    "The account is there, and is looked for by its host value as a pattern, in which a backslash is none of its text: "
    "make it without the backslash."
)
CONDITION = "a condition of the template decides whether it has an effect"


class Rules(NamedTuple):
    """By which server steps are taken.

    strict: it refuses what it cannot do; else each step is taken at its word, as a file is read that names no server.
    grant_to_nobody: what GRANT answers where the account is missing, 0 if it makes it. administrators: users that an
    installation may have made. partial_revokes: REVOKE on a database takes from grants on everything. mandatory_roles:
    some are given to every account.
    """

    target: Target
    strict: bool = True
    grant_to_nobody: int = 0
    administrators: frozenset[str] = frozenset()
    partial_revokes: bool = False
    mandatory_roles: bool = False


class Progress:
    """The book after the steps so far, and their outcomes.

    `step` is the one at hand. `is_now`: the book is of what the server has read, without the writes to its tables that
    it has not.
    """

    __slots__ = ("book", "is_now", "made_later", "outcomes", "rules", "step", "unclear")

    step: Step

    def __init__(self, rules: Rules, book: Book) -> None:
        self.rules = rules
        self.book = book
        self.outcomes: list[Outcome] = []
        self.is_now = False
        self.made_later: dict[Key, Hashable] = {}  # by what runs the step that makes it
        self.unclear = False  # whether an earlier step may have made accounts of any name

    @property
    def is_run(self) -> bool:
        """Whether something runs the step at hand.

        A dump says what a server holds.
        """
        return self.step.call is not None or self.step.part is not None

    def refuse(self, errno: int, message: str, why: Why, account: AccountName, remedy: str = "") -> None:
        """Note that the step at hand is refused because of an account."""
        said = remedy or instead(self.step.act, why, account, self.rules.target)
        self.outcomes.append(Refused(self.step, account.span, errno, message, why, said, account))

    def misses(self, name: AccountName, *, below: bool = False) -> bool:
        """Return whether a server fails to find an account by its host.

        It takes the host value as a pattern, which does not match its own text. `below`: for a grant below the global
        level. Facts: I8.
        """
        rule = self.rules.target.traits.own_host
        host = name.host
        if not self.rules.strict or not isinstance(host, Located) or "\\" not in host.value:
            return False
        if rule != "all" and not (below and rule == "below"):
            return False
        value = host_value(stored_host(host.value, self.rules.target), self.rules.target.traits)
        return not value.name_glob.matches(value.folded) and not value.address_glob.matches(value.text)

    def takers(self, key: Key, among: Iterable[Key]) -> Iterator[Key]:
        """Yield the accounts whose host value takes an account's for a client.

        A server that looks for the account by its name finds them, too.
        """
        host = key[1]
        if not isinstance(host, str):
            return
        for one in among:
            value = host_value(one[1], self.rules.target.traits) if isinstance(one[1], str) else None
            if value is not None and (value.name_glob.matches(host.lower()) or value.address_glob.matches(host)):
                yield one

    def refuse_missed(self, name: AccountName) -> None:
        """Note that the server does not find an account that is there."""
        self.refuse(1133, "Can't find any matching row in the user table", "absent", name, _BACKSLASH_HELP)

    def cannot_tell(self, why: str, what: str = "statement", *, may_make: bool = False) -> None:
        """Note that the effect of the step at hand is not known.

        `may_make`: it may make accounts of any name.
        """
        self.unclear = self.unclear or may_make
        self.outcomes.append(Undecided(self.step, why, what))

    def goes_on(self, refused: Sequence[AccountName], among: Sequence[object]) -> bool:
        """Return whether a statement refused for some accounts changes the others."""
        return not refused or (len(refused) < len(among) and not self.rules.target.traits.atomic_statements)

    def done(self, among: Sequence[AccountName], refused: Collection[AccountName]) -> Sequence[AccountName]:
        """Return the accounts that a partly refused GRANT or REVOKE reaches.

        From MySQL 8.0 on it is all or nothing, before it all the others; MariaDB does no account behind the first that
        it refuses, and every role (asked of 10.11.19 and 11.8.9).
        """
        if not refused:
            return among
        traits = self.rules.target.traits
        if traits.atomic_statements:
            return ()
        if traits.product == "mariadb":
            first = min(among.index(name) for name in refused)
            return [name for at, name in enumerate(among) if at < first or self._is_role(name, refused)]
        return [name for name in among if name not in refused]

    def _is_role(self, name: AccountName, refused: Collection[AccountName]) -> bool:
        return name not in refused and self.book.grantee_key(name) in self.book.roles

    def reached(self, entries: Iterable[Entry]) -> list[bool] | None:
        """Return for each entry whether the step at hand reaches it.

        None, and a note, where a condition decides.
        """
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
        """Remove an account or role as far as the step reaches it."""
        reached = self.reached(self.book.entries(key))
        if reached is None:
            return
        if all(reached):
            self.book.remove(key, surely=not self.step.under)
        else:
            self.book.remove_some(key, self.step.under)

    def is_taken(self, key: Key) -> bool:
        """Return whether an account or role surely exists.

        No other can be made or given its name then.
        """
        if not self.rules.strict or not is_known(key):
            return False
        made = self.book.accounts.get(key, ())
        role = self.book.roles.get(key)
        if role is not None and always(role.under, self.step.under):
            return True
        if self.is_deleted(key) or self.is_unread(key) or (key in self.book.gone and self.has_left(key)):
            return True
        return any(always(one.under, self.step.under) for one in made)

    def has_left(self, key: Key) -> bool:
        """Return whether other tables have rows of an account.

        A server then drops, renames and misses it as one that is there.
        """
        return _is_stored([held.grant for held in self.book.grants.get(key, ())])

    def is_gone(self, key: Key) -> bool:
        """Return whether an account or role was surely taken away."""
        book = self.book
        return self.rules.strict and not self.unclear and key in book.gone and not book.may_be(key)

    def is_nowhere(self, key: Key) -> bool:
        """Return whether an account or role is surely gone from all tables."""
        has_role = self.rules.target.product == "mariadb" and bool(self.book.members.get(key))
        return self.is_gone(key) and not has_role and not self.has_left(key)

    def is_deleted(self, key: Key) -> bool:
        """Return whether an account's row is deleted and the server unaware."""
        return self.rules.strict and key in self.book.rows.deleted

    def is_unread(self, key: Key) -> bool:
        """Return whether an account has a row the server has not read."""
        return self.rules.strict and key in self.book.rows.unread

    def is_whole(self, key: Key) -> bool:
        """Return whether all that an account or role has is known.

        A step has made it then.
        """
        return self.rules.strict and not self.unclear and key in self.book.whole

    def is_absent(self, key: Key) -> bool:
        """Return whether an account surely does not exist.

        It was taken away, a later step makes it, or its user was made at other hosts alone. A user that no step makes
        may be made elsewhere, and so may those that every installation has.
        """
        book = self.book
        if book.names.is_public(key[0]) and not key[1]:
            return False
        if not is_known(key) or key in book.accounts or key in book.roles or self.unclear or book.may_be(key):
            return False
        if key in self.made_later and self.made_later[key] == self.step.runner:
            return True
        return key in book.gone or (self._is_of_known_user(key) and key[0] not in self.rules.administrators)

    def _is_of_known_user(self, key: Key) -> bool:
        book = self.book
        is_role = any(role[0] == key[0] for role in book.roles)
        if self.rules.target.product == "mysql":  # a role is an account there
            return is_role or bool(book.namesakes(key))
        return bool(book.namesakes(key)) and not is_role


def _is_stored(grants: Iterable[Grant]) -> bool:
    """Return whether a server sees that grants have rows.

    Of USAGE alone only a table has one, which the next USAGE takes away again. What is left of a grant on `*.*` are
    dynamic privileges, whose table is not looked at (facts: I25).
    """
    empty: set[Hashable] = set()
    for grant in grants:
        known, scope = grant.known_privileges, grant.scope
        if scope is not None and scope.level is Level.GLOBAL:
            continue
        if known is None or any(name != USAGE for name, _ in known) or grant.option is not None:
            return True
        if scope is not None and scope.level is Level.TABLE:
            empty ^= {scope}
    return bool(empty)


def failed(operation: str, names: Iterable[AccountName]) -> str:
    """Return the message of error 1396, as all servers word it."""
    return f"Operation {operation} failed for {', '.join(map(str, names))}"
