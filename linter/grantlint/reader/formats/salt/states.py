"""The states `mysql_user` and `mysql_grants` (salt/states/mysql_user.py, mysql_grants.py).

An absent host is `localhost`; a state without a name is about its ID.
"""

import re

from grantlint.model import Account, Authentication, Credential, Secrecy
from grantlint.model.location import Implied, Located, Span, Text, Unresolved
from grantlint.reader.formats.salt.leaves import Leaves
from grantlint.reader.formats.salt.steps import OF_PASSWORD, Order, Steps, privileges_of
from grantlint.reader.yaml.blanking import MARK
from grantlint.reader.yaml.mapping import Entry, entries, pairs_of
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

DEFAULT_HOST = "localhost"
STATES = frozenset({"mysql_user", "mysql_grants"})
FUNCTIONS = frozenset({"present", "absent"})

_RESERVED = frozenset({"include", "exclude", "extend"})


def read_states(root: MappingNode, leaves: Leaves, steps: Steps) -> None:
    """Add the declarations of a file's states. What it extends stands in another file."""
    for name, body in pairs_of(root):
        if name.value in _RESERVED:
            _elsewhere(body, leaves, steps)
            continue
        if name.value.partition(".")[0] in STATES and isinstance(body, SequenceNode):
            steps.not_checked("account", "a state without an ID, which Salt refuses", leaves.span(name))
        for _ in leaves.turns.at(name.start_mark.index):
            _read_body(name, body, leaves, steps)


def _read_body(name: ScalarNode, body: Node, leaves: Leaves, steps: Steps) -> None:
    if isinstance(body, ScalarNode):  # id: mysql_user.present
        state, _, function = body.value.partition(".")
        _run(state, function, State(name, body, {}, leaves), steps)
    elif isinstance(body, MappingNode):
        for key, arguments in pairs_of(body):
            state, _, function = key.value.partition(".")
            if state in STATES:
                _read(state, function, name, key, arguments, leaves, steps)


def _elsewhere(extended: Node, leaves: Leaves, steps: Steps) -> None:
    """Count the states of other files that `extend` changes."""
    for _, body in extended.value if isinstance(extended, MappingNode) else ():
        for key, _ in body.value if isinstance(body, MappingNode) else ():
            if isinstance(key, ScalarNode) and key.value.partition(".")[0] in STATES:
                steps.not_checked("account", "it extends a state of another file", leaves.span(key))


def _read(
    state: str, function: str, name: ScalarNode, key: ScalarNode, arguments: Node, leaves: Leaves, steps: Steps
) -> None:
    """Read one state: its arguments are a list of mappings, with the function among them where the key has none."""
    if isinstance(arguments, MappingNode):
        steps.not_checked("account", "arguments that are no list, which Salt refuses", leaves.span(key))
    found: dict[str, Entry] = {}
    for item in arguments.value if isinstance(arguments, SequenceNode) else ():
        if isinstance(item, ScalarNode) and item.value in FUNCTIONS and not function:
            function = item.value
        found.update(entries(item))
    leaves.hide_secrets(found)
    login = leaves.credential(found["connection_pass"], is_hash=False) if "connection_pass" in found else None
    if login is not None and login.secrecy is Secrecy.PLAIN:
        steps.found.logins.append(login)
    _run(state, function, State(name, key, found, leaves), steps)


_FALSE = frozenset({"false", "/bin/false", "/usr/bin/false"})
_CONDITION = re.compile(r"\{%[-+]?\s*(if|endif)\b")
_NEVER = {"onlyif": _FALSE, "unless": frozenset({"true", "/bin/true", "/usr/bin/true", ":"})}


def _is_literal(entry: Entry | None, words: frozenset[str]) -> bool:
    """Return whether an argument is one of some words, or a list with one of them alone."""
    node = entry.value if entry is not None else None
    if isinstance(node, SequenceNode) and len(node.value) == 1:
        (node,) = node.value
    return isinstance(node, ScalarNode) and node.value.strip().lower() in words


class State:
    """A state with its arguments, by name."""

    def __init__(self, name: ScalarNode, key: ScalarNode, arguments: dict[str, Entry], leaves: Leaves) -> None:
        self.id = name
        self.arguments = arguments
        self.leaves = leaves
        self.span = Span(leaves.source, leaves.span(name).start, leaves.span(key).end)

    @property
    def never_runs(self) -> bool:
        """Whether `onlyif` or `unless` surely keeps it from running.

        Salt's manual, requisites.
        """
        return any(
            _is_literal(self.arguments.get(name), words) and not self._is_conditional(name)
            for name, words in _NEVER.items()
        )

    def _is_conditional(self, name: str) -> bool:
        """Whether a condition in the state itself decides on an argument."""
        at = self.leaves.span(self.arguments[name].value).start
        words = _CONDITION.findall(self.leaves.source.text, self.span.start, at)
        return words.count("if") > words.count("endif")

    def text(self, name: str) -> Text | None:
        """Return an argument's text; None where it is not there."""
        return self.leaves.optional(self.arguments.get(name))

    def host(self) -> Text:
        """Return the host."""
        return self.text("host") or Implied(DEFAULT_HOST, *self.span)

    def names(self) -> list[tuple[Text, dict[str, Entry]]]:
        """Return the names that a state runs for, each with its arguments."""
        listed = self.arguments.get("names")
        if listed is None or not isinstance(listed.value, SequenceNode):
            return [(self.text("name") or self.leaves.text(self.id), {})]
        found: list[tuple[Text, dict[str, Entry]]] = []
        for node in listed.value.value:
            if isinstance(node, MappingNode):
                for key, own in node.value:
                    items = own.value if isinstance(own, SequenceNode) else [own]
                    more: dict[str, Entry] = {}
                    for item in items:
                        more.update(entries(item))
                    found.append((self.leaves.text(key), more))
            else:
                found.append((self.leaves.text(node), {}))
        return found

    def having(self, more: dict[str, Entry]) -> "State":
        """Return the state with other arguments on top."""
        if not more:
            return self
        self.leaves.hide_secrets(more)
        copy = State.__new__(State)
        copy.id, copy.arguments, copy.leaves, copy.span = self.id, self.arguments | more, self.leaves, self.span
        return copy


def _run(state: str, function: str, told: State, steps: Steps) -> None:
    if state not in STATES or told.never_runs:
        return
    if MARK in function:
        steps.not_checked("account", "a state that only a run knows", told.span)
    elif function not in FUNCTIONS:
        return
    elif state == "mysql_user":
        for name, more in told.names():
            one = told.having(more)
            if function == "absent":
                steps.absent(name, one.host(), one.span)
            else:
                steps.account(_account(name, one))
    else:
        for _, more in told.names():
            _grant(told.having(more), steps, revoked=function == "absent")


def _account(name: Text, told: State) -> Account:
    plugin = told.text("auth_plugin")
    socket = told.leaves.flag(told.arguments.get("unix_socket"))
    if isinstance(socket, Located) and socket.value:
        plugin = Unresolved("unix_socket or auth_socket, as the server has it", *socket.span)
    credential = _credential(told)
    sending = OF_PASSWORD if credential is not None and credential.secrecy is not Secrecy.EMPTY else None
    authentication = Authentication(plugin, credential, sending) if plugin or credential else None
    return Account(name, told.host(), told.span, authentication)


def _credential(told: State) -> Credential | None:
    """Return the form of the password, which goes before the hash; none is one where Salt is told to allow it."""
    for name in ("password", "password_hash"):
        entry = told.arguments.get(name)
        credential = told.leaves.credential(entry, is_hash=name == "password_hash") if entry else None
        if credential:
            return credential
    without = told.leaves.flag(told.arguments.get("allow_passwordless"))
    if isinstance(without, Located) and without.value and "unix_socket" not in told.arguments:
        return Credential(Secrecy.EMPTY, without.span)
    return None


def _grant(told: State, steps: Steps, *, revoked: bool) -> None:
    def unwritten() -> Unresolved:
        return Unresolved("the state does not say it", *told.span)

    grant = told.arguments.get("grant")
    privileges = privileges_of(told.leaves.texts(grant.value)) if grant else (unwritten(),)
    option = told.leaves.flag(told.arguments.get("grant_option"))
    if isinstance(option, Located) and not option.value:
        option = None
    escape = told.leaves.flag(told.arguments.get("escape"))
    order = Order(privileges, told.text("database") or unwritten(), option, escape)
    steps.grant(told.text("user") or unwritten(), told.host(), order, told.span, revoked=revoked)
