"""Which declarations of one file belong to one server: those of one play, one login host, one group of hosts.

Tasks change accounts one after the other, so a second task about an account adds to the first. Where it takes away
what the first granted, and where a server may refuse a task, what they send tells what is there in the end.
"""

from collections.abc import Mapping, Sequence

from grantlint.model import (
    Account,
    Authentication,
    Credential,
    Declarations,
    EveryRole,
    Fault,
    Grant,
    NotChecked,
    Secrecy,
    ServerFacts,
)
from grantlint.model.account import Identity, identity, identity_of
from grantlint.model.location import Located, Source, Span, Text
from grantlint.reader.formats.ansible.turns import At, Dropped, DroppedRole, Made, MadeRole, Sent, Turn, matter_in_order
from grantlint.reader.yaml.nodes import Node, ScalarNode

Key = tuple[str, ...]

_HERE = frozenset({"", "localhost", "127.0.0.1", "::1"})


class _Granted:
    """The grants of one account as they grow task by task, by their words."""

    __slots__ = ("_by_words", "grants")

    def __init__(self, grants: tuple[Grant, ...]) -> None:
        self.grants = grants
        self._by_words: dict[tuple[object, ...], set[Span]] = {}
        self._note(grants)

    def has(self, grant: Grant) -> bool:
        """Whether the same grant is there. The same words, or the very same lines in another turn of a loop."""
        words = _words(grant)
        return words in self._by_words and (None not in words or grant.span in self._by_words[words])

    def add(self, grants: Sequence[Grant]) -> None:
        """Add those that are not there."""
        new = [grant for grant in grants if not self.has(grant)]
        self._note(new)
        self.grants = (*self.grants, *new)

    def _note(self, grants: Sequence[Grant]) -> None:
        for grant in grants:
            self._by_words.setdefault(_words(grant), set()).add(grant.span)


class Server:
    """The declarations of one server."""

    __slots__ = ("_accounts", "_found", "_granted", "_places", "_settings", "_sql", "_turns")

    def __init__(self, path: str) -> None:
        self._found = Declarations("ansible", path)
        self._accounts: list[Account | None] = []
        self._granted: dict[int, _Granted] = {}
        self._places: dict[Identity, tuple[int, str]] = {}
        self._settings: dict[str, Text] = {}
        self._sql: list[Declarations] = []
        self._turns: list[Turn] = []

    def add(self, made: Made, condition: str, at: At | None, *, by_task: bool) -> bool:
        """Add an account, or a change of one that is there.

        Return False, with nothing added, where both have privileges and a condition may choose between them.
        """
        accounts, account = self._accounts, made.account
        known = account.known_name
        if known is not None:
            name = identity_of(*known)
            before = self._places.get(name)
            if before is not None and (by_task or made.appends):
                index, earlier_condition = before
                there = accounts[index]
                granted = self._granted_to(index, there) if there else None
                both = _both(there, made, granted) if there and granted else account
                if both:
                    accounts[index] = both
                    self._turns.append(Turn(at, made))
                    return True
                if condition != earlier_condition:
                    return False
                made = made._replace(undoes=True)
            self._places[name] = (len(accounts), condition)
        accounts.append(account)
        self._turns.append(Turn(at, made))
        return True

    def _granted_to(self, index: int, account: Account) -> _Granted:
        granted = self._granted.get(index)
        if granted is None or granted.grants is not account.grants:
            granted = self._granted[index] = _Granted(account.grants)
        return granted

    def remove(self, dropped: Dropped, at: At | None, condition: str = "") -> None:
        """Note that accounts are removed, from every host if none is named.

        They stay where a condition may keep the task from running that did not keep theirs.
        """
        self._found.removals += 1
        user, hosts = dropped.user, dropped.hosts
        if not isinstance(user, Located):
            return
        named = {identity(user, host) for host in hosts}
        places = [place for name, place in self._places.items() if (name in named if hosts else name[0] == user.value)]
        if condition and not (places and all(made.startswith(condition) for _, made in places)):
            return
        self._turns.append(Turn(at, dropped))
        for index, _ in places:
            self._accounts[index] = None

    def note_removal(self) -> None:
        """Count a removal that may come, or whose account is not known."""
        self._found.removals += 1

    @property
    def removals(self) -> int:
        """How many accounts and roles are taken away."""
        return self._found.removals

    def absorb(self, found: Declarations, at: At | None, *, in_calls: bool = False) -> None:
        """Add the declarations of SQL statements. in_calls: clients send them that end or go on by themselves."""
        self._sql.append(found)
        if found.steps:
            self._turns.append(Turn(at, Sent(tuple(found.steps), in_calls)))

    def log_in(self, password: Text) -> None:
        """Note a password that a task logs in with."""
        if isinstance(password, Located) and password.value:
            password.source.hide(password.start, password.end)
            self._found.logins.append(Credential(Secrecy.PLAIN, password.span))

    def say(self, item: NotChecked) -> None:
        """Note that something was not checked."""
        self._found.not_checked.append(item)

    def add_role(self, made: MadeRole, at: At | None) -> None:
        """Add a role, or a change of one that is there."""
        self._found.roles.append(made.role._replace(members=()) if made.detaches else made.role)
        self._turns.append(Turn(at, made))

    def remove_role(self, dropped: DroppedRole, at: At | None) -> None:
        """Note that a role is removed."""
        self._found.removals += 1
        self._turns.append(Turn(at, dropped))

    def activate_all(self, members: Sequence[EveryRole]) -> None:
        """Note that accounts have all their roles active at login."""
        self._found.every_role += members

    def set(self, name: str, value: Text, span: Span) -> None:
        """Note a setting."""
        if self._found.server is None:
            self._found.server = ServerFacts(span, settings=self._settings)
        self._settings[name] = value

    def declarations(self) -> Declarations:
        """Return all that was found.

        Replay costs twice as much as reading, so it is asked only where the order matters.
        """
        found = self._found
        if not matter_in_order(self._turns):
            found.accounts = [account for account in self._accounts if account]
            for sql in self._sql:
                _join(found, sql)
            return found
        from grantlint.access import DEFAULT_PANEL, parse_target  # noqa: PLC0415 - for tasks whose order matters
        from grantlint.reader.formats.ansible.sent import sent  # noqa: PLC0415 - as above
        from grantlint.reader.leaf.declare import declare  # noqa: PLC0415 - as above

        found.roles, removals = [], found.removals
        declare([*sent(self._turns)], parse_target(DEFAULT_PANEL[0]), found)
        found.removals = removals
        for sql in self._sql:
            _join_beside(found, sql)
        return found


def _join(mine: Declarations, found: Declarations) -> None:
    """Add the declarations of SQL statements."""
    mine.accounts += found.accounts
    mine.grants += found.grants
    mine.roles += found.roles
    mine.memberships += found.memberships
    mine.revoked += found.revoked
    mine.denied += found.denied
    mine.steps += found.steps
    mine.by_steps += found.by_steps
    mine.not_checked += found.not_checked
    _join_beside(mine, found)


def _join_beside(mine: Declarations, found: Declarations) -> None:
    """Add what is found of SQL beside its steps."""
    mine.every_role += found.every_role
    mine.statements += found.statements
    mine.faults += found.faults
    mine.removals += found.removals
    known = {*mine.not_checked}
    mine.not_checked += [one for one in found.not_checked if one not in known]


def _both(earlier: Account, made: Made, granted: _Granted) -> Account | None:
    """Return the account after both tasks, or None where the later one takes away what the earlier granted."""
    later = made.account
    if made.replaces and not all(map(_Granted(later.grants).has, earlier.grants)):
        return None
    granted.add(later.grants)
    return earlier._replace(
        authentication=_later_of(earlier.authentication, later.authentication, keeps=made.keeps),
        require=later.require or earlier.require,
        limits=later.limits or earlier.limits,
        locked=later.locked or earlier.locked,
        expired=later.expired or earlier.expired,
        grants=granted.grants,
    )


def _words(grant: Grant) -> tuple[object, ...]:
    leaves = (grant.target, *grant.privileges)
    return (str(grant.option), *(leaf.value if isinstance(leaf, Located) else None for leaf in leaves))


def _later_of(earlier: Authentication | None, later: Authentication | None, *, keeps: bool) -> Authentication | None:
    if earlier is None or later is None:
        return later or earlier
    if keeps:
        later = later._replace(plugin=None, sending=None)
    credential = later.credential or earlier.credential
    if earlier.credential and earlier.credential.secrecy is Secrecy.PLAIN:
        credential = earlier.credential  # it stays readable in the file, whatever the server has in the end
    return Authentication(later.plugin or earlier.plugin, credential, later.sending or earlier.sending)


class Servers:
    """The declarations of a file, kept apart by server."""

    __slots__ = ("_by_key", "faults", "not_checked", "path", "started")

    def __init__(self, source: Source) -> None:
        self.path = source.path
        self.faults: list[Fault] = []
        self.not_checked: list[NotChecked] = []
        self.started: list[Declarations] = []  # each container is a server of its own
        self._by_key: dict[Key, Server] = {}

    def of(self, key: Key) -> Server:
        """Return a server by its key, made on first use."""
        found = self._by_key.get(key)
        if found is None:
            found = self._by_key[key] = Server(self.path)
        return found

    def add(self, key: Key, made: Made, at: At | None = None, condition: str = "", *, by_task: bool) -> None:
        """Add an account. What only another condition would make of it is kept apart, as another server."""
        if not self.of(key).add(made, condition, at, by_task=by_task):
            self.of((*key, condition)).add(made._replace(appends=True, takes=()), condition, at, by_task=by_task)

    def declarations(self) -> tuple[Declarations, ...]:
        """Return the declarations of all servers. () if there is nothing to check and nothing to say."""
        found = [found for server in self._by_key.values() if _says_something(found := server.declarations())]
        if self.faults or self.not_checked:
            found = found or [Declarations("ansible", self.path)]
            found[0].faults[:0] = self.faults
            found[0].not_checked[:0] = self.not_checked
        return (*found, *self.started)


def _says_something(found: Declarations) -> bool:
    held = (found.accounts, found.grants, found.roles, found.memberships, found.server)
    return any(held) or bool(found.removals or found.faults or found.not_checked)


def login_of(arguments: Mapping[str, Node], task: Mapping[str, Node]) -> Key:
    """Return the key of a task's server. It says where the task runs and logs in."""
    if "login_host" not in arguments and "login_port" not in arguments and "delegate_to" not in task:
        return ()
    nodes = arguments.get("login_host"), arguments.get("login_port"), task.get("delegate_to")
    key = tuple(_as_written(node) for node in nodes)
    return key if any(key) else ()


def _as_written(node: Node | None) -> str:
    text = node.value if isinstance(node, ScalarNode) else ""
    return "" if text in _HERE else text
