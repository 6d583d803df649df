"""The states `mysql_user` and `mysql_grants` (salt/states/mysql_user.py, mysql_grants.py).

An absent host is `localhost`; a state without a name is about its ID.
"""

from grantlint.model import Account, Authentication, Credential, Fault, Secrecy
from grantlint.model.location import Implied, Located, Span, Text, Unresolved
from grantlint.model.step.acts import AccountName
from grantlint.reader.formats.salt.leaves import Leaves
from grantlint.reader.formats.salt.run.failing import MADE_OPEN, MADE_OPEN_HELP, of_account, of_grant, of_tls
from grantlint.reader.formats.salt.run.never import is_never_run
from grantlint.reader.formats.salt.run.plan import Run
from grantlint.reader.formats.salt.steps import OF_PASSWORD, OF_PLUGIN, OF_SOCKET, Order, Steps, privileges_of
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
        steps.run(_begun(state, name, body, {}, leaves))
        _run(state, function, State(name, body, {}, leaves), steps)
    elif isinstance(body, MappingNode):
        for key, arguments in pairs_of(body):
            state, _, function = key.value.partition(".")
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
    if isinstance(arguments, MappingNode) and state in STATES:
        steps.not_checked("account", "arguments that are no list, which Salt refuses", leaves.span(key))
    found: dict[str, Entry] = {}
    for item in arguments.value if isinstance(arguments, SequenceNode) else ():
        if isinstance(item, ScalarNode) and not function and (item.value in FUNCTIONS or MARK in item.value):
            function = item.value
        found.update(entries(item))
    steps.run(_begun(state, name, arguments, found, leaves))
    if state not in STATES:
        return
    leaves.hide_secrets(found)
    login = leaves.credential(found["connection_pass"], is_hash=False) if "connection_pass" in found else None
    if login is not None and login.secrecy is Secrecy.PLAIN:
        steps.found.logins.append(login)
    _run(state, function, State(name, key, found, leaves), steps)


def _begun(state: str, name: ScalarNode, body: Node, arguments: dict[str, Entry], leaves: Leaves) -> Run:
    """Return a state as requisites name it: by its ID, its name or one of its names."""
    named = [arguments[key].value for key in ("name", "names") if key in arguments]
    words = {name.value}
    for node in named:
        words.update(one.value for one in (node.value if isinstance(node, SequenceNode) else [node]) if _is_word(one))
    return Run(state, words, leaves.span(body), arguments)


def _is_word(node: Node) -> bool:
    return isinstance(node, ScalarNode)


class State:
    """A state with its arguments, by name."""

    def __init__(self, name: ScalarNode, key: ScalarNode, arguments: dict[str, Entry], leaves: Leaves) -> None:
        self.id = name
        self.arguments = arguments
        self.leaves = leaves
        start, end = leaves.span(name).start, leaves.span(key).end
        self.span = (
            Span(leaves.source, start, end) if end > start else leaves.span(name)
        )  # what is merged stands before

    @property
    def never_runs(self) -> bool:
        """Whether `onlyif` or `unless` surely keeps it from running.

        Salt's manual, requisites.
        """
        return is_never_run(self.arguments, self.span)

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
    if not told.arguments.keys().isdisjoint(("onlyif", "unless")):
        steps.tested(told.span)
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
                _account(name, one, steps)
    else:
        for _, more in told.names():
            _grant(told.having(more), steps, revoked=function == "absent")


def _account(name: Text, told: State, steps: Steps) -> None:
    """Make the account of a mysql_user.present, as the module creates one (facts: Q3)."""
    host, secret = told.host(), _secret(told)
    socket, free = (told.leaves.flag(told.arguments.get(word)) for word in ("unix_socket", "allow_passwordless"))
    plugin = told.text("auth_plugin")
    if isinstance(socket, Located) and socket.value:
        how: Authentication | None = Authentication(None, None, OF_SOCKET)
    elif isinstance(free, Located) and free.value:
        how = Authentication(None, Credential(Secrecy.EMPTY, free.span))
        if secret is not None:
            steps.found.faults.append(Fault("schema-error", MADE_OPEN, free.span, MADE_OPEN_HELP))
    elif secret is not None:
        how = Authentication(plugin, secret, OF_PLUGIN if plugin is not None else OF_PASSWORD)
    else:
        how = Authentication(plugin, None, OF_PLUGIN) if plugin is not None else None
    proved = how is not None and (how.plugin is None or secret is not None)
    account = Account(name, host, told.span, how)
    steps.account(account, of_account(host, socket, proved=proved or isinstance(free, Unresolved)))


def _secret(told: State) -> Credential | None:
    """Return the form of the password, which goes before the hash. None where both are empty, as to Salt."""
    for name in ("password", "password_hash"):
        entry = told.arguments.get(name)
        credential = told.leaves.credential(entry, is_hash=name == "password_hash") if entry else None
        if credential and credential.secrecy is not Secrecy.EMPTY:
            return credential
    return None


def _grant(told: State, steps: Steps, *, revoked: bool) -> None:
    def unwritten() -> Unresolved:
        return Unresolved("the state does not say it", *told.span)

    grant = told.arguments.get("grant")
    texts = told.leaves.texts(grant.value) if grant else []
    option = told.leaves.flag(told.arguments.get("grant_option"))
    if isinstance(option, Located) and not option.value:
        option = None
    escape = told.leaves.flag(told.arguments.get("escape"))
    database, user = told.text("database"), told.text("user")
    require = () if revoked else told.leaves.tls(told.arguments.get("ssl_option"))
    order = Order(privileges_of(texts) or (unwritten(),), database or unwritten(), option, escape, require)
    name = AccountName(user or unwritten(), told.host(), told.span)
    no = of_grant(grant, texts, named=database is not None and user is not None) or of_tls(require)
    steps.grant(name, order, no, revoked=revoked)
