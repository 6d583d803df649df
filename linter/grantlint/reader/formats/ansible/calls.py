"""What a task declares: its module's arguments, once for each turn of its loop."""

import re

from grantlint.model import Account, Grant, NotChecked, Role
from grantlint.model.location import Located, Source, Span, Unresolved
from grantlint.platform.typed import TYPE_CHECKING
from grantlint.reader.formats.ansible.lists.items import duplicate_key, is_list_name
from grantlint.reader.formats.ansible.lists.left_out import grants_are_lost
from grantlint.reader.formats.ansible.modules.accounts import NAMES, declared
from grantlint.reader.formats.ansible.modules.arguments import Call
from grantlint.reader.formats.ansible.modules.fields import Fields, hide_secrets
from grantlint.reader.formats.ansible.modules.known_arguments import faults_of
from grantlint.reader.formats.ansible.modules.queries import add_statements
from grantlint.reader.formats.ansible.modules.roles import add_role
from grantlint.reader.formats.ansible.printed import printed
from grantlint.reader.formats.ansible.servers import Key, Servers
from grantlint.reader.formats.ansible.turns import At, Made, MadeRole
from grantlint.reader.formats.ansible.values.conditions import chosen, rules_out
from grantlint.reader.formats.ansible.values.loops import Loop, loop_of
from grantlint.reader.formats.ansible.values.nodes import Item, Unknown, Value, entries, place, repeated_keys
from grantlint.reader.formats.ansible.values.variables import FileScope, Scope
from grantlint.reader.yaml.nodes import MappingNode, Node, ScalarNode, span_of

if TYPE_CHECKING:  # twenty records that only tasks with SQL need
    from grantlint.model.step import Path
    from grantlint.reader.sql.steps.steps import Around

_WORD = re.compile(r"\w+")


def defaults_of(module: str) -> str:
    """Return the scope's name for a module's default arguments. It has a blank, as no variable has."""
    return f"module_defaults {module}"


def unconditionally(_place: int) -> "Path":
    """Return no condition."""
    return ()


def _name_in(call: Call) -> str:
    """Return the name of a call's account as it is written, '' where it has none."""
    node = next((call.arguments[name] for name in NAMES if name in call.arguments), None)
    return node.value if isinstance(node, ScalarNode) else ""


class Caller:
    """Turns calls into declarations; remembers the user lists that loops went over.

    taken: the list of another file that is read as calls of this one take it. What is wrong with a call is then told
    where its own file is read.
    """

    __slots__ = ("_at", "_servers", "_source", "_taken", "_under", "joined")

    def __init__(self, source: Source, servers: Servers, taken: Node | None = None) -> None:
        self._source = source
        self._servers = servers
        self._taken = taken
        self._at: At | None = None
        self._under: Around = unconditionally
        self.joined: set[int] = set()

    def declare(
        self,
        call: Call,
        task: dict[str, Node],
        scope: Scope | FileScope,
        server: Key,
        under: "Around" = unconditionally,
        *,
        at: At | None = None,
    ) -> None:
        """Add a call's declarations to those of a server. `under`: the conditions around it."""
        self._under, self._at = under, at
        source, arguments = self._source, call.arguments
        defaults = scope.find(defaults_of(call.module))
        if isinstance(defaults, Value):
            call = call._replace(arguments={**entries(defaults.node), **arguments})
        hide_secrets(call.arguments, source)
        if self._taken is None:
            self._servers.faults += faults_of(call, source)
            if call.mapping is not None and len(call.mapping.value) > len(arguments):
                self._servers.faults += [duplicate_key(key, source) for key in repeated_keys(call.mapping)]
        span = place(source, call.key)
        loop = loop_of(task, source, scope)
        if loop is None or (call.module == "mysql_query" and isinstance(loop.turns, Unknown)):
            self._once(call, scope, span, server)
            return
        if self._taken is None and call.module == "mysql_user":
            fault = printed(loop, call.arguments, task, scope, source)
            self._servers.faults += [] if fault is None else [fault]
        elsewhere = [] if isinstance(loop.turns, Unknown) else self._read_elsewhere(loop, scope)
        priv = call.arguments.get("priv")
        if elsewhere and priv is not None and grants_are_lost(Value(priv, source), elsewhere):
            why = "the list is read where it stands, without what this task makes of it"
            self._servers.not_checked.append(NotChecked("grants of a loop", why, place(source, priv)))
        for turn in [loop.turns] if isinstance(loop.turns, Unknown) else loop.turns:
            if isinstance(turn, Unknown):
                self._unknown_turns(turn, loop, call, scope, span, server)
            elif not elsewhere:
                self._hide(turn)
                self._turn(loop, call, Scope({loop.variable: turn}, scope), span, server)

    def _turn(self, loop: Loop, call: Call, scope: Scope, span: Span, server: Key) -> None:
        """Declare a call for one item of a loop.

        The account is unresolved where only a run knows whether `when` holds.
        """
        for_it = chosen(call.when, loop, scope)
        if for_it:
            self._once(call, scope, span, server)
        elif for_it is None and call.when is not None:
            why = Unresolved("`when` looks at an item of the loop", *place(self._source, call.when))
            self._may_be_made(call, Fields(call.arguments, self._source, scope), why, server)

    def _may_be_made(self, call: Call, fields: Fields, why: Unresolved, server: Key) -> None:
        into = self._servers.of(server)
        if call.module == "mysql_variables":
            name = fields.text("variable")
            if isinstance(name, Located):
                into.set(name.value.lower().replace("-", "_"), why, why.span)
            return
        state = fields.text("state", "ensure")
        if isinstance(state, Located) and state.value.lower() == "absent":
            into.note_removal()
            return
        grants = (Grant((why,), why, why.span),) if "priv" in call.arguments else ()
        if call.module == "mysql_role":
            into.add_role(MadeRole(Role(why, None, why.span, grants=grants)), self._at)
        else:
            made = Made(Account(why, why, why.span, grants=grants))
            self._servers.add(server, made, self._at, call.condition, by_task=True)

    def _once(self, call: Call, scope: Scope | FileScope, span: Span, server: Key) -> None:
        if self._at is not None:
            self._at = self._at.at_next_item()
        fields = Fields(call.arguments, self._source, scope)
        password = fields.text("login_password") if "login_password" in call.arguments else None
        if password is not None:
            self._servers.of(server).log_in(password)
        if call.module == "mysql_user":
            self._account(call, fields, span, server)
        elif call.module == "mysql_role":
            add_role(fields, span, self._servers.of(server), self._at, is_sure=not call.condition)
        elif call.module == "mysql_variables":
            self._setting(fields, span, server)
        else:
            add_statements(fields, self._servers.of(server), self._at, self._under)

    def _account(self, call: Call, fields: Fields, span: Span, server: Key) -> None:
        if call.when is not None and rules_out(call.when, _name_in(call), fields.scope):
            why = Unresolved("`when` holds for another user than the files name", *place(self._source, call.when))
            self._may_be_made(call, fields, why, server)
            return
        found = declared(fields, span)
        for made in found.made:
            self._servers.add(server, made, self._at, call.condition, by_task=True)
        self._servers.faults += found.faults
        if found.removed is not None and call.when is not None:
            self._servers.of(server).note_removal()
        elif found.removed is not None:
            self._servers.of(server).remove(found.removed, self._at, call.condition)
        elif not found.made and not call.complete:
            self._servers.not_checked.append(NotChecked("account", "a template holds its arguments", span))

    def _unknown_turns(
        self, turns: Unknown, loop: Loop, call: Call, scope: Scope | FileScope, span: Span, server: Key
    ) -> None:
        """Declare a call once, for an unknown item. Unless it removes accounts, they are counted as not checked."""
        removals = self._removals(server)
        self._turn(loop, call, Scope({loop.variable: Unknown("an item of a loop")}, scope), span, server)
        if self._removals(server) == removals and call.module in {"mysql_user", "mysql_role"}:
            over = span_of(self._source, loop.node)
            self._servers.not_checked.append(NotChecked("accounts of a loop", turns.reason, over))

    def _removals(self, server: Key) -> int:
        return self._servers.of(server).removals

    def _read_elsewhere(self, loop: Loop, scope: Scope | FileScope) -> list[Value]:
        """Return the user lists of other files that the loop goes over, which are read where they stand.

        A list of this file is joined with the task instead: the task knows what the items leave out.
        """
        elsewhere: list[Value] = []
        written = self._source.text[loop.node.start_mark.index : loop.node.end_mark.index]
        for name in dict.fromkeys(_WORD.findall(written)):
            found = scope.find(name) if is_list_name(name) else None
            if isinstance(found, Value):
                if found.source is self._source or found.node is self._taken:
                    self.joined.add(id(found.node))
                else:
                    elsewhere.append(found)
        return elsewhere

    def _hide(self, turn: Item) -> None:
        """Hide the secrets of an item that is a mapping, whether the task uses them or not."""
        for item in turn if isinstance(turn, list) else [turn]:
            if isinstance(item, Value) and isinstance(item.node, MappingNode):
                hide_secrets(entries(item.node), item.source)

    def _setting(self, fields: Fields, span: Span, server: Key) -> None:
        name, value = fields.text("variable"), fields.text("value")
        if isinstance(name, Located) and value is not None:
            self._servers.of(server).set(name.value.lower().replace("-", "_"), value, span)
